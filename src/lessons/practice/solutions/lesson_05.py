"""Solutions of lesson 05."""

import numpy as np

from lessons.practice.answers import Solution


def gradients(x, W, b, label):
    """Return ∇_W L and ∇_b L of one example."""
    z = W @ x + b
    g = np.exp(z - z.max())
    g /= g.sum()
    g[label] -= 1
    return np.outer(g, x), g


def input_gradient(W, g):
    """Return ∇_x L = Wᵀg."""
    return W.T @ g


def logits(x, W, b):
    """Return z = Wx + b for W with one row per class."""
    return W @ x + b


SOLUTIONS = {
    "shapes-of-everything": Solution(
        {"z": (3,), "grad_z": (3,), "grad_W": (3, 4), "grad_b": (3,), "grad_x": (4,)},
        "L is one number, so each gradient has one derivative per number of its parameter and "
        "takes the parameter's shape.",
    ),
    "parameter-gradients": Solution(
        gradients,
        "z[k] = Σ_q W[k, q] x[q] + b[k], so ∂z[k]/∂W[k, q] = x[q] and ∂z[k]/∂b[k] = 1. With "
        "g = ŷ − y: ∂L/∂W[k, q] = g[k]·x[q], which is the outer product, and ∂L/∂b[k] = g[k].",
    ),
    "other-row": Solution(
        "yhat[k]*x[q]", "∂L/∂z[k] = ŷ[k] − 0 for k ≠ i, and ∂z[k]/∂W[k, q] = x[q]."
    ),
    "input-gradient": Solution(
        input_gradient,
        "x[q] reaches L through every logit: ∂L/∂x[q] = Σ_k g[k] W[k, q], which is (Wᵀg)[q].",
    ),
    "weights-layout": Solution(
        logits,
        "With a row for each class the features meet the columns of W: W @ x. (`x @ W.T` says the "
        "same, and works for a batch as well.)",
    ),
}
