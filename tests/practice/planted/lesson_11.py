"""Wrong and right answers to lesson 11's exercises."""

import math

import numpy as np


def softmax(z):
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def hot(z, label):
    return np.eye(len(z))[label]


def others(z, label, own, rest):
    return softmax(z) - np.where(hot(z, label) == 1, own, rest)


def rows(Z, labels):
    return softmax(Z) - np.eye(Z.shape[1])[labels]


def each(labels, w):
    return w[labels][:, np.newaxis]


def one_by_one(Z, labels, w):
    total = sum(w[i] for i in labels)
    pairs = zip(Z, labels, strict=True)
    return np.array([w[i] * (softmax(z) - hot(z, i)) / total for z, i in pairs])


WRONG = {
    "hot-gap": {
        "not divided": (0.2, -0.6, 0.4),
        "temperature in front only": (0.0556, -0.2778, 0.2222),
        "temperature forgotten": (0.111, -0.556, 0.444),
        "multiplied for divided": (0.4, -1.2, 0.8),
        "wrong sign": (-0.1, 0.3, -0.2),
        "prediction for gap": (0.2, 0.4, 0.4),
    },
    "smoothed-gap": {
        "not smoothed": lambda z, i, e: softmax(z) - hot(z, i),
        "nothing taken": lambda z, i, e: softmax(z) - hot(z, i) - e / len(z),
        "whole ε for each": [
            lambda z, i, e: softmax(z) - (1 - e) * hot(z, i) - e,
            lambda z, i, e: others(z, i, 1 - e, e),
        ],
        "spread over the others": lambda z, i, e: others(z, i, 1 - e, e / (len(z) - 1)),
        "gap only scaled": lambda z, i, e: (1 - e) * (softmax(z) - hot(z, i)),
        "shares exchanged": lambda z, i, e: softmax(z) - e * hot(z, i) - (1 - e) / len(z),
        "wrong sign": lambda z, i, e: (1 - e) * hot(z, i) + e / len(z) - softmax(z),
        "logit for probability": lambda z, i, e: z - (1 - e) * hot(z, i) - e / len(z),
        "does not sum to 0": lambda z, i, e: softmax(z) + 0.5,
    },
    "independent-questions": {
        "still a softmax": "a",
        "true classes share": "c",
        "gradient of the targets": "d",
    },
    "weighted-batch": {
        "weight of the column": [
            lambda Z, y, w: w * rows(Z, y) / w[y].sum(),
            lambda Z, y, w: w * rows(Z, y) / len(y),
        ],
        "divided by n": lambda Z, y, w: each(y, w) * rows(Z, y) / len(y),
        "divided by all weights": lambda Z, y, w: each(y, w) * rows(Z, y) / w.sum(),
        "not averaged": lambda Z, y, w: each(y, w) * rows(Z, y),
        "weights forgotten": lambda Z, y, w: rows(Z, y) / len(y),
        "wrong sign": lambda Z, y, w: -each(y, w) * rows(Z, y) / w[y].sum(),
        "summed too early": lambda Z, y, w: (each(y, w) * rows(Z, y) / w[y].sum()).sum(axis=0),
    },
    "focal-factor": {
        "second term forgotten": lambda p, g: (1 - p) ** g,
        "sign of the second term": lambda p, g: (
            (1 - p) ** g + g * p * (1 - p) ** (g - 1) * np.log(p)
        ),
        "power not lowered": lambda p, g: (1 - p) ** g - g * p * (1 - p) ** g * np.log(p),
        "γ forgotten": lambda p, g: (1 - p) ** g - p * (1 - p) ** (g - 1) * np.log(p),
        "p forgotten": lambda p, g: (1 - p) ** g - g * (1 - p) ** (g - 1) * np.log(p),
        "loss for factor": lambda p, g: -((1 - p) ** g) * np.log(p),
    },
    "count-heads": {
        "one toss": ["sigmoid(z) - y", "1/(1 + exp(-z)) - y"],
        "linear term forgotten": "3*sigmoid(z)",
        "wrong sign": "y - 3*sigmoid(z)",
        "term left as it was": "3*sigmoid(z) - y*z",
        "inner derivative forgotten": "3/(1 + exp(z)) - y",
        "differentiated by the target": "3*sigmoid(z) - z",
    },
}

RIGHT = {
    "hot-gap": [(0.1, -0.3, 0.2), (0.1, -3 / 10, 1 / 5)],
    "smoothed-gap": [
        lambda z, i, e: softmax(z) - (1 - e) * hot(z, i) - e / len(z),
        lambda z, i, e: others(z, i, 1 - e + e / len(z), e / len(z)),
        lambda z, i, e: (1 - e) * (softmax(z) - hot(z, i)) + e * (softmax(z) - 1 / len(z)),
    ],
    "independent-questions": ["b", "(B)"],
    "weighted-batch": [
        lambda Z, y, w: each(y, w) * rows(Z, y) / w[y].sum(),
        one_by_one,
        lambda Z, y, w: np.diag(w[y] / w[y].sum()) @ rows(Z, y),
    ],
    "focal-factor": [
        lambda p, g: (1 - p) ** (g - 1) * (1 - p - g * p * np.log(p)),
        lambda p, g: np.exp(g * np.log1p(-p)) * (1 - g * p * np.log(p) / (1 - p)),
        lambda p, g: np.array(
            [(1 - q) ** g - g * q * (1 - q) ** (g - 1) * math.log(q) for q in np.ravel(p)]
        ).reshape(np.shape(p)),
    ],
    "count-heads": ["3*sigmoid(z) - y", "3/(1 + exp(-z)) - y", "-y + 3 exp(z)/(exp(z) + 1)"],
}
