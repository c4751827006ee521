"""Steps z ← z − η(ŷ − y): from where the sliders stand, alone or until they rest, with a path."""

import numpy as np
import pytest

from lessons.live.base.descent import REST

STATES = [
    ("BinaryExplorer", {"z": -2.0, "y": 0.3}),
    ("BinaryExplorer", {"z": 1.5, "y": 1.0}),
    ("MulticlassExplorer", {"logits": (-1.0, 2.0, 0.5, 0.0), "target": 1}),
    ("MulticlassExplorer", {"logits": (-1.0, 2.0, 0.5), "target": "soft"}),
]


@pytest.fixture(params=STATES, ids=str)
def stepping(request, make):
    name, arguments = request.param
    return make(name, **arguments)


def logits(explorer):
    values = explorer.values()
    return np.array(values["z"] if "z" in values else values["logits"], ndmin=1)


def naive_gradient(explorer, z):
    """ŷ − y by the textbook's formula, from the sliders' values alone."""
    if len(z) == 1:
        return 1 / (1 + np.exp(-z)) - explorer.y.value
    values = explorer.values()
    soft = np.array(values["weights"]) / sum(values["weights"])
    y = soft if values["target"] == "soft" else np.eye(len(z))[values["target"]]
    return np.exp(z) / np.exp(z).sum() - y


def test_a_step_goes_against_the_gradient_and_the_loss_falls(stepping):
    for rate in (0.1, 2.0, 0.7):
        stepping.rate.value = rate
        before, loss = logits(stepping), stepping.loss
        gap = naive_gradient(stepping, before)
        assert stepping.descent.step()
        np.testing.assert_allclose(logits(stepping), before - rate * gap, rtol=1e-13, atol=1e-15)
        assert stepping.loss < loss
        assert stepping.error is None
        np.testing.assert_allclose(stepping.descent.path[-1], before)


@pytest.mark.sampled(3)
def test_steps_end_at_rest_where_the_gap_is_gone(stepping):
    steps = 0
    while stepping.descent.step():
        steps += 1
        assert steps < 3000
    assert len(stepping.descent.path) == steps > 3
    assert max(abs(stepping.rate.value * naive_gradient(stepping, logits(stepping)))) <= REST
    before = logits(stepping)
    assert not stepping.descent.step()
    np.testing.assert_array_equal(logits(stepping), before)


def test_a_hand_takes_the_path_away_and_a_rate_leaves_it(stepping):
    plain = stepping.png
    stepping.descent.step()
    path = stepping.descent.path
    stepping.rate.value = 1.0
    assert stepping.descent.path == path
    stepping.leading.track.value += 1e-15  # what the page sends back of what it was told
    assert stepping.descent.path == path
    stepping.leading.value = 0.3
    assert stepping.descent.path == ()
    stepping.descent.step()
    stepping.reset()
    assert stepping.descent.path == ()
    assert stepping.png == plain


def test_escape_after_a_step_restores_the_exact_logits(stepping):
    stepping.descent.step()
    before, picture = logits(stepping), stepping.shown.loss
    handle = stepping.handles(stepping.shown)[0]
    stepping._move_by_hand({"type": "take", "name": handle.name})
    start = handle.on_page()
    move = {"type": "move", "name": handle.name, "x": start["x"] + 40, "y": start["y"] + 40}
    stepping._move_by_hand(move)
    assert (logits(stepping) != before).any() or stepping.loss != picture
    stepping._move_by_hand({"type": "undo"})
    np.testing.assert_array_equal(logits(stepping), before)
    assert stepping.loss == picture


def test_a_step_beyond_a_slider_s_end_says_so(make):
    explorer = make("MulticlassExplorer", logits=(-1.0, 2.0), target=0)
    explorer.rate.value = 10.0
    gap = naive_gradient(explorer, logits(explorer))
    assert -1 - 10 * gap[0] > 6  # the end of the slider
    assert explorer.descent.step()
    assert logits(explorer).tolist() == [6.0, -6.0]
    assert "would leave its slider" in explorer.headline.value
    assert explorer.error is None


def test_a_run_steps_until_rest_and_stops_under_a_hand(make):
    explorer = make("BinaryExplorer", z=-2.0, y=0.3)
    run, ticks = explorer.descent._run, 0
    run.playing = True
    while run.playing:
        ticks += 1
        run.value = ticks  # as the page does at each interval
    assert len(explorer.descent.path) == ticks - 1 > 3
    assert explorer.probability == pytest.approx(0.3, abs=REST)
    run.playing = True
    explorer.z.value = 4.0
    assert not run.playing
    run.value += 1  # one that was on its way
    assert explorer.z.value == 4.0
