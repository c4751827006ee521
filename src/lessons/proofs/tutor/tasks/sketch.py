"""The tutor's tasks of lesson 10: three lines of the original sketch, to be mended."""

from lessons.proofs.tutor.tasks import binary, multiclass, weights
from lessons.proofs.tutor.tasks.task import Milestone, Task

_BOTH_CASES = "delta(i, j)*exp(z[i])*S - exp(z[i])*exp(z[j])"
_ROW = "exp(z[i])*x[q]*S - exp(z[i])*exp(z[i])*x[q]"

TASKS = (
    Task(
        name="sketch, B4",
        statement="The sketch writes `∂L/∂z = −(1/(1 + e^(−z))) · 1/(1 + e^(−z))² · (−e^(−z))` for "
        "`y = 1`, and two of its factors are wrong. Write the line with both mended, then finish.",
        start="dL/dz",
        milestones=(
            Milestone(
                "the factor −1/ŷ",
                "The derivative of −log ŷ by ŷ is −1/ŷ. What is that, if ŷ = 1/(1 + e^(−z))?",
                "-(1 + exp(-z)) * d/dz(1/(1 + exp(-z)))",
                ("1/yhat", *binary.LOGARITHMS),
                binary.BY_PREDICTION,
            ),
            Milestone(
                "the derivative of 1/(1 + e^(−z))",
                "The derivative of 1/u is −1/u² · u′. With u = 1 + e^(−z), which sign is left?",
                "-(1 + exp(-z)) * exp(-z)/(1 + exp(-z))^2",
                ("exp(-z)/(1 + exp(-z))^2", *binary.LOGARITHMS),
                ("d/dz(yhat)", "dz/dyhat"),
            ),
        ),
        goals=("yhat - y",),
        setting=binary.POSITIVE,
    ),
    Task(
        name="sketch, M3",
        statement="As scanned, the sketch's numerator `e^(z[i]) − e^(z[i])·S/S` cancels to 0. "
        "Write the quotient rule as it must be for any class `j`, with delta(i, j) for the "
        "derivative of `z[i]` by `z[j]`, and finish.",
        start="dL/dz[j]",
        milestones=(
            multiclass.logarithm("j"),
            Milestone(
                "the numerator of the quotient rule",
                "Quotient rule: (u′S − uS′)/S² with u = e^(z[i]), so u′ = delta(i, j)·e^(z[i]). "
                "Which term of S contains z[j]?",
                f"-S/exp(z[i]) * ({_BOTH_CASES})/S^2",
                (
                    _BOTH_CASES,
                    f"({_BOTH_CASES})/S^2",
                    "d/dz[j](S) = exp(z[j])",
                    *multiclass.explicit("d/dz[j]"),
                ),
                ("d/dz[j](exp(z[i])/S)",),
            ),
        ),
        goals=("yhat[j] - delta(i, j)", "yhat[j] - y[j]"),
        setting=multiclass.ANY,
    ),
    Task(
        name="sketch, W2",
        statement="As scanned, the sketch's row `k = i` is identically 0 and has lost its "
        "factor `x`. Write the quotient rule as it must be for `∂L/∂W[i, q]`, and finish.",
        start="dL/dW[i, q]",
        milestones=(
            Milestone(
                "the chain rule through the logarithm",
                "What is the derivative of −log ŷ[i] by ŷ[i]?",
                "-1/yhat[i] * d/dW[i, q](exp(z[i])/S)",
                ("1/yhat[i]", "d/dW[i, q](S)/S", *multiclass.explicit("d/dW[i, q]")),
                ("d/dyhat[i](log(yhat[i]))", "d/dyhat[i](L)"),
            ),
            Milestone(
                "the numerator of the quotient rule, with its factor x[q]",
                "u = e^(z[i]) and S both depend on W[i, q] through z[i]: what is the derivative of "
                "z[i] by W[i, q]?",
                f"-S/exp(z[i]) * ({_ROW})/S^2",
                (
                    _ROW,
                    f"({_ROW})/S^2",
                    "d/dW[i, q](S) = exp(z[i])*x[q]",
                    "d/dW[i, q](z[i]) = x[q]",
                    *multiclass.explicit("d/dW[i, q]"),
                ),
                ("d/dW[i, q](exp(z[i])/S)", "d/dW[i, q](yhat[i])"),
            ),
        ),
        goals=tuple(f"({gap})*x[q]" for gap in ("yhat[i] - 1", "yhat[i] - y[i]")),
        setting=weights.OWN,
    ),
)
