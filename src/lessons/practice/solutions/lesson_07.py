"""Solutions of lesson 07."""

import numpy as np

from lessons.practice.answers import Solution


def slope(f, x, h):
    """Return the central difference of f at x."""
    rise = f(x + h) - f(x - h)
    return rise / (2 * h)


def gradient(f, x, h):
    """Return the central difference of f by each entry of x."""
    moved = x.astype(float)
    slopes = np.empty_like(moved)
    for k in range(x.size):
        moved[k] = x[k] + h
        above = f(moved)
        moved[k] = x[k] - h
        slopes[k] = (above - f(moved)) / (2 * h)
        moved[k] = x[k]
    return slopes


def draw_labels(rng, n):
    """Return n labels, 0 or 1."""
    return rng.integers(0, 2, size=n)


SOLUTIONS = {
    "central-difference": Solution(
        slope, "Rise over run between x − h and x + h, which are 2h apart."
    ),
    "choose-step": Solution(
        "b",
        "The curve's bending costs about h², rounding about 1e-16/h. They balance near h = 5e-6.",
    ),
    "numerical-gradient": Solution(
        gradient,
        "One entry moves at a time, on a float copy; each is put back from x itself, so no "
        "rounding piles up and x is never written to.",
    ),
    "drawn-labels": Solution(
        draw_labels,
        ("The upper end is excluded: `integers(0, 1)` draws 0 only, `integers(0, 2)` both."),
    ),
    "silent-assertion": Solution(
        "b", "`np.array_equal` returns True or False; only `assert` makes a test fail."
    ),
}
