"""A student's desk: the first minutes, and the second day, when the kernel knows no widget."""

import json
from datetime import datetime, timedelta, timezone

import nbformat
import pytest

from lessons.student_notebooks import student_notebook

from .conftest import NOTEBOOKS
from .lab import Notebook, wait_until

START = "00_start_here.ipynb"
PANE = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer"
ASLEEP = "Asleep: run this cell, or Run All."
CELLS = {
    "imports": "from lessons.live import *",
    "explorer": "BinaryExplorer(z=1.0, y=1.0)",
    "tables": "BatchExplorer()",
    "reveal": 'DerivationReveal("binary, y = 1", shown=2)',
    "tutor": 'TutorPanel("binary, y = 0")',
    "sketch": "SketchPanel(2)",
    "feedback": "from lessons.practice import check\ncheck('predict-gap', (0, 0))",
    # A relative: a widget of the student's own.
    "own": "from ipywidgets import HTML, VBox, Button\nVBox([HTML('mine'), Button()])",
}
WHOLE = """([pane, part]) => {
    const [seen, { top, bottom }] = [pane, part].map(node => node.getBoundingClientRect());
    return top >= seen.top && bottom <= seen.bottom;
}"""
SCREENS = [pytest.param((1440, 900), marks=pytest.mark.slow), (1280, 720)]
COUNTS = "cells.filter(c => c.cell_type == 'code').map(c => c.execution_count)"
RESTART = """async () => {
    await window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart();
}"""
BEFORE = """node => [node, ...node.querySelectorAll(".jupyter-widgets-disconnected")]
    .map(part => getComputedStyle(part, "::before").content)"""

PRESSES = "all => all.map(button => getComputedStyle(button).pointerEvents)"
# What whoever listens before the control is told about each key: whether it is to leave it alone.
LISTEN_FIRST = """() => {
    window.heard = [];
    document.addEventListener("keydown", ({ target, key }) => {
        window.heard.push([key, "lmSuppressShortcuts" in target.dataset]);
    }, { capture: true });
}"""


def write_students(server, name):
    """Put a student's copy of a lesson into a folder of its own; return its path."""
    (server.root / "student").mkdir(exist_ok=True)
    copy = server.root / "student" / name
    copy.write_text(student_notebook((NOTEBOOKS / name).read_text(encoding="utf-8")), "utf-8")
    return f"student/{name}"


@pytest.fixture(scope="module", params=SCREENS, ids=["1440", "1280"])
def newcomer(request, chromium, lab_server):
    """Lesson 00 as `make lab` opens it, in a browser that has never seen JupyterLab."""
    width, height = request.param
    page = chromium.new_context(viewport={"width": width, "height": height}).new_page()
    notebook = Notebook(page, lab_server, write_students(lab_server, START))
    yield notebook
    notebook.close()
    page.context.close()


def test_the_file_browser_is_closed_and_one_click_away(newcomer):
    stack = newcomer.page.locator("#jp-left-stack")
    newcomer.wait_until(stack.is_hidden)
    tab = newcomer.page.locator("#jp-main-content-panel .jp-SideBar.jp-mod-left li").first
    tab.click()
    newcomer.wait_until(stack.is_visible)
    tab.click()
    newcomer.wait_until(stack.is_hidden)


def test_one_shift_enter_shows_the_explorer_with_its_sliders_and_its_question(newcomer):
    cells = newcomer.model("cells")
    (at,) = [index for index, cell in enumerate(cells) if cell["id"] == "first-run"]
    assert "press **Shift+Enter**, once." in "".join(cells[at]["source"])
    assert cells[at + 1]["id"] == "explorer"
    assert all(cell["cell_type"] == "markdown" for cell in cells[:at])

    newcomer.cell("explorer").locator(".cm-content").click()
    newcomer.page.keyboard.press("Shift+Enter")
    explorer = newcomer.page.locator(".lessons-explorer")
    newcomer.page.wait_for_selector(".lessons-picture canvas[data-pictures]")
    parts = [newcomer.page.locator(PANE).element_handle(), explorer.element_handle()]
    newcomer.page.wait_for_function(WHOLE, arg=parts)
    for part in (".lessons-look", ".widget-slider >> nth=0", ".lessons-readout"):
        assert explorer.locator(part).first.is_visible()

    before = newcomer.pictures()
    newcomer.slider("z").focus()
    newcomer.page.keyboard.press("ArrowRight")
    newcomer.wait_for_new_picture(before)
    assert newcomer.page.evaluate(WHOLE, parts)


def test_an_application_that_listens_first_leaves_a_control_its_keys(newcomer):
    """Notebook's shortcuts come before what has the focus: an arrow goes to the next heading."""
    newcomer.page.evaluate(LISTEN_FIRST)
    newcomer.slider("z").focus()
    for key in ("F2", "ArrowRight", "ArrowLeft"):
        newcomer.page.keyboard.press(key)
    left = [["F2", False], ["ArrowRight", True], ["ArrowLeft", True]]
    assert newcomer.page.evaluate("window.heard") == left


