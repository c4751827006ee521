"""Jupyter server extension for a student's server on a hub: notebooks and privacy.

`deploy/lessons_hub.py` names it in the arguments of every server. It needs no rights but the
student's own, so it works alike on one machine and on Kubernetes.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from traitlets import Bool, Unicode
from traitlets.config import Configurable

from lessons import __version__
from lessons.student_files import write_whole
from lessons.student_notebooks import student_notebook

PLACED = ".placed.json"  # {notebook's name: digest of it as it was placed}
PROGRESS, MISTAKES = "progress.txt", "mistakes.txt"
CONSENT = "share-progress.txt"
ASK_CONSENT = """\
Your instructor would like to see which exercises the class has solved, and which mistakes it meets.
That is asked of you, and not required: nothing is shared unless you change the last line to

share: yes

and save this file. You can change it back at any time.

share: no
"""


class StudentNotebooks(Configurable):
    """Students' notebooks, placed in their home and never overwritten.

    Attributes
    ----------
    source : str
        Folder with the lessons (or with what nbgrader released), as this server sees it.
    folder : str
        Where they go, below the server's root.
    notes : bool
        Whether speaker notes stay in, as an instructor wants them.
    """

    source = Unicode(help="Folder with the lessons' notebooks.").tag(config=True)
    folder = Unicode("lessons", help="Where they go, below the server's root.").tag(config=True)
    notes = Bool(False, help="Whether the speaker notes stay in.").tag(config=True)

    def place(self, home: Path) -> list[str]:
        """Place each notebook that is missing or was never saved; return the names of the others.

        One that the student has saved since it was placed stays as it is, and a newer edition comes
        to lie beside it.

        Raises
        ------
        ValueError
            The source has no notebooks.
        OSError
            The home cannot be written: it is full, or its quota is reached.
        """
        originals = sorted(Path(self.source).glob("[0-9][0-9]_*.ipynb")) if self.source else []
        if not originals:
            raise ValueError(
                "expected StudentNotebooks.source to be a folder with the lessons' notebooks, such "
                f"as 00_start_here.ipynb; there are none in {self.source!r}"
            )
        work = home / self.folder
        work.mkdir(mode=0o700, exist_ok=True)
        if not (work / CONSENT).exists():
            write_whole(work / CONSENT, ASK_CONSENT)
        placed = read_digests(work / PLACED)
        older = []
        for path in originals:
            text = student_notebook(path.read_text(encoding="utf-8"), notes=self.notes)
            target = work / path.name
            if not target.exists() or digest(target) == placed.get(path.name):
                write_whole(target, text)
                placed[path.name] = digest(target)
            elif edition(target) != __version__:
                older.append(path.name)
                write_beside(target, text)
        write_whole(work / PLACED, json.dumps(placed, indent=1))
        return older


def write_beside(target: Path, text: str) -> None:
    """Write a newer edition beside the student's older one, once."""
    beside = target.with_suffix(f".edition-{__version__}.ipynb")
    if not beside.exists():
        write_whole(beside, text)


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_digests(path: Path) -> dict[str, str]:
    """Digests of the notebooks as they were placed; none where that cannot be read.

    Without them every notebook counts as the student's own, so nothing is overwritten.
    """
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def edition(notebook: Path) -> str:
    """Edition of a student's notebook; "" if none is written, or if it cannot be read."""
    try:
        metadata = json.loads(notebook.read_text(encoding="utf-8"))["metadata"]
        return str(metadata.get("lessons", {}).get("edition", ""))
    except (ValueError, KeyError, AttributeError, TypeError):
        return ""


def close_home(home: Path) -> None:
    """Let nobody else read the home: `useradd` leaves it open to all on many systems."""
    home.chmod(home.stat().st_mode & ~0o077)


def _load_jupyter_server_extension(server: Any) -> None:
    """Prepare the student's home before the first page opens; never keep the server from starting.

    What goes wrong is said in the server's log, and the student's own work can be opened.
    """
    os.umask(0o077)
    home = Path(server.root_dir)
    notebooks = StudentNotebooks(parent=server)
    work = home / notebooks.folder
    os.environ.setdefault("LESSONS_PROGRESS", str(work / PROGRESS))
    os.environ.setdefault("LESSONS_MISTAKES", str(work / MISTAKES))
    for prepare in (close_home, notebooks.place):
        try:
            older = prepare(home)
        except (OSError, ValueError) as error:
            server.log.error("The lessons could not be prepared in %s: %s", home, error)
        else:
            if older:
                server.log.info("Kept, edition %s beside: %s", __version__, ", ".join(older))
