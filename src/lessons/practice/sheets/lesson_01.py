"""Lesson 01: from logits to probabilities."""

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
from lessons.practice.kinds.blank import Blank
from lessons.practice.kinds.function import Function
from lessons.practice.kinds.prediction import Number

_SHIFTED_LOGITS = Number(
    name="shifted-logits",
    lesson="01",
    skill="knows that softmax feels differences of logits only",
    minutes=3,
    difficulty=1,
    stub="probabilities = (..., ..., ...)",
    within=6e-3,
    hints=(
        "Write e^{100 + a} as e^{100}·e^a in the numerator and in every term below.",
        "Which factor do numerator and denominator have in common?",
    ),
    insight="A shift that all logits share cancels; only their differences count.",
    mistakes=(
        Mistake(
            "relative differences",
            "You compared 100 with 100.7 and found them nearly alike. Exponentials do not feel "
            "ratios of logits: what do they make of a difference?",
            (1 / 3, 1 / 3, 1 / 3),
        ),
        Mistake(
            "large means certain",
            "The largest logit takes all only if it leads by much. By how much does it lead here?",
            (0, 0, 1),
        ),
        Mistake(
            "not normalised",
            "Those are the exponentials without e^{100}, in the right ratios. Probabilities sum "
            "to 1.",
            (1, 2, 5),
        ),
        Mistake(
            "each on its own",
            "Softmax does not judge each logit on its own; its values share out a single 1.",
            (1, 1, 1),
        ),
        Mistake(
            "percent", "Those are percents. Probabilities sum to 1, not to 100.", (12.5, 25, 62.5)
        ),
    ),
    otherwise="Look for a factor that the numerator shares with every term of the denominator.",
)

_TRIPLE = np.array([1.0, -0.5, 2.0])
_FIVE = np.array([0.3, 0.0, -1.2, 2.5, 0.7])
_ORDINARY = (Case((_TRIPLE,)), Case((_FIVE,)), Case((np.zeros(4),)))

_POSITIVE = Mistake(
    "not positive",
    "One of your values is not positive, and every probability is: what is each value a share of?",
    violates(lambda t: bool((t.value > 0).all())),
)
_SUMS_TO_ONE = Mistake(
    "not normalised",
    "Your values do not sum to 1, so they are no probabilities yet.",
    violates(lambda t: bool(np.isclose(t.value.sum(), 1))),
)

_SOFTMAX = Function(
    name="softmax",
    lesson="01",
    skill="can turn K logits into probabilities",
    minutes=5,
    difficulty=1,
    stub="def my_softmax(z):\n    e = ...\n    return e / ...",
    hints=(
        "`np.exp` takes a whole vector at once.",
        "The second blank is one number, made of all entries of e.",
    ),
    insight="All positive, sum 1: exponentials share out one whole.",
    cases=(*_ORDINARY, of_whole_numbers(np.array([1, 2, 0]))),
    properties=(_POSITIVE, _SUMS_TO_ONE),
    mistakes=(
        Mistake(
            "logarithms",
            "These are the logarithms of the probabilities. Softmax gives the probabilities: which "
            "step is one too many?",
            returns(lambda t: np.log(t.expected)),
        ),
        Mistake(
            "never divided",
            "These are the exponentials: in the right ratios, but each could be any size. What "
            "makes them shares of one whole?",
            returns(lambda t: np.exp(t.args[0])),
        ),
        Mistake(
            "no exponential",
            "You divided the logits themselves by their sum. That sum may be zero or negative; the "
            "exponential comes first.",
            returns(lambda t: t.args[0] / t.args[0].sum()),
        ),
        Mistake(
            "divided by the largest",
            "You divided by the largest exponential, so the largest value is always 1. Divide by "
            "what all of them make together.",
            returns(lambda t: t.expected / t.expected.max()),
        ),
        Mistake(
            "divided by the mean",
            "You divided by the mean, so your values sum to K. By what must they be divided to sum "
            "to 1?",
            returns(lambda t: t.expected * t.expected.size),
        ),
        Mistake(
            "sigmoid of each",
            "That is the sigmoid of each logit on its own: K separate yes-or-no questions. Softmax "
            "answers one question with K answers, which compete.",
            returns(lambda t: sigmoid(t.args[0])),
        ),
        Mistake(
            "sign of the exponent",
            "Your largest probability belongs to the smallest logit: the minus sign in e^{−z} is "
            "the sigmoid's. What should a larger logit do to its own probability?",
            returns(lambda t: softmax(-t.args[0])),
        ),
        Mistake(
            "only the last added",
            "You divided by the last exponential: does each round of a loop set the sum anew, "
            "`s = …` or `s =+ …`, where it should add, `s += …`?",
            returns(lambda t: np.exp(t.args[0] - t.args[0][-1])),
        ),
        Mistake(
            "winner takes all",
            "You gave all to the largest logit and nothing to the others. Softmax is soft: every "
            "class keeps a share, the smaller the further it is behind.",
            returns(
                lambda t: (t.args[0] == t.args[0].max()) / (t.args[0] == t.args[0].max()).sum()
            ),
        ),
    ),
    ours=("softmax", "log_softmax"),
)

