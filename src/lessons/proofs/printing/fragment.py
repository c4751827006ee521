"""Bits of LaTeX that know how tightly they hold together and how wide they are."""

from dataclasses import dataclass
from itertools import pairwise

SUM_OF_TERMS, PRODUCT, POWER, ATOM = range(4)  # how tightly a piece holds together


@dataclass(frozen=True)
class Piece:
    """A printed expression.

    Attributes
    ----------
    text : str
        Its LaTeX.
    level : int
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
    level: int = ATOM
    width: float = 1
    tall: bool = False
    negative: bool = False
    open: bool = False


def bracketed(inner):
    """Piece in round brackets, which grow where it is tall."""
    left, right = (r"\left(", r"\right)") if inner.tall else ("(", ")")
    return Piece(f"{left}{inner.text}{right}", ATOM, inner.width + 1, inner.tall)


def at_least(level, inner):
    """Piece, in brackets if it holds together less tightly than `level`."""
    return inner if inner.level >= level else bracketed(inner)


def coloured(text, colour):
    """Text in one of the series' colours."""
    return rf"\textcolor{{{colour}}}{{{text}}}"


def fraction(above, below):
    """Fraction of one piece over another."""
    width = max(above.width, below.width)
    return Piece(rf"\frac{{{above.text}}}{{{below.text}}}", PRODUCT, width, tall=True)


def minus(inner):
    """Piece with a minus sign in front."""
    inner = at_least(PRODUCT, inner)
    return Piece(f"-{inner.text}", PRODUCT, inner.width + 1, inner.tall, True, inner.open)


def plus(inner):
    """Piece with a plus sign in front, as a row that continues a sum begins."""
    return Piece(f"+ {inner.text}", SUM_OF_TERMS, inner.width + 2, inner.tall)


def joined_factors(pieces):
    """Product: a dot where fractions meet their neighbours, otherwise side by side."""
    if len(pieces) == 1:
        return pieces[0]
    *before, final = pieces
    closed = [bracketed(part) if part.open else part for part in before] + [final]
    closed = [
        bracketed(part) if part.negative and m else at_least(PRODUCT, part)
        for m, part in enumerate(closed)
    ]
    text = closed[0].text
    for left, right in pairwise(closed):
        text += (r" \cdot " if _needs_dot(left, right) else r"\,") + right.text
    width, tall = sum(part.width for part in closed) + len(closed) / 2, any(p.tall for p in closed)
    return Piece(text, PRODUCT, width, tall, closed[0].negative, closed[-1].open)


def _needs_dot(left, right):
    return left.text[:5] == r"\frac" or right.text[:5] == r"\frac" or right.text[0].isdigit()


def joined_terms(pieces):
    """Sum: each term behind the first with its sign."""
    text = pieces[0].text
    for part in pieces[1:]:
        part = bracketed(part) if part.level == SUM_OF_TERMS else part
        text += f" - {part.text[1:]}" if part.negative else f" + {part.text}"
    width, tall = sum(part.width for part in pieces) + 2 * len(pieces), any(p.tall for p in pieces)
    return Piece(text, SUM_OF_TERMS, width, tall, pieces[0].negative)
