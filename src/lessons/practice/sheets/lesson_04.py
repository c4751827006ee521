"""Lesson 04: the gradient of the multiclass cross-entropy, component by component."""

import numpy as np

from lessons.model import softmax
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
from lessons.practice.kinds.blank import Blank
from lessons.practice.kinds.function import Function
from lessons.practice.kinds.prediction import Number

_GAP_VECTOR = Number(
    name="gap-vector",
    lesson="04",
    skill="can write down ŷ − y for K classes",
    minutes=3,
    difficulty=1,
    stub="gradient = (..., ..., ...)",
    hints=(
        "Write the target as a vector first: where is its 1?",
        "Subtract component by component. What must the three numbers sum to?",
    ),
    insight="Only the label's component is negative, and it pays for all the others: the sum is 0.",
    mistakes=(
        Mistake(
            "wrong sign",
            "You took target minus prediction, which points downhill.",
            (-0.1, 0.4, -0.3),
        ),
        Mistake(
            "label's component only",
            "The other logits count too: they stand in the denominator. If z₀ grows, what happens "
            "to the label's probability?",
            (0.0, -0.4, 0.0),
        ),
        Mistake(
            "counted from 1",
            "You put the target's 1 in the first place: classes count from 0.",
            (-0.9, 0.6, 0.3),
        ),
        Mistake(
            "target forgotten",
            "That is ŷ. It sums to 1; a gradient here sums to 0.",
            (0.1, 0.6, 0.3),
        ),
        Mistake(
            "chain rule stopped early",
            "That is the derivative by the probabilities, −y/ŷ. How do they move when a logit "
            "moves?",
            (0.0, -1.6667, 0.0),
        ),
        Mistake(
            "subtracted everywhere",
            "You took 1 from every component. The target is 1 for one class only.",
            (-0.9, -0.4, -0.7),
        ),
    ),
    otherwise="Write the target as a vector, subtract it from ŷ, and check that the sum is 0.",
)

_CASE_DIFFERENT = Blank(
    name="case-different",
    lesson="04",
    skill="can take the quotient rule where only the denominator depends on the variable",
    minutes=6,
    difficulty=2,
    stub="missing = ...",
    hints=(
        "The blank is the derivative of the denominator S by z[j].",
        "S is a sum of K terms. How many of them depend on z[j], and which?",
    ),
    insight="All K terms but one are constant: that single survivor becomes softmax(z)[j].",
    setting="LABEL_AND_ANOTHER",
    mistakes=(
        Mistake(
            "index exchanged",
            "You differentiated by z[i]. The derivative is by z[j]: which term of S contains it?",
            "exp(z[i])",
        ),
        Mistake(
            "whole sum differentiated",
            "You differentiated every term as if each depended on z[j]. Which of them does?",
            "S",
        ),
        Mistake(
            "derivative of log S",
            "That is the derivative of log S. Here S itself is asked for, without a logarithm.",
            "exp(z[j])/S",
        ),
        Mistake("exponential lost", "The derivative of e^u by u is e^u, not 1.", "1"),
        Mistake(
            "power rule", "e^{z_j} is no power of z_j: its derivative is itself.", "z[j]*exp(z[j])"
        ),
        Mistake(
            "denominator held still",
            "The numerator does not depend on z[j]; that is the 0 before S. The denominator does.",
            "0",
        ),
        Mistake(
            "sign taken twice",
            "The minus of the quotient rule stands in the line already.",
            "-exp(z[j])",
        ),
    ),
)

_THREE = np.array([1.0, -0.5, 2.0])
_FIVE = np.array([0.3, 0.0, -1.2, 2.5, 0.7])
_LARGE = np.array([1000.0, 998.0, 1001.0])
_LEADER = np.array([0.0, 2000.0, -5.0])
_OVERFLOW = (
    "For logits around 1000 your result is not right. Has the softmax inside its shift, and which "
    "one leaves the probabilities as they are?"
)
_SPREAD = (
    "When one logit leads by 2000 your result is not right. The others' probabilities round to 0 "
    "there: shift by the largest logit, and divide by no probability."
)


def _p(trial):
    return softmax(trial.args[0])


def _one_hot(size, label):
    return np.eye(size)[label]


def _squared(trial):
    p = _p(trial)
    return (np.diag(p) - np.outer(p, p)) @ (p - _one_hot(p.size, trial.args[1]))


