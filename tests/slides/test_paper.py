"""Paper: worksheets ask and do not answer, keys answer all, and a browser to print is found."""

import inspect
from pathlib import Path

import nbformat
import paper
import printing
import pytest
import series

from lessons.practice import answers, exercises

NUMBERS = sorted({exercise.lesson for exercise in exercises()})


def text(notebook):
    return "\n".join(cell.source for cell in notebook.cells)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_worksheet_asks_every_exercise_and_answers_none(number):
    asked = text(paper.worksheet(series.lesson(number)))
    key = text(paper.key(series.lesson(number)))
    for exercise in exercises(number):
        solved = answers.solution(exercise)
        assert solved.reasoning not in asked
        assert solved.reasoning in key
        assert all(mistake.thought in key for mistake in exercise.mistakes)
        if callable(solved.answer):
            assert inspect.getsource(solved.answer) not in asked
    assert "<details>" not in asked
    assert "Speaker notes" not in asked + key
    assert asked.count('class="room"') >= len(exercises(number))


def test_a_lesson_without_questions_is_answered_with_those_that_have_some(tmp_path):
    path = tmp_path / "77_silent.ipynb"
    title = nbformat.v4.new_markdown_cell("# Silent", id="title")
    nbformat.write(nbformat.v4.new_notebook(cells=[title]), path)
    for sheet in (paper.worksheet, paper.key):
        with pytest.raises(ValueError, match=r"77_silent.ipynb has no questions .* lessons 00, 01"):
            sheet(path)


def test_the_outcomes_have_every_exercise_once_with_points_that_add_up():
    said = text(paper.outcomes())
    for exercise in exercises():
        assert (
            said.count(f"| `{exercise.name}` | {exercise.minutes} | {exercise.difficulty} |") == 1
        )
        assert exercise.skill in said
    points = sum(exercise.difficulty for exercise in exercises())
    assert f"{points} points" in said.splitlines()[2]


def test_the_cheat_sheet_has_every_public_function_that_is_named_with_its_own_words():
    said = text(paper.cheat_sheet())
    for _, names in paper.CHEAT_SHEET:
        for name in names:
            assert f"`{name}(" in said
            assert inspect.getdoc(getattr(paper.model, name)).splitlines()[0] in said
    rows = [line for line in said.splitlines() if line.startswith("| `")]
    assert [row for row in rows if row.count("|") != 3 or "numpy" in row] == []
    assert "`softmax(z, axis=-1)`" in said


@pytest.mark.parametrize("name", printing.MACOS)
def test_a_browser_is_found_where_macos_puts_it(name, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(printing.Path, "home", lambda: tmp_path)
    program = tmp_path / "Applications" / name
    program.parent.mkdir(parents=True)
    program.touch()
    assert printing.browser("darwin") == str(program)


@pytest.mark.parametrize("name", printing.WINDOWS)
def test_a_browser_is_found_where_windows_puts_it(name, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    program = Path(tmp_path, *name.split("\\"))
    program.parent.mkdir(parents=True)
    program.touch()
    assert printing.browser("win32") == str(program)


def test_no_browser_is_said_in_one_sentence(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(FileNotFoundError, match="one of chromium"):
        printing.browser("linux")
