"""Lesson 09: why this loss, and no other."""

import numpy as np

from lessons.model import sigmoid, softmax
from lessons.practice.judging.mistakes import (
    Case,
    Mistake,
    blows_up,
    either,
    fails_only_at,
    of_whole_numbers,
    returns,
    violates,
)
from lessons.practice.kinds.function import Function
from lessons.practice.kinds.prediction import Number
from lessons.practice.sandbox.calls import Failure

_TWO_GRADIENTS = Number(
    name="two-gradients",
    lesson="09",
    skill="can see a gradient die by arithmetic",
    minutes=4,
    difficulty=1,
    stub="gradients = (..., ...)",
    hints=(
        "The first one is the result of the whole series.",
        "The second by the chain rule: 2(ŷ − y) times the slope of σ, which is ŷ(1 − ŷ).",
    ),
    insight=(
        "Five times smaller already, and with ŷ = 0.01 fifty times: the larger the mistake, the "
        "less squared error learns from it."
    ),
    within=6e-4,
    mistakes=(
        Mistake(
            "chain stopped at ŷ",
            "The second is the derivative by ŷ. The question is about z: one more factor.",
            (-0.9, -1.8),
        ),
        Mistake(
            "two forgotten",
            "The second lacks a factor: what is the derivative of u²?",
            (-0.9, -0.081),
        ),
        Mistake(
            "slope of the sigmoid",
            "The slope of σ is ŷ(1 − ŷ), with both factors: one of them is missing in the second.",
            (-0.9, -0.18),
        ),
        Mistake(
            "slope of the sigmoid",
            "The slope of σ is ŷ(1 − ŷ), with both factors: one of them is missing in the second.",
            (-0.9, -1.62),
        ),
        Mistake(
            "wrong sign",
            "z should grow, so the loss falls when z grows: which sign has its slope?",
            (0.9, 0.162),
        ),
        Mistake("order exchanged", "Cross-entropy first, then squared error.", (-0.162, -0.9)),
        Mistake(
            "wrong sign",
            "The first is right. Both losses fall when z grows: which sign has the second slope?",
            (-0.9, 0.162),
        ),
        Mistake(
            "factor that cancels",
            "In the first one ŷ(1 − ŷ) cancels against the derivative of the logarithm.",
            (-0.081, -0.162),
        ),
        Mistake(
            "chain stopped at ŷ",
            "The first is −y/ŷ, the derivative by ŷ. The question is about z.",
            (-10.0, -0.162),
        ),
    ),
    otherwise=(
        "Cross-entropy first: one subtraction. Then the chain rule for (ŷ − y)²: how many factors "
        "has it?"
    ),
)


def _gap(trial):
    z, y = trial.args
    return sigmoid(z) - y


def _slope(trial):
    return sigmoid(trial.args[0]) * sigmoid(-trial.args[0])


_SQUARED_ERROR = Function(
    name="squared-error-gradient",
    lesson="09",
    skill="can differentiate a loss that does not fit its link",
    minutes=6,
    difficulty=2,
    stub="def gradient(z, y):\n    return ...",
    hints=(
        "Outer function u², inner function σ(z) − y.",
        "The slope of the sigmoid is ŷ(1 − ŷ).",
    ),
    insight="The factor ŷ(1 − ŷ) is the one that cross-entropy cancels: here it stays, and kills.",
    cases=(
        Case((0.5, 1.0)),
        Case((-1.25, 0.0)),
        Case((2.0, 0.3)),
        Case((-3.0, 1.0)),
        Case((4.0, 0.0)),
        of_whole_numbers(2, 1),
    ),
    mistakes=(
        Mistake(
            "cross-entropy's gradient",
            "That is ŷ − y, the gradient of cross-entropy. Squared error has no logarithm that "
            "would cancel the slope of σ.",
            returns(_gap),
        ),
        Mistake(
            "chain stopped at ŷ",
            "That is the derivative by ŷ. How fast does ŷ move when z moves?",
            returns(lambda t: 2 * _gap(t)),
        ),
        Mistake(
            "two forgotten",
            "The derivative of u² is 2u: everything is half as large as it should be.",
            returns(lambda t: _gap(t) * _slope(t)),
        ),
        Mistake(
            "slope of the sigmoid",
            "The slope of σ is ŷ(1 − ŷ): one of its factors is missing.",
            either(
                returns(lambda t: 2 * _gap(t) * sigmoid(t.args[0])),
                returns(lambda t: 2 * _gap(t) * sigmoid(-t.args[0])),
            ),
        ),
        Mistake("wrong sign", "You have target minus prediction.", returns(lambda t: -t.expected)),
        Mistake(
            "loss for gradient",
            "That is the loss itself. The question is how fast it changes with z.",
            returns(lambda t: _gap(t) ** 2),
        ),
        Mistake(
            "logit for probability",
            "A z stands where ŷ belongs: what turns the logit into a probability?",
            either(
                returns(lambda t: 2 * (t.args[0] - t.args[1]) * _slope(t)),
                returns(lambda t: 2 * _gap(t) * t.args[0] * (1 - t.args[0])),
            ),
        ),
    ),
)


