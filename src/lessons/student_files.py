"""Student's files: where progress and proofs are kept, and how they are written safely."""

import os
import re
from datetime import datetime
from itertools import count
from pathlib import Path

import lessons

ATTEMPTS = 5
PROOF = "proof: "  # begins the line of a finished proof in the progress file


def progress_file() -> Path:
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


def proof_file(task: str) -> Path:
    """Return the file of a proof: named after its task, in `proofs/` beside the progress."""
    words = task.replace("≠", " is not ").replace("=", " is ")
    name = "-".join(re.findall(r"\w+", words.lower()))
    return progress_file().parent / "proofs" / f"{name}.txt"


def lines_of(path: Path) -> list[str]:
    """Return the lines of a file, stripped; none of one that is missing or cannot be read."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return [line.strip() for line in text.splitlines()]


def add_line(path: Path, line: str) -> None:
    """Append a line: what another kernel writes at the same moment is not overwritten.

    It begins a line of its own behind one that was written by half. One that another kernel has
    written by half at this very moment may have swallowed it: then it is written again.

    Raises
    ------
    OSError
        It cannot be written, or is not there afterwards.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    for _ in range(ATTEMPTS):
        with path.open("ab+") as file:  # bytes: one write, however it is encoded
            end = file.seek(0, os.SEEK_END)
            file.seek(max(0, end - 1))
            apart = b"" if file.read(1) in (b"", b"\n") else b"\n"
            file.write(apart + line.encode() + b"\n")
        if line in lines_of(path):
            return
    raise OSError(None, f"{path} does not keep what is written to it")


def write_whole(path: Path, text: str) -> None:
    """Write a file at once: whoever reads it finds the old text or the new, never half of one.

    Raises
    ------
    OSError
        It cannot be written; what was there still is, as it is after an interrupt.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        new.write_text(text, encoding="utf-8")
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def backup_path(path: Path, at: datetime) -> Path:
    """Return the first free name like `03_binary_gradient_2026-11-28_21-06-00.ipynb`."""
    stem = f"{path.stem}_{at:%Y-%m-%d_%H-%M-%S}"
    names = (f"{stem}_{n}" if n > 1 else stem for n in count(1))
    places = (path.with_name(f"{name}{path.suffix}") for name in names)
    return next(place for place in places if not place.exists())


def write_keeping(path: Path, text: str, folder: Path | None = None) -> Path:
    """Write a file whole; return where what it held is kept: beside it, or in a folder.

    Raises
    ------
    OSError
        It cannot be written; what was there still is.
    """
    kept = backup_path((folder or path.parent) / path.name, datetime.now())
    kept.parent.mkdir(exist_ok=True)
    path.rename(kept)
    try:
        write_whole(path, text)
    finally:
        if not path.exists():
            kept.rename(path)
    return kept
