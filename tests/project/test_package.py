"""The package stands without JupyterLab; its wheel is small, pure Python and holds the lessons."""

import io
import json
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from lessons import __main__, __version__

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted(path.name for path in (ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
# All that is not among the package's own dependencies, as far as the lessons might be tempted.
ALONE = """
import importlib, pkgutil, sys
from importlib.abc import MetaPathFinder

class Refuse(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        room = name.partition(".")[0]
        if room.startswith(("jupyterlab", "jupyter_", "notebook", "ipykernel", "nb", "sklearn")):
            if room != "jupyterlab_widgets":  # comes with ipywidgets
                raise ModuleNotFoundError(f"{name} is not there")

sys.meta_path.insert(0, Refuse())
import lessons
names = {m.name for m in pkgutil.walk_packages(lessons.__path__, "lessons.")}
for name in ("prompt_connection", "student_server"):  # which a Jupyter server alone loads
    names.remove(f"lessons.{name}")
for name in names:
    importlib.import_module(name)
print(len(names))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*build, "--no-deps", "--no-build-isolation", "-w", folder, ROOT], check=True)
    (path,) = folder.glob("*.whl")
    return path


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def test_every_module_is_imported_where_there_is_no_jupyterlab():
    done = run(sys.executable, "-c", ALONE)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 100


def test_an_import_of_jupyterlab_would_be_refused():
    done = run(sys.executable, "-c", ALONE.replace("import lessons\n", "import jupyterlab\n"))
    assert "jupyterlab is not there" in done.stderr


def test_the_wheel_is_pure_python_small_and_carries_the_lessons(wheel):
    assert wheel.name == f"lessons-{__version__}-py3-none-any.whl"
    assert wheel.stat().st_size < 575_000
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        packed = io.BytesIO(archive.read("lessons/notebooks.tar.bz2"))
        with tarfile.open(fileobj=packed) as notebooks:
            assert sorted(notebooks.getnames()) == LESSONS
            for each in notebooks:
                cells = json.loads(notebooks.extractfile(each).read())["cells"]
                assert not any(cell.get("outputs") for cell in cells)
        (metadata,) = (name for name in names if name.endswith("METADATA"))
        required = [
            line
            for line in archive.read(metadata).decode().splitlines()
            if line.startswith("Requires-Dist") and "extra ==" not in line
        ]
    assert not any("jupyterlab" in line for line in required)
    assert not any(name.endswith((".so", ".pyd", ".dylib")) for name in names)


def test_the_copies_are_never_overwritten(tmp_path):
    folder = tmp_path / "mine"
    lessons = __main__.students_lessons()
    assert __main__.copy_missing(folder, lessons) == LESSONS
    (folder / LESSONS[3]).write_text("mine")
    (folder / LESSONS[4]).unlink()
    assert __main__.copy_missing(folder, lessons) == [LESSONS[4]]
    assert (folder / LESSONS[3]).read_text() == "mine"


def test_without_jupyterlab_a_sentence_says_what_to_do(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(__main__.importlib.util, "find_spec", lambda name: None)
    assert __main__.main([str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert f"{len(LESSONS)} copied" in printed
    assert __main__.NO_LAB in printed


def test_with_jupyterlab_it_opens_at_the_first_lesson(tmp_path, monkeypatch):
    called = []
    monkeypatch.setattr(__main__.subprocess, "call", lambda command: called.append(command) or 3)
    assert __main__.main([str(tmp_path)]) == 3
    assert called[0][1:3] == ["-m", "jupyterlab"]
    assert f"--LabApp.default_url=/lab/tree/{LESSONS[0]}" in called[0]
    assert f"--ServerApp.root_dir={tmp_path.resolve()}" in called[0]


def test_a_folder_that_cannot_be_written_is_said(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert __main__.main([str(tmp_path / "file" / "folder")]) == 1
    assert "cannot be copied" in capsys.readouterr().err


@pytest.mark.slow
def test_the_wheel_alone_installs_and_copies_its_lessons(wheel, tmp_path):
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", python.parent.parent], check=True)
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "-c", ROOT / "constraints.txt", wheel], check=True)
    assert run(python, "-c", "import jupyterlab").returncode == 1
    assert run(python, "-c", ALONE, cwd=tmp_path).returncode == 0
    done = run(python, "-m", "lessons", "mine", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "JupyterLab is not installed here" in done.stdout
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == LESSONS
