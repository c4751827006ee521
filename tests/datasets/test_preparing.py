import numpy as np
import pytest
from sklearn.preprocessing import StandardScaler

from lessons.datasets import split, standardize

LABELS = np.repeat([0, 1, 2], [30, 60, 12])


def test_split_divides_the_rows_without_loss_or_overlap():
    train, test = split(LABELS, 1 / 3, seed=0)
    assert sorted([*train, *test]) == list(range(len(LABELS)))


def test_split_gives_every_class_its_share():
    train, test = split(LABELS, 1 / 3, seed=4)
    assert np.bincount(LABELS[test]).tolist() == [10, 20, 4]
    assert np.bincount(LABELS[train]).tolist() == [20, 40, 8]


def test_split_shuffles_rows_and_classes():
    for part in split(LABELS, 0.25, seed=1):
        assert (np.diff(part) < 0).any()
        assert (np.diff(LABELS[part]) < 0).any()
    # not always the last rows of a class
    assert not set(range(20, 30)) <= set(split(LABELS, 1 / 3, seed=1)[1].tolist())


def test_the_seed_alone_decides_the_split():
    first, again, other = (split(LABELS, 0.5, seed) for seed in (7, 7, 8))
    np.testing.assert_array_equal(first[1], again[1])
    assert set(first[1]) != set(other[1])


@pytest.mark.parametrize(
    ("labels", "fraction", "error", "message"),
    [
        ([0.0, 1.0], 0.5, TypeError, "integers, got float64"),
        ([True, False], 0.5, TypeError, "integers, got bool"),
        ([[0, 1]], 0.5, ValueError, r"\(n,\).*got \(1, 2\)"),
        (np.zeros(0, int), 0.5, ValueError, "n > 0"),
        ([0, 0, 1, 1], 0, ValueError, "between 0 and 1, got 0"),
        ([0, 0, 1, 1], 1.0, ValueError, "got 1.0"),
        ([0, 0, 1, 1], float("nan"), ValueError, "got nan"),
        ([0, 0, 0, 1], 0.4, ValueError, "class 1 has too few"),
    ],
)
def test_split_refuses(labels, fraction, error, message):
    with pytest.raises(error, match=message):
        split(labels, fraction, seed=0)


def test_standardize_agrees_with_scikit_learn_and_uses_the_training_rows_alone():
    rng = np.random.default_rng(3)
    train, test = rng.normal(5, 3, (40, 4)), rng.normal(2, 1, (7, 4))
    scaler = StandardScaler().fit(train)
    before = train.copy(), test.copy()
    scaled_train, scaled_test = standardize(train, test)
    np.testing.assert_allclose(scaled_train, scaler.transform(train), atol=1e-12)
    np.testing.assert_allclose(scaled_test, scaler.transform(test), atol=1e-12)
    np.testing.assert_array_equal(train, before[0])
    np.testing.assert_array_equal(test, before[1])


def test_a_constant_feature_is_only_centred():
    train = np.column_stack([np.full(3, 0.1), [1.0, 2.0, 3.0]])
    (scaled, other) = standardize(train, np.array([[2.1, 2.0]]))
    np.testing.assert_allclose(scaled[:, 0], 0, atol=1e-15)
    np.testing.assert_allclose(other, [[2.0, 0.0]], atol=1e-15)


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        (([[1.0, np.nan], [2.0, 3.0]],), "missing or infinite values in 1 of"),
        (([[1.0, 2.0]], [[np.inf, 2.0]]), "missing or infinite values in 1 of"),
        (([[1.0, 2.0]], [[1.0, 2.0, 3.0]]), r"\(n, 2\).*got \(1, 3\)"),
        (([1.0, 2.0],), r"got \(2,\)"),
        ((np.zeros((0, 2)),), "no rows"),
    ],
)
def test_standardize_refuses(tables, message):
    with pytest.raises(ValueError, match=message):
        standardize(*tables)
