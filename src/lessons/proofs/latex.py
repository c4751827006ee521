"""LaTeX of one expression as a student would write it.

SymPy's own printer reorders and merges; this one leaves factors, terms and fractions where they
were put, and colours ŷ, y and ŷ − y. The rules for sums, derivatives and arrays are in
`latex_sums` and `latex_arrays`.
"""

from functools import singledispatch

import sympy
from sympy import Indexed, Integer, Symbol

from lessons.proofs.notation import LAST, LogPartition, sigma
from lessons.proofs.piece import (
    ATOM,
    GAP,
    POWER,
    PREDICTION,
    PRODUCT,
    SUM_OF_TERMS,
    TARGET,
    Piece,
    at_least,
    bracketed,
    coloured,
    fraction,
    joined_factors,
    joined_terms,
    minus,
)
from lessons.proofs.writing import (
    PREDICTIONS,
    TARGETS,
    factors_of,
    gap_of,
    head,
    inverse,
    is_inverse,
    terms_of,
)

_SPELLED = {
    "yhat": r"\hat{y}",
    "Yhat": r"\hat{Y}",
    "vbar": r"\bar{v}",
    "ubar": r"\bar{u}",
    "epsilon": r"\varepsilon",
    "theta": r"\theta",
}


@singledispatch
def piece(expression):
    """Print the expression as a `Piece`.

    Raises
    ------
    TypeError
        The expression holds a node that no line of these proofs needs.
    """
    raise TypeError(f"no LaTeX for {type(expression).__name__}: {expression}")


def latex(expression):
    """LaTeX of an expression, without dollar signs."""
    return piece(expression).text


def plain_letter(letter):
    """Print a letter without its colour; a name such as T(y) takes indices before the bracket."""
    name, bracket, arguments = str(head(letter)).partition("(")
    text = _SPELLED.get(name, name)
    if not isinstance(letter, Indexed):
        return Piece(text + bracket + arguments, ATOM, 1 + len(arguments))
    indices = [piece(index) for index in letter.indices]
    below = r"\,".join(index.text for index in indices)
    width = 1 + 0.6 * sum(index.width for index in indices) + len(arguments)
    return Piece(f"{text}_{{{below}}}{bracket}{arguments}", ATOM, width)


@piece.register(Symbol)
@piece.register(Indexed)
def letter_piece(letter):
    """Print a letter, or a whole vector or matrix, in its colour."""
    plain = plain_letter(letter)
    for group, colour in ((PREDICTIONS, PREDICTION), (TARGETS, TARGET)):
        if head(letter) in group:
            return Piece(coloured(plain.text, colour), ATOM, plain.width)
    return plain


@piece.register(sympy.Add)
def _add(total):
    gap = gap_of(total)
    if gap:
        first, second = (plain_letter(side) for side in gap)
        plain = joined_terms([first, minus(second)])
        return Piece(coloured(plain.text, GAP), SUM_OF_TERMS, plain.width)
    terms = terms_of(total)
    terms = terms[::-1] if total in LAST.values() else terms  # K − 1, which SymPy keeps as −1 + K
    return joined_terms([piece(term) for term in terms])


@piece.register(sympy.Mul)
def _mul(product):
    factors = factors_of(product)
    if factors[0] == -1:
        return minus(_product_of(factors[1:]))
    return _product_of(factors)


def _product_of(factors):
    groups = []
    for factor in factors:
        if is_inverse(factor):
            if not groups:
                groups.append(([], []))
            groups[-1][1].append(factor)
        elif groups and not groups[-1][1]:
            groups[-1][0].append(factor)
        else:
            groups.append(([factor], []))
    return joined_factors([part for group in groups for part in _pieces_of_group(*group)])


def _pieces_of_group(above, below):
    """Print factors side by side, or as one fraction if there are any below the bar."""
    if not below:
        return [piece(factor) for factor in above]
    above = joined_factors([piece(factor) for factor in above]) if above else Piece("1")
    return [fraction(above, joined_factors([piece(inverse(factor)) for factor in below]))]


@piece.register(sympy.Pow)
def _pow(power):
    if is_inverse(power):
        return _product_of([power])
    if power.exp == sympy.Rational(1, 2):
        inner = piece(power.base)
        return Piece(rf"\sqrt{{{inner.text}}}", ATOM, 1 + inner.width, inner.tall)
    base, exponent = at_least(ATOM, piece(power.base)), piece(power.exp)
    width = base.width + 0.6 * exponent.width
    return Piece(f"{base.text}^{{{exponent.text}}}", POWER, width, base.tall)


@piece.register(sympy.exp)
def _exp(power):
    exponent = piece(power.args[0])
    return Piece(f"e^{{{exponent.text}}}", POWER, 1 + 0.6 * exponent.width, exponent.tall)


@piece.register(sympy.log)
def _log(logarithm):
    inner = piece(logarithm.args[0])
    if inner.level >= POWER:
        return Piece(rf"\log {inner.text}", PRODUCT, 2.5 + inner.width, inner.tall, open=True)
    inner = bracketed(inner)
    return Piece(rf"\log{inner.text}", PRODUCT, 2 + inner.width, inner.tall)


@piece.register(sigma)
def _sigma(function):
    inner = bracketed(piece(function.args[0]))
    return Piece(rf"\sigma{inner.text}", ATOM, 1 + inner.width, inner.tall)


@piece.register(LogPartition)
def _log_partition(function):
    return Piece(f"A({function.args[0]})", ATOM, 3)


@piece.register(sympy.factorial)
def _factorial(function):
    inner = at_least(ATOM, piece(function.args[0]))
    return Piece(f"{inner.text}!", ATOM, 0.5 + inner.width)


@piece.register(sympy.Rational)
def _number(number):
    if number < 0:
        return minus(_number(-number))
    if isinstance(number, Integer):
        return Piece(str(number), ATOM, len(str(number)))
    return fraction(Piece(str(number.p)), Piece(str(number.q)))


@piece.register(type(sympy.oo))
def _infinity(infinity):
    return Piece(r"\infty")


@piece.register(type(-sympy.oo))
def _minus_infinity(infinity):
    return minus(Piece(r"\infty"))


@piece.register(type(sympy.pi))
def _pi(number):
    return Piece(r"\pi")
