"""LaTeX of one expression as a student would write it.

SymPy's own printer reorders and merges; this one leaves factors, terms and fractions where they
were put, and colours ŷ, y and ŷ − y.
"""

import sympy
from sympy import Indexed, Integer, Mul, Pow, Sum, Symbol

from lessons.proofs import notation
from lessons.proofs.notation import SIZE_OF, Partial, last, sigma
from lessons.proofs.piece import (
    ATOM,
    GAP,
    POWER,
    PREDICTION,
    PRODUCT,
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

_PREDICTIONS = {notation.prediction, notation.yhat, notation.Yhat}
_TARGETS = {notation.target, notation.y, notation.Y}
_SPELLED = {"yhat": r"\hat{y}", "Yhat": r"\hat{Y}"}


def latex(expression):
    """LaTeX of an expression, without dollar signs."""
    return piece(expression).text


def piece(expression):
    """Expression as a `Piece`.

    Raises
    ------
    TypeError
        The expression holds a node that no line of these proofs needs.
    """
    for kind, rule in _RULES.items():
        if isinstance(expression, kind):
            return rule(expression)
    raise TypeError(f"no LaTeX for {type(expression).__name__}: {expression}")


def factors_of(product):
    """Factors as written: a·b·c is stored as (a·b)·c, while a·(b·c) keeps its group."""
    first, *rest = product.args
    return [*(factors_of(first) if isinstance(first, Mul) else [first]), *rest]


def terms_of(total):
    """Terms as written: a + b + c is stored as (a + b) + c."""
    first, *rest = total.args
    return [*(terms_of(first) if isinstance(first, sympy.Add) else [first]), *rest]


def is_gap(expression):
    """Whether this is ŷ − y, as a scalar, a component or a vector."""
    if len(expression.args) != 2:
        return False
    first, second = expression.args
    negated = second.args[1] if isinstance(second, Mul) and second.args[0] == -1 else None
    return _head(first) in _PREDICTIONS and _head(negated) in _TARGETS


def is_inverse(factor):
    """Whether the factor belongs below a fraction's bar."""
    return isinstance(factor, Pow) and factor.exp.is_Integer and factor.exp < 0


def inverse(factor):
    """Whatever stands below the bar for such a factor."""
    return factor.base if factor.exp == -1 else Pow(factor.base, -factor.exp, evaluate=False)


def _head(name):
    return name.base if isinstance(name, Indexed) else name


def _name(letter):
    """Symbol or indexed letter, without colour."""
    head = _head(letter)
    text = _SPELLED.get(str(head), str(head))
    if not isinstance(letter, Indexed):
        return Piece(text)
    indices = [piece(index).text for index in letter.indices]
    return Piece(f"{text}_{{{' '.join(indices)}}}", ATOM, 1 + 0.6 * len(indices))


def _letter(letter):
    plain = _name(letter)
    for group, colour in ((_PREDICTIONS, PREDICTION), (_TARGETS, TARGET)):
        if _head(letter) in group:
            return Piece(coloured(plain.text, colour), ATOM, plain.width)
    return plain


def _add(total):
    if is_gap(total):
        first, second = _name(total.args[0]), _name(total.args[1].args[1])
        gap = joined_terms([first, minus(second)])
        return Piece(coloured(gap.text, GAP), gap.level, gap.width)
    return joined_terms([piece(term) for term in terms_of(total)])


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
    """Factors side by side, or as one fraction if there are any below the bar."""
    if not below:
        return [piece(factor) for factor in above]
    above = joined_factors([piece(factor) for factor in above]) if above else Piece("1")
    return [fraction(above, joined_factors([piece(inverse(factor)) for factor in below]))]


def _pow(power):
    if is_inverse(power):
        return _product_of([power])
    base, exponent = at_least(ATOM, piece(power.base)), piece(power.exp)
    return Piece(
        f"{base.text}^{{{exponent.text}}}", POWER, base.width + 0.6 * exponent.width, base.tall
    )


def _exp(power):
    exponent = piece(power.args[0])
    return Piece(f"e^{{{exponent.text}}}", POWER, 1 + 0.6 * exponent.width, exponent.tall)


def _log(logarithm):
    inner = piece(logarithm.args[0])
    if inner.level >= POWER:
        return Piece(rf"\log {inner.text}", PRODUCT, 2.5 + inner.width, inner.tall, open=True)
    inner = bracketed(inner)
    return Piece(rf"\log{inner.text}", PRODUCT, 2 + inner.width, inner.tall)


def _sigma(function):
    inner = bracketed(piece(function.args[0]))
    return Piece(rf"\sigma{inner.text}", ATOM, 1 + inner.width, inner.tall)


def _sum(total):
    return _big(r"\sum", total)


def _product(total):
    return _big(r"\prod", total)


def _big(sign, total):
    ((index, low, high),) = total.limits
    whole_range = index in SIZE_OF and (low, high) == (0, last(index))
    under = f"_{{{index}}}" if whole_range else f"_{{{index}={low}}}^{{{piece(high).text}}}"
    body = at_least(PRODUCT, piece(total.function))
    body = bracketed(body) if body.negative else body
    return Piece(rf"{sign}{under} {body.text}", PRODUCT, 2 + body.width, True, open=True)


def _delta(delta):
    indices = [piece(index).text for index in delta.args]
    return Piece(rf"\delta_{{{' '.join(indices)}}}", ATOM, 2.2)


def _partial(derivative):
    expression, *variables = derivative.args
    order = sum(int(times) for _, times in variables)
    power = f"^{{{order}}}" if order > 1 else ""
    below = " ".join(_differential(variable, int(times)) for variable, times in variables)
    inner = piece(expression)
    if isinstance(expression, (Symbol, Indexed)):
        text = rf"\frac{{\partial{power} {inner.text}}}{{\partial {below}}}"
        return Piece(text, PRODUCT, 3, tall=True)
    operator = Piece(rf"\frac{{\partial{power}}}{{\partial {below}}}", width=2.5, tall=True)
    inner = bracketed(inner)
    return Piece(operator.text + inner.text, PRODUCT, operator.width + inner.width, tall=True)


def _differential(variable, times):
    power = f"^{{{times}}}" if times > 1 else ""
    return rf"{_letter(variable).text}{power}"


def _number(number):
    if number < 0:
        return minus(_number(-number))
    if isinstance(number, Integer):
        return Piece(str(number), ATOM, len(str(number)))
    return fraction(Piece(str(number.p)), Piece(str(number.q)))


_RULES = {
    sympy.Rational: _number,
    Symbol: _letter,
    Indexed: _letter,
    sympy.Add: _add,
    Mul: _mul,
    Pow: _pow,
    sympy.exp: _exp,
    sympy.log: _log,
    sigma: _sigma,
    Sum: _sum,
    sympy.Product: _product,
    sympy.KroneckerDelta: _delta,
    Partial: _partial,
}
