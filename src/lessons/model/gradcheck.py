"""Gradients from values of the function alone, and the comparison of a derived gradient with them.

A gradient check proves that a gradient belongs to its function, not that the function is the right
one.
"""

from dataclasses import dataclass

import numpy as np

from lessons.model.checks import real_array

# Steps tried by check_gradient, each times max(1, |x_j|): one of them sits near the bottom of the
# V-shaped error curve, where the h² of truncation and the 1/h of rounding balance.
_STEPS = (1e-2, 1e-3, 1e-4, 1e-5, 1e-6)


def numerical_gradient(f, x, h=None):
    """Gradient by central differences, (f(x + h·u_j) − f(x − h·u_j)) / 2h along each coordinate j.

    Parameters
    ----------
    f : function
        Takes an array of the shape of x and returns one real number.
    x : array of any shape
        Where to differentiate.
    h : float, optional
        Step along coordinate j, in units of max(1, |x_j|). The cube root of eps (6e−6 in float64)
        unless told otherwise, about where truncation, growing as h², meets rounding, growing as
        1/h.

    Returns
    -------
    array of the shape of x
        Right to about two thirds of the digits of x.

    Raises
    ------
    ValueError
        A NaN or an infinity in x, h not positive, an f that returns something else than one number.
    TypeError
        A dtype other than float32, float64 and integers.

    Derivation: notebook 07.
    """
    x = real_array(x, "x")
    h = np.cbrt(np.finfo(x.dtype).eps) if h is None else h
    if not 0 < h < np.inf:
        raise ValueError(f"h must be finite and greater than 0, got {h}")
    gradient, _ = _central_differences(f, x, h)
    return gradient


def complex_step_gradient(f, x):
    """Gradient by the complex step, Im f(x + ih·u_j) / h with h = 1e−20.

    There is no difference, so nothing cancels.

    For plain formulas that also hold for complex numbers (exp, log, +, ·, max of the real parts),
    such as the three-line loss of notebook 06. Functions that check for real input refuse it.

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
        A dtype other than float32, float64 and integers, an f that returns a real number.

    Derivation: notebook 07. Source: W. Squire, G. Trapp, "Using complex variables to estimate
    derivatives of real functions", SIAM Review 40 (1998).
    """
    x = real_array(x, "x")
    h = 1e-20
    gradient = np.empty(x.shape, x.dtype)
    for j in np.ndindex(x.shape):
        moved = x.astype(np.complex128)
        moved[j] += 1j * h
        value = _one_number(f(moved))
        if not np.iscomplexobj(value):
            raise TypeError("f must return a complex number for a complex x, got a real one")
        gradient[j] = value.imag / h
    return gradient


@dataclass(frozen=True)
class GradientReport:
    """What `check_gradient` found: truthy if every entry agrees, and readable either way."""

    passed: bool
    message: str
    index: tuple | None = None
    given: float | None = None
    numerical: float | None = None

    def __bool__(self):
        return self.passed

    def __repr__(self):
        return self.message

    @property
    def absolute_difference(self):
        """|given − numerical| at the worst entry."""
        return abs(self.given - self.numerical)

    @property
    def relative_difference(self):
        """The absolute difference over the larger of the two values at the worst entry."""
        return self.absolute_difference / max(abs(self.given), abs(self.numerical))


def check_gradient(f, gradient, x, tolerance=1e-5):
    """Compare a gradient with central differences of f, entry by entry.

    For each entry several steps are tried, and the one is taken where the quotient changes least.

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
        much, absolute and relative.

    Raises
    ------
    ValueError, TypeError
        For a bad x only. Whatever is wrong with the gradient is reported, not raised.

    Derivation: notebook 07.
    """
    x = real_array(x, "x")
    try:
        given = real_array(gradient(x.copy()) if callable(gradient) else gradient, "gradient")
        numerical, uncertainty = _best_differences(f, x)
    except Exception as error:  # a student's function may raise anything; the report says what
        return GradientReport(False, f"gradient not checked: {type(error).__name__}: {error}")
    if given.shape != x.shape:
        return GradientReport(
            False, f"gradient must have the shape of x, {x.shape}, got {given.shape}"
        )
    return _compare(given, numerical, uncertainty, tolerance)


def _compare(given, numerical, uncertainty, tolerance):
    if given.size == 0:
        return GradientReport(True, "gradient agrees: there is no entry to compare")
    difference = abs(given - numerical)
    allowed = tolerance * np.maximum(abs(given), abs(numerical)) + 10 * uncertainty
    wrong = difference > allowed
    if not wrong.any():
        return GradientReport(
            True,
            f"gradient agrees with central differences in all {given.size} entries "
            f"(relative tolerance {tolerance:g})",
        )
    worst = np.unravel_index(np.argmax(np.where(wrong, difference, -1)), given.shape)
    index = tuple(int(i) for i in worst)
    a, b = float(given[worst]), float(numerical[worst])
    return GradientReport(
        False,
        f"gradient differs in {wrong.sum()} of {given.size} entries, most at {list(index)}: "
        f"given {a:.6g}, central difference {b:.6g}, absolute difference {abs(a - b):.1e}, "
        f"relative {abs(a - b) / max(abs(a), abs(b)):.1e}",
        index,
        a,
        b,
    )


def _best_differences(f, x):
    """Return central differences, per entry at the best step, and their uncertainty."""
    best, uncertainty = np.zeros(x.shape), np.full(x.shape, np.inf)
    previous = None
    for h in _STEPS:
        gradient, rounding = _central_differences(f, x, h)
        if previous is not None:
            change = abs(gradient - previous) + rounding
            better = change < uncertainty
            best, uncertainty = (
                np.where(better, gradient, best),
                np.where(better, change, uncertainty),
            )
        previous = gradient
    return best, uncertainty


def _central_differences(f, x, h):
    """Return the quotients for relative step h, and the rounding of f that may be in each."""
    gradient, rounding = np.empty(x.shape, x.dtype), np.empty(x.shape, x.dtype)
    for j in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        step = h * max(1, abs(x[j]))
        up[j] += step
        down[j] -= step
        f_up, f_down = _one_number(f(up)), _one_number(f(down))
        run = up[j] - down[j]  # the step that was really taken, after rounding
        gradient[j] = (f_up - f_down) / run
        rounding[j] = np.finfo(x.dtype).eps * max(abs(f_up), abs(f_down)) / run
    return gradient, rounding


def _one_number(value):
    value = np.asarray(value)
    if value.shape != ():
        raise ValueError(f"f must return one number, got shape {value.shape}")
    return value[()]
