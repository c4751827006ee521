"""Help by buttons in the feedback, and a proof that is there again in a kernel of its own."""

import nbformat
import pytest

from lessons.practice.catalogue import find

from .lab import write_notebook

NAME, TASK = "softmax", "binary, y = 1"
LINES = ["-1/yhat * d/dz(yhat)", "-1/yhat * yhat*(1 - yhat)"]
RESTART = """async () => {
    await window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart();
}"""


@pytest.fixture(scope="module")
def page(lab_server, open_notebook):
    cells = {
        "start": "from lessons.live import TutorPanel\nfrom lessons.practice import check",
        "feedback": f"check({NAME!r}, lambda z: z)",
        "tutor": f"panel = TutorPanel({TASK!r})\npanel",
    }
    cells = [nbformat.v4.new_code_cell(source, id=name) for name, source in cells.items()]
    write_notebook(lab_server.root / "help.ipynb", cells)
    notebook = open_notebook("help.ipynb")
    notebook.run_all()
    yield notebook
    notebook.close()


def test_hints_and_then_the_solution_stand_below_what_was_said(page):
    cell = page.cell("feedback")
    said = cell.locator("[role=status]").first.inner_text()
    hints = find(NAME).hints
    for number in range(1, len(hints) + 1):
        cell.get_by_role("button", name="Hint" if number == 1 else "Next hint").click()
        cell.get_by_text(f"{number} of {len(hints)}:").wait_for()
    cell.get_by_role("button", name="Solution").click()
    cell.locator("pre", has_text="def ").wait_for()
    assert cell.locator("[role=status]").first.inner_text() == said
    assert cell.locator("[role=status]").count() == 1 + len(hints) + 1
    assert cell.get_by_role("button", name="hint").count() == 0


def test_a_proof_can_be_copied_and_is_there_again_after_a_restart(page):
    page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cell = page.cell("tutor")
    for number, line in enumerate(LINES, start=2):
        field = cell.get_by_label(f"line {number}", exact=True)
        field.fill(line)
        field.press("Enter")
        cell.get_by_text(f"Line {number} follows").wait_for()
    page.answered()
    cell.get_by_role("button", name="Copy as LaTeX").click()
    cell.get_by_text("copied").wait_for()
    copied = page.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("\\begin{align*}")
    assert copied.count("={}") == len(LINES)
    page.page.evaluate(RESTART)
    page.started()
    page.run_all()
    cell = page.cell("tutor")
    cell.get_by_text("yours from last time").wait_for()
    assert cell.get_by_text(f"Line {len(LINES) + 1} follows").count() == 1


def test_nothing_went_wrong_on_the_page(page):
    assert page.errors() == []
    assert page.record.page_errors == page.record.console_errors == []