def test_the_first_exercise_is_answered_right(newcomer):
    newcomer.cell("imports").locator(".cm-content").click()
    newcomer.page.keyboard.press("Shift+Enter")
    exercise = newcomer.cell("exercise-log")
    exercise.locator(".cm-content").click()
    newcomer.page.keyboard.press("ControlOrMeta+A")
    newcomer.page.keyboard.insert_text('check("log-of-reciprocal", "1 + exp(-z)")')
    newcomer.page.keyboard.press("Shift+Enter")
    exercise.locator(".jp-OutputArea-output", has_text="Right").wait_for()
    assert newcomer.errors() == newcomer.record.page_errors == []


def test_the_table_of_contents_shows_formulas_typeset(newcomer):
    newcomer.page.locator("[data-id='table-of-contents']").first.click()
    titles = newcomer.page.locator(".jp-tocItem-content")
    titles.first.wait_for()
    newcomer.wait_until(titles.locator("mjx-container").count)
    assert not any("$" in title for title in titles.all_inner_texts())


@pytest.fixture(scope="module")
def desk(lab_server, open_notebook):
    """A small lesson: what it holds, run, moved and saved, and each further look at it."""
    cells = [nbformat.v4.new_code_cell(source, id=name) for name, source in CELLS.items()]
    metadata = {"lessons": {"edition": "of this test"}}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=metadata | {"kernelspec": kernel})
    file = lab_server.root / "desk.ipynb"
    nbformat.write(notebook, file)
    opened = open_notebook("desk.ipynb")
    opened.file = file
    opened.as_new = file.read_text(encoding="utf-8")
    opened.run_all()
    outputs = opened.model("cells.slice(1).map(c => [c.id, c.outputs[0].data])")
    opened.first = dict(outputs)
    work(opened)
    opened.command("docmanager:save")
    yield opened
    opened.close()


def work(desk):
    """Move z to the left, open a line of the reveal, write a line for the tutor."""
    explorer = desk.cell("explorer")
    before = desk.pictures(explorer)
    desk.slider("z", explorer).focus()
    for _ in range(20):
        desk.page.keyboard.press("ArrowLeft")
    desk.wait_for_new_picture(before, explorer)
    desk.cell("reveal").locator("button", has_text="Next").click()
    desk.cell("tutor").locator("input").last.fill("-1/(1 - yhat) * d/dz(1 - yhat)")
    desk.page.keyboard.press("Enter")
    desk.cell("tutor").locator(".lessons-answer[data-status='accepted']").wait_for()
    desk.cell("sketch").get_by_role("button", name="true", exact=True).first.click()
    desk.cell("feedback").get_by_role("button", name="Hint").click()
    desk.cell("feedback").get_by_text("1 of 2").wait_for()
    desk.answered()
    desk.cell("explorer")


def saved(desk):
    """The bundles in the saved file, by the cell's id."""
    notebook = json.loads(desk.file.read_text(encoding="utf-8"))
    assert "widgets" not in notebook["metadata"]
    return {c["id"]: c["outputs"][0]["data"] for c in notebook["cells"][1:]}


def shown(desk, name):
    """What a cell's output shows, once it says that it is asleep."""
    output = desk.cell(name).locator(".jp-OutputArea-output")
    output.locator(".lessons-asleep").wait_for()
    assert output.locator(".lessons-asleep").inner_text() == ASLEEP
    return output


def test_a_save_keeps_the_picture_and_the_lines_as_they_stand(desk):
    kept = saved(desk)
    assert "z = +0.00" in "".join(kept["explorer"]["text/plain"])
    assert len(kept["explorer"]["image/png"]) < 2 * len(desk.first["explorer"]["image/png"])
    reveal = "".join(kept["reveal"]["text/html"])
    assert reveal.count(r"\\") < "".join(desk.first["reveal"]["text/latex"]).count(r"\\")
    assert "Write line 4 on paper" in reveal
    assert "text/latex" not in kept["reveal"]
    assert "-1/(1 - yhat) * d/dz(1 - yhat)" in "".join(kept["tutor"]["text/html"])
    assert "You: true." in "".join(kept["sketch"]["text/html"])
    assert "1 of 2" in "".join(kept["feedback"]["text/html"])


def test_a_save_leaves_the_widgets_alive_and_the_notebook_clean(desk):
    assert not desk.page.evaluate("window.jupyterapp.shell.currentWidget.model.dirty")
    explorer = desk.cell("explorer")
    before = desk.pictures(explorer)
    desk.slider("z", explorer).focus()
    desk.page.keyboard.press("ArrowRight")
    desk.wait_for_new_picture(before, explorer)
    assert desk.page.locator(".lessons-asleep").count() == 0


def test_after_a_reload_with_a_living_kernel_everything_is_alive(desk):
    desk.command("docmanager:save")
    desk.page.reload()
    desk.page.wait_for_selector(".jp-NotebookPanel .jp-Notebook .jp-Cell")
    desk.started()
    for name in CELLS.keys() - {"imports"}:
        desk.cell(name).locator(".widget-box").first.wait_for()
    assert desk.page.locator(".lessons-asleep, .lessons-still").count() == 0


