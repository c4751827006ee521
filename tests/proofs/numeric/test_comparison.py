"""Counterexamples: what they tell of a point, and that they are found."""

import numpy as np
import pytest
from sympy import Integer, evaluate, exp, log

from lessons.proofs.notation import Partial, W, i, j, logit, sum_over, t, yhat, z
from lessons.proofs.numeric import comparison as numeric
from lessons.proofs.setting import SOFT_TARGETS

SOFTMAX = SOFT_TARGETS.definitions


def test_a_counterexample_holds_the_point_and_two_values_that_can_be_recomputed():
    found = numeric.counterexample(yhat[j], yhat[i], SOFTMAX)
    scores = np.exp(found.letters["z"])
    assert len(scores) == found.whole["K"]
    for told, index in ((found.left, "j"), (found.right, "i")):
        probability = scores[found.whole[index]] / scores.sum()
        assert float(told.replace("−", "-")) == pytest.approx(probability, rel=1e-3)
    assert str(found).startswith(f"at K = {len(scores)}, i = ")
    assert str(found).endswith(f": {found.left} against {found.right}")


def test_a_matrix_is_told_row_by_row_and_a_lone_entry_by_its_indices():
    found = numeric.counterexample(sum_over(t, W[t, 0] * W[t, 1]), Integer(0))
    assert np.shape(found.letters["W"]) == (found.whole["K"], 2)
    assert "z[2] = " in str(numeric.counterexample(z[2], Integer(0)))


def test_values_that_differ_late_are_told_with_enough_digits():
    found = numeric.counterexample(logit, logit + Integer(10) ** -20)
    assert found.left != found.right
    assert numeric.counterexample(logit, logit + Integer(10) ** -30) is None


def test_a_division_by_zero_is_no_value_and_agrees_with_nothing():
    with evaluate(False):
        lines = (1 / (z[0] - z[0]), log(z[0] - z[0]), 1 / log(z[0] - z[0]) * log(z[0] - z[0]))
    for line in lines:
        for other in (Integer(0), Integer(1), line):
            found = numeric.counterexample(line, other)
            assert found.undefined
            assert found.left == "no value"


def test_a_real_number_reached_by_way_of_complex_ones_is_real():
    slope = Partial(log(-exp(logit)), logit)  # the logarithm of a negative number is complex
    found = numeric.counterexample(slope, Integer(2))
    assert (found.left, found.right) == ("1", "2")
