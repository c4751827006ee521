"""Fragments of LaTeX: text with its operator precedence, so that brackets stand where needed."""

from dataclasses import dataclass
from itertools import pairwise

SUM_OF_TERMS, PRODUCT, POWER, ATOM = range(4)  # operator precedence


@dataclass(frozen=True)
class Fragment:
    """Printed expression, with its operator precedence and its width.

    Attributes
    ----------
    text : str
        Its LaTeX.
    precedence : int
        How tightly it holds together, from SUM_OF_TERMS to ATOM.
    width : float
        About how many letters wide it is.
    tall : bool
        Whether brackets around it must grow.
    negative : bool
        Whether it begins with a minus sign, which `text` holds.
    open : bool
        Whether a factor behind it would seem to belong to it, as behind a sum or a logarithm.
    """

    text: str
    precedence: int = ATOM
    width: float = 1
    tall: bool = False
    negative: bool = False
    open: bool = False


def bracketed(inner):
    """Fragment in round brackets, which grow where it is tall."""
    left, right = (r"\left(", r"\right)") if inner.tall else ("(", ")")
    return Fragment(f"{left}{inner.text}{right}", ATOM, inner.width + 1, inner.tall)


def at_least(precedence, inner):
    """Fragment, in brackets if it holds together less tightly than `precedence`."""
    return inner if inner.precedence >= precedence else bracketed(inner)


def coloured(text, colour):
    """Text in one of the series' colours."""
    return rf"\textcolor{{{colour}}}{{{text}}}"


def fraction(above, below):
    """Fraction of one fragment over another."""
    width = max(above.width, below.width)
    return Fragment(rf"\frac{{{above.text}}}{{{below.text}}}", PRODUCT, width, tall=True)


def minus(inner):
    """Fragment with a minus sign in front."""
    inner = at_least(PRODUCT, inner)
    return Fragment(f"-{inner.text}", PRODUCT, inner.width + 1, inner.tall, True, inner.open)


def plus(inner):
    """Fragment with a plus sign in front, as a row that continues a sum begins."""
    return Fragment(f"+ {inner.text}", SUM_OF_TERMS, inner.width + 2, inner.tall)


def joined_factors(parts):
    """Product: a dot where fractions meet their neighbours, otherwise side by side."""
    if len(parts) == 1:
        return parts[0]
    *before, final = parts
    closed = [bracketed(part) if part.open else part for part in before] + [final]
    closed = [
        bracketed(part) if part.negative and m else at_least(PRODUCT, part)
        for m, part in enumerate(closed)
    ]
    text = closed[0].text
    for left, right in pairwise(closed):
        text += (r" \cdot " if _needs_dot(left, right) else r"\,") + right.text
    width, tall = sum(part.width for part in closed) + len(closed) / 2, any(p.tall for p in closed)
    return Fragment(text, PRODUCT, width, tall, closed[0].negative, closed[-1].open)


def _needs_dot(left, right):
    return left.text[:5] == r"\frac" or right.text[:5] == r"\frac" or right.text[0].isdigit()


def joined_terms(parts):
    """Sum: each term behind the first with its sign."""
    text = parts[0].text
    for part in parts[1:]:
        part = bracketed(part) if part.precedence == SUM_OF_TERMS else part
        text += f" - {part.text[1:]}" if part.negative else f" + {part.text}"
    width, tall = sum(part.width for part in parts) + 2 * len(parts), any(p.tall for p in parts)
    return Fragment(text, SUM_OF_TERMS, width, tall, parts[0].negative)
