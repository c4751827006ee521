"""The tutor's tasks for the parameters: the row of the label, the other rows, and the biases."""

from sympy import Ne, log

from lessons.proofs.language.vocabulary import Vocabulary
from lessons.proofs.notation import K, L, S, W, b, i, k, q, x, y, yhat, z
from lessons.proofs.setting import LINEAR, ONE_HOT
from lessons.proofs.tutor.tasks.multiclass import explicit
from lessons.proofs.tutor.tasks.task import Milestone, Task

_EXAMPLE = {
    x: (2, -1),
    W: ((0.5, -1), (1, 0), (-0.5, 1)),
    b: (0.1, 0, -0.2),
}


def vocabulary(index, free):
    """Return the letters of a linear layer below a softmax, explained with `index`."""
    families = {"z": z[index], "y": y[index], "yhat": yhat[index]}
    families |= {"W": W[index, q], "b": b[index], "x": x[q]}
    variables = frozenset({"z", "yhat", "S", "W", "b"})
    parameter = f"W[{index}, q]" if q in free else f"b[{index}]"
    examples = (
        f"yhat[{index}] - y[{index}]",
        f"d/d{parameter}(z[{index}])",
        f"dL/dz[{index}]",
        "S",
    )
    by = W[index, q] if q in free else b[index]
    return Vocabulary(
        {"S": S, "K": K, "L": L}, families, free, variables, examples, by, units=False
    )


_LABEL_LOSS = ONE_HOT.with_(LINEAR, {L: -log(yhat[i])})
OWN = _LABEL_LOSS.with_(vocabulary=vocabulary(i, (i, q)), example=_EXAMPLE | {i: 0, q: 0})
ANY = _LABEL_LOSS.with_(vocabulary=vocabulary(k, (i, k, q)), example=_EXAMPLE | {i: 0, k: 2, q: 0})
OTHER = ANY.with_(assumptions=(Ne(k, i),))
BIAS = _LABEL_LOSS.with_(vocabulary=vocabulary(k, (i, k)), example=_EXAMPLE | {i: 0, k: 2})

_SUMMED = "stul"  # letters for the index of the chain rule's sum over all logits


def _milestones(letter, gap, parameter, factor):
    """Either by way of the logit, or straight through the quotient rule."""
    by = f"d/d{parameter}"
    logit = Milestone(
        "the chain rule",
        f"The parameter {parameter} reaches L only through z[{letter}]. What does the chain rule "
        f"make of that? (You have proved what dL/dz[{letter}] is.)",
        f"dL/dz[{letter}] * {by}(z[{letter}])",
        (
            f"dL/dz[{letter}]",
            f"({gap})*{by}(z[{letter}])",
            "1/yhat[i]",
            f"{by}(yhat[i])",
            f"{by}(log(S))",
            f"{by}(S)/S",
            f"d/dS(L)*{by}(S)",
            *(f"sum(dL/dz[{s}]*{by}(z[{s}]), {s})" for s in _SUMMED),
            *(f"sum((yhat[{s}] - y[{s}])*{by}(z[{s}]), {s})" for s in _SUMMED),
            *explicit(by),
        ),
        within=("d/dyhat[i](log(yhat[i]))", "d/dyhat[i](L)"),
    )
    inner = Milestone(
        "the derivative of the logit by the parameter",
        f"z[{letter}] is a sum over the features plus a bias. Which term contains {parameter}, "
        "and what is left of it?",
        f"{by}(z[{letter}]) = {factor}",
        (
            f"{by}(z[{letter}]) = {factor}",
            f"{by}(S) = exp(z[{letter}])*{factor}",
            *(f"sum({by}(z[{s}]), {s}) = {factor}" for s in _SUMMED),
            f"dL/dz[{letter}]*{factor}",
            *(f"sum(dL/dz[{s}]*delta({s}, {letter})*{factor}, {s})" for s in _SUMMED),
            *_numerators(letter, factor),
            *explicit(by),
        ),
        (f"{by}(z[{letter}])", f"{by}(S)", f"{by}(yhat[i])"),
    )
    return logit, inner


def _numerators(letter, factor):
    own = f"exp(z[i])*{factor}*S - exp(z[i])*exp(z[i])*{factor}"
    other = f"exp(z[i])*exp(z[{letter}])*{factor}"
    both = f"delta(i, {letter})*exp(z[i])*{factor}*S - {other}"
    if letter == "i":
        return own, f"yhat[i]*(1 - yhat[i])*{factor}"
    return other, both, f"yhat[i]*(delta(i, {letter}) - yhat[{letter}])*{factor}"


_LAYER = "`z = Wx + b`, `L = −log ŷ[i]`, `ŷ = softmax(z)`."

TASKS = (
    Task(
        name="weights, row k = i",
        statement=f"{_LAYER} Show that in the label's own row `∂L/∂W[i, q] = (ŷ[i] − 1)·x[q]`.",
        start="dL/dW[i, q]",
        milestones=_milestones("i", "yhat[i] - 1", "W[i, q]", "x[q]"),
        goals=tuple(f"({gap})*x[q]" for gap in ("yhat[i] - 1", "yhat[i] - y[i]")),
        setting=OWN,
    ),
    Task(
        name="weights, rows k ≠ i",
        statement=f"{_LAYER} Show that in every other row, `k ≠ i`, `∂L/∂W[k, q] = ŷ[k]·x[q]`.",
        start="dL/dW[k, q]",
        milestones=_milestones("k", "yhat[k]", "W[k, q]", "x[q]"),
        goals=tuple(f"{gap}*x[q]" for gap in ("yhat[k]", "(yhat[k] - y[k])")),
        setting=OTHER,
    ),
    Task(
        name="bias",
        statement=f"{_LAYER} Show that for every class `∂L/∂b[k] = ŷ[k] − y[k]`.",
        start="dL/db[k]",
        milestones=_milestones("k", "yhat[k] - y[k]", "b[k]", "1"),
        goals=("yhat[k] - y[k]", "yhat[k] - delta(i, k)"),
        setting=BIAS,
    ),
)
