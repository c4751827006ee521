"""What is wrong with what a function did, said before any named mistake is looked for."""

import numpy as np

from lessons.practice.guard import DIED, isolated
from lessons.practice.mistakes import blows_up
from lessons.practice.observe import Failure, Other, is_blank
from lessons.practice.words import describe_call, describe_failure, describe_shape, describe_value


def why_stopped(state):
    """Say why the code was ended, from the guard's word for it."""
    if state == DIED:
        return (
            "Python itself ended in the middle of your function: the memory was full, or it "
            "called itself without end. Nothing of yours is lost; look for the line that makes "
            "something bigger each time."
        )
    safe = "Nothing is lost and the notebook goes on."
    if not isolated():
        safe = (
            "On this system code can only be stopped between two lines of Python; a single "
            "endless call needs Kernel → Restart."
        )
    return (
        "Your function was still running after some seconds, so it was stopped. "
        f"{safe} Which loop has a condition that never becomes false?"
    )


def has_blank(value):
    """Whether a value holds the stub's `...`, or failed because of it."""
    if isinstance(value, tuple):
        return any(has_blank(part) for part in value)
    return is_blank(value) or (isinstance(value, Failure) and "ellipsis" in value.text)


def form_problem(trial):
    """Say what is wrong before any digit is looked at: an error, None, a shape, a changed input."""
    value, call = trial.value, describe_call(trial)
    if isinstance(value, Failure):
        return describe_failure(value, call), ""
    if isinstance(value, Other) and value.what == "None":
        return (
            "Your function computes something but hands nothing back: it lacks `return`.",
            "no return",
        )
    shape, wanted = describe_shape(value), describe_shape(trial.expected)
    if shape != wanted:
        return f"For {call} your function returns {shape}; it should be {wanted}.", ""
    if trial.changed:
        return (
            "Your function changes the array that it is given: whoever calls it loses their "
            "numbers. `b = a` gives a second name to the same array, and `a -= …` or `a[i] = …` "
            "write into it.",
            "writes into its input",
        )
    return _dtype_problem(trial)


def _dtype_problem(trial):
    dtypes = {a.dtype for a in trial.args if isinstance(a, np.ndarray) and a.dtype.kind == "f"}
    if dtypes == {np.dtype("float32")} and getattr(trial.value, "dtype", None) == np.float64:
        return (
            "float32 went in and float64 came out: somewhere an array of float64 joins in "
            "(`np.zeros(n)` makes one), and a large model would silently need twice the memory.",
            "float32 lost",
        )
    return None


def value_problem(trial):
    """Say what is wrong with a value: the case's own words, or the value itself."""
    if trial.case.thought:
        return trial.case.thought, trial.case.at
    what = "is not finite" if blows_up(trial) else "is not right"
    return (
        f"For {describe_call(trial)} your function returns {describe_value(trial.value)}, which "
        f"{what}.",
        "",
    )
