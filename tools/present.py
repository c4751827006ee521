"""Open a lesson as slides in JupyterLab, its kernel running: `python tools/present.py [03]`.

It presents the instructor's own copy in build/present, which has the speaker notes, no outputs, and
whatever was changed in it; with `--path 50` a notebook of the slides of a path, written there anew
unless its cells were changed.
JupyterLab gets settings of its own, made anew each time: what it remembers of one talk (slide mode
among it) cannot surprise the next.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from lab import copy_missing, edition, lab_command, own_kernels
from paths import path_notebook, paths_named
from series import LESSONS, ROOT, chosen

from lessons import __version__
from lessons.student_notebooks import student_notebook

COPIES = ROOT / "build" / "present"


def write_settings(folder: Path) -> None:
    """Tell the extension `lessons` to run the first notebook that opens, and to present it."""
    (folder / "lessons").mkdir()
    (folder / "lessons" / "plugin.jupyterlab-settings").write_text(json.dumps({"present": True}))


def present(lesson: Path) -> int:
    """Run JupyterLab on a lesson until it is stopped."""
    with tempfile.TemporaryDirectory() as settings, tempfile.TemporaryDirectory() as workspaces:
        write_settings(Path(settings))
        own = {"JUPYTERLAB_SETTINGS_DIR": settings, "JUPYTERLAB_WORKSPACES_DIR": workspaces}
        try:
            return subprocess.call(lab_command(lesson), cwd=lesson.parent, env=own_kernels() | own)
        except KeyboardInterrupt:
            return 0


def digest(notebook) -> str:
    """Return a digest of what a notebook says, whatever its programs have put out."""
    cells = [[c.id, c.cell_type, c.source, c.metadata.get("slideshow", {})] for c in notebook.cells]
    return hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()


def is_changed(talk: Path) -> bool:
    """Tell whether somebody has changed the cells of a path's notebook since it was written."""
    if not talk.exists():
        return False
    try:
        notebook = nbformat.read(talk, as_version=4)
    except nbformat.reader.NotJSONError:
        return True
    return notebook.metadata.get("lessons", {}).get("as_written") != digest(notebook)


def path_lesson(name: str) -> Path:
    """Return where the notebook of a path, or of its first session, lies in build/present.

    It is written anew unless somebody has changed it.

    Raises
    ------
    ValueError
        No path has the name.
    """
    first, *others = paths_named(name)
    if others:
        print(f"This is {first.name}; the next session is PATH={others[0].name}.")
    target = COPIES / f"{first.file_name}.ipynb"
    if is_changed(target):
        print(f"{target.relative_to(ROOT)} is kept as you changed it: rename it for the original.")
        return target
    text = student_notebook(nbformat.writes(path_notebook(first)), notes=True)
    talk = nbformat.reads(text, as_version=4)
    talk.metadata.setdefault("lessons", {})["as_written"] = digest(talk)
    nbformat.write(talk, target)
    return target


def main(arguments: list[str] | None = None) -> int:
    """Present the lesson or path named, or the first lesson; return an exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lesson", nargs="?", help="number of a lesson; the first unless told")
    parser.add_argument("--path", help="name of a path in slides/paths.toml, such as 50")
    asked = parser.parse_args(arguments)
    copy_missing(LESSONS, COPIES, notes=True)
    try:
        if asked.path:
            lesson = path_lesson(asked.path)
        else:  # not a 03_my_notes.ipynb beside it
            lesson = COPIES / chosen([asked.lesson] if asked.lesson else [], LESSONS)[0].name
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    if not asked.path and edition(lesson) != __version__:
        print(
            f"{lesson.relative_to(ROOT)} is of an older edition, and kept as you left it. For the "
            "new one rename yours, and run this again."
        )
    print(f"{lesson.name} opens, runs and turns into slides.")
    print(
        "On: Space, Enter, right arrow, Page Down, clicker. Back: left arrow, Page Up. "
        "S: speaker view. F9: in and out. Ctrl+C here ends it."
    )
    print("If no browser opens, copy the address with its token below.", flush=True)
    return present(lesson)


if __name__ == "__main__":
    sys.exit(main())
