"""Single numbers that steer a function, such as a step size, and what they may be."""

import numbers

import numpy as np


def positive_number(value, name):
    """Return `value` as a float that is finite and greater than 0."""
    number = _real_number(value, name)
    if not 0 < number < np.inf:
        raise ValueError(f"{name} must be finite and greater than 0, got {value}")
    return number


def nonnegative_number(value, name):
    """Return `value` as a float that is finite and at least 0."""
    number = _real_number(value, name)
    if not 0 <= number < np.inf:
        raise ValueError(f"{name} must be finite and at least 0, got {value}")
    return number


def whole_number(value, name):
    """Return `value` as an int; a bool is not one."""
    if isinstance(value, bool) or not isinstance(value, numbers.Integral):
        raise TypeError(f"{name} must be an integer, got {value!r}")
    return int(value)


def _real_number(value, name):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} must be a real number, got {value!r}")
    return float(value)
