"""A fresh student's way from link to link, over the series' end to its beginning.

An exercise is solved in each lesson, and the map of lesson 00 knows it. Where every other link
leads is known without a browser (see tests/notebooks/test_furniture.py).
"""

import re

import pytest

from .conftest import LESSONS

WAY = [LESSONS[-1], *LESSONS[:2]]
ANSWERS = {  # one exercise of each lesson on the way, and what a student answers
    "through-column": "-1.2",
    "log-of-reciprocal": '"1 + exp(-z)"',
    "shifted-logits": "(1/8, 2/8, 5/8)",
}
TITLES = ["Into the logarithm", "A hundred more for everyone", "Through a column"]
IMPORT = """async () => {
    const { content } = window.jupyterapp.shell.currentWidget;
    for (const [index, cell] of content.widgets.entries()) {
        if (!cell.model.id.startsWith("imports")) continue;
        content.activeCellIndex = index;
        await window.jupyterapp.commands.execute("notebook:run-cell");
    }
}"""
WRITE = """([name, answer]) => {
    const { content } = window.jupyterapp.shell.currentWidget;
    const asks = cell => cell.model.sharedModel.source.includes(`check("${name}"`);
    const index = content.widgets.findIndex(asks);
    if (index < 0) throw new Error(`no cell checks ${name}`);
    content.activeCellIndex = index;
    content.activeCell.model.sharedModel.setSource(`check("${name}", ${answer})`);
}"""
ARRIVED = """async path => {
    const { currentWidget } = window.jupyterapp.shell;
    if (currentWidget === window.left || currentWidget?.context?.path !== path) return false;
    await currentWidget.context.ready;
    return true;
}"""
REMEMBER = "() => { window.left = window.jupyterapp.shell.currentWidget; }"
LEAVE = "async () => { await window.left.sessionContext.shutdown(); window.left.dispose(); }"


@pytest.fixture
def student(open_notebook):
    notebook = open_notebook(WAY[0].name)
    yield notebook
    notebook.close()


def solve(notebook, name):
    """Run a lesson's imports, as an exercise asks for no more, and answer the exercise."""
    notebook.page.evaluate(IMPORT)
    notebook.page.evaluate(WRITE, [name, ANSWERS[name]])
    notebook.command("notebook:run-cell")
    notebook.wait_idle()
    assert notebook.errors() == []


def follow(notebook, number, path):
    """Click the link at the lesson's end, and leave the lesson for the one that it opens."""
    last = notebook.model("cells.filter(c => c.cell_type == 'markdown').map(c => c.id)")[-1]
    notebook.page.evaluate(REMEMBER)
    notebook.cell(last).locator("a", has_text=f"Lesson {number} ·").click()
    notebook.page.wait_for_function(ARRIVED, arg=path)
    notebook.started()
    notebook.page.evaluate(LEAVE)


@pytest.mark.slow
def test_a_student_goes_from_lesson_to_lesson_and_the_map_knows_it(student, lab_server):
    for lesson, name in zip(WAY, ANSWERS, strict=True):
        if lesson is not WAY[0]:
            follow(student, lesson.stem[:2], lesson.name)
        solve(student, name)
    solved = (lab_server.home / "progress.txt").read_text(encoding="utf-8").split()
    assert set(solved) == set(ANSWERS)
    follow(student, "00", LESSONS[0].name)
    student.run_all()
    shown = student.cell("progress").locator(".jp-OutputArea-output").inner_text()
    assert shown.startswith(f"{len(WAY)} of ")
    assert re.findall(r"✓ ([^·○\n]+[^·○\s])", shown) == TITLES
