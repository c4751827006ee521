"""The numeric road: what it tells of a point, and what it leaves alone."""

import mpmath
import numpy as np
import pytest
from sympy import Eq, Integer, Ne, Symbol, evaluate, exp, log, sin

from lessons.proofs.derivations.multiclass import LABEL_LOSS
from lessons.proofs.notation import (
    SIZE_OF,
    K,
    Partial,
    W,
    d,
    i,
    j,
    k,
    logit,
    n,
    p,
    sum_over,
    t,
    x,
    y,
    yhat,
    z,
)
from lessons.proofs.numeric import comparison as numeric
from lessons.proofs.numeric.points import SIZES, Point
from lessons.proofs.setting import SOFT_TARGETS

SOFTMAX, (SUMS_TO_1,) = SOFT_TARGETS.definitions, SOFT_TARGETS.assumptions


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


def test_every_choice_of_free_indices_is_tried():
    only_here = sum_over(t, z[t]) * 0 + Partial(z[j], z[i])  # differs from 0 only where i = j
    assert numeric.counterexample(only_here, Integer(0)).whole["i"] == 0
    assert numeric.counterexample(only_here, Integer(0), {}, (Ne(i, j),)) is None


def test_letters_that_sum_to_1_do():
    assert numeric.counterexample(sum_over(t, y[t]), Integer(1), {}, (SUMS_TO_1,)) is None
    assert numeric.counterexample(y[j], Integer(1), {}, (SUMS_TO_1,)).letters["y"] != (1,)


def test_sizes_always_differ():
    assert all(len({*sizes}) == 3 for sizes in SIZES)


@pytest.mark.parametrize(
    "assumption",
    [Eq(sum_over(t, y[t]), 2), Eq(y[j], 1), Eq(sum_over(p, x[p]), 1)],
    ids=["another sum", "one letter", "a sum over features"],
)
def test_assumptions_that_no_point_can_be_drawn_for_are_refused(assumption):
    with pytest.raises(ValueError, match=r"expected Ne\(index, index\) or Eq\(sum_over"):
        numeric.counterexample(y[j], y[j], {}, (assumption,))


def test_what_it_has_no_rule_for_is_an_error_and_not_agreement():
    with pytest.raises(TypeError, match="no numeric rule for sin"):
        numeric.counterexample(sin(logit), sin(logit))


def test_nobody_elses_precision_is_touched():
    before = mpmath.mp.dps
    numeric.counterexample(Partial(LABEL_LOSS, z[j]), yhat[j], SOFTMAX)
    assert mpmath.mp.dps == before


def test_second_derivatives_have_as_many_digits_as_first_ones():
    point = Point({K: 2, d: 1, n: 3}, 0, {}, {})
    curve = Partial(exp(3 * logit), (logit, 2))
    exact = point.value(9 * exp(3 * logit))
    assert abs(point.value(curve) / exact - 1) < 1e-30
    nested = Partial(Partial(exp(3 * logit), logit), logit)
    assert abs(point.value(nested) / exact - 1) < 1e-30


def test_a_real_number_reached_by_way_of_complex_ones_is_real():
    slope = Partial(log(-exp(logit)), logit)  # the logarithm of a negative number is complex
    found = numeric.counterexample(slope, Integer(2))
    assert (found.left, found.right) == ("1", "2")


def test_an_index_of_unknown_range_is_not_guessed():
    assert k in SIZE_OF
    stranger = Symbol("w", integer=True)
    assert "w = " in str(numeric.counterexample(stranger, Integer(0)))


def test_a_derivative_moves_every_name_that_uses_its_letter_also_one_already_met():
    first, second, third = (Symbol(name, real=True) for name in ("f", "g", "w"))
    names = {third: second * x[0], second: first + x[1], first: logit**2}
    derivative = 2 * logit * x[0]  # of w = (z² + x₁) x₀, by hand
    with evaluate(False):
        met_before = third * Partial(third, logit)
        by_a_name = second * Partial(third, second)
        untouched = first * Partial(first + x[0], x[0])
    assert numeric.counterexample(met_before, third * derivative, names) is None
    assert numeric.counterexample(met_before, third * x[0], names)
    assert numeric.counterexample(by_a_name, second * x[0], names) is None
    assert numeric.counterexample(untouched, first, names) is None
