"""Each explorer's picture can be taken hold of: what a hand does, its controls and numbers show."""

import numpy as np
import pytest
from ipywidgets import Widget

from lessons import live
from lessons.live.base.handle import LEAST, aim
from lessons.live.drawing.simplex import CORNERS

CELLS = ("BatchExplorer",)  # whose tables are taken hold of, and not its picture
NAMES = [name for name in live.__all__ if name.endswith("Explorer") and name not in CELLS]
MORE = [  # other states, in which other things can be taken
    ("ProbabilitiesExplorer", {"logits": (0.5, -1.0)}),
    ("MulticlassExplorer", {"target": "soft"}),
    ("BinaryExplorer", {"z": -2.0, "y": 0.4}),
    ("WeightsExplorer", {"target": 0, "learning_rate": 0.4}),
]
STATES = [*((name, {}) for name in NAMES), *MORE]


@pytest.fixture(params=STATES, ids=lambda state: "-".join([state[0], *state[1]]))
def explorer(request, make):
    name, arguments = request.param
    return make(name, **arguments)


def by_hand(explorer, handle, *moves):
    explorer._move_by_hand({"type": "take", "name": handle})
    for move in moves:
        explorer._move_by_hand({"name": handle, **move})
    assert explorer.error is None


def place(explorer, name):
    return next(h for h in explorer.picture.handles if h["name"] == name)


@pytest.mark.sampled(4)
def test_every_explorer_can_be_taken_hold_of_inside_its_picture(explorer):
    handles = explorer.picture.handles
    assert handles
    assert len({handle["name"] for handle in handles}) == len(handles)
    for handle in handles:
        assert 0 <= handle["x"] <= explorer.size[0]
        assert 0 <= handle["y"] <= explorer.size[1]
        assert min(handle["width"], handle["height"]) >= LEAST


@pytest.mark.sampled(4)
def test_a_handle_that_is_taken_and_not_moved_changes_nothing(explorer):
    before = repr(explorer)
    for handle in explorer.picture.handles:
        by_hand(explorer, handle["name"], {"type": "move", "x": handle["x"], "y": handle["y"]})
    assert repr(explorer) == before


@pytest.mark.sampled(4)
def test_a_handle_goes_where_the_hand_goes_and_escape_takes_it_back(explorer):
    before = repr(explorer)
    for handle in explorer.handles(explorer.shown):
        start, name = handle.on_page(), handle.name
        for way in (-22.0, 22.0):  # it may stand at one of its ends
            goal = {axis: start[axis] + (way if axis in handle.along else 0) for axis in "xy"}
            by_hand(explorer, name, {"type": "move", **goal})
            if repr(explorer) != before:
                break
        assert repr(explorer) != before, name
        for axis in handle.along:
            assert place(explorer, name)[axis] == pytest.approx(goal[axis], abs=16), name
        explorer._move_by_hand({"type": "undo"})
        assert repr(explorer) == before


@pytest.mark.sampled(4)
def test_a_hand_far_beyond_the_picture_comes_to_the_end_of_the_range(explorer):
    for handle in explorer.picture.handles:
        for x, y in ((-1e5, -1e5), (1e5, 1e5)):
            by_hand(explorer, handle["name"], {"type": "move", "x": x, "y": y})
            shown = [v for v in explorer.shown if isinstance(v, float)]
            assert np.isfinite(shown).all()


@pytest.mark.parametrize(
    ("name", "handle"),
    [("BinaryExplorer", "z"), ("MulticlassExplorer", "ŷ1"), ("LossExplorer", "z")],
)
def test_the_page_is_told_of_the_picture_before_the_controls(make, monkeypatch, name, handle):
    explorer, told, send = make(name), [], Widget.send_state

    def noted(widget, key):
        told.append((widget, {key} if isinstance(key, str) else set(key)))
        send(widget, key)

    monkeypatch.setattr(Widget, "send_state", noted)
    by_hand(explorer, handle, {"type": "nudge", "dx": -1, "dy": 1})
    pictures = [n for n, (one, key) in enumerate(told) if one is explorer.picture and "png" in key]
    controls = explorer.every_control()
    parts = {part for control in controls for part in getattr(control, "children", ())}
    of_controls = [n for n, (one, key) in enumerate(told) if one in parts and key]
    assert pictures[0] < of_controls[0]


def test_arrow_keys_step_by_one_step_of_the_control(make):
    explorer = make("BinaryExplorer", z=1.0, y=0.5)
    by_hand(explorer, "z", {"type": "nudge", "dx": 1, "dy": 0})
    assert (explorer.z.value, explorer.y.value) == (pytest.approx(1.05), 0.5)
    by_hand(explorer, "y", {"type": "nudge", "dx": 0, "dy": -1})
    assert (explorer.z.value, explorer.y.value) == (pytest.approx(1.05), pytest.approx(0.45))
    explorer = make("GradientCheckExplorer", h=1e-2)
    by_hand(explorer, "h", {"type": "nudge", "dx": -1, "dy": 0})
    assert explorer.h.value == 5.6e-3  # 10^−2.25, as the box writes it


def test_the_bar_of_a_probability_is_drawn_to_a_height_through_its_logit(make):
    explorer = make("ProbabilitiesExplorer", logits=(0.0, 0.0, 0.0), shift=1.0)
    explorer.logits[1].step = 1e-6
    axes, goal = explorer._middle, 0.8
    x, y = axes.transData.transform((1, goal))
    by_hand(explorer, "ŷ1", {"type": "move", "x": x, "y": explorer.size[1] - y})
    assert explorer.probabilities[1] == pytest.approx(goal, abs=1e-5)


def test_a_point_of_the_simplex_sets_three_logits_of_the_same_mean(make):
    explorer = make("MulticlassExplorer", logits=(1.0, 0.0, -1.0))
    explorer.simplex.value = True
    for z in explorer.logits:
        z.step = 1e-6
    goal = np.array([0.2, 0.5, 0.3])
    x, y = explorer._triangle.axes.transData.transform(goal @ CORNERS)
    by_hand(explorer, "ŷ", {"type": "move", "x": x, "y": explorer.size[1] - y})
    np.testing.assert_allclose(explorer.probabilities, goal, atol=1e-5)
    assert sum(z.value for z in explorer.logits[:3]) == pytest.approx(0, abs=1e-5)


def test_a_control_is_aimed_at_its_nearest_step(make):
    explorer = make("TrainingExplorer")
    aim(explorer.learning_rate, 99)
    assert explorer.learning_rate.value == 10.0
    aim(explorer.steps, 17.4)
    assert explorer.steps.value == 17
    assert isinstance(explorer.steps.value, int)


def test_what_a_hand_cannot_do_is_said_in_the_explorer(make, monkeypatch):
    explorer = make("BinaryExplorer")

    def fails(x, y):
        raise ZeroDivisionError("planted")

    handle = explorer.handles(explorer.shown)[1]
    object.__setattr__(handle, "move", fails)
    monkeypatch.setattr(explorer, "handles", lambda shown: (handle,))
    explorer._move_by_hand({"type": "move", "name": "z", "x": 1, "y": 1})
    assert "planted" in explorer.headline.value
