"""SaturationExplorer draws two gradients, of which one dies where the prediction is wrong."""

import math

import numpy as np
import pytest

from lessons.model import numerical_gradient


@pytest.mark.parametrize(("z", "y"), [(-3.0, 1.0), (8.0, 0.0), (-8.0, 1.0), (0.7, 0.4)])
def test_both_points_are_derivatives_of_their_losses(make, z, y):
    explorer = make("SaturationExplorer", z=z, y=y)

    def p(t):
        return 1 / (1 + math.exp(-t))

    def cross_entropy(t):
        return -y * math.log(p(t)) - (1 - y) * math.log(1 - p(t))

    def squared_error(t):
        return (p(t) - y) ** 2

    assert explorer.gradient == pytest.approx(numerical_gradient(cross_entropy, z), abs=1e-8)
    assert explorer.squared_gradient == pytest.approx(
        numerical_gradient(squared_error, z), abs=1e-9
    )
    assert explorer._point.get_xydata().tolist() == [[z, explorer.gradient]]
    assert explorer._squared_point.get_xydata().tolist() == [[z, explorer.squared_gradient]]


def test_curves_pass_through_their_points(make):
    explorer = make("SaturationExplorer", z=-2.0, y=0.8)
    for curve, value in (
        (explorer._curve, explorer.gradient),
        (explorer._squared, explorer.squared_gradient),
    ):
        assert np.interp(-2.0, *curve.get_xydata().T) == pytest.approx(value, abs=1e-12)


def test_where_the_prediction_is_wrong_and_sure_only_cross_entropy_says_so(make):
    explorer = make("SaturationExplorer", z=-8.0, y=1.0)
    assert explorer.gradient < -0.999
    assert abs(explorer.squared_gradient) < 1e-3
