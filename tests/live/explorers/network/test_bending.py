"""BendingExplorer shows real gradient descent of a network with one hidden layer."""

import numpy as np
import pytest

from lessons.live.explorers.network.bending import FINE, NAMES, RATES, REACH, examples, fold_lines
from lessons.model import fit_two_layers, two_layer_logits


@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_parameters_and_losses_are_those_of_training(make, activation):
    explorer = make("BendingExplorer", units=4, activation=activation, steps=20)
    X, labels = examples("two moons")
    parameters, losses = fit_two_layers(X, labels, 4, 0.3, 20, activation, seed=3)
    for shown, trained in zip(explorer.parameters, parameters, strict=True):
        np.testing.assert_allclose(shown, trained, rtol=1e-12)
    np.testing.assert_allclose(explorer.losses, losses, rtol=1e-12)


def test_the_map_shows_who_wins_where(make):
    explorer = make("BendingExplorer", steps=50)
    line = np.linspace(-REACH, REACH, FINE)
    for row, column in ((0, 0), (40, 7), (13, 66)):
        z = two_layer_logits(np.array([line[column], line[row]]), *explorer.parameters)
        assert explorer.winners[row, column] == z.argmax()


def test_on_its_fold_a_unit_is_0():
    rng = np.random.default_rng(1)
    V, c = rng.normal(size=(5, 2)), rng.normal(size=5)
    for m, ends in enumerate(fold_lines(V, c)):
        np.testing.assert_allclose(ends @ V[m] + c[m], 0, atol=1e-12)
        assert np.linalg.norm(ends[1] - ends[0]) > 4 * REACH


@pytest.mark.parametrize("name", NAMES)
def test_the_border_learns_what_a_straight_one_cannot(make, name):
    explorer = make("BendingExplorer", data=name, units=12, learning_rate=RATES[-1], steps=300)
    one = make("BendingExplorer", data=name, units=1, learning_rate=RATES[-1], steps=300)
    assert explorer.accuracy > max(0.85, one.accuracy)
