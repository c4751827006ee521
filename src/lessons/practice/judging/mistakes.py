"""Misconceptions: a mistake has a name, a thought behind it, and something that it is shown by.

A function's is recognised not by its code, of which there are many, but by what it returns.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from lessons.practice.sandbox.calls import Failure

SINGLE = 1e-6  # what float32, with its 7 digits, still computes right
NEAR = 5e-3
ORDINARY = (1e-13, 1e-14)
CAREFUL = (1e-7, 1e-12)


@dataclass(frozen=True)
class Case:
    """Arguments to try a function on.

    Attributes
    ----------
    args : tuple
        What the function is called with.
    at : str
        "" for an ordinary case; a label, such as "large logits", for one that needs care.
    thought : str
        What to say when this case alone is wrong (labelled cases).
    rtol, atol : float, optional
        How near is right: |value − expected| ≤ atol + rtol·|expected|, per component. By default
        nearer in ordinary cases, where two right forms differ by their last digits alone, than in
        labelled ones, where a shift of 1000 may have cost some.
    rule : callable, optional
        `rule(value)` decides instead, where many values are right (random numbers).
    """

    args: tuple[object, ...]
    at: str = ""
    thought: str = ""
    rtol: float | None = None
    atol: float | None = None
    rule: Callable[[np.ndarray], bool] | None = None


def of_whole_numbers(*args):
    """Return a case of integers, in which a result that keeps its input's dtype loses its digits.

    Arguments stand as one types them: `np.array([1, 2])`, without decimal points.
    """
    return Case(
        args,
        at="whole numbers",
        thought=(
            "Right for floats, wrong for whole numbers: an array made like the input "
            "(`np.zeros_like(z)`, `astype(z.dtype)`) keeps whole numbers only, and cuts the rest "
            "off. Which type must the result have?"
        ),
    )


@dataclass(frozen=True)
class Trial:
    """A case, what the student's function (called `name`) returned for it, and what is right."""

    case: Case
    value: object
    expected: object
    changed: tuple[int, ...] = ()
    overwritten: bool = False
    listed: bool = False
    overflowed: bool = False
    name: str = "f"

    @property
    def args(self):
        """The arguments of the case."""
        return self.case.args

    @property
    def right(self):
        """Whether the value is right, within the case's tolerance and that of its own dtype."""
        if self.case.rule is not None:
            return isinstance(self.value, np.ndarray) and bool(self.case.rule(self.value))
        return self._agrees(self.value, self.expected)

    def part_is_right(self, place):
        """Whether one of several results is right."""
        return self._agrees(self.value[place], self.expected[place])

    def _agrees(self, value, expected):
        rtol, atol = self.tolerances
        if atol and _is_single(value):
            rtol, atol = max(rtol, SINGLE), max(atol, SINGLE)
        return same(value, expected, rtol, atol)

    @property
    def tolerances(self):
        """The relative and the absolute distance that still count as right."""
        given = (self.case.rtol, self.case.atol)
        default = CAREFUL if self.case.at else ORDINARY
        return tuple(d if g is None else g for g, d in zip(given, default, strict=True))

    @property
    def is_single(self):
        """Whether float32 came out, though none went in."""
        given = [a for a in self.args if getattr(a, "dtype", None) == np.float32]
        return _is_single(self.value) and not given

    @property
    def nearly_single(self):
        """Whether the value is right to the digits that float32 has."""
        atol = 20 * SINGLE if self.tolerances[1] else float(np.finfo(np.float32).tiny)
        return same(self.value, self.expected, rtol=20 * SINGLE, atol=atol)

    @property
    def nearly(self):
        """Whether the value, though not right, agrees with what is right to some digits."""
        wanted = self.expected if isinstance(self.expected, tuple) else (self.expected,)
        size = max(float(np.max(np.abs(part), initial=0)) for part in wanted)
        return same(self.value, self.expected, rtol=0, atol=NEAR * size)


def _is_single(value):
    parts = value if isinstance(value, tuple) else (value,)
    return any(getattr(part, "dtype", None) == np.float32 for part in parts)


@dataclass(frozen=True)
class Mistake:
    """A misconception, or a slip, that an answer may show.

    Attributes
    ----------
    name : str
    thought : str
        What led there, as it is said to the student.
    shown_by : callable or object
        Of a function: `shown_by(trials)` recognises it. Of other answers: the wrong value that it
        leads to (a number or several, an expression as text, a letter, an array's name and shape).
    """

    name: str
    thought: str
    shown_by: Any = None


def first_shown(mistakes, shows):
    """Return the first mistake of which `shows(mistake.shown_by)` holds, or None."""
    return next((mistake for mistake in mistakes if shows(mistake.shown_by)), None)


def same(value, wanted, rtol=1e-6, atol=1e-9):
    """Whether two arrays, or tuples of arrays, agree in shape and in each component's value."""
    if isinstance(wanted, tuple):
        fits = isinstance(value, tuple) and len(value) == len(wanted)
        return fits and all(same(v, w, rtol, atol) for v, w in zip(value, wanted, strict=True))
    if not isinstance(value, np.ndarray) or value.shape != np.shape(wanted):
        return False
    return bool(np.allclose(value, wanted, rtol=rtol, atol=atol, equal_nan=True))


def returns(wrong):
    """Recognise a misconception by what it returns: `wrong(trial)` on every ordinary case."""

    def seen(trials):
        ordinary = [t for t in trials if not t.case.at]
        with np.errstate(all="ignore"):
            return not all(t.right for t in ordinary) and all(
                same(t.value, wrong(t)) for t in ordinary
            )

    return seen


def fails_only_at(label, test=None, right_at=()):
    """Recognise a mistake that shows only at the cases with this label, and there by `test`.

    The ordinary cases are right, and those with a label in `right_at` as well.
    """

    def seen(trials):
        if not all(t.right and not t.changed for t in trials if t.case.at in ("", *right_at)):
            return False
        return any(not t.right and _shows(t, test) for t in trials if t.case.at == label)

    return seen


def _shows(trial, test):
    if test in (None, blows_up, overflows):
        return test is None or test(trial)
    return isinstance(trial.value, (np.ndarray, tuple)) and bool(test(trial))


def overflows(trial):
    """Whether a trial blew up after a number had left the range of floating point."""
    return trial.overflowed and blows_up(trial)


def violates(holds):
    """Recognise a mistake by a property, `holds(trial)`, of every right value that one lacks."""
    return lambda trials: not all(holds(trial) for trial in trials)


def either(*ways):
    """Recognise a mistake by any of several signs."""
    return lambda trials: any(seen(trials) for seen in ways)


def raises(error, saying="", in_line=""):
    """Recognise a mistake by the exception in which the ordinary cases end.

    An exception alone has many causes: `saying` is a pattern for Python's words, `in_line` one for
    the line of code (of which nothing is known where the function has no source).
    """

    def seen(trials):
        failures = [t.value for t in trials if not t.case.at and isinstance(t.value, Failure)]
        return any(
            f.error == error and re.search(saying, f.text) and re.search(in_line, f.line)
            for f in failures
        )

    return seen


def blows_up(trial):
    """Whether a trial gave inf or nan, or the error that Python's own `math` raises instead."""
    if isinstance(trial.value, Failure):
        return trial.value.error in ("OverflowError", "ValueError", "ZeroDivisionError")
    parts = trial.value if isinstance(trial.value, tuple) else (trial.value,)
    return any(isinstance(p, np.ndarray) and not np.isfinite(p).all() for p in parts)
