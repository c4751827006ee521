"""Diagnosis of what a function did wrong, where no named mistake says it: form, value, pattern."""

import re

import numpy as np

from lessons.practice.judging.mistakes import blows_up, same
from lessons.practice.judging.wording import (
    describe_call,
    describe_failure,
    describe_shape,
    describe_value,
)
from lessons.practice.sandbox.calls import Failure, Other, is_blank
from lessons.practice.sandbox.process import DIED, IDLE, PATIENCE, SECONDS, isolated

ROUNDING = 1e-12
_OF_A_KIND = {
    "a function": "Are brackets missing? `e.sum` is the function, `e.sum()` is what it returns.",
    "a str": "Quotation marks make a text of what stands between them; numbers need none.",
    "a dict": "Curly brackets make a dictionary, square ones a list.",
    "a set": "Curly brackets make a set, which keeps no order; square ones make a list.",
}
# NumPy also lists the ellipsis among the indices that there are, which is no blank.
_OF_BLANK = re.compile("'ellipsis'|of type ellipsis")


def why_stopped(state):
    """Say why the sandbox ended the code: a timeout, or the end of Python."""
    if state == IDLE:
        return (
            f"Your function was not done after {PATIENCE * SECONDS:.3g} seconds and had hardly "
            "computed in them: it waits for something (`sleep`, a lock, a program that it has "
            "started), or other cells and programs leave it no processor. Let these finish, and "
            "check once more."
        )
    if state == DIED:
        return (
            "Python itself ended in the middle of your function: the memory was full, it called "
            "itself without end, or a line told Python to quit. Nothing of yours is lost; look for "
            "the line that makes something bigger each time."
        )
    safe = "Nothing is lost and the notebook goes on."
    if not isolated():
        safe = (
            "On this system code can only be stopped between two lines of Python; a single "
            "endless call needs Kernel → Restart."
        )
    return (
        "Your function was still running after some seconds, so it was stopped. "
        f"{safe} Which loop has a condition that never becomes false, or takes far more steps than "
        "are needed?"
    )


def has_blank(value):
    """Whether a value holds the stub's `...`, or failed because of it."""
    if isinstance(value, tuple):
        return any(has_blank(part) for part in value)
    return is_blank(value) or (isinstance(value, Failure) and bool(_OF_BLANK.search(value.text)))


def form_problem(trial):
    """Say what is wrong before any digit is looked at: an error, None, a shape, a changed input."""
    value, call = trial.value, describe_call(trial)
    if isinstance(value, Failure):
        return describe_failure(value, call), ""
    if isinstance(value, Other) and value.what == "None":
        return f"For {call} your function hands back `None`.", "no return"
    shape, wanted = describe_shape(value), describe_shape(trial.expected)
    if shape != wanted:
        why = _shape_thought(value, trial.expected)
        return f"For {call} your function returns {shape}; it should be {wanted}. {why}".strip(), ""
    if trial.changed:
        return (
            "Your function changes the array that it is given: whoever calls it loses their "
            "numbers. `b = a` gives a second name to the same array, and `a -= …` or `a[i] = …` "
            "write into it.",
            "writes into its input",
        )
    if trial.overwritten:
        return (
            "Your function returns the same array in every call, and the next call writes over "
            "what the last one returned. Make the array inside the function, new in each call.",
            "one array for all calls",
        )
    return _dtype_problem(trial)


def _shape_thought(value, wanted):
    """Say what usually leads from one shape to the other, "" if nothing in particular."""
    if isinstance(value, Other):
        return _OF_A_KIND.get(value.what, "")
    if not isinstance(wanted, np.ndarray):
        return "" if isinstance(value, tuple) else "A comma divides several results: `return a, b`."
    if isinstance(value, tuple):
        return (
            "A comma behind `return` makes a tuple of several results: which one of them is asked "
            "for?"
        )
    if tuple(size for size in value.shape if size != 1) == wanted.shape:
        return "There is an axis of length 1 too many: in code a vector has one axis."
    if value.shape == wanted.shape[::-1]:
        return "Rows and columns are exchanged."
    if value.ndim == wanted.ndim == 1 and value.size > wanted.size:
        return "Are lists joined there? `+` puts one list behind the other; it adds only arrays."
    if not value.shape:
        return "Has something been summed up that should stay apart, or one entry been picked?"
    return "" if wanted.shape else "Which of these numbers is asked for, or what should be summed?"


