"""Solutions of lesson 00."""

import numpy as np

from lessons.practice.answers import Solution


def one_hot(label, K):
    """Return the target of a label: 1 at its place, 0 elsewhere."""
    y = np.zeros(K)
    y[label] = 1
    return y


SOLUTIONS = {
    "notation-shapes": Solution(
        {"x": (4,), "W": (3, 4), "b": (3,), "z": (3,), "L": ()},
        "W has a row for each of the K classes and a column for each of the d features, so Wx has "
        "K numbers, and b adds one to each. The loss of one example is one number.",
    ),
    "one-hot": Solution(
        one_hot, "Places count from 0, as classes do, so the label is itself the place of the 1."
    ),
    "log-of-reciprocal": Solution("1 + exp(-z)", "−log(1/u) = log u, with u = 1 + e^{−z}."),
    "chain-rule": Solution(
        "exp(z)/(1 + exp(z))",
        "(log u)′ = u′/u with u = 1 + e^z and u′ = e^z. Divided by e^z above and below it is "
        "1/(1 + e^{−z}) = σ(z).",
    ),
    "quotient-rule": Solution(
        "exp(z)*(1 + exp(z)) - exp(z)*exp(z)",
        "f = e^z and g = 1 + e^z, both with derivative e^z, so f′g − fg′ is "
        "e^z(1 + e^z) − e^z·e^z = e^z.",
    ),
}
