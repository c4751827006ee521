"""The linear layer z = Wx + b, for one example or a batch, and the gradients of W and b."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lessons.model.checks import real_array, require_finite_result, require_shape, same_dtype


def linear(x: ArrayLike, W: ArrayLike, b: ArrayLike) -> NDArray[np.floating]:
    """Logits of a linear layer, z = Wx + b; for a batch with one example per row, Z = XWᵀ + b.

    Parameters
    ----------
    x : array, shape (..., d)
        Features.
    W : array, shape (K, d)
        Weights; row k belongs to class k.
    b : array, shape (K,)
        Biases.

    Returns
    -------
    array, shape (..., K)
        Logits, in nats.

    Raises
    ------
    ValueError
        Shapes that do not match, a NaN or an infinity, a result that overflows.
    TypeError
        A dtype other than float32, float64 and integers.

    Notes
    -----
    Derivation: notebook 05; for batches notebook 06.
    """
    x = real_array(x, "x", check_finite=False)
    W = real_array(W, "W", check_finite=False)
    b = real_array(b, "b", check_finite=False)
    _require_axes(x, "x", "(..., d)")
    if W.ndim != 2 or W.shape[1] != x.shape[-1]:
        raise ValueError(
            f"W must have shape (K, {x.shape[-1]}), one row per class, one column per feature of x "
            f"with shape {x.shape}; got {W.shape}"
        )
    require_shape(b, W.shape[:1], "b")
    x, W, b = same_dtype(x, W, b)
    with np.errstate(over="ignore", invalid="ignore"):
        logits = x @ np.ascontiguousarray(W.T)  # small products are twice as fast with a copy
        logits += b
    require_finite_result(logits, "logits", x=x, W=W, b=b)
    return logits


def linear_gradients(
    x: ArrayLike, grad_logits: ArrayLike
) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    """Gradients of W and b from the gradient of the logits: (ŷ − y)xᵀ and ŷ − y, summed.

    For a batch, G = `grad_logits` has one example per row, and the sums are GᵀX and Gᵀ1. With G =
    (Ŷ − Y)/n they are the gradients of the mean loss.

    Parameters
    ----------
    x : array, shape (..., d)
        Features.
    grad_logits : array, shape (..., K)
        Gradient of a scalar with respect to the logits of each example.

    Returns
    -------
    grad_W : array, shape (K, d)
        Row k belongs to class k, like W.
    grad_b : array, shape (K,)
        Summed over the examples only: one number for each class.

    Raises
    ------
    ValueError
        Shapes that do not match, a NaN or an infinity, a result that overflows.
    TypeError
        A dtype other than float32, float64 and integers.

    Notes
    -----
    Derivation: notebook 05; for batches notebook 06.
    """
    x = real_array(x, "x", check_finite=False)
    grad_logits = real_array(grad_logits, "grad_logits", check_finite=False)
    _require_axes(x, "x", "(..., d)")
    _require_axes(grad_logits, "grad_logits", "(..., K)")
    if x.shape[:-1] != grad_logits.shape[:-1]:
        raise ValueError(
            f"grad_logits must have one row per example of x, shape {(*x.shape[:-1], 'K')}, "
            f"got {grad_logits.shape}"
        )
    x, grad_logits = same_dtype(x, grad_logits)
    n = int(np.prod(x.shape[:-1]))
    X, G = x.reshape(n, x.shape[-1]), grad_logits.reshape(n, grad_logits.shape[-1])
    with np.errstate(over="ignore", invalid="ignore"):
        grad_W, grad_b = G.T @ X, G.T @ np.ones(n, G.dtype)
    require_finite_result(grad_W, "grad_W", x=X, grad_logits=G)
    require_finite_result(grad_b, "grad_b", grad_logits=G)
    return grad_W, grad_b


def linear_input_gradient(W: ArrayLike, grad_logits: ArrayLike) -> NDArray[np.floating]:
    """Gradient of the features from that of the logits: Wᵀ(ŷ − y), the gap seen through W.

    For a batch with one example per row it is GW, a row for each example: nothing is summed over
    examples, since each has features of its own.

    Parameters
    ----------
    W : array, shape (K, d)
        Weights; row k belongs to class k.
    grad_logits : array, shape (..., K)
        Gradient of a scalar with respect to the logits of each example.

    Returns
    -------
    array, shape (..., d)

    Raises
    ------
    ValueError
        Shapes that do not match, a NaN or an infinity, a result that overflows.
    TypeError
        A dtype other than float32, float64 and integers.

    Notes
    -----
    Derivation: notebook 05; for a hidden layer notebook 12.
    """
    W = real_array(W, "W", check_finite=False)
    grad_logits = real_array(grad_logits, "grad_logits", check_finite=False)
    _require_axes(grad_logits, "grad_logits", "(..., K)")
    if W.ndim != 2 or W.shape[0] != grad_logits.shape[-1]:
        raise ValueError(
            f"W must have shape ({grad_logits.shape[-1]}, d), one row per class of grad_logits "
            f"with shape {grad_logits.shape}; got {W.shape}"
        )
    W, grad_logits = same_dtype(W, grad_logits)
    with np.errstate(over="ignore", invalid="ignore"):
        grad_x = grad_logits @ W
    require_finite_result(grad_x, "grad_x", W=W, grad_logits=grad_logits)
    return grad_x


def _require_axes(array, name, expected):
    if array.ndim == 0:
        raise ValueError(f"{name} must have shape {expected}, got a single number")
