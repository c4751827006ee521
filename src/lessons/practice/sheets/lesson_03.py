"""Lesson 03: the gradient of binary cross-entropy, ŷ − y."""

import numpy as np

from lessons.practice.judging.mistakes import (
    Case,
    Mistake,
    blows_up,
    either,
    fails_only_at,
    of_whole_numbers,
    overflows,
    raises,
    returns,
)
from lessons.practice.kinds.blank import Blank
from lessons.practice.kinds.function import Function
from lessons.practice.kinds.prediction import Number, Sign


def _sigmoid(z):
    return np.where(z < 0, np.exp(np.minimum(z, 0)), 1) / (1 + np.exp(-np.abs(z)))


def _softplus(z):
    return np.logaddexp(0, z)


_PREDICT_SIGN = Sign(
    name="predict-sign",
    lesson="03",
    skill="can say which way the gradient points before computing it",
    minutes=2,
    difficulty=1,
    stub="signs = (..., ..., ..., ...)",
    hints=(
        "ŷ = σ(z) lies strictly between 0 and 1, whatever z is.",
        "Can a number below 1, minus 1, ever be positive? Does z have a say in it?",
        "For (d): what is σ(0)?",
    ),
    insight="For a hard target the sign depends on y alone; z only decides how large the gap is.",
    mistakes=(
        Mistake(
            "sign from the logit",
            "(a) ŷ is large here, but is it larger than its target 1? The sign of z does not "
            "decide.",
        ),
        Mistake(
            "sign from the logit",
            "(b) ŷ is small here, but is it smaller than its target 0? The sign of z does not "
            "decide.",
        ),
        Mistake(
            "direction of the difference",
            "(c) The difference is prediction minus target: which of the two is larger?",
        ),
        Mistake(
            "one half forgotten",
            "(d) What does σ give at the very middle of its curve, and what is the target?",
        ),
    ),
)

_PREDICT_GAP = Number(
    name="predict-gap",
    lesson="03",
    skill="can compute ŷ − y by hand",
    minutes=3,
    difficulty=1,
    stub="gaps = (..., ...)",
    hints=(
        "First ŷ alone: multiply numerator and denominator of 1/(1 + e^{−z}) by e^z.",
        "ŷ = 3/(1 + 3). Then subtract each target.",
    ),
    insight=(
        "One prediction, two targets: the same z is pushed up by the first and down by the second."
    ),
    mistakes=(
        Mistake(
            "wrong sign",
            "You took target minus prediction. The gradient is prediction minus target.",
            (0.25, -0.25),
        ),
        Mistake(
            "sign lost",
            "The sizes are right. A gradient has a sign, which says in which direction the loss "
            "grows: is ŷ above each target, or below?",
            (0.25, 0.25),
        ),
        Mistake(
            "target forgotten",
            "That is ŷ itself, twice. The target has not been subtracted yet.",
            (0.75, 0.75),
        ),
        Mistake(
            "σ(−z)",
            "Your ŷ is 1/4: that is 1/(1 + e^z), the probability of the other class. Where is the "
            "minus sign in σ?",
            (-0.75, -0.25),
        ),
        Mistake(
            "squared error",
            "You have multiplied by ŷ(1 − ŷ): that is the gradient of squared error. With "
            "cross-entropy this factor cancels; which factor of the chain rule cancels it?",
            (-3 / 64, 3 / 64),
        ),
        Mistake(
            "logit for probability",
            "You subtracted the target from z. A logit is no probability yet: what turns one into "
            "the other?",
            (np.log(3) - 1, np.log(3) - 0.5),
        ),
    ),
    otherwise="Compute ŷ first and keep it as a fraction; then subtract each target from it.",
)


def _of_the_logit(trial):
    z, y = trial.args
    return -y * np.log(z) - (1 - y) * np.log(1 - z)


