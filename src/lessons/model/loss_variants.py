"""Variants of cross-entropy: temperature, smoothing, weights, focal, K sigmoids, distillation.

Each has a gradient that is ŷ − y bent: divided, mixed, scaled or compared with another target. Like
the loss itself they take logits, and their gradients subtract no two numbers that are nearly equal.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lessons.model.checks import (
    binary_pair,
    class_pair,
    labels_pair,
    logits_array,
    nonnegative_number,
    positive_number,
    real_array,
    require_finite_logits,
    require_finite_result,
    require_representable,
    require_shape,
    same_dtype,
    share_number,
)
from lessons.model.exponentials import shifted_exponentials, sum_of_losers, sum_of_others
from lessons.model.losses import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    cross_entropy,
    cross_entropy_gradient,
)


def tempered_cross_entropy(
    logits: ArrayLike, targets: ArrayLike, temperature: float
) -> NDArray[np.floating]:
    """Cross-entropy at a temperature T, −Σ_j y_j log ŷ_j with ŷ = softmax(z/T).

    Parameters
    ----------
    logits : array, shape (..., K)
        Unnormalised log-probabilities at T = 1, in nats.
    targets : int array, shape (...,), or float array, shape (..., K)
        Labels 0 ≤ i < K, or probabilities that sum to 1.
    temperature : float
        Greater than 0; above 1 every prediction is softer, below 1 surer.

    Returns
    -------
    array, shape (...,)
        The loss of each example, in nats, at least 0.

    Raises
    ------
    ValueError
        A temperature that is not positive, or so small that z/T overflows; else as `cross_entropy`.
    TypeError
        A dtype that is neither floating (float32, float64) nor integer.

    Notes
    -----
    Derivation: notebook 11.
    """
    z, targets, _ = _cooled(logits, targets, temperature)
    return cross_entropy(z, targets)


def tempered_cross_entropy_gradient(
    logits: ArrayLike, targets: ArrayLike, temperature: float
) -> NDArray[np.floating]:
    """Gradient of each example's cross-entropy at a temperature T by its logits, (ŷ − y)/T.

    Parameters
    ----------
    logits : array, shape (..., K)
        Unnormalised log-probabilities at T = 1, in nats.
    targets : int array, shape (...,), or float array, shape (..., K)
        Labels 0 ≤ i < K, or probabilities that sum to 1.
    temperature : float
        Greater than 0.

    Returns
    -------
    array, shape (..., K)
        Per example, sums to 0.

    Raises
    ------
    ValueError
        A temperature that is not positive, or so small that z/T overflows; else as `cross_entropy`.
    TypeError
        A dtype that is neither floating (float32, float64) nor integer.

    Notes
    -----
    Derivation: notebook 11, "Temperature".

    Examples
    --------
    >>> tempered_cross_entropy_gradient([0.0, 0.0], 1, 2.0).tolist()
    [0.25, -0.25]
    """
    z, targets, temperature = _cooled(logits, targets, temperature)
    return _finite(cross_entropy_gradient(z, targets), temperature, np.divide, "gradients")


def smoothed_cross_entropy(
    logits: ArrayLike, labels: ArrayLike, smoothing: float
) -> NDArray[np.floating]:
    """Cross-entropy with label smoothing ε: the label keeps 1 − ε, and ε is spread over all K.

    That is (1 − ε) times the label's loss plus ε times the mean of the losses of all labels.

    Parameters
    ----------
    logits : array, shape (..., K)
        Unnormalised log-probabilities, in nats.
    labels : int array, shape (...,)
        From 0 to K − 1.
    smoothing : float
        ε, within [0, 1].

    Returns
    -------
    array, shape (...,)
        The loss of each example, in nats, at least the entropy of its target.

    Raises
    ------
    ValueError
        A smoothing outside [0, 1], a label outside 0..K−1, shapes that do not match, a NaN.
    TypeError
        Labels that are no integers, logits of a dtype other than float32, float64 and integers.

    Notes
    -----
    Derivation: notebook 11.
    """
    z, i = labels_pair(logits, labels)
    smoothing = share_number(smoothing, "smoothing")
    surprisals = _surprisals(z)
    return (1 - smoothing) * _of_label(surprisals, i) + smoothing * surprisals.mean(axis=-1)


def smoothed_cross_entropy_gradient(
    logits: ArrayLike, labels: ArrayLike, smoothing: float
) -> NDArray[np.floating]:
    """Gradient of each example's cross-entropy with label smoothing, ŷ − (1 − ε)·one-hot − ε/K.

    Computed as (e_j(1 − y_j) − y_j Σ_{t≠j} e_t)/S, with the label's 1 − y_i = ε(K − 1)/K as it is:
    taken from 1, a small ε would be lost.

    Parameters
    ----------
    logits : array, shape (..., K)
        Unnormalised log-probabilities, in nats.
    labels : int array, shape (...,)
        From 0 to K − 1.
    smoothing : float
        ε, within [0, 1].

    Returns
    -------
    array, shape (..., K)
        Per example, sums to 0.

    Raises
    ------
    ValueError
        A smoothing outside [0, 1], a label outside 0..K−1, shapes that do not match, a NaN.
    TypeError
        Labels that are no integers, logits of a dtype other than float32, float64 and integers.

    Notes
    -----
    Derivation: notebook 11, "Label smoothing".

    Examples
    --------
    >>> smoothed_cross_entropy_gradient([0.0, 0.0], 1, 0.5).tolist()
    [0.25, -0.25]
    """
    z, i = labels_pair(logits, labels)
    classes = z.shape[-1]
    spread = share_number(smoothing, "smoothing") / classes
    label = np.arange(classes) == i[..., np.newaxis]
    target = np.where(label, 1 - (classes - 1) * spread, spread).astype(z.dtype)
    missing = np.where(label, (classes - 1) * spread, 1 - spread).astype(z.dtype)  # 1 − target
    _, e = shifted_exponentials(z)
    return (e * missing - target * sum_of_others(e)) / e.sum(axis=-1, keepdims=True)


def weighted_cross_entropy(
    logits: ArrayLike, labels: ArrayLike, weights: ArrayLike
) -> NDArray[np.floating]:
    """Cross-entropy with class weights, −w_i log ŷ_i for the label i.

    Parameters
    ----------
    logits : array, shape (..., K)
        Unnormalised log-probabilities, in nats.
    labels : int array, shape (...,)
        From 0 to K − 1.
    weights : array, shape (K,)
        How much an example of each class counts, at least 0.

    Returns
    -------
    array, shape (...,)
        The loss of each example. (Libraries divide a batch's sum by the sum of its labels' weights,
        not by n.)

    Raises
    ------
    ValueError
        A negative weight, a label outside 0..K−1, shapes that do not match, a NaN.
    TypeError
        Labels that are no integers, other dtypes than float32, float64 and integers.

    Notes
    -----
    Derivation: notebook 11.
    """
    z, i, w = _weighted(logits, labels, weights)
    return _finite(cross_entropy(z, i), w[i], np.multiply, "weighted losses")


def weighted_cross_entropy_gradient(
    logits: ArrayLike, labels: ArrayLike, weights: ArrayLike
) -> NDArray[np.floating]:
    """Gradient of each example's cross-entropy with class weights by its logits, w_i(ŷ − y).

    Parameters
    ----------
    logits : array, shape (..., K)
        Unnormalised log-probabilities, in nats.
    labels : int array, shape (...,)
        From 0 to K − 1.
    weights : array, shape (K,)
        How much an example of each class counts, at least 0.

    Returns
    -------
    array, shape (..., K)
        Per example, sums to 0.

    Raises
    ------
    ValueError
        A negative weight, a label outside 0..K−1, shapes that do not match, a NaN.
    TypeError
        Labels that are no integers, other dtypes than float32, float64 and integers.

    Notes
    -----
    Derivation: notebook 11, "Class weights".
    """
    z, i, w = _weighted(logits, labels, weights)
    return w[i][..., np.newaxis] * cross_entropy_gradient(z, i)


def focal_loss(logits: ArrayLike, labels: ArrayLike, gamma: float) -> NDArray[np.floating]:
    """Focal loss of each example, −(1 − ŷ_i)^γ log ŷ_i for the label i.

    Parameters
    ----------
    logits : array, shape (..., K)
        Unnormalised log-probabilities, in nats.
    labels : int array, shape (...,)
        From 0 to K − 1.
    gamma : float
        γ, at least 0; at 0 it is cross-entropy.

    Returns
    -------
    array, shape (...,)
        The loss of each example, at least 0.

    Raises
    ------
    ValueError
        A negative γ, a label outside 0..K−1, shapes that do not match, a NaN.
    TypeError
        Labels that are no integers, logits of a dtype other than float32, float64 and integers.

    References
    ----------
    Lin, Goyal, Girshick, He and Dollár, "Focal loss for dense object detection", ICCV 2017.

    Notes
    -----
    Derivation: notebook 11.
    """
    z, i = labels_pair(logits, labels)
    gamma = nonnegative_number(gamma, "gamma")
    require_representable(gamma, z.dtype, "gamma")
    right, wrong, surprisal = _label_shares(z, i)
    return _power(right, wrong, gamma) * surprisal


def focal_loss_gradient(logits: ArrayLike, labels: ArrayLike, gamma: float) -> NDArray[np.floating]:
    """Gradient of each example's focal loss by its logits: ŷ − y times a number for the example.

    With p = ŷ_i and q = 1 − p the number is q^γ (1 − γ p log p/q). For a label that wins, q is
    computed as the sum of the *other* probabilities, and −p log p/q, which tends to 1, from digits
    that are all there.

    Parameters
    ----------
    logits : array, shape (..., K)
        Unnormalised log-probabilities, in nats.
    labels : int array, shape (...,)
        From 0 to K − 1.
    gamma : float
        γ, at least 0; at 0 it is ŷ − y.

    Returns
    -------
    array, shape (..., K)
        Per example, sums to 0.

    Raises
    ------
    ValueError
        A negative γ, a label outside 0..K−1, shapes that do not match, a NaN.
    TypeError
        Labels that are no integers, logits of a dtype other than float32, float64 and integers.

    Notes
    -----
    Derivation: notebook 11, "Focal loss".

    Examples
    --------
    >>> focal_loss_gradient([0.0, 0.0], 1, 0.0).tolist()
    [0.5, -0.5]
    """
    z, i = labels_pair(logits, labels)
    gamma = nonnegative_number(gamma, "gamma")
    require_representable(gamma, z.dtype, "gamma")
    right, wrong, surprisal = _label_shares(z, i)
    some = wrong > 0
    ratio = np.where(some, right * surprisal / np.where(some, wrong, 1), 1)
    factor = _power(right, wrong, gamma) * (1 + gamma * ratio)
    return factor[..., np.newaxis] * cross_entropy_gradient(z, i)


def multilabel_cross_entropy(logits: ArrayLike, targets: ArrayLike) -> NDArray[np.floating]:
    """Cross-entropy of K sigmoids, Σ_k (−y_k log ŷ_k − (1 − y_k) log(1 − ŷ_k)) with ŷ_k = σ(z_k).

    Parameters
    ----------
    logits : array, shape (..., K)
        One logit for each class, which each is a question of its own.
    targets : array, shape (..., K)
        Probability of each class, anywhere in [0, 1]; they need not sum to 1.

    Returns
    -------
    array, shape (...,)
        The loss of each example, in nats, summed over its classes.

    Raises
    ------
    ValueError
        A NaN or an infinity, a target outside [0, 1], shapes that differ, no axis of classes.
    TypeError
        A dtype other than float32, float64 and integers.

    Notes
    -----
    Derivation: notebook 11.
    """
    z, y = _questions(logits, targets)
    return binary_cross_entropy(z, y).sum(axis=-1)


def multilabel_cross_entropy_gradient(
    logits: ArrayLike, targets: ArrayLike
) -> NDArray[np.floating]:
    """Gradient of each example's cross-entropy of K sigmoids by its logits, ŷ − y with ŷ = σ(z).

    Parameters
    ----------
    logits : array, shape (..., K)
        One logit for each class, which each is a question of its own.
    targets : array, shape (..., K)
        Probability of each class, anywhere in [0, 1]; they need not sum to 1.

    Returns
    -------
    array, shape (..., K)
        Per example; its sum may be anything.

    Raises
    ------
    ValueError
        A NaN or an infinity, a target outside [0, 1], shapes that differ, no axis of classes.
    TypeError
        A dtype other than float32, float64 and integers.

    Notes
    -----
    Derivation: notebook 11, "K sigmoids".
    """
    z, y = _questions(logits, targets)
    return binary_cross_entropy_gradient(z, y)


def distillation_loss(
    logits: ArrayLike, teacher_logits: ArrayLike, temperature: float
) -> NDArray[np.floating]:
    """Distillation loss of each example, T² times the cross-entropy against a teacher, both at T.

    Parameters
    ----------
    logits : array, shape (..., K)
        The student's, in nats.
    teacher_logits : array of the same shape
        The teacher's; they are constants.
    temperature : float
        T, greater than 0.

    Returns
    -------
    array, shape (...,)
        The loss of each example, at least T² times the entropy of the teacher's probabilities.

    Raises
    ------
    ValueError
        A temperature that is not positive, or so small that z/T overflows; shapes that differ; a
        NaN or an infinity.
    TypeError
        A dtype other than float32, float64 and integers.

    References
    ----------
    Hinton, Vinyals and Dean, "Distilling the knowledge in a neural network", 2015.

    Notes
    -----
    Derivation: notebook 11.
    """
    z, v, T = _student_and_teacher(logits, teacher_logits, temperature)
    surprisals, (_, e) = _surprisals(_divided(z, T)), shifted_exponentials(_divided(v, T))
    losses = (e * surprisals).sum(axis=-1) / e.sum(axis=-1)
    with np.errstate(over="ignore"):  # T² alone may leave the numbers where T²·loss does not
        return _finite(T * losses, T, np.multiply, f"losses times T² with temperature {T}")


def distillation_loss_gradient(
    logits: ArrayLike, teacher_logits: ArrayLike, temperature: float
) -> NDArray[np.floating]:
    """Gradient of each example's distillation loss by the student's logits, T(ŷ − y), both at T.

    In the heat both are near 1/K, and their difference would keep no digit. So it is computed pair
    by pair: ŷ_j − y_j = Σ_t (ŷ_j y_t − y_j ŷ_t), where the two products differ by the factor e^x
    with x = ((z_j − z_t) − (v_j − v_t))/T, and `expm1` knows e^x − 1.

    Parameters
    ----------
    logits : array, shape (..., K)
        The student's, in nats.
    teacher_logits : array of the same shape
        The teacher's; they are constants.
    temperature : float
        T, greater than 0.

    Returns
    -------
    array, shape (..., K)
        Per example, sums to 0. (K × K numbers an example are made on the way.)

    Raises
    ------
    ValueError
        A temperature that is not positive, or so small that z/T overflows; shapes that differ; a
        NaN or an infinity.
    TypeError
        A dtype other than float32, float64 and integers.

    Notes
    -----
    Derivation: notebook 11, "Distillation".
    """
    z, v, T = _student_and_teacher(logits, teacher_logits, temperature)
    (_, e), (_, f) = (shifted_exponentials(_divided(one, T)) for one in (z, v))
    ours, theirs = (one / one.sum(axis=-1, keepdims=True) for one in (e, f))
    with np.errstate(over="ignore"):  # e^{−∞} is 0
        x = (_pairs(z, np.subtract) - _pairs(v, np.subtract)) / T
    larger = np.where(x > 0, _products(ours, theirs), -_products(theirs, ours))
    return T * (larger * -np.expm1(-abs(x))).sum(axis=-1)


# What several of them need.


def _cooled(logits, targets, temperature):
    """Return z/T, the targets as given (they are read in their own dtype), and T."""
    temperature = positive_number(temperature, "temperature")
    z, _ = class_pair(logits, targets)
    require_representable(temperature, z.dtype, "temperature")
    return _divided(z, temperature), targets, temperature


def _divided(logits, temperature):
    """Divide logits by a temperature, shifted first: the winner's 0 stays, and no digit is lost."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        divided = shifted / logits.dtype.type(temperature)
    require_finite_logits(divided, "logits divided by the temperature")
    return divided


