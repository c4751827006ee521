"""What is shown: LaTeX as it was written, in the series' colours, and the same as plain text."""

from unicodedata import decomposition

import pytest
from sympy import Eq, KroneckerDelta, Piecewise, Sum, cos, evaluate, exp, log, oo

from lessons.proofs import NAMES, Derivation, Step, derivation
from lessons.proofs.arrays import Column, Diagonal, Ones, Transposed, gradient, letter
from lessons.proofs.notation import (
    L,
    Partial,
    S,
    SumExcept,
    W,
    Y,
    Yhat,
    b,
    i,
    j,
    k,
    logit,
    other,
    over,
    prediction,
    q,
    r,
    sigma,
    statistic,
    sum_over,
    t,
    target,
    v,
    x,
    y,
    yhat,
    z,
)
from lessons.proofs.printing import page as rendering
from lessons.proofs.printing.latex import to_latex
from lessons.proofs.printing.reasons import reason_as_latex, reason_as_text
from lessons.proofs.printing.text import to_text

BLUE = r"\textcolor{#0072B2}{\hat{y}}"
ORANGE = r"\textcolor{#D55E00}{y}"

with evaluate(False):
    E = exp(-logit)
    SHOWN = {
        "the gap is green": (prediction - target, r"\textcolor{#009E73}{\hat{y} - y}", "ŷ − y"),
        "a component of it": (
            yhat[j] - y[j],
            r"\textcolor{#009E73}{\hat{y}_{j} - y_{j}}",
            "ŷ[j] − y[j]",
        ),
        "as whole matrices": (
            letter(Yhat[r, k]) - letter(Y[r, k]),
            r"\textcolor{#009E73}{\hat{Y} - Y}",
            "Ŷ − Y",
        ),
        "its opposite is not": (target - prediction, f"{ORANGE} - {BLUE}", "y − ŷ"),
        "factors stay where they are": (target * prediction, rf"{ORANGE}\,{BLUE}", "y · ŷ"),
        "a fraction is not pulled apart": (
            E / (1 + E),
            r"\frac{e^{-z}}{1 + e^{-z}}",
            "exp(−z)/(1 + exp(−z))",
        ),
        "a factor behind a fraction stays behind it": (
            1 / S * exp(z[j]),
            r"\frac{1}{S} \cdot e^{z_{j}}",
            "1/S · exp(z[j])",
        ),
        "a negative factor gets brackets": (
            -(1 + E) * -E,
            r"-(1 + e^{-z})\,(-e^{-z})",
            "−(1 + exp(−z)) · (−exp(−z))",
        ),
        "a subtracted difference gets brackets": (
            other - (logit - 1),
            "u - (z - 1)",
            "u − (z − 1)",
        ),
        "tall brackets grow": (
            -(1 - E / S),
            r"-\left(1 - \frac{e^{-z}}{S}\right)",
            "−(1 − exp(−z)/S)",
        ),
        "a power of a sum": ((1 + E) ** 2, "(1 + e^{-z})^{2}", "(1 + exp(−z))^2"),
        "below the bar a power": (
            1 / (1 + E) ** 2,
            r"\frac{1}{(1 + e^{-z})^{2}}",
            "1/(1 + exp(−z))^2",
        ),
        "a sum over a whole range has no limits": (
            sum_over(t, exp(z[t])),
            r"\sum_{t} e^{z_{t}}",
            "sum_t(exp(z[t]))",
        ),
        "a sum before a factor gets brackets": (
            sum_over(t, y[t]) * z[j],
            r"\left(\sum_{t} \textcolor{#D55E00}{y_{t}}\right)\,z_{j}",
            "sum_t(y[t]) · z[j]",
        ),
        "a sum of differences": (sum_over(t, z[t] - 1), r"\sum_{t} (z_{t} - 1)", "sum_t(z[t] − 1)"),
        "a sum without one term": (
            SumExcept(exp(z[t]), t, i),
            r"\sum_{t \ne i} e^{z_{t}}",
            "sum_(t ≠ i)(exp(z[t]))",
        ),
        "a sum without end": (
            over(Sum, other, k, 0, oo),
            r"\sum_{k=0}^{\infty} u",
            "sum_(k from 0 to ∞)(u)",
        ),
        "a derivative of a name": (
            Partial(L, z[j]),
            r"\frac{\partial L}{\partial z_{j}}",
            "∂L/∂z[j]",
        ),
        "a derivative of a line": (
            Partial(log(S), z[j]),
            r"\frac{\partial}{\partial z_{j}}(\log S)",
            "∂/∂z[j](log(S))",
        ),
        "a second derivative": (
            Partial(L, z[j], z[i]),
            r"\frac{\partial^{2} L}{\partial z_{j}\,\partial z_{i}}",
            "∂^2L/∂z[j] ∂z[i]",
        ),
        "a derivative by ŷ": (
            Partial(L, prediction),
            rf"\frac{{\partial L}}{{\partial {BLUE}}}",
            "∂L/∂ŷ",
        ),
        "δ": (KroneckerDelta(i, j), r"\delta_{i j}", "δ[i, j]"),
        "cases": (
            Piecewise((z[i], Eq(j, i)), (z[j], True), evaluate=False),
            r"\begin{cases} z_{i} & \text{for } j = i \\ z_{j} & \text{otherwise} \end{cases}",
            "z[i] for j = i, z[j] otherwise",
        ),
        "σ": (sigma(-logit), r"\sigma(-z)", "σ(−z)"),
        "R(y) with its index inside": (statistic[j], "R_{j}(y)", "R[j](y)"),
        "xᵀ": (letter(b[k]) * Transposed(letter(x[q])), r"b\,x^{\top}", "b · xᵀ"),
        "diag": (Diagonal(letter(v[k])), r"\operatorname{diag}(v)", "diag(v)"),
        "ones": (Transposed(letter(W[k, q])) * Ones(k), r"W^{\top}\,\mathbf{1}", "Wᵀ · 1"),
        "∇": (gradient(L, W[k, q]), r"\nabla_{W} L", "∇_W L"),
        "∇ by ŷ": (gradient(L, yhat[k]), r"\nabla_{\hat{y}} L", "∇_ŷ L"),
        "a column from first to last": (
            Column(z[k], k),
            r"\begin{pmatrix} z_{0} \\ \vdots \\ z_{K - 1} \end{pmatrix}",
            "(z[0], …, z[K − 1])",
        ),
    }


