"""The value of a line at one point, by walking through it: no algebra, no rules of differentiation.

A sum is added up, a δ is looked up, a derivative is a difference quotient at 40 digits, and a name
is worked out from its definition. Nothing of the symbolic road is used. The rules for sums and for
arrays are in `walk_sums` and `walk_arrays`.
"""

from functools import singledispatch
from math import prod

import sympy
from mpmath import MPContext
from sympy import Derivative, Indexed, KroneckerDelta, Symbol
from sympy.core.function import AppliedUndef

from lessons.proofs.notation import K, LogPartition, sigma

digits = MPContext()  # a context of our own: nobody else's precision is touched
digits.dps = 40


def value(line, point):
    """Work out the number that a line stands for at a point.

    Parameters
    ----------
    line : Expr
        Scalar, with names, sums, δ and derivatives left as they are.
    point : Point
        Gives the sizes, the free indices and the letters their numbers.

    Returns
    -------
    int or mpf, or mpc if it is not real

    Raises
    ------
    ZeroDivisionError, ValueError
        The line has no value there: a division by 0, a logarithm of 0.
    TypeError
        The line holds something that this walk has no rule for.
    """
    number = inner(line, point, {})
    return number if digits.im(number) else digits.re(number)


@singledispatch
def inner(line, point, bound):
    """Work out a part of a line; `bound` gives the indices of the sums around it their values."""
    raise TypeError(f"no numeric rule for {type(line).__name__}: {line}")


rule_for = inner.register  # `@rule_for(Sum)` above a function of (line, point, bound)


def whole(line, point, bound):
    """Work out an index or a size, as an int."""
    return int(inner(line, point, bound))


@rule_for(sympy.Integer)
def _integer(line, point, bound):
    return int(line)


@rule_for(sympy.Rational)
def _rational(line, point, bound):
    return digits.mpf(line.p) / line.q


@rule_for(type(sympy.pi))
def _pi(line, point, bound):
    return +digits.pi


@rule_for(Symbol)
def _symbol(line, point, bound):
    return bound[line] if line in bound else point.number((line,))


@rule_for(Indexed)
def _indexed(line, point, bound):
    return point.number((line.base, *(whole(index, point, bound) for index in line.indices)))


@rule_for(sympy.Add)
def _add(line, point, bound):
    return sum(inner(part, point, bound) for part in line.args)


@rule_for(sympy.Mul)
def _mul(line, point, bound):
    return prod(inner(part, point, bound) for part in line.args)


@rule_for(sympy.Pow)
def _pow(line, point, bound):
    base, exponent = (inner(part, point, bound) for part in line.args)
    if line.exp.is_Integer:
        return digits.mpmathify(base) ** int(exponent)
    return digits.power(base, exponent)


@rule_for(KroneckerDelta)
def _delta(line, point, bound):
    first, second = (inner(side, point, bound) for side in line.args)
    return int(first == second)


def _function(kind, of):
    rule_for(kind)(lambda line, point, bound: of(inner(line.args[0], point, bound)))


_function(sympy.exp, digits.exp)
_function(sympy.log, digits.log)
_function(sympy.factorial, digits.factorial)
_function(sigma, lambda logit: 1 / (1 + digits.exp(-logit)))


@rule_for(Derivative)
def _derivative(line, point, bound):
    expression, *others, (variable, order) = line.args
    if others:
        expression = type(line)(expression, *others)
    indices = (whole(index, point, bound) for index in getattr(variable, "indices", ()))
    key = (getattr(variable, "base", variable), *indices)

    def along_the_variable(number):
        return inner(expression, point.holding(key, number), bound)

    return digits.diff(along_the_variable, point.number(key), int(order))


@rule_for(AppliedUndef)
def _unknown_function(line, point, bound):
    (argument,) = (inner(part, point, bound) for part in line.args)
    return _smooth(point.number((Symbol(f"{line.func}'"),)) * argument)


@rule_for(LogPartition)
def _log_partition(line, point, bound):
    (head,) = line.args
    entries = (point.number((head, m)) / (m + 2) for m in range(whole(K, point, bound)))
    return _smooth(sum(entries))


def _smooth(number):
    """Stand-in for a function of which nothing is known but that it is smooth; positive."""
    return digits.exp(digits.sin(number)) + digits.exp(digits.sin(2 * number + 1))
