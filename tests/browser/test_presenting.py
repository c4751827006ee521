"""What one lesson shows for all: the command that presents, the speaker view, a deck on paper."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .lab import FOLDERS, Record, wait_for_server

ROOT = Path(__file__).resolve().parents[2]
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
        page = chromium.new_context(viewport={"width": 1280, "height": 720}).new_page()
        page.record = Record.of(page)
        page.goto(f"{server['url']}lab/tree/{NAME}.ipynb?token={server['token']}")
        yield page
        page.context.close()
    finally:
        os.killpg(present.pid, 15)
        present.wait(timeout=30)


@pytest.fixture(scope="module")
def deck_file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("deck")
    tool = [sys.executable, ROOT / "tools" / "slides.py", "03", "--to", folder]
    subprocess.run(tool, check=True, capture_output=True)
    return folder / f"{NAME}.html"


@pytest.fixture
def deck_page(deck_file, chromium):
    page = chromium.new_context(viewport={"width": 1280, "height": 720}).new_page()
    page.goto(deck_file.as_uri())
    page.wait_for_selector("html[data-ready]", state="attached", timeout=60_000)
    yield page
    page.context.close()


def test_make_present_runs_the_lesson_and_shows_its_first_slide_alone(presented):
    presented.wait_for_selector(
        "body[data-jp-deck-mode='presenting'] .jp-deck-mod-visible", timeout=90_000
    )
    assert "binary gradient" in presented.locator(".jp-deck-mod-visible").inner_text()
    assert presented.locator(".jp-Dialog, .jp-toast, .Toastify__toast").count() == 0
    assert presented.locator("#jp-top-panel").is_hidden()
    assert presented.locator(".lessons-explorer [role=slider]").count() > 0
    assert presented.record.outside() == presented.record.page_errors == []


def test_the_index_leads_to_the_deck(deck_file, chromium):
    page = chromium.new_context().new_page()
    page.goto(deck_file.with_name("index.html").as_uri())
    page.get_by_role("link", name="binary gradient").click()
    page.wait_for_url(f"**/{NAME}.html*")
    page.context.close()


def test_the_speaker_view_opens_from_a_file_and_shows_the_notes(deck_page):
    with deck_page.context.expect_page() as opened:
        deck_page.keyboard.press("s")
    opened.value.wait_for_function("document.body.innerText.includes('minutes')", timeout=60_000)


def test_a_deck_prints_one_page_a_slide_with_its_film(deck_file, chromium):
    page = chromium.new_context(viewport={"width": 1280, "height": 720}).new_page()
    page.goto(f"{deck_file.as_uri()}?print-pdf")
    page.wait_for_selector(".pdf-page .film img", state="attached", timeout=60_000)
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    slides = page.evaluate("Reveal.getTotalSlides()")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == slides
    page.context.close()


def test_a_page_that_was_closed_in_slide_mode_opens_with_its_menus(open_notebook):
    remembered = """async active => {
        const { settings } = window.jupyterapp.serviceManager;
        const saved = (await settings.fetch("jupyterlab-slideshow:plugin")).settings.active;
        return saved === active;
    }"""
    notebook = open_notebook(f"{NAME}.ipynb")
    notebook.page.keyboard.press("F9")
    notebook.page.wait_for_function(remembered, arg=True)
    notebook.page.reload()
    notebook.page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60_000)
    notebook.page.wait_for_function(remembered, arg=False)
    assert notebook.page.locator("#jp-top-panel").is_visible()
    notebook.close()
