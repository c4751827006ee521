"""The site as a visitor meets it: pages to read, lessons that run, and what can go wrong.

`LESSONS_SITE` names a site that is built already; otherwise it is built here.
"""

import json
import os
import re
from hashlib import sha256
from pathlib import Path

import pytest
import website
from PIL import Image

from .access import violations
from .conftest import LESSONS
from .firefox import firefox
from .lab import Record
from .website import (
    CELLS,
    ERRORS,
    FINISHED,
    RAN,
    RUN_ALL,
    RUN_CODE,
    START,
    STILL,
    TEXT_OF,
    Site,
    open_live,
    run_all,
    run_code,
)

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
        if (/\\\(|\\\[|\$[^$]+\$|\[ \]/.test(text)) found.push(text);
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
COMPLETE = """async (code) => {
    const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
    return (await kernel.requestComplete({ code, cursor_pos: code.length })).content.matches;
}"""
# Buttons fade into the other theme's colours: in between they have neither's contrast.
IN_DARK = """() => {
    document.documentElement.dataset.theme = "dark";
    const fading = document.getAnimations().filter(each => each instanceof CSSTransition);
    return Promise.all(fading.map(each => each.finished)).then(() => null);
}"""
# A page that goes through the site in a frame, and reports.
WALK = """<meta charset="utf-8">
<iframe style="width: 1200px; height: 800px"></iframe>
<script type="module">
const frame = document.querySelector("iframe");
const pause = () => new Promise((done) => setTimeout(done, 100));
const until = async (holds) => { while (!(await holds())) await pause(); };
const open = (address) => new Promise((done) => { frame.onload = done; frame.src = address; });
const within = (place, words, ...given) => place.eval(`(${words})`)(...given);
const report = { pages: {}, said: [] };

async function read(name) {
    await open(`${name}.html`);
    const page = frame.contentWindow;
    await until(() => within(page, FORMULAS_DONE));
    const errors = page.document.querySelectorAll("mjx-merror").length;
    report.pages[name] = { raw: within(page, RAW), errors };
}

async function land() {
    const film = () => frame.contentDocument.querySelector(".film .frame").style.cssText;
    const before = film();
    await until(() => film() !== before);
}

async function live() {
    await open(`lite/open.html?lesson=${LESSON}`);
    await until(() => frame.contentDocument.body.dataset.ready);
    const lesson = frame.contentDocument.querySelector("#notebook").contentWindow;
    within(lesson, RUN_ALL);
    await until(() => within(lesson, FINISHED));
    report.errors = within(lesson, ERRORS);
    report.still = await within(lesson, STILL);
    for (const code of CODE) {
        const cell = await within(lesson, RUN_CODE, code);
        await until(() => within(lesson, RAN, cell));
        report.said.push(within(lesson, TEXT_OF, cell));
    }
}

try {
    for (const name of PAGES) await read(name);
    await open("index.html");
    await land();
    await live();
} catch (error) {
    report.failed = `${error} ${error.stack}`;
}
await fetch("/report", { method: "POST", body: JSON.stringify(report) });
</script>
"""
TEXT = "() => JSON.stringify(window.jupyterapp.shell.currentWidget.context.model.toJSON())"


def build(folder):
    """Build the site in a folder, with the Pyodide that `PYODIDE` names; return the folder."""
    pytest.importorskip("sphinx", reason="make .venv/.site sets up what builds the site")
    pyodide = os.environ.get("PYODIDE")
    website.build(folder, Path(pyodide) if pyodide else None)
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, served on 127.0.0.1."""
    folder = os.environ.get("LESSONS_SITE")
    if not folder:
        folder = build(tmp_path_factory.mktemp("site") / "site")
    served = Site(Path(folder))
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


def test_the_site_is_small_and_a_second_build_gives_the_same(site, tmp_path):
    again = build(tmp_path / "again" / "site")
    assert [path.name for path in again.parent.iterdir()] == ["site"]
    assert website.size(again) <= 70_000_000
    first, second = (digests(folder) for folder in (site.folder, again))
    assert [name for name in first | second if first.get(name) != second.get(name)] == []


def digests(folder):
    """Return the checksum of each file of a folder, by its place."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder): sha256(path.read_bytes()).digest() for path in files}


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


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_film_lies_on_the_page_s_own_ground(site, page, theme):
    page.emulate_media(color_scheme=theme)
    page.goto(f"{site.url}index.html")
    ground = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    with Image.open(site.folder / "_static" / f"film-{theme}.webp") as sheet:
        assert ground == "rgb({}, {}, {})".format(*sheet.getpixel((0, 0)))


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)], ids=["laptop", "phone"])
def test_the_first_screen_holds_the_claim_the_ways_in_and_the_moving_picture(site, page, size):
    page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
    page.goto(f"{site.url}index.html")
    page.wait_for_function(FORMULAS_DONE)
    boxes = [page.locator(place).bounding_box() for place in ("h1", ".doors", ".film")]
    assert all(box["y"] + box["height"] <= size[1] for box in boxes)


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
    assert frame.evaluate(STILL) == []
    assert record.page_errors == []
    assert record.outside(inside=(site.url, "data:", "blob:")) == []


ANSWERS = {
    "check('predict-sign', ('-', '+', '-', '0'))": "✓ Right",
    "check('predict-sign', ('+', '-', '+', '0'))": "✗ Not yet",
    "check('binary-loss', endless)": "second",
    "6 * 7": "42",
}
ENDLESS = """from lessons.practice import check
def endless(z, y):
    while True:
        pass
"""
CODE = [f"{ENDLESS}print(repr({asked}))" for asked in ANSWERS]


