"""Each lesson on paper: complete, without the speaker's notes, nothing cut by a page's edge."""

import re

import nbformat
import pytest

# All that paper cannot do.
OFTEN = ("10",)
COLUMN, PAGE = 665, 990  # px within the margins of A4
PARTS = """() => [...document.querySelectorAll(
    "img, table, pre, mjx-container[display=true]")].filter(n => n.offsetParent).map(node => {
    const { width, height } = (node.querySelector("svg") ?? node).getBoundingClientRect();
    const whole = n => n && (getComputedStyle(n).breakInside == "avoid" || whole(n.parentElement));
    return { what: node.textContent.slice(0, 80) || node.alt, width, height, whole: whole(node) };
})"""


@pytest.fixture(scope="session")
def handout(lesson_path, workshop, tmp_path_factory):
    """Path of a lesson's handout, made as `make handout` makes it; its page lies beside it."""
    folder = tmp_path_factory.mktemp("handout")
    assert workshop.make("handout", lesson_path.stem[:2], "--to", folder) == 0
    return folder / f"{lesson_path.stem}.pdf"


@pytest.fixture(scope="session")
def paper(handout, chromium, record_of):
    """The page that is printed, in print media and with no host to be found."""
    page = chromium.new_context(viewport={"width": COLUMN + 16, "height": PAGE}).new_page()
    page.emulate_media(media="print")
    page.record = record_of(page)
    page.goto(handout.with_suffix(".html").as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")
    yield page
    page.context.close()


def test_the_pdf_has_pages(handout):
    assert len(re.findall(rb"/Type\s*/Page\b", handout.read_bytes())) >= 3


def test_figures_equations_tables_and_programs_fit_a_page_and_stay_whole(paper):
    parts = paper.evaluate(PARTS)
    assert parts
    assert [part for part in parts if part["width"] > COLUMN + 1 or part["height"] > PAGE] == []
    assert [part for part in parts if not part["whole"]] == []


def test_paper_shows_no_notes_and_no_raw_latex(paper):
    text = paper.evaluate("document.body.innerText")
    assert "Speaker notes" not in text
    assert paper.locator("mjx-container svg").count()
    assert paper.locator("[data-mjx-error], [data-mml-node=merror]").count() == 0


def test_paper_does_not_ask_for_what_paper_cannot_do(paper, lesson_path):
    text = paper.evaluate("document.body.innerText").lower()
    impossible = re.findall(r"speaker notes|type a line in plain text|← lesson|lesson.* →\n", text)
    assert impossible == []
    cells = nbformat.read(lesson_path, as_version=4).cells
    still = re.compile(r"\w*(Explorer|DerivationReveal|SketchPanel|TutorPanel)\(")
    shown = [o.get("data", {}) for c in cells for o in c.get("outputs", [])]
    alive = [data for data in shown if still.match(data.get("text/plain", ""))]
    assert paper.locator(".still").count() == len(alive)


def test_every_picture_is_described(paper):
    undescribed = "img:not([alt]), img[alt=''], img[alt^='No description']"
    assert paper.locator(undescribed).count() == 0


def test_the_page_asks_for_nothing_but_itself_and_raises_nothing(paper, handout):
    own = handout.with_suffix(".html").as_uri()
    assert paper.record.outside(inside=(own, "data:", "blob:")) == []
    assert paper.record.page_errors == paper.record.console_errors == []
