"""Wording of values, shapes and exceptions, as a beginner can read them."""

import re

import numpy as np

from lessons.practice.sandbox.calls import Other

SHORT = 6

_MEANING = {
    "NameError": (
        "A name in it is unknown: is it spelled as above, and has the cell with the imports been "
        "run?"
    ),
    "RecursionError": "The function calls itself without end: which call was meant to be the last?",
    "MemoryError": (
        "It asked for more memory than there is: which array grows much faster than the input?"
    ),
    "OverflowError": "A number left the range of floating point: e^710 is larger than every float.",
    "IndexError": (
        "It looked past the end of an array: places are counted from 0, so the last of K is K − 1."
    ),
    "UnboundLocalError": "A name is used before the function has given it a value.",
    "AxisError": "There is no such axis: axis 0 is the first one, and a vector has no other.",
    "ZeroDivisionError": "It divided by zero: for this input a denominator vanishes.",
    "SystemExit": "It asked Python to quit; a function ends with `return`.",
    "KeyboardInterrupt": "It was interrupted.",
}
SHAPES = "shape|broadcast|mismatch|aligned"  # what NumPy says where two of them do not fit
_THEY_DO_NOT_FIT = "Two shapes do not fit together: write the shape beside each name in that line."
# The first that fits decides: patterns of an exception and of what Python says, and its meaning.
_MEANING_OF_WORDS = (
    (
        "TypeError",
        "positional argument",
        "The function must take the arguments that the stub has, in that order.",
    ),
    (
        "TypeError",
        "length-1|0-dimensional",
        "`math.exp` takes one number; `np.exp` takes a whole array.",
    ),
    (
        "IndexError|TypeError",
        "scalar variable|not subscriptable|array is 0-dimensional",
        "Something was indexed that is one number: was a whole array meant to stand there?",
    ),
    (
        "IndexError",
        "must be of integer|only integers",
        "Places in an array are whole numbers, and what stands in the brackets is none: do the "
        "arguments come in the stub's order, and is it a label that is meant there?",
    ),
    (
        "IndexError",
        "too many indices",
        "The brackets name more axes than the array has: write its shape beside that line.",
    ),
    ("IndexError", "boolean index|broadcast", _THEY_DO_NOT_FIT),
    ("ValueError", SHAPES, _THEY_DO_NOT_FIT),
    (
        "AttributeError",
        "'list' object|'tuple' object",
        "A list computes nothing by itself: `np.array(…)` makes an array of it.",
    ),
)


def describe_value(value):
    """Write a returned number or array as the student would see it, shortened."""
    if isinstance(value, tuple):
        return "(" + ", ".join(describe_value(part) for part in value) + ")"
    if isinstance(value, Other):
        return value.what
    if callable(value):
        return getattr(value, "__name__", "f").strip("_<>")
    if not isinstance(value, (np.ndarray, np.number, int, float, list)):
        return "…"
    if np.ndim(value) == 0:
        return _number(value)
    if np.ndim(value) == 1 and np.size(value) <= SHORT:
        return f"[{', '.join(map(_number, value))}]"
    return np.array2string(
        np.asarray(value), precision=4, threshold=12, edgeitems=2, separator=", "
    )


def _number(value):
    """Write a number with four digits, and so that one sees whether it is floating point."""
    text = f"{value:.4g}"
    whole = text.lstrip("-").isdigit()
    return f"{text}.0" if whole and isinstance(value, (float, np.floating)) else text


def describe_call(trial):
    """Write the call of a trial: small arguments by value, large ones by shape."""
    return f"`{trial.name}({', '.join(_describe_argument(a) for a in trial.args)})`"


def _describe_argument(value):
    if np.size(value) > SHORT or np.ndim(value) > 1:
        return f"array of shape {np.shape(value)}"
    return describe_value(value)


def describe_shape(value):
    """Say what kind of thing a value is: a number, an array with its shape, a pair of those."""
    if isinstance(value, Other):
        return value.what
    if isinstance(value, tuple):
        number = f"{len(value)} results" if len(value) != 1 else "a tuple of one"
        return f"{number} ({', '.join(describe_shape(part) for part in value)})"
    shape = np.shape(value)
    return f"an array of shape {shape}" if shape else "one number"


def describe_failure(failure, call):
    """Say which exception ended a call, in which line, and what it usually means."""
    where = f", in the line `{failure.line}`" if failure.line else ""
    said = f": {failure.text}" if failure.text else ""
    return f"{call} ended with `{failure.error}{said}`{where}.\n\n{_meaning(failure)}".rstrip()


def _meaning(failure):
    for error, words, meaning in _MEANING_OF_WORDS:
        if re.fullmatch(error, failure.error) and re.search(words, failure.text):
            return meaning
    return _MEANING.get(failure.error, "")
