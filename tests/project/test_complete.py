"""Nothing that was added lacks a part, and a part that is taken away is missed by its file."""

import json
import re
import shutil
from pathlib import Path

import pytest

from .completeness import missing

ROOT = Path(__file__).resolve().parents[2]


def copy_of_the_tree(folder, parts=("src", "tests", "tools", "notebooks", "slides")):
    """Copy what the recipes of CONTRIBUTING.md touch and its checks need, or some parts of it."""
    for name in parts:
        unwanted = shutil.ignore_patterns("__pycache__", "*.egg-info", ".ipynb_checkpoints")
        shutil.copytree(ROOT / name, folder / name, ignore=unwanted)
    for path in (ROOT / "pyproject.toml", *ROOT.glob("*.md")):
        shutil.copy(path, folder)
    return folder


@pytest.fixture
def tree(tmp_path):
    """A copy of the tree, to take parts away from."""
    return copy_of_the_tree(tmp_path / "tree", ("src", "tests", "notebooks"))


def test_no_part_is_missing():
    assert missing(ROOT) == []


PARTS = {
    "src/lessons/proofs/derivations/batch.py": None,
    "src/lessons/proofs/derivations/catalogue.py": r"\n    batch,",
    "tests/proofs/derivations/test_against_model.py": r'\n    "bias": .*',
    "src/lessons/practice/sheets/lesson_03.py": r'\n    name="predict-gap",',
    "src/lessons/practice/solutions/lesson_03.py": r'\n    "predict-gap":',
    "tests/practice/planted/lesson_03.py": r'\n    "predict-gap":',
    "notebooks/03_binary_gradient.ipynb": r'check\(\\"predict-gap\\"',
    "src/lessons/live/__init__.py": r'\n    "LossExplorer",',
    "src/lessons/live/explorers/loss.py": r"\bLossExplorer\b",
    "tests/live/explorers/test_loss.py": None,
    "src/lessons/proofs/numeric/evaluation.py": r"\b(Diagonal|Ones)\b",
    "src/lessons/proofs/symbolic/definitions.py": r"\bsigma\b",
    "src/lessons/proofs/printing/latex.py": r"\bSumExcept\b",
    "src/lessons/proofs/printing/text.py": r"\bLogPartition\b",
}


@pytest.mark.sampled(4)
@pytest.mark.parametrize("file", PARTS)
def test_a_part_that_is_taken_away_is_missed_by_its_files_name(tree, file):
    path, part = tree / file, PARTS[file]
    if part is None:
        path.unlink()
    else:
        text = path.read_text(encoding="utf-8")
        assert re.search(part, text)
        path.write_text(re.sub(part, lambda m: re.sub(r"\w", "x", m[0]), text), encoding="utf-8")
    named = Path(file).parent if "explorers/loss" in file or file.endswith("batch.py") else file
    assert any(str(named) in sentence for sentence in missing(tree))


@pytest.mark.parametrize("lost", ["slideshow", "execution_count"])
def test_a_cell_without_its_place_or_its_outputs_is_missed(tree, lost):
    path = tree / "notebooks" / "03_binary_gradient.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = next(c for c in notebook["cells"] if c["cell_type"] == "code")
    if lost == "slideshow":
        del cell["metadata"]["slideshow"]
    else:
        cell["execution_count"] = None
    path.write_text(json.dumps(notebook), encoding="utf-8")
    (sentence,) = missing(tree)
    assert "notebooks/03_binary_gradient.ipynb" in sentence
    assert cell["id"] in sentence
