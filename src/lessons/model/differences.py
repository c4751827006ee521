"""Gradients from values of the function alone: by central differences and by the complex step."""

import numpy as np

from lessons.model.checks import real_array
from lessons.model.settings import positive_number

# Tried by best_differences, each times max(1, |x_j|): one of them sits near the bottom of the
# V-shaped error curve, where truncation, growing as h², meets rounding, growing as 1/h.
_STEPS = (1e-3, 1e-4, 1e-5, 1e-6, 1e-7)


def numerical_gradient(f, x, h=None):
    """Gradient by central differences, (f(x + h·u_j) − f(x − h·u_j)) / 2h for each coordinate j.

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
        A dtype other than float32, float64 and integers, an f that returns no real number.

    Examples
    --------
    >>> gradient = numerical_gradient(lambda x: (x**2).sum(), [1.0, -3.0])
    >>> [round(float(g), 6) for g in gradient]
    [2.0, -6.0]

    Derivation: notebook 07.
    """
    x = real_array(x, "x")
    h = np.cbrt(np.finfo(x.dtype).eps) if h is None else positive_number(h, "h")
    gradient, _ = _central_differences(f, x, h)
    return gradient


def complex_step_gradient(f, x):
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

    Examples
    --------
    >>> complex_step_gradient(lambda x: (x**2).sum(), [1.0, -3.0]).tolist()
    [2.0, -6.0]

    Derivation: notebook 07. Source: W. Squire, G. Trapp, "Using complex variables to estimate
    derivatives of real functions", SIAM Review 40 (1998).
    """
    x = real_array(x, "x")
    h = 1e-20
    gradient = np.empty(x.shape, x.dtype)
    for j in np.ndindex(x.shape):
        moved = x.astype(np.complex128)
        moved[j] += 1j * h
        gradient[j] = _one_number(f(moved), "c", "complex").imag / h
    return gradient


def best_differences(f, x):
    """Return central differences, each at the step where they change least, and their uncertainty.

    The uncertainty of an entry is the change since the step before, plus what rounding f's values
    can do. It is infinite where f is not finite.
    """
    best, uncertainty = np.zeros(x.shape), np.full(x.shape, np.inf)
    previous = None
    for h in _STEPS:
        gradient, rounding = _central_differences(f, x, h)
        if previous is not None:
            change = abs(gradient - previous) + rounding
            better = change < uncertainty
            best = np.where(better, gradient, best)
            uncertainty = np.where(better, change, uncertainty)
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
