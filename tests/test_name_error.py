"""A NameError in a lesson says which cell to run; every other error is Python's own."""

import nbformat
import pytest
from nbclient import NotebookClient

from lessons import datasets, live, model, practice, proofs
from lessons.name_error import help_for

EXPORTED = {name for door in (datasets, live, model, practice, proofs) for name in door.__all__}
CELLS = {
    "check": 'check("binary-gradient", ...)',
    "np": "np.zeros(2)",
    "gradient": "gradient(1.0, 0.0)",
    "unbound": "def f():\n    total += 1\n\n\nf()",
    "division": "1 / 0",
}


@pytest.mark.parametrize("name", sorted(EXPORTED | {"np", "plt"}))
def test_a_name_that_the_lessons_export_comes_with_the_imports(name):
    assert help_for(name).startswith(
        f"`{name}` comes with the lesson's imports: run that cell first."
    )


def test_any_other_name_may_be_made_by_a_cell_above():
    assert help_for("gradeint").startswith("If a cell above makes `gradeint`, run that cell first.")


@pytest.fixture(scope="module")
def last_lines():
    """The line in which each cell's traceback ends, in a kernel such as the lessons have."""
    cells = [nbformat.v4.new_code_cell(source, id=name) for name, source in CELLS.items()]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, timeout=120, allow_errors=True).execute()
    said = {cell.id: cell.outputs[-1].traceback for cell in notebook.cells}
    return {name: "\n".join(lines).splitlines()[-1] for name, lines in said.items()}


@pytest.mark.parametrize("name", ["check", "np", "gradient"])
def test_the_kernel_ends_the_traceback_with_the_help(last_lines, name):
    assert last_lines[name] == help_for(name)


@pytest.mark.parametrize("name", ["unbound", "division"])
def test_the_kernel_adds_nothing_to_an_error_that_no_cell_above_mends(last_lines, name):
    assert "Error" in last_lines[name]
