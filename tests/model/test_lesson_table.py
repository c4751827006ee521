"""The table of lesson 07: what a label's component is when it wins by 20, 40 and 100 nats."""

import json
from pathlib import Path

import mpmath
import numpy as np
import pytest

from lessons.model import cross_entropy_gradient

LESSON = Path(__file__).parents[2] / "notebooks/07_checking_gradients.ipynb"
NUMBERS = slice(2, None)  # of the table's lines: a heading and a rule come first


@pytest.fixture(scope="module")
def table():
    """The heading, and the columns: by how much the label wins, exactly, and by the libraries."""
    cells = json.loads(LESSON.read_text(encoding="utf-8"))["cells"]
    (source,) = ("".join(cell["source"]) for cell in cells if cell["id"] == "digits")
    lines = [line.strip("|") for line in source.splitlines() if line.startswith("|")]
    rows = [map(float, line.replace("−", "-").split("|")) for line in lines[NUMBERS]]
    return lines[0], *zip(*rows, strict=True)


def test_the_exact_column_is_exact_to_the_last_digit(table):
    _, gaps, exact, _ = table
    assert len(gaps) >= 3
    with mpmath.workdps(60):
        others = [2 * mpmath.exp(-gap) for gap in gaps]
        assert list(exact) == [float(-o / (1 + o)) for o in others]


def test_the_model_returns_the_column_that_it_shares_with_the_exact_numbers(table):
    heading, gaps, exact, _ = table
    assert "exact" in heading
    assert "`lessons.model`" in heading
    ours = [cross_entropy_gradient([gap, 0.0, 0.0], 0)[0] for gap in gaps]
    assert ours == pytest.approx(exact, rel=1e-15, abs=0)


def test_the_libraries_column_is_what_a_subtraction_leaves(table):
    heading, gaps, _, theirs = table
    for library in ("PyTorch", "JAX", "scikit-learn"):
        assert library in heading
    logits = [np.array([gap, 0.0, 0.0]) for gap in gaps]
    left = [np.exp(z - z.max())[0] / np.exp(z - z.max()).sum() - 1 for z in logits]
    np.testing.assert_allclose(theirs, left, rtol=1e-15)
