"""Cross-entropy from logits, and its gradient ŷ − y, with every digit right for labels.

The losses take logits and not probabilities: log(ŷ) is lost as soon as ŷ rounds to 0 or to 1, while
from the logits both the loss and ŷ − y can be written so that of a label no digit cancels. Of soft
targets ŷ_j − y_j may truly cancel; it errs by at most 8 eps of ŷ_j + y_j, if the differences of the
logits are not rounded.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lessons.model.activations import log_sigmoid, sigmoid
from lessons.model.checks import binary_pair, class_pair
from lessons.model.exponentials import shifted_exponentials, sum_of_losers, sum_of_others


def binary_cross_entropy(logits: ArrayLike, targets: ArrayLike) -> NDArray[np.floating]:
    """Cross-entropy of each two-class example, −y log ŷ − (1 − y) log(1 − ŷ) with ŷ = σ(z).

    1 − σ(z) is σ(−z), so that the loss is −y log σ(z) − (1 − y) log σ(−z), and never takes log(0).

    Parameters
    ----------
    logits : array of any shape
        Logit of class 1, in nats.
    targets : array of the same shape
        Probability of class 1, anywhere in [0, 1].

    Returns
    -------
    array of the same shape
        The loss of each example, in nats, at least 0.

    Raises
    ------
    ValueError
        A NaN or an infinity, a target outside [0, 1], shapes that differ.
    TypeError
        A dtype other than float32, float64 and integers.

    Notes
    -----
    Derivation: notebook 02.
    """
    z, y = binary_pair(logits, targets)
    return -(y * log_sigmoid(z)) - (1 - y) * log_sigmoid(-z)


def binary_cross_entropy_gradient(logits: ArrayLike, targets: ArrayLike) -> NDArray[np.floating]:
    """Return the derivative of each two-class example's cross-entropy by its logit, ŷ − y.

    Computed as (1 − y)σ(z) − yσ(−z), which is the same. For the targets 0 and 1 it keeps every
    digit: for y = 1 it is −σ(−z), where σ(z) − 1 would be 0 once σ(z) rounds to 1. For a soft
    target it errs by at most 8 eps times the sum of both terms: where ŷ is near y they cancel, and
    the error is that of a logit which is off by 16 eps.

    Parameters
    ----------
    logits : array of any shape
        Logit of class 1, in nats.
    targets : array of the same shape
        Probability of class 1, anywhere in [0, 1].

    Returns
    -------
    array of the same shape
        Between −1 and 1, per example.

    Raises
    ------
    ValueError
        A NaN or an infinity, a target outside [0, 1], shapes that differ.
    TypeError
        A dtype other than float32, float64 and integers.

    Notes
    -----
    Derivation: notebook 03.

    Examples
    --------
    >>> float(binary_cross_entropy_gradient(0.0, 1.0))
    -0.5
    """
    z, y = binary_pair(logits, targets)
    return (1 - y) * sigmoid(z) - y * sigmoid(-z)


def cross_entropy(logits: ArrayLike, targets: ArrayLike) -> NDArray[np.floating]:
    """Cross-entropy of each example, −Σ_j y_j log ŷ_j with ŷ = softmax(z).

    Parameters
    ----------
    logits : array, shape (..., K)
        Unnormalised log-probabilities, in nats.
    targets : int array, shape (...,), or float array, shape (..., K)
        Labels 0 ≤ i < K, or probabilities that sum to 1.

    Returns
    -------
    array, shape (...,)
        The loss of each example, in nats, at least 0.

    Raises
    ------
    ValueError
        A label outside 0..K−1, targets that do not sum to 1, shapes that do not match, a NaN.
    TypeError
        A dtype that is neither floating (float32, float64) nor integer.

    Notes
    -----
    Derivation: notebook 02.

    Examples
    --------
    >>> float(cross_entropy([0.0, 0.0], 1)) == float(np.log(2))
    True
    """
    z, targets = class_pair(logits, targets)
    shifted, e = shifted_exponentials(z)
    surprisals = np.log1p(sum_of_losers(e)) - shifted  # −log ŷ_j: both terms are at least 0
    if targets.dtype.kind == "i":
        return np.take_along_axis(surprisals, targets[..., np.newaxis], axis=-1)[..., 0]
    return (targets * surprisals).sum(axis=-1)


def cross_entropy_gradient(logits: ArrayLike, targets: ArrayLike) -> NDArray[np.floating]:
    """Gradient of each example's cross-entropy with respect to its logits, ŷ − y.

    Computed as (e_j(1 − y_j) − y_j Σ_{t≠j} e_t) / S with e_j = exp(z_j − max z) and S their sum.
    For a label i that is softmax(logits)[j] for j ≠ i, and for i the *negative sum of the others*
    rather than ŷ_i − 1: the difference would cancel every digit once ŷ_i rounds to 1.

    Parameters
    ----------
    logits : array, shape (..., K)
        Unnormalised log-probabilities, in nats.
    targets : int array, shape (...,), or float array, shape (..., K)
        Labels 0 ≤ i < K, or probabilities that sum to 1.

    Returns
    -------
    array, shape (..., K)
        Per example, sums to 0; divide by n for the gradient of a batch's mean loss.

    Raises
    ------
    ValueError
        A label outside 0..K−1, targets that do not sum to 1, shapes that do not match, a NaN.
    TypeError
        A dtype that is neither floating (float32, float64) nor integer.

    Notes
    -----
    Derivation: notebook 04, "Both cases at once".

    Examples
    --------
    >>> cross_entropy_gradient([0.0, 0.0], 1).tolist()
    [0.5, -0.5]
    """
    z, targets = class_pair(logits, targets)
    y = _one_hot(targets, z) if targets.dtype.kind == "i" else targets
    _, e = shifted_exponentials(z)
    return (e * (1 - y) - y * sum_of_others(e)) / e.sum(axis=-1, keepdims=True)


def _one_hot(labels, logits):
    one_hot = np.zeros_like(logits)
    np.put_along_axis(one_hot, labels[..., np.newaxis], 1, axis=-1)
    return one_hot
