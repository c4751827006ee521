"""Progress file in the student's own folder: what is done, a line each, and how it is shown."""

import os
from contextlib import suppress
from html import escape
from pathlib import Path

from lessons.practice.contents import LESSONS
from lessons.practice.kinds.exercise import Exercise
from lessons.practice.questions import link_to, questions
from lessons.student_files import PROOF, add_line, lines_of, progress_file

_kept: set[str] = set()  # what could not be written: until the kernel ends
_told = False


def done() -> set[str]:
    """Return the names of the exercises that were solved, and of the proofs, `PROOF` before them.

    Deleting the file resets it.
    """
    return set(lines_of(progress_file())) | _kept


def add(name: str) -> str:
    """Note that an exercise is solved; return a sentence for the student if that failed.

    What could not be written before is written with it.
    """
    global _told
    _kept.add(name)
    try:
        _kept.difference_update(lines_of(progress_file()))
        for one in sorted(_kept):  # and what had no room before
            add_line(progress_file(), one)
            _kept.discard(one)
    except OSError as error:
        first, _told = not _told, True
        reason = error.strerror or type(error).__name__
        return (
            f"(Progress cannot be saved in {progress_file()}: {reason}. It is kept until the "
            "kernel stops.)"
            if first
            else ""
        )
    _told = False
    return ""


def note_mistake(exercise: str, mistake: str) -> None:
    """Note a recognised mistake where LESSONS_MISTAKES says, as a hub does; nowhere otherwise.

    It is the student's own file, read by others only if the student agrees to it.
    """
    named = os.environ.get("LESSONS_MISTAKES")
    if not named:
        return
    with suppress(OSError), Path(named).open("a", encoding="utf-8") as file:  # a full disk
        file.write(f"{exercise} {mistake}\n")


class Progress:
    """Which exercises and proofs are done, and what they have taught: a bar a lesson.

    An exercise has the title that it has in its notebook; its name where that is not found.

    Attributes
    ----------
    lessons : dict
        {lesson: {exercise's name: done or not}}, in the order of the series and of each lesson.
    proofs : dict
        {lesson: {task's name: done or not}}.
    outcomes : dict
        {lesson: skills, as "can …", of the exercises that are done}.
    done, total : int
        Numbers of exercises.
    """

    def __init__(self, exercises: tuple[Exercise, ...], done: set[str]):
        self.lessons: dict[str, dict[str, bool]] = {e.lesson: {} for e in exercises}
        self.outcomes: dict[str, list[str]] = {e.lesson: [] for e in exercises}
        for exercise in exercises:
            self.lessons[exercise.lesson][exercise.name] = exercise.name in done
            if exercise.name in done:
                self.outcomes[exercise.lesson].append(exercise.skill)
        self.proofs: dict[str, dict[str, bool]] = {
            lesson: {task: f"{PROOF}{task}" in done for task in LESSONS[lesson].proofs}
            for lesson in self.lessons
        }
        self._titles = {
            name: question.title
            for lesson in self.lessons
            for name, question in questions(lesson).items()
        }
        self.total = len(exercises)
        self.done = sum(sum(names.values()) for names in self.lessons.values())

    def __repr__(self):
        lines = [self._sum()] if len(self.lessons) > 1 else []
        for lesson in self.lessons:
            lines += [
                f"{lesson}  {self._bar(lesson)}  {LESSONS[lesson].title}: {self._count(lesson)}"
            ]
            lines += [f"    {_ticked(*item)}" for item in self._items(lesson)]
            lines += [f"      {skill}" for skill in self.outcomes[lesson]]
        return "\n".join(lines)

    def _repr_html_(self):
        rows = "".join(self._row(lesson) for lesson in self.lessons)
        head = "".join(
            f"<th {_LEFT}>{name}</th>" for name in ("lesson", "done", "exercises and proofs")
        )
        table = f"<table><tr>{head}</tr>{rows}</table>"
        return f"<p>{self._sum()}</p>{table}" if len(self.lessons) > 1 else table

    def _row(self, lesson):
        title, link = escape(LESSONS[lesson].title), link_to(lesson)
        title = f"<a href='{link}'>{title}</a>" if link else title
        items = " · ".join(
            f"<span style='white-space:nowrap'>{escape(_ticked(*item))}</span>"
            for item in self._items(lesson)
        )
        skills = "".join(f"<br><small>{escape(skill)}</small>" for skill in self.outcomes[lesson])
        return (
            f"<tr><td {_LEFT}>{lesson} {title}</td>"
            f"<td {_LEFT}><span style='white-space:nowrap' aria-hidden='true'>{self._bar(lesson)}"
            f"</span><br>{self._count(lesson)}</td><td {_LEFT}>{items}{skills}</td></tr>"
        )

    def _sum(self):
        proofs = [done for tasks in self.proofs.values() for done in tasks.values()]
        return f"{self.done} of {self.total} exercises done, {sum(proofs)} of {len(proofs)} proofs"

    def _items(self, lesson):
        """List what a lesson asks for: its exercises, then its proofs, and which are done."""
        exercises = ((self._titles.get(n, n), done) for n, done in self.lessons[lesson].items())
        proofs = ((f"proof: {task}", done) for task, done in self.proofs[lesson].items())
        return [*exercises, *proofs]

    def _bar(self, lesson):
        done = [done for _, done in self._items(lesson)]
        return "▰" * sum(done) + "▱" * (len(done) - sum(done))

    def _count(self, lesson):
        done = [done for _, done in self._items(lesson)]
        return f"{sum(done)} of {len(done)}"


_LEFT = "style='text-align:left'"


def _ticked(name, done):
    return f"{'✓' if done else '○'} {name}"
