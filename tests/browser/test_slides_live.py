"""Each lesson as slides in JupyterLab: every slide fits, each key does one thing, widgets live."""

import itertools
import json
import time

import pytest

from lessons.live.base.page import ON_SLIDES

from .conftest import STAGE
from .lab import PATIENCE
from .test_explorers import FITTED

OFTEN = ("03",)
STATE = r"""async () => {
    await document.fonts.ready;
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));  // a frame was drawn
    const notebook = window.jupyterapp.shell.currentWidget.content;
    const stage = notebook.node.querySelector(".jp-WindowedPanel-outer");
    const cells = notebook.widgets.filter(w => w.hasClass("jp-deck-mod-visible"));
    const parts = ".jp-OutputArea-output, .jp-MarkdownOutput, pre";
    const outputs = cells.flatMap(w => [...w.node.querySelectorAll(parts)]);
    const lines = cells.flatMap(w => [...w.node.querySelectorAll(".cm-line")]);
    const runs_out = line => {
        const text = document.createRange();
        text.selectNodeContents(line);
        const place = line.closest(".cm-scroller").getBoundingClientRect();
        return text.getBoundingClientRect().right > place.right;
    };
    const spills = n => n.scrollHeight > n.clientHeight + 1 || n.scrollWidth > n.clientWidth + 1;
    return {
        cells: cells.map(w => w.model.id),
        hidden_rows: notebook.node.querySelectorAll(".jp-deck-mod-visible .lessons-hidden").length,
        unopened: cells.flatMap(w => [...w.node.querySelectorAll(".lessons-reveal")])
            .map(n => n.textContent.match(/Line (\d+) of (\d+)/) ?? [0, 0, 0])
            .reduce((sum, [, line, last]) => sum + (last - line), 0),
        spilling: [...[stage, ...outputs].filter(spills), ...lines.filter(runs_out)]
            .map(n => n.className),
        title: notebook.node.querySelector(".jp-deck-mod-visible :is(h1, h2, h3, h4)")
            ?.getBoundingClientRect().top,
        prose: parseFloat(getComputedStyle(
            notebook.node.querySelector(".jp-deck-mod-visible .jp-MarkdownOutput")).fontSize),
        tracks: cells.flatMap(w => [...w.node.querySelectorAll(".noUi-target")])
            .filter(n => n.offsetParent).map(n => n.offsetWidth),
        pictures: cells.flatMap(w => [...w.node.querySelectorAll(".lessons-picture canvas")])
            .filter(n => n.offsetParent).map(n => parseFloat(getComputedStyle(n).fontSize)
                * n.getBoundingClientRect().width / n.clientWidth),
        stubs: cells.filter(w => w.node.querySelector(".jp-InputPlaceholder")?.offsetParent).length,
    };
}"""
EXPLORERS = """() => window.jupyterapp.shell.currentWidget.content.widgets
    .filter(w => w.node.querySelector(".lessons-explorer [role=slider]")).map(w => w.model.id)"""
WITHOUT_EXPLORER = ("06", "10")  # on slides batches are timed, the sketch is read
PLANT = """html => document.querySelector(".jp-deck-mod-visible")
    .insertAdjacentHTML("beforeend", `<div class="planted">${html}</div>`)"""
PLANTED = {
    "too high": '<div style="height: 800px"></div>',
    "too long a line of code": '<div class="cm-scroller" style="overflow: hidden">'
    f'<div class="cm-line" style="white-space: pre">{"x" * 200}</div></div>',
}
SELECT = """async id => {
    const { content } = window.jupyterapp.shell.currentWidget;
    const index = content.widgets.findIndex(cell => cell.model.id === id);
    content.activeCellIndex = Math.max(index, 0);
    await content.scrollToItem(content.activeCellIndex, "start");
}"""
STOPS = 200  # more than any lesson has


def presenting(notebook):
    return notebook.page.locator("body[data-jp-deck-mode='presenting']").count() == 1


def enter(notebook, cell=None):
    """Press F9 with a cell in view, the first unless told, and wait until its slide is there."""
    notebook.page.set_viewport_size(STAGE)
    notebook.page.evaluate(SELECT, cell)
    notebook.page.keyboard.press("F9")
    notebook.page.wait_for_selector(".jp-Deck .jp-deck-mod-visible")
    notebook.page.wait_for_selector(".jp-Deck-Remote")


def planted_in_vain(notebook):
    """Names of the mistakes that the measure does not see on a slide."""
    seen = {}
    for name, html in PLANTED.items():
        notebook.page.evaluate(PLANT, html)
        seen[name] = notebook.page.evaluate(STATE)["spilling"]
        notebook.page.evaluate("document.querySelector('.planted').remove()")
    return [name for name, spilling in seen.items() if not spilling]


def leave(notebook):
    notebook.page.keyboard.press("F9")
    notebook.page.wait_for_selector(".jp-Deck", state="detached")


def settled(notebook, deadline):
    """What is on the screen; a slide that is still being laid out gets time to fit."""
    deadline = max(deadline, time.monotonic() + 2)
    while (state := notebook.page.evaluate(STATE))["spilling"] and time.monotonic() < deadline:
        notebook.page.wait_for_timeout(100)
    return state


