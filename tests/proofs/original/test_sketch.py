from dataclasses import replace
from math import exp

import pytest

from lessons.proofs.claim import Claim
from lessons.proofs.original.catalogue import LINES, sketch

# The table at the end of the transcription, "What is right, what is not", letter by letter: M4 is
# a line that repeats itself, and M5 to M7 hold once a hat and an index are at their places.
EXPECTED = {
    "B1": "true",
    "B2": "not a formula",
    "B3": "true",
    "B4": "false as scanned",
    "B5": "true",
    "M1": "not a formula",
    "M2": "true",
    "M3": "false as scanned",
    "M4": "true",
    "M5": "true once mended",
    "M6": "true once mended",
    "M7": "true once mended",
    "W1": "true",
    "W2": "false as scanned",
    "W3": "false as scanned",
    "W4": "true",
    "C1": "true",
}


def test_every_line_of_the_page_is_there_in_order():
    assert list(LINES) == list(EXPECTED)


@pytest.mark.parametrize("number", EXPECTED)
def test_the_engine_finds_the_verdict(number):
    line = sketch(number)
    assert line.verdict == EXPECTED[number]
    assert bool(line.counterexample) == (line.verdict in ("true once mended", "false as scanned"))


@pytest.mark.parametrize("number", EXPECTED)
def test_the_mended_line_is_proved(number):
    claims = sketch(number).mended_claims
    assert claims
    assert all(claims)


def test_the_middle_of_b4_equals_neither_end():
    first, second, third = sketch("B4").claims
    assert (first.verdict, second.verdict, third.verdict) == ("refuted", "refuted", "proved")


def test_b4_fails_at_z_1_with_the_numbers_of_the_transcription():
    scanned = -(1 / (1 + exp(-1))) / (1 + exp(-1)) ** 2 * -exp(-1)
    true = -exp(-1) / (1 + exp(-1))
    assert (round(scanned, 4), round(true, 4)) == (0.1437, -0.2689)
    assert sketch("B4").counterexample == (
        "at z = 1, the left side is −0.2689, the right side is 0.1437"
    )
    assert repr(sketch("B4").audit()) == f"B4: false as scanned ({sketch('B4').counterexample})"


@pytest.mark.parametrize("number", ["M3", "M4", "W2", "W3"])
def test_the_scanned_quotient_is_identically_zero(number):
    line = sketch(number)
    scanned = line.claims[0].rhs
    assert Claim(scanned, 0, line.setting.definitions).verdict == "proved"


def test_changing_the_sign_of_the_result_alone_gives_the_wrong_gradient_for_y_0():
    right = sketch("B2")
    wrong = replace(right, chains=(("dL/dz", "-(-e^(-z)/(1 + e^(-z)))"),), setting=right.setting)
    assert right.verdict == "not a formula"
    assert wrong.verdict == "false as scanned"


@pytest.mark.parametrize(
    ("number", "chain"),
    [
        ("B1", ("L", "log(1/(1 + e^(-z)))")),
        ("B3", ("yhat - y", "-e^(-z)/(1 + e^z)")),
        ("B5", ("dL/dz", "y - yhat")),
        ("M2", ("L", "-log(e^(z[i])*sum(e^(z[t]), t))")),
        ("M5", ("dL/dz[j]", "softmax(z)[j] - 1")),
        ("M6", ("dL/dz[i]", "softmax(z)[i]")),
        ("M7", ("yhat[j] - y[j]", "yhat[j] + delta(i, j)")),
        ("W1", ("L", "-log(e^(sum(W[i, p]*x[p], p))/S)")),
        ("W4", ("dL/dW[k, q]", "dL/dz[k]")),
        ("C1", ("dL/db[k]", "dL/dz[i]")),
    ],
)
def test_a_true_line_with_a_planted_slip_becomes_false(number, chain):
    line = replace(sketch(number), chains=(chain,), meant=())
    assert line.verdict == "false as scanned"
    assert line.counterexample


@pytest.mark.parametrize("number", ["M5", "M6", "M7"])
def test_a_line_whose_meaning_is_wrong_is_not_true_once_mended(number):
    line = sketch(number)
    assert replace(line, meant=((*line.meant[0], f"{line.meant[0][1]} + 1"),)).verdict == (
        "false as scanned"
    )


def test_a_difference_that_is_0_but_for_rounding_is_shown_as_0():
    assert sketch("M6").counterexample.endswith("the left side is −0.6518, the right side is 0")


def test_what_m4_repeats_is_not_shown_in_full():
    assert "\n\nMended:\n\n" in sketch("M4").audit()._repr_markdown_()
    assert "\n\nIn full:\n\n" in sketch("M2").audit()._repr_markdown_()


def test_a_line_that_is_neither_proved_nor_refuted_has_no_verdict(monkeypatch):
    monkeypatch.setattr("lessons.proofs.symbolic.equality.equal", lambda *anything: False)
    with pytest.raises(RuntimeError, match="neither proved nor refuted"):
        _ = replace(sketch("B1")).verdict


@pytest.mark.parametrize("number", EXPECTED)
def test_a_line_is_shown_as_it_reads_and_gives_nothing_away(number):
    line = sketch(number)
    text = line._repr_markdown_()
    assert text.startswith(f"**{number}** · {line.page}")
    assert ("$$" in text) == bool(line.chains)
    assert line.reason not in text
    assert repr(line) == f"{number}: {line.page}"


@pytest.mark.parametrize("number", ["B2", "B4", "M5"])
def test_an_audit_shows_verdict_reason_and_the_mended_line(number):
    line = sketch(number)
    text = line.audit()._repr_markdown_()
    assert text.startswith(f"**{number}: {line.verdict}.**")
    assert line.reason in text
    assert line.as_mended in text
    assert line.counterexample in text
    assert text == line.audit()._repr_markdown_()


def test_the_lines_keep_the_colours_of_prediction_and_gap():
    assert r"\textcolor{#009E73}{\hat{y} - y}" in sketch("B5").as_read
    assert r"\textcolor{#0072B2}{\hat{y}_{j}}" in sketch("M5").as_mended


def test_an_unknown_line_is_named_with_those_that_exist():
    with pytest.raises(ValueError, match=r"named `Z9`. There are `B1`, .*`C1`"):
        sketch("Z9")
