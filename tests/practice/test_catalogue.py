"""The exercises as a whole: enough of them, graded, each complete, none that gives itself away."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import nbformat
import pytest

from lessons.practice import answers, check, exercises, hint
from lessons.practice.kinds.blank import Blank
from lessons.practice.kinds.choice import Choice
from lessons.practice.kinds.function import Function

LESSONS = [f"{number:02d}" for number in range(13)]
NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))
CELLS = [cell for path in NOTEBOOKS for cell in nbformat.read(path, as_version=4).cells]
of_each_exercise = pytest.mark.parametrize("exercise", exercises(), ids=lambda each: each.name)
KINDS = {"write", "mend", "blank", "predict", "shapes", "choose"}


def test_every_lesson_has_exercises_and_there_are_enough():
    counts = Counter(e.lesson for e in exercises())
    assert list(counts) == LESSONS
    assert all(3 <= count <= 6 for count in counts.values())
    assert sum(counts.values()) >= 36


def test_one_lesson_can_be_listed():
    names = [e.name for e in exercises(lesson="03")]
    assert names[0] == "predict-sign"
    assert "binary-gradient" in names
    assert exercises(lesson="99") == ()


def test_all_kinds_occur():
    assert {e.kind for e in exercises()} == KINDS


def test_lessons_lead_from_worked_to_open():
    for lesson in LESSONS:
        levels = [e.difficulty for e in exercises(lesson)]
        assert levels[0] == 1
        assert max(levels) >= 2
    assert {e.difficulty for e in exercises()} == {1, 2, 3}


def _asked(name):
    """Return question, stub and the line with the check, as the notebook has them."""
    ends = re.compile(rf'^check\("{name}", \w+\)\Z', re.MULTILINE)
    (place,) = [k for k, cell in enumerate(CELLS) if ends.search(cell.source)]
    stub, check_it = CELLS[place].source.rsplit("\n", 1)
    return CELLS[place - 1].source, stub.rstrip(), check_it


@of_each_exercise
def test_the_stub_is_the_notebooks_and_its_first_name_is_checked(exercise):
    _, stub, check_it = _asked(exercise.name)
    assert stub == exercise.stub
    first = re.match(r"(?:def )?(\w+)", stub)[1]
    assert check_it == f'check("{exercise.name}", {first})'


@of_each_exercise
def test_an_exercise_is_complete(exercise):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", exercise.name)
    assert exercise.skill.startswith(("can ", "knows "))
    assert exercise.minutes > 0
    assert len(exercise.hints) >= 2
    assert exercise.insight
    assert "..." in exercise.stub or exercise.given


@of_each_exercise
def test_a_listing_says_what_it_is_and_what_one_can_do_then_and_not_what_is_right(exercise):
    assert repr(exercise) == (
        f"{exercise.lesson} {exercise.name} ({exercise.kind}, {exercise.minutes} min, difficulty "
        f"{exercise.difficulty}): {exercise.skill}"
    )


@of_each_exercise
def test_no_hint_and_no_message_is_the_answer(exercise):
    right = answers.right_answer(exercise)
    if isinstance(exercise, Blank):
        said = [*exercise.hints, *(mistake.thought for mistake in exercise.mistakes)]
        said = [re.sub(r"[\s`*]", "", text) for text in said]
        telling = re.sub(r"[\s*]", "", right)
        assert len(telling) < 3 or not any(telling in text for text in said)
    elif isinstance(exercise, Choice):
        question, _, _ = _asked(exercise.name)
        telling = re.search(rf"\({right}\) ([^.\n]+)", question)[1]
        said = [*exercise.hints, *(mistake.thought for mistake in exercise.mistakes)]
        assert not any(telling in text or f"({right})" in text for text in said)
    elif isinstance(exercise, Function):
        assert not any("return" in text and "=" in text for text in exercise.hints)


def test_an_unknown_name_is_answered_with_the_nearest():
    said = check("binary-gradent", None)
    assert not said.passed
    assert "binary-gradient" in said.message
    assert "no exercise" in check(3, None).message
    assert "no exercise" in hint(3).message


def test_importing_and_checking_functions_loads_neither_sympy_nor_pictures_nor_widgets():
    code = (
        "import sys, numpy as np\n"
        "from lessons.practice import check, exercises, progress\n"
        "exercises(); check('softmax', lambda z: np.exp(z)); check('predict-gap', (0, 1))\n"
        "print([m for m in ('sympy', 'matplotlib', 'ipywidgets', 'IPython') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
