"""Wrong and right answers to lesson 03's exercises."""

import math
from fractions import Fraction

import numpy as np
import sympy


def sigma(z):
    return 1 / (1 + np.exp(-z))


def stable_sigma(z):
    return 0.5 * (1 + math.tanh(z / 2))


def slope(z):
    return sigma(z) * (1 - sigma(z))


def loss_from_p(z, y):
    p = sigma(z)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


def clipped_loss(z, y):
    p = np.clip(sigma(z), 1e-15, 1 - 1e-15)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


def softplus(u):
    return np.maximum(u, 0) + np.log1p(np.exp(-np.abs(u)))


def rounded_softplus(u):
    return np.maximum(u, 0) + np.log(1 + np.exp(-np.abs(u)))


def sketch_form(z, y):
    return (1 - y) / (1 + np.exp(-z)) - y * np.exp(-z) / (1 + np.exp(-z))


def branching(z, y):
    small = math.exp(-abs(z))
    if z > 0:
        return (1 - y) / (1 + small) - y * small / (1 + small)
    return (1 - y) * small / (1 + small) - y / (1 + small)


def by_the_chain_rule(z, y):
    """A stable sigmoid at both ends, and a division by it where it has rounded to 0."""
    up, down = np.exp(-np.logaddexp(0, -z)), np.exp(-np.logaddexp(0, z))
    return y * (-1 / up) * up * down + (1 - y) * (1 / down) * up * down


def with_math(z, y):
    return (1 - y) / (1 + math.exp(-z)) - y / (1 + math.exp(z))


def numeric(z, y, h=1e-5):
    def loss(z):
        return y * softplus(-z) + (1 - y) * softplus(z)

    return (loss(z + h) - loss(z - h)) / (2 * h)


WRONG = {
    "predict-sign": {
        "sign from the logit": [("+", "-", "-", "0"), ("-", "-", "-", "0")],
        "direction of the difference": ("-", "+", "+", "0"),
        "one half forgotten": ("-", "+", "-", "+"),
    },
    "predict-gap": {
        "wrong sign": (0.25, -0.25),
        "sign lost": (0.25, 0.25),
        "target forgotten": (0.75, 0.75),
        "σ(−z)": (-0.75, -0.25),
        "squared error": (-0.047, 0.047),
        "logit for probability": (0.0986, 0.5986),
    },
    "fill-slope": {
        "lost sign": ["-exp(-z)/(1+exp(-z))^2", "-yhat*(1-yhat)", "yhat^2 - yhat"],
        "inner derivative forgotten": ["1/(1+e^(-z))^2", "-yhat^2"],
        "exponent of the reciprocal": ["exp(-z)/(1+exp(-z))", "1 - yhat"],
        "sign of the exponent": "e^z/(1+e^(-z))^2",
        "whole right-hand side": "yhat - 1",
        "outer derivative forgotten": ["-exp(-z)", "e^(-z)"],
        "not understood": [
            *("exp(-w)", "exp(-z", "exp(-z)/(1+exp(-z))^2 = 1"),
            *(
                sympy.zoo,
                sympy.Lambda(sympy.Symbol("z"), sympy.Symbol("z")),
                sympy.Matrix([1]),
                0.2,
            ),
        ],
        "derivative left": "d/dz(yhat)",
        "": "3*z",
    },
    "binary-loss": {
        "wrong sign": lambda z, y: -softplus(-z) * y - (1 - y) * softplus(z),
        "only one term": lambda z, y: y * softplus(-z),
        "targets exchanged": lambda z, y: y * softplus(z) + (1 - y) * softplus(-z),
        "wrong base": lambda z, y: (y * softplus(-z) + (1 - y) * softplus(z)) / np.log(2),
        "log of the logit": [
            lambda z, y: -y * np.log(z) - (1 - y) * np.log(1 - z),
            lambda z, y: -y * math.log(z) - (1 - y) * math.log(1 - z),
        ],
        "hard target only": lambda z, y: softplus(-z) if y == 1 else softplus(z),
        "log of zero": [
            loss_from_p,
            lambda z, y: -math.log(sigma(z)) * y - (1 - y) * math.log(1 - sigma(z)),
        ],
        "clipping": clipped_loss,
        "squared error": [
            lambda z, y: (sigma(z) - y) ** 2,
            lambda z, y: 0.5 * (sigma(z) - y) ** 2,
        ],
        "only some digits": lambda z, y: (
            -y * np.log(sigma(z) + 1e-7) - (1 - y) * np.log(1 - sigma(z) + 1e-7)
        ),
        "far logits": lambda z, y: y * np.log1p(np.exp(-z)) + (1 - y) * np.log1p(np.exp(z)),
        "every digit": [
            lambda z, y: y * rounded_softplus(-z) + (1 - y) * rounded_softplus(z),
            lambda z, y: np.logaddexp(0, z) - y * z,
        ],
        "no return": lambda z, y: None,
    },
    "binary-gradient": {
        "wrong sign": [lambda z, y: y - sigma(z), lambda z, y: -branching(z, y)],
        "logit for probability": lambda z, y: z - y,
        "target forgotten": lambda z, y: sigma(z),
        "squared error": [
            lambda z, y: (sigma(z) - y) * slope(z),
            lambda z, y: 2 * (sigma(z) - y) * slope(z),
        ],
        "chain rule stopped early": [
            lambda z, y: -y / sigma(z) + (1 - y) / (1 - sigma(z)),
            lambda z, y: -y / sigma(z),
        ],
        "derivative of the sigmoid": lambda z, y: slope(z),
        "loss for gradient": lambda z, y: y * softplus(-z) + (1 - y) * softplus(z),
        "only one term": lambda z, y: -y / (1 + np.exp(z)),
        "brackets lost": lambda z, y: 1 / 1 + np.exp(-z) - y,
        "far logits": by_the_chain_rule,
        "target taken for 1": lambda z, y: sigma(z) - 1,
        "decision for probability": lambda z, y: np.round(sigma(z)) - y,
        "sign in the exponent": lambda z, y: 1 / (1 + np.exp(z)) - y,
        "size only": lambda z, y: abs(sigma(z) - y),
        "a factor": lambda z, y: (sigma(z) - y) / 2,
        "only some digits": [lambda z, y: np.round(sigma(z) - y, 4), numeric],
        "every digit": [
            lambda z, y: (1 - y) * (1 + np.tanh(z / 2)) / 2 - y / (1 + np.exp(z)),
            lambda z, y: (s := stable_sigma(z)) and (s - y) / np.float64(s * (1 - s)) * s * (1 - s),
        ],
        "hard target only": lambda z, y: -1 / (1 + np.exp(z)) if y == 1 else 1 / (1 + np.exp(-z)),
        "cancellation": [
            lambda z, y: sigma(z) - y,
            lambda z, y: stable_sigma(z) - y,
            lambda z, y: (sigma(z) - y) / slope(z) * slope(z) if abs(z) < 30 else sigma(z) - y,
        ],
        "overflow": [sketch_form, with_math],
    },
    "sigmoid-bug": {
        "still σ(2z)": lambda z: 1 / (1 + np.exp(-2 * z)),
        "stretched the wrong way": lambda z: (1 + np.tanh(2 * z)) / 2,
        "tanh itself": lambda z: np.tanh(z / 2),
        "brackets lost": lambda z: 1 / 1 + np.exp(-z),
        "mirrored": lambda z: (1 - np.tanh(z / 2)) / 2,
        "the slope instead": lambda z: slope(z),
    },
}

