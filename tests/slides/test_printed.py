"""What `make paper` prints, page by page: as many pages as promised, and none nearly empty."""

import sys

import nbformat
import paper
import printing
import pytest

pytestmark = pytest.mark.slow
SENTENCE = "Prediction minus truth is the gradient. " * 40


def printed(file, *paragraphs):
    """Print a notebook of these paragraphs."""
    cells = [nbformat.v4.new_markdown_cell(one) for one in paragraphs]
    return paper.write(nbformat.v4.new_notebook(cells=cells), "A sheet", file)


def test_every_sheet_has_the_pages_that_are_promised_and_none_is_nearly_empty(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(sys, "argv", ["paper.py", "--to", str(tmp_path)])
    assert paper.main() == 0
    sheets = {path.stem: path for path in tmp_path.glob("*.pdf")}
    assert len(sheets) == 2 * len(paper.with_questions()) + 5
    assert len(printing.drawings(sheets["formula_sheet"])) == 1
    assert len(printing.drawings(sheets["cheat_sheet"])) == 2
    assert len(printing.drawings(sheets["votes"])) == 2
    found = {name: printing.near_empty(path) for name, path in sheets.items()}
    assert {name: pages for name, pages in found.items() if pages} == {}


def test_a_page_of_one_line_and_one_of_lines_to_write_on_are_seen(tmp_path, monkeypatch):
    monkeypatch.setattr(paper, "SIZES", (15,))
    line = '<div style="break-before: page">One line.</div>'
    rules = '<div style="break-before: page" class="room"><hr><hr></div>'
    pdf = printed(tmp_path / "planted", SENTENCE, line, rules)
    assert len(printing.drawings(pdf)) == 3
    assert printing.near_empty(pdf)[-2:] == [2, 3]


def test_a_few_lines_too_many_are_taken_in_by_smaller_type(tmp_path, monkeypatch):
    monkeypatch.setattr(paper, "MOST_PAGES", {"planted": 1})
    lines = "<div>Prediction minus truth is the gradient.</div>" * 46
    assert len(printing.drawings(printed(tmp_path / "planted", lines))) == 1
    monkeypatch.setattr(paper, "SIZES", paper.SIZES[:1])
    with pytest.raises(ValueError, match="at most 1 pages, got 2"):
        printed(tmp_path / "planted", lines)


def test_a_sheet_that_becomes_too_long_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"formula_sheet: expected at most 1 pages, got [2-9]"):
        printed(tmp_path / "formula_sheet", *[SENTENCE] * 9)
