"""A derivation is verified before it is shown, names its wrong step, and can be shown in part."""

import subprocess
import sys

import pytest
from sympy import Integer, evaluate, exp, oo

from lessons.proofs import NAMES, Claim, Derivation, Step, WrongStep, all_derivations, derivation
from lessons.proofs.arrays import Transposed, gradient, letter
from lessons.proofs.derivations.multiclass import GAP, TARGET_LOSS
from lessons.proofs.notation import (
    L,
    Partial,
    W,
    j,
    k,
    logit,
    prediction,
    q,
    s,
    sigma,
    sum_over,
    target,
    v,
    x,
    y,
    yhat,
    z,
)
from lessons.proofs.printing.latex import to_latex
from lessons.proofs.setting import BINARY, LINEAR, SOFT_TARGETS, SOFTMAX


def proof_of(*steps, left=prediction):
    return Derivation("Planted", left, steps, BINARY.with_(SOFTMAX))


def test_a_wrong_step_is_named_with_its_reason_the_point_and_both_values():
    proof = proof_of(
        Step(1 / (1 + exp(-logit)), "the sigmoid"), Step(1 / (1 + exp(logit)), "a flipped sign")
    )
    message = r"^Planted: step 2 \(a flipped sign\) .*: at z = \S+: 0\.\d+ against 0\.\d+$"
    with pytest.raises(WrongStep, match=message):
        proof.verify()


def test_a_first_line_that_is_not_what_stands_left_of_it_is_refused():
    with pytest.raises(WrongStep, match="step 1"):
        proof_of(Step(sigma(-logit), "not the prediction")).verify()


def test_nothing_wrong_is_ever_shown():
    proof = proof_of(Step(sigma(-logit), "not the prediction"))
    for show in (repr, Derivation._repr_latex_):
        with pytest.raises(WrongStep):
            show(proof)
    with pytest.raises(WrongStep):
        repr(proof[:0])


@pytest.mark.parametrize(
    "step",
    [
        Step(Integer(0), "a sigmoid is positive", "≥"),
        Step(Integer(1), "far right", "→", towards=(logit, oo)),
        Step(Integer(0), "far left", "→", towards=(logit, -oo)),
    ],
    ids=["≥", "→ ∞", "→ −∞"],
)
def test_a_true_bound_or_limit_is_accepted_and_the_next_line_goes_on_from_before_it(step):
    proof_of(step, Step(1 / (1 + exp(-logit)), "the sigmoid")).verify()


@pytest.mark.parametrize(
    "step",
    [
        Step(Integer(0), "the wrong end", "→", towards=(logit, oo)),
        Step(Integer(1), "the wrong end", "→", towards=(logit, -oo)),
        Step(target, "another letter", "→", towards=(logit, oo)),
    ],
)
def test_a_wrong_limit_is_refused(step):
    with pytest.raises(WrongStep, match=r"step 1 .* against "):
        proof_of(step).verify()


def test_a_line_that_can_be_negative_is_not_at_least_0():
    mean = sum_over(s, yhat[s] * v[s])
    steps = (Step(mean, "a mean"), Step(Integer(0), "not a variance", "≥"))
    with pytest.raises(WrongStep, match=r"step 2 \(not a variance\)"):
        proof_of(*steps, left=mean).verify()


@pytest.mark.parametrize("step", [Step(target, "why", "≥"), Step(target, "why", "≤")])
def test_relations_that_no_road_knows_are_refused(step):
    with pytest.raises(ValueError, match="expected"):
        proof_of(step).verify()


@pytest.mark.parametrize(
    ("last", "error"),
    [
        (GAP * Transposed(letter(x[q])), None),
        (-GAP * Transposed(letter(x[q])), WrongStep),
        (letter(x[q]) * Transposed(GAP), ValueError),
        (GAP, ValueError),
    ],
    ids=["the outer product", "its negative", "transposed", "without x"],
)
def test_a_matrix_is_tied_to_its_entries_its_left_side_and_its_shape(last, error):
    steps = (
        Step((yhat[k] - y[k]) * x[q], "entry"),
        Step(last, "matrix", left=gradient(L, W[k, q])),
    )
    setting = SOFT_TARGETS.with_(LINEAR, {L: TARGET_LOSS}, entry=(k, q))
    proof = Derivation("Planted", Partial(L, W[k, q]), steps, setting)
    if error is None:
        proof.verify()
    else:
        with pytest.raises(error):
            proof.verify()


