"""API of the exercises: the five things that a student asks for."""

from dataclasses import replace

from lessons.practice import progress_file
from lessons.practice.aids import Aids
from lessons.practice.catalogue import catalogue, find
from lessons.practice.feedback import HINT, WRONG, Feedback, running_shell
from lessons.practice.kinds.exercise import Exercise
from lessons.practice.progress_file import Progress
from lessons.practice.sandbox.process import CheckFailedError

_aids: dict[str, Aids] = {}
_checked: list[tuple[object, Feedback]] = []  # those of one cell, and which


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
    aids = _aids_of(exercise)
    aids.count(said)
    if said.mistake:
        progress_file.note_mistake(exercise.name, said.mistake)
    if said.passed:
        note = progress_file.add(exercise.name)
        said = replace(said, message=f"{said.message}\n\n{note}".strip())
    said = replace(said, aids=aids)
    shown = _after_those_before(said)
    _checked[:] = [*_of_this_cell(), (_cell(), said)]
    _show_at_the_end_of_the_cell()
    return shown


def _aids_of(exercise):
    return _aids.setdefault(exercise.name, Aids(exercise))


def _cell():
    """Return what tells a cell's run from the next one's; None outside IPython."""
    return getattr(running_shell(), "execution_count", None)


def _show_at_the_end_of_the_cell():
    """Let no sentence be lost that a line below `check(...)` keeps from being the cell's value."""
    shell = running_shell()
    if shell is not None and _show_the_hidden not in shell.events.callbacks["post_run_cell"]:
        shell.events.register("post_run_cell", _show_the_hidden)


def _show_the_hidden(_):
    hidden = [one for _, one in _checked if not one.displayed]
    if hidden:
        from IPython.display import display

        display(replace(hidden[-1], before=tuple(hidden[:-1])))


def _of_this_cell():
    cell = _cell()
    return [one for one in _checked if cell is not None and one[0] == cell]


def _after_those_before(said):
    """Put in front what checks before it in this cell said: a cell shows its last value alone."""
    before = tuple(one for _, one in _of_this_cell() if not one.displayed)
    return replace(said, before=before)


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


def hint(name: str | None = None) -> Feedback:
    """Return the next hint for an exercise, by default the one checked last.

    After the last hint, the last one again.
    """
    return _aid(name, "hint", Aids.hint)


def solution(name: str | None = None) -> Feedback:
    """Return a solution with its reasoning: for a function the very source that the tests run.

    Without a name it is that of the exercise checked last.
    """
    return _aid(name, "solution", Aids.solution)


def _aid(name, called, aid):
    if name is None and not _checked:
        words = f'No exercise was checked yet: write which one, as in `{called}("softmax")`.'
        return Feedback(called, HINT, words)
    try:
        exercise = find(_checked[-1][1].exercise if name is None else name)
    except ValueError as unknown:
        return Feedback(str(name), WRONG, str(unknown))
    return _after_those_before(aid(_aids_of(exercise)))


def exercises(lesson: str | None = None) -> tuple[Exercise, ...]:
    """Return the exercises of one lesson ("03"), or of the whole series, as a tuple in order."""
    return tuple(e for e in catalogue().values() if lesson in (None, e.lesson))


def progress(lesson: str | None = None) -> Progress:
    """Return what is done in each lesson, or in one of them ("03").

    It is kept in the file that LESSONS_PROGRESS names, by default one in `work/`.
    """
    chosen = exercises(lesson)
    if not chosen:
        known = ", ".join(sorted({e.lesson for e in exercises()}))
        raise ValueError(f"expected a lesson, one of {known}, got {lesson!r}")
    return Progress(chosen, progress_file.done())
