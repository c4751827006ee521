"""Which exercises are done: a small file in the student's own folder, one name a line."""

import os
from pathlib import Path

import lessons

_kept = set()  # what could not be written: until the kernel ends
_told = False


def place():
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


def done():
    """Return the names of the exercises that were solved. Deleting the file resets it."""
    return set(_written().split()) | _kept


def add(name):
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
