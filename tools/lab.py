"""Open JupyterLab on a copy of the lessons (`python tools/lab.py`), or restore one (`… reset 03`).

`… copy` makes the copies alone, for a place where something else starts JupyterLab, such as Binder.

Students work in work/, which git ignores, so that an update of the lessons never touches what they
wrote.
"""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import series
from series import LESSONS, ROOT

from lessons import __version__
from lessons.student_files import write_keeping, write_whole
from lessons.student_notebooks import student_notebook

WORK = ROOT / "work"
OPEN_TAB = (
    "If it is open in JupyterLab, go back to its tab: it shows the new one. Should JupyterLab ask "
    "there, choose Revert; Overwrite would put yours in place of the new one."
)


def copy_of(lesson: Path, notes: bool = False) -> str:
    """Return the text of a lesson for students, or with speaker notes for who teaches it."""
    return student_notebook(lesson.read_text(encoding="utf-8"), notes)


def edition(copy: Path) -> str:
    """Return the edition of a student's copy; "" if none is written, or if it cannot be read."""
    try:
        metadata = json.loads(copy.read_text(encoding="utf-8"))["metadata"]
        return str(metadata.get("lessons", {}).get("edition", ""))
    except (ValueError, KeyError, AttributeError, TypeError):
        return ""


def copy_missing(lessons: Path, work: Path, notes: bool = False) -> list[str]:
    """Copy each notebook that a folder does not have yet, and return the names copied."""
    work.mkdir(parents=True, exist_ok=True)
    missing = [path for path in series.lessons(lessons).values() if not (work / path.name).exists()]
    for path in missing:
        write_whole(work / path.name, copy_of(path, notes))
    return [path.name for path in missing]


def older_editions(lessons: Path, work: Path) -> list[str]:
    """Return the numbers of the copies in work/ that are of another edition than the lessons."""
    copies = {number: work / path.name for number, path in series.lessons(lessons).items()}
    return [n for n, copy in copies.items() if copy.exists() and edition(copy) != __version__]


def reset(lessons: Path, work: Path, number: str) -> str:
    """Put a lesson's original back into work/, keep the student's file, and say what was done.

    Raises
    ------
    ValueError
        No lesson has the number.
    """
    lesson = series.lesson(number, lessons)
    target = work / lesson.name
    work.mkdir(exist_ok=True)
    if not target.exists():
        write_whole(target, copy_of(lesson))
        return f"{target.name} is back as it was."
    backup = write_keeping(target, copy_of(lesson), work / "backups")
    yours = backup.relative_to(work.parent)
    return f"{target.name} is back as it was; yours is now {yours}.\n{OPEN_TAB}"


def lab_command(notebook: Path) -> list[str]:
    """Command that opens JupyterLab at a notebook, on this machine only, its token kept."""
    command = [
        sys.executable,
        *("-m", "jupyterlab", "--ServerApp.ip=127.0.0.1"),
        # So that the address is the last thing said.
        *("--log-level=ERROR", "--LabApp.log_level=ERROR"),
        f"--ServerApp.root_dir={notebook.parent}",
        # As the default address, so that the one that is printed leads to the lesson too.
        f"--LabApp.default_url=/lab/tree/{notebook.name}",
    ]
    running_as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*command, "--allow-root"] if running_as_root else command


def own_kernels() -> dict[str, str]:
    """Environment in which this Python's kernels come first.

    One of the same name in a folder of JUPYTER_PATH would lack the lessons.
    """
    own = Path(sys.prefix, "share", "jupyter")
    path = os.pathsep.join(filter(None, (str(own), os.environ.get("JUPYTER_PATH"))))
    return os.environ | {"JUPYTER_PATH": path}


def open_lab(lessons: Path, work: Path) -> int:
    """Copy what is missing and run JupyterLab until the student stops it."""
    copied = copy_missing(lessons, work)
    if copied:
        print(f"Copied to {work.name}/: {', '.join(copied)}")
    if older := older_editions(lessons, work):
        print(
            f"Of an older edition, and kept as you left them: {', '.join(older)}. What they import "
            f"may have moved; `make reset NB={older[0]}` gives you the new one and keeps yours "
            "as a backup."
        )
    if (work / "lessons.py").exists():
        print("work/lessons.py hides the package of that name: give it another one.")
    first = work / min(path.name for path in series.lessons(lessons).values())
    print("JupyterLab opens in the browser; if none opens, copy the address with its token below.")
    print("Ctrl+C here ends it.", flush=True)
    try:
        return subprocess.call(lab_command(first), cwd=work, env=own_kernels())
    except KeyboardInterrupt:
        return 0


def main(arguments: list[str]) -> int:
    """Open JupyterLab, or reset one lesson; return an exit status."""
    try:
        return run(arguments)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        advice = "make room on the disk" if full else "copy this folder to one of your own"
        sentence = "The lessons are copied to work/, which cannot be written here"
        print(f"{sentence}: {advice}. ({error})", file=sys.stderr)
        return 1


def run(arguments: list[str]) -> int:
    """Do what is asked for; return an exit status."""
    if not arguments:
        return open_lab(LESSONS, WORK)
    if arguments == ["copy"]:
        copy_missing(LESSONS, WORK)
        return 0
    if arguments[0] != "reset" or len(arguments) != 2:
        print("usage: python tools/lab.py [copy | reset NUMBER]", file=sys.stderr)
        return 2
    try:
        print(reset(LESSONS, WORK, arguments[1]))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