_LARGE = (
    "For logits around 1000 your softmax is not right, although their differences are the same "
    "as for small ones: e^{1000} is larger than every float, and e^{−1000} is 0. "
    "Softmax does not feel a common shift: which shift makes every exponent harmless?"
)
_CAREFUL = (
    *_ORDINARY,
    Case((np.array([-3.0, -7.5]),)),
    Case((np.array([400.0, 398.5, 399.0]),), at="beyond 355", thought=_LARGE),
    Case((np.array([1000.0, 1001.0, 998.0]),), at="large logits", thought=_LARGE),
    Case(
        (np.array([-1000.0, -1001.0, -1002.5, -999.0]),),
        at="very negative",
        thought=(
            "For logits around −1000 your softmax is not right: e^{−1000} is smaller than every "
            "float, and 0/0 is not a number. Which shift brings the largest logit to 0 there too?"
        ),
    ),
    Case(
        (np.array([0.0, 2000.0, -5.0]),),
        at="wide spread",
        thought=(
            "When one logit leads by 2000 your softmax is not right: is an exponent still large?"
        ),
    ),
    Case(
        (np.array([5.0, -2000.0, 0.0]),),
        at="one far behind",
        thought=(
            "When one logit is behind by 2000 your softmax is not right: which logit did you shift "
            "by, the largest or the one of the largest size?"
        ),
    ),
    of_whole_numbers(np.array([3, 1, 2])),
)
_SHIFT_MISTAKES = (
    Mistake(
        "shift with the wrong sign",
        "Is the largest logit added where it should be taken away? Softmax feels no common shift, "
        "so small logits hide it; but exponents double, and from 355 on e^{2z} overflows.",
        lambda trials: all(
            fails_only_at(at, blows_up)(trials)
            for at in ("beyond 355", "large logits", "wide spread")
        ),
    ),
    Mistake(
        "missing shift",
        _LARGE,
        fails_only_at("large logits", blows_up, right_at=("beyond 355",)),
    ),
    Mistake(
        "shift in one place",
        "You shifted above or below the fraction line but not on both sides, so nothing cancels "
        "and the values do not sum to 1.",
        lambda trials: any(
            returns(lambda t, s=sign: t.expected * np.exp(s * t.args[0].max()))(trials)
            for sign in (1, -1)
        ),
    ),
    Mistake(
        "size for value",
        "For logits around −1000 all your e^{…} are 0, and you divide 0 by 0. Which number has to "
        "be subtracted there too, the largest value or the largest size |z|?",
        fails_only_at("very negative", blows_up, right_at=("large logits", "wide spread")),
    ),
    Mistake(
        "shift by another number",
        "Somewhere the exponents are still huge, or all so low that every e^{…} is 0: is there a "
        "shift at all, and by which number (the smallest? the mean? a fixed one?)? After the right "
        "shift the largest exponent is 0.",
        either(
            fails_only_at("wide spread", blows_up),
            fails_only_at("one far behind", blows_up),
            fails_only_at("large logits", blows_up),
            fails_only_at("very negative", blows_up),
        ),
    ),
)

