"""Wrong and right answers to lesson 01's exercises."""

import math

import numpy as np
import sympy


def naive(z):
    return np.exp(z) / np.exp(z).sum()


def shifted(c):
    def softmax(z):
        e = np.exp(z - c(z))
        return e / e.sum()

    return softmax


def in_place(z):
    z -= z.max()
    return np.exp(z) / np.exp(z).sum()


def looped(z):
    p = np.zeros_like(z)
    for k in range(len(z)):
        p[k] = math.exp(z[k]) / sum(math.exp(t) for t in z)
    return p


def looped_and_shifted(z):
    p = np.zeros_like(z)
    for k in range(len(z)):
        p[k] = math.exp(z[k] - max(z)) / sum(math.exp(t - max(z)) for t in z)
    return p


def by_differences(z):
    return np.array([1 / np.sum(np.exp(np.minimum(z - zk, 700))) for zk in z])


def by_logs(z):
    m = max(z)
    return np.exp(z - m - np.log(np.sum(np.exp(z - m))))


def upside_down(z):
    e = np.exp(z - np.max(z))
    return e / np.exp(z).sum()


def below_only(z):
    return np.exp(z) / np.exp(z - np.max(z)).sum()


SHIFTS = {
    "shift with the wrong sign": [shifted(lambda z: -z.max()), shifted(lambda z: -np.abs(z).max())],
    "missing shift": [
        naive,
        lambda z: [math.exp(t) / sum(math.exp(s) for s in z) for t in z],
    ],
    "shift in one place": [upside_down, below_only],
    "shift by another number": [
        shifted(lambda z: z.min()),
        shifted(lambda z: z.mean()),
        shifted(lambda z: z[0]),
        shifted(lambda z: z.sum()),
        shifted(lambda z: 500),
        shifted(lambda z: max(z, key=abs)),
    ],
    "size for value": shifted(lambda z: np.abs(z).max()),
    "no return": lambda z: None,
}

ONE_ARRAY = np.empty(8)


def in_one_array(z):
    p = ONE_ARRAY[: len(z)]
    np.exp(z - z.max(), out=p)
    p /= p.sum()
    return p


WRONG = {
    "shifted-logits": {
        "relative differences": (0.333, 0.333, 0.333),
        "large means certain": (0, 0, 1),
        "not normalised": (1, 2, 5),
        "each on its own": [(1, 1, 1)],
        "percent": (12.5, 25, 62.5),
        "": [
            (0.5, 0.25, 0.25),
            (0.125, 0.25),
            0.125,
            "1/8",
            ("1/8", "2/8", "5/8"),
            {0.125, 0.25, 0.625},
            np.array([[0.125, 0.25, 0.625]]),
        ],
    },
    "softmax": {
        "never divided": lambda z: np.exp(z),
        "no exponential": lambda z: z / z.sum(),
        "divided by the largest": lambda z: np.exp(z) / np.exp(z).max(),
        "divided by the mean": lambda z: np.exp(z) / np.exp(z).mean(),
        "sigmoid of each": lambda z: 1 / (1 + np.exp(-z)),
        "sign of the exponent": lambda z: naive(-z),
        "only the last added": lambda z: np.exp(z) / np.exp(z[-1]),
        "winner takes all": lambda z: (z == max(z)) / sum(z == max(z)),
        "only some digits": [
            *(lambda z, c=c: np.exp(z) / (np.exp(z).sum() + c) for c in (1e-6, 1e-8, 1e-12)),
            lambda z: naive(z) + 1e-8,
            lambda z: (np.exp(z) + 1e-9) / np.sum(np.exp(z) + 1e-9),
            lambda z: np.round(naive(z), 6),
        ],
        "whole numbers": looped,
        "logarithms": [lambda z: np.log(naive(z)), lambda z: z - np.log(np.exp(z).sum())],
        "not positive": lambda z: z - z.mean(),
        "not normalised": lambda z: np.abs(z) + 1.0,
        "": [
            lambda z: naive(z)[::-1],
            lambda z: 1.0,
            lambda z: np.ma.array(naive(z), mask=z == z[0]),
            lambda z: np.ma.array(naive(z)),
            lambda z: naive(z).astype(object),
        ],
    },
    "stable-softmax": {
        **SHIFTS,
        "clipping": shifted(lambda z: z - np.clip(z, -500, 500)),
        "nan replaced": [
            lambda z: np.nan_to_num(np.exp(z) / np.exp(z).sum()),
            lambda z: np.nan_to_num(np.exp(z)) / np.nan_to_num(np.exp(z)).sum(),
        ],
        "one array for all calls": in_one_array,
        "writes into its input": in_place,
        "whole numbers": looped_and_shifted,
        "only some digits": lambda z: shifted(max)(z) + 1e-8,
        "not normalised": lambda z: np.exp(z - z.max()),
        "not positive": lambda z: z - z.max(),
    },
    "shift-sign": {
        **SHIFTS,
        "writes into its input": in_place,
        "not normalised": lambda z: np.exp(z - z.max()),
        "not positive": lambda z: z - z.max(),
    },
    "two-class-sigmoid": {
        "sign of the difference": "z1 - z0",
        "only one side divided": "z0",
        "other logit forgotten": "-z1",
        "quotient of exponents": "z0/z1",
        "sum of exponents": "z1 + z0",
        "not understood": ["z2 - z1", "z[2] - z[1]"],
        "": "2 (z0 - z1)",
    },
}

RIGHT = {
    "shifted-logits": [(0.125, 0.25, 0.625), [1 / 8, 2 / 8, 5 / 8], (0.13, 0.25, 0.63)],
    "softmax": [
        naive,
        lambda z: np.exp(z) / np.sum(np.exp(z)),
        shifted(lambda z: z.max()),
        lambda z: [math.exp(t) / sum(math.exp(s) for s in z) for t in z],
        lambda z: tuple(math.exp(t) / sum(math.exp(s) for s in z) for t in z),
        lambda z: [sympy.exp(t) / sum(sympy.exp(s) for s in z) for t in z],
        lambda z: naive(z).astype(np.float32),
        lambda z: naive(z.astype(np.float32)),
    ],
    "stable-softmax": [
        shifted(lambda z: z.max()),
        shifted(lambda z: max(z)),
        by_differences,
        by_logs,
        lambda z: in_place(z.astype(float)),
    ],
    "shift-sign": [shifted(lambda z: np.max(z)), by_logs, by_differences],
    "two-class-sigmoid": ["z0 - z1", "-(z1 - z0)", "-z1 + z0", "z[0] - z[1]", "z_0 - z₁"],
}
