"""Solutions of lesson 06."""

import numpy as np

from lessons.practice.answers import Solution


def gradients(X, labels, W, b):
    """Return ∇_W and ∇_b of the mean loss of a batch."""
    n = len(X)
    Z = X @ W.T + b
    G = np.exp(Z - Z.max(axis=1, keepdims=True))
    G /= G.sum(axis=1, keepdims=True)
    G[np.arange(n), labels] -= 1
    G /= n
    return G.T @ X, G.sum(axis=0)


def bias_gradient(G):
    """Return the sum of G over the examples: K numbers."""
    return np.sum(G, axis=0)


def joined(gradients, sizes):
    """Return the mean gradient of all examples, from the mean gradient of each machine."""
    total = sum(n * gradient for n, gradient in zip(sizes, gradients, strict=True))
    return total / sum(sizes)


def softmax_rows(Z):
    """Return the softmax of each row."""
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


SOLUTIONS = {
    "batch-shapes": Solution(
        {"X": (5, 4), "Z": (5, 3), "G": (5, 3), "grad_W": (3, 4), "grad_b": (3,), "L": ()},
        "One example per row: X (n, d), Z and G (n, K). GᵀX is (K, n)(n, d) = (K, d), and the sum "
        "of G's n rows has K numbers. The mean loss is one number.",
    ),
    "batch-gradients": Solution(
        gradients,
        "Each row of G is that example's (ŷ − y)/n. (GᵀX)[k, q] = Σ_r G[r, k] X[r, q] adds the n "
        "outer products, and ∇_b adds the n rows.",
    ),
    "bias-sum": Solution(
        bias_gradient,
        "b is shared by all examples, so their rows are added: axis 0. Over axis 1 every row sums "
        "to 0, and so does the whole.",
    ),
    "softmax-axis": Solution(
        softmax_rows,
        "The classes of one example lie along axis 1. `keepdims=True` keeps the shape (n, 1), "
        "which lines up with the rows.",
    ),
    "unequal-parts": Solution(
        joined,
        "A mean times its number of examples is their sum. The sums are added, and divided by the "
        "number of all examples.",
    ),
}
