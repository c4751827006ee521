"""Lesson 03 as its student meets it: moving z and y, with the page held to the model."""

import pytest

from lessons.model import binary_cross_entropy_gradient

LESSON = "03"
EXPLORER = ".lessons-explorer"
NUMBERS = """place => [...place.querySelectorAll(".lessons-number")].map(number =>
    [number.dataset.name, number.querySelector("data").value])"""
BUSY = """
import time
stop = time.monotonic() + 3
while time.monotonic() < stop:
    sum(number * number for number in range(20_000))
"""
START_BUSY = """code => {
    const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
    window.busy = kernel.requestExecute({ code }).done.then(reply => reply.content.status);
}"""


@pytest.fixture
def explorer(lesson):
    """The lesson's first explorer, on the screen."""
    place = lesson.page.locator(EXPLORER).first
    place.scroll_into_view_if_needed()
    return place


def press(notebook, explorer, label, key, times=1):
    """Press a key on a slider, and wait for a picture and until the kernel knows the last press."""
    before = notebook.pictures(explorer)
    notebook.slider(label, explorer).focus()
    for _ in range(times):
        notebook.page.keyboard.press(key)
    notebook.wait_for_new_picture(before, explorer)
    notebook.answered()


def assert_page_agrees_with_model(notebook, explorer):
    """What the page shows at one moment is a state of the model's, that of the sliders.

    The kernel, which knows where the sliders are, may be drawing still.
    """
    sliders = [notebook.slider(label, explorer) for label in ("z", "y")]
    stand = [float(slider.get_attribute("aria-valuenow")) for slider in sliders]

    def found():
        shown = {name: float(value) for name, value in explorer.evaluate(NUMBERS)}
        z, y, gradient = (shown[name] for name in ("logit", "target", "gradient"))
        near = [z, y] == pytest.approx(stand, abs=0.051)  # they are rounded to one decimal
        return near, gradient == binary_cross_entropy_gradient(z, y)

    notebook.wait_until(lambda: found() == (True, True), lambda: (stand, found()))


def test_keys_on_z_move_the_gradient_that_the_page_shows(lesson, explorer):
    seen = {lesson.number("gradient", explorer)}
    for key, times in [("ArrowRight", 5), ("ArrowLeft", 12), ("End", 1), ("Home", 1)]:
        press(lesson, explorer, "z", key, times)
        assert_page_agrees_with_model(lesson, explorer)
        seen.add(lesson.number("gradient", explorer))
    assert len(seen) == 5
    assert lesson.number("logit", explorer) == -8


def test_y_moves_between_its_buttons_and_by_key(lesson, explorer):
    for label, y in [("0", 0.0), ("1", 1.0)]:
        explorer.get_by_role("button", name=label, exact=True).click()
        lesson.page.wait_for_function(
            "([place, y]) => place.querySelector('[data-name=target] data').value == y",
            arg=[explorer.element_handle(), y],
        )
        assert_page_agrees_with_model(lesson, explorer)
    press(lesson, explorer, "y", "ArrowLeft", 2)
    assert 0 < lesson.number("target", explorer) < 1
    assert_page_agrees_with_model(lesson, explorer)


def test_moving_a_slider_while_a_cell_runs_does_no_harm(lesson, explorer):
    lesson.page.evaluate(START_BUSY, BUSY)
    for key in ["ArrowRight", "ArrowLeft", "ArrowRight", "ArrowRight"] * 5:
        lesson.slider("z", explorer).focus()
        lesson.page.keyboard.press(key)
    assert lesson.page.evaluate("window.busy") == "ok"
    lesson.answered()
    assert_page_agrees_with_model(lesson, explorer)
    assert explorer.locator(".lessons-problem").count() == 0
    assert lesson.record.page_errors == lesson.record.console_errors == []
