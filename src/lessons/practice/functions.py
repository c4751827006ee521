"""Exercises whose answer is a function: written from a stub, or a program with a bug to mend."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lessons.practice import key
from lessons.practice.exercise import Exercise
from lessons.practice.guard import DIED, SECONDS, SLOW, isolated
from lessons.practice.mistakes import Trial, blows_up
from lessons.practice.observe import Failure, Other, is_blank, observe
from lessons.practice.source import is_our_own, is_still
from lessons.practice.words import describe_call, describe_failure, describe_shape, describe_value


@dataclass(frozen=True)
class Property:
    """Something that holds for every right value, said before any value is compared."""

    holds: Callable
    thought: str
    mistake: str = ""


@dataclass(frozen=True, kw_only=True, repr=False)
class Function(Exercise):
    """Write (or mend) a function.

    Attributes
    ----------
    cases : tuple of Case
        Ordinary ones first, then labelled ones that need care.
    properties : tuple of Property
        Tested on the ordinary cases, before any value.
    mistakes : tuple of Mistake
        The first that is seen is named.
    ours : tuple of str
        Names in the package that would be handing in our work.
    given : bool
        True for a bug hunt: the stub is a whole program with a bug.
    """

    cases: tuple
    properties: tuple = ()
    mistakes: tuple = ()
    ours: tuple = ()
    given: bool = False

    @property
    def kind(self):
        """The kind: "mend" for a bug hunt, otherwise "write"."""
        return "mend" if self.given else "write"

    def judge(self, answer):
        """Try the function on every case: properties first, named mistakes next, values last."""
        if answer is ... or is_still(answer, self.stub):
            return self.open(
                "This is the program as it was given: its bug is still in it." if self.given else ""
            )
        if not callable(answer):
            return self.wrong(
                "The answer is a function: hand over its name without brackets or arguments, as in "
                f'`check("{self.name}", f)`, so that it can be tried on many inputs.',
                "called too early",
            )
        if is_our_own(answer, self.ours):
            return self.wrong(
                "That is ours. Build it from `np.exp` and `np.log`, line by line.", "that is ours"
            )
        seen = observe(answer, [case.args for case in self.cases])
        note = f"It also printed: `{seen.printed.strip()}`" if seen.printed.strip() else ""
        if seen.state != "done":
            return self.stopped(_why_stopped(seen.state), note)
        return self._weigh(self._trials(seen.outcomes, getattr(answer, "__name__", "f")), note)

    def _trials(self, outcomes, name):
        rows = zip(self.cases, outcomes, key.answer(self), strict=True)
        return [
            Trial(case, made.value, expected, made.changed, name) for case, made, expected in rows
        ]

    def _weigh(self, trials, note):
        if any(_has_blank(t.value) for t in trials):
            return self.open(note)
        problem = self._first_problem(trials)
        if problem is None:
            return self.right(note)
        for mistake in self.mistakes:
            if mistake.seen(trials):
                return self.wrong(mistake.thought, mistake.name, note)
        return self.wrong(*problem, note)

    def _first_problem(self, trials):
        """Return (thought, mistake's name) of the first thing that does not hold, or None."""
        ordinary = [t for t in trials if not t.case.at]
        for trial in trials:
            problem = _form_problem(trial)
            if problem:
                return problem
        for rule in self.properties:
            if not all(rule.holds(t) for t in ordinary):
                return rule.thought, rule.mistake
        for trial in trials:
            if not trial.right:
                return _value_problem(trial)
        return None


def _why_stopped(state):
    if state == DIED:
        return (
            "Python itself ended in the middle of your function: the memory was full, or it "
            "called itself without end. Nothing of yours is lost; look for the line that makes "
            "something bigger each time."
        )
    safe = (
        "Nothing is lost and the notebook goes on."
        if isolated()
        else (
            "On this system code can only be stopped between two lines of Python; a single "
            "endless call needs Kernel → Restart."
        )
    )
    return (
        (
            f"Your function was still running after {SECONDS:.0f} seconds, so it was stopped. "
            f"{safe} Which loop has a condition that never becomes false?"
        )
        if state == SLOW
        else state
    )


def _has_blank(value):
    if isinstance(value, tuple):
        return any(_has_blank(part) for part in value)
    return is_blank(value) or (isinstance(value, Failure) and "ellipsis" in value.text)


def _form_problem(trial):
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


def _value_problem(trial):
    if trial.case.thought:
        return trial.case.thought, trial.case.at
    what = "is not finite" if blows_up(trial) else "is not right"
    return (
        f"For {describe_call(trial)} your function returns {describe_value(trial.value)}, which "
        f"{what}.",
        "",
    )
