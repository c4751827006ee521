"""Wrong and right answers to lesson 06's exercises."""

import numpy as np


def softmax(Z, axis=1):
    e = np.exp(Z - Z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def parts(X, labels, W, b, axis=1):
    return softmax(X @ W.T + b, axis) - np.eye(len(b))[labels]


def from_gap(change, axis=1):
    def gradients(X, labels, W, b):
        return change(parts(X, labels, W, b, axis), X)

    return gradients


def looped(X, labels, W, b):
    grad_W, grad_b = np.zeros_like(W), np.zeros_like(b)
    for x, label in zip(X, labels, strict=True):
        z = W @ x + b
        g = np.exp(z - z.max())
        g /= g.sum()
        g[label] -= 1
        grad_W += np.outer(g, x) / len(X)
        grad_b += g / len(X)
    return grad_W, grad_b


def naive(X, labels, W, b):
    e = np.exp(X @ W.T + b)
    G = (e / e.sum(axis=1, keepdims=True) - np.eye(len(b))[labels]) / len(X)
    return G.T @ X, G.sum(axis=0)


def axis_dropped(X, labels, W, b):
    e = np.exp(X @ W.T + b)
    G = (e / e.sum(axis=1) - np.eye(len(b))[labels]) / len(X)
    return G.T @ X, G.sum(axis=0)


def earlier_label(X, labels, W, b):
    G = softmax(X @ W.T + b)
    G[np.arange(len(X)), labels - 1] -= 1
    return G.T @ X / len(X), G.sum(axis=0) / len(X)


def labels_subtracted(X, labels, W, b):
    G = (softmax(X @ W.T + b) - labels) / len(X)
    return G.T @ X, G.sum(axis=0)


def labels_in_a_column(X, labels, W, b):
    G = (softmax(X @ W.T + b) - labels[:, None]) / len(X)
    return G.T @ X, G.sum(axis=0)


def mean(G):
    return G / len(G)


def averaged(G, X):
    return mean(G).T @ X, mean(G).sum(axis=0)


def labels_as_columns(X, labels, W, b):
    G = softmax(X @ W.T + b)
    G[:, labels] -= 1
    return averaged(G, X)


def exponentials(Z, shift_axis, sum_axis, keep=True):
    e = np.exp(Z - Z.max(axis=shift_axis, keepdims=keep))
    return e / e.sum(axis=sum_axis, keepdims=keep)


def row_by_row(Z):
    P = np.zeros(Z.shape)
    for r, z in enumerate(Z):
        P[r] = softmax(z, axis=0)
    return P


def shifted_by_smallest(Z):
    e = np.exp(Z - Z.min(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def added(gradients, sizes):
    total = np.zeros(gradients[0].shape)
    for gradient, n in zip(gradients, sizes, strict=True):
        total += n * gradient
    return total


SHAPES = {"X": (5, 4), "Z": (5, 3), "G": (5, 3), "grad_W": (3, 4), "grad_b": (3,), "L": ()}

WRONG = {
    "batch-shapes": {
        "examples as columns": [
            SHAPES | {"X": (4, 5)},
            SHAPES | {"Z": (3, 5)},
            SHAPES | {"G": (3, 5)},
        ],
        "features for logits": SHAPES | {"Z": (5, 4)},
        "summed too early": SHAPES | {"G": (3,)},
        "transposed": SHAPES | {"grad_W": (4, 3)},
        "not summed": [SHAPES | {"grad_W": (5, 3, 4)}, SHAPES | {"grad_b": (5, 3)}],
        "summed along the row": SHAPES | {"grad_b": (5,)},
        "summed over both": SHAPES | {"grad_b": ()},
        "not averaged": SHAPES | {"L": (5,)},
    },
    "batch-gradients": {
        "missing mean": from_gap(lambda G, X: (G.T @ X, G.sum(axis=0))),
        "K for n": from_gap(lambda G, X: (G.T @ X / len(G[0]), G.sum(axis=0) / len(G[0]))),
        "mean over the classes too": from_gap(
            lambda G, X: (G.T @ X / G.size, G.sum(axis=0) / G.size)
        ),
        "divided by n twice": [
            from_gap(lambda G, X: (mean(G).T @ X, mean(G).mean(axis=0))),
            from_gap(lambda G, X: (mean(mean(G)).T @ X, mean(mean(G)).sum(axis=0))),
        ],
        "wrong sign": from_gap(lambda G, X: (-mean(G).T @ X, -mean(G).sum(axis=0))),
        "transposed": from_gap(lambda G, X: (X.T @ mean(G), mean(G).sum(axis=0))),
        "summed over both": from_gap(lambda G, X: (mean(G).T @ X, mean(G).sum())),
        "summed along the row": from_gap(lambda G, X: (mean(G).T @ X, mean(G).sum(axis=1))),
        "softmax over the examples": from_gap(
            lambda G, X: (mean(G).T @ X, mean(G).sum(axis=0)), axis=0
        ),
        "off-by-one label": earlier_label,
        "labels as columns": labels_as_columns,
        "target forgotten": lambda X, labels, W, b: averaged(softmax(X @ W.T + b), X),
        "bias left out": lambda X, labels, W, b: averaged(parts(X, labels, W, 0 * b), X),
        "last example only": [
            from_gap(lambda G, X: (np.outer(G[-1], X[-1]), G[-1])),
            from_gap(lambda G, X: (np.outer(G[-1], X[-1]) / len(X), G[-1] / len(X))),
        ],
        "not averaged alike": [
            from_gap(lambda G, X: (mean(G).T @ X, G.sum(axis=0))),
            from_gap(lambda G, X: (G.T @ X, G.mean(axis=0))),
        ],
        "label for one-hot": [labels_subtracted, labels_in_a_column],
        "axis dropped": axis_dropped,
        "missing shift": naive,
        "": from_gap(lambda G, X: (mean(G).T @ X, mean(G))),
    },
    "bias-sum": {
        "summed over both": [
            lambda G: G.sum(),
            lambda G: float(np.sum(np.sum(G, axis=0))),
            lambda G: np.full(len(G[0]), G.sum()),
        ],
        "summed along the row": [
            lambda G: G.sum(axis=1),
            lambda G: np.sum(G, axis=1, keepdims=True),
        ],
        "mean for sum": [lambda G: G.mean(axis=0), lambda G: G.sum(axis=0) / len(G)],
        "an axis too many": [
            lambda G: G.sum(axis=0, keepdims=True),
            lambda G: G.sum(axis=0).reshape(-1, 1),
        ],
        "not summed": lambda G: G,
    },
    "softmax-axis": {
        "over the examples": lambda Z: exponentials(Z, 0, 0),
        "all at once": lambda Z: exponentials(Z, None, None),
        "shift by column": lambda Z: exponentials(Z, 0, 1),
        "half mended": lambda Z: exponentials(Z, 1, 0),
        "axis dropped": lambda Z: exponentials(Z, 1, 1, keep=False),
        "one shift for all rows": lambda Z: exponentials(Z, None, 1),
        "missing shift": lambda Z: np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True),
        "wide spread": shifted_by_smallest,
        "float32 lost": row_by_row,
        "rows do not sum to 1": lambda Z: np.exp(Z - Z.max(axis=1, keepdims=True)),
    },
    "unequal-parts": {
        "mean of means": [lambda G, n: G.mean(axis=0), lambda G, n: sum(G) / len(n)],
        "means added": lambda G, n: sum(G),
        "missing mean": [lambda G, n: np.tensordot(n, G, axes=1), added],
        "machines for examples": lambda G, n: added(G, n) / len(n),
        "divided by n twice": [
            lambda G, n: sum(g / size for g, size in zip(G, n, strict=True)),
            lambda G, n: np.mean([g / size for g, size in zip(G, n, strict=True)], axis=0),
        ],
        "the small ones count most": lambda G, n: np.average(G, axis=0, weights=1 / np.array(n)),
        "not summed": lambda G, n: G * np.reshape(n, (-1, 1, 1)) / sum(n),
        "summed over everything": lambda G, n: np.sum(G * np.reshape(n, (-1, 1, 1))) / sum(n),
        "sizes along the features": lambda G, n: (np.array(n) * G).sum(axis=0) / sum(n),
        "axis missing": lambda G, n: np.average(G, weights=n),
        "": lambda G, n: G[np.argmax(n)],
    },
}

RIGHT = {
    "batch-shapes": [SHAPES],
    "batch-gradients": [
        looped,
        from_gap(lambda G, X: (mean(G).T @ X, mean(G).sum(axis=0))),
        from_gap(lambda G, X: (np.einsum("nk,nd->kd", G, X) / len(X), G.mean(axis=0))),
        from_gap(lambda G, X: ((X.T @ G).T / len(X), np.ones(len(X)) @ G / len(X))),
        from_gap(lambda G, X: [G.T @ X / len(X), G.mean(axis=0)]),
    ],
    "bias-sum": [
        lambda G: G.sum(axis=0),
        lambda G: sum(G),
        lambda G: np.ones(len(G)) @ G,
        lambda G: [column.sum() for column in G.T],
    ],
    "softmax-axis": [
        softmax,
        lambda Z: softmax(Z.T, axis=0).T,
        lambda Z: np.array([softmax(row, axis=0) for row in Z]),
        lambda Z: np.exp(Z - np.logaddexp.reduce(Z, axis=1)[:, None]),
    ],
    "unequal-parts": [
        lambda G, n: np.average(G, axis=0, weights=n),
        lambda G, n: np.einsum("m,mkd->kd", n, G) / np.sum(n),
        lambda G, n: np.tensordot(np.array(n) / sum(n), G, axes=1),
        lambda G, n: (np.reshape(n, (-1, 1, 1)) * G).sum(axis=0) / sum(n),
        lambda G, n: added(G, n) / sum(n),
    ],
}