_LOSS_CASES = (
    Case((0.5, 1.0)),
    Case((-1.25, 0.0)),
    Case((2.0, 0.0)),
    Case((-3.0, 1.0)),
    Case(
        (1.5, 0.3),
        at="soft target",
        thought="Your loss is right for y = 0 and y = 1 but not for y = 0.3.",
    ),
    Case(
        (40.0, 0.0),
        at="saturated",
        thought="At z = 40 with y = 0 your loss is not right: ŷ has rounded to 1.",
    ),
    Case(
        (40.0, 1.0),
        at="every digit",
        atol=0.0,
        rtol=1e-9,
        thought=(
            "Nearly. At z = 40 with y = 1 the loss is tiny but not zero, and yours has not its "
            "digits. Has 1 + e^{−40} rounded to 1 before the logarithm saw it (which NumPy "
            "function takes the log of 1 + u for a tiny u?), or were two numbers near 40 "
            "subtracted (for which sign of z is nothing left to subtract?)?"
        ),
    ),
    *(
        Case(
            args,
            at="far logits",
            thought=(
                "At z = ±800 your loss is not right: e^800 is larger than every float, and the "
                "loss itself is at most 800. Can you write it so that no exponent is ever positive?"
            ),
        )
        for args in ((-800.0, 1.0), (800.0, 0.0), (800.0, 1.0), (-800.0, 0.0))
    ),
    of_whole_numbers(-2, 1),
    of_whole_numbers(1, 0),
)

_BINARY_LOSS = Function(
    name="binary-loss",
    lesson="03",
    skill="can write the loss from the logit, so that no logarithm of zero can occur",
    minutes=10,
    difficulty=2,
    stub="def loss(z, y):\n    return ...",
    hints=(
        "−log σ(z) = log(1 + e^{−z}). There is no ŷ left in it: what does −log(1 − σ(z)) become "
        "in the same way?",
        "Both terms are the same function s(u) = log(1 + e^u), once at u = −z and once at u = z.",
        "s(u) overflows for large u. Take the largest exponent out: log(e^a + e^b) = max + log(1 "
        "+ e^{−|a − b|}).",
        "Here a = 0 and b = u; NumPy has exactly this: look up `np.logaddexp`, or use `np.log1p`.",
    ),
    insight=(
        "No ŷ was needed: the loss is a function of the logit, and there it never meets a "
        "logarithm of zero."
    ),
    cases=_LOSS_CASES,
    mistakes=(
        Mistake(
            "wrong sign",
            "The size is right and the sign is not: a log-likelihood is to be large, a loss is to "
            "be small.",
            returns(lambda t: -t.expected),
        ),
        Mistake(
            "only one term",
            "You have the term for y = 1 only, so an example with y = 0 costs nothing, whatever "
            "is predicted. Which event has the probability 1 − ŷ?",
            returns(lambda t: t.args[1] * _softplus(-t.args[0])),
        ),
        Mistake(
            "targets exchanged",
            "y and 1 − y have changed places: your loss punishes a prediction for being right.",
            returns(
                lambda t: (1 - t.args[1]) * _softplus(-t.args[0]) + t.args[1] * _softplus(t.args[0])
            ),
        ),
        Mistake(
            "wrong base",
            "Your loss is counted in bits: that is log₂. We use the natural logarithm, whose "
            "derivative needs no factor.",
            returns(lambda t: t.expected / np.log(2)),
        ),
        Mistake(
            "log of the logit",
            "You took the logarithm of z itself. z may be negative: it is a logit; what turns it "
            "into a probability?",
            either(returns(_of_the_logit), raises("ValueError", "domain|positive input")),
        ),
        Mistake(
            "squared error",
            "That is (ŷ − y)², the loss of another model. This one comes from a likelihood: what "
            "is the probability of the event y = 1, and what is −log of it?",
            either(
                returns(lambda t: (_sigmoid(t.args[0]) - t.args[1]) ** 2),
                returns(lambda t: (_sigmoid(t.args[0]) - t.args[1]) ** 2 / 2),
            ),
        ),
        Mistake(
            "hard target only",
            "Right for y = 0 and y = 1: do you choose one of two formulas? For y = 0.3 both "
            "outcomes happen, so both terms count: with which weights?",
            fails_only_at("soft target"),
        ),
        Mistake(
            "log of zero",
            "At z = 40 the sigmoid has rounded to exactly 1, so 1 − ŷ is 0, and its logarithm is "
            "−∞. The information was in z and is lost in ŷ: write the loss from z.",
            fails_only_at("saturated", blows_up),
        ),
        Mistake(
            "clipping",
            "At z = 40 with y = 0 the loss is about z, and yours is less. Do you keep ŷ away from "
            "0 and 1 by force? That hides the infinity. The information was in z: write the loss "
            "from z.",
            fails_only_at("saturated", lambda t: bool(0 < t.value < 39)),
        ),
    ),
    ours=("binary_cross_entropy", "log_sigmoid", "cross_entropy"),
)


