"""Validate arguments: what the functions of this room accept, and what they say to anything else.

Every public function checks its arguments here before it computes anything. Nothing is clipped,
broadcast or cast to a narrower type: a wrong value is a ValueError, a wrong type a TypeError, and
both say what was expected and what came.

Whoever finds out later whether numbers are finite, from what is computed with them, passes
`check_finite=False`: everything else is checked, and the numbers are not read for it.
"""

import numbers
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

# Arrays, and pairs of logits and targets.


def real_array(values: ArrayLike, name: str, check_finite: bool = True) -> NDArray[Any]:
    """Return `values` as an array of finite float32 or float64; integers become float64."""
    array = _array(values, name)
    if array.dtype.kind in "iu":
        return array.astype(np.float64, order="C")
    if array.dtype.type not in (np.float32, np.float64):
        raise TypeError(f"{name} must be float32, float64 or integers, got dtype {array.dtype}")
    array = np.asarray(array, array.dtype.type, order="C")  # the dtype's type: native byte order
    if check_finite:
        _require_finite(array, name)
    return array


def logits_array(
    values: ArrayLike, name: str = "logits", axis: int = -1, check_finite: bool = True
) -> NDArray[Any]:
    """Return logits as a finite real array with at least one class along `axis`."""
    logits = real_array(values, name, check_finite=False)
    if logits.ndim == 0:
        raise ValueError(f"{name} must have an axis of classes, got a single number")
    if not -logits.ndim <= whole_number(axis, "axis") < logits.ndim:
        raise ValueError(f"axis {axis} is out of bounds for {name} of shape {logits.shape}")
    if logits.shape[axis] == 0:
        raise ValueError(f"{name} must have at least one class, got shape {logits.shape}")
    if check_finite:
        require_finite_logits(logits, name)
    return logits


def binary_pair(logits: ArrayLike, targets: ArrayLike) -> tuple[NDArray[Any], ...]:
    """Return logits and targets in [0, 1] of one shape and one dtype."""
    logits, targets = real_array(logits, "logits"), real_array(targets, "targets")
    require_shape(targets, logits.shape, "targets")
    _require_all((targets >= 0) & (targets <= 1), targets, "targets must lie in [0, 1]")
    return same_dtype(logits, targets)


def class_pair(
    logits: ArrayLike, targets: ArrayLike, check_finite: bool = True
) -> tuple[NDArray[Any], ...]:
    """Return logits of shape (..., K) with labels (...,) or probabilities (..., K).

    Integers are labels and floating numbers are probabilities, which is PyTorch's rule. Targets
    are read in any case; `check_finite` is about the logits.
    """
    logits = logits_array(logits, check_finite=False)
    targets = _array(targets, "targets")
    if targets.dtype.kind in "iu":
        targets = _labels(targets, logits.shape)
    elif targets.dtype.type in (np.float32, np.float64):
        logits, targets = same_dtype(logits, _probabilities(targets, logits.shape))
    else:
        raise TypeError(
            "targets must be integer labels or float32 or float64 probabilities, "
            f"got dtype {targets.dtype}"
        )
    if check_finite:
        require_finite_logits(logits)
    return logits, targets


def labels_pair(logits: ArrayLike, labels: ArrayLike) -> tuple[NDArray[Any], ...]:
    """Return logits of shape (..., K) with labels (...,); probabilities are refused."""
    logits, labels = class_pair(logits, labels)
    if labels.dtype.kind != "i":
        raise TypeError(f"labels must be integers, one per example, got dtype {labels.dtype}")
    return logits, labels


def number_of_classes(targets):
    """Return K as the targets tell it: one more than the largest label, or their last axis."""
    targets = _array(targets, "targets")
    if targets.dtype.kind in "iu":
        return max(1, int(targets.max(initial=0)) + 1)
    return targets.shape[-1] if targets.ndim else 1


def same_dtype(*arrays: NDArray[Any]) -> tuple[NDArray[Any], ...]:
    """Return the arrays in NumPy's common dtype: float64 as soon as one of them is."""
    dtype = np.result_type(*arrays)
    return tuple(array.astype(dtype, copy=False) for array in arrays)


def _array(values: ArrayLike, name: str) -> NDArray[Any]:
    if isinstance(values, np.ma.MaskedArray):
        raise TypeError(f"{name} must be a plain array, got a masked one (its mask would be lost)")
    try:
        return np.asarray(values)
    except ValueError as error:
        raise ValueError(f"{name} must be a rectangular array of numbers ({error})") from error


