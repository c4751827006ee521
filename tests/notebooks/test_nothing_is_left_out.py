"""Everything that was built for the lessons is used in them."""

import re

import pytest

from lessons import live, practice, proofs

EXPLORERS = sorted(name for name in live.__all__ if name.endswith("Explorer"))
EXERCISES = practice.exercises()


@pytest.mark.parametrize("name", EXPLORERS)
def test_every_explorer_is_moved_in_some_lesson(name, code_by_lesson):
    assert any(f"{name}(" in code for code in code_by_lesson.values())


@pytest.mark.parametrize("widget", ["DerivationReveal", "TutorPanel"])
def test_every_way_to_prove_it_oneself_is_offered_in_some_lesson(widget, code_by_lesson):
    assert any(f"{widget}(" in code for code in code_by_lesson.values())


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda each: each.name)
def test_every_exercise_is_asked_in_its_lesson(exercise, code_by_lesson):
    assert f'check("{exercise.name}"' in code_by_lesson[exercise.lesson]


def test_lessons_ask_no_exercise_that_does_not_exist(code_by_lesson):
    asked = re.findall(r'check\("([^"]+)"', "\n".join(code_by_lesson.values()))
    assert set(asked) == {each.name for each in EXERCISES}
    assert len(asked) == len(set(asked))


def test_every_derivation_is_shown_in_some_lesson(code_by_lesson):
    code = "\n".join(code_by_lesson.values())
    assert [name for name in proofs.NAMES if f'"{name}"' not in code] == []
