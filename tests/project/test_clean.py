"""`make clean` removes what make made, and nothing that somebody has worked on."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORKED_ON = (
    "work/03_binary_gradient.ipynb",
    "build/present/03_binary_gradient.ipynb",
    "build/assignment/gradebook.db",
    "build/assignment/submitted/ada/lesson_03/03_binary_gradient.ipynb",
)
MADE = (
    "build/slides/index.html",
    "build/assignments/old.txt",
    ".venv/.lab",
    "src/x/__pycache__/x.pyc",
)


@pytest.fixture
def tree(tmp_path):
    shutil.copy(ROOT / "Makefile", tmp_path)
    for folder in ("slides/jupyterlab", "src", "tests", "tools", "benchmarks"):
        (tmp_path / folder).mkdir(parents=True)
    for name in (*WORKED_ON, *MADE):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    return tmp_path


def left(tree):
    subprocess.run(["make", "-s", "-C", tree, "clean"], check=True, capture_output=True)
    return [name for name in (*WORKED_ON, *MADE) if (tree / name).exists()]


def test_clean_keeps_what_somebody_works_on_and_removes_the_rest(tree):
    assert left(tree) == list(WORKED_ON)


@pytest.mark.parametrize("spared", ["present", "assignment"])
def test_a_folder_that_clean_no_longer_spares_is_seen(tree, spared):
    makefile = tree / "Makefile"
    makefile.write_text(makefile.read_text().replace(f" ! -name {spared}", ""))
    assert left(tree) == [name for name in WORKED_ON if not re.match(f"build/{spared}/", name)]
