"""What a student writes in work/ is never lost, and JupyterLab opens for this machine alone."""

import errno
import json
import os
import re
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import lab
import pytest

from lessons import __version__
from lessons.student_files import backup_path
from lessons.student_notebooks import student_notebook

ROOT = Path(__file__).resolve().parents[2]
THIRD, FOURTH = "03_binary_gradient.ipynb", "04_multiclass_gradient.ipynb"
BACKUP = r"03_binary_gradient_\d{4}(-\d\d){2}_\d\d(-\d\d){2}(_\d)?\.ipynb"


@pytest.fixture
def folders(tmp_path):
    lessons, work = tmp_path / "notebooks", tmp_path / "work"
    lessons.mkdir()
    for name in (THIRD, FOURTH):
        (lessons / name).write_bytes((ROOT / "notebooks" / name).read_bytes())
    return lessons, work


def test_first_start_copies_the_students_edition_of_every_lesson(folders):
    lessons, work = folders
    assert lab.copy_missing(lessons, work) == [THIRD, FOURTH]
    for name in (THIRD, FOURTH):
        source = (lessons / name).read_text(encoding="utf-8")
        assert (work / name).read_text(encoding="utf-8") == student_notebook(source)


def test_a_second_start_overwrites_nothing(folders):
    lessons, work = folders
    lab.copy_missing(lessons, work)
    (work / THIRD).write_text("mine")
    assert lab.copy_missing(lessons, work) == []
    assert (work / THIRD).read_text() == "mine"


def test_reset_restores_one_lesson_and_keeps_each_older_file(folders):
    lessons, work = folders
    lab.copy_missing(lessons, work)
    for text in ("mine", "mine again"):
        (work / THIRD).write_text(text)
        lab.reset(lessons, work, "3")
    assert (work / THIRD).read_text(encoding="utf-8") == student_notebook(
        (lessons / THIRD).read_text(encoding="utf-8")
    )
    backups = sorted((work / "backups").iterdir(), key=lambda path: (len(path.name), path.name))
    assert [path.read_text() for path in backups] == ["mine", "mine again"]
    assert all(re.fullmatch(BACKUP, path.name) for path in backups)
    assert lab.edition(work / FOURTH) == __version__


def test_two_backups_of_one_second_have_names_of_their_own(tmp_path):
    (tmp_path / "backups").mkdir()
    made = []
    for _ in range(3):
        made.append(backup_path(tmp_path / "backups" / THIRD, datetime(2026, 11, 28, 21, 6)))
        made[-1].touch()
    stem = "03_binary_gradient_2026-11-28_21-06-00"
    assert [path.stem for path in made] == [stem, f"{stem}_2", f"{stem}_3"]


def test_reset_says_where_yours_is_and_what_to_do_in_an_open_tab(folders):
    lessons, work = folders
    assert lab.reset(lessons, work, "3") == f"{THIRD} is back as it was."
    done, *tab = lab.reset(lessons, work, "3").splitlines()
    assert re.fullmatch(rf"{THIRD} is back as it was; yours is now work/backups/{BACKUP}\.", done)
    assert "go back to its tab" in tab[0]
    assert "choose Revert" in tab[0]


def planted_edition(copy, edition):
    """Let a copy say another edition, or none."""
    notebook = json.loads(copy.read_text(encoding="utf-8"))
    notebook["metadata"]["lessons"] = {"edition": edition} if edition else {}
    copy.write_text(json.dumps(notebook), encoding="utf-8")


def test_copies_of_the_edition_at_hand_are_not_named(folders):
    lessons, work = folders
    lab.copy_missing(lessons, work)
    assert lab.older_editions(lessons, work) == []


@pytest.mark.parametrize("edition", ["0.1.0", None])
def test_copies_of_an_older_edition_are_named_and_left_alone(folders, edition):
    lessons, work = folders
    lab.copy_missing(lessons, work)
    planted_edition(work / FOURTH, edition)
    before = (work / FOURTH).read_bytes()
    assert lab.older_editions(lessons, work) == ["04"]
    assert lab.copy_missing(lessons, work) == []
    assert (work / FOURTH).read_bytes() == before


@pytest.mark.parametrize("text", ["", "mine", "[]", '{"metadata": 3}'])
def test_a_copy_that_is_no_notebook_any_more_counts_as_old(folders, text):
    lessons, work = folders
    lab.copy_missing(lessons, work)
    (work / THIRD).write_text(text)
    assert lab.older_editions(lessons, work) == ["03"]


def test_a_file_of_the_students_own_is_never_named(folders):
    lessons, work = folders
    lab.copy_missing(lessons, work)
    for name in ("03_zz_notes.ipynb", "99_own.ipynb"):
        (work / name).write_text("mine")
    assert lab.older_editions(lessons, work) == []


