"""Wrong and right answers to lesson 12's exercises."""

import numpy as np

WRONG = {
    "through-column": {
        "off-by-one unit": -0.15,
        "prediction for gap": 0.8,
        "wrong sign": 1.2,
        "weights alone": 1.5,
        "label only": -1.0,
        "": [0.33, -2.4],
    },
    "two-layer-shapes": {
        "transposed": [
            {"grad_V": (2, 5), "grad_c": (5,), "grad_h": (4, 5), "grad_W": (3, 5)},
            {"grad_V": (5, 2), "grad_c": (5,), "grad_h": (4, 5), "grad_W": (5, 3)},
        ],
        "layers exchanged": {
            "grad_V": (3, 5),
            "grad_c": (5,),
            "grad_h": (4, 5),
            "grad_W": (3, 5),
        },
        "bias by feature": {"grad_V": (5, 2), "grad_c": (2,), "grad_h": (4, 5), "grad_W": (3, 5)},
        "bias by example": {"grad_V": (5, 2), "grad_c": (4,), "grad_h": (4, 5), "grad_W": (3, 5)},
        "summed over examples": {
            "grad_V": (5, 2),
            "grad_c": (5,),
            "grad_h": (5,),
            "grad_W": (3, 5),
        },
        "examples as columns": {
            "grad_V": (5, 2),
            "grad_c": (5,),
            "grad_h": (5, 4),
            "grad_W": (3, 5),
        },
    },
    "relu-backward": {
        "gate forgotten": lambda W, G, A: G @ W,
        "output for slope": lambda W, G, A: (G @ W) * np.maximum(A, 0),
        "gate turned round": lambda W, G, A: (G @ W) * (A <= 0),
        "gate on the gradient": lambda W, G, A: np.maximum(G @ W, 0),
        "number for slope": lambda W, G, A: (G @ W) * A,
        "mean taken again": lambda W, G, A: (G @ W) * (A > 0) / len(G),
        "wrong sign": lambda W, G, A: -(G @ W) * (A > 0),
        "layouts mixed": lambda W, G, A: (W @ G) * (A > 0),
        "": [
            lambda W, G, A: (G @ W) * (A > 0.2),
            lambda W, G, A: (G @ W) * (A > -0.2),
            lambda W, G, A: (G @ W) * np.clip(4 * A, 0, 1),
        ],
    },
    "tanh-backward": {
        "tanh taken twice": lambda W, G, H: (G @ W) * (1 - np.tanh(H) ** 2),
        "slope of the sigmoid": lambda W, G, H: (G @ W) * H * (1 - H),
        "square forgotten": lambda W, G, H: (G @ W) * (1 - H),
        "slope forgotten": lambda W, G, H: G @ W,
        "gate of ReLU": lambda W, G, H: (G @ W) * (H > 0),
        "wrong sign": lambda W, G, H: -(G @ W) * (1 - H**2),
        "layouts mixed": lambda W, G, H: (W @ G) * (1 - H**2),
    },
    "hidden-gradients": {
        "transposed": lambda X, D: (X.T @ D, D.sum(axis=0)),
        "bias summed over units": lambda X, D: (D.T @ X, D.sum(axis=1)),
        "one bias": lambda X, D: (D.T @ X, D.sum()),
        "mean taken again": lambda X, D: (D.T @ X / len(X), D.mean(axis=0)),
        "mean of the biases": lambda X, D: (D.T @ X, D.mean(axis=0)),
        "order exchanged": lambda X, D: (D.sum(axis=0), D.T @ X),
        "wrong sign": lambda X, D: (-D.T @ X, -D.sum(axis=0)),
        "layouts mixed": lambda X, D: (D @ X, D.sum(axis=0)),
    },
    "same-start": {
        "training tells them apart": "a",
        "nothing moves": "c",
        "one is switched off": "d",
        "": ["e", 2],
    },
}

RIGHT = {
    "through-column": [-1.2, -6 / 5, np.float64(-1.2)],
    "two-layer-shapes": [
        {"grad_V": (5, 2), "grad_c": (5,), "grad_h": (4, 5), "grad_W": (3, 5)},
        {"grad_V": [5, 2], "grad_c": (5,), "grad_h": (4, 5), "grad_W": (3, 5)},
    ],
    "relu-backward": [
        lambda W, G, A: (G @ W) * (A > 0),
        lambda W, G, A: np.where(A > 0, G @ W, 0),
        lambda W, G, A: (W.T @ G.T).T * (np.sign(A) + 1) / 2,
    ],
    "tanh-backward": [
        lambda W, G, H: (G @ W) * (1 - H**2),
        lambda W, G, H: (G @ W) * (1 - H) * (1 + H),
        lambda W, G, H: (G @ W) / np.cosh(np.arctanh(H)) ** 2,
    ],
    "hidden-gradients": [
        lambda X, D: (D.T @ X, D.sum(axis=0)),
        lambda X, D: (np.einsum("nm,nd->md", D, X), D.T @ np.ones(len(D))),
        lambda X, D: (sum(np.outer(d, x) for d, x in zip(D, X, strict=True)), sum(D)),
    ],
    "same-start": ["b", "B", "(b)"],
}
