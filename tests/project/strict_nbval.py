"""Strict nbval of all lessons in a process of its own, which may be another Python."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PICTURES = r"""[pictures]
regex: data:image/[a-z]+;base64,[A-Za-z0-9+/=]+
replace: a picture
"""


def run_lessons(python, folder, pictures=True, **environ):
    """Assert that each lesson gives its stored outputs, all pictures among them or none."""
    own = {
        "IPYTHONDIR": str(folder / "ipython"),
        "MPLCONFIGDIR": str(folder / "matplotlib"),
        "LESSONS_PROGRESS": str(folder / "progress.txt"),
        "JUPYTER_PATH": "",
    }
    command = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "--nbval"]
    if not pictures:
        (folder / "pictures.cfg").write_text(PICTURES)
        command.append(f"--nbval-sanitize-with={folder / 'pictures.cfg'}")
    lessons = sorted((ROOT / "notebooks").glob("*.ipynb"))
    done = subprocess.run(
        [*command, "--nbval-cell-timeout=240", f"--rootdir={ROOT}", *lessons],
        cwd=ROOT,
        env=os.environ | own | environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]
