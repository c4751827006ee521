"""Sums, products, integrals and cases on the numeric road: added up, multiplied, looked up."""

from itertools import count, islice
from math import prod

import sympy
from sympy import Product, Sum, oo

from lessons.proofs.notation import SIZE_OF, SumExcept
from lessons.proofs.walk import digits, inner, rule_for, whole

NEGLIGIBLE = digits.mpf(10) ** -40


@rule_for(Sum)
def _sum(line, point, bound):
    *others, (index, low, high) = line.limits
    body = Sum(line.function, *others) if others else line.function
    first = whole(low, point, bound)
    steps = count(first) if high == oo else range(first, whole(high, point, bound) + 1)
    terms = (inner(body, point, {**bound, index: m}) for m in steps)
    return sum(_until_negligible(terms) if high == oo else terms)


def _until_negligible(terms):
    """Terms of a quickly converging series, until twenty in a row are negligible."""
    in_a_row = 0
    for term in islice(terms, 300):
        yield term
        in_a_row = in_a_row + 1 if abs(term) < NEGLIGIBLE else 0
        if in_a_row == 20:
            return
    raise ValueError("a sum without end does not converge quickly")


@rule_for(SumExcept)
def _sum_except(line, point, bound):
    body, index, excluded = line.args
    left_out = inner(excluded, point, bound)
    kept = (m for m in range(whole(SIZE_OF[index], point, bound)) if m != left_out)
    return sum(inner(body, point, {**bound, index: m}) for m in kept)


@rule_for(Product)
def _product(line, point, bound):
    ((index, low, high),) = line.limits
    steps = range(whole(low, point, bound), whole(high, point, bound) + 1)
    return prod(inner(line.function, point, {**bound, index: m}) for m in steps)


@rule_for(sympy.Integral)
def _integral(line, point, bound):
    """Add up quarter steps: of a Gaussian's integral the error is then below e^(−300)."""
    ((variable, low, high),) = line.limits
    if (low, high) != (-oo, oo):
        raise TypeError(f"no numeric rule for an integral from {low} to {high}")
    steps = (digits.mpf(m) / 4 for m in range(-80, 81))
    heights = [inner(line.function, point, {**bound, variable: x}) for x in steps]
    if max(abs(heights[0]), abs(heights[-1])) > NEGLIGIBLE:
        raise ValueError(f"{line} does not converge quickly")
    return sum(heights) / 4


@rule_for(sympy.Piecewise)
def _cases(line, point, bound):
    for expression, condition in line.args:
        sides = [inner(side, point, bound) for side in condition.args]
        if not sides or sides[0] == sides[1]:
            return inner(expression, point, bound)
    raise ValueError(f"no case of {line} applies")
