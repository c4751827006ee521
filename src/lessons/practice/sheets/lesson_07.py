"""Lesson 07: checking gradients."""

import numpy as np

from lessons.practice.judging.mistakes import (
    Case,
    Mistake,
    either,
    fails_only_at,
    of_whole_numbers,
    returns,
    violates,
)
from lessons.practice.kinds.choice import Choice
from lessons.practice.kinds.function import Function


def _cube(x):
    return x**3


_CENTRAL_DIFFERENCE = Function(
    name="central-difference",
    lesson="07",
    skill="can measure a slope",
    minutes=4,
    difficulty=1,
    stub="def slope(f, x, h):\n    rise = f(x + h) - ...\n    return rise / ...",
    hints=(
        "Rise over run: the rise is between x − h and x + h.",
        "How far apart are these two points?",
    ),
    insight="The error shrinks with h²: halving h quarters it, until rounding takes over.",
    cases=(
        Case((np.exp, 0.5, 0.1)),
        Case((np.sin, 1.0, 0.01)),
        Case((_cube, -2.0, 0.25)),
        Case((_cube, 1.5, 0.125)),
        Case((np.cos, 1.0, 0.1)),  # falls
        of_whole_numbers(_cube, 2, 0.25),
        of_whole_numbers(np.exp, 1, 2),
    ),
    mistakes=(
        Mistake(
            "forward difference",
            "Your run starts at x itself: that is the forward difference, whose error shrinks "
            "with h only. Which point lies as far to the left as x + h to the right?",
            returns(
                lambda t: (t.args[0](t.args[1] + t.args[2]) - t.args[0](t.args[1])) / t.args[2]
            ),
        ),
        Mistake(
            "backward difference",
            "Your run ends at x itself: that is the backward difference, whose error shrinks with "
            "h only. The central one has a point on each side.",
            returns(
                lambda t: (t.args[0](t.args[1]) - t.args[0](t.args[1] - t.args[2])) / t.args[2]
            ),
        ),
        Mistake(
            "from left to right",
            "`/ 2 * h` divides by 2 and then multiplies by h: Python goes from left to right. "
            "Which brackets make it one number, the run?",
            returns(lambda t: t.args[2] ** 2 * t.expected),
        ),
        Mistake(
            "divided by 2 only",
            "You divided by 2. The run is how far the two points are apart, and h is part of it.",
            returns(lambda t: t.args[2] * t.expected),
        ),
        Mistake(
            "half a step",
            "Your points lie h/2 to each side. Here they lie a whole h to each side.",
            returns(
                lambda t: (
                    (t.args[0](t.args[1] + t.args[2] / 2) - t.args[0](t.args[1] - t.args[2] / 2))
                    / t.args[2]
                )
            ),
        ),
        Mistake(
            "half the run",
            "Your slopes are twice too steep: the two points are not h apart.",
            returns(lambda t: 2 * t.expected),
        ),
        Mistake(
            "never divided",
            "That is the rise alone. A slope is rise over run.",
            returns(lambda t: 2 * t.args[2] * t.expected),
        ),
        Mistake(
            "forward rise over the double run",
            "The rise is from x to x + h, the run from x − h to x + h. Both must be between the "
            "same two points.",
            returns(
                lambda t: (
                    (t.args[0](t.args[1] + t.args[2]) - t.args[0](t.args[1])) / (2 * t.args[2])
                )
            ),
        ),
        Mistake(
            "wrong sign",
            ("Right minus left, not left minus right."),
            returns(lambda t: -t.expected),
        ),
        Mistake(
            "step outside the function",
            "You moved f(x) instead of x: h belongs inside the brackets.",
            returns(lambda t: np.array(1.0)),
        ),
    ),
    ours=("numerical_gradient",),
)


def _bowl(x):
    return float(np.sum(x**2 * np.arange(1, x.size + 1)))


def _log_sum_exp(x):
    return float(np.logaddexp.reduce(x))


def _product(x):
    return float(x[0] * x[1] + np.sin(x[-1]))


_POINT = np.array([0.5, -1.0, 2.0])


def _forward(trial):
    f, x, h = trial.args
    return np.array([(f(x + h * e) - f(x)) / h for e in np.eye(x.size)])


def _together(trial):
    f, x, h = trial.args
    return (f(x + h) - f(x - h)) / (2 * h)


def _never_back(trial):
    f, x, h = trial.args
    moved, found = x.astype(float), []
    for k in range(x.size):
        moved[k] += h
        above = f(moved)
        moved[k] -= 2 * h
        found.append((above - f(moved)) / (2 * h))
    return np.array(found)


