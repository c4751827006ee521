"""A claim of the student's own: decimals, functions without a rule, and what is said of one row."""

import pytest
from sympy import (
    Abs,
    Eq,
    Function,
    I,
    Integer,
    Integral,
    KroneckerDelta,
    Ne,
    Piecewise,
    Rational,
    Symbol,
    evaluate,
    exp,
    log,
    oo,
    sin,
    tanh,
)

from lessons.proofs import Claim
from lessons.proofs.notation import H, T, i, j, logit, s, sigma, sum_over, t
from lessons.proofs.printing.latex import to_latex
from lessons.proofs.printing.text import to_text
from lessons.proofs.setting import Setting
from lessons.proofs.verdict import judge


@pytest.mark.parametrize(
    ("number", "divisor"), [(0.5, 2), (0.1, 10), (-0.2, -5), (1e-3, 1000), (2.0, Integer(1) / 2)]
)
def test_a_decimal_is_the_rational_number_that_it_shows(number, divisor):
    assert Claim(number * logit, logit / divisor).verdict == "proved"
    assert Claim(number * logit + 0.001 * logit, logit / divisor).verdict == "refuted"


@pytest.mark.parametrize(
    "line", [Abs(logit), sin(logit), tanh(logit), Function("f")(logit), I * logit, 1 + sin(0.5 * T)]
)
def test_what_has_no_rule_is_named_in_a_sentence(line):
    with pytest.raises(ValueError, match=r"expected a line of numbers, letters, .* no rule"):
        _ = Claim(line, logit).verdict
    with pytest.raises(ValueError, match="no rule"):
        _ = Claim(logit, line).verdict


OTHER_CASES = [i < j, i >= j, Ne(i, j), logit > 0]


@pytest.mark.parametrize("when", OTHER_CASES)
@pytest.mark.parametrize("printed", [to_latex, to_text])
def test_no_other_case_is_printed_as_an_equality(when, printed):
    with pytest.raises(ValueError, match="expected cases by equal indices"):
        printed(Piecewise((1, when), (0, True)))


@pytest.mark.parametrize("when", OTHER_CASES)
@pytest.mark.parametrize("other", [KroneckerDelta(i, j), logit])
def test_cases_are_told_apart_by_equal_indices_alone(when, other):
    with pytest.raises(ValueError, match="expected cases by equal indices"):
        _ = Claim(Piecewise((1, when), (0, True)), other).verdict
    assert Claim(Piecewise((1, Eq(i, j)), (0, True)), KroneckerDelta(i, j)).verdict == "proved"


def test_what_is_assumed_of_one_row_is_known_of_no_other():
    first, any_row = (Eq(sum_over(t, H[row, t]), 1) for row in (0, i))
    assert Claim(sum_over(t, H[i, t]), 1, {}, (any_row,)).verdict == "proved"
    assert Claim(sum_over(t, H[s, t]), 1, {}, (any_row,)).verdict == "proved"
    assert Claim(sum_over(t, H[0, t]), 1, {}, (first,)).verdict == "proved"
    assert Claim(sum_over(t, H[i, t]), 1, {}, (first,)).verdict != "proved"
    assert Claim(sum_over(t, H[1, t]), 1, {}, (first,)).verdict != "proved"


def test_no_exponential_is_taken_for_positive_if_its_exponent_is_not_real():
    E = Symbol("E", positive=True)
    with evaluate(False):
        complex_one = exp(logit * log(-1) / 20)
    assert Claim(log(E**2), 2 * log(E), {E: complex_one}).verdict != "proved"
    assert Claim(log(E**2), 2 * log(E), {E: exp(logit / 20)}).verdict == "proved"


@pytest.mark.parametrize(
    ("line", "limit"), [(sigma(logit / T), 1), (logit * exp(-logit / T), 0), (sigma(-logit / T), 0)]
)
def test_a_limit_that_is_reached_slowly_is_proved_and_its_neighbour_refuted(line, limit):
    towards = (logit, oo)
    assert judge(line, Integer(limit), Setting(), "→", towards).status == "proved"
    assert judge(line, Integer(limit) + 1, Setting(), "→", towards).status == "refuted"
    assert judge(line, limit + Integer(1) / 10**20, Setting(), "→", towards).status == "refuted"


@pytest.mark.parametrize("side", [None, [1], "1 +", "z", {"z": 1}])
def test_a_side_that_is_no_expression_is_named(side):
    with pytest.raises(ValueError, match="a line is an expression of letters"):
        Claim(side, 1)


def test_an_integral_without_ends_gets_a_sentence():
    with pytest.raises(ValueError, match="expected an integral over one letter"):
        _ = Claim(Integral(logit, logit), 1).verdict


@pytest.mark.parametrize("share", [1 / 3, 2 / 3, 1 / 7, 0.1, 5 / 12, 0.125])
def test_a_fraction_that_python_has_worked_out_is_that_fraction(share):
    exact = Rational(share).limit_denominator(1000)
    assert Claim(share * logit, exact * logit)
    assert not Claim(share * logit, (exact + Rational(1, 10**6)) * logit)
