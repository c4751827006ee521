"""Paper: worksheets ask and do not answer, keys answer all, and a browser to print is found."""

import doctest
import inspect
import re
from pathlib import Path

import nbformat
import paper
import printing
import pytest
import series

from lessons.practice import answers, exercises
from lessons.practice.feedback import inline_html
from lessons.proofs import derivation
from lessons.proofs.printing.text import to_text
from lessons.proofs.tutor.tasks.catalogue import TASKS

NUMBERS = sorted({exercise.lesson for exercise in exercises()})


def text(notebook):
    return "\n".join(cell.source for cell in notebook.cells)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_worksheet_asks_every_exercise_and_answers_none(number):
    asked = text(paper.worksheet(series.lesson(number)))
    key = text(paper.key(series.lesson(number)))
    for exercise in exercises(number):
        solved = answers.solution(exercise)
        assert inline_html(solved.reasoning) not in asked
        assert inline_html(solved.reasoning) in key
        assert all(inline_html(mistake.thought) in key for mistake in exercise.mistakes)
        if callable(solved.answer):
            assert inspect.getsource(solved.answer) not in asked
    assert "<details>" not in asked
    assert "Speaker notes" not in asked + key
    assert asked.count('class="room"') >= len(exercises(number))


def test_a_question_is_cut_off_from_the_lesson_above_it():
    """What a cell tells before it asks is often the answer to the question before."""
    told = "So it is $\\hat y - y$.\n\n## Exercises\n\n### 4 · The next\n\nWhat is **it**?"
    cell = nbformat.v4.new_markdown_cell(told)
    assert paper.question(cell).source == "### 4 · The next\n\nWhat is **it**?"


@pytest.mark.parametrize("number", NUMBERS)
def test_each_exercise_on_a_worksheet_begins_with_its_number(number):
    lesson = nbformat.read(series.lesson(number), as_version=4)
    asked = [paper.question(cell).source for cell, exercise, _ in paper.asked(lesson) if exercise]
    begun = [re.match(r"### (\d+) · ", question) for question in asked]
    assert [int(match[1]) for match in begun] == list(range(1, len(asked) + 1))


@pytest.mark.parametrize("number", NUMBERS)
def test_no_caret_and_no_braces_of_an_exponent_are_left_on_paper(number):
    """The sentences of the sheets say e^{−z}; `inline_html` raises it."""
    cells = paper.key(series.lesson(number)).cells
    read = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    outside = re.sub(r"\$\$?[^$]*\$\$?|`[^`]*`", "", read)
    assert re.findall(r".{9}(?:\^|_\{).{9}", outside) == []


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
        entries = (f"<code>{exercise.name}</code>", exercise.minutes, exercise.difficulty)
        assert said.count("".join(f"<td>{entry}</td>" for entry in entries)) == 1
        assert inline_html(exercise.skill) in said
    points = sum(exercise.difficulty for exercise in exercises())
    assert f"{points} points" in said.splitlines()[2]


def test_the_hours_are_those_that_the_lessons_say_everywhere_they_are_told():
    """The lessons' own line about time is the one source of the outcomes, README and syllabus."""
    each = [series.minutes(path) for path in series.chosen([])]
    hours = sum(each) / 60
    assert f"about {hours:.1f} hours at home" in text(paper.outcomes()).splitlines()[2]
    readme, guide = ((series.ROOT / n).read_text("utf-8") for n in ("README.md", "INSTRUCTORS.md"))
    words = dict(enumerate(("fourteen", "fifteen", "sixteen", "seventeen", "eighteen"), start=14))
    told = " ".join(readme.split())
    assert f"A lesson takes {min(each)} to {max(each)} minutes with its exercises" in told
    assert f"all of them, about {words[round(hours)]} hours" in told
    assert f"about {round(hours)} hours)" in guide


def test_a_lesson_of_another_length_changes_the_hours(tmp_path):
    path = tmp_path / "03_binary_gradient.ipynb"
    cell = nbformat.v4.new_markdown_cell(
        "**Time** about 600 minutes, and 5 more for the exercises."
    )
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    assert series.minutes(path) == 605


TUTORED = {
    "03": ("binary, y = 0",),
    "04": ("multiclass, j ≠ i",),
    "05": ("weights, rows k ≠ i",),
    "10": ("sketch, B4", "sketch, M3", "sketch, W2"),
}
# Slides that leave a proof to the class, and what proves it.
ON_PAPER = {
    "01": {"prove-shift": "shift invariance", "log-odds-title": "log odds"},
    "03": {"prove-one": "binary, y = 1"},
}


@pytest.mark.parametrize("number", NUMBERS)
def test_the_key_proves_what_the_worksheet_asks_to_prove(number):
    notebook = nbformat.read(series.lesson(number), as_version=4)
    tasks = [task for _, _, task in paper.asked(notebook) if task]
    assert sorted(tasks) == sorted(TUTORED.get(number, ()))
    on_slides = ON_PAPER.get(number, {})
    assert {c.id for c, *_ in paper.asked(notebook) if "and paper" in c.source} == set(on_slides)
    asked, said = (text(sheet(series.lesson(number))) for sheet in (paper.worksheet, paper.key))
    for name in on_slides.values():
        proof = derivation(name)._repr_latex_()
        assert proof in said
        assert proof not in asked
    shown = said.count("such as this one:\n\n$$\\begin{aligned}")
    assert shown == len(tasks) + len(on_slides)


def does(proof, task):
    """Whether a derivation begins where a task does, and ends at one of its goals."""
    end = to_text(proof.steps[-1].expression)
    for letter, typed in {"ŷ": "yhat", " · ": "*", "−": "-"}.items():
        end = end.replace(letter, typed)
    return to_text(proof.left).replace("∂", "d") == task.start and end in task.goals


@pytest.mark.parametrize("name", sorted(sum(TUTORED.values(), ())))
def test_the_proof_in_the_key_does_what_its_task_asks_for(name):
    proof = derivation(paper.PROVED_BY.get(name, name))
    assert proof._repr_latex_() in paper.proof_of(name).source
    assert does(proof, TASKS[name])
    assert not does(derivation("multiclass, j = i"), TASKS[name])


def test_the_cheat_sheet_has_every_public_function_that_is_named_with_its_own_words():
    said = text(paper.cheat_sheet())
    for _, names in paper.CHEAT_SHEET:
        for name in names:
            assert f"<code>{name}(" in said
            assert inline_html(inspect.getdoc(getattr(paper.model, name)).splitlines()[0]) in said
            returned = {"check_gradient": ""}.get(name, " → ")
            assert returned in paper._shapes(inspect.getdoc(getattr(paper.model, name)))
    assert "<code>z (..., K) → the same shape</code>" in said
    assert "<code>x (..., d), grad_logits (..., K) → grad_W (K, d), grad_b (K,)</code>" in said
    assert "numpy" not in said.partition("## Together")[0]
    assert "<code>softmax(z, axis=-1)</code>" in said


def test_the_example_on_the_cheat_sheet_is_true_and_uses_what_the_sheet_has():
    shown = paper.cheat_sheet().cells[-1].source
    example = doctest.DocTestParser().get_doctest(shown.replace("```", ""), {}, "sheet", None, 0)
    assert doctest.DocTestRunner().run(example).failed == 0
    assert {"fit", "loss_and_gradients", "softmax"} <= set(re.findall(r"model\.(\w+)", shown))


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
