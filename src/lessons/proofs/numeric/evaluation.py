"""Expression evaluator: the value of a line at one point, with no algebra and no calculus.

A sum is added up, a δ is looked up, a derivative is a difference quotient at 40 digits, and a name
is worked out from its definition. Nothing of the symbolic road is used.

A line is evaluated at many points, so its evaluator is laid out once: each rule takes a part of a
line and returns a function of `(point, bound)` that works out the part's number. `bound` gives the
indices of the sums around the part their values.
"""

from functools import lru_cache, singledispatch
from itertools import count, islice
from math import prod

import sympy
from mpmath import MPContext
from sympy import Add, Derivative, Indexed, KroneckerDelta, Product, Sum, Symbol, oo

from lessons.proofs.arrays import Diagonal, Entries, Entry, Hadamard, Ones, Transposed, is_array
from lessons.proofs.cases import NoRule, equal_indices
from lessons.proofs.notation import SIZE_OF, K, LogPartition, Smooth, SumExcept, relu, sigma, step

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
    NoRule
        The line holds something that no rule evaluates.
    """
    number = evaluator(line)(point, {})
    return number if digits.im(number) else digits.re(number)


@lru_cache(maxsize=8192)
def evaluator(line):
    """Lay out the evaluator of a part of a line: a function of `(point, bound)`."""
    return _rule(line)


@singledispatch
def _rule(line):
    raise NoRule(
        "expected a line of numbers, letters, + − · /, powers, exp, log, σ, δ, sums and "
        f"derivatives, got {line}, for which there is no rule"
    )


rule_for = _rule.register  # the one dispatch table: `@rule_for(Sum)` above the rule for a Sum


def integer_evaluator(line):
    """Lay out the evaluator of an index or a size, whose number is an int."""
    number = evaluator(line)
    return lambda point, bound: int(number(point, bound))


# Numbers and letters.


@rule_for(sympy.Integer)
def _integer(line):
    number = int(line)
    return lambda point, bound: number


@rule_for(sympy.Rational)
def _rational(line):
    return lambda point, bound: digits.mpf(line.p) / line.q


@rule_for(type(sympy.pi))
def _pi(line):
    return lambda point, bound: +digits.pi


@rule_for(type(sympy.E))
def _e(line):
    return lambda point, bound: +digits.e


@rule_for(Symbol)
def _symbol(line):
    key = (line,)
    return lambda point, bound: bound[line] if line in bound else point.number(key)


@rule_for(Indexed)
def _indexed(line):
    letter, indices = line.base, [evaluator(index) for index in line.indices]
    return lambda point, bound: point.number((letter, *[int(m(point, bound)) for m in indices]))


# Arithmetic and functions.


@rule_for(sympy.Add)
def _add(line):
    parts = [evaluator(part) for part in line.args]
    return lambda point, bound: sum([part(point, bound) for part in parts])


@rule_for(sympy.Mul)
def _mul(line):
    parts = [evaluator(part) for part in line.args]
    return lambda point, bound: prod([part(point, bound) for part in parts])


@rule_for(sympy.Pow)
def _pow(line):
    base, exponent = (evaluator(part) for part in line.args)
    if line.exp.is_Integer:
        times = int(line.exp)
        return lambda point, bound: digits.mpmathify(base(point, bound)) ** times
    return lambda point, bound: digits.power(base(point, bound), exponent(point, bound))


@rule_for(KroneckerDelta)
def _delta(line):
    first, second = (evaluator(side) for side in line.args)
    return lambda point, bound: int(first(point, bound) == second(point, bound))


def _function(kind, of):
    @rule_for(kind)
    def _of_argument(line):
        argument = evaluator(line.args[0])
        return lambda point, bound: of(argument(point, bound))


@lru_cache(maxsize=4096)
def _exp_at(number, precision):
    return digits.exp(number)


def _exp(number):
    """Raise e to a number; nine in ten have been asked for before, most often by a difference."""
    return _exp_at(number, digits.prec)


def _real(number):
    if digits.im(number):
        raise ValueError(f"{number} is neither above 0 nor below")
    return digits.re(number)


def _log(number):
    if number == 0:
        raise ZeroDivisionError("a logarithm of 0")  # e^(log 0) has no value, and is not 0
    return digits.log(number)


_function(sympy.exp, _exp)
_function(sympy.log, _log)
_function(sympy.factorial, digits.factorial)
_function(sigma, lambda logit: 1 / (1 + _exp(-logit)))
_function(relu, lambda number: max(_real(number), 0))
_function(step, lambda number: int(_real(number) > 0))


# Derivatives, and the one function that is known by its derivatives alone.


@rule_for(Derivative)
def _derivative(line):
    expression, *others, (variable, order) = line.args
    if others:
        expression = type(line)(expression, *others)
    letter, times, along = getattr(variable, "base", variable), int(order), evaluator(expression)
    indices = [integer_evaluator(index) for index in getattr(variable, "indices", ())]

    def difference_quotient(point, bound):
        key = (letter, *(m(point, bound) for m in indices))

        def at(number):
            return along(point.holding(key, number), bound)

        return digits.diff(at, point.number(key), times)

    return difference_quotient


@rule_for(LogPartition)
def _log_partition(line):
    """Stand-in for a function of which nothing is known but that it is smooth; positive."""
    (head,), size = line.args, integer_evaluator(K)

    def of_all_entries(point, bound):
        entries = [point.number((head, m)) / (m + 2) for m in range(size(point, bound))]
        mixed = sum(entries)
        return digits.exp(digits.sin(mixed)) + digits.exp(digits.sin(2 * mixed + 1))

    return of_all_entries


@rule_for(Smooth)
def _smooth(line):
    """Evaluate a stand-in for any smooth function of entries, each of which counts differently."""
    component, index = line.args
    entry, size = evaluator(component), integer_evaluator(SIZE_OF[index])

    def of_all_entries(point, bound):
        numbers = [entry(point, {**bound, index: m}) for m in range(size(point, bound))]
        return digits.sin(sum(number / (m + 2) for m, number in enumerate(numbers))) + sum(
            (m + 1) * number**2 for m, number in enumerate(numbers)
        )

    return of_all_entries


# Sums, products and integrals.

NEGLIGIBLE = digits.mpf(10) ** -40


@rule_for(Sum)
def _sum(line):
    *others, (index, low, high) = line.limits
    term = evaluator(Sum(line.function, *others) if others else line.function)
    first = integer_evaluator(low)
    if high == oo:
        return lambda point, bound: _endless(
            term(point, {**bound, index: m}) for m in count(first(point, bound))
        )
    final = integer_evaluator(high)

    def added_up(point, bound):
        steps = range(first(point, bound), final(point, bound) + 1)
        return sum([term(point, {**bound, index: m}) for m in steps])

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
    term, left_out, size = evaluator(body), evaluator(excluded), integer_evaluator(SIZE_OF[index])

    def added_up(point, bound):
        missing = left_out(point, bound)
        kept = [m for m in range(size(point, bound)) if m != missing]
        return sum([term(point, {**bound, index: m}) for m in kept])

    return added_up


@rule_for(Product)
def _product(line):
    ((index, low, high),) = line.limits
    factor, first, final = evaluator(line.function), integer_evaluator(low), integer_evaluator(high)

    def multiplied(point, bound):
        steps = range(first(point, bound), final(point, bound) + 1)
        return prod([factor(point, {**bound, index: m}) for m in steps])

    return multiplied


@rule_for(sympy.Integral)
def _integral(line):
    """Add up quarter steps: of a Gaussian's integral the error is then below e^(−300)."""
    (variable, *ends), *others = line.limits
    if others or ends != [-oo, oo]:
        raise NoRule(f"expected an integral over one letter from −∞ to ∞, got {line}")
    height = evaluator(line.function)

    def added_up(point, bound):
        steps = [digits.mpf(m) / 4 for m in range(-80, 81)]
        heights = [height(point, {**bound, variable: x}) for x in steps]
        if max(abs(heights[0]), abs(heights[-1])) > NEGLIGIBLE:
            raise ValueError(f"{line} does not converge quickly")
        return sum(heights) / 4

    return added_up


