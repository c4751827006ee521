"""Solutions of lesson 08."""

import numpy as np

from lessons.practice.answers import Solution


def start_losses():
    """Return −log(1/K) for 3 and for 10 classes."""
    return -np.log(1 / 3), -np.log(1 / 10)


def step(X, labels, W, b, learning_rate):
    """Return W and b after one step downhill."""
    n = len(X)
    Z = X @ W.T + b
    G = np.exp(Z - Z.max(axis=1, keepdims=True))
    G /= G.sum(axis=1, keepdims=True)
    G[np.arange(n), labels] -= 1
    G /= n
    return W - learning_rate * G.T @ X, b - learning_rate * G.sum(axis=0)


def accuracy(Z, labels):
    """Return the share of examples whose largest logit is the label's."""
    return np.mean(Z.argmax(axis=1) == labels)


def boundary(x0, w, b):
    """Return x1 with w[0]·x0 + w[1]·x1 + b = 0."""
    return -(w[0] * x0 + b) / w[1]


SOLUTIONS = {
    "start-loss": Solution(
        (1.0986, 2.3026),
        "K equal logits give K probabilities of 1/K, and −ln(1/K) = ln K.",
        formula=start_losses,
    ),
    "training-step": Solution(
        step,
        "Both gradients are taken at the old W and b, and both are subtracted: the gradient points "
        "uphill. `W - …` makes a new array.",
    ),
    "learning-rate": Solution(
        "b", "It falls at times, so the direction is right; the steps overshoot."
    ),
    "accuracy": Solution(
        accuracy,
        ("`argmax(axis=1)` names the winner of each row; the mean of the comparison is the share."),
    ),
    "boundary-slope": Solution(
        boundary, "w[1]·x1 = −(w[0]·x0 + b): both terms change sides, and with that their signs."
    ),
}