RIGHT = {
    "predict-sign": [
        ("-", "+", "-", "0"),
        (-1, 1, -1, 0),
        ["negative", "positive", "−", 0],
        np.array(["-", "+", "–", "0"]),
        np.array([-0.05, 0.05, -0.95, 0.0]),
    ],
    "predict-gap": [
        (-0.25, 0.25),
        [-1 / 4, 1 / 4],
        np.array([-0.25, 0.25]),
        (Fraction(-1, 4), sympy.Rational(1, 4)),
    ],
    "fill-slope": [
        "exp(-z)/(1+exp(-z))^2",
        "yhat*(1-yhat)",
        "ŷ - ŷ^2",
        "1/(2 + exp(z) + exp(-z))",
        "sigma(z) * sigma(-z)",
        "e^z / (1 + e^z)**2",
        "e^{−z}/(1 + e^{−z})²",
        "ŷ ⋅ (1 – ŷ)",
        1 / (4 * sympy.cosh(sympy.Symbol("z") / 2) ** 2),
        sympy.diff(1 / (1 + sympy.exp(-sympy.Symbol("z"))), sympy.Symbol("z")),
    ],
    "binary-loss": [
        lambda z, y: y * softplus(-z) + (1 - y) * softplus(z),
        lambda z, y: np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))),
        lambda z, y: np.logaddexp(0, z) * (1 - y) + y * np.logaddexp(0, -z),
        lambda z, y: max(z, 0) - y * z + math.log1p(math.exp(-abs(z))),
    ],
    "binary-gradient": [
        branching,
        lambda z, y: (1 - y) / (1 + np.exp(-z)) - y / (1 + np.exp(z)),
        lambda z, y: (1 - y) * np.exp(-np.logaddexp(0, -z)) - y * np.exp(-np.logaddexp(0, z)),
        lambda z, y: np.float64(branching(z, y)),
    ],
    "sigmoid-bug": [
        lambda z: 1 / (1 + np.exp(-z)),
        lambda z: (1 + np.tanh(z / 2)) / 2,
        lambda z: np.exp(z) / (np.exp(z) + 1),
    ],
}