_FILL_SLOPE = Blank(
    name="fill-slope",
    lesson="03",
    skill="can differentiate the sigmoid by the chain rule",
    minutes=6,
    difficulty=2,
    stub="slope = ...",
    hints=(
        "ŷ = 1/u with u = 1 + e^{−z}. What is the derivative of 1/u by u?",
        "Then u by z: the derivative of e^{−z} brings a minus sign of its own.",
        "Two minus signs meet. How many powers of 1 + e^{−z} are below?",
    ),
    insight="The same slope is ŷ(1 − ŷ): it is largest at z = 0 and dies on both sides.",
    setting="BINARY",
    mistakes=(
        Mistake(
            "lost sign",
            "Your slope is negative, and σ climbs. Two minus signs meet here, one from 1/u and one "
            "from e^{−z}: which of them is missing?",
            "-exp(-z)/(1 + exp(-z))^2",
        ),
        Mistake(
            "inner derivative forgotten",
            "You stopped at the outer function: 1/u gives 1/u². The chain rule asks for one more "
            "factor, the derivative of u = 1 + e^{−z}.",
            "1/(1 + exp(-z))^2",
        ),
        Mistake(
            "inner derivative forgotten",
            "You stopped at the outer function: 1/u gives −1/u². The chain rule asks for one more "
            "factor, the derivative of u = 1 + e^{−z}.",
            "-1/(1 + exp(-z))^2",
        ),
        Mistake(
            "exponent of the reciprocal",
            "The derivative of 1/u has the square of u below: a power went missing.",
            "exp(-z)/(1 + exp(-z))",
        ),
        Mistake(
            "sign of the exponent",
            "The derivative of e^{−z} keeps its exponent: what is in it does not change its sign.",
            "exp(z)/(1 + exp(-z))^2",
        ),
        Mistake(
            "outer derivative forgotten",
            "That is how fast u = 1 + e^{−z} moves. How fast does 1/u follow?",
            "-exp(-z)",
        ),
        Mistake(
            "outer derivative forgotten",
            "That is how fast u = 1 + e^{−z} moves, but for its sign. How fast does 1/u follow?",
            "exp(-z)",
        ),
        Mistake(
            "whole right-hand side",
            "That is the whole right-hand side. The blank is one factor of it: what stands to the "
            "left of the blank?",
            "-exp(-z)/(1 + exp(-z))",
        ),
    ),
)

_FAR = (
    "At z = ±800 your gradient is not right although it is right elsewhere. e^800 is larger than "
    "every float, e^−800 is 0, and neither inf/inf nor 0/0 is a number: does your form meet one of "
    "them?"
)