def _labels(labels: NDArray[Any], logits_shape: tuple[int, ...]) -> NDArray[Any]:
    *batch, classes = logits_shape
    if labels.shape != tuple(batch):
        raise ValueError(
            f"integer targets are labels, one per example, of shape {tuple(batch)}, "
            f"got {labels.shape}; probabilities must be floating numbers"
        )
    indices = labels.astype(np.intp, order="C", copy=False)
    if indices.size and indices.view(np.uintp).max() >= classes:  # unsigned, −1 is huge
        inside = (labels >= 0) & (labels < classes)
        _require_all(inside, labels, f"labels must lie in 0..{classes - 1}")
    return indices


def _probabilities(targets, logits_shape):
    if targets.shape != logits_shape:
        raise ValueError(
            f"floating targets are probabilities, of the logits' shape {logits_shape}, "
            f"got {targets.shape}; labels must be integers"
        )
    _require_finite(targets, "targets")
    if targets.size and targets.min() < 0:
        _require_all(targets >= 0, targets, "targets must not be negative")
    with np.errstate(over="ignore", invalid="ignore"):
        sums = targets @ np.ones(logits_shape[-1], targets.dtype)  # faster than sum on short rows
    rounding = 4 * logits_shape[-1] * np.finfo(targets.dtype).eps
    off = abs(sums - 1)
    # Such as come from float32: to divide them here would be to change what was given, unseen.
    advice = ": divide them by their sum" if (off < 1e-3).all() else ""
    _require_all(off <= rounding, sums, f"targets must sum to 1 over the classes{advice}")
    return np.asarray(targets, targets.dtype.type, order="C")


# Shapes, and the numbers in an array.


def require_shape(array, shape, name):
    """Raise ValueError unless `array` has exactly this shape: nothing is broadcast."""
    if array.shape != shape:
        raise ValueError(f"{name} must have shape {shape}, got {array.shape}")


def require_finite_logits(logits, name="logits"):
    """Raise ValueError unless all logits and their differences are finite."""
    with np.errstate(over="ignore", invalid="ignore"):
        if logits.size == 0 or np.isfinite(logits.max() - logits.min()):
            return
    _require_all(np.isfinite(logits), logits, f"{name} must be finite")
    raise ValueError(
        f"{name} must differ by less than the largest {logits.dtype}, "
        f"got {logits.min()} and {logits.max()}"
    )


def require_finite_result(result, name, **inputs):
    """Raise ValueError unless a product of matrices and all that went into it is finite.

    What is not finite in an input shows in the result. So the inputs, which may be large, are read
    only to name the culprit, or if the result is empty.
    """
    if result.size == 0 or not _is_finite(result):
        for input_name, array in inputs.items():
            _require_finite(array, input_name)
        _require_all(np.isfinite(result), result, f"{name} must not overflow")


def _require_finite(array, name):
    if not _is_finite(array):
        _require_all(np.isfinite(array), array, f"{name} must be finite")


def _is_finite(array):
    with np.errstate(over="ignore", invalid="ignore"):
        # A finite sum of squares proves it for less than a look at each, but may overflow.
        return np.isfinite(np.vdot(array, array)) or np.isfinite(array).all()


def _require_all(good, values, expectation):
    if good.all():
        return
    where = np.unravel_index(np.argmin(good), good.shape)
    place = f" at index {[int(i) for i in where]}" if where else ""
    raise ValueError(f"{expectation}, got {values[where]}{place}")


# Single numbers, as those that steer training and gradient checks.


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


def share_number(value, name):
    """Return `value` as a float from 0 to 1."""
    number = _real_number(value, name)
    if not 0 <= number <= 1:
        raise ValueError(f"{name} must lie in [0, 1], got {value}")
    return number


def whole_number(value, name):
    """Return `value` as an int; a bool is not one."""
    if isinstance(value, bool) or not isinstance(value, numbers.Integral):
        raise TypeError(f"{name} must be an integer, got {value!r}")
    return int(value)


def count_number(value, name, least, most=10**8):
    """Return `value` as an int from `least` to `most`, of which an array may well consist."""
    number = whole_number(value, name)
    if not least <= number <= most:
        bound = f"at least {least}" if number < least else f"at most {most}"
        raise ValueError(f"{name} must be {bound}, got {_shown(number)}")
    return number


def require_representable(value, dtype, name):
    """Raise ValueError if a number would become 0 or infinite, or lose digits, as a `dtype`."""
    least, most = float(np.finfo(dtype).tiny), float(np.finfo(dtype).max)
    if value and dtype != np.float64 and not least <= value <= most:
        raise ValueError(
            f"{name} must lie within what {dtype} can hold, {least:.1e} to {most:.1e}, "
            f"got {value}: pass arrays of float64"
        )


def _real_number(value, name):
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} must be a real number, got {value!r}")
    try:
        return float(value)
    except OverflowError as error:
        raise ValueError(f"{name} must be finite, got {_shown(value)}, beyond float64") from error


def _shown(value):
    if isinstance(value, int) and abs(value) >= 10**40:
        return f"an integer of {value.bit_length()} bits"
    return str(value)
