"""A student's notebook shows no answer before the question, and is else the lesson itself."""

import json
from pathlib import Path

import nbformat
import pytest

from lessons import __version__
from lessons.student_notebooks import student_notebook

LESSONS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))
CLEARED = {"outputs": [], "execution_count": None}


@pytest.fixture(params=LESSONS, ids=lambda path: path.stem)
def source(request):
    return request.param.read_text(encoding="utf-8")


def told_and_asked(notebook):
    """The cells that a student reads, in their order."""
    return [c for c in notebook["cells"] if c["metadata"]["slideshow"].get("slide_type") != "notes"]


def test_a_students_notebook_holds_no_output_no_count_and_no_speaker_notes(source):
    assert '"execution_count": 1' in source
    made = student_notebook(source)
    for cell in json.loads(made)["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
    assert "Speaker notes" not in made


def test_every_other_cell_is_the_lessons_own(source):
    made, kept = json.loads(student_notebook(source))["cells"], told_and_asked(json.loads(source))
    assert [cell | CLEARED for cell in made] == [cell | CLEARED for cell in kept]


def test_its_bytes_are_those_that_jupyter_would_write(source):
    notebook = nbformat.reads(source, as_version=4)
    notebook.cells = told_and_asked(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.update(CLEARED)
    notebook.metadata["lessons"] = {"edition": __version__}
    assert student_notebook(source) == nbformat.writes(notebook) + "\n"


def test_an_instructors_copy_keeps_the_notes_and_nothing_more(source):
    notebook = nbformat.reads(source, as_version=4)
    made = nbformat.reads(student_notebook(source, notes=True), as_version=4)
    assert [cell.source for cell in made.cells] == [cell.source for cell in notebook.cells]
    assert not any(cell.get("outputs") for cell in made.cells)


def test_made_from_a_students_notebook_it_is_the_same_again(source):
    made = student_notebook(source)
    assert student_notebook(made) == made


@pytest.mark.parametrize("text", ["", "mine", "[]", '{"cells": []}', '{"nbformat": 3}'])
def test_what_is_no_notebook_is_refused_with_what_came(text):
    with pytest.raises(ValueError, match=r"^expected a notebook"):
        student_notebook(text)
