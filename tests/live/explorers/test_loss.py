"""LossExplorer draws −ln ŷ_i twice, over the probability and over the logit."""

import math

import numpy as np
import pytest


@pytest.mark.parametrize("K", [2, 3, 6])
@pytest.mark.parametrize(("label", "others"), [(0.0, 0.0), (-4.0, 4.0), (3.0, -1.0)])
def test_both_points_lie_at_the_loss(make, K, label, others):
    explorer = make("LossExplorer", K=K, z_label=label, z_others=others)
    p = math.exp(label) / (math.exp(label) + (K - 1) * math.exp(others))
    assert explorer.probability == pytest.approx(p, rel=1e-13)
    assert explorer.loss == pytest.approx(-math.log(p), rel=1e-12)
    assert explorer._here.get_xydata().tolist() == [[explorer.probability, explorer.loss]]
    assert explorer._there.get_xydata().tolist() == [[label, explorer.loss]]
    assert (explorer._level.xy1, explorer._level.xy2) == (
        (explorer.probability, explorer.loss),
        (label, explorer.loss),
    )


def test_the_right_curve_follows_the_other_logits(make):
    explorer = make("LossExplorer", K=4, z_others=1.5)
    z, loss = explorer._curve.get_xydata().T
    np.testing.assert_allclose(loss, np.log(np.exp(z) + 3 * np.exp(1.5)) - z, rtol=1e-12)


@pytest.mark.parametrize("K", [2, 5])
def test_equal_logits_cost_the_logarithm_of_the_number_of_classes(make, K):
    explorer = make("LossExplorer", K=K, z_label=1.3, z_others=1.3)
    assert explorer.loss == pytest.approx(math.log(K), rel=1e-14)
    assert explorer.chance == math.log(K)
    assert all(line.get_ydata() == [math.log(K)] * 2 for line in explorer._chance)
    assert f"{K}" in explorer._chance_name.get_text()


def test_no_loss_leaves_the_panels(make):
    explorer = make("LossExplorer", K=6, z_label=-4.0, z_others=4.0)
    assert explorer.loss < explorer._here.axes.get_ylim()[1]
