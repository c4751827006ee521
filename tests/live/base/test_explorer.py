"""What holds for every explorer: nothing is stale, silent, redrawn twice or left in memory."""

import gc
import os
import subprocess
import sys
import threading
import weakref
from base64 import b64decode

import numpy as np
import psutil
import pytest
from ipywidgets import Button
from ipywidgets.widgets.widget import _instances

from lessons import live
from lessons.live.base.film import frame_values
from lessons.live.base.live_table import still

NAMES = [name for name in live.__all__ if name.endswith("Explorer")]


def settings(control):
    """Values at both ends and between; a control with options has them all."""
    if hasattr(control, "options"):
        return [value for _, value in control._options_full][:4]
    if isinstance(control.value, bool):
        return [True, False]
    first, last = control.ends
    return [control.at(place) for place in (first, last, np.round((first + last) / 2 + 0.1))]


def assert_agrees(explorer, readings, number_in):
    """Readout, attributes and picture tell of one state, and the still background belongs to it."""
    found = readings(explorer)
    assert found
    for name, (value, text) in found.items():
        assert value == float(eval(f"explorer.{name}", {"explorer": explorer}))
        shown = number_in(text) / (100 if text.endswith("%") else 1)
        assert shown == pytest.approx(value, rel=0.06, abs=6e-4 if "." in text[-4:-3] else 0.06)
    explorer.canvas._backgrounds.clear()
    assert explorer.canvas.png() == explorer.png
    assert explorer.picture.png == explorer.png


@pytest.mark.sampled(5)
def test_every_control_over_its_range_leaves_all_in_agreement(explorer, readings, number_in):
    for control in explorer.every_control():
        start = control.value
        for value in settings(control):
            control.value = value
            assert explorer.error is None
            assert_agrees(explorer, readings, number_in)
        control.value = start


def seen(explorer):
    return explorer.png, explorer.readout.value, explorer.tables and explorer.tables.html


VIEWS = {"axis": "sums of G", "shape": "Z = XWᵀ + b"}  # of a batch, in which these are in use


@pytest.mark.sampled(5)
def test_every_control_in_use_changes_what_is_seen(explorer):
    values = explorer.values()
    for name in explorer.controls:
        if name in VIEWS and "view" in explorer.controls:
            explorer.view.value = VIEWS[name]
        if "steps" in explorer.controls:
            explorer.steps.value = 3  # before the first step a learning rate shows in nothing
        held = getattr(explorer, name)
        in_use = held[: len(values[name])] if isinstance(held, tuple) else (held,)
        for control in in_use:
            if name == "weights" and explorer.values()["target"] != "soft":
                continue
            before, start = seen(explorer), control.value
            others = [value for value in settings(control) if value != start]
            for other in others[:1]:  # a list may have one choice only
                control.value = other
                assert seen(explorer) != before
            control.value = start


@pytest.mark.sampled(5)
def test_the_way_there_does_not_matter(explorer, make):
    control = next(c for c in explorer.every_control() if hasattr(c, "min"))
    start, picture = control.value, explorer.png
    for value in settings(control):
        control.value = value
    control.value = start
    assert explorer.png == picture
    assert make(type(explorer).__name__).png == picture


@pytest.mark.sampled(3)
def test_changes_made_together_are_drawn_once(explorer, monkeypatch):
    drawn = []
    monkeypatch.setattr(explorer, "draw", drawn.append)
    controls = [c for c in explorer.every_control() if hasattr(c, "step")][:2]
    with explorer.hold_updates():
        for control in controls:
            control.value = control.max
    assert len(drawn) == 1
    explorer.update()
    assert len(drawn) == 1


@pytest.mark.sampled(3)
def test_an_error_is_shown_hides_the_numbers_and_clears(explorer, monkeypatch):
    control = next(c for c in explorer.every_control() if hasattr(c, "step"))
    start, good = control.value, (explorer.png, explorer.readout.value)
    compute = explorer.compute
    planted = {"raise": True}

    def failing(**values):
        if planted["raise"]:
            raise ValueError("a planted error")
        return compute(**values)

    monkeypatch.setattr(explorer, "compute", failing)
    control.value = settings(control)[1]
    assert "ValueError: a planted error" in explorer.headline.value
    assert str(explorer.error) == "a planted error"
    assert explorer.shown is None
    assert explorer.readout.value == ""
    assert explorer.tables is None or explorer.tables.html == ""
    assert explorer.png == explorer.canvas.png(moving=False)
    planted["raise"] = False
    control.value = start
    assert explorer.error is None
    assert "planted" not in explorer.headline.value
    assert (explorer.png, explorer.readout.value) == good


