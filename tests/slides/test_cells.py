"""Every notebook says for each cell where it stands on the slides, and says little on each."""

import re
from pathlib import Path

import nbformat
import pytest
from paths import by_slide

LESSONS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
KINDS = {"slide", "fragment", "skip", "notes", ""}
MOST_WORDS = 45  # about 40, headings included, formulas and code not
MATH_AND_CODE = re.compile(r"\$\$.*?\$\$|\$.*?\$|`[^`]*`|\]\([^)]*\)", re.DOTALL)
WORD = re.compile(r"[^\W\d_][\w'’-]*")
NOTES = re.compile(r"<details><summary>Speaker notes</summary>\n\n.+\n\n</details>", re.DOTALL)


def kind(cell):
    """Slide type of a cell; empty for one that stays on the slide before it."""
    return cell.metadata["slideshow"].get("slide_type", "")


def words_of_slides(cells):
    """Id of each slide's first cell, and how many words its text has."""
    slides = {}
    for cell in cells:
        if kind(cell) == "slide":
            slides[cell.id] = 0
        if kind(cell) in ("slide", "fragment", "") and cell.cell_type == "markdown":
            slides[next(reversed(slides))] += len(WORD.findall(MATH_AND_CODE.sub(" ", cell.source)))
    return slides


def without_notes(cells):
    """Id of each slide's first cell, of the slides that have nothing for the speaker."""
    slides = by_slide(cells).items()
    return [name for name, own in slides if "notes" not in map(kind, own)]


@pytest.fixture(params=LESSONS, ids=[path.stem for path in LESSONS])
def cells(request):
    return nbformat.read(request.param, as_version=4).cells


def test_every_cell_has_a_place_that_both_kinds_of_slides_know(cells):
    assert kind(cells[0]) == "slide"
    assert {kind(cell) for cell in cells} <= KINDS


def test_a_slide_has_about_forty_words_at_most(cells):
    assert {name: n for name, n in words_of_slides(cells).items() if n > MOST_WORDS} == {}


def test_notes_are_folded_away_and_say_how_many_minutes(cells):
    notes = [cell.source for cell in cells if kind(cell) == "notes"]
    assert len(notes) >= 3
    assert [text for text in notes if not NOTES.fullmatch(text.strip())] == []
    assert [text for text in notes if "minute" not in text] == []


def test_each_slide_has_notes(cells):
    assert without_notes(cells) == []


def test_a_slide_whose_notes_are_gone_is_found(cells):
    first = next(index for index, cell in enumerate(cells) if kind(cell) == "notes")
    assert len(without_notes(cells[:first] + cells[first + 1 :])) == 1


def test_words_are_counted_without_formulas_and_code():
    cell = nbformat.v4.new_markdown_cell(
        "## One two\n\nThree $x + y$ `four`, [five](a_link.ipynb)."
    )
    cell.metadata["slideshow"] = {"slide_type": "slide"}
    more = nbformat.v4.new_markdown_cell("six")
    more.metadata["slideshow"] = {}
    skipped = nbformat.v4.new_markdown_cell("seven eight")
    skipped.metadata["slideshow"] = {"slide_type": "skip"}
    assert words_of_slides([cell, more, skipped]) == {cell.id: 5}
