"""A student's notebooks are placed in a home, and what the student wrote is never overwritten."""

import json
import os
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest

from lessons import student_server
from lessons.student_notebooks import student_notebook
from lessons.student_server import CONSENT, PLACED, StudentNotebooks

FIRST, SECOND = "00_start_here.ipynb", "03_binary_gradient.ipynb"


def notebook(text):
    cells = [
        {"cell_type": "markdown", "id": "title", "metadata": {}, "source": [text]},
        {
            "cell_type": "markdown",
            "id": "notes",
            "metadata": {"slideshow": {"slide_type": "notes"}},
            "source": ["ask them"],
        },
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def source(tmp_path):
    """A folder with two lessons of the first edition."""
    folder = tmp_path / "source"
    folder.mkdir()
    for name in (FIRST, SECOND):
        (folder / name).write_text(notebook("first edition"))
    return folder


@pytest.fixture
def home(tmp_path):
    """An empty home."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def place(source, home, **options):
    return StudentNotebooks(source=str(source), **options).place(home)


def release(source, monkeypatch, edition="9.9"):
    for path in source.iterdir():
        path.write_text(notebook("second edition"))
    monkeypatch.setattr(student_server, "__version__", edition)
    monkeypatch.setattr("lessons.student_notebooks.__version__", edition)


def test_students_get_their_edition_and_instructors_the_notes_too(source, home, tmp_path):
    teacher = tmp_path / "teacher"
    teacher.mkdir()
    assert place(source, home) == place(source, teacher, notes=True) == []
    assert "ask them" not in (home / "lessons" / FIRST).read_text()
    assert "ask them" in (teacher / "lessons" / FIRST).read_text()


def test_a_second_start_changes_nothing(source, home):
    place(source, home)
    (home / "lessons" / FIRST).write_text(student_notebook(notebook("mine")))
    before = {path.name: path.read_bytes() for path in (home / "lessons").iterdir()}
    place(source, home)
    assert {path.name: path.read_bytes() for path in (home / "lessons").iterdir()} == before


def test_a_newer_release_renews_what_was_never_touched_and_keeps_work(source, home, monkeypatch):
    place(source, home)
    mine = notebook("first edition, and my answer")
    (home / "lessons" / SECOND).write_text(mine)
    release(source, monkeypatch)
    assert place(source, home) == [SECOND]
    assert "second edition" in (home / "lessons" / FIRST).read_text()
    assert (home / "lessons" / SECOND).read_text() == mine
    beside = home / "lessons" / "03_binary_gradient.edition-9.9.ipynb"
    assert "second edition" in beside.read_text()
    beside.write_text("my work in the new one")
    place(source, home)
    assert beside.read_text() == "my work in the new one"


def test_a_folder_from_last_year_loses_nothing(source, home):
    (home / "lessons").mkdir()
    (home / "lessons" / FIRST).write_text(notebook("last year's, with answers"))
    (home / "lessons" / "progress.txt").write_text("predict-sign\nsof")
    assert place(source, home) == [FIRST]
    assert "last year's" in (home / "lessons" / FIRST).read_text()
    assert (home / "lessons" / "progress.txt").read_text() == "predict-sign\nsof"


@pytest.mark.parametrize("damaged", ["", "{", "[]", '{"00_start_here.ipynb": 1}'])
def test_without_a_record_of_what_was_placed_all_is_the_students_own(source, home, damaged):
    place(source, home)
    for name in (FIRST, SECOND):
        (home / "lessons" / name).write_text("mine")
    (home / "lessons" / PLACED).write_text(damaged)
    place(source, home)
    assert (home / "lessons" / FIRST).read_text() == "mine"


def test_a_deleted_notebook_comes_back_at_the_next_start(source, home):
    place(source, home)
    (home / "lessons" / FIRST).unlink()
    place(source, home)
    assert (home / "lessons" / FIRST).exists()


def test_a_folder_without_lessons_is_refused_with_its_name(home, tmp_path):
    with pytest.raises(ValueError, match=r"expected .*00_start_here.*none in '.*nowhere'"):
        place(tmp_path / "nowhere", home)
    with pytest.raises(ValueError, match="none in ''"):
        StudentNotebooks().place(home)


def test_a_disk_that_is_full_leaves_no_half_notebook(source, home, monkeypatch):
    def full(path, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        place(source, home)
    assert list((home / "lessons").iterdir()) == []


def test_sharing_is_asked_for_and_off(source, home):
    place(source, home)
    asked = (home / "lessons" / CONSENT).read_text()
    assert asked.rstrip().endswith("share: no")


class Log(list):
    def error(self, text, *values):
        self.append(text % values)

    info = error


@pytest.fixture
def server(source, home, monkeypatch):
    """What Jupyter Server hands to an extension."""
    monkeypatch.delenv("LESSONS_PROGRESS", raising=False)
    monkeypatch.setattr(student_server, "StudentNotebooks", lambda parent: parent.notebooks)
    before = os.umask(0o022)
    yield SimpleNamespace(
        root_dir=str(home), log=Log(), notebooks=StudentNotebooks(source=str(source))
    )
    os.umask(before)
    for name in ("LESSONS_PROGRESS", "LESSONS_MISTAKES"):
        os.environ.pop(name, None)


def test_a_server_closes_its_home_and_keeps_progress_there(server, home):
    home.chmod(0o755)
    student_server._load_jupyter_server_extension(server)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert os.environ["LESSONS_PROGRESS"] == str(home / "lessons" / "progress.txt")
    (home / "later").write_text("")
    assert stat.S_IMODE((home / "later").stat().st_mode) == 0o600
    assert server.log == []


def test_a_wrong_source_is_logged_and_the_server_starts_all_the_same(server, home):
    server.notebooks.source = "/nowhere"
    student_server._load_jupyter_server_extension(server)
    (said,) = server.log
    assert "could not be prepared" in said
    assert "none in '/nowhere'" in said


def test_a_damaged_original_is_logged_and_the_server_starts_all_the_same(server, source):
    (source / FIRST).write_text("{")
    student_server._load_jupyter_server_extension(server)
    assert "expected a notebook's text" in server.log[0]
