"""Wrong and right answers to lesson 08's exercises."""

import numpy as np

from lessons.model import loss_and_gradients


def softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def slopes(X, labels, W, b):
    G = (softmax(X @ W.T + b) - np.eye(len(b))[labels]) / len(X)
    return G.T @ X, G.sum(axis=0)


def stepping(factor):
    def step(X, labels, W, b, rate):
        grad_W, grad_b = slopes(X, labels, W, b)
        c = factor(X, W, rate)
        return W - c * grad_W, b - c * grad_b

    return step


def late_bias(X, labels, W, b, rate):
    W = W - rate * slopes(X, labels, W, b)[0]
    return W, b - rate * slopes(X, labels, W, b)[1]


def in_place(X, labels, W, b, rate):
    grad_W, grad_b = slopes(X, labels, W, b)
    W -= rate * grad_W
    b -= rate * grad_b
    return W, b


def on_copies(X, labels, W, b, rate):
    return in_place(X, labels, W.copy(), b.copy(), rate)


def looped(X, labels, W, b, rate):
    new_W, new_b = W.copy(), b.copy()
    for x, label in zip(X, labels, strict=True):
        grad_W, grad_b = slopes(x[None, :], [label], W, b)
        new_W -= rate * grad_W / len(X)
        new_b -= rate * grad_b / len(X)
    return new_W, new_b


def with_the_model(X, labels, W, b, rate):
    _, grad_W, grad_b = loss_and_gradients(X, labels, W, b)
    return W - rate * grad_W, b - rate * grad_b


def right_ones(Z, labels):
    return Z.argmax(axis=1) == labels


def counted(Z, labels):
    right = 0
    for z, label in zip(Z, labels, strict=True):
        if max(z) == z[label]:
            right += 1
    return right / len(labels)


WRONG = {
    "start-loss": {
        "zero is right": (0, 0),
        "wrong base": [(1.585, 3.32), (0.477, 1.0)],
        "order exchanged": (2.3, 1.1),
        "wrong sign": (-1.0986, -2.3026),
        "probability for loss": (1 / 3, 1 / 10),
        "error for loss": (2 / 3, 0.9),
        "two classes": (0.693, 0.693),
    },
    "training-step": {
        "uphill": stepping(lambda X, W, rate: -rate),
        "missing mean": stepping(lambda X, W, rate: rate * len(X)),
        "K for n": stepping(lambda X, W, rate: rate * len(X) / len(W)),
        "learning rate forgotten": stepping(lambda X, W, rate: 1.0),
        "gradients returned": lambda X, labels, W, b, rate: slopes(X, labels, W, b),
        "divided by n twice": stepping(lambda X, W, rate: rate / len(X)),
        "step alone": [
            lambda X, labels, W, b, rate: tuple(rate * g for g in slopes(X, labels, W, b)),
            lambda X, labels, W, b, rate: tuple(-rate * g for g in slopes(X, labels, W, b)),
        ],
        "bias uphill": lambda X, labels, W, b, rate: (
            W - rate * slopes(X, labels, W, b)[0],
            b + rate * slopes(X, labels, W, b)[1],
        ),
        "bias after the weights": late_bias,
        "bias not moved": lambda X, labels, W, b, rate: (
            W - rate * slopes(X, labels, W, b)[0],
            b,
        ),
        "writes into its input": in_place,
        "": lambda X, labels, W, b, rate: (W, b),
    },
    "learning-rate": {"small for large": "a", "uphill": "c", "overfitting": "d"},
    "accuracy": {
        "count for share": lambda Z, labels: right_ones(Z, labels).sum(),
        "percent": lambda Z, labels: 100 * right_ones(Z, labels).mean(),
        "error rate": lambda Z, labels: (Z.argmax(axis=1) != labels).mean(),
        "integer division": [
            lambda Z, labels: right_ones(Z, labels).sum() // len(labels),
            lambda Z, labels: int(right_ones(Z, labels).mean()),
            lambda Z, labels: all(right_ones(Z, labels)),
        ],
        "nothing counts": [
            lambda Z, labels: np.mean(Z.argmax == labels),
            lambda Z, labels: np.mean([z.argmax() is k for z, k in zip(Z, labels, strict=True)]),
        ],
        "set, not added": lambda Z, labels: any(right_ones(Z, labels)) / len(Z),
        "value for place": lambda Z, labels: np.mean(Z.max(axis=1) == labels),
        "place in the whole table": lambda Z, labels: np.mean(np.argmax(Z) == labels),
        "probability for hit": lambda Z, labels: softmax(Z)[np.arange(len(Z)), labels].mean(),
        "over the examples": lambda Z, labels: np.mean(Z.argmax(axis=0) == labels),
        "K for n": lambda Z, labels: right_ones(Z, labels).sum() / len(Z[0]),
        "not averaged": [right_ones, lambda Z, labels: right_ones(Z, labels) * 1.0],
    },
    "boundary-slope": {
        "sign of the slope lost": lambda x0, w, b: w[0] / w[1] * x0 - b / w[1],
        "sign of the offset lost": lambda x0, w, b: (b - w[0] * x0) / w[1],
        "both signs lost": lambda x0, w, b: (w[0] * x0 + b) / w[1],
        "weights exchanged": lambda x0, w, b: -(w[1] * x0 + b) / w[0],
        "brackets lost": [
            lambda x0, w, b: -w[0] * x0 - b / w[1],
            lambda x0, w, b: -w[0] / w[1] * x0 - b,
        ],
        "offset forgotten": lambda x0, w, b: -w[0] / w[1] * x0,
        "not divided": lambda x0, w, b: -(w[0] * x0 + b),
    },
}

RIGHT = {
    "start-loss": [(1.1, 2.3), (np.log(3), np.log(10))],
    "training-step": [
        stepping(lambda X, W, rate: rate),
        on_copies,
        looped,
        with_the_model,
    ],
    "learning-rate": ["b"],
    "accuracy": [
        counted,
        lambda Z, labels: right_ones(Z, labels).mean(),
        lambda Z, labels: right_ones(Z, labels).sum() / len(labels),
        lambda Z, labels: np.mean(softmax(Z).argmax(axis=1) == labels),
        lambda Z, labels: np.mean(Z[np.arange(len(Z)), labels] == Z.max(axis=1)),
    ],
    "boundary-slope": [
        lambda x0, w, b: -(w[0] * x0 + b) / w[1],
        lambda x0, w, b: -w[0] / w[1] * x0 - b / w[1],
        lambda x0, w, b: (w[0] * x0 + b) / -w[1],
    ],
}
