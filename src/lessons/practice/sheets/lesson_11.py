"""Lesson 11: bending the gap."""

import numpy as np

from lessons.model import softmax
from lessons.practice.judging.mistakes import (
    Case,
    Mistake,
    either,
    of_whole_numbers,
    returns,
    violates,
)
from lessons.practice.kinds.blank import Blank
from lessons.practice.kinds.choice import Choice
from lessons.practice.kinds.function import Function
from lessons.practice.kinds.prediction import Number

_HOT_GAP = Number(
    name="hot-gap",
    lesson="11",
    skill="can divide a gap by a temperature, in both places",
    minutes=4,
    difficulty=1,
    stub="gradient = (..., ..., ...)",
    hints=(
        "Dividing z by 2 takes the square root of each exponential.",
        "First the three shares, then the gap to the one-hot target. And then?",
    ),
    insight="T stands in two places: it softens the prediction, and it divides what is left.",
    mistakes=(
        Mistake(
            "not divided",
            "That is the gap at this temperature. By z, and not by z/T, one factor is missing.",
            (0.2, -0.6, 0.4),
        ),
        Mistake(
            "temperature in front only",
            "You divided the gap of T = 1. The shares change with the temperature as well.",
            (1 / 18, -5 / 18, 4 / 18),
        ),
        Mistake("temperature forgotten", "That is the gap at T = 1.", (1 / 9, -5 / 9, 4 / 9)),
        Mistake(
            "multiplied for divided",
            "The hotter it is, the less a logit matters: the gap becomes smaller, not larger.",
            (0.4, -1.2, 0.8),
        ),
        Mistake("wrong sign", "You have target minus prediction.", (-0.1, 0.3, -0.2)),
        Mistake("prediction for gap", "Those are the shares. What is true?", (0.2, 0.4, 0.4)),
    ),
    otherwise="Three steps: square roots, shares that sum to 1, and the gap divided by T.",
)


def _p(trial):
    return softmax(np.asarray(trial.args[0], float))


def _hot(trial):
    return np.eye(len(trial.args[0]))[trial.args[1]]


def _eps(trial):
    return trial.args[2]


_Z3 = np.array([1.0, -0.5, 2.0])
_Z5 = np.array([0.3, 0.0, -1.2, 2.5, 0.7])

_SMOOTHED_GAP = Function(
    name="smoothed-gap",
    lesson="11",
    skill="can write the gradient of a smoothed label",
    minutes=6,
    difficulty=2,
    stub="def gradient(z, label, epsilon):\n    return ...",
    hints=(
        "It is ŷ − y as ever. Which y?",
        "Each class gets ε/K, the label 1 − ε besides: what is left of ŷ after both?",
    ),
    insight="The pull ends where ŷ is the smoothed target, at finite logits.",
    cases=(
        Case((_Z3, 0, 0.3)),
        Case((_Z5, 3, 0.1)),
        Case((_Z5, 2, 0.25)),
        Case((_Z3, 2, 0.15)),
        of_whole_numbers(np.array([1, 3, 0]), 1, 0.3),
        of_whole_numbers(_Z3, 0, 1),
    ),
    properties=(
        Mistake(
            "does not sum to 0",
            "Your gradient does not sum to 0. Does your target sum to 1?",
            violates(lambda t: bool(abs(t.value.sum()) < 1e-6)),
        ),
    ),
    mistakes=(
        Mistake(
            "not smoothed",
            "That is the gap to the one-hot target: where is ε?",
            returns(lambda t: _p(t) - _hot(t)),
        ),
        Mistake(
            "nothing taken",
            "You gave ε/K to each class and took ε from nobody.",
            returns(lambda t: _p(t) - _hot(t) - _eps(t) / len(_p(t))),
        ),
        Mistake(
            "whole ε for each",
            "Every class gets the whole ε. It is divided among all K.",
            either(
                returns(lambda t: _p(t) - (1 - _eps(t)) * _hot(t) - _eps(t)),
                returns(lambda t: _p(t) - np.where(_hot(t) == 1, 1 - _eps(t), _eps(t))),
            ),
        ),
        Mistake(
            "spread over the others",
            "You spread ε over the K − 1 others. Here the label keeps its own share of it.",
            returns(
                lambda t: _p(t) - np.where(_hot(t) == 1, 1 - _eps(t), _eps(t) / (len(_p(t)) - 1))
            ),
        ),
        Mistake(
            "gap only scaled",
            "You scaled the whole gap by 1 − ε. That moves its length and not its zero.",
            returns(lambda t: (1 - _eps(t)) * (_p(t) - _hot(t))),
        ),
        Mistake(
            "shares exchanged",
            "The label keeps ε and the rest is spread: it should be the other way round.",
            returns(lambda t: _p(t) - _eps(t) * _hot(t) - (1 - _eps(t)) / len(_p(t))),
        ),
        Mistake("wrong sign", "You have target minus prediction.", returns(lambda t: -t.expected)),
        Mistake(
            "logit for probability",
            "A z stands where ŷ belongs: what turns the logits into probabilities?",
            returns(lambda t: t.args[0] - (1 - _eps(t)) * _hot(t) - _eps(t) / len(_p(t))),
        ),
    ),
    ours=("smoothed_cross_entropy_gradient", "cross_entropy_gradient"),
)

