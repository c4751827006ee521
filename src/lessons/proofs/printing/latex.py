"""LaTeX printer: one expression as a student would write it.

Factors, terms and fractions stay where they were put, and ŷ, y and ŷ − y are coloured. That is why
it is not SymPy's own: SymPy 1.14, told to keep the order (`order="none"`), prints the product
−(1 + e⁻ᶻ)·(−1/(1 + e⁻ᶻ)²…) as a difference.
"""

from functools import singledispatch

import sympy
from sympy import Indexed, Integer, Sum, Symbol, evaluate

from lessons.colours import GRADIENT, PREDICTION, TARGET
from lessons.proofs import arrays
from lessons.proofs.arrays import Letter
from lessons.proofs.cases import equal_indices
from lessons.proofs.notation import (
    LAST,
    SIZE_OF,
    LogPartition,
    Partial,
    Smooth,
    SumExcept,
    last,
    relu,
    sigma,
    step,
)
from lessons.proofs.printing.fragment import (
    ATOM,
    POWER,
    PRODUCT,
    SUM_OF_TERMS,
    Fragment,
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
    without_indices,
)

_SPELLED = {
    "yhat": r"\hat{y}",
    "Yhat": r"\hat{Y}",
    "vbar": r"\bar{v}",
    "epsilon": r"\varepsilon",
    "theta": r"\theta",
    "gamma": r"\gamma",
}


@singledispatch
def to_fragment(expression):
    """Print an expression as a `Fragment`.

    Raises
    ------
    TypeError
        The expression holds a node that no line of these proofs needs.
    """
    raise TypeError(f"no LaTeX for {type(expression).__name__}: {expression}")


rule_for = to_fragment.register  # the one dispatch table: `@rule_for(Sum)` above the rule for a Sum


def to_latex(expression):
    """LaTeX of an expression, without dollar signs."""
    return to_fragment(expression).text


# Letters.


def uncoloured_letter(letter):
    """Print a letter without its colour; a name such as R(y) takes indices before the bracket."""
    name, bracket, arguments = str(head(letter)).partition("(")
    text = _SPELLED.get(name, name)
    if not isinstance(letter, Indexed):
        return Fragment(text + bracket + arguments, ATOM, 1 + len(arguments))
    indices = [to_fragment(index) for index in letter.indices]
    below = r"\,".join(index.text for index in indices)
    width = 1 + 0.6 * sum(index.width for index in indices) + len(arguments)
    return Fragment(f"{text}_{{{below}}}{bracket}{arguments}", ATOM, width)


@rule_for(Symbol)
@rule_for(Indexed)
def letter_fragment(letter):
    """Print a letter, or a whole vector or matrix, in its colour."""
    plain = uncoloured_letter(letter)
    for group, colour in ((PREDICTIONS, PREDICTION), (TARGETS, TARGET)):
        if head(letter) in group:
            return Fragment(coloured(plain.text, colour), ATOM, plain.width)
    return plain


# Arithmetic: terms, factors, fractions and powers.


@rule_for(sympy.Add)
def _add(total):
    gap = gap_of(total)
    if gap:
        first, second = (uncoloured_letter(side) for side in gap)
        plain = joined_terms([first, minus(second)])
        return Fragment(coloured(plain.text, GRADIENT), SUM_OF_TERMS, plain.width)
    terms = terms_of(total)
    terms = terms[::-1] if total in LAST.values() else terms  # K − 1, which SymPy keeps as −1 + K
    return joined_terms([to_fragment(term) for term in terms])


@rule_for(sympy.Mul)
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
    return joined_factors([part for group in groups for part in _fragments_of_group(*group)])


def _fragments_of_group(above, below):
    """Print factors side by side, or as one fraction if there are any below the bar."""
    if not below:
        return [to_fragment(factor) for factor in above]
    above = joined_factors([to_fragment(factor) for factor in above]) if above else Fragment("1")
    return [fraction(above, joined_factors([to_fragment(inverse(factor)) for factor in below]))]


