"""Solutions of lesson 02."""

import numpy as np

from lessons.practice.answers import Solution


def losses():
    """Return the losses of the labels 2 and 1."""
    return -np.log(2 / 8), -np.log(5 / 8)


def loss(z, label):
    """Return log Σ e^z − z[label], in nats."""
    m = z.max()
    return m + np.log(np.sum(np.exp(z - m))) - z[label]


def undone():
    """Return 2 bits in nats, and the number of equal guesses that cost as much."""
    return 2 * np.log(2), np.exp(2 * np.log(2))


SOLUTIONS = {
    "loss-by-hand": Solution(
        (1.3863, 0.47),
        "Label 2 has ŷ = 2/8, so the loss is −ln(1/4) = ln 4 = 1.39; label 1 has 5/8: ln 1.6 = "
        "0.47.",
        formula=losses,
    ),
    "loss-as-logsumexp": Solution(
        "log(S)", "−log(e^{z_i}/S) = −(log e^{z_i} − log S) = log S − z_i."
    ),
    "loss-from-logits": Solution(
        loss,
        "log Σ e^{z_t} = m + log Σ e^{z_t − m} for every m. With the largest logit for m every "
        "exponent is at most 0 and one of them is 0, so the sum lies between 1 and K.",
    ),
    "bits-and-guesses": Solution(
        (1.3863, 4.0),
        "A bit is log 2 nats, so 2 bits are 2·log 2 = 1.39 nats. And e^{2 log 2} = 2² = 4: a fair "
        "guess among four letters.",
        formula=undone,
    ),
    "shift-of-logsumexp": Solution(
        "b", "log Σ e^{z_t + c} = log(e^c Σ e^{z_t}) = c + log Σ e^{z_t}."
    ),
}
