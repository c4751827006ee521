"""The same lines as plain text, for screen readers, terminals and error messages."""

from functools import singledispatch

import sympy
from sympy import Indexed, Integer, Symbol, evaluate

from lessons.proofs import arrays
from lessons.proofs.arrays import Letter
from lessons.proofs.notation import LAST, SIZE_OF, LogPartition, Partial, SumExcept, last, sigma
from lessons.proofs.printing.structure import factors_of, head, inverse, is_inverse, terms_of

SUM, PRODUCT, ATOM = range(3)  # how tightly a text holds together
_SPELLED = {"yhat": "ŷ", "Yhat": "Ŷ", "vbar": "v̄", "ubar": "ū", "epsilon": "ε", "theta": "θ"}


@singledispatch
def written(expression):
    """Write an expression as text, and say how tightly it holds together."""
    return str(expression), ATOM


def plain(expression):
    """Write an expression on one line, with brackets wherever they could be missed."""
    return written(expression)[0]


def within(expression, level):
    """Write an expression, in brackets if it holds together less tightly than `level`."""
    text, own = written(expression)
    return text if own >= level else f"({text})"


def name_of(letter):
    """Write a letter without its indices: ŷ for yhat[k]."""
    name, bracket, arguments = str(head(letter)).partition("(")
    return _SPELLED.get(name, name) + bracket + arguments


@written.register(Symbol)
def _symbol(symbol):
    return name_of(symbol), ATOM


@written.register(Indexed)
def _indexed(letter):
    name, bracket, arguments = name_of(letter).partition("(")
    return f"{name}[{', '.join(map(plain, letter.indices))}]{bracket}{arguments}", ATOM


@written.register(sympy.Add)
def _add(total):
    terms = terms_of(total)
    terms = terms[::-1] if total in LAST.values() else terms
    first, *rest = (written(term) for term in terms)
    text = first[0]
    for part, level in rest:
        part = f"({part})" if level == SUM else part
        text += f" − {part[1:]}" if part.startswith("−") else f" + {part}"
    return text, SUM


@written.register(sympy.Mul)
def _mul(product):
    factors = factors_of(product)
    sign = "−" if factors[0] == -1 else ""
    text = ""
    for factor in factors[1:] if sign else factors:
        if is_inverse(factor):
            text = f"{text or '1'}/{within(inverse(factor), ATOM)}"
        else:
            part = within(factor, PRODUCT if not text else ATOM)
            part = f"({part})" if text and part.startswith("−") else part
            text = f"{text} · {part}" if text else part
    return sign + text, PRODUCT


@written.register(sympy.Pow)
def _pow(power):
    if is_inverse(power):
        return f"1/{within(inverse(power), ATOM)}", PRODUCT
    return f"{within(power.base, ATOM)}^{within(power.exp, ATOM)}", ATOM


@written.register(sympy.Rational)
def _number(number):
    text = str(number).replace("-", "−")
    return text, ATOM if number.is_Integer and number >= 0 else PRODUCT


@written.register(sympy.Sum)
@written.register(sympy.Product)
@written.register(sympy.Integral)
def _big(total):
    ((index, low, high),) = total.limits
    whole_range = index in SIZE_OF and (low, high) == (0, last(index))
    over = str(index) if whole_range else f"({index} from {plain(low)} to {plain(high)})"
    return f"{type(total).__name__.lower()}_{over}({plain(total.function)})", ATOM


@written.register(SumExcept)
def _sum_except(total):
    body, index, excluded = total.args
    return f"sum_({index} ≠ {excluded})({plain(body)})", ATOM


@written.register(sympy.KroneckerDelta)
def _delta(delta):
    return f"δ[{', '.join(plain(index) for index in delta.args)}]", ATOM


@written.register(sympy.Piecewise)
def _cases(line):
    cases = [
        f"{plain(value)} " + ("otherwise" if when == sympy.true else f"for {when.lhs} = {when.rhs}")
        for value, when in line.args
    ]
    return ", ".join(cases), SUM


@written.register(Partial)
def _partial(derivative):
    expression, *variables = derivative.args
    order = sum(int(times) for _, times in variables)
    below = " ".join(f"∂{plain(v)}{_power(times)}" for v, times in variables)
    if isinstance(expression, (Symbol, Indexed, LogPartition)):
        return f"∂{_power(order)}{plain(expression)}/{below}", ATOM
    return f"∂{_power(order)}/{below}({plain(expression)})", ATOM


def _power(times):
    return f"^{times}" if times > 1 else ""


def _call(kind, name):
    written.register(kind)(lambda function: (f"{name}({plain(function.args[0])})", ATOM))


_call(sympy.exp, "exp")
_call(sympy.log, "log")
_call(sigma, "σ")
_call(sympy.factorial, "factorial")
_call(LogPartition, "A")


@written.register(type(sympy.oo))
def _infinity(infinity):
    return "∞", ATOM


@written.register(type(-sympy.oo))
def _minus_infinity(infinity):
    return "−∞", ATOM


@written.register(type(sympy.pi))
def _pi(number):
    return "π", ATOM


@written.register(Letter)
def _letter(array):
    return name_of(array), ATOM


@written.register(arrays.Transposed)
def _transposed(array):
    return f"{within(array.args[0], ATOM)}ᵀ", ATOM


@written.register(arrays.Diagonal)
def _diagonal(array):
    return f"diag({plain(array.args[0])})", ATOM


@written.register(arrays.Ones)
def _ones(array):
    return "1", ATOM


@written.register(arrays.Gradient)
def _gradient(array):
    function, (variable, _) = array.body.args
    return f"∇_{name_of(variable)} {plain(function)}", PRODUCT


@written.register(arrays.Hessian)
def _hessian(array):
    function, (variable, _), *_ = array.body.args
    return f"∇²_{name_of(variable)} {plain(function)}", PRODUCT


@written.register(arrays.Jacobian)
def _jacobian(array):
    function, (variable, _) = array.body.args
    return f"∂{name_of(function)}/∂{name_of(variable)}", ATOM


@written.register(arrays.Column)
def _column(array):
    (index,) = array.indices
    with evaluate(False):
        ends = [array.body.xreplace({index: end}) for end in (Integer(0), last(index))]
    return f"({plain(ends[0])}, …, {plain(ends[1])})", ATOM
