"""Solutions of lesson 04."""

import numpy as np

from lessons.practice.answers import Solution


def gap():
    """Return ŷ − y for the label 1."""
    p, y = np.array([0.1, 0.6, 0.3]), np.array([0, 1, 0])
    return p - y


def gradient(z, label):
    """Return ŷ − y, the label's component as minus the sum of the others."""
    e = np.exp(z - z.max())
    others = e.copy()
    others[label] = 0
    g = others / e.sum()
    g[label] = -g.sum()
    return g


def probabilities_and_gradient(z, label):
    """Return ŷ and ŷ − y, two arrays."""
    p = np.exp(z - z.max())
    p /= p.sum()
    gradient = p.copy()
    gradient[label] -= 1
    return p, gradient


SOLUTIONS = {
    "gap-vector": Solution(
        (0.1, -0.4, 0.3),
        "y = (0, 1, 0), so ŷ − y = (0.1, 0.6 − 1, 0.3), which sums to 0.",
        formula=gap,
    ),
    "case-different": Solution(
        "exp(z[j])", "S = … + e^{z_j} + …: one term contains z_j, and its derivative is itself."
    ),
    "multiclass-gradient": Solution(
        gradient,
        "For j ≠ i the component is ŷ_j. Both ŷ and y sum to 1, so the components sum to 0, and "
        "the label's is minus the sum of the others. Nothing is subtracted from 1, so nothing "
        "cancels.",
    ),
    "overwritten-probabilities": Solution(
        probabilities_and_gradient,
        "`gradient = p` gives a second name to one array, and `-=` writes into it. `.copy()` makes "
        "the second array before anything is written.",
    ),
}
