"""The oldest versions that pyproject.toml allows are installed, and every lesson passes on them."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import environment
import pytest

from tests.project.strict_nbval import run_lessons

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
DECLARED = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["lab"]


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
    # Another Matplotlib draws a few pixels otherwise: numbers and words around them are compared.
    run_lessons(python, tmp_path, pictures=False)
