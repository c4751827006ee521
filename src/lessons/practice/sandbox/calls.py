"""Calls of a student's function in the sandbox: what each did, as plain data to be judged."""

import builtins
import contextlib
import copy
import io
import re
import sys
import threading
import traceback
import warnings
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from lessons.practice.sandbox.borrowing import noting_borrowed
from lessons.practice.sandbox.fallback import FAILED, OutOfTimeError
from lessons.practice.sandbox.process import CheckFailedError, guarded

PRINTED = 300
LINE = 90
LARGEST = 100_000
DEPTH = 3  # of tuples within tuples
PARTS = 10  # a longer tuple is a vector, not several results


@dataclass(frozen=True)
class Other:
    """Stands for a returned value that is neither numbers nor a tuple of numbers."""

    what: str


@dataclass(frozen=True)
class Failure:
    """An exception: its class's name, its text, and the student's line that raised it, if known."""

    error: str
    text: str
    line: str


@dataclass(frozen=True)
class Outcome:
    """One call.

    Attributes
    ----------
    value : ndarray, tuple, Other or Failure
        What came back, as it was then.
    changed : tuple of int
        The arguments that it changed.
    overwritten : bool
        Whether a later call wrote into what this one had returned.
    listed : bool
        Whether it came as a list of Python's own numbers.
    overflowed : bool
        Whether a number left the range of floating point on the way.
    """

    value: object
    changed: tuple[int, ...] = ()
    overwritten: bool = False
    listed: bool = False
    overflowed: bool = False


@dataclass(frozen=True)
class Observation:
    """All calls: "done", "too slow", "idle" or "died", and of those done what they did.

    Attributes
    ----------
    state : str
    outcomes : tuple of Outcome
    printed : str
        The first words printed.
    borrowed : tuple of str
        Functions of this package that did the work asked for, called by the student's code.
    """

    state: str
    outcomes: tuple[Outcome, ...] = ()
    printed: str = ""
    borrowed: tuple[str, ...] = ()


def observe(function, calls, is_ours=lambda *_: False):
    """Call `function(*args)` for each args in `calls`, in the sandbox, and say what happened.

    Parameters
    ----------
    function : callable
    calls : list of tuple
    is_ours : callable
        `is_ours(place, module, name, returned)` says of a function of this package that the
        student's code has called, in the call at this place, whether it is the work asked for.
        `function` itself must be none of this package's, whatever it returns.

    Raises
    ------
    CheckFailedError
        What went wrong is not the function but this module.
    """
    state, value = guarded(lambda: _run(function, calls, is_ours))
    if state == FAILED:
        raise CheckFailedError(": ".join(value))
    return Observation(state, *(value or ()))


class _FirstWords(io.TextIOBase):
    """Keeps the first PRINTED characters: a loop that prints cannot fill the memory."""

    def __init__(self):
        self.kept = ""

    def write(self, text):
        self.kept += text[: PRINTED - len(self.kept)]
        return len(text)


def _run(function, calls, is_ours):
    words, first, borrowed = _FirstWords(), "", set()
    asked, builtins.input = builtins.input, _no_input
    outcomes = []
    kept = []
    try:
        with warnings.catch_warnings(), redirect_stdout(words), redirect_stderr(words):
            warnings.simplefilter("ignore")
            for place, args in enumerate(calls):
                ours_here = partial(is_ours, place)
                profile = noting_borrowed(borrowed, args, _profiled.__code__, ours_here)
                hopeless = outcomes and _is_hopeless(outcomes[-1].value)
                outcomes.append(outcomes[-1] if hopeless else _call(function, args, profile))
                kept.append(copy.deepcopy(outcomes[-1].value))
                first = first or words.kept
    finally:
        builtins.input = asked
    as_they_were = (
        replace(made, value=then, overwritten=_is_overwritten(made.value, then))
        for made, then in zip(outcomes, kept, strict=True)
    )
    return tuple(as_they_were), first, tuple(borrowed)


def _is_overwritten(now, then):
    if isinstance(then, tuple):
        return any(map(_is_overwritten, now, then))
    return _differ(now, then)


def _is_hopeless(value):
    """Whether further calls would only take long to fail in the same way."""
    return isinstance(value, Failure) and value.error in ("MemoryError", "RecursionError")


def _no_input(*_):
    raise RuntimeError("input() cannot ask anybody while an answer is checked")


