"""The evaluator: rules for every node, derivatives with all their digits, nobody else disturbed."""

import mpmath
import pytest
from sympy import Symbol, evaluate, exp, sin

from lessons.proofs.derivations.multiclass import LABEL_LOSS
from lessons.proofs.notation import K, Partial, d, j, logit, n, x, yhat, z
from lessons.proofs.numeric import comparison as numeric
from lessons.proofs.numeric.points import Point
from lessons.proofs.setting import SOFT_TARGETS

SOFTMAX = SOFT_TARGETS.definitions


def test_what_it_has_no_rule_for_is_an_error_and_not_agreement():
    with pytest.raises(ValueError, match=r"got sin.* no rule"):
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
