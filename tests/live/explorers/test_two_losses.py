"""TwoLossesExplorer descends on two losses, whose valleys are those that a grid shows."""

from itertools import pairwise

import numpy as np
import pytest

from lessons.live.explorers.two_losses import RATES, STEPS

X, Y = np.array([6, 2, -4, -5, -10.0]), np.array([1, 0, 1, 1, 0.0])
ONE = {"x": (0,), "y": (1,), "rate": 1.0, "letter": "z"}
SOFT = {"x": (3, -1.5), "y": (0.3, 0.85), "rate": 3.0}


def textbook(b, x=X, y=Y):
    """Both mean losses as they are written, without any care for their digits."""
    p = 1 / (1 + np.exp(-(np.asarray(x, float) + np.reshape(b, (-1, 1)))))
    y = np.asarray(y, float)
    entropy = -np.where(y == 0, 0, y * np.log(p)) - np.where(y == 1, 0, (1 - y) * np.log(1 - p))
    return np.array([entropy.mean(axis=1), ((p - y) ** 2).mean(axis=1)])


def measured_slope(b, *examples, h=1e-5):
    """Central differences of both losses."""
    return ((textbook(b + h, *examples) - textbook(b - h, *examples)) / (2 * h))[:, 0]


def valleys(losses, grid):
    inside = np.flatnonzero((losses[1:-1] < losses[:-2]) & (losses[1:-1] < losses[2:]))
    return grid[1 + inside]


@pytest.mark.parametrize("example", [{}, ONE, SOFT], ids=["five", "one", "soft"])
@pytest.mark.parametrize("steps", [0, 1, 7])
def test_each_step_goes_against_the_measured_slope(make, example, steps):
    explorer = make("TwoLossesExplorer", **example, start=-2.0, steps=steps)
    examples = example.get("x", X), example.get("y", Y)
    for k, path in enumerate((explorer.entropy_path, explorer.squared_path)):
        assert len(path) == steps + 1
        assert path[0] == -2.0
        for here, there in pairwise(path):
            slope = measured_slope(here, *examples)[k]
            assert there == pytest.approx(here - explorer.rate.value * slope, abs=1e-6)
        end = textbook(path[-1], *examples)[k, 0], measured_slope(path[-1], *examples)[k]
        kind = ("entropy", "squared")[k]
        assert getattr(explorer, f"{kind}_place") == path[-1]
        assert getattr(explorer, f"{kind}_loss") == pytest.approx(end[0], rel=1e-10)
        assert getattr(explorer, f"{kind}_slope") == pytest.approx(end[1], abs=1e-8)


@pytest.mark.parametrize("start", [-14.0, -5.0, 0.5, 1.0, 3.0, 18.0])
def test_squared_error_ends_in_the_valley_that_it_began_in_and_cross_entropy_in_its_only_one(
    make, start
):
    explorer = make("TwoLossesExplorer", start=start, steps=STEPS[-1])
    grid = np.linspace(-16, 20, 36001)
    entropy, squared = textbook(grid)
    (only,), both = valleys(entropy, grid), valleys(squared, grid)
    assert explorer.entropy_place == pytest.approx(only, abs=2e-3)
    hill = grid[np.argmax(np.where((both[0] < grid) & (grid < both[1]), squared, 0))]
    own = both[int(start > hill)]
    assert explorer.squared_place == pytest.approx(own, abs=2e-3)
    assert explorer.squared_loss == pytest.approx(textbook(own)[1, 0], abs=1e-6)


def test_sure_and_wrong_cross_entropy_needs_nine_steps_and_squared_error_a_thousand_and_more(make):
    explorer = make("TwoLossesExplorer", **ONE, start=-8.0, steps=STEPS[-1])
    squared, z = 0, -8.0
    while z < 0:
        p = 1 / (1 + np.exp(-z))
        z, squared = z - 2 * (p - 1) * p * (1 - p), squared + 1
    assert np.argmax(explorer.entropy_path >= 0) == 9
    assert np.argmax(explorer.squared_path >= 0) == squared > 1000


def test_points_lie_on_their_curves_and_one_that_leaves_the_axes_leaves_the_picture(make):
    explorer = make("TwoLossesExplorer", **ONE, start=-8.0, steps=4)
    for ball, loss, place in zip(
        explorer._balls,
        (explorer.entropy_loss, explorer.squared_loss),
        (explorer.entropy_place, explorer.squared_place),
        strict=True,
    ):
        ring, trail, point = ball
        assert ring.get_xdata() == [-8.0]
        assert len(trail.get_xdata()) == 4
        assert point.get_xydata().tolist() == [[place, pytest.approx(loss, abs=1e-12)]]
        assert point.get_visible()
    explorer.rate.value = RATES[-1]
    assert not explorer._balls[0][2].get_visible()
    assert explorer.error is None


def test_a_hand_takes_a_ring_to_another_start_and_the_line_to_another_step(make):
    explorer = make("TwoLossesExplorer", steps=STEPS[-1])
    before = explorer.squared_place
    rings, line = explorer.handles(explorer.shown)[:2], explorer.handles(explorer.shown)[2]
    for ring in rings:
        ring.move(3.1, 0.0)
        assert explorer.start.value == 3.0
        assert explorer.squared_place > before + 10
        explorer.start.value = -1.0
    line.move(np.log10(100), 0.0)
    assert explorer.steps.value == 99
    line.move(-5.0, 0.0)
    assert explorer.steps.value == 0


def test_playing_goes_through_the_listed_steps_and_on_from_where_a_hand_rests(make):
    explorer = make("TwoLossesExplorer")
    explorer._play.value = 12
    assert explorer.steps.value == STEPS[12]
    explorer.steps.value = STEPS[20]
    assert explorer._play.value == 20
    explorer._play.value = explorer._play.max
    assert explorer.steps.value == STEPS[-1]


def test_rest_is_where_all_further_steps_are(make):
    explorer = make("TwoLossesExplorer", start=3.0, steps=STEPS[-1])
    path, b = explorer.entropy_path, 3.0
    for n in range(200):
        assert path[n] == pytest.approx(b, abs=1e-9)
        b -= 10 * (1 / (1 + np.exp(-(X + b))) - Y).mean()
    assert path[-1] == pytest.approx(b, abs=1e-9)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"x": (1, 2)}, "x and y must have one number for each example"),
        ({"x": (), "y": ()}, "x and y must have one number for each example"),
        ({"y": (1, 0, 1, 1, 2)}, r"x must be finite and y within \[0, 1\]"),
        ({"x": (float("inf"), 0, 0, 0, 0)}, r"x must be finite and y within \[0, 1\]"),
        ({"start": 40.0}, r"start of b must start between -14\.0 and 18\.0, got 40"),
        ({"rate": 0.5}, r"learning rate η must start between 1\.0 and 1000\.0, got 0\.5"),
        ({"steps": 2001}, "steps must start between 0 and 2000, got 2001"),
    ],
)
def test_examples_that_are_none_are_refused(make, arguments, words):
    with pytest.raises(ValueError, match=words):
        make("TwoLossesExplorer", **arguments)