def _call(function, args, profile):
    given, signals = copy.deepcopy(args), set()
    try:
        # Noted, and nothing more: also where the student lets NumPy raise.
        with np.errstate(all="call", call=lambda kind, _: signals.add(kind)):
            made = _profiled(function, given, profile)
            value = as_plain_data(made)
    except OutOfTimeError:
        raise
    except BaseException as error:
        return Outcome(_failure(error, function), overflowed=isinstance(error, OverflowError))
    changed = tuple(
        k for k, (now, then) in enumerate(zip(given, args, strict=True)) if _differ(now, then)
    )
    overflowed = "overflow" in signals
    return Outcome(value, changed, listed=isinstance(made, list), overflowed=overflowed)


def _profiled(function, args, profile):
    before, in_threads = sys.getprofile(), threading.getprofile()
    threading.setprofile(profile)
    sys.setprofile(profile)
    try:
        return function(*args)
    finally:
        sys.setprofile(before)
        threading.setprofile(in_threads)


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


def as_plain_data(value, depth=0):
    """Turn whatever came back into a numeric array, a tuple of such, or an `Other`."""
    if isinstance(value, tuple) and len(value) <= PARTS and depth < DEPTH:
        return tuple(as_plain_data(part, depth + 1) for part in value)
    if value is None or value is ...:
        return Other("None" if value is None else "...")
    if callable(value):
        return Other("a function")
    if strange := _strange_array(value):
        return Other(strange)
    try:
        return _numbers(value)
    except Exception:  # rows of different lengths, or no numbers at all
        several = isinstance(value, list) and len(value) <= PARTS and depth < DEPTH
        return (
            as_plain_data(tuple(value), depth) if several else Other(article(type(value).__name__))
        )


def _numbers(value):
    array = np.asarray(float(value) if _is_one_number(value) else value)
    if array.dtype == object and _has_blank(array):
        return Other("...")
    if array.dtype == object and array.size and all(hasattr(p, "__float__") for p in array.flat):
        array = array.astype(float)  # Fractions, or numbers of SymPy
    if array.dtype.kind not in "biuf":
        return Other(_what(value, array))
    if array.size > LARGEST:
        return Other(f"an array of shape {array.shape}")
    return array


def _strange_array(value):
    """Name an array that others cannot compute with as with numbers, "" if it is none.

    A list of Fractions is taken as the numbers that it holds: nobody asks for an array by hand.
    """
    if isinstance(value, np.ma.MaskedArray):
        return "a masked array (`.filled(…)` or `np.asarray` makes a plain one)"
    if isinstance(value, np.ndarray) and value.dtype == object and not _has_blank(value):
        return "an array of Python objects (`astype(float)` makes numbers of them)"
    return ""


def _has_blank(array):
    return any(part is ... for part in array.flat)


def _is_one_number(value):
    """Whether this is a number of some class of its own, such as a Fraction."""
    return hasattr(value, "__float__") and not hasattr(value, "dtype")


def _what(value, array):
    """Name what is no array of real numbers."""
    if isinstance(value, np.ndarray):
        return {"c": "an array of complex numbers", "U": "an array of text"}.get(
            array.dtype.kind, "an array of things that are no numbers"
        )
    name = article(type(value).__name__)
    return f"{name} (`list(…)` makes a list of it)" if hasattr(value, "__next__") else name


def article(name):
    """Return the name with "a" or "an" before it."""
    return f"{'an' if name[:1].lower() in ('a', 'e', 'i', 'o', 'u') else 'a'} {name}"


def fitted(value, expected):
    """Take a list of results for a tuple of them, and a tuple of numbers for an array."""
    if isinstance(expected, tuple) and isinstance(value, np.ndarray):
        return tuple(map(np.asarray, value)) if value.shape[:1] == (len(expected),) else value
    if isinstance(expected, tuple) and isinstance(value, tuple) and len(value) == len(expected):
        return tuple(fitted(part, wanted) for part, wanted in zip(value, expected, strict=True))
    if isinstance(expected, np.ndarray) and expected.ndim and isinstance(value, tuple):
        parts = [part.shape for part in value if isinstance(part, np.ndarray)]
        alike = len(parts) == len(value) and set(parts) <= {(), expected.shape[1:]}
        return np.array(value) if alike and len(set(parts)) == 1 else value
    return value


def is_blank(value):
    """Whether a value is the stub's `...`, still to be filled."""
    return value is ... or (isinstance(value, Other) and value.what == "...")
