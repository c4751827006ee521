"""Open JupyterLab on a copy of the lessons (`python tools/lab.py`), or restore one (`… reset 03`).

Students work in work/, which git ignores, so that an update of the lessons never touches what they
wrote.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def copy_missing(lessons: Path, work: Path) -> list[str]:
    """Copy each notebook that work/ does not have yet, and return the names copied."""
    work.mkdir(exist_ok=True)
    missing = [path for path in sorted(lessons.glob("*.ipynb")) if not (work / path.name).exists()]
    for path in missing:
        shutil.copyfile(path, work / path.name)
    return [path.name for path in missing]


def backup_path(path: Path) -> Path:
    """First free name of the form `03_binary_gradient.backup-1.ipynb` beside the file."""
    number = 1
    while (backup := path.with_suffix(f".backup-{number}.ipynb")).exists():
        number += 1
    return backup


def reset(lessons: Path, work: Path, number: str) -> str:
    """Put a lesson's original back into work/, keep the student's file, and say what was done.

    Raises
    ------
    ValueError
        If `number` does not name exactly one lesson.
    """
    found = sorted(lessons.glob(f"{number}_*.ipynb")) if number.isdigit() else []
    if len(found) != 1:
        known = ", ".join(path.name[:2] for path in sorted(lessons.glob("*.ipynb")))
        raise ValueError(f"expected one lesson's number ({known}), as in NB=03; got {number!r}")
    target = work / found[0].name
    work.mkdir(exist_ok=True)
    if not target.exists():
        shutil.copyfile(found[0], target)
        return f"{target.name} is back as it was."
    backup = backup_path(target)
    target.rename(backup)
    shutil.copyfile(found[0], target)
    return f"{target.name} is back as it was; your file is now {backup.name}."


def lab_command(notebook: Path) -> list[str]:
    """Command that opens JupyterLab at a notebook, on this machine only, its token kept."""
    command = [
        sys.executable,
        *("-m", "jupyterlab", "--ServerApp.ip=127.0.0.1"),
        f"--ServerApp.root_dir={notebook.parent}",
        # As the default address, so that the one that is printed leads to the lesson too.
        f"--LabApp.default_url=/lab/tree/{notebook.name}",
    ]
    running_as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*command, "--allow-root"] if running_as_root else command


def open_lab(lessons: Path, work: Path) -> int:
    """Copy what is missing and run JupyterLab until the student stops it."""
    copied = copy_missing(lessons, work)
    if copied:
        print(f"Copied to {work.name}/: {', '.join(copied)}")
    first = work / min(path.name for path in lessons.glob("*.ipynb"))
    print("JupyterLab opens in the browser; if none opens, copy the address with its token below.")
    print("Ctrl+C here ends it.", flush=True)
    try:
        return subprocess.call(lab_command(first), cwd=work)
    except KeyboardInterrupt:
        return 0


def main(arguments: list[str]) -> int:
    """Open JupyterLab, or reset one lesson; return an exit status."""
    lessons, work = ROOT / "notebooks", ROOT / "work"
    if not arguments:
        return open_lab(lessons, work)
    if arguments[0] != "reset" or len(arguments) != 2:
        print("usage: python tools/lab.py [reset NUMBER]", file=sys.stderr)
        return 2
    try:
        print(reset(lessons, work, arguments[1]))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
