"""A hidden layer's nodes: known to both roads, printed, typed, and wrong lines of them refused."""

from dataclasses import replace

import pytest
from sympy import evaluate

from lessons.proofs import Claim, derivation
from lessons.proofs.arrays import Elementwise, Hadamard, Transposed, gradient, letter, shape_of
from lessons.proofs.derivations.hidden_layer import RELU_LAYER, THROUGH_W, UNITS
from lessons.proofs.language.reader import read
from lessons.proofs.notation import (
    L,
    M,
    Partial,
    Smooth,
    V,
    W,
    a,
    d,
    hidden,
    k,
    logit,
    q,
    relu,
    step,
    unit,
    x,
)
from lessons.proofs.printing.latex import to_latex
from lessons.proofs.printing.text import to_text
from lessons.proofs.setting import LOGIT

BY_UNIT = RELU_LAYER.with_(entry=(unit,))


def test_the_rectified_unit_and_its_slope_are_known_to_both_roads():
    assert Claim(relu(logit), logit * step(logit))
    assert Claim(Partial(relu(logit), logit), step(logit))
    assert Claim(relu(logit), step(logit)).verdict == "refuted"
    assert Claim(Partial(relu(logit), logit), 1).verdict == "refuted"
    assert Claim(relu(-logit), -relu(logit)).verdict == "refuted"


def test_they_are_printed_and_what_is_printed_can_be_typed():
    assert to_latex(relu(a[unit])) == r"\operatorname{ReLU}(a_{m})"
    assert to_latex(step(a[unit])) == r"\mathbf{1}[a_{m} > 0]"
    for line in (relu(logit), step(logit)):
        assert read(to_text(line), LOGIT.vocabulary) == (line,)
    primes = replace(LOGIT.vocabulary, prime=logit)
    assert read("relu'(z)", primes) == (Partial(relu(logit), logit),)


def test_a_product_by_entries_is_printed_and_needs_one_shape():
    h = letter(hidden[unit])
    gate = Elementwise(step(a[unit]), unit)
    assert to_latex(Hadamard(h, gate)) == r"h \odot \mathbf{1}[a > 0]"
    assert to_text(Hadamard(h, gate)) == "h ⊙ step(a)"
    assert shape_of(Hadamard(h, gate)) == (M, 1)
    with pytest.raises(ValueError, match="one shape"):
        shape_of(Hadamard(h, letter(x[q])))


def test_a_smooth_function_is_printed_by_what_it_takes():
    assert to_text(Partial(Smooth(a[unit], unit), x[q])) == "∂L(a)/∂x[q]"
    assert to_latex(Smooth(a[unit], unit)) == "L(a)"


@pytest.mark.parametrize(
    "wrong",
    [
        THROUGH_W,  # the unit's own slope is lost
        Hadamard(THROUGH_W, letter(hidden[unit])),  # its output in the place of its slope
        -Hadamard(THROUGH_W, Elementwise(step(a[unit]), unit)),
        Hadamard(THROUGH_W, Elementwise(step(-a[unit]), unit)),
    ],
    ids=["no slope", "output for slope", "sign", "gate turned round"],
)
def test_a_wrong_gradient_of_the_units_is_refuted(wrong):
    right = derivation("hidden units, ReLU").steps[-1].expression
    assert Claim(gradient(L, a[unit]), right, setting=BY_UNIT)
    assert Claim(gradient(L, a[unit]), wrong, setting=BY_UNIT).verdict == "refuted"


def test_the_chain_rule_for_any_loss_is_not_taken_for_granted():
    by_input = UNITS.with_(entry=(q,))
    right = Transposed(letter(V[unit, q])) * gradient(L, a[unit])
    assert Claim(gradient(L, x[q]), right, setting=by_input)
    with evaluate(False):
        lost = Partial(L, x[q]), V[0, q] * Partial(L, a[0])
        shifted = Partial(L, V[unit, q]), Partial(L, a[unit])
    assert Claim(*lost, setting=UNITS).verdict == "refuted"
    assert Claim(*shifted, setting=UNITS).verdict == "refuted"
    assert derivation("network inputs").setting.entry == (q,)
    assert shape_of(letter(W[k, unit]))[1] == M
    assert shape_of(letter(V[unit, q])) == (M, d)
