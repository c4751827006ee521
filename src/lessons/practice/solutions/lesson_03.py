"""Solutions of lesson 03."""

import numpy as np

from lessons.practice.answers import Solution


def signs():
    """Return the signs of σ(z) − y at the four pairs."""
    z, y = np.array([3, -3, -3, 0]), np.array([1, 0, 1, 0.5])
    return np.sign(1 / (1 + np.exp(-z)) - y)


def gaps():
    """Return ŷ − y at z = log 3 for y = 1 and y = ½."""
    p = 3 / (1 + 3)
    return p - 1, p - 0.5


def loss(z, y):
    """Return the loss of one example, from its logit."""
    return y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z)


def gradient(z, y):
    """Return ŷ − y without subtracting ŷ and y."""
    e = np.exp(-abs(z))  # no positive exponent
    small, large = e / (1 + e), 1 / (1 + e)  # σ(−|z|) and σ(|z|)
    if z >= 0:
        return (1 - y) * large - y * small
    return (1 - y) * small - y * large


def sigmoid(z):
    """Return σ(z)."""
    return (1 + np.tanh(z / 2)) / 2


SOLUTIONS = {
    "predict-sign": Solution(
        (-1, 1, -1, 0),
        "σ(z) lies strictly between 0 and 1. Minus 1 it is negative, minus 0 positive, for every "
        "z; and σ(0) = ½.",
        formula=signs,
    ),
    "predict-gap": Solution(
        (-0.25, 0.25),
        "ŷ = e^z/(1 + e^z) = 3/4. For y = 1 the gap is 3/4 − 1 = −1/4, for y = ½ it is 3/4 − 1/2 "
        "= 1/4.",
        formula=gaps,
    ),
    "fill-slope": Solution(
        "exp(-z)/(1 + exp(-z))^2",
        "With u = 1 + e^{−z}: (1/u)′ = −u′/u², and u′ = −e^{−z}. Minus times minus is plus. "
        "Written with ŷ it is ŷ(1 − ŷ), because e^{−z}/(1 + e^{−z}) = 1 − ŷ.",
    ),
    "binary-loss": Solution(
        loss,
        "−log σ(z) = log(1 + e^{−z}) and −log(1 − σ(z)) = log(1 + e^z). `np.logaddexp(0, u)` is "
        "log(e^0 + e^u), computed as max(0, u) + log1p(e^{−|u|}): no exponent is positive, and "
        "log1p keeps the digits of a tiny e^{−|u|}.",
    ),
    "binary-gradient": Solution(
        gradient,
        "ŷ − y = (1 − y)σ(z) − yσ(−z), because y·(σ(z) − 1) = −yσ(−z). For y = 1 this is the "
        "proof's own line −e^{−z}/(1 + e^{−z}): nothing is subtracted, so nothing cancels. Both "
        "forms of σ use e^{−|z|} only, so nothing overflows.",
    ),
    "sigmoid-bug": Solution(
        sigmoid,
        "tanh(z) = (e^z − e^{−z})/(e^z + e^{−z}), so (1 + tanh z)/2 = e^z/(e^z + e^{−z}) = 1/(1 + "
        "e^{−2z}) = σ(2z). With z/2 it is σ(z). The slope 2ŷ(1 − ŷ) was right for σ(2z), which is "
        "why the check passed; it becomes ŷ(1 − ŷ).",
    ),
}
