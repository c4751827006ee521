"""Progress file in the student's own folder: one name of a solved exercise a line, and a table."""

import html
import os
from contextlib import suppress
from pathlib import Path

import lessons
from lessons.practice.kinds.exercise import Exercise

_kept: set[str] = set()  # what could not be written: until the kernel ends
_told = False


def place() -> Path:
    """Return the file that holds the progress.

    `LESSONS_PROGRESS` names it; otherwise it is `progress.txt` in the repository's `work/`, where
    students' copies of the notebooks are, or in the current folder when the package is installed
    without its repository.
    """
    named = os.environ.get("LESSONS_PROGRESS")
    if named:
        return Path(named)
    root = Path(lessons.__file__).resolve().parents[2]
    return (root / "work" if (root / "pyproject.toml").is_file() else Path.cwd()) / "progress.txt"


def done() -> set[str]:
    """Return the names of the exercises that were solved. Deleting the file resets it."""
    return set(_written().split()) | _kept


def add(name: str) -> str:
    """Note that an exercise is solved; return a sentence for the student if that failed."""
    global _told
    if name in done():
        return ""
    try:
        _append(name)
    except OSError as error:
        _kept.add(name)
        first, _told = not _told, True
        reason = error.strerror or type(error).__name__
        return (
            f"(Progress cannot be saved in {place()}: {reason}. It is kept until the kernel stops.)"
            if first
            else ""
        )
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


def _written():
    try:
        return place().read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _append(name):
    """Add a line: what another notebook's kernel writes at the same moment is never overwritten."""
    path, before = place(), _written()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{name}\n" if before.endswith("\n") or not before else f"\n{name}\n")


class Progress:
    """Which exercises are done, and what they have taught: a table in the notebook, or text.

    Attributes
    ----------
    lessons : dict
        {lesson: {exercise's name: done or not}}, in the order of the series.
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
        self.total = len(exercises)
        self.done = sum(sum(names.values()) for names in self.lessons.values())

    def __repr__(self):
        lines = [self._sum()]
        for lesson, count, names in self._rows():
            lines += [f"{lesson}  {count}  {names}"]
            lines += [f"         {skill}" for skill in self.outcomes[lesson]]
        return "\n".join(lines)

    def _repr_html_(self):
        left = "style='text-align:left'"
        rows = "".join(
            f"<tr><td>{lesson}</td><td>{count}</td><td {left}>{_together(names)}"
            f"{_below(self.outcomes[lesson])}</td></tr>"
            for lesson, count, names in self._rows()
        )
        head = f"<tr><th>lesson</th><th>done</th><th {left}>exercises</th></tr>"
        return f"<p>{self._sum()}</p><table>{head}{rows}</table>"

    def _sum(self):
        return f"{self.done} of {self.total} exercises done"

    def _rows(self):
        for lesson, names in self.lessons.items():
            ticked = ", ".join(f"{'✓' if done else '○'} {name}" for name, done in names.items())
            yield lesson, f"{sum(names.values())}/{len(names)}", ticked


def _together(names):
    """Keep each name in one piece, together with its mark."""
    names = html.escape(names).split(", ")
    return ", ".join(f"<span style='white-space:nowrap'>{name}</span>" for name in names)


def _below(skills):
    """Write one skill a line, small."""
    return "".join(f"<br><small>{html.escape(skill)}</small>" for skill in skills)
