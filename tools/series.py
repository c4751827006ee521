"""The series of lessons: where everything lies, and each lesson by its number."""

import re
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
LESSONS = ROOT / "notebooks"
TIME = re.compile(r"\*\*Time\*\* about (\d+) minutes(?:, and (\d+) more)?")
CELL_SECONDS = 180  # after which a cell of a lesson counts as hung


def lessons(folder: Path = LESSONS) -> dict[str, Path]:
    """Return the lessons in a folder by number, `03`."""
    return {path.name[:2]: path for path in sorted(folder.glob("[0-9][0-9]_*.ipynb"))}


def lesson(number: str, folder: Path = LESSONS) -> Path:
    """Return the one lesson with a number, `03` or `3`.

    Raises
    ------
    ValueError
        No lesson has the number: it says which there are.
    """
    known = lessons(folder)
    if not number or number.zfill(2) not in known:
        raise ValueError(
            f"expected a lesson's number ({', '.join(known)}), as in NB=03; got {number!r}"
        )
    return known[number.zfill(2)]


def chosen(numbers: list[str], folder: Path = LESSONS) -> list[Path]:
    """Return the lessons with these numbers, or all of them if there is none."""
    return [lesson(number, folder) for number in numbers] or list(lessons(folder).values())


def minutes(path: Path) -> int:
    """Return how long a lesson says that it takes at home, with its exercises."""
    cells = nbformat.read(path, as_version=4).cells
    told = next(filter(None, (TIME.search(cell.source) for cell in cells)))
    return sum(int(part) for part in told.groups() if part)
