"""What came back from a student's function, as plain data: numbers, or a word for what is none."""

from dataclasses import dataclass

import numpy as np

LARGEST = 100_000
DEPTH = 3  # of tuples within tuples
PARTS = 10  # a longer tuple is a vector, not several results


@dataclass(frozen=True)
class Other:
    """Stands for a returned value that is neither numbers nor a tuple of numbers."""

    what: str


def plain(value, depth=0):
    """Turn whatever came back into a numeric array, a tuple of such, or an `Other`."""
    if isinstance(value, tuple) and len(value) <= PARTS and depth < DEPTH:
        return tuple(plain(part, depth + 1) for part in value)
    if value is None or value is ...:
        return Other("None" if value is None else "...")
    if callable(value):
        return Other("a function")
    try:
        return _numbers(value)
    except Exception:  # rows of different lengths, or no numbers at all
        several = isinstance(value, list) and len(value) <= PARTS and depth < DEPTH
        return plain(tuple(value), depth) if several else Other(_article(type(value).__name__))


def _numbers(value):
    array = np.asarray(float(value) if _is_one_number(value) else value)
    if array.dtype == object and any(part is ... for part in array.flat):
        return Other("...")
    if array.dtype == object and array.size and all(hasattr(p, "__float__") for p in array.flat):
        array = array.astype(float)  # Fractions, or numbers of SymPy
    if array.dtype.kind not in "biuf":
        return Other(_what(value, array))
    if array.size > LARGEST:
        return Other(f"an array of shape {array.shape}")
    return array


def _is_one_number(value):
    """Whether this is a number of some class of its own, such as a Fraction."""
    return hasattr(value, "__float__") and not hasattr(value, "dtype")


def _what(value, array):
    """Name what is no array of real numbers."""
    if isinstance(value, np.ndarray):
        return {"c": "an array of complex numbers", "U": "an array of text"}.get(
            array.dtype.kind, "an array of things that are no numbers"
        )
    name = _article(type(value).__name__)
    return f"{name} (`list(…)` makes a list of it)" if hasattr(value, "__next__") else name


def _article(name):
    return f"{'an' if name[:1].lower() in ('a', 'e', 'i', 'o', 'u') else 'a'} {name}"


def fitted(value, expected):
    """Take a list of results for a tuple of them, and a tuple of numbers for an array."""
    if isinstance(expected, tuple) and isinstance(value, np.ndarray):
        return tuple(map(np.asarray, value)) if value.shape[:1] == (len(expected),) else value
    if isinstance(expected, tuple) and isinstance(value, tuple) and len(value) == len(expected):
        return tuple(fitted(part, wanted) for part, wanted in zip(value, expected, strict=True))
    if isinstance(expected, np.ndarray) and expected.ndim and isinstance(value, tuple):
        parts = [part.shape for part in value if isinstance(part, np.ndarray)]
        return np.array(value) if len(parts) == len(value) and len(set(parts)) == 1 else value
    return value


def is_blank(value):
    """Whether a value is the stub's `...`, still to be filled."""
    return value is ... or (isinstance(value, Other) and value.what == "...")
