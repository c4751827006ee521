"""Fast path of the mean loss: read losses.py first, which this equals, example by example.

`mean_cross_entropy_with_gradient` is the mean of `cross_entropy` and of `cross_entropy_gradient`,
in one pass over blocks of rows that stay in the cache. What is done to rows follows below it: how
their exponentials are summed without cancellation, and what NumPy does fastest for which length.
"""

from functools import reduce

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lessons.model.checks import class_pair, require_finite_logits

_BLOCK_BYTES = 2**20  # of logits: they and their gradient fit in the cache of one core


def mean_cross_entropy_with_gradient(
    logits: ArrayLike, targets: ArrayLike
) -> tuple[np.floating, NDArray[np.floating]]:
    """Mean cross-entropy of a batch and its gradient with respect to the logits, (Ŷ − Y)/n.

    Parameters
    ----------
    logits : array, shape (..., K)
        Unnormalised log-probabilities, in nats, of n ≥ 1 examples.
    targets : int array, shape (...,), or float array, shape (..., K)
        Labels 0 ≤ i < K, or probabilities that sum to 1.

    Returns
    -------
    loss : floating scalar
        The mean loss over the n examples, in nats.
    gradient : array, shape (..., K)
        Of that mean: each example's ŷ − y divided by n.

    Raises
    ------
    ValueError
        No example, a label outside 0..K−1, targets that do not sum to 1, shapes that do not match,
        a NaN.
    TypeError
        A dtype that is neither floating (float32, float64) nor integer.

    Notes
    -----
    Derivation: notebook 06.
    """
    z, targets = class_pair(logits, targets, check_finite=False)
    if z.size == 0:
        raise ValueError(f"a mean needs at least one example, got logits of shape {z.shape}")
    gradient = np.empty_like(z)
    in_blocks = _labels_in_blocks if targets.dtype.kind == "i" else _probabilities_in_blocks
    # Exponentials may overflow, and their sums be inf − inf: such a block is shifted, or refused.
    with np.errstate(over="ignore", invalid="ignore"):  # also brings NumPy's buffers back to size
        if z.shape[-1] > 150:
            np.setbufsize(128)  # less than a row: NumPy would repeat each row's factor in a buffer
        return z.dtype.type(in_blocks(z, targets, gradient)), gradient


def _labels_in_blocks(logits, labels, gradient):
    """Write (Ŷ − Y)/n into `gradient` and return the mean loss.

    The three lines of notebook 06 read and write whole (n, K) arrays in main memory five times.
    Here a block of examples stays in the cache until its gradient is done, and is worked on where
    the gradient will be, so that hardly any scratch memory is needed. Two things about NumPy decide
    the rest: it is slow at reducing and shifting short rows, and fast at whole blocks. So the sums
    over the classes are a product with a vector of ones; and the largest logit of each row is only
    subtracted once a block has been seen whose exponentials come near overflow or underflow.

    Classes along the first axis of a scratch block would make every reduction a sum of long rows,
    but turning the block over and back takes more time than that saves.
    """
    Z, G, labels = _rows(logits), _rows(gradient), labels.ravel()
    one_nth = 1 / Z.dtype.type(len(Z))
    low = np.finfo(Z.dtype).tiny ** 0.42  # e^{−297} in float64, e^{−36} in float32
    one_per_class = np.ones(Z.shape[1], Z.dtype)
    shift, mean_loss = False, 0.0
    for block, first in _blocks(Z):
        z, e = Z[block], G[block]
        label = first + labels[block]
        if not shift:
            smallest, e_label, others, total = _exponentials_and_sums(z, label, e, one_per_class)
            if not (low < smallest and total.max() < 1 / low):
                require_finite_logits(logits)
                shift = True
        if shift:
            z = z - _largest_of_rows(z)
            _, e_label, others, total = _shifted_exponentials_and_sums(
                z, label, e, one_per_class, len(Z)
            )
            # Here the total is at least 1, and where the label wins e_label is exactly 1.
            losses = np.log1p(others + (e_label - 1)) - z.reshape(-1)[label]
        else:
            losses = np.log1p(others / e_label)
        mean_loss += _part_of_mean(losses, len(Z))
        e.reshape(-1)[label] = -others
        _multiply_rows(e, one_nth / total)
    return mean_loss


