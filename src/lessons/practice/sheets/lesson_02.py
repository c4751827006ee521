"""Lesson 02: the loss, from likelihood to a form that keeps its digits."""

import numpy as np

from lessons.model import log_softmax, softmax
from lessons.practice.judging.mistakes import (
    Case,
    Mistake,
    blows_up,
    either,
    fails_only_at,
    of_whole_numbers,
    returns,
)
from lessons.practice.kinds.blank import Blank
from lessons.practice.kinds.choice import Choice
from lessons.practice.kinds.function import Function
from lessons.practice.kinds.prediction import Number

_LOSS_BY_HAND = Number(
    name="loss-by-hand",
    lesson="02",
    skill="can read a loss off the predicted probabilities",
    minutes=3,
    difficulty=1,
    stub="losses = (..., ...)",
    hints=(
        "The loss is −log of one of the three numbers. Which one does the label pick?",
        "Classes count from 0, so label 2 picks the last probability.",
    ),
    insight="The loss looks at the label's probability alone: ln 4 nats for a prediction of 1/4.",
    within=0.01,
    mistakes=(
        Mistake(
            "wrong sign",
            "A logarithm of a probability is negative. What does the loss put in front of it?",
            (-np.log(4), -np.log(1.6)),
        ),
        Mistake(
            "counted from 1",
            "You took the probability one place too early: classes count from 0.",
            (np.log(1.6), np.log(8)),
        ),
        Mistake(
            "wrong base",
            "Those are bits, with log₂. We count in nats, with the natural logarithm.",
            (2.0, np.log2(1.6)),
        ),
        Mistake(
            "wrong base",
            "That is log₁₀. We count in nats, with the natural logarithm.",
            (np.log10(4), np.log10(1.6)),
        ),
        Mistake(
            "error for loss",
            "That is 1 − ŷ, how far the probability is from 1. The loss comes from a likelihood: "
            "which function turns products of probabilities into sums?",
            (0.75, 0.375),
        ),
        Mistake(
            "probability for loss", "You picked the right probability: now its loss.", (0.25, 0.625)
        ),
        Mistake(
            "logarithm forgotten", "Those are 1/ŷ. Which function of it is the loss?", (4.0, 1.6)
        ),
    ),
    otherwise="Pick the label's probability, take its natural logarithm, and mind the sign.",
)

_LOSS_AS_LSE = Blank(
    name="loss-as-logsumexp",
    lesson="02",
    skill="can write the loss from the logits",
    minutes=4,
    difficulty=2,
    stub="missing = ...",
    hints=(
        "log(a/b) = log a − log b.",
        ("And log e^{z_i} is z_i. Which term is left, and its sign?"),
    ),
    insight="log Σ e^z − z_i: written so, with logits alone, computers should use it.",
    setting="LABEL",
    mistakes=(
        Mistake("logarithm lost", "S has come out of the logarithm without it.", "S"),
        Mistake(
            "sign of the denominator",
            "Dividing by S gives −log S inside; what does the minus in front make of it?",
            "-log(S)",
        ),
        Mistake(
            "only one term", "That is z_i again. Where has the denominator gone?", "log(exp(z[i]))"
        ),
        Mistake(
            "whole right-hand side",
            "That is the whole right-hand side. The − z_i stands after the blank already.",
            "log(S) - z[i]",
        ),
        Mistake("logarithm lost", "A logarithm turns division into subtraction: of what?", "1/S"),
        Mistake(
            "log of a sum",
            "log of a sum is not the sum of the logs: log(e^a + e^b) is not a + b.",
            "sum(z[t], t)",
        ),
    ),
)

