"""Solutions of lesson 01."""

import numpy as np

from lessons.practice.answers import Solution


def shifted():
    """Return the probabilities of log 1, log 2 and log 5, whatever is added to all three."""
    w = np.array([1, 2, 5])
    return w / w.sum()


def softmax(z):
    """Return the probabilities of K logits."""
    e = np.exp(z)
    return e / e.sum()


def stable_softmax(z):
    """Return the probabilities of K logits of any size."""
    e = np.exp(z - z.max())
    return e / e.sum()


def mended_softmax(z):
    """Return the probabilities of K logits of any size."""
    e = np.exp(z - np.max(z))
    return e / e.sum()


SOLUTIONS = {
    "shifted-logits": Solution(
        (1 / 8, 2 / 8, 5 / 8),
        "e^{100} is a factor of the numerator and of every term of the denominator: it cancels.",
        formula=shifted,
    ),
    "softmax": Solution(
        softmax, "Exponentials are positive; divided by their sum they add up to 1."
    ),
    "stable-softmax": Solution(
        stable_softmax,
        "Softmax feels no common shift, so take the largest logit away from all: every exponent is "
        "at most 0, nothing overflows, and the sum is at least 1, so nothing is divided by 0. "
        "`z - z.max()` makes a new array; `z -= z.max()` would write into the caller's.",
    ),
    "shift-sign": Solution(
        mended_softmax,
        "With + the exponents double: e^{800} overflows. With − the largest exponent is 0. Softmax "
        "is the same either way, which is why tests with small logits pass.",
    ),
    "two-class-sigmoid": Solution(
        "z0 - z1",
        "Divide above and below by e^{z₁}: 1/(e^{z₀}/e^{z₁} + 1) = 1/(1 + e^{z₀ − z₁}), which is "
        "σ(z₁ − z₀).",
    ),
}