def _probabilities_in_blocks(logits, targets, gradient):
    """Do the same for probability targets, always shifted by each row's winner.

    In e_j/S − y_j no digit cancels that matters, unless e_j is nearly all of the sum S. Only the
    winner's e_j = 1 can be: its component is (1 − y_j − y_j Σ_{t≠j} e_t)/S, as for one example.
    """
    require_finite_logits(logits)
    Z, G, Y = _rows(logits), _rows(gradient), _rows(targets)
    one_nth = 1 / Z.dtype.type(len(Z))
    one_per_class = np.ones(Z.shape[1], Z.dtype)
    mean_loss = 0.0
    for block, first in _blocks(Z):
        y, e = Y[block], G[block]
        winner = first + Z[block].argmax(axis=1)
        z = Z[block] - Z[block].reshape(-1)[winner][:, np.newaxis]
        _, _, losers, total = _shifted_exponentials_and_sums(z, winner, e, one_per_class, len(Z))
        losses = np.log1p(losers) - np.vecdot(y, z)  # no z is above 0: nothing cancels
        mean_loss += _part_of_mean(losses, len(Z))
        factors, y_winner = one_nth / total, y.reshape(-1)[winner]
        _multiply_rows(e, factors)
        e -= one_nth * y
        e.reshape(-1)[winner] = ((1 - y_winner) - y_winner * losers) * factors
    return mean_loss


def _rows(array):
    return array.reshape(-1, array.shape[-1])


def _blocks(logits):
    """Yield each block's rows, and where each of them begins in the block as one long row."""
    n, classes = logits.shape
    rows = min(n, max(1, _BLOCK_BYTES // (logits.itemsize * classes)))
    first = np.arange(0, rows * classes, classes)
    for start in range(0, n, rows):
        yield slice(start, start + rows), first[: n - start]


def _part_of_mean(losses, n):
    part = losses.sum(dtype=np.float64) / n
    return part if part < np.inf else (losses / n).sum()  # the sum may overflow, the mean cannot


def _exponentials_and_sums(z, left_out, e, one_per_class):
    """Write exp(z) into `e`, with 0 at one place of each row, its label's, say.

    Return the smallest, those left out, the sums of the others and the sums of all. Subtracting
    the label's from the sum of all would cancel.
    """
    flat = e.reshape(-1)
    np.exp(z, out=e)
    smallest, e_left = flat.min(), flat[left_out]
    flat[left_out] = 0
    others = e.dot(one_per_class)  # as `@`, which takes several times as long to start
    return smallest, e_left, others, others + e_left


def _shifted_exponentials_and_sums(z, left_out, e, one_per_class, n):
    """Do the same for rows whose largest is 0, as fast where exponentials all but vanish.

    Processors take a hundred times as long for numbers below the smallest normal one, `tiny`. An
    e_j < n·tiny would make a component e_j/(n·S) below it, since S ≥ 1, and becomes 0. Sums count
    such e_j only where they consist of them: there the class left out wins, with e = 1.
    """
    number = np.finfo(z.dtype)
    faint = z.dtype.type(np.log(n) + np.log(number.tiny) - 0.01)
    if z.min() > faint:
        return _exponentials_and_sums(z, left_out, e, one_per_class)
    faintest, e_left, others, total = _exponentials_and_sums(
        np.maximum(z, faint, out=e), left_out, e, one_per_class
    )
    faintest *= 1.001
    e *= (e > faintest).astype(e.dtype)  # a product with booleans would be cast piece by piece
    alone = others * number.eps < z.shape[1] * faintest
    if alone.any():
        rivals = np.exp(z[alone])
        rivals[rivals == 1] = 0
        others[alone] = rivals.dot(one_per_class)
    return faintest, e_left, others, total


def _multiply_rows(e, factors):
    """Multiply each row by its factor, in place."""
    if e.shape[1] <= 5:  # very short rows: column by column is twice as fast
        for column in e.T:
            column *= factors
    elif e.shape[1] <= 60:  # short rows: one long product is faster than many short ones
        flat = e.reshape(-1)
        flat *= factors.repeat(e.shape[1])
    else:
        e *= factors[:, np.newaxis]


def _largest_of_rows(z):
    """Return the largest number of each row, as one column."""
    # Short rows: column by column is up to seven times as fast.
    largest = z.max(axis=1) if z.shape[1] > 60 else reduce(np.maximum, z.T)
    return largest[:, np.newaxis]
