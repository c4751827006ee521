"""SoftTargetExplorer splits cross-entropy into the target's entropy and the divergence from it."""

import math

import numpy as np
import pytest

CASES = [(0.9, 2 / 3), (1 / 20, 1.0), (19 / 20, 0.0), (0.5, 0.5), (0.2, 1 / 60), (2 / 3, 2 / 3)]


def times_log(weight, value):
    return weight * math.log(value) if weight else 0.0


def naive(p, y):
    """Cross-entropy, entropy and Kullback–Leibler divergence, each by its own definition."""
    return (
        -times_log(y, p) - times_log(1 - y, 1 - p),
        -times_log(y, y) - times_log(1 - y, 1 - y),
        times_log(y, y / p) + times_log(1 - y, (1 - y) / (1 - p)),
    )


@pytest.mark.parametrize(("p", "y"), CASES)
def test_the_loss_is_the_entropy_and_the_divergence(make, p, y):
    explorer = make("SoftTargetExplorer", p=p, y=y)
    loss, entropy, divergence = naive(p, y)
    assert explorer.loss == pytest.approx(loss, rel=1e-12)
    assert explorer.entropy == pytest.approx(entropy, abs=1e-12)
    assert explorer.divergence == pytest.approx(divergence, abs=1e-12)
    assert explorer.divergence > -1e-15
    assert explorer._point.get_xydata().tolist() == [[p, explorer.loss]]
    (x, foot), (_, top) = explorer._below.get_xydata()
    assert (x, foot, top) == (p, 0, explorer.entropy)
    np.testing.assert_allclose(explorer._above.get_ydata(), [explorer.entropy, explorer.loss])


@pytest.mark.parametrize("y", [0.0, 1 / 60, 0.25, 0.5, 2 / 3, 1.0])
def test_the_curve_touches_the_floor_at_the_target_and_nowhere_lies_below(make, y):
    explorer = make("SoftTargetExplorer", y=y)
    grid, curve = explorer._curve.get_xydata().T
    np.testing.assert_allclose(curve, [naive(p, y)[0] for p in grid], rtol=1e-10)
    floor = explorer._floor.get_ydata()[0]
    assert (curve >= floor - 1e-15).all()
    assert grid[curve.argmin()] == pytest.approx(y, abs=0.0021)
    assert curve.min() - floor < 0.003


def test_the_button_sets_the_prediction_to_the_target_or_next_to_it(make):
    explorer = make("SoftTargetExplorer", y=0.25)
    button = explorer.children[1].children[0].children[1]
    button.click()
    assert explorer.probability == pytest.approx(0.25)
    assert explorer.divergence == pytest.approx(0, abs=1e-12)
    explorer.y.value = 1.0
    button.click()
    assert explorer.probability == pytest.approx(19 / 20)


def test_hands_move_the_prediction_and_the_target_apart(make):
    explorer = make("SoftTargetExplorer")
    target, prediction = explorer.handles(explorer.shown)
    target.move(0.5, 0.0)
    prediction.move(-3.0, 0.0)
    assert (explorer.target, explorer.probability) == pytest.approx((0.5, 1 / 20))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [({"p": 0.0}, r"ŷ must start between 0\.05 and 0\.95, got 0"), ({"y": 2}, "y must start")],
)
def test_no_probability_is_refused(make, arguments, words):
    with pytest.raises(ValueError, match=words):
        make("SoftTargetExplorer", **arguments)
