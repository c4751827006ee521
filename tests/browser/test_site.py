"""The site as a visitor meets it: pages to read, lessons that run, and what can go wrong.

`LESSONS_SITE` names a site that is built already; otherwise it is built here.
"""

import os
import re
from pathlib import Path

import pytest

from .access import violations
from .conftest import LESSONS
from .lab import Record
from .website import ERRORS, START, Site, open_live, run_all, run_code

pytestmark = pytest.mark.slow

THIRD = "03_binary_gradient"
PAGES = ["index", "lessons/index", f"lessons/{THIRD}", "teach", "reference/model", "checked"]
PHONE = {"width": 400, "height": 800}
RAW = r"""() => {
    const article = document.querySelector("article");
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
        const { parentElement: place, textContent: text } = walker.currentNode;
        if (place.closest("mjx-container, script, style, code, pre")) continue;
        if (/\\\(|\\\[|\$[^$]+\$/.test(text)) found.push(text);
    }
    return found;
}"""
FORMULAS_DONE = """() => !document.querySelector("script[src*=mathjax]")
    || window.MathJax?.startup?.promise?.then(() => true)"""
KEPT = "JupyterLite Storage - /lite/"
PUT = """([store, key, value]) => new Promise((resolve, reject) => {
    const opening = indexedDB.open(store);
    opening.onsuccess = () => {
        const transaction = opening.result.transaction("files", "readwrite");
        const putting = transaction.objectStore("files").put(value, key);
        putting.onsuccess = () => resolve(opening.result.close());
        putting.onerror = reject;
    };
})"""
NAMES = """(store) => new Promise((resolve) => {
    const opening = indexedDB.open(store);
    opening.onsuccess = () => {
        const asking = opening.result.transaction("files").objectStore("files").getAllKeys();
        asking.onsuccess = () => resolve(asking.result, opening.result.close());
    };
})"""
# Buttons fade into the other theme's colours: in between they have neither's contrast.
IN_DARK = """() => {
    document.documentElement.dataset.theme = "dark";
    const fading = document.getAnimations().filter(each => each instanceof CSSTransition);
    return Promise.all(fading.map(each => each.finished)).then(() => null);
}"""
TEXT = "() => JSON.stringify(window.jupyterapp.shell.currentWidget.context.model.toJSON())"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, served on 127.0.0.1."""
    folder = os.environ.get("LESSONS_SITE")
    if not folder:
        website = pytest.importorskip("website", reason="make .venv/.site sets up what it needs")
        folder = tmp_path_factory.mktemp("site") / "site"
        pyodide = os.environ.get("PYODIDE")
        website.build(folder, Path(pyodide) if pyodide else None)
    served = Site(folder)
    yield served
    served.stop()


@pytest.fixture(scope="module")
def context(chromium):
    """One visitor, whose browser keeps what is loaded for the whole module."""
    opened = chromium.new_context(viewport={"width": 1200, "height": 900}, accept_downloads=True)
    yield opened
    opened.close()


@pytest.fixture
def page(context):
    opened = context.new_page()
    opened.set_default_timeout(1000 * START)
    yield opened
    opened.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_readable_on_a_phone_and_asks_no_other_host(site, page, name):
    record = Record.of(page)
    page.goto(f"{site.url}{name}.html")
    page.wait_for_function(FORMULAS_DONE)
    assert page.evaluate(RAW) == []
    assert page.locator("mjx-merror").count() == 0
    assert violations(page, "article", "JupyterLab Light") == []
    page.evaluate(IN_DARK)
    assert violations(page, "article", "JupyterLab Dark") == []
    page.set_viewport_size(PHONE)
    width = "() => document.documentElement.scrollWidth"
    assert page.evaluate(width) <= PHONE["width"]
    assert record.outside(inside=(site.url, "data:", "blob:")) == []
    assert record.page_errors == []


def test_the_landing_page_moves_at_once_until_a_hand_takes_it(site, page):
    page.goto(f"{site.url}index.html")
    frame, slider = page.locator(".film .frame"), page.locator(".film .slider")
    start = frame.get_attribute("style") or ""
    page.wait_for_function(
        f"() => document.querySelector('.film .frame').style.cssText !== {start!r}"
    )
    slider.focus()
    page.keyboard.press("Home")
    assert page.locator(".film .play").inner_text() == "Play"
    assert slider.get_attribute("aria-valuetext") == "z = -4.00"
    page.keyboard.press("End")
    assert slider.get_attribute("aria-valuetext") == "z = 4.00"


def test_who_wants_no_motion_gets_none(site, chromium):
    context = chromium.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site.url}index.html")
    assert page.locator(".film .play").inner_text() == "Play"
    context.close()


@pytest.mark.parametrize("lesson", [path.stem for path in LESSONS], ids=lambda stem: f"live {stem}")
def test_a_lesson_runs_without_an_error_and_without_another_host(site, page, lesson):
    record = Record.of(page)
    frame = open_live(page, site, lesson)
    run_all(frame)
    assert frame.evaluate(ERRORS) == []
    assert record.outside(inside=(site.url, "data:", "blob:")) == []


def test_answers_are_judged_and_an_endless_one_is_stopped(site, page):
    frame = open_live(page, site, THIRD)
    run_code(frame, "from lessons.practice import check, progress")
    ask = "check('predict-sign', {})"
    assert run_code(frame, ask.format("('-', '+', '-', '0')")).startswith("✓ Right")
    assert run_code(frame, ask.format("('+', '-', '+', '0')")).startswith("✗ Not yet")
    endless = "def binary_loss(z, y):\n    while True:\n        pass\n"
    ask = (
        endless
        + "from lessons.practice import check; print(repr(check('binary-loss', binary_loss)))"
    )
    assert "second" in run_code(frame, ask)
    assert run_code(frame, "print(6 * 7)").strip() == "42"


def test_what_is_written_is_kept_downloaded_and_reset_with_a_backup(site, page):
    frame = open_live(page, site, THIRD)
    run_code(frame, "mine = 'kept over a reload'\nprint(mine)")
    page.click("#work > summary")
    with page.expect_download() as download:
        page.click("#download")
    assert "kept over a reload" in download.value.path().read_text(encoding="utf-8")
    frame = open_live(page, site, THIRD)
    assert "kept over a reload" in frame.evaluate(TEXT)
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("#work > summary")
    page.evaluate("delete document.body.dataset.ready")
    page.click("#reset")
    page.wait_for_selector("body[data-ready]")
    frame = page.frame(url=lambda url: "/notebooks/" in url)
    assert "kept over a reload" not in frame.evaluate(TEXT)
    assert f"{THIRD}.backup-1.ipynb" in page.evaluate(NAMES, KEPT)


@pytest.mark.parametrize("broken", ["", "{", {"content": {"cells": 3}}, {"content": None}])
def test_a_saved_notebook_that_cannot_be_read_is_kept_aside_and_a_fresh_one_opened(
    site, page, broken
):
    open_live(page, site, THIRD)
    page.goto("about:blank")
    page.goto(f"{site.url}lite/open.css")
    page.evaluate(PUT, [KEPT, f"{THIRD}.ipynb", broken])
    page.evaluate(PUT, [KEPT, "notes.ipynb", broken])
    frame = open_live(page, site, THIRD)
    said = page.locator("#said").inner_text()
    aside = re.search(r"It is kept as (\S+), and a fresh one is open\.", said)[1]
    assert aside.startswith(f"{THIRD}.unreadable-")
    assert "notes.ipynb could not be read, and is text now." in said
    listed = "() => window.jupyterapp.serviceManager.contents.get('').then(got => got.content)"
    kept = {each["name"]: each["type"] for each in frame.evaluate(listed)}
    assert kept[aside] == kept["notes.ipynb"] == "file"
    cells = "() => window.jupyterapp.shell.currentWidget.content.widgets.length"
    assert frame.evaluate(cells) > 20


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("delete globalThis.WebAssembly", "does not run WebAssembly"),
        (
            "globalThis.Worker = class { constructor() { throw new Error('no') } }",
            "blocks web workers",
        ),
    ],
    ids=["no WebAssembly", "no workers"],
)
def test_a_browser_that_cannot_run_python_is_told_and_led_to_the_reading_page(
    site, page, script, words
):
    page.add_init_script(script)
    page.goto(f"{site.url}lite/open.html?lesson={THIRD}")
    page.wait_for_selector("#said.trouble")
    assert words in page.locator("#said").inner_text()
    page.click("#read")
    page.wait_for_selector("article h1")
    assert page.url == f"{site.url}lessons/{THIRD}.html"


def test_where_nothing_can_be_kept_the_page_says_so_and_runs(site, page):
    page.add_init_script(
        "StorageManager.prototype.estimate = async () => ({ usage: 10, quota: 10 })"
    )
    open_live(page, site, THIRD)
    assert "keeps nothing" in page.locator("#said").inner_text()


def test_the_page_around_a_lesson_can_be_reached_and_fits_a_phone(site, page):
    page.set_viewport_size(PHONE)
    open_live(page, site, THIRD)
    assert page.locator("#hung").is_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
    page.click("#work > summary")
    assert violations(page, "header", "JupyterLab Light") == []


def test_what_is_kept_for_offline_opens_with_the_server_gone(site, chromium):
    served = Site(site.server.RequestHandlerClass.keywords["directory"])
    context = chromium.new_context()
    page = context.new_page()
    page.set_default_timeout(1000 * START)
    open_live(page, served, THIRD)
    page.click("#work > summary")
    page.click("#offline")
    page.wait_for_function("() => document.querySelector('#said').textContent.startsWith('Kept')")
    served.stop()
    frame = open_live(page, served, THIRD)
    assert (
        run_code(frame, "from lessons.model import sigmoid; print(sigmoid(0.0))").strip() == "0.5"
    )
    context.close()
