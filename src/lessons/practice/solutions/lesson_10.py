"""Solutions of lesson 10."""

import numpy as np

from lessons.practice.answers import Solution


def both_sides():
    """Return the two sides of the line B4 at z = 0."""
    e = np.exp(0)
    return -(1 / (1 + e)) * (1 / (1 + e) ** 2) * -e, -e / (1 + e)


SOLUTIONS = {
    "line-b4": Solution(
        (0.125, -0.5),
        ("Left: −(1/2)·(1/4)·(−1) = 1/8. Right: −1/2. So the line is false as written."),
        formula=both_sides,
    ),
    "mend-b4": Solution(
        "1 + exp(-z)", "−1/ŷ with ŷ = 1/(1 + e^{−z}) is −(1 + e^{−z}); one power cancels."
    ),
    "change-of-sign": Solution(
        "b",
        "L(z; 0) = −log(1 − σ(z)) = −log σ(−z) = L(−z; 1). Its derivative is −(−σ(−(−z))) = σ(z), "
        "which is ŷ − 0.",
    ),
    "mend-m3": Solution(
        "delta(i, j)*exp(z[i])*S - exp(z[i])*exp(z[j])",
        "f = e^{z_i} has the derivative δ·e^{z_i} by z_j, and S has e^{z_j}: f′S − fS′. Times "
        "−S/(e^{z_i}S²) it is softmax(z)[j] − δ.",
    ),
    "missing-factor": Solution(
        "a", "∂L/∂W[k, q] = ∂L/∂z[k]·x[q]: the chain rule's last factor is x."
    ),
}
