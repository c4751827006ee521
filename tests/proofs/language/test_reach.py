"""What can be read in two ways is read in none: a place behind a derivative, a power behind Σ_t."""

import pytest

from lessons.proofs.tutor.tutor import ACCEPTED, NOT_UNDERSTOOD, Tutor

PLACES = (
    "dyhat/dz(0) = 0",
    "dyhat/dz(0) = 1/4",
    "dyhat/dz(1)^2 = 1",
    "dyhat/dz(-z) = -z*dyhat/dz",
    "dyhat/dz(2*z) = 2*z*dyhat/dz",
    "(dyhat/dz)(0) = 0",
    "d/dz(yhat)(0) = 0",
    "d(yhat)/dz(0) = 0",
    "D(yhat, z)(0) = 0",
    "dL/dyhat(1/2) = 0",
    "σ(z)'(0) = 0",
    "sigma'(z)(0) = 0",
)
POWERS = (
    "sum_t(yhat[t])^2 = 1",
    "sum_t(yhat[t])² = 1",
    "Σ_t(yhat[t])^2 = sum(yhat[t]^2, t)",
    "Σ_t (exp(z[t]))^3 = S^3",
    "Σ_t(yhat[t])^(-1) = 1",
    "sum_t(yhat[t] - y[t])^2 = 0",
)
TRUE = {
    "binary, any y": (
        "dyhat/dz(z) = yhat*(1 - yhat)",
        "dyhat/dz(z)^2 = (yhat*(1 - yhat))^2",
        "(dyhat/dz)(z) = yhat*(1 - yhat)",
        "dL/dyhat(yhat(z))*dyhat/dz(z) = dL/dz",
        "dyhat/dz(1 - yhat) = dyhat/dz*(1 - yhat)",
        "1/1000 = 0.001",
        "2e^(-z) = 2*exp(-z)",
    ),
    "multiclass, j ≠ i": (
        "dS/dz[j](z[j]) = exp(z[j])",
        "(sum_t(yhat[t]))^2 = 1",
        "sum_t((yhat[t])^2) = sum(yhat[t]^2, t)",
        "sum(yhat[t], t)^2 = 1",
    ),
}


@pytest.mark.parametrize("line", PLACES)
def test_a_derivative_at_a_place_is_no_product(line):
    answer = Tutor("binary, any y").line(line)
    assert answer.status == NOT_UNDERSTOOD
    assert "in two ways" in answer.text


@pytest.mark.parametrize("line", POWERS)
def test_a_power_behind_a_sum_without_brackets_of_its_own_is_refused(line):
    answer = Tutor("multiclass, j ≠ i").line(line)
    assert answer.status == NOT_UNDERSTOOD
    assert "How far does this reach?" in answer.text


@pytest.mark.parametrize("line", ["1e-3 = 1/1000", "1e-3 = e - 3", "2E5 = 1", "0.5e2 = 50"])
def test_a_number_in_scientific_notation_is_no_product_with_e(line):
    answer = Tutor("binary, any y").line(line)
    assert answer.status == NOT_UNDERSTOOD
    assert "written out" in answer.text


@pytest.mark.parametrize(
    ("name", "line"), [(n, line) for n, lines in TRUE.items() for line in lines]
)
def test_what_has_one_meaning_is_read(name, line):
    assert Tutor(name).line(line).status == ACCEPTED