def _p(trial):
    return softmax(trial.args[0])


_Z3 = np.array([1.0, -0.5, 2.0])
_Z5 = np.array([0.3, 0.0, -1.2, 2.5, 0.7])


def _memory_ends(trials):
    many = [t.value for t in trials if t.case.at == "many classes"]
    ended = any(
        isinstance(value, Failure) and value.error.endswith("MemoryError") for value in many
    )
    return ended and fails_only_at("many classes")(trials)


_HESSIAN_TIMES_VECTOR = Function(
    name="hessian-times-vector",
    lesson="09",
    skill="can use a Hessian without building it",
    minutes=8,
    difficulty=3,
    stub="def hessian_times(z, v):\n    return ...",
    hints=(
        "diag(ŷ)v multiplies component by component.",
        "ŷŷᵀv is ŷ times the number ŷ·v. Which of the two do you compute first?",
    ),
    insight="With v = (1, …, 1) it is 0: a common shift bends nothing, so minima are never unique.",
    cases=(
        Case((_Z3, np.array([1.0, 2.0, -1.0]))),
        Case((_Z5, np.array([0.5, -1.0, 2.0, 0.25, 1.5]))),
        Case((_Z3, np.ones(3))),
        of_whole_numbers(np.array([1, 3, 0]), _Z3),
        of_whole_numbers(_Z3, np.array([1, 3, 0])),
        Case(
            (np.tile(_Z5, 1700), np.tile([0.5, -1.0, 2.0, 0.25, 1.5], 1700)),
            at="many classes",
            thought="Right for a few classes, but not for 8500.",
        ),
    ),
    properties=(
        Mistake(
            "does not sum to 0",
            "The components of Hv do not sum to 0, but every column of H does.",
            violates(lambda t: bool(abs(t.value.sum()) < 1e-6)),
        ),
    ),
    mistakes=(
        Mistake(
            "diagonal only",
            "You used ŷ(1 − ŷ) alone. The entries beside the diagonal are −ŷ_jŷ_l, not 0.",
            returns(lambda t: _p(t) * (1 - _p(t)) * t.args[1]),
        ),
        Mistake(
            "second part forgotten",
            "That is diag(ŷ)v. What does ŷŷᵀ do to v?",
            returns(lambda t: _p(t) * t.args[1]),
        ),
        Mistake(
            "parts added",
            "The second part is subtracted.",
            returns(lambda t: _p(t) * t.args[1] + _p(t) * (_p(t) @ t.args[1])),
        ),
        Mistake(
            "number for vector",
            "You subtracted the number ŷ·v from every component. ŷŷᵀv is that number times ŷ.",
            either(
                returns(lambda t: _p(t) * t.args[1] - _p(t) @ t.args[1]),
                returns(lambda t: t.args[1] - _p(t) @ t.args[1]),
            ),
        ),
        Mistake(
            "product by components",
            "ŷŷᵀv is not ŷ·ŷ·v component by component: ŷᵀv is a sum over all classes.",
            returns(lambda t: _p(t) * t.args[1] - _p(t) ** 2 * t.args[1].sum()),
        ),
        Mistake(
            "curvature for product",
            "That is vᵀHv, one number: how much the loss bends along v. Hv is a vector.",
            returns(lambda t: np.array(t.args[1] @ t.expected)),
        ),
        Mistake("wrong sign", "Every sign is turned.", returns(lambda t: -t.expected)),
        Mistake(
            "table built",
            "Right for a few classes. For 8500 of them your function asks for the whole K × K "
            "table, 72 million numbers, and the memory ends. In which order can ŷŷᵀv be computed "
            "so that no table appears?",
            _memory_ends,
        ),
    ),
    ours=("softmax_jacobian",),
)

