"""The value of a line at one point, by walking through it: no algebra, no rules of differentiation.

A sum is added up, a δ is looked up, a derivative is a difference quotient at 40 digits, and a name
is worked out from its definition. Nothing of the symbolic road is used.
"""

import sympy
from mpmath import MPContext
from sympy import Derivative, Indexed, KroneckerDelta, Sum, Symbol
from sympy.core.function import AppliedUndef

from lessons.proofs.notation import sigma

digits = MPContext()  # a context of our own: nobody else's precision is touched
digits.dps = 40


def value(line, point, bound=None):
    """Work out the number that a line stands for.

    Parameters
    ----------
    line : Expr
        Scalar, with names, sums, δ and derivatives left as they are.
    point : Point
        Gives the sizes, the free indices and the letters their numbers.
    bound : dict, optional
        From the indices of the sums around this line to their present values.

    Returns
    -------
    int, mpf or mpc

    Raises
    ------
    ZeroDivisionError, ValueError
        The line has no value there: a division by 0, a logarithm of 0.
    TypeError
        The line holds something that this walk has no rule for.
    """
    bound = bound or {}
    for kind, rule in _RULES.items():
        if isinstance(line, kind):
            return rule(line, point, bound)
    raise TypeError(f"no numeric rule for {type(line).__name__}: {line}")


def _symbol(line, point, bound):
    return bound[line] if line in bound else point.number((line,))


def _indexed(line, point, bound):
    return point.number(_key(line, point, bound))


def _key(variable, point, bound):
    if isinstance(variable, Symbol):
        return (variable,)
    return (variable.base, *(int(value(index, point, bound)) for index in variable.indices))


def _sum(line, point, bound):
    *inner, (index, low, high) = line.limits
    body = Sum(line.function, *inner) if inner else line.function
    first, final = (int(value(end, point, bound)) for end in (low, high))
    return digits.fsum(value(body, point, bound | {index: m}) for m in range(first, final + 1))


def _delta(line, point, bound):
    first, second = (value(side, point, bound) for side in line.args)
    return int(first == second)


def _derivative(line, point, bound):
    expression, *variables = line.args
    *others, (variable, order) = variables
    if others:
        expression = Derivative.__new__(type(line), expression, *others)
    key = _key(variable, point, bound)
    here = value(variable, point, bound)

    def along_the_variable(number):
        return value(expression, point.holding(key, number), bound)

    return digits.diff(along_the_variable, here, int(order))


def _power(line, point, bound):
    base, exponent = (value(part, point, bound) for part in line.args)
    whole = line.exp.is_Integer
    return digits.mpf(base) ** int(exponent) if whole else digits.power(base, exponent)


def _unknown_function(line, point, bound):
    """Smooth positive function, the same for the same name and seed."""
    (argument,) = (value(part, point, bound) for part in line.args)
    return sum(
        digits.exp(digits.sin(point.number((line.func, m)) * argument + m)) for m in (1, 2, 3)
    )


def _parts(combine):
    return lambda line, point, bound: combine(value(part, point, bound) for part in line.args)


def _function(of):
    return lambda line, point, bound: of(value(line.args[0], point, bound))


_RULES = {
    sympy.Integer: lambda line, point, bound: int(line),
    sympy.Rational: lambda line, point, bound: digits.mpf(line.p) / line.q,
    Symbol: _symbol,
    Indexed: _indexed,
    sympy.Add: _parts(digits.fsum),
    sympy.Mul: _parts(digits.fprod),
    sympy.Pow: _power,
    sympy.exp: _function(digits.exp),
    sympy.log: _function(digits.log),
    sigma: _function(lambda logit: 1 / (1 + digits.exp(-logit))),
    Sum: _sum,
    KroneckerDelta: _delta,
    Derivative: _derivative,
    AppliedUndef: _unknown_function,
}
