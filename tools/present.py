"""Open a lesson as slides in JupyterLab, its kernel running: `python tools/present.py [03]`.

It presents the copy in work/, so that an instructor's own changes are shown. JupyterLab gets
settings of its own, made anew each time: what it remembers of one talk (slide mode among it) cannot
surprise the next.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from lab import copy_missing, lab_command

ROOT = Path(__file__).resolve().parent.parent


def find_lesson(work: Path, number: str) -> Path:
    """Return the one lesson in work/ with this number, `03` or `3`; the first one for no number.

    Raises
    ------
    ValueError
        If no lesson has the number.
    """
    paths = sorted(work.glob("[0-9][0-9]_*.ipynb"))
    lessons = {path.name[:2]: path for path in paths if ".backup-" not in path.name}
    wanted = number.zfill(2) if number else min(lessons)
    if wanted not in lessons:
        known = ", ".join(sorted(lessons))
        raise ValueError(f"expected a lesson's number ({known}), as in NB=03; got {number!r}")
    return lessons[wanted]


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
            return subprocess.call(lab_command(lesson), cwd=lesson.parent, env=os.environ | own)
        except KeyboardInterrupt:
            return 0


def main(arguments: list[str]) -> int:
    """Present the lesson named, or the first; return an exit status."""
    work = ROOT / "work"
    copy_missing(ROOT / "notebooks", work)
    try:
        lesson = find_lesson(work, "".join(arguments))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{lesson.name} opens, runs and turns into slides.")
    print(
        "On: Space, →, Page Down, clicker. Back: ←, Page Up. F9: in and out. Ctrl+C here ends it."
    )
    print("If no browser opens, copy the address with its token below.", flush=True)
    return present(lesson)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
