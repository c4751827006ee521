"""The contents that `progress` shows are those of the notebooks, in their order."""

import json
import re
from pathlib import Path

import pytest

from lessons.practice import exercises
from lessons.practice.contents import LESSONS

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))


def cells(path, kind):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == kind]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_title_file_exercises_and_proofs_are_those_of_the_notebook(path):
    number = path.stem[:2]
    title, notebook, proofs = LESSONS[number]
    assert notebook == path.name
    assert cells(path, "markdown")[0].splitlines()[0] == f"# Lesson {number} · {title}"
    code = "\n".join(cells(path, "code"))
    checked = dict.fromkeys(re.findall(r'\bcheck\(\s*"([\w-]+)"', code))
    assert [e.name for e in exercises(number)] == list(checked)
    assert list(proofs) == re.findall(r'\bTutorPanel\(\s*"([^"]+)"', code)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_lesson_is_closed_by_its_line_of_progress(path):
    last = cells(path, "code")[-1]
    assert last == f'from lessons.practice import progress\n\nprogress("{path.stem[:2]}")'


def test_every_exercise_belongs_to_a_lesson_of_the_contents():
    assert {e.lesson for e in exercises()} <= set(LESSONS)
