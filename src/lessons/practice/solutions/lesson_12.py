"""Solutions of lesson 12."""

import numpy as np

from lessons.practice.answers import Solution


def relu_backward(W, G, A):
    """Return the gap seen through W, where the unit was on."""
    return (G @ W) * (A > 0)


def tanh_backward(W, G, H):
    """Return the gap seen through W, times the slope of each unit."""
    return (G @ W) * (1 - H**2)


def hidden_gradients(X, D):
    """Return ∇_V L and ∇_c L."""
    return D.T @ X, D.sum(axis=0)


def blame():
    """Return the sum of column 1 of W, each weight times its class's gap."""
    column, predicted, target = np.array([[-1, 2, 0.5], [0.3, 0.5, 0.2], [0, 1, 0]])
    return column @ (predicted - target)


SOLUTIONS = {
    "through-column": Solution(
        -1.2,
        "−1 · 0.3 + 2 · (−0.5) + 0.5 · 0.2: column 1 of W, each weight times its class's gap.",
        formula=blame,
    ),
    "two-layer-shapes": Solution(
        {"grad_V": (5, 2), "grad_c": (5,), "grad_h": (4, 5), "grad_W": (3, 5)},
        "Parameters keep their shapes; outputs belong to examples, one a row.",
    ),
    "relu-backward": Solution(
        relu_backward, "GW is a row of Wᵀ(ŷ − y) for each example; the slope is 1 where a > 0."
    ),
    "tanh-backward": Solution(tanh_backward, "1 − tanh²(a) is 1 − h²."),
    "hidden-gradients": Solution(
        hidden_gradients, "DᵀX and Dᵀ1, as GᵀX and Gᵀ1 in the last layer."
    ),
    "same-start": Solution("b", "Same row, same column: the same gradient at every step."),
}
