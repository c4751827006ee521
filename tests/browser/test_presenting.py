"""What one lesson shows for all: the command that presents, the speaker view, a deck on paper."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from .conftest import STAGE
from .lab import (
    FOLDERS,
    PATIENCE,
    Record,
    wait_for_server,
    wait_until,
    write_notebook,
)

# A part that runs over the edge of its page is left out of it as a whole.
OVER_THE_EDGE = """() => [...document.querySelectorAll(".pdf-page")].filter(page => {
    const { bottom } = page.getBoundingClientRect();
    const parts = page.querySelectorAll("section, section :is(p, pre, table, img, svg)");
    return [...parts].some(part => part.getBoundingClientRect().bottom > bottom + 1);
}).map(page => page.textContent.trim().slice(0, 40))"""

ROOT = Path(__file__).resolve().parents[2]
LESSON = "03"
NAME = "03_binary_gradient"


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """A copy of the tools and of one lesson, so that nobody's work/ is touched."""
    root = tmp_path_factory.mktemp("elsewhere")
    shutil.copytree(ROOT / "tools", root / "tools")
    (root / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / f"{NAME}.ipynb", root / "notebooks")
    return root


@pytest.fixture
def presented(elsewhere, chromium):
    """The page that `make present NB=3` opens."""
    own = {name: str(elsewhere / part) for name, part in FOLDERS.items()}
    present = subprocess.Popen(
        [sys.executable, elsewhere / "tools" / "present.py", "3"],
        env=os.environ | own | {"BROWSER": "true"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        server = wait_for_server(elsewhere / "runtime", present)
        page = chromium.new_context(viewport=STAGE).new_page()
        page.record = Record.of(page)
        page.goto(f"{server['url']}lab/tree/{NAME}.ipynb?token={server['token']}")
        yield page
        page.context.close()
    finally:
        os.killpg(present.pid, 15)
        present.wait(timeout=PATIENCE)


@pytest.fixture(scope="module")
def deck_page(deck_file, chromium):
    """The deck's page, reached from the index."""
    page = chromium.new_context(viewport=STAGE).new_page()
    page.goto(deck_file.with_name("index.html").as_uri())
    page.get_by_role("link", name="binary gradient").click()
    page.wait_for_selector("html[data-ready]", state="attached")
    yield page
    page.context.close()


def test_make_present_runs_the_lesson_and_shows_its_first_slide_alone(presented):
    presented.wait_for_selector("body[data-jp-deck-mode='presenting'] .jp-deck-mod-visible")
    assert "binary gradient" in presented.locator(".jp-deck-mod-visible").inner_text()
    assert presented.locator(".jp-Dialog, .jp-toast, .Toastify__toast").count() == 0
    assert presented.locator("#jp-top-panel").is_hidden()
    assert presented.locator(".lessons-explorer [role=slider]").count() > 0
    assert presented.record.outside() == presented.record.page_errors == []


def test_the_index_leads_to_the_deck(deck_page, deck_file):
    assert deck_page.url.partition("#")[0] == deck_file.as_uri()


def film_handle(page):
    """The first slider of a page's deck, and its slide shown."""
    film = "document.querySelector('.film').closest('section')"
    page.evaluate(f"Reveal.slide(Reveal.getSlides().indexOf({film}))")
    return page.locator("section.present .film [role=slider]").first


@pytest.fixture(scope="module")
def speaker(deck_page):
    """The speaker view of the deck, opened once: its opener learns late that one was closed."""
    film_handle(deck_page).press("ArrowRight")
    deck_page.evaluate("Reveal.slide(0)")
    with deck_page.context.expect_page() as opened:
        deck_page.keyboard.press("s")
    opened.value.wait_for_function("document.body.innerText.includes('minutes')")
    yield opened.value
    opened.value.close()


def test_the_speaker_view_drives_the_deck_and_shows_its_notes_and_its_pace(speaker, deck_page):
    wait_until(speaker, lambda: "PACING" in speaker.locator("body").inner_text())
    notes = speaker.locator(".speaker-controls-notes .value")
    first = notes.inner_text()
    speaker.keyboard.press("PageDown")
    wait_until(deck_page, lambda: deck_page.evaluate("Reveal.getIndices().h") == 1)
    # Both views tell each other where they are: a key that is faster than that is taken back.
    wait_until(speaker, lambda: notes.inner_text() != first)
    speaker.keyboard.press("PageUp")
    wait_until(deck_page, lambda: deck_page.evaluate("Reveal.getIndices().h") == 0)


def test_a_slider_is_in_the_speaker_view_where_it_was_moved_on_the_projector(speaker, deck_page):
    handle = film_handle(deck_page)
    shown = speaker.frames[1].locator("section.present .film [role=slider]").first
    for key in (None, "ArrowLeft"):  # before the view was opened, and now
        if key:
            handle.press(key)
        where = handle.get_attribute("aria-valuenow")
        wait_until(speaker, lambda where=where: shown.get_attribute("aria-valuenow") == where)


def test_a_deck_prints_one_page_a_slide_with_its_film(deck_file, chromium):
    page = chromium.new_context(viewport=STAGE).new_page()
    page.goto(f"{deck_file.as_uri()}?print-pdf")
    page.wait_for_selector(".pdf-page .film img", state="attached")
    page.emulate_media(media="print")
    assert page.evaluate(OVER_THE_EDGE) == []
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    slides = page.evaluate("Reveal.getTotalSlides()")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == slides
    page.context.close()


@pytest.fixture(scope="module")
def small(lab_server, open_notebook):
    """A notebook of two slides, a title and a program, open in JupyterLab."""
    place = {"slideshow": {"slide_type": "slide"}}
    title = nbformat.v4.new_markdown_cell("# Two slides", id="title", metadata=place)
    code = nbformat.v4.new_code_cell("print(6 * 7)", id="code", metadata=place)
    write_notebook(lab_server.root / "small.ipynb", [title, code])
    notebook = open_notebook("small.ipynb")
    yield notebook
    notebook.close()


def test_the_button_presents_and_a_cell_is_edited_and_run_on_its_slide(small):
    small.page.locator("[data-command='lessons:present']").click()
    small.page.wait_for_selector("body[data-jp-deck-mode='presenting'] .jp-deck-mod-visible h1")
    small.page.keyboard.press("PageDown")
    slide = small.page.locator(".jp-deck-mod-visible")
    slide.locator(".cm-content").click()
    small.page.keyboard.press("ControlOrMeta+A")
    small.page.keyboard.type("print(6 * 8)  # no . b or space moves the deck")
    small.page.keyboard.press("Control+Enter")
    slide.locator(".jp-OutputArea-output", has_text="48").wait_for()
    assert small.page.locator("body.lessons-blank").count() == 0


def test_a_page_that_was_closed_in_slide_mode_opens_with_its_menus(small):
    remembered = """async active => {
        const { settings } = window.jupyterapp.serviceManager;
        const saved = (await settings.fetch("jupyterlab-slideshow:plugin")).settings.active;
        return saved === active;
    }"""
    small.page.wait_for_function(remembered, arg=True)
    small.page.on("dialog", lambda dialog: dialog.accept())  # there are unsaved changes
    small.page.evaluate("sessionStorage.clear()")  # as in a new tab
    small.page.reload()
    small.page.wait_for_selector(".jp-NotebookPanel .jp-Cell")
    small.page.wait_for_function(remembered, arg=False)
    assert small.page.locator("#jp-top-panel").is_visible()
