"""Wrong and right answers to lesson 00's exercises."""

from fractions import Fraction

import numpy as np
import sympy


def put(label, K, place, value=1.0, rest=0.0):
    y = np.full(K, rest)
    y[place] = value
    return y


def listed(label, K):
    return [1.0 if k == label else 0.0 for k in range(K)]


SHAPES = {"x": (4,), "W": (3, 4), "b": (3,), "z": (3,), "L": ()}

WRONG = {
    "notation-shapes": {
        "column in code": SHAPES | {"x": (4, 1)},
        "classes for features": SHAPES | {"x": (3,)},
        "columns as classes": SHAPES | {"W": (4, 3)},
        "square weights": SHAPES | {"W": (3, 3)},
        "bias by feature": SHAPES | {"b": (4,)},
        "one bias for all": SHAPES | {"b": ()},
        "logit by feature": SHAPES | {"z": (4,)},
        "loss by class": SHAPES | {"L": (3,)},
        "vector of one": SHAPES | {"L": (1,)},
        "an axis too many": [SHAPES | {"z": (1, 3)}, SHAPES | {"b": (3, 1)}],
        "not a tuple": [
            SHAPES | {"b": wrong} for wrong in (3, "(3,)", (3.0,), (True,), ("K",), [(3,), 4])
        ],
        "": [SHAPES | {"z": (7,)}, {"x": (4,)}],
    },
    "one-hot": {
        "counted from 1": lambda label, K: put(label, K, label - 1),
        "one place too far": [
            lambda label, K: put(label, K, label + 1),
            lambda label, K: put(label, K, (label + 1) % K),
        ],
        "label as a value": lambda label, K: put(label, K, label, value=label),
        "inverted": lambda label, K: put(label, K, label, value=0.0, rest=1.0),
        "all classes at once": lambda label, K: np.eye(K),
        "not floating": [
            lambda label, K: np.arange(K) == label,
            lambda label, K: (np.arange(K) == label).astype(int),
        ],
        "": [lambda label, K: label, lambda label, K: np.zeros(K)],
    },
    "log-of-reciprocal": {
        "sign of the exponent": ["1 + exp(z)", "e^z + 1"],
        "minus forgotten": ["1/(1 + exp(-z))", "sigma(z)"],
        "minus inside": "-1 - exp(-z)",
        "one forgotten": "exp(-z)",
        "logarithm twice": "log(1 + e^(-z))",
    },
    "chain-rule": {
        "inner derivative forgotten": ["1/(1 + exp(z))", "sigma(-z)"],
        "outer derivative forgotten": "exp(z)",
        "derivative inside the logarithm": "exp(-z)",
        "power rule": "z exp(z)/(1 + exp(z))",
        "log cancels exp": "1",
        "square of the reciprocal": "e^z/(1 + e^z)^2",
    },
    "quotient-rule": {
        "order of the difference": ["exp(z)*exp(z) - exp(z)*(1 + exp(z))", "-e^z"],
        "sum for a difference": "exp(z)*(1 + exp(z)) + exp(z)*exp(z)",
        "denominator held still": "exp(z)*(1 + exp(z))",
        "fraction of derivatives": "exp(z)/exp(z)",
        "numerator held still": "-exp(z)*exp(z)",
        "whole fraction": "e^z/(1 + e^z)^2",
    },
}

RIGHT = {
    "notation-shapes": [
        SHAPES,
        {name: list(shape) for name, shape in SHAPES.items()},
        {name: np.array(shape, dtype=int) for name, shape in SHAPES.items()},
        {name: tuple(np.array(shape, dtype=int)) for name, shape in SHAPES.items()},
    ],
    "one-hot": [
        lambda label, K: put(label, K, label),
        lambda label, K: np.eye(K)[label],
        lambda label, K: (np.arange(K) == label).astype(float),
        listed,
        lambda label, K: tuple(listed(label, K)),
        lambda label, K: [Fraction(k == label) for k in range(K)],
    ],
    "log-of-reciprocal": [
        "1 + exp(-z)",
        "1 + 1/exp(z)",
        "1/sigma(z)",
        "(exp(z) + 1)/e^z",
        "1 + np.exp(-z)",
        "1 + e^{−z}",
        1 + sympy.exp(-sympy.Symbol("z")),
    ],
    "chain-rule": ["exp(z)/(1 + exp(z))", "sigma(z)", "1/(1 + exp(-z))", "1 - 1/(1 + exp(z))"],
    "quotient-rule": ["exp(z)", "exp(z)*(1+exp(z)) - exp(z)^2", "e^z + e^(2z) - e^(2z)"],
}
