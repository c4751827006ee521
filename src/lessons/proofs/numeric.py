"""The numeric road: lines are compared at many points, for several K, d, n and all free indices.

It decides by itself and shares neither definitions, derivatives nor algebra with the symbolic road.
"""

from dataclasses import dataclass
from itertools import product
from threading import RLock

from sympy import Eq, Indexed, Ne, Sum

from lessons.proofs.notation import SIZE_OF, K, d, n
from lessons.proofs.point import Point
from lessons.proofs.walk import digits, value

SIZES = ((3, 2, 4), (2, 4, 3), (4, 3, 2), (1, 2, 3), (6, 5, 3))  # (K, d, n), never two alike
EVERY_INDEX_UP_TO = 4  # for more classes than this, a few choices of the free indices
TOLERANCE = digits.mpf(10) ** -25

_one_at_a_time = RLock()  # the context that does the arithmetic holds state


@dataclass(frozen=True)
class Counterexample:
    """A point at which two lines differ.

    Attributes
    ----------
    whole : dict of str to int
        The sizes and free indices.
    letters : dict of str to nested tuple or float
        The numbers of the letters: `{"z": (0.3, -1.2, 0.8)}`.
    left, right : str
        The two values, with enough digits to tell them apart.
    """

    whole: dict
    letters: dict
    left: str
    right: str

    def __str__(self):
        numbers = {**self.whole, **self.letters}
        place = ", ".join(f"{name} = {_written(number)}" for name, number in numbers.items())
        return f"at {place}: {self.left} against {self.right}"


def counterexample(lhs, rhs, definitions=None, assumptions=()):
    """Find a point at which lhs and rhs differ, or None if they agree at all points tried.

    Parameters
    ----------
    lhs, rhs : Expr
        Scalar lines; both sides agree if they differ by less than 10⁻²⁵, absolutely or relatively.
    definitions : dict, optional
        What the names in them mean.
    assumptions : sequence of Ne and Eq
        As for the symbolic road: `Ne(j, i)` leaves out the points with j = i, and
        `Eq(sum_over(t, y[t]), 1)` draws a y that sums to 1.

    Returns
    -------
    Counterexample or None

    Raises
    ------
    ValueError
        An assumption of another form, or assumptions that leave no point.
    """
    with _one_at_a_time:
        compared = False
        for point in _points((lhs, rhs), definitions or {}, assumptions):
            left, right = _value_or_none(lhs, point), _value_or_none(rhs, point)
            if left is None or right is None or _differ(left, right):
                return _described(point, left, right)
            compared = True
    if not compared:
        raise ValueError(f"the assumptions {assumptions} leave no point to compare at")
    return None


def _points(lines, definitions, assumptions):
    different, simplex = _sorted_out(assumptions)
    indices = sorted(set().union(*(_free_indices(a, definitions) for a in lines)), key=str)
    for sizes in SIZES:
        sizes = dict(zip((K, d, n), sizes, strict=True))
        choices = _choices(indices, sizes, definitions)
        choices = [c for c in choices if all(c[a] != c[b] for a, b in different)]
        seeds = range(1 + 2 // len(choices)) if choices else ()
        for seed, choice in product(seeds, choices):
            yield Point(sizes | choice, seed, definitions, simplex)


def _choices(indices, sizes, definitions):
    """Every choice of the free indices, or for many classes a few."""
    origin = Point(sizes, 0, definitions, {})
    ranges = [range(int(origin.number((SIZE_OF[index],)))) for index in indices]
    choices = [dict(zip(indices, choice, strict=True)) for choice in product(*ranges)]
    return choices if sizes[K] <= EVERY_INDEX_UP_TO else choices[:: 1 + len(choices) // 5]


def _sorted_out(assumptions):
    different, simplex = [], {}
    for assumption in assumptions:
        if isinstance(assumption, Ne):
            different.append(assumption.args)
        elif isinstance(assumption, Eq) and isinstance(assumption.lhs, Sum) and assumption.rhs == 1:
            (bound, _, _), term = assumption.lhs.limits[0], assumption.lhs.function
            simplex[term.base] = term.indices.index(bound)
        else:
            raise ValueError(f"expected Ne(index, index) or Eq(sum, 1), got {assumption!r}")
    return different, simplex


def _free_indices(line, definitions):
    """Collect the indices in a line, or in the definitions it uses, that no sum runs over."""
    if line in SIZE_OF:
        return {line}
    if isinstance(line, Sum):
        bound = {limit[0] for limit in line.limits}
        return set().union(*(_free_indices(part, definitions) for part in line.args)) - bound
    found = set().union(*(_free_indices(part, definitions) for part in line.args))
    for name, body in definitions.items():
        if line == name or (isinstance(line, Indexed) and line.base == getattr(name, "base", None)):
            found |= _free_indices(body, definitions) - set(getattr(name, "indices", ()))
    return found


def _value_or_none(line, point):
    try:
        return value(line, point)
    except (ZeroDivisionError, ValueError):
        return None


def _differ(left, right):
    return not abs(left - right) <= TOLERANCE * max(1, abs(left), abs(right))


def _described(point, left, right):
    whole = {str(name): number for name, number in point.whole.items() if name in point.asked}
    letters = _arrays(point.letters)
    for places in range(4, 30):
        shown = [_shown(side, places) for side in (left, right)]
        if shown[0] != shown[1]:
            break
    return Counterexample(whole, letters, *shown)


def _shown(number, places):
    return "no value" if number is None else digits.nstr(number, places).replace("-", "−")


def _arrays(letters):
    """Numbers of the letters as nested tuples where all were met, else one by one."""
    arrays = {}
    for head in dict.fromkeys(key[0] for key in letters):
        keys = sorted(key[1:] for key in letters if key[0] == head)
        full = list(product(*(range(m + 1) for m in keys[-1]))) == keys
        if full:
            arrays[str(head)] = _nested(head, letters, keys[-1])
        else:
            for key in keys:
                arrays[f"{head}{list(key)}"] = float(letters[(head, *key)])
    return arrays


def _nested(head, letters, last, first=()):
    if len(first) == len(last):
        return float(letters[(head, *first)])
    return tuple(_nested(head, letters, last, (*first, m)) for m in range(last[len(first)] + 1))


def _written(number):
    if isinstance(number, tuple):
        return f"({', '.join(_written(part) for part in number)})"
    return f"{number:.3g}".replace("-", "−")
