"""How many classes labels speak of: as their numbers say, if most of these classes are met."""

import numpy as np
import pytest

from lessons.model import fit

X = np.random.default_rng(3).normal(size=(7, 2))


def test_years_are_no_labels():
    years = np.array([2009, 2010, 2009, 2010, 2008, 2009, 2010])
    with pytest.raises(ValueError, match="got 3 different ones up to 2010: number the classes"):
        fit(X, years, 0.1, 2)


@pytest.mark.parametrize(
    "labels", [[0, 1, 2, 0, 1, 2, 0], [1, 1, 1, 1, 1, 1, 1], [0, 3, 3, 1, 0, 0, 1]]
)
def test_labels_of_which_at_least_half_occur_are_taken(labels):
    W, b, _ = fit(X, np.array(labels), 0.1, 2)
    assert W.shape == (max(labels) + 1, 2)
    assert b.shape == (max(labels) + 1,)


def test_more_classes_than_there_are_examples_of_have_to_be_told():
    labels = np.array([0, 9, 0, 9, 0, 9, 0])
    with pytest.raises(ValueError, match="classes=10"):
        fit(X, labels, 0.1, 2)
    W, _, losses = fit(X, labels, 0.1, 2, classes=12)
    assert W.shape == (12, 2)
    np.testing.assert_allclose(losses[0], np.log(12))


@pytest.mark.parametrize("classes", [2, 0, -1])
def test_fewer_classes_than_labels_show_are_refused(classes):
    with pytest.raises(ValueError, match="targets are of 3 classes, got classes="):
        fit(X, np.array([0, 1, 2, 0, 1, 2, 0]), 0.1, 2, classes=classes)


def test_probabilities_say_themselves_how_many_classes_there_are():
    targets = np.full((7, 4), 0.25)
    assert fit(X, targets, 0.1, 1)[0].shape == (4, 2)
    with pytest.raises(ValueError, match="of 4 classes, got classes=5"):
        fit(X, targets, 0.1, 1, classes=5)
