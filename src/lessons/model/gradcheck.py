"""Gradient check: compare a derived gradient with numerical ones, which know its function alone.

First the numerical gradients, by central differences and by the complex step, then the comparison.
A gradient check proves that a gradient belongs to its function, not that the function is right.
"""

from collections.abc import Callable
from dataclasses import dataclass
from textwrap import fill
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lessons.model.checks import positive_number, real_array

# Tried for each entry, times max(1, |x_j|): one of them sits near the bottom of the V-shaped error
# curve, where truncation, growing as h², meets rounding, growing as 1/h.
_STEPS = (1e-3, 1e-4, 1e-5, 1e-6, 1e-7)


def numerical_gradient(
    f: Callable[[NDArray[Any]], Any], x: ArrayLike, h: float | None = None
) -> NDArray[np.floating]:
    """Gradient by central differences, (f(x + h·u_j) − f(x − h·u_j)) / 2h for each coordinate j.

    Parameters
    ----------
    f : function
        Takes an array of the shape of x and returns one real number.
    x : array of any shape
        Where to differentiate.
    h : float, optional
        Step along coordinate j, in units of max(1, abs(x_j)). The cube root of eps (6e−6 in
        float64) unless told otherwise, about where truncation, growing as h², meets rounding,
        growing as 1/h.

    Returns
    -------
    array of the shape of x
        Right to about two thirds of the digits of x.

    Raises
    ------
    ValueError
        A NaN or an infinity in x, h not positive, an f that returns something else than one number.
    TypeError
        A dtype other than float32, float64 and integers, an f that returns no real number.

    Notes
    -----
    Derivation: notebook 07.

    Examples
    --------
    >>> gradient = numerical_gradient(lambda x: (x**2).sum(), [1.0, -3.0])
    >>> [round(float(g), 6) for g in gradient]
    [2.0, -6.0]
    """
    x = real_array(x, "x")
    h = np.cbrt(np.finfo(x.dtype).eps) if h is None else positive_number(h, "h")
    gradient, _ = _central_differences(f, x, h)
    return gradient


def complex_step_gradient(f: Callable[[NDArray[Any]], Any], x: ArrayLike) -> NDArray[np.floating]:
    """Gradient by the complex step, Im f(x + ih·u_j) / h with h = 1e−20.

    There is no difference, so nothing cancels. It needs a plain formula that also holds for complex
    numbers (sums, products, exp, log), such as the three-line loss of notebook 06; a function that
    checks for real input refuses it, and abs(x) would be silently wrong.

    Parameters
    ----------
    f : function
        Takes a complex array of the shape of x and returns one complex number.
    x : array of any shape
        Where to differentiate.

    Returns
    -------
    array of the shape of x
        Right to almost all digits.

    Raises
    ------
    ValueError
        A NaN or an infinity in x, an f that returns something else than one number.
    TypeError
        A dtype other than float32, float64 and integers, an f that returns no complex number.

    Notes
    -----
    Derivation: notebook 07. Source: W. Squire, G. Trapp, "Using complex variables to estimate
    derivatives of real functions", SIAM Review 40 (1998).

    Examples
    --------
    >>> complex_step_gradient(lambda x: (x**2).sum(), [1.0, -3.0]).tolist()
    [2.0, -6.0]
    """
    x = real_array(x, "x")
    h = 1e-20
    gradient = np.empty(x.shape, x.dtype)
    for j in np.ndindex(x.shape):
        moved = x.astype(np.complex128)
        moved[j] += 1j * h
        gradient[j] = _one_number(f(moved), "c", "complex").imag / h
    return gradient


def _central_differences(f, x, h):
    """Return the quotients for relative step h, and the rounding of f that may be in each."""
    gradient, rounding = np.empty(x.shape, x.dtype), np.empty(x.shape, x.dtype)
    for j in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        step = h * max(1, abs(x[j]))
        up[j] += step
        down[j] -= step
        run = up[j] - down[j]  # the step that is really taken, after rounding
        f_up, f_down = (_one_number(f(moved), "iuf", "real") for moved in (up, down))
        gradient[j] = (f_up - f_down) / run
        rounding[j] = np.finfo(x.dtype).eps * max(abs(f_up), abs(f_down)) / run
    return gradient, rounding


def _one_number(value, kinds, kind):
    array = np.asarray(value)
    if array.shape != ():
        raise ValueError(f"f must return one number, got shape {array.shape}")
    if array.dtype.kind not in kinds:
        raise TypeError(f"f must return a {kind} number, got {value!r}")
    return array[()]


