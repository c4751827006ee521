"""What a line shows: the values of its parts, by which milestones are recognised on any road.

A part is a sub-sum or sub-product of the line, outside of every function, derivative and sum over
an index. Two parts are the same if they have the same values, up to one sign, at two points, and
hold the same derivatives. So ``-S/exp(z[i]) * (...)`` shows −1/ŷ[i], however it is written, and the
result ŷ[j] does not.
"""

from itertools import chain, combinations

from sympy import Add, Mul, Pow

from lessons.proofs.deciding import SIZES, numbers, readable_point
from lessons.proofs.notation import SIZE_OF, Partial
from lessons.proofs.point import Point
from lessons.proofs.walk import digits

MAX_TOGETHER = 8  # with more factors than this, only each alone and all together are looked at


def shown_by(line, task):
    """Return what the parts of a line show: a set in which to look for `what` is evidence."""
    points = _points(task)
    return frozenset(_key(part, points) for part in _parts(line)) - {None}


def taken_between(first, second, task):
    """Return what is shown where derivatives of one line no longer stand in the next."""
    points = _points(task)
    before, after = (_derivatives(line, points) for line in (first, second))
    return frozenset(("taken", *derivative) for derivative in before - after)


def what(sides, task):
    """Return what an evidence shows; ``D(f, v) = ...`` shows that this derivative was taken."""
    points = _points(task)
    if len(sides) == 1:
        return _key(*sides, points)
    (derivative,) = _derivatives(sides[0], points)
    return "taken", *derivative


def _points(task):
    """Return the readable point and a random one with other indices, both allowed by the task."""
    first = readable_point(task)
    indices = {name: number for name, number in task.example.items() if name in SIZE_OF}
    moved = {index: (number + 1) % SIZES[SIZE_OF[index]] for index, number in indices.items()}
    return first, Point(SIZES | moved, 0, task.definitions, {})


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
    values = [numbers([line], point)[0] for point in points]
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
