"""A mixed review draws other exercises with another seed, and asks what the notebooks ask."""

import json
from pathlib import Path

import pytest

from lessons.practice import exercises
from lessons.practice.mixed_review import review as draw

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
FIVE = ("01", "02", "03", "04", "05")


def names(drawn):
    return [question.exercise.name for question in drawn.questions]


@pytest.mark.parametrize("seed", range(5))
def test_five_lessons_give_one_exercise_each(seed):
    drawn = draw(FIVE, seed, folder=NOTEBOOKS)
    assert sorted(q.exercise.lesson for q in drawn.questions) == list(FIVE)


def test_the_same_seed_draws_the_same_and_another_one_others():
    assert names(draw(FIVE, 1, folder=NOTEBOOKS)) == names(draw(FIVE, 1, folder=NOTEBOOKS))
    assert len({tuple(names(draw(FIVE, seed, folder=NOTEBOOKS))) for seed in range(8)}) > 4


def test_every_exercise_can_be_drawn_with_its_text_from_the_notebook():
    lessons = tuple(sorted({each.lesson for each in exercises()}))
    total = len(exercises())
    drawn = draw(lessons, 0, total, NOTEBOOKS)
    assert sorted(names(drawn)) == sorted(each.name for each in exercises())
    for question in drawn.questions:
        cells = json.loads((NOTEBOOKS / question.notebook).read_text())["cells"]
        assert any(question.text in "".join(cell["source"]) for cell in cells)
        assert question.title
        assert question.exercise.stub in drawn._repr_markdown_()


@pytest.mark.parametrize("count", [0, -1, 1000])
def test_more_questions_than_there_are_are_refused(count):
    with pytest.raises(ValueError, match=r"expected from 1 to \d+ questions, got"):
        draw(FIVE, 1, count, NOTEBOOKS)


def test_a_lesson_without_exercises_and_a_missing_notebook_are_refused(tmp_path):
    with pytest.raises(ValueError, match=r"got \['77'\]"):
        draw(("01", "77"), 1, folder=NOTEBOOKS)
    with pytest.raises(FileNotFoundError, match="no notebook of lesson"):
        draw(("01",), 1, folder=tmp_path)


def test_a_question_without_its_numbered_heading_is_refused(tmp_path):
    cell = {"cell_type": "code", "source": ['check("softmax", f)']}
    (tmp_path / "01_bare.ipynb").write_text(json.dumps({"cells": [cell]}))
    with pytest.raises(ValueError, match="below a numbered heading"):
        draw(("01",), 1, folder=tmp_path)