def _finite(values, factor, operation, name):
    """Return values times or divided by a factor, or raise ValueError where that overflows."""
    with np.errstate(over="ignore"):
        result = operation(values, factor)
    require_finite_result(result, name)
    return result


def _power(right, wrong, gamma):
    """Return q^γ for q = 1 − p: by way of log(1 − p), since 1 − p itself may round to 1."""
    small = right < 0.5
    by_logarithm = np.exp(gamma * np.log1p(-np.where(small, right, 0)))
    return np.where(small, by_logarithm, wrong**gamma)


def _of_label(values, labels):
    return np.take_along_axis(values, labels[..., np.newaxis], axis=-1)[..., 0]


def _surprisals(logits):
    """Return −log ŷ of each class, both of whose terms are at least 0."""
    shifted, e = shifted_exponentials(logits)
    return np.log1p(sum_of_losers(e)) - shifted


def _label_shares(logits, labels):
    """Return ŷ_i, the sum of the others, and −log ŷ_i."""
    _, e = shifted_exponentials(logits)
    total = e.sum(axis=-1)
    right, wrong = _of_label(e, labels) / total, _of_label(sum_of_others(e), labels) / total
    return right, wrong, _of_label(_surprisals(logits), labels)


def _weighted(logits, labels, weights):
    z, labels = labels_pair(logits, labels)
    weights = real_array(weights, "weights")
    require_shape(weights, z.shape[-1:], "weights")
    if weights.min() < 0:
        raise ValueError(f"weights must not be negative, got {weights.min()}")
    z, weights = same_dtype(z, weights)
    return z, labels, weights


def _questions(logits, targets):
    z, y = binary_pair(logits, targets)
    return logits_array(z), y


def _student_and_teacher(logits, teacher_logits, temperature):
    temperature = positive_number(temperature, "temperature")
    z, v = logits_array(logits), logits_array(teacher_logits, "teacher_logits")
    require_shape(v, z.shape, "teacher_logits")
    z, v = same_dtype(z, v)
    require_representable(temperature, z.dtype, "temperature")
    return z, v, temperature


def _pairs(values, operation):
    return operation(values[..., :, np.newaxis], values[..., np.newaxis, :])


def _products(rows, columns):
    return rows[..., :, np.newaxis] * columns[..., np.newaxis, :]
