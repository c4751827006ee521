"""From a table to a fair test: split by class, standardise with what the training rows know."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def split(
    labels: ArrayLike, test_fraction: float, seed: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Divide the examples into training and test rows, shuffled, with each class in its share.

    Parameters
    ----------
    labels : int array, shape (n,)
        Class of each example.
    test_fraction : float
        Share of each class that goes to the test rows, strictly between 0 and 1; each class's
        number of test rows is rounded to the nearest integer.
    seed : int
        The same seed gives the same split.

    Returns
    -------
    train, test : int arrays
        Row numbers, disjoint, together 0 … n − 1, in random order.

    Raises
    ------
    ValueError
        No labels, not one dimension, a fraction outside (0, 1), a class too small for both parts.
    TypeError
        Labels that are not integers.
    """
    labels = _checked_labels(labels)
    if not 0 < test_fraction < 1:
        raise ValueError(f"test_fraction must lie strictly between 0 and 1, got {test_fraction}")
    random = np.random.default_rng(seed)
    parts = [_split_one_class(labels, c, test_fraction, random) for c in np.unique(labels)]
    train, test = (np.concatenate(part) for part in zip(*parts, strict=True))
    return random.permutation(train), random.permutation(test)


def standardize(train: ArrayLike, *others: ArrayLike) -> tuple[NDArray[np.float64], ...]:
    """Subtract the training rows' means and divide by their standard deviations.

    The other tables (a test set, say) use the *training* rows' numbers: a test set that helps to
    choose the scale is no longer a test. A feature that is constant in the training rows is only
    centred.

    Parameters
    ----------
    train : float array, shape (n, d)
        Rows that give means and standard deviations (divisor n).
    *others : float arrays, shapes (m, d)
        Rows to be put on the same scale.

    Returns
    -------
    tuple of float64 arrays
        `train` and each of `others`, standardised; the inputs are not written to.

    Raises
    ------
    ValueError
        No training rows, a table with another number of features, a missing or infinite value.
    """
    tables = [np.asarray(table, dtype=np.float64) for table in (train, *others)]
    for table in tables:
        _check_table(table, tables[0])
    means, deviations = tables[0].mean(axis=0), tables[0].std(axis=0)
    constant = np.ptp(tables[0], axis=0) == 0  # rounding can make such a deviation 1e-17, not 0
    return tuple((table - means) / np.where(constant, 1.0, deviations) for table in tables)


def _checked_labels(labels):
    labels = np.asarray(labels)
    if labels.dtype.kind not in "iu":
        raise TypeError(f"labels must be integers, got {labels.dtype}")
    if labels.ndim != 1 or labels.size == 0:
        raise ValueError(f"labels must have shape (n,) with n > 0, got {labels.shape}")
    return labels


def _split_one_class(labels, label, test_fraction, random):
    rows = random.permutation(np.flatnonzero(labels == label))
    tests = round(test_fraction * len(rows))
    if not 0 < tests < len(rows):
        raise ValueError(
            f"class {label} has too few examples ({len(rows)}): a test fraction of {test_fraction} "
            "leaves none of them on one side"
        )
    return rows[tests:], rows[:tests]


def _check_table(table, train):
    if table.ndim != 2 or train.ndim != 2 or table.shape[1] != train.shape[1]:
        raise ValueError(
            f"every table must have shape (n, {train.shape[-1]}) as the training rows, "
            f"got {table.shape}"
        )
    if len(train) == 0:
        raise ValueError("the training table has no rows: no mean can be taken")
    if not np.isfinite(table).all():
        bad = int((~np.isfinite(table)).any(axis=1).sum())
        raise ValueError(
            f"missing or infinite values in {bad} of {len(table)} rows: first decide what "
            "to do with them, for instance keep X[~np.isnan(X).any(axis=1)]"
        )
