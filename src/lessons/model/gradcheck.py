"""The comparison of a derived gradient with values of its function alone.

A gradient check proves that a gradient belongs to its function, not that the function is right.
"""

from dataclasses import dataclass

import numpy as np

from lessons.model.checks import real_array
from lessons.model.differences import best_differences
from lessons.model.settings import positive_number


@dataclass(frozen=True)
class GradientReport:
    """What `check_gradient` found: truthy if every entry agrees, and readable either way.

    The last five say where the gradient is furthest off and by how much; they are None if it agrees
    or could not be compared.
    """

    passed: bool
    message: str
    index: tuple | None = None
    given: float | None = None
    numerical: float | None = None
    absolute_difference: float | None = None
    relative_difference: float | None = None

    def __bool__(self):
        return self.passed

    def __repr__(self):
        return self.message


def check_gradient(f, gradient, x, tolerance=1e-5):
    """Compare a gradient with central differences of f, entry by entry.

    For each entry five steps are tried, and the one is taken where the quotient changes least, so
    that no step has to be chosen for the scale of f or x. f is evaluated in float64.

    Parameters
    ----------
    f : function
        Takes an array of the shape of x and returns one real number.
    gradient : function or array
        The gradient to check: an array of the shape of x, or a function of x that returns one.
    x : array of any shape
        Where to compare.
    tolerance : float
        Largest relative difference of an entry that is accepted.

    Returns
    -------
    GradientReport
        Truthy if all entries agree. If not, it names the entry that is furthest off, and by how
        much, absolute and relative. Whatever f and the gradient do wrong is reported, not raised.

    Raises
    ------
    ValueError
        A NaN or an infinity in x, a tolerance that is not between 0 and 1.
    TypeError
        An x of a dtype other than float32, float64 and integers.

    Examples
    --------
    >>> check_gradient(lambda x: (x**2).sum(), lambda x: 2 * x, [1.0, -3.0])
    gradient agrees with central differences in all 2 entries (relative tolerance 1e-05)

    Derivation: notebook 07.
    """
    x = real_array(x, "x")
    tolerance = positive_number(tolerance, "tolerance")
    if tolerance >= 1:
        raise ValueError(f"tolerance must be less than 1, got {tolerance}")
    try:
        given = real_array(gradient(x.copy()) if callable(gradient) else gradient, "gradient")
        numerical, uncertainty = best_differences(f, x.astype(np.float64))
        size_of_f = float(abs(f(x.astype(np.float64))))
    except Exception as error:  # f and gradient may be a student's, and raise anything
        return GradientReport(False, f"gradient not checked: {type(error).__name__}: {error}")
    if given.shape != x.shape:
        message = f"gradient must have the shape of x, {x.shape}, got {given.shape}"
        return GradientReport(False, message)
    if not np.isfinite(uncertainty).all():
        return GradientReport(False, "gradient not checked: f must be finite around x")
    return _compare(given, numerical, _excusable(uncertainty, numerical, size_of_f), tolerance)


def _excusable(uncertainty, numerical, size_of_f):
    """Return how much of a difference in each entry may be the fault of the central difference.

    That is limited: where f has a kink, or is rounded too coarsely to tell a gradient from 1.001
    times it, the gradient has not been shown to be right.
    """
    limit = 1e-4 * abs(numerical).max(initial=0) + 1e-9 * size_of_f
    return np.minimum(10 * uncertainty, limit)


def _compare(given, numerical, excusable, tolerance):
    rounding = max(tolerance, 100 * np.finfo(given.dtype).eps)
    allowed = excusable + rounding * np.maximum(abs(given), abs(numerical))
    difference = abs(given - numerical)
    wrong = difference > allowed
    if not wrong.any():
        return GradientReport(
            True,
            f"gradient agrees with central differences in all {given.size} entries "
            f"(relative tolerance {tolerance:g})",
        )
    worst = np.unravel_index(np.argmax(np.where(wrong, difference, 0)), given.shape)
    index = tuple(int(i) for i in worst)
    a, b, absolute = (float(v[worst]) for v in (given, numerical, difference))
    relative = absolute / max(abs(a), abs(b))
    return GradientReport(
        False,
        f"gradient differs in {wrong.sum()} of {given.size} entries, most at {list(index)}: "
        f"given {a:.6g}, central difference {b:.6g}, absolute difference {absolute:.1e}, "
        f"relative {relative:.1e}",
        index,
        a,
        b,
        absolute,
        relative,
    )