def _dtype_problem(trial):
    if not trial.case.thought and _is_cut_to_whole_numbers(trial.value, trial.expected):
        return (
            "Your function returns an array of integers, which drops whatever stands behind the "
            "decimal point. Does `dtype=int`, `astype(int)` or a `zeros_like` of integers make it "
            "one?",
            "whole numbers",
        )
    dtypes = {a.dtype for a in trial.args if isinstance(a, np.ndarray) and a.dtype.kind == "f"}
    doubled = getattr(trial.value, "dtype", None) == np.float64 and not trial.listed
    if dtypes == {np.dtype("float32")} and doubled:
        return (
            "float32 went in and float64 came out: somewhere an array of float64 joins in "
            "(`np.zeros(n)` makes one), and a large model would silently need twice the memory.",
            "float32 lost",
        )
    return None


def _is_cut_to_whole_numbers(value, expected):
    """Whether an array of integers stands where other numbers than whole ones are right."""
    arrays = isinstance(value, np.ndarray) and isinstance(expected, np.ndarray) and value.ndim > 0
    return arrays and value.dtype.kind in "iu" and bool((expected % 1 != 0).any())


def value_problem(trial):
    """Say what is wrong with a value: the case's own words, or the value itself."""
    if trial.right:
        return None
    if trial.case.thought:
        return trial.case.thought, trial.case.at
    what = "is not finite" if blows_up(trial) else "is not right"
    begin, value = _wrong_part(trial)
    begin, value = f"For {describe_call(trial)} {begin}", describe_value(value)
    if "\n" in value:
        return f"{begin} this, which {what}:", "", value
    return f"{begin} `{value}`, which {what}.", ""


def _wrong_part(trial):
    """Return the beginning of a sentence and the result it is about, of several the first wrong."""
    if not isinstance(trial.value, tuple):
        return "your function returns", trial.value
    right = [trial.part_is_right(k) for k in range(len(trial.value))]
    place = right.index(False)
    others = f"result {right.index(True) + 1} is right; " if any(right) else ""
    return f"{others}result {place + 1} is", trial.value[place]


def what_python_said(trials):
    """Repeat the exception in which an ordinary case ended, "" if there is none."""
    for trial in trials:
        if isinstance(trial.value, Failure) and not trial.case.at:
            where = f", in the line `{trial.value.line}`" if trial.value.line else ""
            return f"(Python said `{trial.value.error}: {trial.value.text}`{where}.)"
    return ""


def precision_problem(trials):
    """Say that float32 has seven digits, where nothing else is wrong; None if something is."""
    wrong = [trial for trial in trials if not trial.right]
    if not wrong or not all(trial.is_single and trial.nearly_single for trial in wrong):
        return None
    return (
        "Your function returns float32, which keeps about 7 digits, although float64 went in: the "
        "numbers are right as far as they go. Which line makes it float32?",
        "float32",
    )


def first(problem, trials):
    """Return the first thing that is wrong with any of the trials, or None."""
    return next(filter(None, map(problem, trials)), None)


def pattern_problem(trials):
    """Say what all values have in common: nearly right, or right but for a factor."""
    wrong = [trial for trial in trials if not trial.right]
    if not wrong or any(trial.case.rule for trial in trials):
        return None
    if not all(trial.nearly for trial in trials):
        return _factor_problem(trials)
    return (
        f"For {describe_call(wrong[0])} your numbers agree with the right ones to some digits, and "
        "then no more. What changes the later ones: a rounding, a type with few digits, a small "
        "number that is added for safety, or an approximation?",
        "only some digits",
    )


def _factor_problem(trials):
    factors = [_factor(trial.value, trial.expected) for trial in trials]
    if None in factors:
        return None
    alike = np.ptp(factors) <= 1e-6 * np.max(np.abs(factors))
    if not alike and all(
        isinstance(trial.expected, np.ndarray) and not trial.expected.shape for trial in trials
    ):
        return None  # one number is always some multiple of another
    times = f"{factors[0]:.4g}".replace("-", "−") + " times"
    if abs(factors[0] - 1) < 1e-6:
        return None  # the first is right, so no factor is what the values have in common
    where = "All" if alike else f"For {describe_call(trials[0])} all"
    return (
        f"{where} your values are {times} what they should be: which factor is one too many, or "
        "missing?",
        "a factor",
    )


def _factor(value, wanted):
    """Return c if value = c·wanted, None if there is no such number."""
    if isinstance(wanted, tuple):
        value, wanted = (np.concatenate([np.ravel(p) for p in parts]) for parts in (value, wanted))
    value, wanted = np.ravel(value).astype(float), np.ravel(wanted)
    if not wanted.any():
        return None
    largest = np.argmax(np.abs(wanted))
    factor = float(value[largest] / wanted[largest])
    if abs(factor) < ROUNDING:  # what is left of a sum that is 0 is a factor by accident
        return None
    return factor if same(value, factor * wanted) else None