def at_rest(notebook):
    """What is on the screen once it stays so: prose is enlarged again for what has come."""
    states = [None, settled(notebook, 0)]
    while states[-1] != states[-2]:
        notebook.page.wait_for_timeout(300)
        states.append(settled(notebook, 0))
    return states[-1]


def stops(notebook):
    """What is on the screen at the start and after each step forward, until nothing changes."""
    deadline = time.monotonic() + PATIENCE  # for the slides that spill, together

    def seen():
        state = settled(notebook, deadline)
        small = min(state["pictures"], default=ON_SLIDES) < ON_SLIDES - 0.1
        return at_rest(notebook) if small else state  # a lower picture is on its way

    states = [seen()]
    while len(states) < STOPS:
        notebook.command("lessons:forward")
        notebook.answered()  # a line that the kernel opens
        states.append(seen())
        if states[-1] == states[-2]:
            return states[:-1]
    raise AssertionError(f"no end after {STOPS} steps")


def on_slides(notebook, *kinds):
    """Ids of the cells whose slide type is one of these; None is the same slide as before."""
    pairs = notebook.model("cells.map(c => [c.id, c.metadata.slideshow?.slide_type ?? null])")
    return [cell for cell, kind in pairs if kind in kinds]


@pytest.fixture(scope="session")
def walk(lesson):
    """A lesson's deck from its first slide to its last; slide mode is left again."""
    enter(lesson)
    unseen = planted_in_vain(lesson)
    states = stops(lesson)
    leave(lesson)
    assert unseen == []
    return states


def test_every_cell_meant_for_a_slide_is_shown(lesson, walk):
    shown = {cell for state in walk for cell in state["cells"]}
    assert shown == set(on_slides(lesson, "slide", "fragment", None))


def test_every_slide_fits_the_stage(walk):
    assert [(state["cells"], state["spilling"]) for state in walk if state["spilling"]] == []


def test_prose_is_large_enough_for_a_projector_and_larger_where_there_is_room(walk):
    sizes = [state["prose"] for state in walk]
    assert min(sizes) >= 28
    assert max(sizes) >= 36


def test_type_in_a_picture_is_as_large_as_the_slide_s_beside_all_its_controls(walk):
    sizes = [(state["cells"], size) for state in walk for size in state["pictures"]]
    assert [(cells, size) for cells, size in sizes if size < ON_SLIDES - 0.1] == []


def test_titles_stand_at_one_height(walk):
    assert {round(state["title"]) for state in walk} == {round(walk[0]["title"])}


def test_no_slide_shows_a_stub_of_hidden_code(walk):
    assert [state["cells"] for state in walk if state["stubs"]] == []


def test_every_slider_on_a_slide_has_room_to_move(walk):
    assert [
        (state["cells"], width) for state in walk for width in state["tracks"] if width < 99
    ] == []


def test_each_key_reveals_one_row_or_moves_on(walk):
    for before, after in itertools.pairwise(walk):
        if before["hidden_rows"]:
            assert after["cells"] == before["cells"]
            assert after["hidden_rows"] == before["hidden_rows"] - 1
        elif before["unopened"]:
            assert after["cells"] == before["cells"]
            assert after["unopened"] == before["unopened"] - 1
        else:
            assert after["cells"] != before["cells"]


def test_slide_mode_is_left_with_the_menus_back_and_not_remembered(lesson, walk):
    assert not presenting(lesson)
    assert lesson.page.locator("#jp-top-panel").is_visible()
    saved = lesson.page.evaluate(
        "window.jupyterapp.serviceManager.settings.fetch('jupyterlab-slideshow:plugin')"
        ".then(saved => saved.settings.active)"
    )
    assert saved is False


def test_an_explorer_moves_on_its_slide_and_a_clicker_goes_on_from_there(lesson, walk):
    on_slides = {cell for state in walk for cell in state["cells"]}
    explorers = [cell for cell in lesson.page.evaluate(EXPLORERS) if cell in on_slides]
    if not explorers:
        assert lesson.path[:2] in WITHOUT_EXPLORER
        return
    enter(lesson, explorers[0])
    assert explorers[0] in lesson.page.evaluate(STATE)["cells"]
    place = lesson.page.locator(".jp-deck-mod-visible .lessons-explorer").first
    lesson.wait_until(lambda: place.evaluate(FITTED))
    before, old = at_rest(lesson), lesson.pictures(place)
    lesson.page.wait_for_timeout(500)
    assert lesson.pictures(place) == old  # slide and picture have agreed on a size
    for handle in place.locator("[role=slider]").all():  # some wait for another one to move first
        assert handle.get_attribute("aria-label")
        handle.focus()
        lesson.page.keyboard.press("ArrowRight")
    lesson.wait_for_new_picture(old, place)
    after = at_rest(lesson)
    assert after["prose"] >= 28
    assert min(after["pictures"]) >= 0.9 * ON_SLIDES  # the numbers may need another line
    # K adds some tracks, and all takes the room that the explorer leaves once it has moved.
    assert after | {name: before[name] for name in ("tracks", "prose", "pictures")} == before
    lesson.page.keyboard.press("PageDown")
    lesson.page.wait_for_function(
        f"async was => JSON.stringify((await ({STATE})()).cells) !== was",
        arg=json.dumps(before["cells"], separators=(",", ":")),
    )
    leave(lesson)
    assert lesson.record.page_errors == []
