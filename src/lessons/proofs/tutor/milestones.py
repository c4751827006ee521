"""Milestones: what a line shows is recognised by the values of its parts, on any road.

A part is a sub-sum or sub-product of the line, outside of every function, derivative and sum over
an index. Two parts are the same if they have the same values, up to one sign, at two points, and
hold the same derivatives. So ``-S/exp(z[i]) * (...)`` shows −1/ŷ[i], however it is written, and the
result ŷ[j] does not.
"""

from itertools import chain, combinations

from sympy import Add, Mul, Pow, Sum, exp

from lessons.proofs.notation import SIZE_OF, Partial, S, t, z
from lessons.proofs.numeric.comparison import real_values
from lessons.proofs.numeric.evaluation import digits
from lessons.proofs.numeric.points import EXAMPLE_SIZES, Point, example_point

MAX_TOGETHER = 8  # with more factors than this, only each alone and all together are looked at


def shown_in(line, task):
    """Return the keys of what the parts of a line show: a set in which to look for evidence."""
    points = _points(task)
    return frozenset(_key(part, points) for part in _parts(line)) - {None}


def derivatives_taken(first, second, task):
    """Return what is shown where derivatives of one line no longer stand in the next."""
    points = _points(task)
    before, after = (_derivatives(line, points) for line in (first, second))
    return frozenset(("taken", *derivative) for derivative in before - after)


def evidence_key(sides, task):
    """Return what an evidence shows; ``D(f, v) = ...`` shows that this derivative was taken."""
    points = _points(task)
    if len(sides) == 1:
        return _key(*sides, points)
    (derivative,) = _derivatives(sides[0], points)
    return "taken", *derivative


def _points(task):
    """Return the readable point and a random one with other indices, both allowed by the task."""
    first = example_point(task.setting)
    moved = {
        index: (number + 1) % EXAMPLE_SIZES[SIZE_OF[index]]
        for index, number in task.setting.example.items()
        if index in SIZE_OF
    }
    return first, Point(EXAMPLE_SIZES | moved, 0, task.setting.definitions, {})


def _key(part, points):
    values = _rounded(part, points)
    if values is None:
        return None
    return max(values, tuple(-number for number in values)), _derivatives(part, points)


def _derivatives(line, points):
    """Name each derivative in a line by its variable and the values of what is differentiated."""
    taken = (derivative.args for derivative in line.atoms(Partial))
    return frozenset((by, _rounded(body, points)) for body, (by, _) in taken)


def _rounded(line, points):
    """Round the line's values, so that they can be looked up; None if it lacks one."""
    values = [real_values([line], point)[0] for point in points]
    if None in values:
        return None
    return tuple(
        float(digits.nstr(number, 12)) if abs(number) > 1e-20 else 0.0 for number in values
    )


def _parts(line):
    """List every sub-sum and sub-product, the line itself included."""
    for kind, members in ((Add, _terms(line)), (Mul, _factors(line))):
        if len(members) > 1:
            yield from chain.from_iterable(map(_parts, members))
            yield from _together(kind, members)
            return
    yield line


def _together(kind, members):
    sizes = range(2, len(members) + 1) if len(members) <= MAX_TOGETHER else (len(members),)
    for size in sizes:
        for some in combinations(members, size):
            yield kind(*some, evaluate=False)


def _terms(line):
    if not isinstance(line, Add):
        return [line]
    return list(chain.from_iterable(map(_terms, line.args)))


def _factors(line):
    """Take a product apart: S² is S·S, and 1/(S·u) is 1/S·1/u."""
    if isinstance(line, Mul):
        return list(chain.from_iterable(map(_factors, line.args)))
    if isinstance(line, Pow) and isinstance(line.base, Mul) and line.exp.is_Integer:
        inverted = [Pow(part, line.exp, evaluate=False) for part in _factors(line.base)]
        return list(chain.from_iterable(map(_factors, inverted)))
    if isinstance(line, Pow) and line.exp in (2, 3, -2, -3):
        sign = 1 if line.exp > 0 else -1
        return [Pow(line.base, sign, evaluate=False)] * abs(int(line.exp))
    return [line]


def same_form(first, second):
    """Whether two lines differ at most in the order of their parts and in how S is written."""
    return _form(first) == _form(second)


def is_worked_out(line):
    """Whether no derivative is left to be taken."""
    return not line.has(Partial)


def _form(line):
    """Write the line as nested tuples, sums and products flat and in one order."""
    if _is_denominator(line):
        return str(S)
    for kind in (Add, Mul):
        if isinstance(line, kind):
            return kind.__name__, *sorted(_members(line, kind), key=repr)
    if isinstance(line, Pow) and isinstance(line.base, Pow):
        return _form(Pow(line.base.base, line.base.exp * line.exp, evaluate=False))
    if not line.args:
        return str(line)
    return type(line).__name__, *map(_form, line.args)


def _members(line, kind):
    for part in line.args:
        if isinstance(part, kind):
            yield from _members(part, kind)
        else:
            yield _form(part)


def _is_denominator(line):
    if not isinstance(line, Sum):
        return False
    index = line.limits[0][0]
    return line.function.xreplace({index: t}) == exp(z[t])
