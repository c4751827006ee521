"""Sums, products, integrals and cases on the numeric road: added up, multiplied, looked up."""

from itertools import count, islice

import sympy
from sympy import Product, Sum, oo

from lessons.proofs.notation import SIZE_OF, SumExcept
from lessons.proofs.walk import digits, product, rule_for, total, walk, whole

NEGLIGIBLE = digits.mpf(10) ** -40


@rule_for(Sum)
def _sum(line):
    *others, (index, low, high) = line.limits
    term = walk(Sum(line.function, *others) if others else line.function)
    first = whole(low)
    if high == oo:
        return lambda point, bound: _endless(
            term(point, {**bound, index: m}) for m in count(first(point, bound))
        )
    final = whole(high)

    def added_up(point, bound):
        steps = range(first(point, bound), final(point, bound) + 1)
        return total([term(point, {**bound, index: m}) for m in steps])

    return added_up


def _endless(terms):
    """Sum of a quickly converging series, until twenty terms in a row are negligible."""
    so_far, in_a_row = 0, 0
    for term in islice(terms, 300):
        so_far += term
        in_a_row = in_a_row + 1 if abs(term) < NEGLIGIBLE else 0
        if in_a_row == 20:
            return so_far
    raise ValueError("a sum without end does not converge quickly")


@rule_for(SumExcept)
def _sum_except(line):
    body, index, excluded = line.args
    term, left_out, size = walk(body), walk(excluded), whole(SIZE_OF[index])

    def added_up(point, bound):
        missing = left_out(point, bound)
        kept = [m for m in range(size(point, bound)) if m != missing]
        return total([term(point, {**bound, index: m}) for m in kept])

    return added_up


@rule_for(Product)
def _product(line):
    ((index, low, high),) = line.limits
    factor, first, final = walk(line.function), whole(low), whole(high)

    def multiplied(point, bound):
        steps = range(first(point, bound), final(point, bound) + 1)
        return product([factor(point, {**bound, index: m}) for m in steps])

    return multiplied


@rule_for(sympy.Integral)
def _integral(line):
    """Add up quarter steps: of a Gaussian's integral the error is then below e^(−300)."""
    ((variable, low, high),) = line.limits
    height = walk(line.function)

    def added_up(point, bound):
        if (low, high) != (-oo, oo):
            raise TypeError(f"no numeric rule for an integral from {low} to {high}")
        steps = [digits.mpf(m) / 4 for m in range(-80, 81)]
        heights = [height(point, {**bound, variable: x}) for x in steps]
        if max(abs(heights[0]), abs(heights[-1])) > NEGLIGIBLE:
            raise ValueError(f"{line} does not converge quickly")
        return total(heights) / 4

    return added_up


@rule_for(sympy.Piecewise)
def _cases(line):
    cases = [
        (walk(expression), [walk(side) for side in condition.args])
        for expression, condition in line.args
    ]

    def first_that_applies(point, bound):
        for expression, condition in cases:
            sides = [side(point, bound) for side in condition]
            if not sides or sides[0] == sides[1]:
                return expression(point, bound)
        raise ValueError(f"no case of {line} applies")

    return first_that_applies
