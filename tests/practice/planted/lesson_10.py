"""Wrong and right answers to lesson 10's exercises."""

WRONG = {
    "line-b4": {
        "minus times minus": (-0.125, -0.5),
        "lost factor": (0.25, -0.5),
        "as it should be": (-0.5, -0.5),
        "order exchanged": (-0.5, 0.125),
        "sign of the right-hand side": (0.125, 0.5),
        "": (1, 2),
    },
    "mend-b4": {
        "lost reciprocal": ["1/(1 + exp(-z))", "sigma(z)", "ŷ"],
        "sign taken twice": "-1 - exp(-z)",
        "sign of the exponent": "1 + exp(z)",
        "factor dropped": "1",
        "one power too many": "(1 + exp(-z))^2",
    },
    "change-of-sign": {
        "sign of the result": "a",
        "inner derivative forgotten": "c",
        "sign of the loss": "d",
    },
    "mend-m3": {
        "as scanned": "0",
        "lost δ": "exp(z[i])*(S - exp(z[j]))",
        "the other case only": "-exp(z[i] + z[j])",
        "order of the difference": "exp(z[i])*exp(z[j]) - delta(i, j)*exp(z[i])*S",
        "whole sum differentiated": "(delta(i, j) - 1) exp(z[i]) S",
        "lost factor": "delta(i, j)*exp(z[i])*S - exp(z[j])",
        "cancelled above only": "delta(i, j)*S - exp(z[j])",
        "sum for a difference": "delta(i, j)*exp(z[i])*S + exp(z[i])*exp(z[j])",
        "whole fraction": "(delta(i, j)*exp(z[i])*S - exp(z[i])*exp(z[j]))/S^2",
    },
    "missing-factor": {
        "weight for feature": "b",
        "sum for product": "c",
        "equal numbers": "d",
    },
}

RIGHT = {
    "line-b4": [(1 / 8, -1 / 2), (0.125, -0.5)],
    "mend-b4": ["1 + exp(-z)", "1/sigma(z)", "1 + 1/e^z", "1/ŷ"],
    "change-of-sign": ["b"],
    "mend-m3": [
        "delta(i, j)*exp(z[i])*S - exp(z[i])*exp(z[j])",
        "exp(z[i])*(delta(i, j)*S - exp(z[j]))",
        "S exp(z[j]) delta(i, j) - exp(z[i] + z[j])",
    ],
    "missing-factor": ["a", "(a)"],
}