_OVERFLOW = (
    "For logits around 1000 your result is not right. Has the softmax inside its shift, and which "
    "one leaves the probabilities as they are?"
)
_SPREAD = (
    "When one logit leads by 2000 your result is not right. The others' probabilities round to 0 "
    "there: shift by the largest logit, and divide by no probability."
)


def _off(table):
    return table - np.diag(np.diag(table))


_JACOBIAN = Function(
    name="softmax-jacobian",
    lesson="09",
    skill="can write all K·K derivatives of a softmax at once",
    minutes=8,
    difficulty=2,
    stub="def jacobian(z):\n    return ...",
    hints=(
        "∂ŷ_j/∂z_l = ŷ_j(δ_jl − ŷ_l): what does it become for l = j, and for l ≠ j?",
        "`np.diag(p)` is the diagonal part, `np.outer(p, p)` the other.",
    ),
    insight="Symmetric, and every row sums to 0: a common shift moves no probability.",
    cases=(
        Case((np.array([1.0, -0.5, 2.0]),)),
        Case((np.array([0.3, 0.0, -1.2, 2.5, 0.7]),)),
        of_whole_numbers(np.array([1, 3, 0])),
        Case((np.array([1000.0, 998.0, 1001.0]),), at="large logits", thought=_OVERFLOW),
        Case((np.array([0.0, 2000.0, -5.0]),), at="wide spread", thought=_SPREAD),
    ),
    properties=(
        Mistake(
            "rows do not sum to 0",
            "The rows of your Jacobian do not sum to 0. Move all logits by the same small amount: "
            "how much may a probability change?",
            violates(lambda t: bool(np.allclose(t.value.sum(axis=1), 0, atol=1e-6))),
        ),
    ),
    mistakes=(
        Mistake(
            "diagonal only",
            "You kept ŷ_j(1 − ŷ_j) and left out j ≠ l. One logit moves every probability, because "
            "it stands in the denominator of all.",
            either(
                returns(lambda t: np.diag(_p(t) * (1 - _p(t)))),
                returns(lambda t: _p(t) * (1 - _p(t))),
            ),
        ),
        Mistake(
            "sign of the other entries",
            "Your entries for j ≠ l are positive. If another class gains, does this one gain or "
            "lose?",
            returns(lambda t: np.diag(_p(t) * (1 - _p(t))) + _off(np.outer(_p(t), _p(t)))),
        ),
        Mistake(
            "both parts added",
            "You added ŷŷᵀ; the quotient rule subtracts.",
            returns(lambda t: np.diag(_p(t)) + np.outer(_p(t), _p(t))),
        ),
        Mistake(
            "wrong sign",
            "Every sign is turned. Does a probability grow or shrink with its own logit?",
            returns(lambda t: -t.expected),
        ),
        Mistake(
            "diagonal part forgotten",
            "You have −ŷŷᵀ only. On the diagonal the numerator depends on the variable as well.",
            returns(lambda t: -np.outer(_p(t), _p(t))),
        ),
        Mistake(
            "identity for diag(ŷ)",
            "You have δ_jl − ŷ_jŷ_l: the factor ŷ_j belongs to δ_jl as well.",
            returns(lambda t: np.eye(t.args[0].size) - np.outer(_p(t), _p(t))),
        ),
        Mistake(
            "no outer product",
            "What you subtract from diag(ŷ) is a vector or a number, repeated in every row. ŷŷᵀ is "
            "a whole table: entry [j, l] is ŷ_j·ŷ_l.",
            either(
                returns(lambda t: np.diag(_p(t)) - _p(t) * _p(t)),
                returns(lambda t: np.diag(_p(t)) - _p(t) @ _p(t)),
            ),
        ),
        Mistake(
            "vector for diag(ŷ)",
            "NumPy has put the vector ŷ into every row. diag(ŷ) has it on the diagonal and 0 "
            "elsewhere.",
            either(
                returns(lambda t: _p(t) - np.outer(_p(t), _p(t))),
                returns(lambda t: _p(t)[:, None] - np.outer(_p(t), _p(t))),
            ),
        ),
        Mistake("missing shift", _OVERFLOW, fails_only_at("large logits", blows_up)),
    ),
    ours=("softmax_jacobian",),
)

EXERCISES = (
    _TWO_GRADIENTS,
    _SQUARED_ERROR,
    _JACOBIAN,
    _HESSIAN_TIMES_VECTOR,
)
