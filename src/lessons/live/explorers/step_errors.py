"""Three ways to differentiate by numbers alone, and the two errors that each of them makes."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

EPS = float(np.finfo(np.float64).eps)


class Curve(NamedTuple):
    """A function, with the absolute values of its derivatives at the point where it is checked."""

    function: Callable[[np.ndarray], np.ndarray]
    point: float
    slope: float
    second: float
    third: float


def _loss(z):
    return np.log1p(np.exp(-z))


_P = 1 / (1 + np.exp(-1.0))
LOSS = "L(z) = ln(1 + e⁻ᶻ) at z = 1"
CURVES = {
    LOSS: Curve(_loss, 1.0, _P - 1, _P * (1 - _P), _P * (1 - _P) * (2 * _P - 1)),
    "sin z at z = 1": Curve(np.sin, 1.0, np.cos(1.0), np.sin(1.0), np.cos(1.0)),
    "eᶻ at z = 1": Curve(np.exp, 1.0, np.e, np.e, np.e),
    "z² at z = 1": Curve(np.square, 1.0, 2.0, 2.0, 0.0),
}
CENTRAL, FORWARD, COMPLEX = "central", "forward", "complex step"
FORMULAS = {
    CENTRAL: "[L(z + h) − L(z − h)] / 2h",
    FORWARD: "[L(z + h) − L(z)] / h",
    COMPLEX: "Im L(z + ih) / h",
}


def estimate(curve, method, h):
    """Return the derivative of a curve as one of the methods sees it.

    Parameters
    ----------
    curve : Curve
    method : str
        A key of `FORMULAS`.
    h : float or array
        Steps, greater than 0.

    Returns
    -------
    float or array of the shape of h
    """
    f, z = curve.function, curve.point
    if method == CENTRAL:
        return (f(z + h) - f(z - h)) / (2 * h)
    if method == FORWARD:
        return (f(z + h) - f(z)) / h
    return np.imag(f(z + 1j * h)) / h


def truncation(curve, method, h):
    """Return the size of the first term that the formula leaves out of the Taylor series."""
    return abs(curve.second) * h / 2 if method == FORWARD else abs(curve.third) * h**2 / 6


def rounding(curve, method, h):
    """Return the error that the last digit of L makes after the division by h.

    The complex step subtracts nothing: only the last digit of the result itself is uncertain.
    """
    if method == COMPLEX:
        return EPS * abs(curve.slope) + 0 * h
    return EPS * abs(curve.function(curve.point)) / h
