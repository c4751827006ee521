"""Open a lesson as slides in JupyterLab, its kernel running: `python tools/present.py [03]`.

It presents the instructor's own copy in build/present, which has the speaker notes, no outputs, and
whatever was changed in it. JupyterLab gets settings of its own, made anew each time: what it
remembers of one talk (slide mode among it) cannot surprise the next.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from lab import copy_missing, edition, lab_command, own_kernels
from series import LESSONS, ROOT, chosen

from lessons import __version__

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


def main(arguments: list[str]) -> int:
    """Present the lesson named, or the first; return an exit status."""
    try:
        lesson = COPIES / chosen(arguments, LESSONS)[0].name  # not a 03_my_notes.ipynb beside it
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    copy_missing(LESSONS, COPIES, notes=True)
    if edition(lesson) != __version__:
        print(
            f"{lesson.relative_to(ROOT)} is of an older edition, and kept as you left it. For the "
            "new one rename yours, and run this again."
        )
    print(f"{lesson.name} opens, runs and turns into slides.")
    print(
        "On: Space, right arrow, Page Down, clicker. Back: left arrow, Page Up. F9: in and out. "
        "Ctrl+C here ends it."
    )
    print("If no browser opens, copy the address with its token below.", flush=True)
    return present(lesson)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