_Z = np.array([1.0, -0.5, 2.0])
_ORDINARY = (
    Case((_Z, 0)),
    Case((_Z, 2)),
    Case((np.array([0.3, 0.0, -1.2, 2.5, 0.7]), 1)),
    Case((np.array([-1.0, -3.0]), 1)),
)
# Twelve logits, so that a shift by their mean (about 67) leaves e^733, which overflows.
_BEHIND = np.array([0.0, 800.0, -3.0, 2.0, *np.zeros(8)])
_OVERFLOW = (
    "For logits around 1000 your loss is not right: e^1000 is larger than every float, although "
    "the loss is an ordinary number there. Which number can be taken out of log Σ e^z?"
)
_BY_LABEL = (
    "When the label is behind by 730 your loss is not finite. Is z_i the shift, as in "
    "log Σ e^{z − z_i}? That is elegant, but the others' exponents are huge there. Which shift is "
    "safe for every label?"
)
_CAREFUL = (
    *_ORDINARY,
    Case((np.array([1000.0, 1001.0, 999.0]), 0), at="large logits", thought=_OVERFLOW),
    Case(
        (_BEHIND, 0),
        at="label far behind",
        thought=(
            "When the label is behind by 800 its probability rounds to 0, and your loss is not "
            "right there: it should be about 800."
        ),
    ),
    Case(
        (np.array([0.0, 730.0, -3.0]), 0),
        at="label behind by 730",
        thought=(
            "When the label is behind by 730 your loss is not right: it should be about 730. Is "
            "the largest logit the one that you shift by?"
        ),
    ),
    Case(
        (np.array([-1000.0, -1002.0]), 1),
        at="very negative",
        thought="For logits around −1000 your loss is not right: e^z has rounded to 0 there.",
    ),
    of_whole_numbers(np.array([1, 3, 0]), 2),
)


def _miss(trial):
    return 1 - softmax(trial.args[0])[trial.args[1]]


def _each_on_its_own(trial):
    p, label = softmax(trial.args[0]), trial.args[1]
    return -np.log(p[label]) - np.log(1 - np.delete(p, label)).sum()


_LOSS_FROM_LOGITS = Function(
    name="loss-from-logits",
    lesson="02",
    skill="can write the cross-entropy of a label from its logits",
    minutes=8,
    difficulty=2,
    stub="def loss(z, label):\n    return ...",
    hints=(
        "Start from −log(e^{z_i}/S) = log S − z_i: no probability appears.",
        "log Σ e^{z_t} = m + log Σ e^{z_t − m} for every m. Which m makes every exponent harmless?",
    ),
    insight="log(p) was never computed: where p rounds to 0 the loss is still right.",
    cases=_CAREFUL,
    mistakes=(
        Mistake(
            "wrong sign",
            "The size is right and the sign is not: the likelihood is to be large, a loss small.",
            returns(lambda t: -t.expected),
        ),
        Mistake(
            "shift not put back",
            "Inside you took the largest logit m away, but log Σ e^{z − m} is smaller by m: it has "
            "to be added again.",
            returns(lambda t: t.expected - t.args[0].max()),
        ),
        Mistake(
            "off-by-one label",
            "You took the logit one place too early: classes and places count from 0.",
            returns(lambda t: -log_softmax(t.args[0])[t.args[1] - 1]),
        ),
        Mistake(
            "averaged over the classes",
            "You divided by K. One example has one loss; a mean is taken over examples.",
            returns(lambda t: t.expected / t.args[0].size),
        ),
        Mistake(
            "summed over the classes",
            "You added −log ŷ of all classes. Only the class that happened has a price; the target "
            "is 0 for the others.",
            returns(lambda t: -log_softmax(t.args[0]).sum()),
        ),
        Mistake(
            "label as a number",
            "You multiplied by the label. It says which class; it is not a size. One-hot targets "
            "multiply, labels pick.",
            returns(lambda t: -(t.args[1] * log_softmax(t.args[0])).sum()),
        ),
        Mistake(
            "wrong base",
            "Your loss is in bits (log₂). The derivative is simplest with the natural logarithm.",
            returns(lambda t: t.expected / np.log(2)),
        ),
        Mistake(
            "logarithm forgotten",
            "That is ŷ_i, or 1 − ŷ_i: a probability. The loss of a likelihood is its negative "
            "logarithm.",
            either(returns(lambda t: softmax(t.args[0])[t.args[1]]), returns(_miss)),
        ),
        Mistake(
            "no label picked",
            "You have the loss that each class would cost if it were the label. There is one "
            "label: which of these numbers is its?",
            returns(lambda t: -log_softmax(t.args[0])),
        ),
        Mistake(
            "winner for label",
            "You priced the class that the model believes in, so the loss is small whatever "
            "happened. Which class does the loss ask about?",
            returns(lambda t: -log_softmax(t.args[0]).max()),
        ),
        Mistake(
            "label's term forgotten",
            "That is log Σ e^z, the same for every label. By which term does the label come in?",
            returns(lambda t: np.logaddexp.reduce(t.args[0])),
        ),
        Mistake(
            "other classes priced too",
            "You added −log(1 − ŷ_t) for the other classes, as if each were a yes-or-no question "
            "of its own. The classes share one probability: the label's says it all.",
            returns(_each_on_its_own),
        ),
        Mistake("missing shift", _OVERFLOW, fails_only_at("large logits", blows_up)),
        Mistake(
            "shift by the label's logit", _BY_LABEL, fails_only_at("label behind by 730", blows_up)
        ),
        Mistake(
            "log of zero",
            "When the label is behind by 800 its probability rounds to 0, and log 0 is −∞. The "
            "logits knew better: keep log Σ e^z − z_i and compute no probability.",
            fails_only_at("label far behind", blows_up),
        ),
        Mistake(
            "clipping",
            "When the label is behind by 800 your loss should be 800. Do you keep the probability "
            "away from 0 by force, so that the loss stops growing? From the logits it needs no "
            "such help.",
            fails_only_at("label far behind"),
        ),
    ),
    ours=("cross_entropy", "log_softmax"),
)

