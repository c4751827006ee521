"""From logits to probabilities: sigmoid and softmax, their logarithms, and softmax's Jacobian."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lessons.model.checks import logits_array, real_array
from lessons.model.exponentials import shifted_exponentials, sum_of_losers, sum_of_others


def sigmoid(z: ArrayLike) -> NDArray[np.floating]:
    """Probability of class 1 in a two-class problem, σ(z) = 1/(1 + e^{−z}).

    For z < 0 the equal form e^{z}/(1 + e^{z}) is used, so that nothing overflows and no digit is
    lost.

    Parameters
    ----------
    z : array of any shape
        Logit of class 1, in nats.

    Returns
    -------
    array of the same shape
        Between 0 and 1.

    Raises
    ------
    ValueError
        A NaN or an infinity.
    TypeError
        A dtype other than float32, float64 and integers.

    Notes
    -----
    Derivation: notebook 01.

    Examples
    --------
    >>> float(sigmoid(0.0))
    0.5
    """
    z = real_array(z, "z")
    e = np.exp(-abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def log_sigmoid(z: ArrayLike) -> NDArray[np.floating]:
    """Logarithm of the sigmoid, log σ(z) = −log(1 + e^{−z}).

    Written as min(z, 0) − log1p(e^{−|z|}): two terms of one sign, so that nothing cancels, and an
    exponential that cannot overflow.

    Parameters
    ----------
    z : array of any shape
        Logit of class 1, in nats.

    Returns
    -------
    array of the same shape
        In nats, at most 0.

    Raises
    ------
    ValueError
        A NaN or an infinity.
    TypeError
        A dtype other than float32, float64 and integers.

    Notes
    -----
    Derivation: notebook 02.
    """
    z = real_array(z, "z")
    return np.minimum(z, 0) - np.log1p(np.exp(-abs(z)))


def softmax(z: ArrayLike, axis: int = -1) -> NDArray[np.floating]:
    """Probabilities of K classes, ŷ_j = e^{z_j} / Σ_t e^{z_t}.

    Parameters
    ----------
    z : array, shape (..., K)
        Logits, in nats; at least one class.
    axis : int
        The axis of the classes, the last one unless told otherwise.

    Returns
    -------
    array of the same shape
        Between 0 and 1, sums to 1 along `axis`.

    Raises
    ------
    ValueError
        A NaN or an infinity, no axis of classes, or no class on it.
    TypeError
        A dtype other than float32, float64 and integers.

    Notes
    -----
    Derivation: notebook 01.

    Examples
    --------
    >>> softmax([0.0, 0.0]).tolist()
    [0.5, 0.5]
    """
    _, e = shifted_exponentials(logits_array(z, "z", axis), axis)
    return e / e.sum(axis=axis, keepdims=True)


def log_softmax(z: ArrayLike, axis: int = -1) -> NDArray[np.floating]:
    """Logarithm of the softmax, log ŷ_j = z_j − log Σ_t e^{z_t}.

    With m the largest logit it is (z_j − m) − log1p(S − 1), where S − 1 is the sum of e^{z_t−m}
    over all classes but the winner: two terms of one sign, so that nothing cancels.

    Parameters
    ----------
    z : array, shape (..., K)
        Logits, in nats; at least one class.
    axis : int
        The axis of the classes, the last one unless told otherwise.

    Returns
    -------
    array of the same shape
        In nats, at most 0.

    Raises
    ------
    ValueError
        A NaN or an infinity, no axis of classes, or no class on it.
    TypeError
        A dtype other than float32, float64 and integers.

    Notes
    -----
    Derivation: notebook 02.
    """
    shifted, e = shifted_exponentials(logits_array(z, "z", axis), axis)
    return shifted - np.log1p(sum_of_losers(e, axis))


def softmax_jacobian(z: ArrayLike) -> NDArray[np.floating]:
    """Return the derivatives of the softmax, ∂ŷ_j/∂z_k: the matrix diag(ŷ) − ŷŷᵀ.

    The diagonal ŷ_j(1 − ŷ_j) is computed as ŷ_j times the sum of the *other* probabilities: 1 − ŷ_j
    would be 0 once ŷ_j rounds to 1.

    Parameters
    ----------
    z : array, shape (..., K)
        Logits, in nats; at least one class.

    Returns
    -------
    array, shape (..., K, K)
        Symmetric; each row and each column sums to 0.

    Raises
    ------
    ValueError
        A NaN or an infinity, no axis of classes, or no class on it.
    TypeError
        A dtype other than float32, float64 and integers.

    Notes
    -----
    Derivation: notebook 04; it is the Hessian of the loss in notebook 09.
    """
    _, e = shifted_exponentials(logits_array(z, "z"))
    total = e.sum(axis=-1, keepdims=True)
    probabilities = e / total
    jacobian = -probabilities[..., :, np.newaxis] * probabilities[..., np.newaxis, :]
    diagonal = np.arange(e.shape[-1])
    jacobian[..., diagonal, diagonal] = probabilities * (sum_of_others(e) / total)
    return jacobian
