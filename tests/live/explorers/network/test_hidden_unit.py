"""HiddenUnitExplorer: what it shows is the derivative of the loss by the unit's number."""

import numpy as np
import pytest

from lessons.live.explorers.network.hidden_unit import START, W

PHI = {"relu": lambda a: np.maximum(a, 0), "tanh": np.tanh}


def loss(a, unit, target, activation):
    units = np.array(START)
    units[unit] = a
    z = W @ PHI[activation](units)
    return np.log(np.exp(z).sum()) - z[target]


@pytest.mark.parametrize("activation", PHI)
@pytest.mark.parametrize(("a", "unit", "target"), [(1.0, 0, 1), (-2.0, 2, 0), (0.6, 3, 2)])
def test_the_gradient_is_the_slope_of_the_loss(make, activation, a, unit, target):
    explorer = make("HiddenUnitExplorer", a=a, unit=unit, target=target, activation=activation)
    h = 1e-5
    ends = [loss(a + way * h, unit, target, activation) for way in (-1, 1)]
    assert explorer.delta == pytest.approx((ends[1] - ends[0]) / (2 * h), rel=1e-6, abs=1e-9)
    assert explorer.loss == pytest.approx(loss(a, unit, target, activation))
    assert explorer.delta == pytest.approx(explorer.seen * explorer.slope)


def test_the_bars_are_the_shares_of_the_gap_and_their_sum(make):
    explorer = make("HiddenUnitExplorer", unit=1, target=0)
    heights = [bar.get_height() for bar in explorer._bars]
    np.testing.assert_allclose(heights[:3], W[:, 1] * explorer.gradient)
    assert heights[3] == pytest.approx(sum(heights[:3]))


def test_a_unit_that_is_off_passes_nothing_of_what_arrives(make):
    explorer = make("HiddenUnitExplorer", a=-1.0)
    assert explorer.delta == 0
    assert abs(explorer.seen) > 0.1
