"""Counterexample search: lines are compared at many points, for several K, d, n and all indices.

The numeric road decides by itself: neither definitions, derivatives nor algebra does it share with
the symbolic one.
"""

from dataclasses import dataclass
from itertools import product
from threading import RLock
from typing import TypeAlias

from sympy import Integer

from lessons.proofs.numeric.evaluation import NEGLIGIBLE, digits
from lessons.proofs.numeric.points import Point, example_point, kept_point, places
from lessons.proofs.printing.text import name_of

TOLERANCE = digits.mpf(10) ** -25
NO_VALUE = "no value"
FAR = (10**4, 10**8)  # where a limit is looked for

Numbers: TypeAlias = "float | tuple[Numbers, ...]"  # a number, a vector, a matrix

one_at_a_time = RLock()  # the context that does the arithmetic holds state


# The search for a failure.


def counterexample(lhs, rhs, definitions=None, assumptions=(), domain=None):
    """Find a point at which lhs and rhs differ.

    Parameters
    ----------
    lhs, rhs : Expr
        Scalar lines; both sides agree if they differ by less than 10⁻²⁵, absolutely or relatively.
    definitions : dict, optional
        What the names in them mean.
    assumptions : sequence of Ne and Eq
        As for the symbolic road: `Ne(j, i)` leaves out the points with j = i, and
        `Eq(sum_over(t, y[t]), 1)` draws a y that sums to 1.
    domain : dict, optional
        Between what letters and sizes lie.

    Returns
    -------
    Counterexample or None
        None if the sides agree at all points tried.

    Raises
    ------
    ValueError
        An assumption of another form, or assumptions that leave no point.
    """
    return _first_failure((lhs, rhs), _differ, definitions, assumptions, domain)


def example_counterexample(lhs, rhs, setting):
    """Counterexample at the setting's readable example, if the lines differ there, or None."""
    if setting.example is None:
        return None
    left, right = real_values((lhs, rhs), example_point(setting))
    if left is not None and right is not None and not _differ(left, right):
        return None
    letters = {name_of(letter): number for letter, number in setting.example.items()}
    return Counterexample({}, letters, *_told_apart(left, right))


def real_values(lines, point):
    """Return the lines' values at a point; None where a line has no finite real value."""
    with one_at_a_time:
        values = [point.value(line) for line in lines]
    return [None if value is None or digits.im(value) else digits.re(value) for value in values]


def negative_point(line, definitions=None, assumptions=(), domain=None):
    """Find a point at which a line is negative: a Counterexample against 0, or None."""
    return _first_failure((line, Integer(0)), _is_negative, definitions, assumptions, domain)


def limit_counterexample(line, limit, towards, definitions=None, assumptions=(), domain=None):
    """Find a point far out at which a line is not at its limit and comes no nearer, or None.

    Parameters
    ----------
    line, limit : Expr
    towards : pair
        A letter, and oo or −oo.
    definitions, assumptions, domain
        As for `counterexample`.
    """
    letter, goal = towards
    beyond = [{(letter,): digits.mpf(far if goal > 0 else -far)} for far in FAR]
    lines, last = (line, limit), beyond[-1]
    with one_at_a_time:
        for place in _allowed(definitions, assumptions, domain, lines):
            pairs = [[_moved(place, given).value(side) for side in lines] for given in beyond]
            if any(None in pair for pair in pairs) or _stays_away(pairs):
                return _counterexample_at(Point(*place), lines, last)
    return None


def _stays_away(pairs):
    """Whether the last two values differ, and not by much less than those before."""
    before, after = (abs(left - right) for left, right in pairs)
    return _differ(*pairs[-1]) and 2 * after > before


def _first_failure(lines, fails, definitions, assumptions, domain):
    with one_at_a_time:
        for place in _allowed(definitions, assumptions, domain, lines):
            if _fails_at(kept_point(*place), lines, fails):
                return _counterexample_at(Point(*place), lines)
    return None