@dataclass(frozen=True)
class GradientReport:
    """What `check_gradient` found: truthy if every entry agrees, and readable either way.

    The last five say where the gradient is furthest off and by how much; they are None if it agrees
    or could not be compared.
    """

    passed: bool
    message: str
    index: tuple[int, ...] | None = None
    given: float | None = None
    numerical: float | None = None
    absolute_difference: float | None = None
    relative_difference: float | None = None

    def __bool__(self):
        return self.passed

    def __repr__(self):
        return fill(self.message, 88)  # a notebook would break it inside words


def check_gradient(
    f: Callable[[NDArray[Any]], Any],
    gradient: Callable[[NDArray[Any]], ArrayLike] | ArrayLike,
    x: ArrayLike,
    tolerance: float = 1e-5,
) -> GradientReport:
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

    Notes
    -----
    Derivation: notebook 07.

    Examples
    --------
    >>> check_gradient(lambda x: (x**2).sum(), lambda x: 2 * x, [1.0, -3.0])
    gradient agrees with central differences in all 2 entries (relative tolerance 1e-05)
    """
    x = real_array(x, "x")
    tolerance = positive_number(tolerance, "tolerance")
    if tolerance >= 1:
        raise ValueError(f"tolerance must be less than 1, got {tolerance}")
    try:
        given = real_array(gradient(x.copy()) if callable(gradient) else gradient, "gradient")
        numerical, uncertainty = _best_differences(f, x.astype(np.float64))
        size_of_f = float(abs(f(x.astype(np.float64))))
    except Exception as error:  # f and gradient may be a student's, and raise anything
        return GradientReport(False, f"gradient not checked: {type(error).__name__}: {error}")
    if given.shape != x.shape:
        message = f"gradient must have the shape of x, {x.shape}, got {given.shape}"
        return GradientReport(False, message)
    if not np.isfinite(uncertainty).all():
        return GradientReport(False, "gradient not checked: f must be finite around x")
    excusable = _excusable(uncertainty, numerical, size_of_f)
    report = _compare(given, numerical, excusable, tolerance)
    if not report and report.absolute_difference <= 10 * uncertainty[report.index]:
        return _too_coarse(report, uncertainty[report.index])
    return report


def _too_coarse(report, uncertainty):
    """Report that f, and not the gradient, is why nothing can be said."""
    return GradientReport(
        False,
        f"gradient not checked: at {list(report.index)} f is too coarse, its central differences "
        f"are uncertain by {uncertainty:.1e}. Is it rounded, in float32, or with a large constant "
        "added? Compute it in float64, and check without the constant.",
    )


def _best_differences(f, x):
    """Return central differences, each at the step where they change least, and their uncertainty.

    The uncertainty of an entry is the change since the step before, plus what rounding f's values
    can do. It is infinite where f is not finite.
    """
    best, uncertainty = np.zeros(x.shape), np.full(x.shape, np.inf)
    quantum, previous, stopped = np.full(x.shape, np.inf), None, np.zeros(x.shape, bool)
    runs = 2 * np.maximum(1, abs(x))  # of a step of 1
    run = _STEPS[0] * runs
    for h in _STEPS:
        gradient, rounding = _central_differences(f, x, h)
        moved = abs(gradient) * h * runs
        stopped = stopped | ((moved == 0) & (quantum < np.inf))
        quantum = np.where(moved > 0, np.minimum(quantum, moved), quantum)
        if previous is not None:
            change = np.where(stopped, np.inf, abs(gradient - previous) + rounding)
            better = change < uncertainty
            best = np.where(better, gradient, best)
            run = np.where(better, h * runs, run)
            uncertainty = np.where(better, change, uncertainty)
        previous = gradient
    # Where f stopped moving at a small step, its values lie as far apart as it last moved.
    coarse = stopped & np.isfinite(previous)
    least = np.where(np.isfinite(uncertainty), uncertainty, 0)
    return best, np.where(coarse, np.maximum(least, quantum / run), uncertainty)


def _excusable(uncertainty, numerical, size_of_f):
    """Return how much of a difference in each entry may be the fault of the central difference.

    That is limited: where f has a kink, or is rounded too coarsely to tell a gradient from 1.001
    times it, the gradient has not been shown to be right. A huge constant in f raises no limit.
    """
    limit = 1e-4 * abs(numerical).max(initial=0) + 1e-9 * min(size_of_f, 100.0)
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
