"""The binary derivations hold, end at ŷ − y, and begin at the derivative of their loss."""

import pytest
from sympy import Derivative, exp

from lessons.proofs import WrongStep, derivation
from lessons.proofs.notation import L, logit, prediction, target
from lessons.proofs.steps import Derivation, Step

BINARY = ("binary, y = 1", "binary, y = 0", "binary, any y")


@pytest.mark.parametrize("name", BINARY)
def test_binary_derivation_goes_from_the_derivative_of_the_loss_to_prediction_minus_target(name):
    proof = derivation(name)
    first, last = proof.steps[0].expression, proof.steps[-1].expression
    assert isinstance(first, Derivative)
    assert first.args[0] == proof.setting.definitions[L]
    assert last == prediction - target


def test_line_b4_of_the_sketch_is_refused_with_the_numbers_of_its_middle():
    true = derivation("binary, y = 1")
    sigmoid = 1 / (1 + exp(-logit))
    wrong = -sigmoid * sigmoid**2 * -exp(-logit)
    proof = Derivation("B4", true.left, (true.steps[0], Step(wrong, "as scanned")), true.setting)
    with pytest.raises(WrongStep, match=r"B4: step 2 \(as scanned\).* at z = .* against "):
        proof.verify()


def test_derivations_are_verified_once_and_found_by_name():
    assert derivation("binary, y = 1") is derivation("binary, y = 1")
    with pytest.raises(ValueError, match="no derivation named `binary`"):
        derivation("binary")
