"""Frames drawn beforehand are what the explorer would show, linked without a kernel."""

import numpy as np
import pytest
from ipywidgets.widgets.widget import _instances
from ipywidgets.widgets.widget_link import Link

from lessons.live.base.film import film as film_of
from lessons.live.base.page import Page, slide


@pytest.fixture
def film(make):
    explorer = make("BinaryExplorer", z=1.0, y=0.4)
    return explorer, explorer.frames(explorer.z, [-2.0, 0.0, 3.5])


def test_each_frame_is_what_the_explorer_shows_there(film, pixels):
    explorer, box = film
    _, slider, stack = box.children
    assert [label for label, _ in slider.options] == ["-2", "0", "3.5"]
    explorer.show_on(slide(explorer.width_on_slides, 1.0))
    for shot, z in zip(stack.children, (-2.0, 0.0, 3.5), strict=True):
        picture, readout = shot.children
        explorer.z.value = z
        assert readout.value == explorer.readout.value
        assert picture.tooltip == explorer.picture.alternative
        difference = pixels(picture.value).astype(int) - pixels(explorer.png)
        assert np.abs(difference).mean() < 0.5


@pytest.mark.parametrize(("name", "wide"), [("TwoLossesExplorer", 1100), ("WeightsExplorer", 276)])
def test_a_frame_has_the_width_and_the_type_of_a_slide_and_lower_axes(make, name, wide):
    explorer = make(name)
    frame = explorer.frames(explorer.leading, [explorer.leading.value]).children[-1].children[0]
    seen = frame.children[0]
    picture = seen.children[1] if explorer.tables else seen
    assert int(picture.width) == wide
    larger = 20 / (11.5 * 96 / 72)
    explorer.show_on(Page(round(wide / larger), 1.0))
    assert 0.7 < int(picture.height) / (explorer.size[1] * larger) < 0.85


def test_drawing_frames_leaves_the_explorer_as_it_was(film):
    explorer, _ = film
    picture, shown = explorer.png, explorer.shown
    explorer.frames(explorer.y)
    assert (explorer.z.value, explorer.y.value) == (1.0, 0.4)
    assert explorer.png == picture == explorer.canvas.png()
    assert explorer.shown == shown


def test_the_slider_is_linked_in_the_page(film):
    _, box = film
    _, slider, stack = box.children
    links = [w for w in _instances.values() if isinstance(w, Link) and w.source[0] is slider]
    assert [(link.source, link.target) for link in links] == [
        ((slider, "index"), (stack, "selected_index"))
    ]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("name", "control", "count", "ends"),
    [
        ("BinaryExplorer", "z", 33, ("-8", "8")),
        ("GradientCheckExplorer", "h", 33, ("1e-16", "1")),
        ("LossExplorer", "K", 5, ("2", "6")),
        ("GradientCheckExplorer", "method", 3, ("central", "complex step")),
    ],
)
def test_a_whole_range_is_drawn_from_end_to_end(make, name, control, count, ends):
    explorer = make(name, scale=0.5)
    slider = explorer.frames(getattr(explorer, control)).children[1]
    labels = [label for label, _ in slider.options]
    assert len(labels) == len(set(labels)) == count
    assert (labels[0], labels[-1]) == ends


def test_one_component_of_a_vector_can_be_the_moving_one(make):
    explorer = make("MulticlassExplorer", logits=(1.0, 0.0, -1.0), target=1)
    box = explorer.frames(explorer.logits[2], [-3.0, 3.0])
    assert len(box.children[2].children) == 2
    assert explorer.logits[2].value == -1.0


def test_a_control_of_another_explorer_is_refused(film, make):
    with pytest.raises(ValueError, match="one of the controls"):
        film[0].frames(make("BinaryExplorer").z)


def test_a_control_without_a_range_needs_values(make):
    explorer = make("MulticlassExplorer")
    with pytest.raises(ValueError, match="simplex has no range"):
        explorer.frames(explorer.simplex)


@pytest.mark.parametrize(
    ("name", "start", "captions", "first"),
    [
        ("BinaryExplorer", {"y": 1.0}, ["y = 0", "y = 0.5", "y = 1"], 2),
        ("GradientCheckExplorer", {}, ["method = forward", "method = central"], 1),
    ],
)
def test_each_value_of_a_second_control_has_a_film_behind_its_name(
    make, name, start, captions, first
):
    explorer = make(name, scale=0.5, **start)
    kept = explorer.leading.value, getattr(explorer, explorer.film[0]).value
    buttons, films = film_of(explorer).children
    assert list(buttons.options) == captions
    assert buttons.index == films.selected_index == first
    readouts = [one.children[2].children[0].children[1].value for one in films.children]
    assert len(set(readouts)) == len(captions)
    assert (explorer.leading.value, getattr(explorer, explorer.film[0]).value) == kept