@rule_for(sympy.Pow)
def _pow(power):
    if is_inverse(power):
        return _product_of([power])
    if power.exp == sympy.Rational(1, 2):
        inner = to_fragment(power.base)
        return Fragment(rf"\sqrt{{{inner.text}}}", ATOM, 1 + inner.width, inner.tall)
    base, exponent = at_least(ATOM, to_fragment(power.base)), to_fragment(power.exp)
    width = base.width + 0.6 * exponent.width
    return Fragment(f"{base.text}^{{{exponent.text}}}", POWER, width, base.tall)


# Functions and numbers.


@rule_for(sympy.exp)
def _exp(power):
    exponent = to_fragment(power.args[0])
    return Fragment(f"e^{{{exponent.text}}}", POWER, 1 + 0.6 * exponent.width, exponent.tall)


@rule_for(sympy.log)
def _log(logarithm):
    inner = to_fragment(logarithm.args[0])
    if inner.precedence >= POWER:
        return Fragment(rf"\log {inner.text}", PRODUCT, 2.5 + inner.width, inner.tall, open=True)
    inner = bracketed(inner)
    return Fragment(rf"\log{inner.text}", PRODUCT, 2 + inner.width, inner.tall)


@rule_for(sigma)
def _sigma(function):
    inner = bracketed(to_fragment(function.args[0]))
    return Fragment(rf"\sigma{inner.text}", ATOM, 1 + inner.width, inner.tall)


@rule_for(Smooth)
def _smooth(function):
    return Fragment(f"L({letter_fragment(head(function.args[0])).text})", ATOM, 3)


@rule_for(relu)
def _relu(function):
    inner = bracketed(to_fragment(function.args[0]))
    return Fragment(rf"\operatorname{{ReLU}}{inner.text}", ATOM, 4 + inner.width, inner.tall)


@rule_for(step)
def _step(function):
    inner = to_fragment(function.args[0])
    return Fragment(rf"\mathbf{{1}}[{inner.text} > 0]", ATOM, 4 + inner.width, inner.tall)


@rule_for(LogPartition)
def _log_partition(function):
    return Fragment(f"A({function.args[0]})", ATOM, 3)


@rule_for(sympy.factorial)
def _factorial(function):
    inner = at_least(ATOM, to_fragment(function.args[0]))
    return Fragment(f"{inner.text}!", ATOM, 0.5 + inner.width)


@rule_for(sympy.Rational)
def _number(number):
    if number < 0:
        return minus(_number(-number))
    if isinstance(number, Integer):
        return Fragment(str(number), ATOM, len(str(number)))
    return fraction(Fragment(str(number.p)), Fragment(str(number.q)))


@rule_for(type(sympy.oo))
def _infinity(infinity):
    return Fragment(r"\infty")


@rule_for(type(-sympy.oo))
def _minus_infinity(infinity):
    return minus(Fragment(r"\infty"))


@rule_for(type(sympy.pi))
def _pi(number):
    return Fragment(r"\pi")


# Sums, products and integrals, δ and cases.


@rule_for(Sum)
def _sum(total):
    return _big(r"\sum", _limits(total), total.function)


@rule_for(SumExcept)
def _sum_except(total):
    body, index, excluded = total.args
    return _big(r"\sum", rf"_{{{index} \ne {excluded}}}", body)


@rule_for(sympy.Product)
def _product(total):
    return _big(r"\prod", _limits(total), total.function)


@rule_for(sympy.Integral)
def _integral(total):
    ((variable, low, high),) = total.limits
    limits = f"_{{{to_fragment(low).text}}}^{{{to_fragment(high).text}}}"
    body = _big(r"\int", limits, total.function)
    differential = rf"\,d{to_fragment(variable).text}"
    return Fragment(body.text + differential, PRODUCT, body.width + 2, tall=True)


def _limits(total):
    ((index, low, high),) = total.limits
    if index in SIZE_OF and (low, high) == (0, last(index)):
        return f"_{{{index}}}"
    return f"_{{{index}={to_fragment(low).text}}}^{{{to_fragment(high).text}}}"


def _big(sign, limits, body):
    body = at_least(PRODUCT, to_fragment(body))
    body = bracketed(body) if body.negative else body
    return Fragment(f"{sign}{limits} {body.text}", PRODUCT, 2 + body.width, True, open=True)