@pytest.mark.parametrize("end", [OSError(errno.ENOSPC, "No space left"), KeyboardInterrupt()])
def test_what_ends_in_the_middle_of_a_copy_leaves_no_half_and_nothing_is_lost(
    folders, monkeypatch, end
):
    lessons, work = folders
    lab.copy_missing(lessons, work)
    (work / THIRD).write_text("mine")
    (work / FOURTH).unlink()
    real = Path.write_text

    def half(self, text, **named):
        real(self, text[: len(text) // 2], **named)
        raise end

    monkeypatch.setattr(Path, "write_text", half)
    with pytest.raises(type(end)):
        lab.copy_missing(lessons, work)
    with pytest.raises(type(end)):
        lab.reset(lessons, work, "3")
    assert [path.name for path in work.iterdir() if path.is_file()] == [THIRD]
    assert (work / THIRD).read_text() == "mine"
    monkeypatch.undo()
    assert lab.copy_missing(lessons, work) == [FOURTH]


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.ENOSPC, "make room on the disk"),
        (errno.EROFS, "copy this folder"),
        (errno.EACCES, "copy this folder"),
    ],
)
@pytest.mark.parametrize("asked", [[], ["copy"], ["reset", "3"]])
def test_where_nothing_can_be_written_a_sentence_says_what_to_do(
    monkeypatch, capsys, number, advice, asked
):
    def refuse(*arguments):
        raise OSError(number, os.strerror(number))

    for called in ("copy_missing", "reset"):
        monkeypatch.setattr(lab, called, refuse)
    assert lab.main(asked) == 1
    said = capsys.readouterr().err
    assert advice in said
    assert os.strerror(number) in said


def test_copies_alone_are_made_where_something_else_starts_jupyterlab(folders, monkeypatch):
    lessons, work = folders
    monkeypatch.setattr(lab, "LESSONS", lessons)
    monkeypatch.setattr(lab, "WORK", work)
    assert lab.main(["copy"]) == 0
    assert sorted(path.name for path in work.iterdir()) == [THIRD, FOURTH]


def test_a_file_that_hides_the_package_is_named(folders, monkeypatch, capsys):
    lessons, work = folders
    monkeypatch.setattr(lab, "lab_command", lambda notebook: [sys.executable, "-c", ""])
    lab.open_lab(lessons, work)
    assert "lessons.py" not in capsys.readouterr().out
    (work / "lessons.py").touch()
    lab.open_lab(lessons, work)
    assert "work/lessons.py hides the package" in capsys.readouterr().out


def test_what_is_said_of_older_copies_names_them_and_the_way_out(folders, monkeypatch, capsys):
    lessons, work = folders
    lab.copy_missing(lessons, work)
    planted_edition(work / FOURTH, "0.1.0")
    monkeypatch.setattr(lab, "lab_command", lambda notebook: [sys.executable, "-c", ""])
    assert lab.open_lab(lessons, work) == 0
    said = capsys.readouterr().out
    assert "Of an older edition, and kept as you left them: 04." in said
    assert "`make reset NB=04`" in said


def test_the_version_is_the_same_wherever_it_is_written():
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## (\S+)", changes, re.MULTILINE)[1] == __version__
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(r"^version: (\S+)", citation, re.MULTILINE)[1] == __version__


@pytest.mark.parametrize("number", ["", "12", "*", "03_binary", "0"])
def test_reset_of_anything_but_one_lesson_is_refused(folders, number):
    lessons, work = folders
    with pytest.raises(ValueError, match=r"expected a lesson's number \(03, 04\)"):
        lab.reset(lessons, work, number)
    assert not work.exists()


def test_the_last_thing_said_is_an_address_with_its_token_on_this_machine_only(tmp_path):
    notebook = tmp_path / "03_binary_gradient.ipynb"
    notebook.write_bytes((ROOT / "notebooks" / notebook.name).read_bytes())
    places = {name: str(tmp_path / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")}
    command = [*lab.lab_command(notebook), "--no-browser", "--ServerApp.port=0"]
    log = tmp_path / "log"
    with log.open("w") as stream:
        server = subprocess.Popen(
            command, cwd=tmp_path, env=os.environ | places, stderr=stream, stdout=stream
        )
    try:
        address = wait_for_address(log, server)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)
    assert re.match(r"http://(127\.0\.0\.1|localhost):\d+/lab/tree/03_binary", address)
    assert re.search(r"\?token=[0-9a-f]{48}$", address)


def test_a_kernel_of_the_same_name_from_elsewhere_is_not_taken(tmp_path, monkeypatch):
    foreign = tmp_path / "kernels" / "python3"
    foreign.mkdir(parents=True)
    spec = {"argv": ["nowhere"], "display_name": "Foreign", "language": "python"}
    (foreign / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    ask = "from jupyter_client.kernelspec import find_kernel_specs as f; print(f()['python3'])"

    def found(environment):
        command = [sys.executable, "-c", ask]
        return Path(subprocess.check_output(command, env=environment, text=True).strip())

    assert found(os.environ) == foreign
    assert found(lab.own_kernels()) == Path(sys.prefix, "share", "jupyter", "kernels", "python3")


def wait_for_address(log, server, seconds=120):
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        if re.search(r"http://\S+token=\S+", said := log.read_text()):
            return said.split()[-1]
        time.sleep(0.2)
    pytest.fail(f"no address after {seconds} s:\n{log.read_text()}")


def test_make_alone_prints_every_target():
    printed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    makefile = (ROOT / "Makefile").read_text()
    targets = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split()
    assert re.findall(r"^  make ([\w-]+)", printed, re.MULTILINE) == targets


def test_reset_through_the_command_line_says_what_was_wrong():
    run = [sys.executable, str(ROOT / "tools" / "lab.py"), "reset", "99"]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("expected a lesson's number")
