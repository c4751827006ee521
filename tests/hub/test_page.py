"""A student's first minute on a hub, and the instructor's table, in a real browser."""

from functools import partial

import class_progress
import pytest

from tests.browser.conftest import STAGE, chromium  # noqa: F401  # a fixture

from .page import log_in, open_lesson


def logged_in(browser, hub):
    """Return a new page on which a student has logged in."""
    page = browser.new_page(viewport=STAGE)
    log_in(page, hub.address, "ada")
    return page


def first_lesson(page, hub):
    """Open lesson 00 and run it; return it with its explorer."""
    lesson = open_lesson(page, hub.address, "ada", "00_start_here.ipynb")
    lesson.run_all()
    return lesson, page.locator(".lessons-explorer").first


@pytest.mark.slow
def test_a_login_leads_to_lesson_00_and_its_picture_follows_the_hand(hub, chromium):  # noqa: F811
    page = logged_in(chromium, hub)
    assert page.url.startswith(f"{hub.address}/user/ada/lab/tree/lessons/00_start_here.ipynb")
    assert "token" not in page.url
    lesson, explorer = first_lesson(page, hub)
    before = lesson.pictures(explorer)
    lesson.slider("z", explorer).press("ArrowRight")
    lesson.wait_for_new_picture(before, explorer)
    assert lesson.record.page_errors == lesson.record.outside() == []
    lesson.close()


# JupyterLab's own second attempt, which it makes after ten to thirty seconds, never comes.
NO_LATE_ATTEMPT = """() => {
    const real = window.setTimeout;
    window.setTimeout = (action, wait, ...given) => wait < 9000 && real(action, wait, ...given);
}"""


@pytest.mark.slow
def test_a_slider_goes_on_after_the_proxy_was_killed_under_the_hand(hub, chromium):  # noqa: F811
    page = logged_in(chromium, hub)
    lesson, explorer = first_lesson(page, hub)
    handle = lesson.slider("z", explorer)
    page.evaluate(NO_LATE_ATTEMPT)
    for _ in range(3):  # whatever was on its way is lost, and it is not always the same
        hub.kill("proxy")
        for key in ["ArrowRight", "ArrowLeft"] * 20:
            handle.press(key)
        before = lesson.pictures(explorer)
        hub.wait_until(partial(follows, lesson, handle, explorer, before))
    lesson.close()


def follows(lesson, handle, explorer, before):
    """Press a key, and say whether there are more pictures than before."""
    handle.press("ArrowRight" if lesson.pictures(explorer) % 2 else "ArrowLeft")
    return lesson.pictures(explorer) > before


LINES = """() => [...document.querySelectorAll("td:nth-child(-n+4)")].map(cell => {
    const text = document.createRange();
    text.selectNodeContents(cell);
    return text.getClientRects().length;
})"""


def test_long_mistakes_do_not_break_a_share_of_the_instructors_table(chromium):  # noqa: F811
    mistakes = ", ".join(
        ["one place too far (4)", "label as a value (3)", "counted from 1 (3)"] * 2
    )
    page = chromium.new_page(viewport=STAGE)
    page.set_content(class_progress.as_page([("00", "one-hot", "20", "100 %", mistakes)], ""))
    assert page.evaluate(LINES) == [1, 1, 1, 1]
    page.close()
