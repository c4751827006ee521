"""The exercises as a whole: enough of them, graded, each complete, none that gives itself away."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from lessons.practice import answers, check, exercises, hint
from lessons.practice.kinds.blank import Blank
from lessons.practice.kinds.choice import Choice
from lessons.practice.kinds.function import Function

LESSONS = [f"{number:02d}" for number in range(11)]
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


def test_an_exercise_is_complete(exercise):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", exercise.name)
    assert exercise.skill.startswith(("can ", "knows "))
    assert 1 <= exercise.minutes <= 15
    assert len(exercise.hints) >= 2
    assert exercise.insight
    assert "..." in exercise.stub or exercise.given


def stubs_in_lessons():
    """{exercise: the stub in its lesson's cell}, the last line `check(…)` left out."""
    found = {}
    for path in sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            stub, _, last = "".join(cell["source"]).rstrip().rpartition("\n")
            if asked := re.match(r'check\("([^"]+)", (\w+)\)$', last):
                found[asked[1]] = (stub.strip(), asked[2])
    return found


STUBS = stubs_in_lessons()


def test_the_lesson_shows_the_stub_that_is_checked(exercise):
    assert STUBS[exercise.name] == (exercise.stub.strip(), exercise.asked)


def test_a_listing_says_what_it_is_and_not_what_is_right():
    text = repr(exercises("00"))
    assert "one-hot (write, 4 min, difficulty 1)" in text
    assert len(text) < 600


def test_no_hint_and_no_message_is_the_answer(exercise):
    right = answers.answer(exercise)
    if isinstance(exercise, Blank):
        said = [*exercise.hints, *(mistake.thought for mistake in exercise.mistakes)]
        said = [re.sub(r"[\s`*]", "", text) for text in said]
        telling = re.sub(r"[\s*]", "", right)
        assert len(telling) < 3 or not any(telling in text for text in said)
    elif isinstance(exercise, Choice):
        telling = next(o.thought for o in exercise.options if o.shows == right)
        said = [*exercise.hints, *(o.thought for o in exercise.options if o.shows != right)]
        assert not any(telling in text for text in said)
    elif isinstance(exercise, Function):
        assert not any("return" in text and "=" in text for text in exercise.hints)


def test_an_unknown_name_is_answered_with_the_nearest():
    said = check("binary-gradent", None)
    assert not said.passed
    assert "binary-gradient" in said.message
    assert "no exercise" in check(3, None).message
    assert "no exercise" in hint(None).message


def test_importing_and_checking_functions_loads_neither_sympy_nor_pictures_nor_widgets():
    code = (
        "import sys, numpy as np\n"
        "from lessons.practice import check, exercises, progress\n"
        "exercises(); check('softmax', lambda z: np.exp(z)); check('predict-gap', (0, 1))\n"
        "print([m for m in ('sympy', 'matplotlib', 'ipywidgets', 'IPython') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
