"""A mixed review draws other exercises with another seed, and asks what the notebooks ask."""

import json
import shutil
from pathlib import Path

import pytest

from lessons.practice import exercises
from lessons.practice.mixed_review import review as draw

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
FIVE = ("01", "02", "03", "04", "05")


def names(drawn):
    return [each.exercise.name for each in drawn.drawn]


@pytest.mark.parametrize("seed", range(5))
def test_five_lessons_give_one_exercise_each(seed):
    drawn = draw(FIVE, seed, folder=NOTEBOOKS)
    assert sorted(each.exercise.lesson for each in drawn.drawn) == list(FIVE)


def test_the_same_seed_draws_the_same_and_another_one_others():
    assert names(draw(FIVE, 1, folder=NOTEBOOKS)) == names(draw(FIVE, 1, folder=NOTEBOOKS))
    assert len({tuple(names(draw(FIVE, seed, folder=NOTEBOOKS))) for seed in range(8)}) > 4


def test_every_exercise_can_be_drawn_with_its_text_from_the_notebook():
    lessons = tuple(sorted({each.lesson for each in exercises()}))
    total = len(exercises())
    drawn = draw(lessons, 0, total, NOTEBOOKS)
    assert sorted(names(drawn)) == sorted(each.name for each in exercises())
    for each in drawn.drawn:
        cells = json.loads((NOTEBOOKS / each.link).read_text(encoding="utf-8"))["cells"]
        assert any(each.question.text in "".join(cell["source"]) for cell in cells)
        assert each.question.title
        assert each.exercise.stub in drawn._repr_markdown_()


@pytest.mark.parametrize("count", [0, -1, 1000])
def test_more_questions_than_there_are_are_refused(count):
    with pytest.raises(ValueError, match=r"expected from 1 to \d+ questions, got"):
        draw(FIVE, 1, count, NOTEBOOKS)


def test_a_lesson_without_exercises_is_refused():
    with pytest.raises(ValueError, match=r"got \['77'\]"):
        draw(("01", "77"), 1, folder=NOTEBOOKS)


def without_its_heading(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"]).replace("### ", "#### ")
    path.write_text(json.dumps(notebook), encoding="utf-8")


@pytest.mark.parametrize(
    "harm",
    [
        Path.unlink,
        without_its_heading,
        lambda path: path.write_text(path.read_text(encoding="utf-8")[:1000], encoding="utf-8"),
        lambda path: path.write_text('{"cells": [{}]}'),
        lambda path: path.write_text("[]"),
    ],
)
def test_of_a_notebook_that_is_gone_or_spoiled_a_sentence_is_said_and_run_all_goes_on(
    tmp_path, harm
):
    for name in ("01_probabilities.ipynb", "02_cross_entropy.ipynb"):
        shutil.copy(NOTEBOOKS / name, tmp_path)
    whole = draw(("01", "02"), 1, 2, tmp_path)
    harm(tmp_path / "01_probabilities.ipynb")
    drawn = draw(("01", "02"), 1, 2, tmp_path)
    assert names(drawn) == names(whole)
    assert "What is asked stands in" not in whole._repr_markdown_()
    said = drawn._repr_markdown_()
    assert said.count("What is asked stands in `01_probabilities.ipynb`") == 1
    assert all(each.exercise.stub in said for each in drawn.drawn)


def test_the_series_own_file_is_read_and_no_copy_that_sorts_before_it(tmp_path):
    own = tmp_path / "03_binary_gradient.ipynb"
    shutil.copy(NOTEBOOKS / own.name, own)
    for name in ("03_binary_gradient-Copy1.ipynb", "03_a_note_of_mine.ipynb"):
        (tmp_path / name).write_text('{"cells": []}')
    (each,) = draw(("03",), 1, 1, tmp_path).drawn
    assert each.link == own.name
    assert each.question


def test_in_a_release_each_lesson_is_found_in_a_folder_of_its_own(tmp_path):
    for name in ("03_binary_gradient.ipynb", "05_weights_and_bias.ipynb"):
        folder = tmp_path / f"lesson_{name[:2]}"
        folder.mkdir()
        shutil.copy(NOTEBOOKS / name, folder)
    drawn = draw(("03", "05"), 1, 2, tmp_path / "lesson_05")
    links = {each.exercise.lesson: each.link for each in drawn.drawn}
    assert links["03"] == "../lesson_03/03_binary_gradient.ipynb"
    assert links["05"] == "05_weights_and_bias.ipynb"
    assert all(each.question for each in drawn.drawn)
    assert "](../lesson_03/03_binary_gradient.ipynb)" in drawn._repr_markdown_()
