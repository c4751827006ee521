"""Every planted mistake gets its name, every right way passes, nothing wrong is called right."""

import types

from lessons.practice import check
from lessons.practice.kinds.function import Function


def test_a_planted_mistake_is_named(name, mistake, wrong):
    said = check(name, wrong)
    assert not said.passed
    assert (said.status, said.mistake) == ("wrong", mistake)


def test_a_different_but_right_way_passes(name, right):
    said = check(name, right)
    assert said.passed, said


def test_the_stub_is_not_attempted(exercise, typed):
    names = typed(exercise.stub)
    said = exercise.judge(names[exercise.asked])
    assert (said.status, said.passed) == ("not attempted", False), said


def test_every_declared_mistake_of_a_function_is_planted(exercise, planted):
    if isinstance(exercise, Function):
        declared = {mistake.name for mistake in exercise.mistakes}
        declared |= {each.name for each in exercise.properties if each.name}
        missing = declared - set(planted[exercise.name])
        assert not missing


def test_at_least_four_mistakes_and_two_right_ways_are_known_of_each_function(exercise, accepted):
    if isinstance(exercise, Function):
        assert len({mistake.name for mistake in exercise.mistakes}) >= 4
        assert len(accepted[exercise.name]) >= 2


def test_every_exercise_has_planted_wrong_and_right_answers(exercise, planted, accepted):
    assert planted[exercise.name]
    assert accepted[exercise.name]


def test_a_solution_shown_to_students_passes_when_they_type_it(exercise, typed):
    from lessons.practice import solution

    shown = solution(exercise.name).code
    names = typed(shown)
    if isinstance(exercise, Function):
        answer = next(v for v in reversed(names.values()) if isinstance(v, types.FunctionType))
    else:
        answer = names["answer"]
    assert check(exercise.name, answer).passed


def test_the_counts(planted, accepted, capsys):
    """Printed, so that whoever asks how many has an answer: run this test alone."""
    named = {
        (name, mistake) for name, mistakes in planted.items() for mistake in mistakes if mistake
    }
    ways = sum(len(answers) for answers in accepted.values())
    with capsys.disabled():
        print(
            f"\n{len(planted)} exercises, {len(named)} mistakes named, {ways} right ways accepted"
        )
    assert set(planted) == set(accepted)
