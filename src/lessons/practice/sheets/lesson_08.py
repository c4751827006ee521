"""Lesson 08: training with nothing but these gradients."""

import numpy as np

from lessons.model import loss_and_gradients, softmax
from lessons.practice.judging.mistakes import (
    Case,
    Mistake,
    either,
    of_whole_numbers,
    raises,
    returns,
)
from lessons.practice.kinds.choice import Choice
from lessons.practice.kinds.function import Function
from lessons.practice.kinds.prediction import Number

_START_LOSS = Number(
    name="start-loss",
    lesson="08",
    skill="can tell the loss before training has begun",
    minutes=3,
    difficulty=1,
    stub="losses = (..., ...)",
    hints=(
        "All logits are 0: what does a softmax make of them?",
        "Every class has the probability 1/K. The loss is −log of the label's.",
    ),
    insight="ln K: a first loss far from it tells of a bug before training has begun.",
    within=0.01,
    mistakes=(
        Mistake(
            "zero is right", "Zero weights make no prediction right: all are equal.", (0.0, 0.0)
        ),
        Mistake(
            "wrong base",
            "Those are bits, with log₂. The loss is in nats.",
            (np.log2(3), np.log2(10)),
        ),
        Mistake(
            "wrong base",
            "That is log₁₀. The loss is in nats, with the natural logarithm.",
            (np.log10(3), 1.0),
        ),
        Mistake(
            "order exchanged", "The penguins come first, then digits.", (np.log(10), np.log(3))
        ),
        Mistake(
            "wrong sign", "A loss is not negative: −log(1/K) is what?", (-np.log(3), -np.log(10))
        ),
        Mistake(
            "probability for loss",
            "That is the probability of each class. The loss is its negative logarithm.",
            (1 / 3, 0.1),
        ),
        Mistake(
            "error for loss", "That is the share of wrong guesses, not the loss.", (2 / 3, 0.9)
        ),
        Mistake(
            "two classes",
            "That is −log ½, the price when there are two classes. How many are there?",
            (np.log(2), np.log(2)),
        ),
    ),
    otherwise="What does softmax make of K equal logits? Take −log of one of these.",
)


def _problem(seed, n, features, classes, rate):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, features)).round(2)
    labels = rng.permutation(np.arange(n) % classes)
    return (
        X,
        labels,
        rng.normal(size=(classes, features)).round(2),
        rng.normal(size=classes).round(2),
        rate,
    )


def _moved(trial, factor):
    """Where a step of `factor` times the right one would have led."""
    before = trial.args[2:4]
    return tuple(b + factor * (e - b) for b, e in zip(before, trial.expected, strict=True))


def _gradients(trial):
    return loss_and_gradients(*trial.args[:4])[1:]


def _late_bias(trial):
    X, labels, W, b, rate = trial.args
    W = trial.expected[0]
    return W, b - rate * loss_and_gradients(X, labels, W, b)[2]


_TRAINING_STEP = Function(
    name="training-step",
    lesson="08",
    skill="can take one step of gradient descent",
    minutes=10,
    difficulty=3,
    stub="def step(X, labels, W, b, learning_rate):\n    return ..., ...",
    hints=(
        "First both gradients, at the old W and b; then both steps.",
        "The gradient points uphill. The step goes which way, and how far?",
        "`W -= …` writes into the caller's array; `W - …` makes a new one.",
    ),
    insight="Predict, subtract, multiply, step: all of training is these four lines, repeated.",
    cases=(
        Case(_problem(1, 5, 4, 3, 0.1)),
        Case(_problem(2, 7, 2, 4, 0.5)),
        Case(_problem(3, 4, 5, 3, 0.02)),
        of_whole_numbers(np.array([[2, 1], [0, 3]]), *_problem(4, 2, 2, 3, 1)[1:]),
    ),
    mistakes=(
        Mistake(
            "uphill",
            "You added the gradient. It points to where the loss grows.",
            returns(lambda t: _moved(t, -1)),
        ),
        Mistake(
            "missing mean",
            "Your step is n times too long: you used the gradient of the sum. Then the learning "
            "rate would mean something else for every batch size.",
            returns(lambda t: _moved(t, len(t.args[0]))),
        ),
        Mistake(
            "K for n",
            "You divided by the number of classes. The mean is over the n examples.",
            returns(lambda t: _moved(t, len(t.args[0]) / len(t.args[3]))),
        ),
        Mistake(
            "learning rate forgotten",
            "You went down by the whole gradient. How long the step is, the learning rate says.",
            returns(lambda t: _moved(t, 1 / t.args[4])),
        ),
        Mistake(
            "gradients returned",
            "Those are the gradients. The step has not been taken yet.",
            returns(_gradients),
        ),
        Mistake(
            "divided by n twice",
            "Your step is n times too short: the gradients are those of the mean already.",
            returns(lambda t: _moved(t, 1 / len(t.args[0]))),
        ),
        Mistake(
            "step alone",
            "That is how far W and b should move. Where do they arrive?",
            either(
                returns(lambda t: tuple(t.args[4] * g for g in _gradients(t))),
                returns(lambda t: tuple(-t.args[4] * g for g in _gradients(t))),
            ),
        ),
        Mistake(
            "bias uphill",
            "W goes downhill and b uphill: both gradients are subtracted.",
            returns(lambda t: (t.expected[0], _moved(t, -1)[1])),
        ),
        Mistake(
            "bias after the weights",
            "W is right. For b you measured the slope after W had moved: both gradients belong to "
            "the same point.",
            returns(_late_bias),
        ),
        Mistake(
            "bias not moved",
            "W moves, b stays where it was.",
            returns(lambda t: (t.expected[0], t.args[3])),
        ),
        Mistake(
            "writes into its input",
            "The step is right, and the caller's W or b has been overwritten: `-=` writes into the "
            "array that was handed over. Whoever wanted to compare before and after cannot.",
            lambda trials: all(t.right for t in trials) and any(t.changed for t in trials),
        ),
    ),
    ours=("fit",),
)


