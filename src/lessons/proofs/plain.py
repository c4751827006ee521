"""The same lines as plain text, for screen readers, terminals and error messages."""

import sympy
from sympy import Indexed, Mul, Pow, Sum, Symbol

from lessons.proofs.latex import factors_of, inverse, is_inverse, terms_of
from lessons.proofs.notation import SIZE_OF, Partial, last, sigma

SUM, PRODUCT, ATOM = range(3)
_SPELLED = {"yhat": "ŷ", "Yhat": "Ŷ"}


def plain(expression):
    """Expression on one line, with brackets wherever they could be missed."""
    return _written(expression)[0]


def _written(expression):
    """Text, and how tightly it holds together."""
    for kind, rule in _RULES.items():
        if isinstance(expression, kind):
            return rule(expression)
    return str(expression), ATOM


def _within(expression, level):
    text, own = _written(expression)
    return text if own >= level else f"({text})"


def _symbol(symbol):
    return _SPELLED.get(symbol.name, symbol.name), ATOM


def _indexed(letter):
    head = _SPELLED.get(str(letter.base), str(letter.base))
    return f"{head}[{', '.join(plain(index) for index in letter.indices)}]", ATOM


def _add(total):
    first, *rest = (_written(term) for term in terms_of(total))
    text = first[0]
    for part, level in rest:
        if level == SUM:
            part = f"({part})"
        text += f" − {part[1:]}" if part.startswith("−") else f" + {part}"
    return text, SUM


def _mul(product):
    factors = factors_of(product)
    sign = "−" if factors[0] == -1 else ""
    text = ""
    for factor in factors[1:] if sign else factors:
        if is_inverse(factor):
            text = f"{text or '1'}/{_within(inverse(factor), ATOM)}"
        else:
            part = _within(factor, PRODUCT if not text else ATOM)
            text = f"{text}·{_bracketed_if_negative(part)}" if text else part
    return sign + text, PRODUCT


def _bracketed_if_negative(text):
    return f"({text})" if text.startswith("−") else text


def _pow(power):
    if is_inverse(power):
        return f"1/{_within(inverse(power), ATOM)}", PRODUCT
    return f"{_within(power.base, ATOM)}^{_within(power.exp, ATOM)}", ATOM


def _big(name):
    def written(total):
        ((index, low, high),) = total.limits
        whole_range = index in SIZE_OF and (low, high) == (0, last(index))
        over = f"{index}" if whole_range else f"{index} from {low} to {plain(high)}"
        return f"{name}[{over}]({plain(total.function)})", ATOM

    return written


def _partial(derivative):
    expression, *variables = derivative.args
    order = sum(int(times) for _, times in variables)
    power = f"^{order}" if order > 1 else ""
    below = " ".join(f"∂{plain(v)}" + (f"^{m}" if m > 1 else "") for v, m in variables)
    if isinstance(expression, (Symbol, Indexed)):
        return f"∂{power}{plain(expression)}/{below}", ATOM
    return f"∂{power}/{below}({plain(expression)})", ATOM


def _call(name):
    return lambda function: (f"{name}({plain(function.args[0])})", ATOM)


_RULES = {
    sympy.Rational: lambda number: (
        str(number).replace("-", "−"),
        ATOM if number >= 0 else PRODUCT,
    ),
    Symbol: _symbol,
    Indexed: _indexed,
    sympy.Add: _add,
    Mul: _mul,
    Pow: _pow,
    sympy.exp: _call("exp"),
    sympy.log: _call("log"),
    sigma: _call("σ"),
    Sum: _big("sum"),
    sympy.Product: _big("product"),
    sympy.KroneckerDelta: lambda delta: (f"δ[{', '.join(map(plain, delta.args))}]", ATOM),
    Partial: _partial,
}
