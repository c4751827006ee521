"""Wrong and right answers to lesson 04's exercises."""

import math

import numpy as np


def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def naive(z):
    return np.exp(z) / np.exp(z).sum()


def y(z, label):
    return (np.arange(len(z)) == label).astype(float)


def looped_jacobian(z, softmax=softmax):
    p, J = softmax(z), np.empty((len(z), len(z)))
    for j in range(len(z)):
        for t in range(len(z)):
            J[j, t] = p[j] * (1 - p[j]) if j == t else -p[j] * p[t]
    return J


def by_exclusion(z, label):
    g = softmax(z)
    g[label] = -sum(g[j] for j in range(len(z)) if j != label)
    return g


def by_masks(z, label):
    others = np.exp(z - max(z)) * (1 - y(z, label))
    total = np.exp(z - max(z)).sum()
    return others / total - y(z, label) * others.sum() / total


def by_log1p(z, label):
    g = np.exp(z - max(z) - math.log(np.exp(z - max(z)).sum()))
    g[label] = 0.0
    g[label] = -math.fsum(g)
    return g


def in_place(z, label):
    z -= z.max()
    return by_exclusion(z, label)


def two(change):
    def probabilities_and_gradient(z, label):
        return change(softmax(z), label)

    return probabilities_and_gradient


def aliased(p, label):
    gradient = p[:]
    gradient[label] -= 1
    return p, gradient


def too_late(p, label):
    gradient = p
    gradient[label] -= 1
    return p.copy(), gradient


def other(p, label):
    gradient = p.copy()
    p[label] -= 1
    return p, gradient


def copied(p, label):
    gradient = p.copy()
    gradient[label] -= 1
    return p, gradient


WRONG = {
    "gap-vector": {
        "wrong sign": (-0.1, 0.4, -0.3),
        "label's component only": (0, -0.4, 0),
        "counted from 1": (-0.9, 0.6, 0.3),
        "target forgotten": (0.1, 0.6, 0.3),
        "chain rule stopped early": (0, -1 / 0.6, 0),
        "subtracted everywhere": (-0.9, -0.4, -0.7),
    },
    "case-different": {
        "index exchanged": "exp(z[i])",
        "whole sum differentiated": ["S", "sum(exp(z[t]), t)"],
        "exponential lost": "1",
        "power rule": "z[j] exp(z[j])",
        "denominator held still": "0",
        "sign taken twice": "-e^(z[j])",
        "derivative of log S": ["exp(z[j])/S", "yhat[j]"],
    },
    "multiclass-gradient": {
        "wrong sign": lambda z, label: y(z, label) - softmax(z),
        "off-by-one label": lambda z, label: softmax(z) - np.eye(len(z))[label - 1],
        "target forgotten": lambda z, label: softmax(z),
        "label's component only": lambda z, label: y(z, label) * (softmax(z) - 1),
        "subtracted everywhere": lambda z, label: softmax(z) - 1,
        "chain rule stopped early": lambda z, label: -y(z, label) / softmax(z),
        "label for one-hot": lambda z, label: softmax(z) - label,
        "logit for probability": lambda z, label: z - y(z, label),
        "averaged over the classes": lambda z, label: (softmax(z) - y(z, label)) / len(z),
        "squared error": [
            lambda z, label: 2 * looped_jacobian(z) @ (softmax(z) - y(z, label)),
            lambda z, label: looped_jacobian(z) @ (softmax(z) - y(z, label)),
        ],
        "missing shift": lambda z, label: naive(z) - y(z, label),
        "cancellation": [
            lambda z, label: softmax(z) - y(z, label),
            lambda z, label: looped_jacobian(z) @ (-y(z, label) / softmax(z)),
        ],
        "wide spread": lambda z, label: by_exclusion(z, label) / (z.max() - z.min() < 1000),
        "writes into its input": in_place,
        "does not sum to 0": lambda z, label: softmax(z) * (1 - softmax(z)),
        "": lambda z, label: softmax(z)[label] - 1,
    },
    "overwritten-probabilities": {
        "still one array": [two(aliased), two(too_late)],
        "the other one changed": two(other),
        "subtracted everywhere": two(lambda p, label: (p, p - 1)),
        "wrong sign": two(lambda p, label: (p, y(p, label) - p)),
        "never subtracted": two(lambda p, label: (p, p.copy())),
        "": [two(lambda p, label: p), two(lambda p, label: (p, p, p))],
    },
}

RIGHT = {
    "gap-vector": [(0.1, -0.4, 0.3), np.array([0.1, -0.4, 0.3])],
    "case-different": ["exp(z[j])", "yhat[j] * S", "e^(z[j])"],
    "multiclass-gradient": [by_exclusion, by_masks, by_log1p],
    "overwritten-probabilities": [
        two(copied),
        two(lambda p, label: (p, p - y(p, label))),
        two(lambda p, label: (p, np.array(copied(p, label)[1]))),
        two(lambda p, label: [p, p - y(p, label)]),
        two(lambda p, label: np.array([p, p - y(p, label)])),
    ],
}