_BITS = Number(
    name="bits-and-guesses",
    lesson="02",
    skill="can undo a loss: into nats, and into a number of equal guesses",
    minutes=4,
    difficulty=2,
    stub="undone = (..., ...)",
    hints=(
        "One fair coin costs 1 bit, or log 2 nats.",
        "A fair guess among N costs log N nats. For which N is that your first answer?",
    ),
    insight="A loss prices a fair guess: among e to the nats, or 2 to the bits.",
    within=0.01,
    mistakes=(
        Mistake(
            "divided for multiplied",
            "One bit is less than one nat: a coin costs 0.69 nats. So two bits are fewer than 2.",
            (2 / np.log(2), 4.0),
        ),
        Mistake(
            "divided for multiplied",
            "One bit is less than one nat: a coin costs 0.69 nats. So two bits are fewer than 2.",
            (2 / np.log(2), np.exp(2 / np.log(2))),
        ),
        Mistake(
            "e to the bits",
            "The first is right. For the second, e undoes nats; you have raised it to the bits.",
            (2 * np.log(2), np.exp(2)),
        ),
        Mistake("bits for nats", "Those are the bits still. How many nats is one bit?", (2.0, 4.0)),
        Mistake(
            "logarithm taken twice",
            "The first is right. The second is to undo a logarithm, not to take another one.",
            (2 * np.log(2), np.log(2 * np.log(2))),
        ),
        Mistake(
            "all letters",
            "26 letters is what it guesses among if it knows nothing: that costs log 26, 3.26 "
            "nats. This model pays less.",
            (2 * np.log(2), 26.0),
        ),
    ),
    otherwise="First 2 bits in nats, with log 2 = 0.69 nats a bit; then undo the logarithm.",
)

_SHIFT_STATEMENT = Choice(
    name="shift-of-logsumexp",
    lesson="02",
    skill="can tell shift invariance of softmax from the shift rule of log-sum-exp",
    minutes=4,
    difficulty=3,
    stub="answer = ...",
    hints=(
        "Try K = 1: then g(z) = log e^{z} = z.",
        "Write e^{z_t + c} = e^c e^{z_t} and take e^c out of the sum. What does the log do to it?",
    ),
    insight="The loss g(z) − z_i is invariant because both of its terms move by c.",
    reason="The factor e^c leaves the sum, and the log makes it + c.",
    mistakes=(
        Mistake(
            "quotient and denominator",
            "Softmax is a quotient: numerator and denominator both change by e^c, and that is why "
            "the quotient does not. g has only the denominator.",
            "a",
        ),
        Mistake(
            "logarithm forgotten",
            "The sum takes the factor e^c, and g is the logarithm of the sum: a factor inside "
            "becomes what outside?",
            "c",
        ),
        Mistake(
            "rounding for mathematics",
            "Rounding is not the question here: try K = 1 and c = 1 by hand.",
            "d",
        ),
    ),
)

EXERCISES = (_LOSS_BY_HAND, _LOSS_AS_LSE, _SHIFT_STATEMENT, _LOSS_FROM_LOGITS, _BITS)