CALLBACKS = [  # what is called beside an update, and what calls it
    ("ProbabilitiesExplorer", "_show_controls", lambda e: e.K.set_trait("value", 5)),
    ("MulticlassExplorer", "_keep_possible", lambda e: e.target.set_trait("value", 1)),
    ("WeightsExplorer", "_step", lambda e: button(e, "Step").click()),
    ("TrainingExplorer", "_follow_data", lambda e: e.data.set_trait("value", "penguins")),
    ("TrainingExplorer", "_step", lambda e: button(e, "Step").click()),
    ("TrainingExplorer", "reset", lambda e: button(e, "Reset").click()),
]


def button(explorer, label):
    found = (w for w in everything(explorer) if isinstance(w, Button) and w.description == label)
    return next(found)


@pytest.mark.parametrize(("name", "callback", "cause"), CALLBACKS, ids=lambda part: str(part)[:24])
def test_what_another_callback_raises_is_shown_too_and_clears(
    make, monkeypatch, name, callback, cause
):
    kind, planted = getattr(live, name), []
    original = getattr(kind, callback)

    def failing(explorer, *change):
        if planted:
            raise RuntimeError(planted.pop())
        original(explorer, *change)

    monkeypatch.setattr(kind, callback, failing)
    explorer = make(name)
    planted.append("a planted error")
    cause(explorer)
    assert planted == []
    assert "RuntimeError: a planted error" in explorer.headline.value
    control = next(c for c in explorer.every_control() if hasattr(c, "step"))
    control.value = settings(control)[1]
    assert "planted" not in explorer.headline.value


@pytest.mark.sampled(5)
def test_a_nan_is_told_and_the_next_number_is_shown(explorer):
    unused = vars(explorer).get("weights", ())  # of a soft target, and the explorer opens without
    for control in explorer.every_control():
        if isinstance(control.value, float) and hasattr(control, "step") and control not in unused:
            before, good, start = explorer.values(), explorer.png, control.value
            control.value = float("nan")
            in_use = explorer.values() != before
            assert ("must be finite, got nan" in explorer.headline.value) == in_use
            control.value = start
            assert explorer.error is None
            assert explorer.png == good


@pytest.mark.sampled(3)
def test_a_number_that_is_not_shown_is_an_attribute_error(explorer):
    with pytest.raises(AttributeError, match="shows no 'nonsense'"):
        _ = explorer.nonsense
    with pytest.raises(AttributeError):
        explorer._ipython_display_  # noqa: B018 — what a display asks for


@pytest.mark.sampled(5)
def test_a_value_beyond_the_range_goes_to_the_nearest_end(explorer, readings, number_in):
    for control in explorer.every_control():
        if hasattr(control, "min"):
            start = control.value
            control.value = type(start)(control.max + 100)
            assert control.value == control.max
            assert_agrees(explorer, readings, number_in)
            control.value = start


@pytest.mark.sampled(5)
def test_two_runs_give_the_same_repr_and_the_same_bytes(explorer, make):
    twin = make(type(explorer).__name__)
    assert repr(explorer) == repr(twin)
    assert "\n" not in repr(explorer)
    assert " at 0x" not in repr(explorer)
    (first, metadata), (second, _) = explorer._repr_mimebundle_(), twin._repr_mimebundle_()
    assert first["image/png"] == second["image/png"]
    assert first["text/plain"] == second["text/plain"]
    size = explorer.canvas.width, explorer.canvas.height
    assert metadata["image/png"] == {"width": size[0], "height": size[1]}


@pytest.mark.sampled(5)
def test_the_bundle_has_the_current_picture(explorer, pixels):
    control = next(c for c in explorer.every_control() if hasattr(c, "step"))
    before = explorer._repr_mimebundle_()[0]["image/png"]
    control.value = settings(control)[1]
    after = explorer._repr_mimebundle_()[0]["image/png"]
    assert after != before
    kept, live = pixels(b64decode(after)), pixels(explorer.png)
    assert np.abs(kept.astype(int) - live).mean() < 0.5


@pytest.mark.sampled(3)
def test_a_bundle_has_the_tables_as_html_that_stands_alone(explorer):
    bundle, _ = explorer._repr_mimebundle_()
    if explorer.tables is None:
        assert "text/html" not in bundle
        return
    page = bundle["text/html"]
    assert still(explorer.tables.html) in page
    assert f"base64,{bundle['image/png']}" in page  # a reader that takes HTML shows nothing else
    assert page.startswith("<style>")


@pytest.mark.sampled(3)
def test_pictures_and_controls_have_words(explorer):
    assert len(explorer.picture.alternative) > 40
    assert all(control.description for control in explorer.every_control())
    buttons = [w for w in everything(explorer) if isinstance(w, Button)]
    assert all(button.tooltip for button in buttons)


