"""The tutor's binary tasks: the gradient by the logit for y = 1, for y = 0 and for any y."""

from sympy import Integer, evaluate, log

from lessons.proofs.language.vocabulary import Vocabulary
from lessons.proofs.notation import L, logit, prediction, target
from lessons.proofs.setting import BINARY
from lessons.proofs.tutor.tasks.task import Milestone, Task

with evaluate(False):
    _LOG_ODDS = log(prediction / (1 - prediction))
VOCABULARY = Vocabulary(
    numbers={"z": logit, "y": target, "yhat": prediction, "L": L},
    families={},
    free=(),
    variables=frozenset({"z", "yhat"}),
    examples=("1/(1 + exp(-z))", "yhat - y", "d/dz(log(yhat))", "e^(-z)"),
    prime=logit,
    units=False,
    inverse={prediction: (logit, _LOG_ODDS)},
)
_TYPED = BINARY.with_(vocabulary=VOCABULARY, example={logit: 1})
POSITIVE = _TYPED.with_({L: -log(prediction), target: Integer(1)})
NEGATIVE = _TYPED.with_({L: -log(1 - prediction), target: Integer(0)})
ANY = _TYPED.with_(
    {L: -target * log(prediction) - (1 - target) * log(1 - prediction)},
    example={logit: 1, target: 0.25},
)

# Inside ŷ, and the logarithms in which L can be written with z alone.
_INNER = ("1 + exp(-z)", "1 + exp(z)", "exp(-z)", "exp(z)")
_SOFTPLUS = (
    "log(1 + exp(-z))",
    "log(1 + exp(z))",
    "y*log(1 + exp(-z))",
    "(1 - y)*log(1 + exp(z))",
    "y*log(1 + exp(-z)) + (1 - y)*log(1 + exp(z))",
)
# Where one of these has been taken, the chain rule has gone through the logarithm.
LOGARITHMS = tuple(f"d/dz({u}) = 1" for u in _SOFTPLUS)
BY_PREDICTION = (
    "d/dyhat(log(yhat))",
    "d/dyhat(log(1 - yhat))",
    "d/dyhat(L)",
)

SIGMOID = Milestone(
    "the derivative of the sigmoid",
    "Write ŷ as 1/(1 + e^(−z)). What is its derivative, by the quotient rule or by 1/u?",
    "d/dz(yhat) = exp(-z)/(1 + exp(-z))^2",
    ("yhat*(1 - yhat)", *(f"d/dz({u}) = 1" for u in (*_INNER, *_SOFTPLUS))),
    ("d/dz(yhat)", "dz/dyhat"),
)

TASKS = (
    Task(
        name="binary, y = 1",
        statement="The label is `y = 1`, so `L = −log ŷ` with `ŷ = σ(z)`. Show that "
        "`∂L/∂z = ŷ − y`.",
        start="dL/dz",
        milestones=(
            Milestone(
                "the chain rule through the logarithm",
                "ŷ stands inside a logarithm: what is the derivative of −log ŷ by ŷ, and by what "
                "does the chain rule multiply it?",
                "-1/yhat * d/dz(yhat)",
                ("1/yhat", "d/dz(yhat)", "d/dz(1 + exp(-z))", *LOGARITHMS),
                BY_PREDICTION,
            ),
            SIGMOID,
        ),
        goals=("yhat - y",),
        setting=POSITIVE,
    ),
    Task(
        name="binary, y = 0",
        statement="The label is `y = 0`, so `L = −log(1 − ŷ)` with `ŷ = σ(z)`. Show that "
        "`∂L/∂z = ŷ − y`.",
        start="dL/dz",
        milestones=(
            Milestone(
                "the chain rule through the logarithm",
                "1 − ŷ stands inside a logarithm: what is the derivative of −log u by u, and what "
                "is the derivative of u = 1 − ŷ by z? (Or, by log(1 + e^z): which u stands in "
                "u′/u, and what is u′?)",
                "1/(1 - yhat) * d/dz(yhat)",
                (
                    "1/(1 - yhat)",
                    "d/dz(yhat)",
                    "d/dz(1 - yhat)",
                    "d/dz(1 + exp(-z))",
                    "d/dz(1 + exp(z))",
                    *LOGARITHMS,
                ),
                BY_PREDICTION,
            ),
            SIGMOID,
        ),
        goals=("yhat - y",),
        setting=NEGATIVE,
    ),
    Task(
        name="binary, any y",
        statement="The target `y` lies between 0 and 1, so `L = −y·log ŷ − (1 − y)·log(1 − ŷ)` "
        "with `ŷ = σ(z)`. Show that `∂L/∂z = ŷ − y`.",
        start="dL/dz",
        milestones=(
            Milestone(
                "the chain rule through both logarithms",
                "What are the derivatives of log ŷ and of log(1 − ŷ) by ŷ, and by what does the "
                "chain rule multiply both?",
                "(-y/yhat + (1 - y)/(1 - yhat)) * d/dz(yhat)",
                (
                    "-y/yhat + (1 - y)/(1 - yhat)",
                    "y/yhat * d/dz(yhat)",
                    "d/dz(yhat)",
                    "d/dz(1 + exp(-z))",
                    "d/dz(1 + exp(z))",
                    *LOGARITHMS,
                ),
                BY_PREDICTION[2:],
                BY_PREDICTION[:2],  # one of the two says nothing of the other
            ),
            SIGMOID,
        ),
        goals=("yhat - y",),
        setting=ANY,
    ),
)
