"""API of the exercises: the five things that a student asks for."""

import inspect
from dataclasses import replace

from lessons.practice import answers, progress_file
from lessons.practice.catalogue import catalogue, find
from lessons.practice.feedback import HINT, SOLUTION, WRONG, Feedback
from lessons.practice.kinds.exercise import Exercise
from lessons.practice.progress_file import Progress
from lessons.practice.sandbox.process import CheckFailedError

_given_hints: dict[str, int] = {}


def check(name: str, answer: object = ...) -> Feedback:
    """Judge an answer to an exercise.

    Parameters
    ----------
    name : str
        The exercise, such as "binary-gradient".
    answer : callable, number, str, tuple or dict
        What the exercise asks for; `...` (the stub's blank) means not attempted.

    Returns
    -------
    Feedback
        Shown as a box in the notebook; `.passed` says whether the answer is right. No answer
        makes it raise.
    """
    try:
        exercise = find(name)
    except ValueError as unknown:
        return Feedback(str(name), WRONG, str(unknown))
    said = _judge(exercise, answer)
    if said.mistake:
        progress_file.note_mistake(exercise.name, said.mistake)
    if said.passed:
        note = progress_file.add(exercise.name)
        said = replace(said, message=f"{said.message}\n\n{note}".strip())
    return said


def _judge(exercise, answer):
    try:
        return exercise.judge(answer)
    except CheckFailedError as error:
        return exercise.stopped(f"This is a mistake in this package, please report it: `{error}`.")
    except KeyboardInterrupt:
        return exercise.stopped("You interrupted the check: nothing is judged, nothing is lost.")
    # An answer that no check foresaw: the student reads a sentence, not our traceback.
    except Exception as error:
        return exercise.wrong(
            f"This answer could not be looked at ({type(error).__name__}: {error})."
        )


def hint(name: str) -> Feedback:
    """Return the next hint for an exercise; after the last one, the last again."""
    try:
        exercise = find(name)
    except ValueError as unknown:
        return Feedback(str(name), WRONG, str(unknown))
    number = min(_given_hints.get(name, 0) + 1, len(exercise.hints))
    _given_hints[name] = number
    text = f"{number} of {len(exercise.hints)}: {exercise.hints[number - 1]}"
    if number == len(exercise.hints):
        text += (
            f'\n\nThat was the last one; `solution("{name}")` shows a solution with its reasoning.'
        )
    return Feedback(name, HINT, text)


def solution(name: str) -> Feedback:
    """Return a solution with its reasoning: for a function the very source that the tests run."""
    try:
        exercise = find(name)
    except ValueError as unknown:
        return Feedback(str(name), WRONG, str(unknown))
    solved = answers.solution(exercise)
    if solved is None:
        return Feedback(
            name, HINT, "This copy was released without solutions: ask who gave it to you."
        )
    code = (
        inspect.getsource(solved.answer)
        if callable(solved.answer)
        else f"answer = {solved.answer!r}"
    )
    return Feedback(name, SOLUTION, solved.reasoning, code=code.rstrip())


def exercises(lesson: str | None = None) -> tuple[Exercise, ...]:
    """Return the exercises of one lesson ("03"), or of the whole series, as a tuple in order."""
    return tuple(e for e in catalogue().values() if lesson in (None, e.lesson))


def progress() -> Progress:
    """Return what is done in each lesson.

    It is kept in the file that LESSONS_PROGRESS names, by default one in `work/`.
    """
    return Progress(exercises(), progress_file.done())
