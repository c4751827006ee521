"""What is done to the rows of a block of logits, in the ways in which NumPy is fast."""

from functools import reduce

import numpy as np


def exponentials_and_sums(z, left_out, e, one_per_class):
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


def shifted_exponentials_and_sums(z, left_out, e, one_per_class, n):
    """Do the same for rows whose largest is 0, as fast where exponentials all but vanish.

    Processors take a hundred times as long for numbers below the smallest normal one, `tiny`. An
    e_j < n·tiny would make a component e_j/(n·S) below it, since S ≥ 1, and becomes 0. Sums count
    such e_j only where they consist of them: there the class left out wins, with e = 1.
    """
    number = np.finfo(z.dtype)
    faint = z.dtype.type(np.log(n) + np.log(number.tiny) - 0.01)
    if z.min() > faint:
        return exponentials_and_sums(z, left_out, e, one_per_class)
    faintest, e_left, others, total = exponentials_and_sums(
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


def multiply_rows(e, factors):
    """Multiply each row by its factor, in place."""
    if e.shape[1] <= 5:  # very short rows: column by column is twice as fast
        for column in e.T:
            column *= factors
    elif e.shape[1] <= 60:  # short rows: one long product is faster than many short ones
        flat = e.reshape(-1)
        flat *= factors.repeat(e.shape[1])
    else:
        e *= factors[:, np.newaxis]


def largest_of_rows(z):
    """Return the largest number of each row, as one column."""
    # Short rows: column by column is up to seven times as fast.
    largest = z.max(axis=1) if z.shape[1] > 60 else reduce(np.maximum, z.T)
    return largest[:, np.newaxis]