_QUESTIONS = Choice(
    name="independent-questions",
    lesson="11",
    skill="can say what K sigmoids do not share",
    minutes=3,
    difficulty=1,
    stub="answer = ...",
    hints=(
        "Write component j of the gradient down. Which logits stand in it?",
        "Is there one sum that all the predictions are divided by?",
    ),
    insight="No common denominator, no common zero: K two-class problems side by side.",
    reason="Component j is σ(z_j) − y_j: no other logit stands in it.",
    mistakes=(
        Mistake(
            "still a softmax",
            "That is so after a softmax, whose shares have one denominator. σ(z) has none in "
            "common.",
            "a",
        ),
        Mistake(
            "true classes share",
            "Two that are true do not know of each other: each is a question with its own answer.",
            "c",
        ),
        Mistake(
            "gradient of the targets",
            "The targets stay, but the gap has two ends: the prediction moves with its logit.",
            "d",
        ),
    ),
)


def _rows(trial):
    return softmax(np.asarray(trial.args[0], float)) - np.eye(trial.args[0].shape[1])[trial.args[1]]


def _each(trial):
    return np.asarray(trial.args[2], float)[trial.args[1]]


_BATCH = np.array([[1.0, -0.5, 2.0], [0.0, 0.3, -1.0], [-2.0, 0.5, 0.5], [0.7, 1.5, -0.2]])
_MORE = np.array([[0.2, -1.0, 0.5, 1.0], [1.5, 0.1, -0.4, 0.0]])

_WEIGHTED_BATCH = Function(
    name="weighted-batch",
    lesson="11",
    skill="can weigh the examples of a batch by their class",
    minutes=7,
    difficulty=2,
    stub="def gradient(Z, labels, w):\n    return ...",
    hints=(
        "`w[labels]` holds one number for each example: the weight of its label.",
        "The mean is a weighted one. By what is its sum divided?",
    ),
    insight="A weight lengthens the whole row of its example, and no row's direction changes.",
    cases=(
        Case((_BATCH, np.array([2, 1, 0, 1]), np.array([0.5, 3.0, 1.25]))),
        Case((_BATCH, np.array([0, 0, 2, 1]), np.array([2.0, 0.25, 1.0]))),
        Case((_MORE, np.array([3, 0]), np.array([0.5, 1.0, 2.0, 4.0]))),
        of_whole_numbers(
            np.array([[1, 3, 0], [0, 2, 5]]), np.array([2, 1]), np.array([0.5, 3.0, 1.25])
        ),
        of_whole_numbers(_BATCH, np.array([2, 1, 0, 1]), np.array([2, 3, 1])),
    ),
    properties=(
        Mistake(
            "weight of the column",
            "Your rows do not sum to 0. The weight belongs to the example, whose label it is of, "
            "and multiplies its whole row.",
            violates(lambda t: t.value.ndim != 2 or bool((abs(t.value.sum(axis=1)) < 1e-6).all())),
        ),
    ),
    mistakes=(
        Mistake(
            "divided by n",
            "You divided by n. A weighted mean is divided by the sum of the weights that occur.",
            returns(lambda t: _each(t)[:, np.newaxis] * _rows(t) / len(t.args[1])),
        ),
        Mistake(
            "divided by all weights",
            "You divided by the sum of w over the classes. Which weights occur in this batch, and "
            "how often?",
            returns(lambda t: _each(t)[:, np.newaxis] * _rows(t) / np.sum(t.args[2])),
        ),
        Mistake(
            "not averaged",
            "That is the gradient of the sum of the losses. The question is about their mean.",
            returns(lambda t: _each(t)[:, np.newaxis] * _rows(t)),
        ),
        Mistake(
            "weights forgotten",
            "That is the plain mean: every example counts alike.",
            returns(lambda t: _rows(t) / len(t.args[1])),
        ),
        Mistake("wrong sign", "You have target minus prediction.", returns(lambda t: -t.expected)),
        Mistake(
            "summed too early",
            "You summed over the examples. G has a row for each of them.",
            returns(lambda t: t.expected.sum(axis=0)),
        ),
    ),
    ours=("weighted_cross_entropy_gradient", "cross_entropy_gradient"),
)


