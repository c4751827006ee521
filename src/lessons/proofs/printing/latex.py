"""LaTeX of one expression as a student would write it.

SymPy's own printer reorders and merges; this one leaves factors, terms and fractions where they
were put, and colours ŷ, y and ŷ − y. The rules for sums, derivatives and arrays are in
`latex_sums` and `latex_arrays`.
"""

from functools import singledispatch

import sympy
from sympy import Indexed, Integer, Sum, Symbol, evaluate

from lessons.colours import GRADIENT, PREDICTION, TARGET
from lessons.proofs.arrays import (
    Column,
    Diagonal,
    Gradient,
    Hessian,
    Jacobian,
    Letter,
    Ones,
    Transposed,
)
from lessons.proofs.notation import LAST, SIZE_OF, LogPartition, Partial, SumExcept, last, sigma
from lessons.proofs.printing.fragment import (
    ATOM,
    POWER,
    PRODUCT,
    SUM_OF_TERMS,
    Piece,
    at_least,
    bracketed,
    coloured,
    fraction,
    joined_factors,
    joined_terms,
    minus,
)
from lessons.proofs.printing.structure import (
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
        return Piece(coloured(plain.text, GRADIENT), SUM_OF_TERMS, plain.width)
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


@piece.register(Sum)
def _sum(total):
    return _big(r"\sum", _limits(total), total.function)


@piece.register(SumExcept)
def _sum_except(total):
    body, index, excluded = total.args
    return _big(r"\sum", rf"_{{{index} \ne {excluded}}}", body)


@piece.register(sympy.Product)
def _product(total):
    return _big(r"\prod", _limits(total), total.function)


@piece.register(sympy.Integral)
def _integral(total):
    ((variable, low, high),) = total.limits
    limits = f"_{{{piece(low).text}}}^{{{piece(high).text}}}"
    body = _big(r"\int", limits, total.function)
    differential = rf"\,d{piece(variable).text}"
    return Piece(body.text + differential, PRODUCT, body.width + 2, tall=True)


def _limits(total):
    ((index, low, high),) = total.limits
    if index in SIZE_OF and (low, high) == (0, last(index)):
        return f"_{{{index}}}"
    return f"_{{{index}={piece(low).text}}}^{{{piece(high).text}}}"


def _big(sign, limits, body):
    body = at_least(PRODUCT, piece(body))
    body = bracketed(body) if body.negative else body
    return Piece(f"{sign}{limits} {body.text}", PRODUCT, 2 + body.width, True, open=True)


@piece.register(sympy.KroneckerDelta)
def _delta(delta):
    indices = [piece(index).text for index in delta.args]
    return Piece(rf"\delta_{{{' '.join(indices)}}}", ATOM, 2.2)


@piece.register(sympy.Piecewise)
def _cases(line):
    rows = [(piece(value), _condition(condition)) for value, condition in line.args]
    body = r" \\ ".join(f"{value.text} & {condition}" for value, condition in rows)
    width = 10 + max(value.width for value, _ in rows)
    return Piece(rf"\begin{{cases}} {body} \end{{cases}}", PRODUCT, width, tall=True, open=True)


def _condition(condition):
    if condition == sympy.true:
        return r"\text{otherwise}"
    first, second = (piece(side).text for side in condition.args)
    return rf"\text{{for }} {first} = {second}"


@piece.register(Partial)
def _partial(derivative):
    expression, *variables = derivative.args
    order = sum(int(times) for _, times in variables)
    above = rf"\partial{_power(order)}"
    below = r"\,".join(rf"\partial {letter_piece(v).text}{_power(times)}" for v, times in variables)
    inner = piece(expression)
    if isinstance(expression, (Symbol, Indexed, LogPartition)):
        width = max(1 + inner.width, 2.2 * len(variables))
        return Piece(rf"\frac{{{above} {inner.text}}}{{{below}}}", PRODUCT, width, tall=True)
    inner = bracketed(inner)
    operator = rf"\frac{{{above}}}{{{below}}}"
    return Piece(operator + inner.text, PRODUCT, 2.2 * len(variables) + inner.width, tall=True)


def _power(times):
    return f"^{{{times}}}" if times > 1 else ""


@piece.register(Letter)
def _letter(array):
    return letter_piece(array)


@piece.register(Transposed)
def _transposed(array):
    inner = at_least(ATOM, piece(array.args[0]))
    return Piece(rf"{inner.text}^{{\top}}", POWER, inner.width + 0.6, inner.tall)


@piece.register(Diagonal)
def _diagonal(array):
    inner = bracketed(piece(array.args[0]))
    return Piece(rf"\operatorname{{diag}}{inner.text}", ATOM, 3 + inner.width, inner.tall)


@piece.register(Ones)
def _ones(array):
    return Piece(r"\mathbf{1}")


@piece.register(Gradient)
def _gradient(array):
    return _nabla(array, "")


@piece.register(Hessian)
def _hessian(array):
    return _nabla(array, "^{2}")


def _nabla(array, power):
    function, (variable, _), *_ = array.body.args
    inner = piece(function)
    return Piece(
        rf"\nabla_{{{plain_letter(variable.base).text}}}{power} {inner.text}",
        PRODUCT,
        2 + inner.width,
    )


@piece.register(Jacobian)
def _jacobian(array):
    function, (variable, _) = array.body.args
    above = letter_piece(Letter(function)).text
    text = rf"\frac{{\partial {above}}}{{\partial {plain_letter(variable.base).text}}}"
    return Piece(text, PRODUCT, 2, tall=True)


@piece.register(Column)
def _column(array):
    (index,) = array.indices
    with evaluate(False):
        ends = [array.body.xreplace({index: end}) for end in (Integer(0), last(index))]
    first, final = (piece(end) for end in ends)
    body = rf"{first.text} \\ \vdots \\ {final.text}"
    width = 2 + max(first.width, final.width)
    return Piece(rf"\begin{{pmatrix}} {body} \end{{pmatrix}}", ATOM, width, tall=True)
