"""A fresh student's way through the series, from link to link, with an exercise in each lesson."""

import re

import pytest

from .conftest import LESSONS

ANSWERS = {  # one exercise of each lesson, in order, and what a student answers
    "log-of-reciprocal": '"1 + exp(-z)"',
    "shifted-logits": "(1/8, 2/8, 5/8)",
    "loss-by-hand": "(-np.log(0.25), -np.log(0.625))",
    "predict-sign": "(-1, +1, -1, 0)",
    "gap-vector": "(0.2, 0.5 - 1, 0.3)",
    "shapes-of-everything": "dict(z=(3,), grad_z=(3,), grad_W=(3, 4), grad_b=(3,), grad_x=(4,))",
    "batch-shapes": "dict(X=(5, 4), Z=(5, 3), G=(5, 3), grad_W=(3, 4), grad_b=(3,), L=())",
    "choose-step": '"b"',
    "start-loss": "(np.log(3), np.log(10))",
    "two-gradients": "(-0.99, 2 * -0.99 * 0.01 * 0.99)",
    "line-b4": "(1/8, -1/2)",
}
WRITE = """([name, answer]) => {
    const { content } = window.jupyterapp.shell.currentWidget;
    const asks = cell => cell.model.sharedModel.source.includes(`check("${name}"`);
    content.activeCellIndex = content.widgets.findIndex(asks);
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
    notebook = open_notebook(LESSONS[0].name)
    yield notebook
    notebook.close()


def solve(notebook, name):
    """Run a lesson as far as an exercise, and answer it."""
    notebook.page.evaluate(WRITE, [name, ANSWERS[name]])
    notebook.command("notebook:run-all-above")
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


def test_a_student_goes_from_lesson_to_lesson_and_the_map_knows_it(student, lab_server):
    for lesson, name in zip(LESSONS, ANSWERS, strict=True):
        if lesson is not LESSONS[0]:
            follow(student, lesson.stem[:2], lesson.name)
        solve(student, name)
    solved = (lab_server.home / "progress.txt").read_text(encoding="utf-8").split()
    assert set(solved) == set(ANSWERS)
    follow(student, "00", LESSONS[0].name)
    student.run_all()
    shown = student.cell("progress").locator(".jp-OutputArea-output").inner_text()
    assert shown.startswith(f"{len(LESSONS)} of ")
    assert set(re.findall(r"✓ ([\w-]+)", shown)) == set(ANSWERS)