@pytest.mark.parametrize("case", SHOWN.values(), ids=SHOWN)
def test_shown_as_written(case):
    line, as_latex, as_text = case
    assert to_latex(line) == as_latex
    assert to_text(line) == as_text


def test_a_node_without_a_rule_is_an_error_and_not_a_guess():
    with pytest.raises(TypeError, match=r"no LaTeX for cos: cos\(z\)"):
        to_latex(cos(logit))


def test_reasons_keep_their_mathematics_in_one_piece():
    because = "chain rule: `∂ŷₛ/∂zⱼ · ∂L/∂ŷₛ`, and `(log u)′ = u′/u`, and `e⁻ᶻ`"
    shown = " ".join(reason_as_latex(3, because).replace("\u00a0", " ").split())
    assert r"\partial \hat{y}_{s}/\partial z_{j} \cdot \partial L/\partial \hat{y}_{s}" in shown
    assert r"(\operatorname{log} u)' = u'/u" in shown
    assert "e^{-z}" in shown
    assert "`" not in shown
    assert reason_as_text(because) == because.replace("`", "")


def raised_or_lowered(shown):
    """Letters that LaTeX should have raised or lowered itself."""
    return [sign for sign in shown if decomposition(sign).startswith(("<super>", "<sub>"))]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", NAMES)
def test_a_reason_has_no_small_letters_of_its_own(name):
    steps = derivation(name).steps
    assert raised_or_lowered("".join(reason_as_latex(1, step.because) for step in steps)) == []


def test_a_small_letter_without_a_rule_is_found():
    assert raised_or_lowered(reason_as_latex(1, "`ŷₗ zₙ e⁻ᶻ`")) == ["ₙ"]


def test_long_lines_break_between_terms_and_lose_none():
    with evaluate(False):
        terms = [exp(z[m]) * log(1 + exp(z[m])) for m in range(8)]
        total = sum(terms[2:], terms[0] - terms[1])
    proof = Derivation("Long", total, (Step(total, "long"),))
    rows = proof._repr_latex_().split(r"\\[6pt]")
    assert len(rows) >= 3
    shown = "".join(rows)
    assert [shown.count(f"e^{{z_{{{m}}}}}") for m in range(8)] == [4] * 8  # left, and the line
    assert all(row.strip().startswith((r"&\quad +", r"&\quad -")) for row in rows[1:])


def test_a_reason_takes_the_room_that_short_mathematics_leaves():
    because = "words that say at some length why it is so, and in which way one sees"
    with evaluate(False):
        short, *terms = [exp(z[m]) * log(1 + exp(z[m])) for m in range(5)]
        wide = sum(terms, short)
    for line, rows in ((logit, 1), (wide, 2)):
        shown = Derivation("One", line, (Step(line, because),))._repr_latex_()
        assert shown.count(r"\text{") == rows


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", NAMES)
def test_every_derivation_fits_and_is_well_formed(name):
    proof = derivation(name)
    shown = proof._repr_latex_()
    assert shown.count("{") == shown.count("}")
    assert shown.count(r"\left") == shown.count(r"\right")
    assert shown.count(r"\begin") == shown.count(r"\end")
    assert "None" not in shown
    assert "yhat" not in shown + repr(proof)
    for step in proof.steps:
        for row in rendering.rows_of(step.expression):
            assert row.width <= rendering.WIDTH, row.text
    assert repr(proof).count("\n") == len(proof)
    assert shown == proof._repr_latex_()
    lefts, lines = rendering._columns(proof)
    widest = max(f.width for f in lefts) + max(f.width for f in lines)
    reason = rendering.reason_width(proof)
    assert reason == rendering.REASON or widest + reason <= rendering.WIDTH + rendering.REASON + 1
    steady = rendering.latex_of_view(proof[:1], steady=True)
    assert steady.count("{") == steady.count("}")
    assert steady.count(r"\hphantom") == 3