_STABLE_SOFTMAX = Function(
    name="stable-softmax",
    lesson="01",
    skill="can write a softmax that never overflows",
    minutes=8,
    difficulty=2,
    stub="def stable_softmax(z):\n    return ...",
    hints=(
        "Softmax feels no common shift: z and z − c have the same probabilities, for every c.",
        "Which c makes the largest exponent 0, so that no e^{…} exceeds 1?",
    ),
    insight="After the shift every exponent is at most 0 and the sum below is at least 1.",
    cases=_CAREFUL,
    properties=(_POSITIVE, _SUMS_TO_ONE),
    mistakes=(
        Mistake(
            "nan replaced",
            "For logits around 1000 your values do not sum to 1: was something on the way infinite "
            "or nan, and made to look like a number? Which shift lets no exponent overflow?",
            fails_only_at("large logits", lambda t: not blows_up(t) and t.value.sum() < 0.5),
        ),
        *_SHIFT_MISTAKES,
        Mistake(
            "clipping",
            "For logits around 1000 your softmax is not right. Are large logits cut off? That "
            "avoids the overflow and loses what counts; a shift keeps their differences.",
            fails_only_at("large logits"),
        ),
    ),
    ours=("softmax", "log_softmax"),
)

_SHIFT_SIGN = Function(
    name="shift-sign",
    lesson="01",
    skill="can test a stable softmax where it matters",
    minutes=6,
    difficulty=2,
    given=True,
    stub=(
        "def shifted_softmax(z):\n"
        "    e = np.exp(z + np.max(z))  # shift, against overflow\n"
        "    return e / e.sum()"
    ),
    hints=(
        "What is the largest exponent that occurs for (400, 398.5, 399)?",
        "After a helpful shift the largest exponent is 0. Try it for (−1000, −1001) as well.",
    ),
    insight="Shift invariance hid the bug: the small tests could not have found it.",
    cases=_CAREFUL,
    properties=(_POSITIVE, _SUMS_TO_ONE),
    mistakes=_SHIFT_MISTAKES,
    ours=("softmax", "log_softmax"),
)

_TWO_CLASSES = Blank(
    name="two-class-sigmoid",
    lesson="01",
    skill="can show that a two-class softmax is a sigmoid",
    minutes=4,
    difficulty=2,
    stub="exponent = ...",
    hints=(
        "Divide numerator and denominator by e^{z₁}.",
        "What is e^{z₀}/e^{z₁} as one exponential?",
    ),
    insight=(
        "So component 1 of a two-class softmax is σ(z₁ − z₀): one logit is enough for two classes."
    ),
    setting="TWO_LOGITS",
    mistakes=(
        Mistake(
            "sign of the difference",
            "That would be the probability of class 0. If z₁ grows, must the exponent rise or "
            "fall?",
            "z1 - z0",
        ),
        Mistake("only one side divided", "You divided one term by e^{z₁} and not the other.", "z0"),
        Mistake("other logit forgotten", "Where has z₀ gone? Is it zero?", "-z1"),
        Mistake(
            "quotient of exponents",
            "A quotient of exponentials subtracts the exponents; it does not divide them.",
            "z0/z1",
        ),
        Mistake(
            "sum of exponents",
            "Exponents add when exponentials are multiplied. Here one is divided by the other.",
            "z0 + z1",
        ),
    ),
)

EXERCISES = (_SOFTMAX, _SHIFTED_LOGITS, _TWO_CLASSES, _STABLE_SOFTMAX, _SHIFT_SIGN)