_BINARY_GRADIENT = Function(
    name="binary-gradient",
    lesson="03",
    skill="can write ŷ − y so that it keeps every digit",
    minutes=10,
    difficulty=3,
    stub="def gradient(z, y):\n    return ...",
    hints=(
        "For ordinary z it is σ(z) − y. Write that first and see what `check` says.",
        "At z = 40 the subtraction ŷ − 1 cancels every digit. The proof has a line in which "
        "nothing is subtracted.",
        "For y = 1 that line is −e^{−z}/(1 + e^{−z}), which is −σ(−z). For y = 0 the gradient is "
        "σ(z).",
        "For y in between, weight the two: how much of y = 1 is in y, and how much of y = 0?",
    ),
    insight=(
        "At z = 40 you kept a gradient of −4.2·10⁻¹⁸ where ŷ − 1 gives exactly 0: the proof's own "
        "line computes best."
    ),
    cases=(
        Case((0.5, 1.0)),
        Case((-1.25, 0.0)),
        Case((2.0, 0.0)),
        Case((-3.0, 1.0)),
        Case(
            (2.5, 0.3), at="soft target", thought="Right for y = 0 and y = 1, but not for y = 0.3."
        ),
        Case(
            (-0.75, 0.6),
            at="soft target",
            thought="Right for y = 0 and y = 1, but not for y = 0.6.",
        ),
        *(
            Case(
                args,
                at="every digit",
                atol=0.0,
                rtol=1e-9,
                thought=(
                    f"At z = {args[0]:g} with y = {args[1]:g} the gradient is tiny but not 0, and "
                    "yours does not have its digits. Are two numbers subtracted that are nearly "
                    "equal, or is one divided by what has rounded to 0? Which form of σ needs "
                    "neither?"
                ).replace("-", "−"),
            )
            for args in ((40.0, 1.0), (-40.0, 0.0), (100.0, 1.0), (700.0, 1.0), (-700.0, 0.0))
        ),
        *(
            Case(args, at="far logits", thought=_FAR)
            for args in ((-800.0, 1.0), (800.0, 0.0), (800.0, 1.0), (-800.0, 0.0))
        ),
        of_whole_numbers(-2, 1),
        of_whole_numbers(1, 0),
    ),
    mistakes=(
        Mistake(
            "wrong sign",
            "You have y − ŷ, the direction downhill. The gradient points uphill: prediction minus "
            "target.",
            returns(lambda t: -t.expected),
        ),
        Mistake(
            "logit for probability",
            "You subtracted the target from the logit. z is no probability yet: what turns it "
            "into one?",
            returns(lambda t: t.args[0] - t.args[1]),
        ),
        Mistake(
            "target forgotten",
            "That is ŷ itself. It is the gradient for y = 0 only: where does the target enter?",
            returns(lambda t: _sigmoid(t.args[0])),
        ),
        Mistake(
            "squared error",
            "You have the gradient of squared error: the factor ŷ(1 − ŷ) is still there. In "
            "cross-entropy the derivative of the logarithm brings a denominator: what does it "
            "cancel?",
            lambda trials: any(returns(lambda t, c=c: c * _squared(t))(trials) for c in (1, 2)),
        ),
        Mistake(
            "chain rule stopped early",
            "You have the derivative with respect to ŷ. The question is about z: how fast does ŷ "
            "move when z moves?",
            either(
                returns(lambda t: (_sigmoid(t.args[0]) - t.args[1]) / _slope(t)),
                returns(lambda t: -t.args[1] / _sigmoid(t.args[0])),
            ),
        ),
        Mistake(
            "derivative of the sigmoid",
            "That is the slope of σ, the last factor of the chain rule. Where is the derivative "
            "of the loss?",
            returns(lambda t: _slope(t)),
        ),
        Mistake(
            "loss for gradient",
            "That is the loss itself. The question is how fast it changes with z.",
            returns(
                lambda t: t.args[1] * _softplus(-t.args[0]) + (1 - t.args[1]) * _softplus(t.args[0])
            ),
        ),
        Mistake(
            "only one term",
            "You have the part of y = 1 alone: nothing is left of it when y = 0. Where is the part "
            "of 1 − y?",
            returns(lambda t: -t.args[1] * _sigmoid(-t.args[0])),
        ),
        Mistake(
            "target taken for 1",
            "That is ŷ − 1, whatever the target is: right when y = 1, and only then.",
            returns(lambda t: -_sigmoid(-t.args[0])),
        ),
        Mistake(
            "brackets lost",
            "You have 1 + e^{−z} in place of σ: `1/1 + e` is (1/1) + e, as `/` comes before `+`. "
            "Which brackets make the sum one denominator?",
            returns(lambda t: 1 + np.exp(-t.args[0]) - t.args[1]),
        ),
        Mistake(
            "decision for probability",
            "You rounded ŷ to a decision before subtracting: a model that is right but unsure "
            "would learn nothing more. The gradient needs the probability.",
            returns(lambda t: (t.args[0] > 0) - t.args[1]),
        ),
        Mistake(
            "sign in the exponent",
            "You have 1/(1 + e^z), which falls where z grows: that is σ(−z), or 1 − ŷ. Which sign "
            "stands in the exponent of σ(z)?",
            returns(lambda t: _sigmoid(-t.args[0]) - t.args[1]),
        ),
        Mistake(
            "size only",
            "The sizes are right. A gradient has a sign, which says in which direction the loss "
            "grows.",
            returns(lambda t: np.abs(t.expected)),
        ),
        Mistake(
            "hard target only",
            "Right for y = 0 and y = 1: do you choose one of two formulas? For a target in between "
            "both count: with which weights?",
            fails_only_at("soft target"),
        ),
        Mistake(
            "cancellation",
            "Right in mathematics. But where the sigmoid has rounded to 1 all digits cancel, as in "
            "ŷ − 1: at z = 40 you have 0 instead of −4·10⁻¹⁸. "
            "Which line of the proof reaches the result without subtracting?",
            fails_only_at("every digit", lambda t: t.args == (40.0, 1.0) and t.value == 0),
        ),
        Mistake(
            "overflow",
            "Your form overflows at z = ±800: e^800 is larger than every float. For which sign of "
            "z does which form of σ keep its exponent below 0?",
            fails_only_at("far logits", overflows),
        ),
    ),
    ours=("binary_cross_entropy_gradient", "cross_entropy_gradient"),
)