_GRADIENT = Function(
    name="multiclass-gradient",
    lesson="04",
    skill="can write ŷ − y for a label so that every component keeps its digits",
    minutes=12,
    difficulty=3,
    stub="def gradient(z, label):\n    return ...",
    hints=(
        "Start with softmax minus one-hot and see what `check` says.",
        "ŷ_i − 1 cancels when ŷ_i rounds to 1. What do the components sum to?",
        "So the label's component is minus the sum of all the others: nothing is subtracted from "
        "1.",
    ),
    insight="The label's component is −(sum of the others): exact, however sure the model is.",
    cases=(
        Case((_THREE, 0)),
        Case((_THREE, 2)),
        Case((_FIVE, 1)),
        Case((np.array([-1.0, -3.0]), 1)),
        of_whole_numbers(np.array([1, 3, 0]), 1),
        Case((_LARGE, 1), at="large logits", thought=_OVERFLOW),
        Case((_LEADER, 1), at="wide spread", thought=_SPREAD),
        Case((_LEADER, 2), at="wide spread", thought=_SPREAD),
        *(
            Case(
                args,
                at="every digit",
                atol=0.0,
                rtol=1e-9,
                thought=(
                    "Where the label is far ahead some of your components have lost their digits."
                ),
            )
            for args in (
                (np.array([1.0, 41.0, 0.5, 0.0]), 1),
                (np.array([90.0, 0.0, -2.0]), 0),
            )
        ),
    ),
    properties=(
        Mistake(
            "does not sum to 0",
            "Your components do not sum to 0. Both ŷ and y sum to 1: what must their difference "
            "do?",
            violates(lambda t: bool(abs(t.value.sum()) < 1e-6)),
        ),
    ),
    mistakes=(
        Mistake(
            "wrong sign",
            "You have y − ŷ, the direction downhill. The gradient points uphill.",
            returns(lambda t: -t.expected),
        ),
        Mistake(
            "off-by-one label",
            "You subtracted the 1 one place too early: classes count from 0.",
            returns(lambda t: _p(t) - _one_hot(t.args[0].size, t.args[1] - 1)),
        ),
        Mistake(
            "target forgotten",
            "That is ŷ: right for every j ≠ i. What is different at j = i?",
            returns(_p),
        ),
        Mistake(
            "label's component only",
            "You have the case j = i alone. The other logits stand in the denominator: the case "
            "j ≠ i is not 0.",
            returns(lambda t: (_p(t) - 1) * _one_hot(t.args[0].size, t.args[1])),
        ),
        Mistake(
            "subtracted everywhere",
            "You subtracted 1 from every component. The target is 1 at the label only.",
            returns(lambda t: _p(t) - 1),
        ),
        Mistake(
            "chain rule stopped early",
            "That is −y/ŷ, the derivative by the probabilities. How does ŷ move when z moves?",
            returns(lambda t: -_one_hot(t.args[0].size, t.args[1]) / _p(t)),
        ),
        Mistake(
            "label for one-hot",
            "You subtracted the label itself. It says where the target's 1 stands; it is not a "
            "probability.",
            returns(lambda t: _p(t) - t.args[1]),
        ),
        Mistake(
            "logit for probability",
            "You subtracted the target from the logits. What turns logits into probabilities?",
            returns(lambda t: t.args[0] - _one_hot(t.args[0].size, t.args[1])),
        ),
        Mistake(
            "averaged over the classes",
            "You divided by K. A mean is taken over examples; this is one example.",
            returns(lambda t: t.expected / t.args[0].size),
        ),
        Mistake(
            "squared error",
            "That is the gradient of squared error: ŷ − y has gone through the softmax's Jacobian. "
            "With cross-entropy the logarithm's derivative cancels it.",
            either(*(returns(lambda t, c=c: c * _squared(t)) for c in (1, 2))),
        ),
        Mistake("missing shift", _OVERFLOW, fails_only_at("large logits", blows_up)),
        Mistake(
            "cancellation",
            "Right in mathematics. But where the label is ahead by 40, ŷ_i has rounded to 1 and "
            "ŷ_i − 1 is 0: every digit has cancelled. You know what all the components sum to; "
            "how else can this one be had?",
            fails_only_at("every digit", lambda t: t.value[t.args[1]] == 0),
        ),
    ),
    ours=("cross_entropy_gradient", "mean_cross_entropy_with_gradient"),
)

_OVERWRITTEN = Function(
    name="overwritten-probabilities",
    lesson="04",
    skill="knows when an assignment copies an array and when it does not",
    minutes=5,
    difficulty=2,
    given=True,
    stub=(
        "def probabilities_and_gradient(z, label):\n"
        "    p = np.exp(z - z.max())\n"
        "    p /= p.sum()\n"
        "    gradient = p\n"
        "    gradient[label] -= 1\n"
        "    return p, gradient"
    ),
    hints=(
        "How many arrays are there at the end? Ask `p is gradient`.",
        "`gradient = p` makes a second name, not a second array.",
    ),
    insight="A name is not an array: `=` binds, `.copy()` and arithmetic make new ones.",
    cases=(
        Case((_THREE, 0)),
        Case((_FIVE, 3)),
        Case((np.array([-1.0, 2.0]), 1)),
        of_whole_numbers(np.array([1, 3, 0]), 1),
    ),
    mistakes=(
        Mistake(
            "still one array",
            "Both names still mean the same array (a slice `p[:]` is a view of it, and a copy made "
            "after the subtraction comes too late).",
            returns(lambda t: (t.expected[1], t.expected[1])),
        ),
        Mistake(
            "the other one changed",
            "Now there are two arrays, and the 1 is taken from the one that is returned as p.",
            either(
                returns(lambda t: (t.expected[1], t.expected[0])),
            ),
        ),
        Mistake(
            "subtracted everywhere",
            "Two arrays now, but 1 is taken from every entry. The target is 1 at the label only.",
            returns(lambda t: (t.expected[0], t.expected[0] - 1)),
        ),
        Mistake(
            "wrong sign",
            "Two arrays now, but the gradient is turned: it is prediction minus target.",
            returns(lambda t: (t.expected[0], -t.expected[1])),
        ),
        Mistake(
            "never subtracted",
            "The probabilities are whole again, but now nothing is subtracted from the gradient.",
            returns(lambda t: (t.expected[0], t.expected[0])),
        ),
    ),
)

EXERCISES = (_GAP_VECTOR, _CASE_DIFFERENT, _GRADIENT, _OVERWRITTEN)
