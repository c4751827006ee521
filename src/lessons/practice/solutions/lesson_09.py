"""Solutions of lesson 09."""

import numpy as np

from lessons.practice.answers import Solution


def slopes():
    """Return the slopes of cross-entropy and of the squared error at ŷ = 0.1, y = 1."""
    p, y = 0.1, 1
    return p - y, 2 * (p - y) * p * (1 - p)


def gradient(z, y):
    """Return the derivative of (σ(z) − y)² by z."""
    prediction = 1 / (1 + np.exp(-z))
    return 2 * (prediction - y) * prediction * (1 - prediction)


def hessian_times(z, v):
    """Return (diag(ŷ) − ŷŷᵀ)v."""
    p = np.exp(z - z.max())
    p /= p.sum()
    return p * (v - p @ v)


def jacobian(z):
    """Return diag(ŷ) − ŷŷᵀ."""
    e = np.exp(z - z.max())
    p = e / e.sum()
    return np.diag(p) - np.outer(p, p)


SOLUTIONS = {
    "two-gradients": Solution(
        (-0.9, -0.162),
        "ŷ − y = −0.9. And 2(ŷ − y)·ŷ(1 − ŷ) = 2·(−0.9)·0.1·0.9 = −0.162.",
        formula=slopes,
    ),
    "squared-error-gradient": Solution(
        gradient, "Chain rule: 2u for the square, with u = ŷ − y, times ŷ(1 − ŷ) for the sigmoid."
    ),
    "softmax-jacobian": Solution(
        jacobian,
        "∂ŷ_j/∂z_l = ŷ_j(δ_jl − ŷ_l): ŷ_j on the diagonal, minus ŷ_jŷ_l everywhere.",
    ),
    "hessian-times-vector": Solution(
        hessian_times,
        "diag(ŷ)v is ŷ∘v, and ŷŷᵀv is ŷ times the number ŷ·v: together ŷ∘(v − ŷ·v), the deviations "
        "of v from its mean, weighted by ŷ.",
    ),
}
