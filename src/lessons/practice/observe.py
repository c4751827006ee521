"""What a student's function did on each case: plain data, for the exercise to judge."""

import builtins
import contextlib
import copy
import io
import re
import traceback
import warnings
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

import numpy as np

from lessons.practice.deadline import OutOfTimeError
from lessons.practice.guard import guarded
from lessons.practice.returned import plain

PRINTED = 300
LINE = 90


@dataclass(frozen=True)
class Failure:
    """An exception: its class's name, its text, and the student's line that raised it, if known."""

    error: str
    text: str
    line: str


@dataclass(frozen=True)
class Outcome:
    """One call: what came back (array, tuple, Other, Failure), and which arguments were changed."""

    value: object
    changed: tuple = ()


@dataclass(frozen=True)
class Observation:
    """All calls: "done", "too slow" or "died", their outcomes, and the first words printed."""

    state: str
    outcomes: tuple = ()
    printed: str = ""


def observe(function, calls):
    """Call `function(*args)` for each args in `calls`, guarded, and say what happened."""
    state, value = guarded(lambda: _run(function, calls))
    return Observation(state, *(value or ()))


class _FirstWords(io.TextIOBase):
    """Keeps the first PRINTED characters: a loop that prints cannot fill the memory."""

    def __init__(self):
        self.kept = ""

    def write(self, text):
        self.kept += text[: PRINTED - len(self.kept)]
        return len(text)


def _run(function, calls):
    words, first = _FirstWords(), ""
    asked, builtins.input = builtins.input, _no_input
    outcomes = []
    try:
        with warnings.catch_warnings(), redirect_stdout(words), redirect_stderr(words):
            warnings.simplefilter("ignore")
            for args in calls:
                hopeless = outcomes and _is_hopeless(outcomes[-1].value)
                outcomes.append(outcomes[-1] if hopeless else _call(function, args))
                first = first or words.kept
    finally:
        builtins.input = asked
    return tuple(outcomes), first


def _is_hopeless(value):
    """Whether further calls would only take long to fail in the same way."""
    return isinstance(value, Failure) and value.error in ("MemoryError", "RecursionError")


def _no_input(*_):
    raise RuntimeError("input() cannot ask anybody while an answer is checked")


def _call(function, args):
    given = copy.deepcopy(args)
    try:
        with np.errstate(all="ignore"):  # also where the student lets NumPy raise
            value = plain(function(*given))
    except OutOfTimeError:
        raise
    except BaseException as error:
        return Outcome(_failure(error, function))
    changed = tuple(
        k for k, (now, then) in enumerate(zip(given, args, strict=True)) if _differ(now, then)
    )
    return Outcome(value, changed)


def _differ(now, then):
    if not isinstance(then, np.ndarray):
        return False
    return (
        now.shape != then.shape
        or now.dtype != then.dtype
        or not np.array_equal(now, then, equal_nan=True)
    )


def _failure(error, function):
    with contextlib.suppress(Exception):
        text = re.sub(r" at 0x[0-9a-f]+", "", str(error))[:200].strip()
        return Failure(type(error).__name__[:LINE], text, _line(error, function))
    return Failure(type(error).__name__[:LINE], "", "")


def _line(error, function):
    code = getattr(function, "__code__", None)
    lines = [
        frame.line
        for frame in traceback.extract_tb(error.__traceback__, limit=-20)
        if code is not None and frame.filename == code.co_filename
    ]
    line = lines[-1] or "" if lines else ""
    return line if len(line) <= LINE else line[: LINE - 1] + "…"
