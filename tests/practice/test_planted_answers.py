"""Every planted mistake gets its name, every right way passes, nothing wrong is called right."""

import importlib.util
import os
import types
from pathlib import Path

import pytest

from lessons.practice import check, exercises, solution
from lessons.practice.kinds.function import Function


def _tables():
    for path in sorted(Path(__file__).with_name("planted").glob("lesson_*.py")):
        spec = importlib.util.spec_from_file_location(f"planted_{path.stem}", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield module


TABLES = list(_tables())
# {exercise: {mistake: one wrong answer or a list of them}} and {exercise: [right answers]}
PLANTED = {name: mistakes for table in TABLES for name, mistakes in table.WRONG.items()}
ACCEPTED = {name: answers for table in TABLES for name, answers in table.RIGHT.items()}


def _listed(answers):
    return answers if isinstance(answers, list) else [answers]


WRONG = [
    pytest.param(name, mistake, answer, id=f"{name}: {mistake} {number}")
    for name, mistakes in PLANTED.items()
    for mistake, answers in mistakes.items()
    for number, answer in enumerate(_listed(answers))
]
RIGHT = [
    pytest.param(name, answer, id=f"{name}: {number}")
    for name, answers in ACCEPTED.items()
    for number, answer in enumerate(answers)
]
EXERCISES = exercises()
FUNCTIONS = [each for each in EXERCISES if isinstance(each, Function)]
of_each_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda each: each.name)
of_each_function = pytest.mark.parametrize("function", FUNCTIONS, ids=lambda each: each.name)


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("name", "mistake", "wrong"), WRONG)
def test_a_planted_mistake_is_named(name, mistake, wrong):
    said = check(name, wrong)
    assert not said.passed
    assert (said.status, said.mistake) == ("wrong", mistake)


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("name", "right"), RIGHT)
def test_a_different_but_right_way_passes(name, right):
    said = check(name, right)
    assert said.passed, said


@pytest.mark.parametrize("name", ["binary-loss", "binary-gradient", "sigmoid-bug"])
def test_planted_answers_are_judged_alike_where_there_is_no_fork(name, monkeypatch):
    monkeypatch.delattr(os, "fork")
    for mistake, answers in PLANTED[name].items():
        assert [check(name, answer).mistake for answer in _listed(answers)] == (
            [mistake] * len(_listed(answers))
        )
    assert all(check(name, answer).passed for answer in ACCEPTED[name])


@of_each_exercise
def test_the_stub_is_not_attempted(exercise, typed):
    names = typed(exercise.stub)
    answer = next(value for name, value in names.items() if name not in typed(""))
    said = exercise.judge(answer)
    assert (said.status, said.passed) == ("not attempted", False), said


@of_each_function
def test_every_declared_mistake_of_a_function_is_planted(function):
    declared = {mistake.name for mistake in (*function.mistakes, *function.properties)}
    assert not declared - set(PLANTED[function.name])


@of_each_function
def test_at_least_four_mistakes_and_two_right_ways_are_known_of_each_function(function):
    assert len({mistake.name for mistake in function.mistakes}) >= 4
    assert len(ACCEPTED[function.name]) >= 2


@of_each_exercise
def test_every_exercise_has_planted_wrong_and_right_answers(exercise):
    assert PLANTED[exercise.name]
    assert ACCEPTED[exercise.name]


def test_nothing_is_planted_for_an_exercise_that_does_not_exist():
    assert set(PLANTED) | set(ACCEPTED) == {exercise.name for exercise in EXERCISES}


@of_each_exercise
def test_a_solution_shown_to_students_passes_when_they_type_it(exercise, typed):
    names = typed(solution(exercise.name).code)
    if isinstance(exercise, Function):
        answer = next(v for v in reversed(names.values()) if isinstance(v, types.FunctionType))
    else:
        answer = names["answer"]
    assert check(exercise.name, answer).passed
