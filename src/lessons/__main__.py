"""Copy the lessons to a folder of your own and open JupyterLab there: `python -m lessons`."""

import argparse
import importlib.util
import subprocess
import sys
import tarfile
from pathlib import Path

from lessons.student_notebooks import student_notebook

PACKAGE = Path(__file__).resolve().parent
NO_LAB = (
    "JupyterLab is not installed here. Open the notebooks with what you have, "
    "or install it: python -m pip install jupyterlab jupyterlab-slideshow"
)


NO_LESSONS = (
    "This package carries no lessons, as a course hands it out for its homework: "
    "open the notebooks that you were given with python -m jupyterlab."
)


def students_lessons() -> dict[str, str]:
    """Return the students' notebooks by file name: a wheel carries them, a repository has them."""
    packed = PACKAGE / "notebooks.tar.bz2"
    if packed.is_file():
        with tarfile.open(packed) as archive:
            files = {each.name: archive.extractfile(each) for each in archive}
            return {name: file.read().decode() for name, file in files.items() if file}
    paths = sorted(PACKAGE.parents[1].glob("notebooks/[0-9][0-9]_*.ipynb"))
    return {path.name: student_notebook(path.read_text(encoding="utf-8")) for path in paths}


def copy_missing(folder: Path, lessons: dict[str, str]) -> list[str]:
    """Write each lesson that a folder does not have yet, and return the names of those written.

    Raises
    ------
    OSError
        The folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    missing = [name for name in lessons if not (folder / name).exists()]
    for name in missing:
        (folder / name).write_text(lessons[name], encoding="utf-8")
    return missing


def open_lab(folder: Path, first: str) -> int:
    """Run JupyterLab on a folder, at its first lesson, until it is stopped; its exit status."""
    lab = [sys.executable, "-m", "jupyterlab", f"--LabApp.default_url=/lab/tree/{first}"]
    try:
        return subprocess.call([*lab, f"--ServerApp.root_dir={folder.resolve()}"])
    except KeyboardInterrupt:
        return 0


def main(arguments: list[str]) -> int:
    """Copy what is missing and open JupyterLab where it is installed; return an exit status."""
    parser = argparse.ArgumentParser(prog="python -m lessons", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("gradient-lessons"))
    folder = parser.parse_args(arguments).folder
    if not (lessons := students_lessons()):
        print(NO_LESSONS, file=sys.stderr)
        return 1
    try:
        copied = copy_missing(folder, lessons)
    except OSError as error:
        print(f"The lessons cannot be copied to {folder}: {error.strerror}", file=sys.stderr)
        return 1
    print(f"Lessons in {folder}: {len(copied)} copied, the others left as they were.", flush=True)
    if importlib.util.find_spec("jupyterlab") is None:
        print(NO_LAB)
        return 0
    return open_lab(folder, min(lessons))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
