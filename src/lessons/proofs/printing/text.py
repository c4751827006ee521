"""Plain-text printer: the same lines for screen readers, terminals and error messages."""

from functools import singledispatch

import sympy
from sympy import Indexed, Integer, Symbol, evaluate

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
from lessons.proofs.printing.fragment import ATOM, PRODUCT, SUM_OF_TERMS
from lessons.proofs.printing.structure import (
    factors_of,
    head,
    inverse,
    is_inverse,
    terms_of,
    without_indices,
)

_SPELLED = {
    "yhat": "ŷ",
    "Yhat": "Ŷ",
    "vbar": "v̄",
    "epsilon": "ε",
    "theta": "θ",
    "gamma": "γ",
}


@singledispatch
def _printed(expression):
    """Write an expression as text, and give its operator precedence."""
    return str(expression), ATOM


rule_for = _printed.register  # the one dispatch table: `@rule_for(Sum)` above the rule for a Sum


def to_text(expression):
    """Write an expression on one line, with brackets wherever they could be missed."""
    return _printed(expression)[0]


def parenthesised(expression, precedence):
    """Write an expression, in brackets if its own precedence is lower."""
    text, own = _printed(expression)
    return text if own >= precedence else f"({text})"


# Letters.


def name_of(letter):
    """Write a letter without its indices: ŷ for yhat[k]."""
    name, bracket, arguments = str(head(letter)).partition("(")
    return _SPELLED.get(name, name) + bracket + arguments


@rule_for(Symbol)
def _symbol(symbol):
    return name_of(symbol), ATOM


@rule_for(Indexed)
def _indexed(letter):
    name, bracket, arguments = name_of(letter).partition("(")
    return f"{name}[{', '.join(map(to_text, letter.indices))}]{bracket}{arguments}", ATOM


# Arithmetic: terms, factors, fractions and powers.


@rule_for(sympy.Add)
def _add(total):
    terms = terms_of(total)
    terms = terms[::-1] if total in LAST.values() else terms
    first, *rest = (_printed(term) for term in terms)
    text = first[0]
    for part, precedence in rest:
        part = f"({part})" if precedence == SUM_OF_TERMS else part
        text += f" − {part[1:]}" if part.startswith("−") else f" + {part}"
    return text, SUM_OF_TERMS


@rule_for(sympy.Mul)
def _mul(product):
    factors = factors_of(product)
    sign = "−" if factors[0] == -1 else ""
    text = ""
    for factor in factors[1:] if sign else factors:
        if is_inverse(factor):
            text = f"{text or '1'}/{parenthesised(inverse(factor), ATOM)}"
        else:
            part = parenthesised(factor, PRODUCT if not text else ATOM)
            part = f"({part})" if text and part.startswith("−") else part
            text = f"{text} · {part}" if text else part
    return sign + text, PRODUCT


@rule_for(sympy.Pow)
def _pow(power):
    if is_inverse(power):
        return f"1/{parenthesised(inverse(power), ATOM)}", PRODUCT
    return f"{parenthesised(power.base, ATOM)}^{parenthesised(power.exp, ATOM)}", ATOM


# Numbers and functions.


@rule_for(sympy.Rational)
def _number(number):
    text = str(number).replace("-", "−")
    return text, ATOM if number.is_Integer and number >= 0 else PRODUCT


def _call(kind, name):
    rule_for(kind)(lambda function: (f"{name}({to_text(function.args[0])})", ATOM))


_call(sympy.exp, "exp")
_call(sympy.log, "log")
_call(sigma, "σ")
_call(relu, "ReLU")
_call(step, "step")
_call(sympy.factorial, "factorial")
_call(LogPartition, "A")


@rule_for(Smooth)
def _smooth(function):
    return f"L({name_of(function.args[0])})", ATOM


@rule_for(type(sympy.oo))
def _infinity(infinity):
    return "∞", ATOM


@rule_for(type(-sympy.oo))
def _minus_infinity(infinity):
    return "−∞", ATOM


@rule_for(type(sympy.pi))
def _pi(number):
    return "π", ATOM


# Sums, products and integrals, δ and cases.


@rule_for(sympy.Sum)
@rule_for(sympy.Product)
@rule_for(sympy.Integral)
def _big(total):
    ((index, low, high),) = total.limits
    whole_range = index in SIZE_OF and (low, high) == (0, last(index))
    over = str(index) if whole_range else f"({index} from {to_text(low)} to {to_text(high)})"
    return f"{type(total).__name__.lower()}_{over}({to_text(total.function)})", ATOM


@rule_for(SumExcept)
def _sum_except(total):
    body, index, excluded = total.args
    return f"sum_({index} ≠ {excluded})({to_text(body)})", ATOM


@rule_for(sympy.KroneckerDelta)
def _delta(delta):
    return f"δ[{', '.join(to_text(index) for index in delta.args)}]", ATOM


@rule_for(sympy.Piecewise)
def _cases(line):
    cases = (f"{to_text(value)} {_condition(when)}" for value, when in line.args)
    return ", ".join(cases), SUM_OF_TERMS


def _condition(when):
    sides = " = ".join(map(to_text, equal_indices(when)))
    return f"for {sides}" if sides else "otherwise"


# Derivatives.


@rule_for(Partial)
def _partial(derivative):
    expression, *variables = derivative.args
    order = sum(int(times) for _, times in variables)
    below = " ".join(f"∂{to_text(v)}{_power(times)}" for v, times in variables)
    if isinstance(expression, (Symbol, Indexed, LogPartition, Smooth)):
        return f"∂{_power(order)}{to_text(expression)}/{below}", ATOM
    return f"∂{_power(order)}/{below}({to_text(expression)})", ATOM


def _power(times):
    return f"^{times}" if times > 1 else ""


# Vectors and matrices.


@rule_for(Letter)
def _letter(array):
    return name_of(array), ATOM


@rule_for(arrays.Transposed)
def _transposed(array):
    return f"{parenthesised(array.args[0], ATOM)}ᵀ", ATOM


@rule_for(arrays.Diagonal)
def _diagonal(array):
    return f"diag({to_text(array.args[0])})", ATOM


@rule_for(arrays.Elementwise)
def _elementwise(array):
    return _printed(without_indices(array))


@rule_for(arrays.Hadamard)
def _hadamard(array):
    return " ⊙ ".join(parenthesised(part, ATOM) for part in array.args), PRODUCT


@rule_for(arrays.Ones)
def _ones(array):
    return "1", ATOM


@rule_for(arrays.Gradient)
def _gradient(array):
    function, (variable, _) = array.body.args
    return f"∇_{name_of(variable)} {to_text(function)}", PRODUCT


@rule_for(arrays.Hessian)
def _hessian(array):
    function, (variable, _), *_ = array.body.args
    return f"∇²_{name_of(variable)} {to_text(function)}", PRODUCT


@rule_for(arrays.Jacobian)
def _jacobian(array):
    function, (variable, _) = array.body.args
    return f"∂{name_of(function)}/∂{name_of(variable)}", ATOM


@rule_for(arrays.Column)
def _column(array):
    (index,) = array.indices
    with evaluate(False):
        ends = [array.body.xreplace({index: end}) for end in (Integer(0), last(index))]
    return f"({to_text(ends[0])}, …, {to_text(ends[1])})", ATOM