def _scores(seed, n, classes, right):
    """Logits of n examples of which `right` have their label's logit as the largest."""
    rng = np.random.default_rng(seed)
    Z = rng.normal(size=(n, classes)).round(2)
    labels = Z.argmax(axis=1)
    labels[right:] = (labels[right:] + 1) % classes
    order = rng.permutation(n)
    return Z[order], labels[order]


# Some largest logits are labels too, and the whole table's largest one stands at a label's place.
_LEVEL = np.array([[0.0, 3.0, 0.5], [2.0, 1.0, 0.0], [1.0, 0.1, -1.0], [0.5, 2.0, 1.0]])

_ACCURACY = Function(
    name="accuracy",
    lesson="08",
    skill="can compare predictions with labels",
    minutes=5,
    difficulty=2,
    stub="def accuracy(Z, labels):\n    return ...",
    hints=(
        "No softmax is needed: it keeps the order of the logits.",
        "`argmax` needs an axis: along which one do the classes of an example lie?",
    ),
    insight=(
        "Accuracy looks at the winner only; the loss at how sure it was. So only one has slopes."
    ),
    cases=(
        Case(_scores(1, 5, 3, 4)),
        Case(_scores(2, 8, 4, 3)),
        Case(_scores(3, 7, 2, 5)),
        Case(_scores(4, 4, 3, 4)),
        Case((_LEVEL, np.array([1, 2, 0, 1]))),
        of_whole_numbers(np.array([[2, 0, 1], [1, 3, 0], [0, 0, 4]]), np.array([0, 1, 1])),
    ),
    mistakes=(
        Mistake(
            "count for share",
            "That is how many are right. Which share of all is it?",
            returns(lambda t: t.expected * len(t.args[1])),
        ),
        Mistake(
            "percent",
            ("That is in percent: 100 times too large."),
            returns(lambda t: 100 * t.expected),
        ),
        Mistake(
            "error rate",
            "That is the share of wrong predictions.",
            returns(lambda t: 1 - t.expected),
        ),
        Mistake(
            "integer division",
            "You get 0 unless all are right: `//` and `int(…)` cut fractions off, and `all(…)` "
            "asks another question.",
            returns(lambda t: np.floor(t.expected)),
        ),
        Mistake(
            "nothing counts",
            "No example counts as right, not even where all are. What is compared: is `argmax` "
            "called, with its brackets, and do `==` and not `is` stand between the two?",
            returns(lambda t: np.array(0.0)),
        ),
        Mistake(
            "set, not added",
            "That is the share of one example, however many are right: does each hit set the count "
            "to 1 (`c = 1`, `c =+ 1`) where it should add 1 to it (`c += 1`)?",
            returns(lambda t: np.sign(t.expected) / len(t.args[1])),
        ),
        Mistake(
            "value for place",
            "You compare the largest logit itself with the label. A label is a place: at which "
            "place does the largest logit stand?",
            returns(lambda t: np.mean(t.args[0].max(axis=1) == t.args[1])),
        ),
        Mistake(
            "place in the whole table",
            "`argmax()` without an axis counts through all n·K numbers. Each example has its own "
            "winner: along which axis?",
            returns(lambda t: np.mean(t.args[0].argmax() == t.args[1])),
        ),
        Mistake(
            "probability for hit",
            "You averaged the label's probability. Accuracy asks only whether the label has the "
            "largest.",
            returns(lambda t: np.mean(softmax(t.args[0])[np.arange(len(t.args[1])), t.args[1]])),
        ),
        Mistake(
            "over the examples",
            "You looked for the largest of each column: which example has the most of a class. "
            "Which axis holds the classes of one example?",
            raises("ValueError", r"\(\d+,\) \(\d+,\)"),
        ),
        Mistake(
            "K for n",
            "You divided by the number of classes: how many examples are there?",
            returns(lambda t: t.expected * len(t.args[1]) / t.args[0].shape[1]),
        ),
        Mistake(
            "not averaged",
            "That is right or wrong for each example. The accuracy is one number.",
            returns(lambda t: (t.args[0].argmax(axis=1) == t.args[1]).astype(float)),
        ),
    ),
)


