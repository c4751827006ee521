"""Wrong and right answers to lesson 05's exercises."""

import numpy as np


def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def gap(x, W, b, label):
    p = softmax(W @ x + b)
    return p - np.eye(len(p))[label]


def from_gap(change):
    def gradients(x, W, b, label):
        return change(gap(x, W, b, label), x)

    return gradients


def with_softmax(p, x, label):
    return np.outer(p, x), p


def naive(x, W, b, label):
    e = np.exp(W @ x + b)
    g = e / e.sum() - np.eye(len(b))[label]
    return np.outer(g, x), g


def row_by_row(x, W, b, label):
    grad_W, grad_b = np.zeros_like(W), np.zeros_like(b)
    p = softmax(W @ x + b)
    for k in range(len(b)):
        grad_b[k] = p[k] - (k == label)
        grad_W[k] = grad_b[k] * x
    return grad_W, grad_b


def label_row(x, W, b, label):
    g = gap(x, W, b, label)
    grad_W = np.zeros_like(W)
    grad_W[label] = g[label] * x
    return grad_W, g


def wrong_product(x, W, b, label):
    return naive(x, W, x @ W + b, label)


SHAPES = {"z": (3,), "grad_z": (3,), "grad_W": (3, 4), "grad_b": (3,), "grad_x": (4,)}

WRONG = {
    "shapes-of-everything": {
        "transposed": SHAPES | {"grad_W": (4, 3)},
        "one derivative a row": SHAPES | {"grad_W": (3,)},
        "summed up": [SHAPES | {"grad_W": ()}, SHAPES | {"grad_b": ()}],
        "bias by feature": SHAPES | {"grad_b": (4,)},
        "shape of the logits": SHAPES | {"grad_x": (3,)},
        "Jacobian for gradient": [SHAPES | {"grad_x": (3, 4)}, SHAPES | {"grad_z": (3, 3)}],
        "column in code": [SHAPES | {"z": (3, 1)}, SHAPES | {"grad_x": (4, 1)}],
    },
    "other-row": {
        "the label's row": ["(yhat[k] - 1)*x[q]", "yhat[k] x[q] - x[q]"],
        "x forgotten": "exp(z[k])/S",
        "first factor forgotten": "x[q]",
        "wrong sign": "-yhat[k]*x[q]",
        "weight for feature": "yhat[k]*W[k, q]",
        "rows thought apart": "0",
        "target left in": "(yhat[k] - y[k])*x[q]",
        "not understood": ["yhat[k]*x[k]", "yhat[i]*x[q]"],
        "": "yhat[k] - y[k]",
    },
    "parameter-gradients": {
        "wrong sign": from_gap(lambda g, x: (-np.outer(g, x), -g)),
        "transposed": [
            from_gap(lambda g, x: (np.outer(x, g), g)),
            from_gap(lambda g, x: (x[:, None] * g, g)),
        ],
        "x forgotten": from_gap(lambda g, x: (np.outer(g, np.ones_like(x)), g)),
        "biases summed": [
            from_gap(lambda g, x: (np.outer(g, x), g.sum())),
            from_gap(lambda g, x: (np.outer(g, x), g.sum(keepdims=True))),
        ],
        "label's row only": label_row,
        "order exchanged": from_gap(lambda g, x: (g, np.outer(g, x))),
        "bias: chain rule stopped early": from_gap(lambda g, x: (np.outer(g, x), np.ones(len(g)))),
        "bias left out": lambda x, W, b, label: with_softmax(gap(x, W, 0 * b, label), x, label),
        "weight for feature": lambda x, W, b, label: (
            gap(x, W, b, label)[:, None] * W,
            gap(x, W, b, label),
        ),
        "off-by-one label": lambda x, W, b, label: with_softmax(gap(x, W, b, label - 1), x, label),
        "label for one-hot": lambda x, W, b, label: with_softmax(
            softmax(W @ x + b) - label, x, label
        ),
        "took a step": [
            lambda x, W, b, label: (
                W - 0.1 * np.outer(gap(x, W, b, label), x),
                b - 0.1 * gap(x, W, b, label),
            ),
            lambda x, W, b, label: (
                W - np.outer(gap(x, W, b, label), x),
                b - gap(x, W, b, label),
            ),
        ],
        "averaged over the classes": from_gap(lambda g, x: (np.outer(g, x) / len(g), g / len(g))),
        "target forgotten": lambda x, W, b, label: with_softmax(softmax(W @ x + b), x, label),
        "layouts mixed": [
            wrong_product,
            from_gap(lambda g, x: (g * x, g)),
            from_gap(lambda g, x: (g @ x, g)),
        ],
        "missing shift": naive,
        "": [
            from_gap(lambda g, x: np.outer(g, x)),
            lambda x, W, b, label: (W, b),
            lambda x, W, b, label: (W - 0.1 * np.outer(gap(x, W, b, label), x), b),
            lambda x, W, b, label: (W - gap(x, W, b, label)[:, None], b),
        ],
    },
    "weights-layout": {
        "still mixed": [lambda x, W, b: np.dot(x, W) + b, lambda x, W, b: W.T @ x + b],
        "reshaped": lambda x, W, b: x @ W.reshape(len(x), len(b)) + b,
        "bias forgotten": lambda x, W, b: W @ x,
        "not summed": [lambda x, W, b: W * x + b[:, None], lambda x, W, b: W * x],
    },
    "input-gradient": {
        "transpose forgotten": [lambda W, g: W @ g, lambda W, g: np.dot(W, g)],
        "not summed": [lambda W, g: g[:, None] * W, lambda W, g: W.T * g],
        "weights alone": lambda W, g: W.sum(axis=0),
        "averaged over the classes": lambda W, g: (g[:, None] * W).mean(axis=0),
        "wrong sign": lambda W, g: -W.T @ g,
        "": lambda W, g: np.outer(g, W),
    },
}

RIGHT = {
    "shapes-of-everything": [SHAPES, dict(reversed(SHAPES.items()))],
    "other-row": ["yhat[k]*x[q]", "x[q] exp(z[k])/S", "exp(z[k]) x[q]/sum(exp(z[t]), t)"],
    "parameter-gradients": [
        row_by_row,
        from_gap(lambda g, x: (g[:, None] * x, g)),
        from_gap(lambda g, x: (g.reshape(-1, 1) @ x.reshape(1, -1), g)),
        from_gap(lambda g, x: (np.einsum("k,d->kd", g, x), g)),
        from_gap(lambda g, x: [np.outer(g, x), g]),
        from_gap(lambda g, x: ([[gk * xq for xq in x] for gk in g], tuple(g))),
    ],
    "weights-layout": [
        lambda x, W, b: W @ x + b,
        lambda x, W, b: x @ W.T + b,
        lambda x, W, b: np.array([np.dot(row, x) for row in W]) + b,
    ],
    "input-gradient": [
        lambda W, g: W.T @ g,
        lambda W, g: g @ W,
        lambda W, g: (g[:, None] * W).sum(axis=0),
        lambda W, g: sum(g[k] * W[k] for k in range(len(g))),
    ],
}
