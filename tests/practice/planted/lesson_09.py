"""Wrong and right answers to lesson 09's exercises."""

import math

import numpy as np


def sigma(z):
    return 1 / (1 + math.exp(-z))


def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def naive(z):
    return np.exp(z) / np.exp(z).sum()


def off(table):
    return table - np.diag(np.diag(table))


def looped_jacobian(z, softmax=softmax):
    p, J = softmax(z), np.empty((len(z), len(z)))
    for j in range(len(z)):
        for t in range(len(z)):
            J[j, t] = p[j] * (1 - p[j]) if j == t else -p[j] * p[t]
    return J


def with_table(z, v):
    p = softmax(z)
    return (np.diag(p) - np.outer(p, p)) @ v


WRONG = {
    "softmax-jacobian": {
        "diagonal only": [
            lambda z: np.diag(softmax(z) * (1 - softmax(z))),
            lambda z: softmax(z) * (1 - softmax(z)),
        ],
        "sign of the other entries": lambda z: looped_jacobian(z) - 2 * off(looped_jacobian(z)),
        "both parts added": lambda z: np.diag(softmax(z)) + np.outer(softmax(z), softmax(z)),
        "wrong sign": lambda z: np.outer(softmax(z), softmax(z)) - np.diag(softmax(z)),
        "diagonal part forgotten": lambda z: -np.outer(softmax(z), softmax(z)),
        "identity for diag(ŷ)": lambda z: np.eye(len(z)) - np.outer(softmax(z), softmax(z)),
        "no outer product": [
            lambda z: np.diag(softmax(z)) - softmax(z) * softmax(z).T,
            lambda z: np.diag(softmax(z)) - softmax(z) @ softmax(z).T,
        ],
        "vector for diag(ŷ)": [
            lambda z: softmax(z) - np.outer(softmax(z), softmax(z)),
            lambda z: softmax(z)[:, None] - np.outer(softmax(z), softmax(z)),
        ],
        "missing shift": lambda z: np.diag(naive(z)) - np.outer(naive(z), naive(z)),
        "wide spread": lambda z: looped_jacobian(z - z.min(), naive),
        "rows do not sum to 0": lambda z: np.outer(z, z),
    },
    "two-gradients": {
        "chain stopped at ŷ": [(-0.9, -1.8), (-10, -0.162)],
        "two forgotten": (-0.9, -0.081),
        "slope of the sigmoid": [(-0.9, -0.18), (-0.9, -1.62)],
        "wrong sign": [(0.9, 0.162), (-0.9, 0.162)],
        "order exchanged": (-0.162, -0.9),
        "factor that cancels": (-0.081, -0.162),
    },
    "squared-error-gradient": {
        "cross-entropy's gradient": lambda z, y: sigma(z) - y,
        "chain stopped at ŷ": lambda z, y: 2 * (sigma(z) - y),
        "two forgotten": lambda z, y: (sigma(z) - y) * sigma(z) * (1 - sigma(z)),
        "slope of the sigmoid": [
            lambda z, y: 2 * (sigma(z) - y) * sigma(z),
            lambda z, y: 2 * (sigma(z) - y) * (1 - sigma(z)),
        ],
        "wrong sign": lambda z, y: 2 * (y - sigma(z)) * sigma(z) * (1 - sigma(z)),
        "loss for gradient": lambda z, y: (sigma(z) - y) ** 2,
        "logit for probability": [
            lambda z, y: 2 * (z - y) * sigma(z) * (1 - sigma(z)),
            lambda z, y: 2 * (sigma(z) - y) * z * (1 - z),
        ],
    },
    "hessian-times-vector": {
        "diagonal only": lambda z, v: softmax(z) * (1 - softmax(z)) * v,
        "second part forgotten": lambda z, v: softmax(z) * v,
        "parts added": lambda z, v: softmax(z) * (v + softmax(z) @ v),
        "number for vector": [
            lambda z, v: softmax(z) * v - softmax(z) @ v,
            lambda z, v: v - softmax(z) @ v,
        ],
        "product by components": lambda z, v: softmax(z) * v - softmax(z) ** 2 * v.sum(),
        "curvature for product": lambda z, v: v @ with_table(z, v),
        "wrong sign": lambda z, v: -with_table(z, v),
        "does not sum to 0": lambda z, v: v,
        "table built": [
            with_table,
            lambda z, v: softmax(z) * v - np.outer(softmax(z), softmax(z)) @ v,
        ],
    },
}

RIGHT = {
    "softmax-jacobian": [
        looped_jacobian,
        lambda z: softmax(z)[:, None] * (np.eye(len(z)) - softmax(z)),
        lambda z: softmax(z) * (np.eye(len(z)) - softmax(z)[:, None]),
    ],
    "two-gradients": [(-0.9, -0.162), (-0.9, -0.1621)],
    "squared-error-gradient": [
        lambda z, y: 2 * (sigma(z) - y) * sigma(z) * (1 - sigma(z)),
        lambda z, y: 2 * (sigma(z) - y) * math.exp(-z) * sigma(z) ** 2,
        lambda z, y: 2 * (sigma(z) - y) * sigma(z) * sigma(-z),
    ],
    "hessian-times-vector": [
        lambda z, v: softmax(z) * (v - softmax(z) @ v),
        lambda z, v: softmax(z) * v - softmax(z) * sum(softmax(z) * v),
    ],
}
