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
from lessons.model.slopes import DOUBT, one_number, slopes_of


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
        A NaN or an infinity in x, h not positive, or so small or large that it moves x nowhere or
        out of all numbers, an f that returns something else than one number.
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
    return _central_differences(f, x, h)


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
        gradient[j] = one_number(f(moved), "c", "complex").imag / h
    return gradient


def _central_differences(f, x, h):
    gradient = np.empty(x.shape, x.dtype)
    for j in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        with np.errstate(over="ignore"):  # an infinite step is refused below
            step = h * max(1, abs(x[j]))
            up[j] += step
            down[j] -= step
            run = up[j] - down[j]  # the step that is really taken, after rounding
        if not 0 < run < np.inf:
            raise ValueError(f"h must move x to finite numbers, got {h} at x{list(j)} = {x[j]}")
        f_up, f_down = (one_number(f(moved), "iuf", "real") for moved in (up, down))
        gradient[j] = (f_up - f_down) / run
    return gradient


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

    Each entry gets the steps that suit it: central differences for finer and finer steps are
    extrapolated to a step of 0, and tell by how much they are off themselves. A gradient is called
    wrong only if it differs by far more than that, and right only if they are sharp enough to tell;
    else the report says what is the matter with f. An entry that is too small for that beside the
    largest one, or at which f stands still, is compared on the scale of the largest, and the report
    counts such entries. f is evaluated in float64.

    Parameters
    ----------
    f : function
        Takes an array of the shape of x and returns one real number.
    gradient : function or array
        The gradient to check: an array of the shape of x, or a function of x that returns one.
    x : array of any shape
        Where to compare.
    tolerance : float
        Largest relative difference of an entry that is accepted; of a float32 gradient at least
        100 times the spacing of its numbers, 1.2e−5. Where a large constant or rounding in f leaves
        no such sharpness, 1e−4 will do, and the report says so.

    Returns
    -------
    GradientReport
        Truthy if all entries agree. If not, it names the entry that is furthest off, and by how
        much, absolute and relative; or an entry where f has a kink, or is too coarse or too fine
        for a verdict. Whatever f and the gradient do wrong is reported, not raised.

    Raises
    ------
    ValueError
        A NaN or an infinity in x, a tolerance that is not between 0 and 1.
    TypeError
        An x of a dtype other than float32, float64 and integers.

    Notes
    -----
    Derivation: notebook 07. Source of the extrapolation and its error: C. J. F. Ridders, "Accurate
    computation of F'(x) and F'(x) F''(x)", Advances in Engineering Software 4 (1982).

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
        tolerance = max(tolerance, 100 * float(np.finfo(given.dtype).eps))
        slopes = slopes_of(f, x.astype(np.float64), tolerance)
    except Exception as error:  # f and gradient may be a student's, and raise anything
        return GradientReport(False, f"gradient not checked: {type(error).__name__}: {error}")
    if given.shape != x.shape:
        message = f"gradient must have the shape of x, {x.shape}, got {given.shape}"
        return GradientReport(False, message)
    return _verdict(given, slopes, tolerance)


def _verdict(given, slopes, tolerance):
    value, error = (
        np.array([getattr(s, name) for s in slopes.flat], float).reshape(slopes.shape)
        for name in ("value", "error")
    )
    if np.isnan(value).any():
        return GradientReport(False, "gradient not checked: f must be finite around x")
    difference = abs(given.astype(float) - value)
    allowed = tolerance * np.maximum(abs(given.astype(float)), abs(value))
    kinked = _where(slopes, lambda slope: slope.sides is not None)
    known = _where(slopes, lambda slope: slope.is_sharp(1) or slope.level)
    wrong = known & ~kinked & (difference > allowed + 2 * DOUBT * error)
    if wrong.any():
        return _difference(given, value, np.where(wrong, difference, 0))
    if kinked.any():
        return _kink_report(slopes, kinked)
    largest, loose = abs(value).max(initial=0), max(tolerance, 1e-4)
    level = _where(slopes, lambda slope: slope.level)
    vague = _where(slopes, lambda slope: not slope.is_sharp(loose, largest))
    vague &= ~(level & (difference == 0))
    if vague.any():
        return _no_verdict(error, vague)
    sharp = _where(slopes, lambda slope: slope.is_sharp(tolerance, largest))
    moves = _where(slopes, lambda slope: slope.moves)
    untold = DOUBT * error > loose * abs(value)
    faint = moves & untold & (abs(given) > DOUBT * error)  # others are zeros among larger slopes
    still = ~moves & untold & ~(level & sharp)  # f may depend on nothing at all there
    remarks = (
        (~level & ~sharp, f"{loose:.0e} in {{}}, where f is coarse"),
        (faint, "beside the largest in {}, too small to tell"),
        (still, "in {} f stands still around x"),
    )
    said = "".join(f"; {text.format(where.sum())}" for where, text in remarks if where.any())
    return GradientReport(
        True,
        f"gradient agrees with central differences in all {given.size} entries "
        f"(relative tolerance {tolerance:.2g}{said})",
    )


def _where(slopes, predicate):
    return np.array([predicate(slope) for slope in slopes.flat], bool).reshape(slopes.shape)


def _difference(given, numerical, difference):
    """Report the entry that is furthest off; `difference` is 0 where the gradient is not wrong."""
    index = _index(difference)
    a, b, absolute = (float(v[index]) for v in (given, numerical, difference))
    relative = absolute / max(abs(a), abs(b))
    return GradientReport(
        False,
        f"gradient differs in {np.count_nonzero(difference)} of {given.size} entries, most at "
        f"{list(index)}: given {a:.6g}, central difference {b:.6g}, absolute difference "
        f"{absolute:.1e}, relative {relative:.1e}",
        index,
        a,
        b,
        absolute,
        relative,
    )


def _kink_report(slopes, kinked):
    index = _index(kinked)
    left, right = slopes[index].sides
    return GradientReport(
        False,
        f"gradient not checked: at {list(index)} f seems to have a kink, where no gradient is "
        f"right: its slope is {left:.6g} to the left and {right:.6g} to the right. Check at "
        "another x.",
    )


def _no_verdict(error, vague):
    """Report that f, and not the gradient, is why nothing can be said."""
    index = _index(np.where(vague, error, -1))
    seen = f"are uncertain by {error[index]:.1e}"
    if np.isinf(error[index]):
        seen = "at fine and at wide steps disagree"
    return GradientReport(
        False,
        f"gradient not checked: at {list(index)} f is too coarse, or finer than the numbers of x: "
        f"its central differences {seen}. Is it rounded, in float32, "
        "or with a large constant added? Compute it in float64, and check without the constant.",
    )


def _index(values):
    return tuple(int(i) for i in np.unravel_index(np.argmax(values), values.shape))
