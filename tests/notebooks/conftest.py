"""The notebooks as read from disk: their prose, their code, and all of them by name."""

import json
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
PATHS = sorted(FOLDER.glob("*.ipynb"))


def cells_of(path, kind):
    cells = json.loads(path.read_text())["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == kind]


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def prose(path):
    """The Markdown cells of one notebook, in order."""
    return cells_of(path, "markdown")


@pytest.fixture(scope="session")
def code_by_lesson():
    """All code of each lesson, by its two digits."""
    return {path.name[:2]: "\n".join(cells_of(path, "code")) for path in PATHS}