@rule_for(sympy.KroneckerDelta)
def _delta(delta):
    indices = [to_fragment(index).text for index in delta.args]
    return Fragment(rf"\delta_{{{' '.join(indices)}}}", ATOM, 2.2)


@rule_for(sympy.Piecewise)
def _cases(line):
    rows = [(to_fragment(value), _condition(condition)) for value, condition in line.args]
    body = r" \\ ".join(f"{value.text} & {condition}" for value, condition in rows)
    width = 10 + max(value.width for value, _ in rows)
    return Fragment(rf"\begin{{cases}} {body} \end{{cases}}", PRODUCT, width, tall=True, open=True)


def _condition(condition):
    sides = " = ".join(to_fragment(index).text for index in equal_indices(condition))
    return rf"\text{{for }} {sides}" if sides else r"\text{otherwise}"


# Derivatives.


@rule_for(Partial)
def _partial(derivative):
    expression, *variables = derivative.args
    order = sum(int(times) for _, times in variables)
    above = rf"\partial{_power(order)}"
    names = ((letter_fragment(variable).text, times) for variable, times in variables)
    below = r"\,".join(rf"\partial {name}{_power(times)}" for name, times in names)
    inner = to_fragment(expression)
    if isinstance(expression, (Symbol, Indexed, LogPartition, Smooth)):
        width = max(1 + inner.width, 2.2 * len(variables))
        return Fragment(rf"\frac{{{above} {inner.text}}}{{{below}}}", PRODUCT, width, tall=True)
    inner = bracketed(inner)
    operator = rf"\frac{{{above}}}{{{below}}}"
    return Fragment(operator + inner.text, PRODUCT, 2.2 * len(variables) + inner.width, tall=True)


def _power(times):
    return f"^{{{times}}}" if times > 1 else ""


# Vectors and matrices.


@rule_for(Letter)
def _letter(array):
    return letter_fragment(array)


@rule_for(arrays.Transposed)
def _transposed(array):
    inner = at_least(ATOM, to_fragment(array.args[0]))
    return Fragment(rf"{inner.text}^{{\top}}", POWER, inner.width + 0.6, inner.tall)


@rule_for(arrays.Diagonal)
def _diagonal(array):
    inner = bracketed(to_fragment(array.args[0]))
    return Fragment(rf"\operatorname{{diag}}{inner.text}", ATOM, 3 + inner.width, inner.tall)


@rule_for(arrays.Elementwise)
def _elementwise(array):
    return to_fragment(without_indices(array))


@rule_for(arrays.Hadamard)
def _hadamard(array):
    first, second = (at_least(POWER, to_fragment(part)) for part in array.args)
    width = 2 + first.width + second.width
    text = rf"{first.text} \odot {second.text}"
    return Fragment(text, PRODUCT, width, first.tall or second.tall)


@rule_for(arrays.Ones)
def _ones(array):
    return Fragment(r"\mathbf{1}")


@rule_for(arrays.Gradient)
def _gradient(array):
    return _nabla(array, "")


@rule_for(arrays.Hessian)
def _hessian(array):
    return _nabla(array, "^{2}")


def _nabla(array, power):
    function, (variable, _), *_ = array.body.args
    inner = to_fragment(function)
    return Fragment(
        rf"\nabla_{{{uncoloured_letter(variable.base).text}}}{power} {inner.text}",
        PRODUCT,
        2 + inner.width,
    )


@rule_for(arrays.Jacobian)
def _jacobian(array):
    function, (variable, _) = array.body.args
    above = letter_fragment(Letter(function)).text
    text = rf"\frac{{\partial {above}}}{{\partial {uncoloured_letter(variable.base).text}}}"
    return Fragment(text, PRODUCT, 2, tall=True)


@rule_for(arrays.Column)
def _column(array):
    (index,) = array.indices
    with evaluate(False):
        ends = [array.body.xreplace({index: end}) for end in (Integer(0), last(index))]
    first, final = (to_fragment(end) for end in ends)
    body = rf"{first.text} \\ \vdots \\ {final.text}"
    width = 2 + max(first.width, final.width)
    return Fragment(rf"\begin{{pmatrix}} {body} \end{{pmatrix}}", ATOM, width, tall=True)
