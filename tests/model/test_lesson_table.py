"""The table of lesson 07: what a label's component is when it wins by 20, 40 and 100 nats."""

import json
from pathlib import Path

import mpmath
import numpy as np
import pytest

from lessons.model import cross_entropy_gradient

LESSON = Path(__file__).parents[2] / "notebooks/07_checking_gradients.ipynb"
LIBRARIES = ("PyTorch", "JAX", "scikit-learn")


@pytest.fixture(scope="module")
def table():
    cells = json.loads(LESSON.read_text(encoding="utf-8"))["cells"]
    (source,) = ("".join(cell["source"]) for cell in cells if cell["id"] == "digits")
    lines = [line.strip("|").split("|") for line in source.splitlines() if line.startswith("|")]
    (_, *gaps), _, *rows = lines
    numbers = {name.strip(" `"): [float(v.replace("−", "-")) for v in row] for name, *row in rows}
    return [float(gap) for gap in gaps], numbers


def test_the_exact_row_is_exact_to_the_last_digit(table):
    gaps, rows = table
    with mpmath.workdps(60):
        others = [2 * mpmath.exp(-gap) for gap in gaps]
        assert rows["exact"] == [float(-o / (1 + o)) for o in others]


def test_our_row_is_what_the_model_returns(table):
    gaps, rows = table
    ours = [cross_entropy_gradient([gap, 0.0, 0.0], 0)[0] for gap in gaps]
    np.testing.assert_allclose(rows["lessons.model"], ours, rtol=1e-15)


def test_the_libraries_rows_are_what_a_subtraction_leaves(table):
    gaps, rows = table
    logits = [np.array([gap, 0.0, 0.0]) for gap in gaps]
    left = [np.exp(z - z.max())[0] / np.exp(z - z.max()).sum() - 1 for z in logits]
    theirs = [row for name, row in rows.items() if name.startswith(LIBRARIES)]
    assert len(theirs) == len(LIBRARIES)
    for row in theirs:
        np.testing.assert_allclose(row, left, rtol=1e-15)