def _slope(trial):
    return _sigmoid(trial.args[0]) * _sigmoid(-trial.args[0])


def _squared(trial):
    return (_sigmoid(trial.args[0]) - trial.args[1]) * _slope(trial)


_GRID = np.array([-3.0, -1.0, -0.25, 0.0, 0.5, 2.0])

_SIGMOID_BUG = Function(
    name="sigmoid-bug",
    lesson="03",
    skill="knows that a gradient check does not prove that the function is right",
    minutes=6,
    difficulty=2,
    given=True,
    stub=(
        "def squash(z):\n"
        "    return (1 + np.tanh(z)) / 2\n"
        "\n"
        "\n"
        "def squash_slope(z):\n"
        "    return 2 * squash(z) * (1 - squash(z))"
    ),
    hints=(
        "Both functions agree with each other; that is all a gradient check sees. What do you "
        "know about σ itself?",
        "σ has the slope 1/4 at z = 0. What slope has this one?",
        "Write tanh(z) with exponentials and divide numerator and denominator by e^z: which "
        "exponent appears?",
    ),
    insight=(
        "It was σ(2z). A gradient check proves that the gradient belongs to the function, not "
        "that the function is right."
    ),
    cases=(
        Case((_GRID,)),
        Case((np.array([0.75, -1.5]),)),
        Case((1.25,)),
        of_whole_numbers(np.array([2, -1, 0])),
    ),
    mistakes=(
        Mistake(
            "still σ(2z)",
            "The values have not changed: your curve still climbs twice as steeply as σ. What is "
            "its value at z = ln 3?",
            returns(lambda t: _sigmoid(2 * np.asarray(t.args[0]))),
        ),
        Mistake(
            "stretched the wrong way",
            "Now it climbs four times as steeply: the factor 2 belongs there, but on the other "
            "side of the division.",
            returns(lambda t: _sigmoid(4 * np.asarray(t.args[0]))),
        ),
        Mistake(
            "tanh itself",
            "Your values run from −1 to 1: that is tanh. A probability runs from 0 to 1.",
            returns(lambda t: 2 * t.expected - 1),
        ),
        Mistake(
            "brackets lost",
            "You have 1 + e^{−z} in place of σ: `1/1 + e` is (1/1) + e, as `/` comes before `+`. "
            "Which brackets make the sum one denominator?",
            returns(lambda t: 1 + np.exp(-np.asarray(t.args[0]))),
        ),
        Mistake(
            "mirrored",
            "Your curve falls: it is 1 − σ(z). Look at the sign of the exponent.",
            returns(lambda t: 1 - t.expected),
        ),
        Mistake(
            "the slope instead",
            "That is the slope of σ. The question asks for σ itself; its slope will follow.",
            returns(lambda t: t.expected * (1 - t.expected)),
        ),
    ),
    ours=("sigmoid",),
)

EXERCISES = (
    _PREDICT_SIGN,
    _FILL_SLOPE,
    _PREDICT_GAP,
    _BINARY_LOSS,
    _BINARY_GRADIENT,
    _SIGMOID_BUG,
)
