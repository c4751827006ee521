"""Wrong and right answers to lesson 02's exercises."""

import math

import numpy as np


def log_p(z):
    return z - z.max() - np.log(np.sum(np.exp(z - z.max())))


def probabilities(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def shifted(c, back=lambda c: c):
    def loss(z, label):
        return np.log(np.sum(np.exp(z - c(z, label)))) + back(c(z, label)) - z[label]

    return loss


def largest(z, label):
    return np.max(z)


def added_up(z, label):
    m, total = max(z), 0.0
    for t in z:
        total += math.exp(t - m)
    return m + math.log(total) - z[label]


def pairwise(z, label):
    total = -np.inf
    for t in z:
        total = np.logaddexp(total, t)
    return total - z[label]


def label_apart(z, label):
    others = np.delete(z, label)
    return np.logaddexp(0, np.logaddexp.reduce(others) - z[label])


def naive(z, label):
    return -z[label] + np.log(np.exp(z).sum())


WRONG = {
    "loss-by-hand": {
        "wrong sign": (-1.386, -0.47),
        "counted from 1": (0.47, 2.079),
        "wrong base": [(2, 0.678), (0.602, 0.204)],
        "error for loss": (0.75, 0.375),
        "probability for loss": (0.25, 0.625),
        "logarithm forgotten": (4, 1.6),
    },
    "loss-as-logsumexp": {
        "logarithm lost": ["S", "sum(exp(z[t]), t)", "1/S"],
        "sign of the denominator": "-log(S)",
        "only one term": "z[i]",
        "log of a sum": "sum(log(exp(z[t])), t)",
        "whole right-hand side": "log(S) - z[i]",
        "": "log(S) + z[i]",
    },
    "loss-from-logits": {
        "shift not put back": lambda z, label: np.log(np.exp(z - z.max()).sum()) - z[label],
        "wrong sign": lambda z, label: log_p(z)[label],
        "off-by-one label": lambda z, label: -log_p(z)[label - 1],
        "averaged over the classes": lambda z, label: -np.mean(np.eye(len(z))[label] * log_p(z)),
        "summed over the classes": lambda z, label: -np.sum(log_p(z)),
        "label as a number": lambda z, label: -np.sum(label * log_p(z)),
        "wrong base": lambda z, label: -log_p(z)[label] / np.log(2),
        "logarithm forgotten": [
            lambda z, label: 1 - probabilities(z)[label],
            lambda z, label: probabilities(z)[label],
        ],
        "no label picked": [
            lambda z, label: -log_p(z),
            lambda z, label: np.logaddexp.reduce(z) - z,
        ],
        "winner for label": lambda z, label: -np.log(probabilities(z).max()),
        "label's term forgotten": lambda z, label: np.log(np.sum(np.exp(z))),
        "other classes priced too": lambda z, label: (
            -np.sum(
                np.log(np.where(np.arange(len(z)) == label, probabilities(z), 1 - probabilities(z)))
            )
        ),
        "only some digits": [
            lambda z, label: -np.log(probabilities(z)[label] + 1e-5),
            lambda z, label: -np.log(probabilities(z)[label] + 1e-7),
            lambda z, label: round(float(-log_p(z)[label]), 3),
        ],
        "shift by the label's logit": lambda z, label: np.log(np.exp(z - z[label]).sum()),
        "missing shift": [
            naive,
            lambda z, label: -np.log(np.exp(z[label]) / np.exp(z).sum()),
            lambda z, label: math.log(sum(math.exp(t) for t in z)) - z[label],
        ],
        "log of zero": [
            lambda z, label: -np.log(probabilities(z)[label]),
            lambda z, label: -math.log(probabilities(z)[label]),
            lambda z, label: -np.sum(np.eye(len(z))[label] * np.log(probabilities(z))),
        ],
        "clipping": [
            lambda z, label: -np.log(max(probabilities(z)[label], 1e-15)),
            lambda z, label: -np.log(probabilities(z)[label] + 1e-300),
        ],
    },
    "bits-and-guesses": {
        "divided for multiplied": [(2.885, 4), (2.885, 17.91)],
        "e to the bits": (1.386, 7.389),
        "bits for nats": (2, 4),
        "logarithm taken twice": (1.386, 0.3266),
        "all letters": (1.386, 26),
        "": [(1.386, 2), (0.5, 0.5)],
    },
    "shift-of-logsumexp": {
        "quotient and denominator": "a",
        "logarithm forgotten": ["c", "(C)"],
        "rounding for mathematics": "d",
        "": ["e", 2, None],
    },
}

RIGHT = {
    "loss-by-hand": [(1.39, 0.47), (np.log(4), np.log(1.6)), [1.386, 0.47]],
    "loss-as-logsumexp": ["log(S)", "ln(sum(exp(z[t]), t))", "-log(1/S)", "log(S/2) + log(2)"],
    "loss-from-logits": [
        shifted(largest),
        added_up,
        pairwise,
        label_apart,
        lambda z, label: -log_p(z)[label],
        lambda z, label: -(np.eye(len(z))[label] * log_p(z)).sum(),
    ],
    "bits-and-guesses": [(1.386, 4), (2 * math.log(2), 4.0), (1.39, math.exp(2 * math.log(2)))],
    "shift-of-logsumexp": ["b", "B", " (b) "],
}