def _focal(trial):
    p, gamma = trial.args
    return np.asarray(p, float), gamma


def _first(trial):
    p, gamma = _focal(trial)
    return (1 - p) ** gamma


def _second(trial):
    p, gamma = _focal(trial)
    return gamma * p * (1 - p) ** (gamma - 1) * np.log(p)


_FOCAL_FACTOR = Function(
    name="focal-factor",
    lesson="11",
    skill="can differentiate a loss that fades, and keep both terms",
    minutes=8,
    difficulty=3,
    stub="def factor(p, gamma):\n    return ...",
    hints=(
        "The last line of the proof has the factor before the gap. Read it with p for ŷᵢ.",
        "Two terms: the fading factor itself, and what its own slope adds. Which sign has log p?",
    ),
    insight="At p near 1 the factor is about (1 + γ)(1 − p)^γ: the second term adds γ times more.",
    cases=(
        Case((0.3, 2.0)),
        Case((np.array([0.1, 0.5, 0.9]), 1.5)),
        Case((0.75, 0.5)),
        Case((np.array([0.05, 0.6]), 3.0)),
        of_whole_numbers(np.array([0.2, 0.7, 0.4]), 2),
    ),
    mistakes=(
        Mistake(
            "second term forgotten",
            "That is the factor of the loss. The factor depends on z too: the product rule has a "
            "second term.",
            returns(_first),
        ),
        Mistake(
            "sign of the second term",
            "log p is negative, and the second term pulls the same way as the first. Look at its "
            "sign.",
            returns(lambda t: _first(t) + _second(t)),
        ),
        Mistake(
            "power not lowered",
            "The derivative of u^{γ} is γ u^{γ − 1}: the power is one lower in the second term.",
            returns(lambda t: _first(t) - _second(t) * (1 - _focal(t)[0])),
        ),
        Mistake(
            "γ forgotten",
            "The derivative of u^{γ} has a γ in front.",
            returns(lambda t: _first(t) - _second(t) / _focal(t)[1]),
        ),
        Mistake(
            "p forgotten",
            "The slope of ŷᵢ by its logit brings a p, which the second term keeps.",
            returns(lambda t: _first(t) - _second(t) / _focal(t)[0]),
        ),
        Mistake(
            "loss for factor",
            "That is the loss itself. The question is by what the gap is multiplied.",
            returns(lambda t: -_first(t) * np.log(_focal(t)[0])),
        ),
    ),
    ours=("focal_loss_gradient",),
)

_HEADS = Blank(
    name="count-heads",
    lesson="11",
    skill="can find expected minus observed in a new family",
    minutes=4,
    difficulty=2,
    stub="gradient = ...",
    hints=(
        "Two terms of the loss hold z: differentiate each.",
        "The derivative of log(1 + e^z) is σ(z), as you know from one coin.",
    ),
    insight="Three tosses are expected to show three times σ(z) heads: expected minus observed.",
    setting="LOGIT_AND_TARGET",
    mistakes=(
        Mistake(
            "one toss",
            "That is what a single toss is expected to show. There are three.",
            "exp(z)/(1 + exp(z)) - y",
        ),
        Mistake(
            "linear term forgotten",
            "The term −y·z depends on z as well.",
            "3*exp(z)/(1 + exp(z))",
        ),
        Mistake("wrong sign", "Which of the two terms has the minus?", "y - 3*exp(z)/(1 + exp(z))"),
        Mistake(
            "term left as it was",
            "The derivative of y·z by z is y.",
            "3*exp(z)/(1 + exp(z)) - y*z",
        ),
        Mistake(
            "inner derivative forgotten",
            "(log u)′ is u′/u: the derivative of 1 + e^z stands above the bar.",
            "3/(1 + exp(z)) - y",
        ),
        Mistake(
            "differentiated by the target",
            "You differentiated −y·z by y. The variable is z.",
            "3*exp(z)/(1 + exp(z)) - z",
        ),
    ),
)

EXERCISES = (_HOT_GAP, _SMOOTHED_GAP, _WEIGHTED_BATCH, _FOCAL_FACTOR, _QUESTIONS, _HEADS)