def test_the_words_follow_the_state(explorer):
    name, *place = explorer.lead if isinstance(explorer.lead, tuple) else (explorer.lead,)
    control = getattr(explorer, name)[place[0]] if place else getattr(explorer, name)
    before = explorer.picture.alternative
    control.value = settings(control)[1]
    assert explorer.picture.alternative != before


def everything(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from everything(child)


@pytest.mark.sampled(5)
def test_a_closed_explorer_frees_its_widgets_and_its_pixels_while_it_is_still_named(make, explorer):
    gc.collect()
    before = set(_instances)
    other = make(type(explorer).__name__)
    pixels = weakref.ref(other.canvas._agg.get_renderer())
    other.close()
    gc.collect()
    assert set(_instances) == before
    assert pixels() is None
    other.close()
    other.update()


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("BinaryExplorer", {"z": 9.0}, r"z must start between -8\.0 and 8\.0, got 9"),
        ("BinaryExplorer", {"y": float("nan")}, "y must start between 0 and 1, got nan"),
        ("MulticlassExplorer", {"logits": (1.0,)}, "K must start between 2 and 6, got 1"),
        ("MulticlassExplorer", {"target": 3}, "target must be one of 0, 1, 2, 'soft', got 3"),
        ("TrainingExplorer", {"data": "iris"}, "data must be one of .* got 'iris'"),
        (
            "TrainingExplorer",
            {"learning_rate": 20},
            r"learning rate must start between 0\.01 and 10\.0, got 20",
        ),
        ("GradientCheckExplorer", {"method": "guess"}, "method must be one of .* got 'guess'"),
    ],
)
def test_a_bad_start_is_refused_with_what_was_expected_and_leaves_nothing_open(
    make, name, arguments, words
):
    with pytest.raises(ValueError, match=words):
        make(name, **arguments)
    gc.collect()  # a half-made widget complains when it is collected, which pytest would raise


@pytest.mark.slow
def test_a_thousand_updates_and_fifty_explorers_take_no_memory(make):
    explorer = make("BinaryExplorer", scale=0.5)
    process = psutil.Process(os.getpid())

    def megabytes_after(work):
        work()
        gc.collect()
        return process.memory_info().rss / 2**20

    def update(times):
        for z in np.linspace(-8, 8, times):
            explorer.z.value = z

    def open_and_close(times):
        for _ in range(times):
            live.BinaryExplorer(scale=2).close()

    # The allocator rises with the first explorers, and then stays where it is.
    start = megabytes_after(lambda: (update(50), open_and_close(40)))
    assert megabytes_after(lambda: update(1000)) - start < 12
    assert megabytes_after(lambda: open_and_close(50)) - start < 25


def test_two_threads_leave_one_state(make, readings, number_in):
    explorer = make("BinaryExplorer", scale=0.5)
    random = np.random.default_rng(0)
    disagreements = []

    def move(control, values):
        for value in values:
            control.value = float(value)
            with explorer.lock:
                shown = explorer.shown
                if readings(explorer)["gradient"][0] != shown.gradient:
                    disagreements.append(shown)

    threads = [
        threading.Thread(target=move, args=(explorer.z, random.uniform(-8, 8, 200))),
        threading.Thread(target=move, args=(explorer.y, random.uniform(0, 1, 200))),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert disagreements == []
    assert (explorer.shown.logit, explorer.shown.target) == (explorer.z.value, explorer.y.value)
    assert_agrees(explorer, readings, number_in)


def test_a_lost_lock_would_be_seen(make, readings):
    """The test above can fail: publishing readout and numbers apart is noticed."""
    explorer = make("BinaryExplorer")
    stale = explorer.readout.value
    explorer.z.value = -3.0
    explorer.readout.value = stale
    assert readings(explorer)["gradient"][0] != explorer.shown.gradient


def test_explorers_load_no_pyplot_and_end_quietly_with_the_interpreter():
    code = """
import sys
from lessons import live
explorers = [getattr(live, name)() for name in live.__all__ if name.endswith("Explorer")]
print(len(explorers), 'matplotlib.pyplot' in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == f"{len(NAMES)} False\n"
    assert done.stderr == ""


@pytest.mark.sampled(3)
def test_dir_lists_the_numbers_that_are_shown(explorer):
    listed = dir(explorer)
    assert set(explorer.shown._fields) <= set(listed)
    assert {"update", "frames", *explorer.controls} <= set(listed)


@pytest.mark.sampled(3)
def test_the_leading_control_is_one_of_its_own_and_moves_the_picture(explorer):
    before = explorer.png
    control = explorer.leading
    control.value = next(v for v in frame_values(control, 5) if v != control.value)
    assert explorer.png != before