def test_after_a_restart_each_part_says_once_that_it_is_asleep(desk):
    desk.page.evaluate(RESTART)
    desk.wait_idle()
    for name in CELLS.keys() - {"imports"}:
        part = desk.cell(name).locator(".jp-OutputArea-output > .jupyter-widgets-disconnected")
        part.wait_for()
        first, *others = part.evaluate(BEFORE)
        assert first == f'"{ASLEEP}"'
        assert set(others) == {"none"}
        presses = part.locator("button").evaluate_all(PRESSES)
        assert set(presses) <= {"none"}


def test_on_the_second_day_everything_stands_as_it_was_saved(desk):
    desk.command("docmanager:save")
    before = desk.file.read_bytes()
    desk.page.evaluate("""async () => {
        const panel = window.jupyterapp.shell.currentWidget;
        await panel.sessionContext.shutdown();
        panel.dispose();
    }""")
    desk.record.console_errors.clear()
    desk.command("docmanager:open", path="desk.ipynb")
    desk.started()
    picture = shown(desk, "explorer").locator("img")
    desk.wait_until(lambda: "z = +0.05" in (picture.get_attribute("alt") or ""))
    assert shown(desk, "tables").locator("table").count() > 0
    reveal = shown(desk, "reveal")
    assert "Write line 4 on paper" in reveal.inner_text()
    assert reveal.locator("mjx-container").count() > 0
    assert "-1/(1 - yhat) * d/dz(1 - yhat)" in shown(desk, "tutor").inner_text()
    sketch = shown(desk, "sketch")
    assert "You: true." in sketch.inner_text()
    assert sketch.locator("mjx-container").count() > 0
    feedback = shown(desk, "feedback").inner_text()
    assert "Not yet" in feedback
    assert "1 of 2" in feedback
    assert "Error displaying widget" not in desk.page.locator(PANE).inner_text()
    assert desk.record.console_errors == desk.record.page_errors == []
    desk.command("docmanager:save")
    assert saved(desk) == {
        c["id"]: c["outputs"][0]["data"] for c in json.loads(before)["cells"][1:]
    }


def test_a_cell_that_is_run_wakes(desk):
    desk.run_all()
    desk.cell("explorer").locator(".lessons-picture canvas[data-pictures]").wait_for()
    assert desk.page.locator(".lessons-asleep, .lessons-still").count() == 0
    assert desk.errors() == []


@pytest.mark.slow
def test_two_tabs_show_one_explorer_both_alive(desk, chromium, lab_server):
    desk.command("docmanager:save")
    other = Notebook(chromium.new_context().new_page(), lab_server, "desk.ipynb")
    explorer = other.cell("explorer")
    explorer.locator(".lessons-picture canvas[data-pictures]").wait_for()
    before = desk.number("logit", desk.cell("explorer"))
    other.slider("z", explorer).focus()
    other.page.keyboard.press("ArrowRight")
    wait_until(desk.page, lambda: desk.number("logit", desk.cell("explorer")) > before)
    assert other.page.locator(".lessons-asleep, .lessons-still").count() == 0
    other.page.context.close()


def test_a_lesson_that_was_reset_is_shown_anew_in_its_open_tab(desk):
    desk.command("docmanager:save")
    assert desk.model(COUNTS) != [None] * len(CELLS)
    desk.file.write_text(desk.as_new, encoding="utf-8")
    desk.page.evaluate("() => { window.dispatchEvent(new Event('focus')); }")
    desk.wait_until(lambda: desk.model(COUNTS) == [None] * len(CELLS))
    desk.command("docmanager:save")
    assert desk.page.locator(".jp-Dialog").count() == 0


@pytest.mark.parametrize("run", [True, False])
def test_what_no_save_had_kept_goes_to_the_backups(desk, run):
    backups = desk.file.with_name("backups")
    backups.mkdir(exist_ok=True)
    for old in backups.glob("*.ipynb"):
        old.unlink()
    if run:
        desk.run_all()
    else:
        desk.command("notebook:clear-all-cell-outputs")
    desk.command("docmanager:save")
    desk.page.evaluate("""() => {
        const { cells } = window.jupyterapp.shell.currentWidget.model;
        cells.get(0).sharedModel.setSource("from lessons.live import *  # mine");
        Date.prototype.getTimezoneOffset = () => -120;
    }""")
    # As `make reset` does: the file is another, also where its text is the one that was saved.
    desk.file.write_text(desk.as_new + "\n" * (not run), encoding="utf-8")
    desk.page.evaluate("() => { window.dispatchEvent(new Event('focus')); }")
    desk.wait_until(lambda: "# mine" not in desk.model("cells[0].source"))
    (backup,) = backups.glob("*.ipynb")
    assert "# mine" in backup.read_text(encoding="utf-8")
    written = datetime.strptime(backup.stem, "desk_%Y-%m-%d_%H-%M-%S_open_tab")
    here = datetime.now(timezone(timedelta(hours=2))).replace(tzinfo=None)
    assert abs(here - written) < timedelta(minutes=10)  # by the clock on the wall
    assert desk.file.read_text(encoding="utf-8").strip() == desk.as_new.strip()