# Cases by equal indices.


@rule_for(sympy.Piecewise)
def _cases(line):
    cases = [
        (evaluator(expression), [evaluator(side) for side in equal_indices(condition)])
        for expression, condition in line.args
    ]

    def first_that_applies(point, bound):
        for expression, condition in cases:
            sides = [side(point, bound) for side in condition]
            if not sides or sides[0] == sides[1]:
                return expression(point, bound)
        raise ValueError(f"no case of {line} applies")

    return first_that_applies


# Vectors and matrices: tables of numbers, rows first.


@rule_for(Entry)
def _entry(line):
    array, *cell = line.args
    row, column = (integer_evaluator(index) for index in cell)
    if isinstance(array, Entries):
        number = _cell(array)
        return lambda point, bound: number(row(point, bound), column(point, bound), point, bound)
    rows = _table(array)
    return lambda point, bound: rows(point, bound)[row(point, bound)][column(point, bound)]


def _table(line):
    """Lay out how every number of an array is worked out, as a list of rows."""
    if isinstance(line, Entries):
        return _filled(line)
    if isinstance(line, Transposed):
        rows = _table(line.args[0])
        return lambda point, bound: [
            list(column) for column in zip(*rows(point, bound), strict=True)
        ]
    if isinstance(line, Diagonal):
        rows = _table(line.args[0])
        return lambda point, bound: _diagonal([row[0] for row in rows(point, bound)])
    if isinstance(line, Hadamard):
        first, second = (_table(part) for part in line.args)
        return lambda point, bound: _multiplied_entries(first(point, bound), second(point, bound))
    if isinstance(line, Ones):
        count = integer_evaluator(line.shape[0])
        return lambda point, bound: [[1]] * count(point, bound)
    if isinstance(line, Add):
        parts = [_table(part) for part in line.args]
        return lambda point, bound: _added([part(point, bound) for part in parts])
    return _multiplied(line)


