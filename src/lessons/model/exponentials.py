"""Exponentials for log-sum-exp that cannot overflow, and sums of them in which no digit cancels."""

import numpy as np


def shifted_exponentials(logits, axis=-1):
    """Shift logits by their maximum m along `axis`: return z_j − m and e_j = exp(z_j − m).

    Softmax does not notice the shift, because numerator and denominator take the same factor
    exp(−m). But now every exponential is at most 1, and the largest is exactly 1.
    """
    shifted = logits - logits.max(axis=axis, keepdims=True)
    return shifted, np.exp(shifted)


def sum_of_losers(exponentials, axis=-1):
    """Return the sum of the exponentials without the winner's 1, and without a subtraction."""
    losers = exponentials.copy()
    winner = exponentials.argmax(axis=axis, keepdims=True)
    np.put_along_axis(losers, winner, 0, axis=axis)
    return losers.sum(axis=axis, keepdims=True)


def sum_of_others(exponentials, axis=-1):
    """Return, for each class j, Σ e_t over all t ≠ j, with every digit right.

    Subtracting e_j from the sum is safe unless j holds nearly all of it, and only the winner can.
    """
    losers = sum_of_losers(exponentials, axis)
    others = (losers - exponentials) + 1
    winner = exponentials.argmax(axis=axis, keepdims=True)
    np.put_along_axis(others, winner, losers, axis=axis)
    return others