_NUMERICAL_GRADIENT = Function(
    name="numerical-gradient",
    lesson="07",
    skill="can check any gradient, entry by entry",
    minutes=12,
    difficulty=3,
    stub="def gradient(f, x, h):\n    return ...",
    hints=(
        "One entry at a time: all others stay where they are.",
        "Work on a float copy: `moved = x.astype(float)`. After each entry, put it back.",
        "There are d results, one for each entry: collect them in an array like the copy.",
    ),
    insight="2d evaluations for d numbers: a check for small cases, and never a way to train.",
    cases=(
        Case((_bowl, _POINT, 0.125), rtol=1e-6, atol=1e-9),
        Case((_log_sum_exp, np.array([1.0, 0.0, -2.0, 0.5]), 0.25), rtol=1e-6, atol=1e-9),
        Case((_product, np.array([3.0, -0.5]), 0.25), rtol=1e-6, atol=1e-9),
        Case(
            (_log_sum_exp, np.array([1, -2, 3]), 0.125),  # whose slopes are no whole numbers
            rtol=1e-6,
            atol=1e-9,
            at="whole numbers",
            thought=(
                "Right for floats, wrong for whole numbers: in an array of whole numbers a step "
                "of h rounds to no step at all. Which copy can hold x + h?"
            ),
        ),
    ),
    mistakes=(
        Mistake(
            "all entries at once",
            "You moved every entry together: that is the slope along (1, 1, …, 1). A gradient has "
            "one slope for each entry, while the others stay.",
            either(
                returns(lambda t: np.array(_together(t))),
                returns(lambda t: np.full(t.args[1].size, _together(t))),
            ),
        ),
        Mistake(
            "step never taken back",
            "The first entry is right, the next are measured from a point that has moved: after "
            "each entry, put it back.",
            returns(_never_back),
        ),
        Mistake(
            "forward difference",
            "That is the forward difference. The central one needs a point on each side.",
            returns(_forward),
        ),
        Mistake(
            "from left to right",
            "`/ 2 * h` divides by 2 and then multiplies by h: Python goes from left to right. "
            "Which brackets make it one number, the run?",
            returns(lambda t: t.args[2] ** 2 * t.expected),
        ),
        Mistake(
            "never divided",
            "Those are the rises alone. A slope is rise over run.",
            returns(lambda t: 2 * t.args[2] * t.expected),
        ),
        Mistake(
            "half the run",
            "Every entry is twice too large: how far apart are x + h and x − h?",
            returns(lambda t: 2 * t.expected),
        ),
        Mistake(
            "one array twice",
            "Every slope is 0: do both points lie in one array? `dn = x` makes no second array, "
            "only a second name; `x.copy()` makes one.",
            returns(lambda t: np.zeros(t.args[1].size)),
        ),
        Mistake(
            "forward rise over the double run",
            "The rise is from x to x + h, and the run from x − h: is the second point taken back "
            "too far or too little, or is `dn = x` a second name for the array that moved?",
            returns(lambda t: _forward(t) / 2),
        ),
        Mistake(
            "returned too early",
            "The first entry is right and the others are still 0: does `return` stand inside the "
            "loop, which then ends at once? Move it out by one indentation.",
            returns(lambda t: t.expected * (np.arange(t.args[1].size) == 0)),
        ),
        Mistake(
            "summed up",
            "You added the slopes of all entries. A gradient keeps them apart: it has x's shape.",
            returns(lambda t: np.array(t.expected.sum())),
        ),
        Mistake("wrong sign", "f(x + h) comes first.", returns(lambda t: -t.expected)),
        Mistake(
            "whole numbers",
            "Right for floats. For whole numbers NumPy refuses to add a fraction in place, or "
            "rounds it away: which copy of x can hold x + h?",
            fails_only_at("whole numbers"),
        ),
    ),
    ours=("numerical_gradient", "complex_step_gradient", "check_gradient"),
)


def _draws(seed, n):
    def both_labels(value):
        binary = set(np.unique(value)) == {0, 1} and value.dtype.kind in "iuf"
        return value.shape == (n,) and binary and 0.2 < value.mean() < 0.8

    return Case((np.random.default_rng(seed), n), rule=both_labels)