def _allowed(definitions, assumptions, domain, lines):
    """Go through the places that are allowed, of which there must be one."""
    place = None
    for place in places(lines, definitions or {}, assumptions, domain or {}):
        yield place
    if place is None:
        raise ValueError(f"the assumptions {assumptions} leave no point to compare at")


def _fails_at(point, lines, fails):
    left, right = (point.value(line) for line in lines)
    return left is None or right is None or fails(left, right)


def _counterexample_at(point, lines, given=None):
    """Describe the failure at a fresh point, which has met no other letters than these lines'."""
    point.letters.update(given or {})
    return described(point, *(point.value(line) for line in lines))


def _moved(place, given):
    point = Point(*place)
    point.letters.update(given)
    return point


def _differ(left, right):
    return abs(left - right) > TOLERANCE * max(1, abs(left), abs(right))


def _is_negative(left, zero):
    return digits.im(left) != 0 or not digits.re(left) >= -TOLERANCE


# The report of a failure.


@dataclass(frozen=True)
class Counterexample:
    """Counterexample: a point at which two lines differ.

    Attributes
    ----------
    whole : dict of str to int
        The sizes and free indices.
    letters : dict of str to nested tuple or float
        The numbers of the letters: `{"z": (0.3, -1.2, 0.8)}`.
    left, right : str
        The two values, with enough digits to tell them apart; "no value" for a division by 0.
    """

    whole: dict[str, int]
    letters: dict[str, Numbers]
    left: str
    right: str

    @property
    def undefined(self) -> bool:
        """Whether a side has no value here, so that the lines differ in where they make sense."""
        return NO_VALUE in (self.left, self.right)

    @property
    def place(self) -> str:
        """The point in words: `z = (0.3, −1.2, 0.8), i = 0`."""
        numbers = {**self.whole, **self.letters}
        return ", ".join(f"{name} = {_number_as_text(number)}" for name, number in numbers.items())

    def __str__(self):
        return f"at {self.place}: {self.left} against {self.right}"


def described(point, left, right):
    """Counterexample at this point; a side that has no value there is None."""
    whole = {str(name): number for name, number in point.whole.items() if name in point.asked}
    return Counterexample(whole, _arrays(point.letters), *_told_apart(left, right))


def _told_apart(left, right):
    """Both values with as few digits as show that they differ; what rounding left of 0 is 0."""
    left, right = (None if side is None or digits.im(side) else side for side in (left, right))
    size = max((abs(side) for side in (left, right) if side is not None), default=0)
    small = max(TOLERANCE * size, NEGLIGIBLE)
    left, right = (
        digits.mpf(0) if side is not None and abs(side) < small else side for side in (left, right)
    )
    for figures in range(4, 30):
        shown = [_shown(side, figures) for side in (left, right)]
        if shown[0] != shown[1]:
            break
    return shown


def _shown(number, figures):
    if number is None:
        return NO_VALUE
    return digits.nstr(number, figures).removesuffix(".0").replace("-", "−")


def _arrays(letters):
    """Numbers of the letters as nested tuples where all were met, else one by one."""
    arrays = {}
    for head in dict.fromkeys(key[0] for key in letters):
        keys = sorted(key[1:] for key in letters if key[0] == head)
        full = list(product(*(range(m + 1) for m in keys[-1]))) == keys
        if full:
            arrays[name_of(head)] = _nested(head, letters, keys[-1])
        else:
            for key in keys:
                arrays[f"{name_of(head)}{list(key)}"] = float(letters[(head, *key)])
    return arrays


def _nested(head, letters, last, first=()):
    if len(first) == len(last):
        return float(letters[(head, *first)])
    return tuple(_nested(head, letters, last, (*first, m)) for m in range(last[len(first)] + 1))


def _number_as_text(number):
    if isinstance(number, tuple):
        return f"({', '.join(_number_as_text(part) for part in number)})"
    return f"{number:.3g}".replace("-", "−")
