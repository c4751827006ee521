"""The tutor's multiclass tasks: the component of the label, j = i, and every other, j ≠ i."""

from sympy import Ne, log

from lessons.proofs.language.vocabulary import Vocabulary
from lessons.proofs.notation import K, L, S, i, j, y, yhat, z
from lessons.proofs.setting import ONE_HOT
from lessons.proofs.tutor.tasks.task import Milestone, Task

LOGITS = (0.3, -1.2, 0.8)


def vocabulary(index, free):
    """Return the letters of one example's logits; `index` serves as the example."""
    families = {"z": z[index], "y": y[index], "yhat": yhat[index]}
    examples = (f"exp(z[{index}])/S", f"yhat[{index}]", f"d/dz[{index}](S)", "sum(exp(z[t]), t)")
    variables = frozenset({"z", "yhat", "S"})
    return Vocabulary(
        {"S": S, "K": K, "L": L}, families, free, variables, examples, z[index], units=False
    )


_LABEL_LOSS = ONE_HOT.with_({L: -log(yhat[i])})
OWN = _LABEL_LOSS.with_(vocabulary=vocabulary(i, (i,)), example={z: LOGITS, i: 0})
ANY = _LABEL_LOSS.with_(vocabulary=vocabulary(j, (i, j)), example={z: LOGITS, i: 0, j: 2})
OTHER = ANY.with_(assumptions=(Ne(j, i),))


# Where L = log S − z[i] is differentiated by S, the logarithm is taken, and the rest is ∂S/∂z.
BY_DENOMINATOR = ("d/dS(log(S))", "d/dS(L)")


def explicit(by):
    """Name the logarithms in which L can be written with logits alone; to take them is one step."""
    return tuple(f"{by}({body}) = 1" for body in ("log(S)", "log(S) - z[i]"))


def logarithm(letter):
    """Return the first milestone, for a derivative by the logit of class `letter`."""
    return Milestone(
        "the chain rule through the logarithm",
        "ŷ[i] stands inside a logarithm: what is the derivative of −log ŷ[i] by ŷ[i], and by what "
        "does the chain rule multiply it? (Or split the logarithm first: log S − z[i].)",
        f"-1/yhat[i] * d/dz[{letter}](exp(z[i])/S)",
        (
            "1/yhat[i]",
            f"d/dz[{letter}](yhat[i])",
            f"d/dz[{letter}](log(S))",
            f"d/dz[{letter}](S)/S",
            *explicit(f"d/dz[{letter}]"),
        ),
        ("d/dyhat[i](log(yhat[i]))", "d/dyhat[i](L)", *BY_DENOMINATOR),
    )


def denominator(letter, numerator):
    """Return the second milestone: which terms of S depend on the logit of class `letter`."""
    return Milestone(
        "the derivative of the denominator S",
        f"S is a sum over all classes. Which of its terms contain z[{letter}]?",
        f"d/dz[{letter}](S) = exp(z[{letter}])",
        (
            f"d/dz[{letter}](S) = 1",
            *explicit(f"d/dz[{letter}]"),
            numerator,
            f"({numerator})/S^2",
        ),
        (f"d/dz[{letter}](S)", f"d/dz[{letter}](exp(z[i])/S)"),
    )


def quotient(letter, numerator):
    """Return the third milestone: the quotient rule written out, or log S differentiated."""
    return Milestone(
        "the quotient assembled",
        f"Quotient rule: (u′S − uS′)/S² with u = e^(z[i]). What is u′, the derivative of u by "
        f"z[{letter}]?",
        f"-S/exp(z[i]) * ({numerator})/S^2",
        (f"({numerator})/S^2", f"d/dz[{letter}](S)/S", *explicit(f"d/dz[{letter}]")),
        (f"d/dz[{letter}](exp(z[i])/S)", *BY_DENOMINATOR),
    )


def _milestones(letter, numerator):
    return (logarithm(letter), denominator(letter, numerator), quotient(letter, numerator))


_LOSS = (
    "`L = −log ŷ[i]` with `ŷ[i] = e^(z[i])/S`, where `S` is the sum of `e^(z[t])` over all "
    "classes `t`."
)

TASKS = (
    Task(
        name="multiclass, j = i",
        statement=f"{_LOSS} Show that for the label's own logit `∂L/∂z[i] = ŷ[i] − 1`.",
        start="dL/dz[i]",
        milestones=_milestones("i", "exp(z[i])*S - exp(z[i])*exp(z[i])"),
        goals=("yhat[i] - 1", "yhat[i] - y[i]"),
        setting=OWN,
    ),
    Task(
        name="multiclass, j ≠ i",
        statement=f"{_LOSS} Show that for every other class, `j ≠ i`, `∂L/∂z[j] = ŷ[j]`.",
        start="dL/dz[j]",
        milestones=_milestones("j", "0*S - exp(z[i])*exp(z[j])"),
        goals=("yhat[j]", "yhat[j] - y[j]"),
        setting=OTHER,
    ),
)
