"""What is done is remembered in the student's own file, and nothing breaks where that cannot be."""

import errno
import json
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import lessons
from lessons import student_files
from lessons.practice import check, exercises, progress, progress_file
from lessons.student_files import PROOF

NOTEBOOKS, THIRD = Path(__file__).resolve().parents[2] / "notebooks", "03_binary_gradient.ipynb"


def fresh(code):
    """Run code in a Python of its own, which remembers nothing, and return its value."""
    code = f"import json; from lessons.practice import *; print(json.dumps({code}))"
    command = [sys.executable, "-c", code]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def solve():
    return check("predict-gap", (-0.25, 0.25))


def test_a_solved_exercise_is_written_and_read_again(fresh_progress):
    assert not fresh_progress.exists()
    solve()
    assert fresh_progress.read_text() == "predict-gap\n"
    assert progress().lessons["03"]["predict-gap"] is True
    assert progress().done == 1


def test_a_wrong_answer_and_an_open_one_write_nothing(fresh_progress):
    check("predict-gap", (0, 0))
    check("predict-gap", (..., ...))
    progress()
    assert not fresh_progress.exists()


def test_a_wrong_answer_later_does_not_undo_what_is_done():
    solve()
    check("predict-gap", (0, 0))
    assert progress().done == 1


def test_deleting_the_file_resets(fresh_progress):
    solve()
    fresh_progress.unlink()
    assert progress().done == 0


def test_a_folder_that_is_missing_is_made(monkeypatch, tmp_path):
    monkeypatch.setenv("LESSONS_PROGRESS", str(tmp_path / "new" / "deep" / "progress.txt"))
    solve()
    assert progress().done == 1
    assert [p.name for p in (tmp_path / "new" / "deep").iterdir()] == ["progress.txt"]


def test_where_nothing_can_be_written_it_is_kept_in_memory_and_said_once(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LESSONS_PROGRESS", str(tmp_path / "file" / "progress.txt"))
    gap, sign = "check('predict-gap', (-0.25, 0.25))", "check('predict-sign', ('-', '+', '-', '0'))"
    first, second, done = fresh(f"[{gap}.message, {sign}.message, progress().done]")
    assert "cannot be saved" in first
    assert "cannot be saved" not in second
    assert done == 2


@pytest.mark.parametrize(
    "text",
    [b"", b"\n\n", b"one-hot, x", b"\xff\xfe\x00", b"no-such-exercise", b"predict-gap"],
)
def test_a_damaged_file_is_survived(fresh_progress, text):
    fresh_progress.write_bytes(text)
    progress()
    solve()
    assert progress().done == 1


def test_two_notebooks_at_once_lose_nothing(fresh_progress):
    names = [e.name for e in exercises()]
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(progress_file.add, names)) == {""}
    assert progress().done == progress().total


def test_without_the_variable_it_lies_in_the_work_folder_of_the_repository(monkeypatch):
    monkeypatch.delenv("LESSONS_PROGRESS")
    root = Path(lessons.__file__).resolve().parents[2]
    assert student_files.progress_file() == root / "work" / "progress.txt"


def test_hints_come_one_at_a_time_and_the_last_one_stays():
    said = fresh("[hint('predict-sign').message for _ in range(4)]")
    assert [text[:6] for text in said] == ["1 of 3", "2 of 3", "3 of 3", "3 of 3"]
    assert "solution(" in said[2]
    assert "solution(" not in said[1]


def test_a_full_disk_is_said_and_the_answer_still_counts(fresh_progress, monkeypatch):
    def full(path, line):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(progress_file, "_told", False)
    monkeypatch.setattr(progress_file, "_kept", set())
    real = progress_file.add_line
    for names in (["predict-gap", "predict-sign"], ["softmax"]):  # full, and full again later
        monkeypatch.setattr(progress_file, "add_line", full)
        said = solve()
        assert said.passed
        assert "No space left on device" in said.message
        assert [progress_file.add(name) for name in names[1:]] == [""] * len(names[1:])
        assert progress().done == len(names)
        monkeypatch.setattr(progress_file, "add_line", real)
        assert progress_file.add(names[-1]) == ""  # there is room: all that was kept is written
        assert sorted(fresh_progress.read_text().split()) == sorted({"predict-gap", names[-1]})
        fresh_progress.unlink()
        assert progress().done == 0


def test_a_lesson_s_line_has_its_title_its_exercises_in_order_its_proofs_and_one_bar(
    fresh_progress, monkeypatch, tmp_path
):
    solve()
    student_files.add_line(fresh_progress, f"{PROOF}binary, y = 0")
    text = (NOTEBOOKS / THIRD).read_text(encoding="utf-8")
    monkeypatch.chdir(NOTEBOOKS)
    shown = progress("03")
    first, *rest = repr(shown).splitlines()
    assert first == "03  ▰▰▱▱▱▱▱  The binary gradient: 2 of 7"
    ticked = [line.strip()[2:] for line in rest if line.strip()[0] in "✓○"]
    titles = re.findall(r'"### \d+ · (.+?)(?:\\n)?"', text)
    assert ticked == [*titles, "proof: binary, y = 0"]
    page = shown._repr_html_()
    assert "<a href='03_binary_gradient.ipynb'>The binary gradient</a>" in page
    assert page.count("▰") == 2
    assert shown.proofs == {"03": {"binary, y = 0": True}}
    assert (shown.done, shown.total) == (1, 6)


@pytest.mark.parametrize("away", [False, True])
def test_the_links_lead_to_where_the_lessons_lie_and_nowhere_else(monkeypatch, tmp_path, away):
    """In a release of nbgrader each lesson is in a folder of its own; some may not be there."""
    here, there = tmp_path / "lesson_05", tmp_path / "lesson_03"
    for folder in (here, there):
        folder.mkdir()
    if not away:
        shutil.copy(NOTEBOOKS / THIRD, there)
    monkeypatch.chdir(here)
    pages = progress("03")._repr_html_(), progress()._repr_html_()
    assert all((f"<a href='../lesson_03/{THIRD}'>" in page) is not away for page in pages)
    assert all(page.count("<a ") == int(not away) for page in pages)
    assert ("predict-gap" in pages[0]) is away


def test_a_lesson_that_is_none_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match=r"one of 00, 01, .* got '3'"):
        progress("3")


def test_a_recognised_mistake_is_noted_where_a_hub_says_and_nowhere_else(tmp_path, monkeypatch):
    wrong = (0.25, -0.25)
    noted = tmp_path / "mistakes.txt"
    monkeypatch.delenv("LESSONS_MISTAKES", raising=False)
    mistake = check("predict-gap", wrong).mistake
    assert mistake
    assert not noted.exists()
    monkeypatch.setenv("LESSONS_MISTAKES", str(noted))
    check("predict-gap", wrong)
    solve()
    assert noted.read_text() == f"predict-gap {mistake}\n"
    monkeypatch.setenv("LESSONS_MISTAKES", str(tmp_path / "no such folder" / "mistakes.txt"))
    assert check("predict-gap", wrong).mistake == mistake