def _line(trial, signs, weights=(0, 1)):
    """Return a boundary with other signs of slope and offset, or with exchanged weights."""
    x0, w, b = trial.args
    run, rise = weights
    return (signs[0] * w[run] * x0 + signs[1] * b) / w[rise]


_X0 = np.array([-2.0, 0.0, 0.5, 3.0])

_BOUNDARY = Function(
    name="boundary-slope",
    lesson="08",
    skill="can solve for the line on which both classes are equally likely",
    minutes=5,
    difficulty=2,
    given=True,
    stub="def boundary(x0, w, b):\n    return (w[0] * x0 - b) / w[1]",
    hints=(
        "Solve w[0]·x0 + w[1]·x1 + b = 0 for x1, one step at a time.",
        "Check yourself: put your x1 back in. Does 0 come out?",
    ),
    insight="A test is at hand in the definition: put the answer back into the equation.",
    cases=(
        Case((_X0, np.array([2.0, -0.5]), 0.75)),
        Case((_X0, np.array([-1.0, 3.0]), -2.0)),
        Case((1.25, np.array([0.5, 4.0]), 1.0)),
        of_whole_numbers(np.array([1, 2]), np.array([3, 2]), 2),
        of_whole_numbers(1, np.array([3, 2]), 2),
    ),
    mistakes=(
        Mistake(
            "sign of the slope lost",
            "The slope still has the wrong sign: w[0]·x0 has to change sides, and on the way its "
            "sign.",
            returns(lambda t: _line(t, (1, -1))),
        ),
        Mistake(
            "sign of the offset lost",
            "The slope is right; b has to change sides as well.",
            returns(lambda t: _line(t, (-1, 1))),
        ),
        Mistake(
            "both signs lost",
            "Both terms change sides, and neither of yours has changed its sign.",
            returns(lambda t: _line(t, (1, 1))),
        ),
        Mistake(
            "weights exchanged",
            "You solved for the other feature: which weight belongs to x1?",
            returns(lambda t: _line(t, (-1, -1), weights=(1, 0))),
        ),
        Mistake(
            "brackets lost",
            "Only one of the two terms is divided by w[1]: the whole other side is.",
            either(
                returns(lambda t: -t.args[1][0] * t.args[0] - t.args[2] / t.args[1][1]),
                returns(lambda t: -t.args[1][0] / t.args[1][1] * t.args[0] - t.args[2]),
            ),
        ),
        Mistake(
            "offset forgotten",
            "Your line goes through the origin: where has b gone?",
            returns(lambda t: -t.args[1][0] * t.args[0] / t.args[1][1]),
        ),
        Mistake(
            "not divided",
            "That is w[1]·x1. One step is missing.",
            returns(lambda t: t.expected * t.args[1][1]),
        ),
    ),
)

_RATE = Choice(
    name="learning-rate",
    lesson="08",
    skill="can read a loss curve",
    minutes=3,
    difficulty=1,
    stub="answer = ...",
    hints=(
        "The gradient is right where it is measured. How far away is it still right?",
        "Would a turned sign ever let the loss fall?",
    ),
    insight="Each step overshoots the valley and lands higher on its other side.",
    reason="It jumps across the valley, ever farther.",
    mistakes=(
        Mistake(
            "small for large",
            "Steps that are too small go down slowly, and smoothly: the loss would fall every "
            "time.",
            "a",
        ),
        Mistake(
            "uphill",
            "Uphill from the first step on, the loss would never fall as it does here in between.",
            "c",
        ),
        Mistake(
            "overfitting",
            "Overfitting shows on examples that were put aside. This is the loss on those that the "
            "model learns from: with short steps it would fall.",
            "d",
        ),
    ),
)

EXERCISES = (_START_LOSS, _TRAINING_STEP, _ACCURACY, _RATE, _BOUNDARY)