_LABELS = Function(
    name="drawn-labels",
    lesson="07",
    skill="can see whether a test covers both cases",
    minutes=4,
    difficulty=1,
    given=True,
    stub="def draw_labels(rng, n):\n    return rng.integers(0, 1, size=n)",
    hints=(
        "Call it once and look at what comes out.",
        "NumPy's upper end is excluded, as in `range`.",
    ),
    insight=(
        "A test that never meets a case says nothing about it: look at the data of a test, too."
    ),
    cases=(_draws(1, 60), _draws(2, 60), _draws(3, 80), _draws(1, 60)),
    properties=(
        Mistake(
            "not labels",
            "A label is a class's number, 0 or 1: not a probability, and not a truth value.",
            violates(lambda t: _is_whole(t.value)),
        ),
        Mistake(
            "not drawn",
            "The same labels come each time, whatever `rng` is. Labels from a hat are drawn: let "
            "`rng` decide.",
            lambda trials: _are_the_same(trials[:2]) and len(np.unique(trials[0].value)) > 1,
        ),
        Mistake(
            "a pattern",
            "Your labels repeat a pattern, so that one draw decides them all. Let each of the n "
            "labels be a draw of its own.",
            lambda trials: all(_is_binary(t) and _repeats(t.value) for t in trials),
        ),
        Mistake(
            "another generator",
            "Two generators of one seed gave different labels: they were drawn from something "
            "other than `rng`, and a test that fails could not be run again.",
            lambda trials: (
                all(_is_binary(t) for t in trials) and not _are_the_same([trials[0], trials[-1]])
            ),
        ),
    ),
    mistakes=(
        Mistake(
            "only zeros",
            "Every label is still 0: the case y = 1 is never tested. Is the upper end drawn too?",
            returns(lambda t: np.zeros(t.args[1])),
        ),
        Mistake(
            "only ones",
            "Now every label is 1, and the other case is never tested.",
            returns(lambda t: np.ones(t.args[1])),
        ),
        Mistake(
            "a third class",
            "There is a label that is neither 0 nor 1. The upper end is excluded: which number "
            "should be given?",
            lambda trials: any(np.max(t.value) > 1 for t in trials if _is_array(t)),
        ),
        Mistake(
            "a negative label",
            "There is a label below 0. Classes count from 0: which number is the lowest?",
            lambda trials: any(np.min(t.value) < 0 for t in trials if _is_array(t)),
        ),
        Mistake(
            "one draw for all",
            "In each call all labels are alike: one label is drawn, and repeated. Let each of the "
            "n labels be a draw of its own.",
            lambda trials: all(_is_binary(t) and np.ptp(t.value) == 0 for t in trials),
        ),
        Mistake(
            "one label rare",
            "Both labels occur, but one of them hardly ever: its case is hardly tested. Both "
            "should be about as likely.",
            lambda trials: all(_is_binary(t) for t in trials) and not all(t.right for t in trials),
        ),
    ),
)


def _are_the_same(trials):
    """Whether all trials, each with a generator of its own, gave one and the same array."""
    return all(_is_array(t) and np.array_equal(t.value, trials[0].value) for t in trials)


def _repeats(labels):
    """Whether both labels come, and in each stretch as in the one before, or turned round."""
    moves = range(1, len(labels) // 2 + 1)
    changes = [np.unique(labels[move:] == labels[:-move]).size for move in moves]
    return np.ptp(labels) > 0 and 1 in changes


def _is_whole(value):
    return value.dtype.kind in "iuf" and bool(np.all(value == np.round(value)))


def _is_binary(trial):
    value = trial.value
    return _is_array(trial) and value.shape == (trial.args[1],) and _is_whole(value)


def _is_array(trial):
    return isinstance(trial.value, np.ndarray) and trial.value.size > 0


_ASSERTION = Choice(
    name="silent-assertion",
    lesson="07",
    skill="can tell a test that can fail from one that cannot",
    minutes=3,
    difficulty=2,
    stub="answer = ...",
    hints=(
        "What would happen if `gradient` returned zeros?",
        "Which word makes a Python test fail?",
    ),
    insight="Test the tester: plant a wrong gradient once, and see the test turn red.",
    reason="True or False, the value is thrown away. `assert np.allclose(…)` would ask for it.",
    mistakes=(
        Mistake(
            "green means right",
            "Put a wrong gradient in: would it turn red? A result that nobody looks at is no test.",
            "a",
        ),
        Mistake(
            "tolerance first",
            "Too strict a comparison would make it red now and then. It never is.",
            "c",
        ),
        Mistake(
            "comparison for assertion",
            "That line, too, computes something and throws it away.",
            "d",
        ),
    ),
)

_STEP = Choice(
    name="choose-step",
    lesson="07",
    skill="can choose the step of a central difference",
    minutes=4,
    difficulty=2,
    stub="answer = ...",
    hints=(
        "Two errors: the curve's own bending, about h², and rounding, about 1e-16/h.",
        "Where are h² and 1e-16/h about equal?",
    ),
    insight="h ≈ ∛(1e-16) ≈ 5e-6: two thirds of the digits remain, about 1e-11.",
    reason="h² = 1e-10 and 1e-16/h = 1e-11: both errors are small.",
    mistakes=(
        Mistake(
            "bending ignored",
            "The curve bends within so large a step: an error of about h² = 1e-2 remains.",
            "a",
        ),
        Mistake(
            "rounding ignored",
            "The bending is gone, but f(x + h) and f(x − h) share their first 10 digits: "
            "subtracting them leaves 6. What does 1e-16/h say?",
            "c",
        ),
        Mistake(
            "smaller is better",
            "The smaller the better? x + h is x again, after rounding: the rise is exactly 0.",
            "d",
        ),
    ),
)

EXERCISES = (_CENTRAL_DIFFERENCE, _STEP, _LABELS, _ASSERTION, _NUMERICAL_GRADIENT)
