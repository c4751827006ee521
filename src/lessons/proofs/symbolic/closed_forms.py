"""Closed forms of integrals and infinite series: moments of a Gaussian, and power series.

Only what surely converges is touched: a polynomial times e^(quadratic) over the whole line, and a
polynomial times e^(a m)/(m + c)! over m. Anything else stays, and nothing is proved about it.
"""

from functools import lru_cache

from sympy import Add, Dummy, Integer, Integral, Sum, exp, expand, factorial, oo

from lessons.proofs.symbolic.sums import exponent_apart

_RATE = Dummy(positive=True)  # what is raised to the power m


def closed_form(line):
    """Return the closed form of a known integral or endless sum; any other line as it is."""
    if isinstance(line, Integral):
        return _gaussian(line)
    if isinstance(line, Sum) and line.limits[0][2] == oo:
        return _power_series(line)
    return line


def _gaussian(line):
    """Integrate term by term, after moving the peak to 0: the whole line stays the whole line."""
    ((variable, low, high),) = line.limits
    curve = exponent_apart(line.function)[1].as_poly(variable)
    if (low, high) != (-oo, oo) or curve is None or curve.degree() != 2:
        return line
    square, linear, _ = curve.all_coeffs()
    moved = line.function.xreplace({variable: variable - linear / (2 * square)})
    total = Integer(0)
    for term in Add.make_args(expand(moved, power_exp=False)):
        rest, exponent = exponent_apart(term)
        constant, power = rest.as_independent(variable, as_Add=False)
        if not (square.is_negative and power.is_polynomial(variable)):
            return line
        total += constant * _integral(power * exp(exponent), line.limits)
    return total


@lru_cache(maxsize=256)
def _integral(function, limits):
    """Moment of a Gaussian: the lines of one proof need the same few again and again."""
    return Integral(function, *limits).doit()


def _power_series(total):
    """Write e^(a m) as a power of one number, the form in which SymPy knows the series."""
    ((index, _, _),) = total.limits
    series = []
    for term in Add.make_args(expand(total.function, power_exp=False)):
        rest, exponent = exponent_apart(term)
        without, within = exponent.as_independent(index, as_Add=True)
        rate = within / index
        denominators = [factorial(index + Integer(m)) for m in (-1, 0, 1)]
        if rate.has(index) or not any(
            (rest * known).is_polynomial(index) for known in denominators
        ):
            return total
        constant, terms = rest.as_independent(index, as_Add=False)
        powers = _sum_of_powers(terms, total.limits).xreplace({_RATE: exp(rate)})
        series.append(exp(without) * constant * powers)
    return Add(*series)


@lru_cache(maxsize=256)
def _sum_of_powers(terms, limits):
    """Sum of terms times rate^m, for any positive rate."""
    return Sum(terms * _RATE ** limits[0][0], *limits).doit()