def test_the_first_cell_that_a_student_runs_is_the_first(site, page):
    frame = open_live(page, site, THIRD)
    run_code(frame, "1 + 1")
    assert frame.evaluate(f"() => ({CELLS})().at(-1).model.executionCount") == 1


def test_names_are_completed_and_a_module_of_one_s_own_is_imported(site, page):
    frame = open_live(page, site, THIRD)
    own = "import importlib; open('mine.py', 'w').write('K = 7'); importlib.invalidate_caches()"
    told = run_code(frame, f"import math, numpy\nfrom lessons.model import softmax\n{own}")
    assert "7" in run_code(frame, "import mine; print(mine.K)"), told
    for typed, known in (("math.lo", "log1p"), ("numpy.argm", "argmax"), ("softm", "softmax")):
        assert known in frame.evaluate(COMPLETE, typed)


def test_answers_are_judged_and_an_endless_one_is_stopped(site, page):
    frame = open_live(page, site, THIRD)
    for code, said in zip(CODE, ANSWERS.values(), strict=True):
        assert said in run_code(frame, code)


def test_in_firefox_pages_are_whole_and_a_lesson_runs_is_moved_and_judged(site, tmp_path):
    parts = {"LESSON": THIRD, "PAGES": PAGES, "CODE": CODE, "RAW": RAW, "ERRORS": ERRORS}
    parts |= {"FORMULAS_DONE": FORMULAS_DONE, "FINISHED": FINISHED, "RUN_ALL": RUN_ALL}
    parts |= {"STILL": STILL, "RUN_CODE": RUN_CODE, "RAN": RAN, "TEXT_OF": TEXT_OF}
    given = "".join(f"const {name} = {json.dumps(part)};\n" for name, part in parts.items())
    site.server.pages["/walk.html"] = f"<script>{given}</script>{WALK}".encode()
    with firefox(f"{site.url}walk.html", tmp_path, width=1280, height=900):
        report = site.server.reports.get(timeout=2 * START)
    assert "failed" not in report, report["failed"]
    assert report["pages"] == {name: {"raw": [], "errors": 0} for name in PAGES}
    assert report["errors"] == report["still"] == []
    for said, wanted in zip(report["said"], ANSWERS.values(), strict=True):
        assert wanted in said


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
    assert f"yours is now {THIRD}.backup-1.ipynb" in page.locator("#said").inner_text()


def test_a_proof_is_written_and_revealed_and_what_is_solved_is_kept_over_a_reload(site, page):
    frame = open_live(page, site, THIRD)
    run_code(
        frame,
        "from lessons.live import DerivationReveal, TutorPanel\n"
        "from lessons.practice import check\n"
        "check('predict-sign', ('-', '+', '-', '0'))\n"
        "reveal = DerivationReveal('binary, y = 1')\n"
        "panel = TutorPanel('binary, y = 1')\n"
        "from ipywidgets import VBox\n"
        "VBox([reveal, panel])",
    )
    reveal, tutor = (frame.locator(f".lessons-{name}").last for name in ("reveal", "tutor"))
    reveal.get_by_role("button", name="Next").click()
    reveal.get_by_text("Write line 3").wait_for()
    tutor.get_by_label("line 2", exact=True).fill("-1/yhat * d/dz(yhat)")
    page.keyboard.press("Enter")
    tutor.get_by_text("Line 2 follows").wait_for()
    run_code(frame, "'kept by now'")  # Python does one thing after the other
    frame = open_live(page, site, THIRD)
    ask = "from lessons.student_files import *; print(lines_of(progress_file()))"
    assert "'predict-sign'" in run_code(frame, ask)
    run_code(frame, "from lessons.live import TutorPanel\nTutorPanel('binary, y = 1')")
    frame.get_by_text("yours from last time").wait_for()


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


def test_a_browser_too_old_for_the_page_itself_is_told_so(site, chromium):
    context = chromium.new_context(service_workers="block")  # one would bring the page's own script
    page = context.new_page()
    script = {"content_type": "text/javascript", "body": "export const word = of the future;"}
    page.route("**/store.js", lambda route: route.fulfill(**script))
    page.goto(f"{site.url}lite/open.html?lesson={THIRD}")
    page.wait_for_function("() => /too old/.test(document.querySelector('#said').textContent)")
    assert page.locator("#read").is_visible()
    assert not page.locator("#progress").is_visible()
    context.close()


def test_a_wheel_that_is_not_the_one_demanded_is_refused_by_name_until_it_is(site, chromium):
    (wheel,) = (site.folder / "lite" / "static" / "pyodide").glob("lessons-*.whl")
    place = f"/lite/static/pyodide/{wheel.name}"
    context = chromium.new_context()
    page = context.new_page()
    site.server.pages[place] = wheel.read_bytes()[:-1] + b"x"
    frame = open_live(page, site, THIRD)
    said = page.locator("#said").inner_text()
    assert re.search(r"refused: lessons-\S+\.whl\. Reload", said)
    assert "No module named 'lessons'" in run_code(frame, "import lessons")
    del site.server.pages[place]
    open_live(page, site, THIRD)
    page.reload()
    page.wait_for_selector("body[data-ready]", timeout=1000 * START)
    assert page.locator("#said").inner_text().startswith("Ready")
    context.close()


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
    served = Site(site.folder)
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
