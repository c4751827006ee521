"""Solutions of lesson 11."""

import numpy as np

from lessons.practice.answers import Solution


def hot_gap():
    """Return (ŷ − y)/T for e^z = (1, 4, 4), T = 2 and the class 1."""
    e = np.sqrt(np.array([1, 4, 4]))
    return (e / e.sum() - np.array([0, 1, 0])) / 2


def smoothed(z, label, epsilon):
    """Return the gap to a smoothed label."""
    p = np.exp(z - z.max())
    p = p / p.sum()
    p[label] -= 1 - epsilon
    return p - epsilon / len(p)


def weighted(Z, labels, w):
    """Return the gradient of the weighted mean loss, a row for each example."""
    P = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = P / P.sum(axis=1, keepdims=True)
    P[np.arange(len(labels)), labels] -= 1
    each = w[labels]
    return each[:, np.newaxis] * P / each.sum()


def factor(p, gamma):
    """Return what the focal loss multiplies the gap by."""
    return (1 - p) ** gamma - gamma * p * (1 - p) ** (gamma - 1) * np.log(p)


SOLUTIONS = {
    "hot-gap": Solution(
        (0.1, -0.3, 0.2),
        "Square roots (1, 2, 2), shares (1, 2, 2)/5, gap (0.2, −0.6, 0.4), and half of it.",
        formula=hot_gap,
    ),
    "smoothed-gap": Solution(
        smoothed,
        "ŷ minus the target: ε/K is taken from every component, 1 − ε besides from the label's.",
    ),
    "independent-questions": Solution("b", "σ(z_j) − y_j holds no other logit."),
    "weighted-batch": Solution(
        weighted,
        "Each row of ŷ − y times the weight of its label, over the sum of the weights that occur.",
    ),
    "focal-factor": Solution(
        factor, "The last line of the proof, with p for ŷ_i: a power, and what its slope adds."
    ),
    "count-heads": Solution(
        "3*exp(z)/(1 + exp(z)) - y",
        "3·σ(z) from the logarithm, y from the product: expected − seen.",
    ),
}
