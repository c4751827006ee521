"""Signs by form: a sum of positive terms stays positive without one of them, if it has two."""

import pytest
from sympy import evaluate, exp, oo

from lessons.proofs import Claim
from lessons.proofs.notation import K, gamma, i, j, sum_over, t, yhat, z
from lessons.proofs.setting import SOFTMAX
from lessons.proofs.symbolic.domain import sign

TOTAL = sum_over(t, exp(z[t]))
TWO = ((K, (2, oo)),)
OTHERS = {
    "a term that is none of its own": TOTAL - exp(2 * z[i]),
    "two of its terms": TOTAL - exp(z[i]) - exp(z[j]),
    "one of its terms twice": TOTAL - 2 * exp(z[i]),
    "terms of either sign": sum_over(t, z[t]) - z[i],
    "two sums": TOTAL - sum_over(t, exp(z[t] + z[i])),
}


def test_a_sum_without_one_of_its_terms_is_positive_where_there_are_two():
    assert sign(TOTAL - exp(z[i]), TWO) == 1
    assert sign(1 - exp(z[i]) / TOTAL, TWO) == 1


@pytest.mark.parametrize("intervals", [(), ((K, (1, oo)),)])
def test_of_one_class_it_might_be_nothing(intervals):
    assert sign(TOTAL - exp(z[i]), intervals) == 0


@pytest.mark.parametrize("name", OTHERS)
def test_what_only_looks_like_it_has_no_sign(name):
    assert sign(OTHERS[name], TWO) == 0


def test_a_power_one_lower_is_the_power_divided_and_only_where_that_has_a_value():
    with evaluate(False):
        q = 1 - yhat[i]
        power, split, wrong = q**gamma, q * q ** (gamma - 1), q ** (gamma - 1)
    setting = SOFTMAX.with_(domain={K: (2, oo)})
    assert Claim(power, split, setting=setting)
    assert Claim(power, wrong, setting=setting).verdict == "refuted"
    assert not Claim(power, split, setting=SOFTMAX)
