"""Calibration: does it happen as often as it is said? Reliability, its error, and temperature."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lessons.model.activations import softmax
from lessons.model.checks import count_number, labels_pair
from lessons.model.losses import cross_entropy_gradient

HALVINGS = 60  # of an interval: more digits than a float has


class Reliability(NamedTuple):
    """Reliability diagram in numbers: one entry for each bin of confidence, all of shape (bins,).

    Attributes
    ----------
    share : array
        Share of the examples whose largest probability lies in the bin.
    confidence : array
        Mean of their largest probability; NaN in an empty bin.
    accuracy : array
        Share of them whose guess is right; NaN in an empty bin.
    """

    share: NDArray[np.floating]
    confidence: NDArray[np.floating]
    accuracy: NDArray[np.floating]


def reliability(logits: ArrayLike, labels: ArrayLike, bins: int = 10) -> Reliability:
    """Reliability diagram: in bins of equal width over [0, 1], what is said and what happens.

    Parameters
    ----------
    logits : array, shape (..., K)
        Of n ≥ 1 examples, in nats.
    labels : int array, shape (...,)
        From 0 to K − 1.
    bins : int
        How many, at least 1. A confidence on the border of two belongs to the upper one.

    Returns
    -------
    Reliability

    Raises
    ------
    ValueError
        No example, no bin, a label outside 0..K−1, shapes that do not match, a NaN.
    TypeError
        Labels or bins that are no integers, logits of another dtype than float32, float64 and
        integers.

    Notes
    -----
    Derivation: notebook 11.

    Examples
    --------
    >>> reliability([[0.0, 0.0], [0.0, 0.0]], [0, 1], bins=1).accuracy.tolist()
    [0.5]
    """
    z, labels = _examples(logits, labels)
    bins = count_number(bins, "bins", 1)
    confidence = softmax(z).max(axis=-1)
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    count = np.bincount(place, minlength=bins)
    sums = (np.bincount(place, one, bins) for one in (confidence, z.argmax(axis=-1) == labels))
    means = (np.where(count > 0, one / np.maximum(count, 1), np.nan) for one in sums)
    return Reliability(*(one.astype(z.dtype) for one in (count / len(z), *means)))


def calibration_error(logits: ArrayLike, labels: ArrayLike, bins: int = 10) -> np.floating:
    """Return the expected calibration error (ECE): accuracy against confidence over the bins.

    Parameters
    ----------
    logits : array, shape (..., K)
        Of n ≥ 1 examples, in nats.
    labels : int array, shape (...,)
        From 0 to K − 1.
    bins : int
        How many bins of equal width, at least 1.

    Returns
    -------
    floating scalar
        Within [0, 1]; each bin counts with its share of the examples.

    Raises
    ------
    ValueError
        As `reliability`.
    TypeError
        As `reliability`.

    References
    ----------
    Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural networks", ICML 2017.

    Notes
    -----
    Derivation: notebook 11.
    """
    share, confidence, accuracy = reliability(logits, labels, bins)
    return (share * np.where(share > 0, abs(accuracy - confidence), 0)).sum()


def fit_temperature(logits: ArrayLike, labels: ArrayLike) -> np.floating:
    """Temperature scaling: the T for which softmax(z/T) has the smallest mean cross-entropy.

    The loss is convex in the coldness c = 1/T, and its slope there is the mean of (ŷ − y)·z, which
    has one zero; it is found by halving an interval.

    Parameters
    ----------
    logits : array, shape (..., K)
        Of n ≥ 1 examples that took no part in training, in nats.
    labels : int array, shape (...,)
        From 0 to K − 1.

    Returns
    -------
    floating scalar
        Greater than 0. No guess changes: the order of the logits is that of z/T.

    Raises
    ------
    ValueError
        There is no best T: all labels have the largest logit (the colder, the better), or no larger
        logits than the others on the average (the hotter, the better); else as `cross_entropy`.
    TypeError
        Labels that are no integers, logits of another dtype than float32, float64 and integers.

    References
    ----------
    Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural networks", ICML 2017.

    Notes
    -----
    Derivation: notebook 11, "The coldness that fits".
    """
    z, i = _examples(logits, labels)
    # T grows as the logits do: in units of a power of two, which costs no digit, they are about 1.
    exponent = np.frexp(np.abs(z).max())[1]
    z = np.ldexp(z, -exponent)
    leads = z - np.take_along_axis(z, i[:, np.newaxis], axis=-1)  # over the label; its own is 0
    if leads.max() <= 0:
        raise ValueError("expected a guess that is wrong, got none: the smaller T, the better")
    if leads.mean() >= 0:
        raise ValueError(
            "expected labels whose logits exceed the mean, on the average, got "
            f"{np.ldexp(-leads.mean(), exponent)} above it: the larger T, the better"
        )

    def slope(coldness):
        return (cross_entropy_gradient(coldness * leads, i) * leads).sum()

    low, high = 0.0, 1.0
    while slope(high) < 0:
        low, high = high, 2 * high
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if slope(middle) < 0 else (low, middle)
    return z.dtype.type(np.ldexp(2 / (low + high), exponent))


def _examples(logits, labels):
    """Return logits of shape (n, K) and labels of shape (n,), of one example at least."""
    z, labels = labels_pair(logits, labels)
    if labels.size == 0:
        raise ValueError(f"expected at least one example, got logits of shape {z.shape}")
    return z.reshape(-1, z.shape[-1]), labels.ravel()
