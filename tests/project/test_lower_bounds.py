"""The oldest versions that pyproject.toml allows are installed, and every lesson passes on them."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import environment
import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
DECLARED = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["lab"]


# Another Matplotlib draws a few pixels otherwise: the numbers and words around them are compared.
PICTURES = r"""[pictures]
regex: data:image/[a-z]+;base64,[A-Za-z0-9+/=]+
replace: a picture
"""


def oldest(requirement):
    """Pin a requirement at the version that it names: `numpy>=2.0` at 2.0.0."""
    name, version = re.fullmatch(r"([\w-]+)>=([\d.]+)(?:,<[\d.]+)?(?:;.*)?", requirement).groups()
    return f"{name}=={version}"


def test_each_dependency_declares_its_oldest_version():
    assert [oldest(each) for each in DECLARED]


@pytest.mark.slow
@pytest.mark.skipif(
    sys.version_info[:2] != environment.OLDEST,
    reason="the oldest versions are for the oldest Python",
)
def test_every_lesson_passes_on_the_oldest_versions(tmp_path):
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", python.parent.parent], check=True)
    pins = [oldest(each) for each in DECLARED]
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, *pins, "nbval", "-e", ROOT], check=True)
    own = {
        "IPYTHONDIR": str(tmp_path / "ipython"),
        "MPLCONFIGDIR": str(tmp_path / "matplotlib"),
        "LESSONS_PROGRESS": str(tmp_path / "progress.txt"),
        "JUPYTER_PATH": "",
    }
    lessons = sorted((ROOT / "notebooks").glob("*.ipynb"))
    (tmp_path / "pictures.cfg").write_text(PICTURES)
    command = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "--nbval"]
    command += [f"--nbval-sanitize-with={tmp_path / 'pictures.cfg'}"]
    done = subprocess.run(
        [*command, "--nbval-cell-timeout=240", f"--rootdir={ROOT}", *lessons],
        cwd=ROOT,
        env=os.environ | own,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]
