"""Wording of values, shapes and exceptions, as a beginner can read them."""

import re

import numpy as np

from lessons.practice.sandbox.calls import Other

SHORT = 6
NO_POWER = "`^` is no power in Python: that is `**`, or `np.exp(z)` for e to the z."

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
    "AssertionError": "An `assert` in it does not hold for this input.",
    "NotImplementedError": "The line that raises this still stands where your code should be.",
    "KeyError": "A dictionary has no entry of this name.",
    "SystemExit": "It asked Python to quit; a function ends with `return`.",
    "KeyboardInterrupt": "It was interrupted.",
}
SHAPES = "shape|broadcast|mismatch|aligned"  # what NumPy says where two of them do not fit
_THEY_DO_NOT_FIT = "Two shapes do not fit together: write the shape beside each name in that line."
# The first that fits decides: patterns of an exception and of what Python says, and its meaning.
_KINDS = (
    r"(builtin_function_or_method|function|method|method-wrapper|type|numpy\.ufunc|"
    r"numpy\._ArrayFunctionDispatcher)"
)
_A_FUNCTION = f"'{_KINDS}'"
_MEANING_OF_WORDS = (
    (
        "TypeError",
        f"{_A_FUNCTION} object is not subscriptable",
        "A function is called with round brackets, `np.exp(z)`; square ones pick an entry.",
    ),
    (
        "TypeError",
        rf"for \*: ({_A_FUNCTION} and|.* and {_A_FUNCTION})",
        "A function itself is multiplied there: `f(x + h)` calls it, without a star, and `e.sum()` "
        "needs its brackets.",
    ),
    (
        "TypeError|AttributeError",
        rf"(operand|instances of).*{_A_FUNCTION}|argument \d of type {_KINDS}|"
        f"{_A_FUNCTION} (object )?(is not iterable|has no|does not support)",
        "A function stands there itself, not what it returns: with its brackets it is called, "
        "`e.sum()`, `np.exp(z)`.",
    ),
    (
        "UFuncTypeError|_UFuncOutputCastingError|TypeError",
        r"from dtype\('O'\)",
        "What stands beside an operator such as `/=` is no number: are the brackets of a function "
        "missing, `e.sum` for `e.sum()`?",
    ),
    (
        "ValueError",
        "does not have enough dimensions",
        "A product with `@` is of two arrays, and one of these is a number or a function: are "
        "brackets missing, `W.transpose` for `W.transpose()`?",
    ),
    (
        "TypeError",
        r"bitwise_xor|for \^",
        NO_POWER,
    ),
    (
        "TypeError",
        "Cannot interpret .* as a data type|data type .* not understood",
        "What stands second in `np.zeros` and `np.ones` is a type: a shape of several axes has "
        "brackets of its own, `np.zeros((n, K))`.",
    ),
    (
        "TypeError",
        "converted to a scalar index",
        "One whole number is needed there and an array came: `range(len(z))` counts the places of "
        "z.",
    ),
    (
        "TypeError",
        "does not support item assignment",
        "What you write into has no places, or may not be changed: `np.zeros(K)` makes an array.",
    ),
    (
        "TypeError",
        r"\w\.\w+\(\) takes \d+ positional arguments? but \d+ were given",
        "A method of a class takes the object itself first: is `self` missing among its arguments?",
    ),
    (
        "ValueError",
        "math domain|positive input",
        "A logarithm or a square root is asked for that does not exist: which number there is 0 or "
        "negative?",
    ),
    (
        "TypeError",
        "not callable",
        "Round brackets stand behind something that is no function: is a `*` missing, are square "
        "brackets meant, or does a name such as `sum` hold a number here?",
    ),
    (
        "ValueError",
        "truth value",
        "An `if` or `and` asks for one yes or no, and an array has many: compare one entry, or use "
        "`np.where`, `.any()` or `.all()`.",
    ),
    (
        "ValueError",
        "too many values to unpack|not enough values to unpack",
        "On the left of `=` stand more or fewer names than there are values on the right.",
    ),
    (
        "TypeError",
        r"\w\(\) (takes|got|missing)|argument \(|keyword argument",
        "Something in that line is called with other arguments than it takes: how many, in which "
        "order, with which names?",
    ),
    (
        "TypeError",
        "cannot unpack non-iterable",
        "On the left of `=` stand several names, and on the right is one thing.",
    ),
    (
        "TypeError|AttributeError",
        "NoneType",
        "A name holds `None`: that is what a function without `return` gives, and what `append`, "
        "`sort` and `print` give.",
    ),
    (
        "TypeError",
        "'(list|tuple)' and|and '(list|tuple)'|can only concatenate list|can't multiply sequence|"
        "operand type for unary -: '(list|tuple)'",
        "A list computes nothing by itself: `np.array(…)` makes an array of it.",
    ),
    (
        "TypeError|UFuncTypeError",
        "'str'|<U",
        "A text in quotation marks is no number: which value is meant there?",
    ),
    (
        "TypeError",
        "not iterable",
        "A loop or `sum` goes through many values, and this is one number: `range(n)` counts up to "
        "it.",
    ),
    ("TypeError", r"has no len\(\)", "One number has no length: was a whole array meant there?"),
    (
        "TypeError",
        "cannot be interpreted as an integer|expected a sequence of integers",
        "A count or a place is a whole number: `range(K)`, `np.zeros(K)`.",
    ),
    (
        "UFuncTypeError|UFuncOutputCastingError|_UFuncOutputCastingError|TypeError",
        r"[Cc]annot cast.*from dtype\('float.* to dtype\('(u?int|bool)",
        "An array of whole numbers cannot hold a fraction: make it of floats first, "
        "`z.astype(float)`.",
    ),
    (
        "ValueError",
        "setting an array element|inhomogeneous",
        "One place of an array was given a whole array, or rows of different lengths.",
    ),
    (
        "ValueError",
        "read-only",
        "The array that came in may not be changed: work on `z.copy()`.",
    ),
    (
        "ValueError",
        "zero-size|empty",
        "An array there is empty: which slice or condition took all?",
    ),
    (
        "AttributeError",
        "module 'numpy|module 'math",
        "The module has no function of this name: is it spelled as above?",
    ),
    (
        "AttributeError",
        "'numpy.ndarray' object|'numpy.float64' object|'float' object",
        "An array or a number has nothing of this name: is it a function, as in `np.exp(z)`?",
    ),
    (
        "TypeError",
        "length-1|0-dimensional",
        "`math.exp`, `float` and `int` take one number; `np.exp` takes a whole array.",
    ),
    (
        "IndexError|TypeError",
        "scalar variable|not subscriptable|array is 0-dimensional",
        "Something was indexed that is one number: was a whole array meant to stand there?",
    ),
    (
        "IndexError",
        "must be of integer|only integers",
        "Places in an array are whole numbers, and what stands in the brackets is none: "
        "`for k in z` goes through the values, `for k in range(len(z))` through the places.",
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
    where = f", in the line `{as_code(failure.line)}`" if failure.line else ""
    said = f": {as_code(failure.text)}" if failure.text else ""
    meaning = _meaning(failure, call.strip("`").partition("(")[0])
    return f"{call} ended with `{failure.error}{said}`{where}.\n\n{meaning}".rstrip()


def as_code(text):
    """Write somebody else's text so that it can stand between backticks, and be encoded."""
    return text.replace("`", "'").encode("utf-8", "backslashreplace").decode("utf-8")


def _meaning(failure, name):
    called = re.match(r"([\w<>]+)\(\) .*argument", failure.text)
    if failure.error == "TypeError" and called and called[1] in (name, "<lambda>"):
        return "The function must take the arguments that the stub has, in that order."
    for error, words, meaning in _MEANING_OF_WORDS:
        if re.fullmatch(error, failure.error) and re.search(words, failure.text):
            return meaning
    return _MEANING.get(failure.error, "")
