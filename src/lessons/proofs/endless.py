"""Closed forms of integrals and of sums without end, where SymPy knows them."""

from sympy import Add, Dummy, Integer, Integral, Sum, exp, expand, oo

from lessons.proofs.sums import exponent_apart


def closed(line):
    """Return the closed form of an integral or of an endless sum; any other line as it is."""
    if isinstance(line, Integral):
        return _integral(line)
    if isinstance(line, Sum) and line.limits[0][2] == oo:
        return _power_series(line)
    return line


def _integral(line):
    """Integrate term by term, after moving the peak of a Gaussian to 0: the whole line stays."""
    ((variable, low, high),) = line.limits
    body = line.function
    if (low, high) == (-oo, oo):
        body = body.xreplace({variable: variable + _peak(body, variable)})
    total = Integer(0)
    for term in Add.make_args(expand(body, power_exp=False)):
        rest, exponent = exponent_apart(term)
        constant, varying = rest.as_independent(variable, as_Add=False)
        total += constant * Integral(varying * exp(exponent), *line.limits).doit()
    return total


def _peak(body, variable):
    curve = exponent_apart(body)[1].as_poly(variable)
    if curve is None or curve.degree() != 2:
        return Integer(0)
    square, linear, _ = curve.all_coeffs()
    return -linear / (2 * square)


def _power_series(total):
    """Write e^(am) as a power of one number, the form in which SymPy knows the series."""
    ((index, _, _),) = total.limits
    powers = {}

    def as_power(exponent):
        without, within = expand(exponent).as_independent(index, as_Add=True)
        rate = powers.setdefault(within / index, Dummy(positive=True))
        return exp(without) * rate**index if within != 0 else exp(without)

    series = Sum(expand(total.function).replace(exp, as_power), *total.limits)
    return series.doit().xreplace({rate: exp(exponent) for exponent, rate in powers.items()})