def test_a_left_side_that_is_not_the_matrix_is_refused():
    steps = (Step((yhat[k] - y[k]), "entry"), Step(GAP, "vector", left=gradient(-L, z[k])))
    setting = SOFT_TARGETS.with_({L: TARGET_LOSS}, entry=(k,))
    with pytest.raises(WrongStep, match="step 2"):
        Derivation("Planted", Partial(L, z[k]), steps, setting).verify()


def test_a_part_of_a_derivation_shows_its_lines_under_their_own_numbers():
    proof = derivation("binary, y = 1")
    whole, part = repr(proof).splitlines(), repr(proof[2:4]).splitlines()
    assert part[0] == whole[0]
    assert part[1].removeprefix("(3) ∂L/∂z ") == whole[3].removeprefix("(3) ")
    assert part[2] == whole[4]
    assert repr(proof.step(4)).splitlines()[1].startswith("(4) ∂L/∂z = ")
    assert proof[2:4].derivation is proof


def test_a_blank_line_shows_its_reason_but_not_the_line():
    proof = derivation("multiclass, both")
    shown = to_latex(proof.steps[6].expression)
    assert shown in proof._repr_latex_()
    blanked = proof.blank(7)
    assert shown not in blanked._repr_latex_()
    assert blanked._repr_latex_().count("boxed") == 1
    assert "(7) = ?   [of the sum only the term t = j depends on zⱼ]" in repr(blanked)


def test_a_students_line_is_judged_under_the_proofs_own_definitions():
    proof = derivation("multiclass, soft targets")
    assert proof.claim(9, yhat[j] - y[j])
    assert proof.claim(8, yhat[j] - y[j])
    wrong = proof.claim(9, y[j] - yhat[j])
    assert wrong.verdict == "refuted"
    assert " against " in repr(wrong)
    matrix = derivation("weights, any target")
    assert matrix.claim(6, (yhat[k] - y[k]) * x[q])


@pytest.mark.parametrize("number", [0, 14, -1])
def test_lines_are_numbered_from_1(number):
    proof = derivation("multiclass, j = i")
    for ask in (proof.step, proof.blank, lambda m: proof.claim(m, z[k])):
        with pytest.raises(ValueError, match=f"expected a line from 1 to 13, got {number}"):
            ask(number)
    with pytest.raises(TypeError, match="expected a slice"):
        proof[number]


def test_a_claim_says_proved_refuted_or_neither():
    assert Claim(exp(logit) * exp(-logit), 1).verdict == "proved"
    wrong = Claim(exp(2 * logit), 2 * exp(logit))
    assert wrong.verdict == "refuted"
    assert str(wrong.counterexample).startswith("at z = ")
    assert not wrong


def test_a_claim_that_divides_by_zero_is_refuted_as_having_no_value():
    with evaluate(False):
        nothing = 1 / (target - target)
    assert Claim(nothing, nothing).verdict == "refuted"


def test_importing_the_proofs_verifies_none_and_loads_no_widget_or_picture():
    code = (
        "import sys, lessons.proofs as proofs\n"
        "assert 'sympy' not in sys.modules\n"
        "proofs.Derivation.verify = None\n"
        "assert proofs.NAMES\n"
        "assert not {'matplotlib', 'ipywidgets'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.slow
def test_all_derivations_come_verified_by_name(monkeypatch):
    proofs = all_derivations()
    assert list(proofs) == list(NAMES)
    monkeypatch.setattr("lessons.proofs.steps.judge", None)  # whatever is shown now was verified
    assert all(map(repr, proofs.values()))
    assert len({proof.title for proof in proofs.values()}) == len(proofs)