def _filled(entries):
    height, width = (integer_evaluator(size) for size in entries.shape)
    number = _cell(entries)

    def rows(point, bound):
        columns = range(width(point, bound))
        return [
            [number(row, column, point, bound) for column in columns]
            for row in range(height(point, bound))
        ]

    return rows


def _cell(entries):
    body, indices = evaluator(entries.body), entries.indices

    def number(row, column, point, bound):
        return body(point, {**bound, **dict(zip(indices, (row, column), strict=False))})

    return number


def _diagonal(numbers):
    count = len(numbers)
    return [[numbers[a] if a == b else 0 for b in range(count)] for a in range(count)]


def _added(tables):
    return [[sum(cells) for cells in zip(*rows, strict=True)] for rows in zip(*tables, strict=True)]


def _multiplied_entries(left, right):
    return [
        [a * b for a, b in zip(row, other, strict=True)]
        for row, other in zip(left, right, strict=True)
    ]


def _multiplied(line):
    scales = [evaluator(part) for part in line.args if not is_array(part)]
    first, *rest = [_table(part) for part in line.args if is_array(part)]

    def rows(point, bound):
        table = first(point, bound)
        for part in rest:
            table = _row_by_column(table, part(point, bound))
        scale = prod([part(point, bound) for part in scales])
        return [[scale * number for number in row] for row in table]

    return rows


def _row_by_column(left, right):
    columns = list(zip(*right, strict=True))
    return [
        [sum([a * b for a, b in zip(row, column, strict=True)]) for column in columns]
        for row in left
    ]
