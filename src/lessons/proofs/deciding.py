"""Whether one typed line follows from another, on both roads, and where it fails."""

from dataclasses import dataclass

from sympy import Indexed, Mul, PolynomialError

from lessons.proofs.notation import SIZE_OF, K, d, n
from lessons.proofs.numeric import comparison as numeric
from lessons.proofs.numeric.evaluation import digits, value
from lessons.proofs.numeric.points import Point
from lessons.proofs.symbolic import equality as symbolic
from lessons.proofs.symbolic.definitions import meaning

SIZES = {K: 3, d: 2, n: 4}
TOLERANCE = digits.mpf(10) ** -25
# What the roads raise where a line leads them out of their domain.
_OUT_OF_DOMAIN = (
    ArithmeticError,
    NotImplementedError,
    PolynomialError,
    RecursionError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True)
class Difference:
    """Where two lines differ: the place in words, and what each of them is or lacks there."""

    place: str
    left: str
    right: str


def difference(first, second, task):
    """Return where two lines differ, at the task's readable point if they do there, or None.

    Parameters
    ----------
    first, second : Expr
        Lines as typed.
    task : Task
        Gives the names their meaning.

    Returns
    -------
    Difference or None
    """
    left, right = (numbers([line], readable_point(task))[0] for line in (first, second))
    if left is None or right is None or not _close(left, right):
        return Difference(_place(task.example), *_told_apart(left, right))
    try:
        found = numeric.counterexample(
            first, second, task.definitions, concerning((first, second), task)
        )
    except _OUT_OF_DOMAIN:
        return None  # nothing was refuted; whether it is proved, the other road decides
    if found is None:
        return None
    values = (f"is {side}" for side in (found.left, found.right))
    return Difference(_place(found.whole | found.letters), *values)


def proved(first, second, task):
    """Whether the symbolic road proves that two lines are equal for any K and d."""
    try:
        return symbolic.equal(first, second, task.definitions, task.assumptions)
    except _OUT_OF_DOMAIN:
        return False


def opposite(first, second, task):
    """Whether the second line is proved to be minus the first."""
    left, right = numbers([first, second], readable_point(task))
    if left is None or right is None or not _close(left, -right):
        return False
    return proved(first, Mul(-1, second, evaluate=False), task)


def readable_point(task):
    """Return the point of the task's example, with K = 3 and d = 2."""
    indices = {name: number for name, number in task.example.items() if name in SIZE_OF}
    point = Point(SIZES | indices, 0, task.definitions, {})
    for letter, number in task.example.items():
        if letter not in indices:
            _set(point, (letter,), number)
    return point


def numbers(lines, point):
    """Return the lines' values at a point; None where a line has no finite real value."""
    with numeric._one_at_a_time:  # the arithmetic's precision is shared with the numeric road
        return [_number(line, point) for line in lines]


def _number(line, point):
    try:
        number = digits.mpmathify(value(line, point))
    except _OUT_OF_DOMAIN:
        return None
    return number if digits.isfinite(number) and not digits.im(number) else None


def concerning(lines, task):
    """Choose the assumptions about indices that the lines depend on.

    The numeric road asks that both indices of an assumption occur in the lines.
    """
    letters = set().union(*(meaning(line, task.definitions).free_symbols for line in lines))
    return tuple(a for a in task.assumptions if a.free_symbols <= letters)


def _set(point, key, number):
    if isinstance(number, tuple):
        for m, part in enumerate(number):
            _set(point, (*key, m), part)
    else:
        point.letters[key] = digits.mpf(str(number))


def _close(left, right):
    return abs(left - right) <= TOLERANCE * max(1, abs(left), abs(right))


def _told_apart(left, right):
    """Both values with as few digits as show that they differ."""
    for places in (4, 8, 16, 30):
        shown = [_shown(number, places) for number in (left, right)]
        if shown[0] != shown[1]:
            break
    return shown


def _shown(number, places):
    if number is None:
        return "has no value"
    if abs(number) >= 10**9:
        return f"is {'above' if number > 0 else 'below minus'} a billion"
    text = digits.nstr(digits.re(number), places)
    return f"is {text.removesuffix('.0').replace('-', '−')}"


def _place(values):
    return ", ".join(f"{_name(letter)} = {_written(number)}" for letter, number in values.items())


def _name(letter):
    return str(letter.base if isinstance(letter, Indexed) else letter)


def _written(number):
    if isinstance(number, tuple):
        return f"({', '.join(map(_written, number))})"
    return f"{number:.4g}".replace("-", "−")
