"""ProbabilitiesExplorer draws softmax: a common shift leaves it alone, and for K = 2 it is σ."""

import math

import numpy as np
import pytest


def test_bars_are_shifted_logits_and_their_softmax(make):
    explorer = make("ProbabilitiesExplorer", logits=(2.0, 1.0, -1.0, 0.0), shift=-1.5)
    e = np.exp([2.0, 1.0, -1.0, 0.0])
    drawn = [patch.get_height() for patch in explorer._inputs[:4]]
    np.testing.assert_allclose(drawn, [0.5, -0.5, -2.5, -1.5])
    drawn = [patch.get_height() for patch in explorer._outputs[:4]]
    np.testing.assert_allclose(drawn, e / e.sum(), rtol=1e-14)


def test_a_common_shift_moves_logits_and_no_probability(make):
    explorer = make("ProbabilitiesExplorer", logits=(2.0, 1.0, -1.0))
    before = explorer.probabilities
    for c in (-4.0, 3.3, 4.0):
        explorer.shift.value = c
        np.testing.assert_allclose(explorer.probabilities, before, rtol=1e-14)
        assert explorer._level.get_ydata() == [c, c]
        np.testing.assert_allclose(explorer.shifted, np.array([2.0, 1.0, -1.0]) + c)


def test_two_classes_show_the_sigmoid_of_the_difference(make):
    explorer = make("ProbabilitiesExplorer", logits=(0.5, 2.0), shift=1.0)
    assert explorer._right.get_visible()
    assert explorer.difference == pytest.approx(1.5)
    assert explorer.sigmoid == pytest.approx(1 / (1 + math.exp(-1.5)), rel=1e-14)
    assert explorer.probabilities[1] == pytest.approx(explorer.sigmoid, rel=1e-14)
    assert explorer._point.get_xydata().tolist() == [[explorer.difference, explorer.sigmoid]]
    explorer.K.value = 3
    assert not explorer._right.get_visible()
    assert explorer.sigmoid is None


def test_too_many_logits_are_refused(make):
    with pytest.raises(ValueError, match="K must start between 2 and 6, got 7"):
        make("ProbabilitiesExplorer", logits=(0.0,) * 7)
