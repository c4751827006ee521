"""Which exercises are done: a small file in the student's own folder."""

import json
import os
from pathlib import Path

import lessons

_kept = set()  # what could not be written: until the kernel ends
_told = False


def place():
    """Return the file that holds the progress.

    `LESSONS_PROGRESS` names it; otherwise it is `progress.json` in the repository's `work/`, where
    students' copies of the notebooks are, or in the current folder when the package is installed
    without its repository.
    """
    named = os.environ.get("LESSONS_PROGRESS")
    if named:
        return Path(named)
    root = Path(lessons.__file__).resolve().parents[2]
    return (root / "work" if (root / "pyproject.toml").is_file() else Path.cwd()) / "progress.json"


def done():
    """Return the names of the exercises that were solved. Deleting the file resets it."""
    return _written() | _kept


def add(name):
    """Note that an exercise is solved; return a sentence for the student if that failed."""
    global _told
    if name in done():
        return ""
    try:
        _write(_written() | {name})
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
        names = json.loads(place().read_text(encoding="utf-8"))["done"]
        return {name for name in names if isinstance(name, str)}
    except (OSError, ValueError, KeyError, TypeError):
        return (
            set()
        )  # no file yet, or one that somebody edited: starting again loses ticks, not work


def _write(names):
    path = place()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_text(json.dumps({"done": sorted(names)}, indent=1) + "\n", encoding="utf-8")
    os.replace(draft, path)
