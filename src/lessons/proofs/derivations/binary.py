"""The binary case: after a sigmoid, the gradient of cross-entropy is ŷ − y (notebook 03)."""

from sympy import Integer, evaluate, exp, log

from lessons.proofs.notation import L, Partial, logit, other, prediction, sigma, target
from lessons.proofs.setting import BINARY
from lessons.proofs.steps import Derivation, Step

with evaluate(False):
    _e = exp(-logit)
    _sigmoid = 1 / (1 + _e)


def positive():
    """Target 1, as the original sketch begins: the loss is −log ŷ."""
    with evaluate(False):
        loss = -log(_sigmoid)
        steps = (
            Step(Partial(loss, logit), "for `y = 1` the loss is `−log ŷ`, with `ŷ = σ(z)`"),
            Step(-(1 / _sigmoid) * Partial(_sigmoid, logit), "chain rule: `(log u)′ = u′/u`"),
            Step(-(1 + _e) * Partial(_sigmoid, logit), "1 over a fraction is its reciprocal"),
            Step(
                -(1 + _e) * (-(1 / (1 + _e) ** 2) * Partial(1 + _e, logit)),
                "chain rule: `(1/u)′ = −u′/u²`",
            ),
            Step(-(1 + _e) * (-(1 / (1 + _e) ** 2) * -_e), "chain rule: `(e⁻ᶻ)′ = −e⁻ᶻ`"),
            Step(-(1 + _e) * (_e / (1 + _e) ** 2), "minus times minus is plus"),
            Step(-_e / (1 + _e), "cancel one factor `1 + e⁻ᶻ`"),
            Step((1 - (1 + _e)) / (1 + _e), "write `−e⁻ᶻ` as `1 − (1 + e⁻ᶻ)`"),
            Step(_sigmoid - 1, "split the fraction"),
            Step(prediction - target, "`σ(z)` is `ŷ`, and 1 is `y`"),
        )
    setting = BINARY.with_({L: loss, target: Integer(1)})
    return Derivation("Binary case, y = 1", Partial(L, logit), steps, setting)


def negative():
    """Target 0: the loss is −log(1 − ŷ)."""
    with evaluate(False):
        loss = -log(1 - _sigmoid)
        u = exp(logit)
        steps = (
            Step(Partial(loss, logit), "for `y = 0` the loss is `−log(1 − ŷ)`, with `ŷ = σ(z)`"),
            Step(Partial(-log(_e / (1 + _e)), logit), "one common denominator"),
            Step(Partial(-log(1 / (u + 1)), logit), "multiply above and below by `eᶻ`"),
            Step(Partial(log(1 + u), logit), "`−log(1/u) = log u`"),
            Step(1 / (1 + u) * Partial(1 + u, logit), "chain rule: `(log u)′ = u′/u`"),
            Step(1 / (1 + u) * u, "`(eᶻ)′ = eᶻ`"),
            Step(_sigmoid, "divide above and below by `eᶻ`"),
            Step(prediction - target, "`σ(z)` is `ŷ`, and `y` is 0"),
        )
    setting = BINARY.with_({L: loss, target: Integer(0)})
    return Derivation("Binary case, y = 0", Partial(L, logit), steps, setting)


def negative_by_symmetry():
    """Target 0 from target 1: what the sketch calls analogous, by a change of the sign of z."""
    with evaluate(False):
        loss = -log(1 - sigma(logit))
        inner = -logit
        steps = (
            Step(Partial(loss, logit), "the loss for `y = 0`"),
            Step(
                Partial(-log(sigma(inner)), logit),
                "`1 − σ(z) = σ(−z)`: the loss for `y = 1`, at `−z`",
            ),
            Step(
                Partial(-log(sigma(other)), other) * Partial(inner, logit),
                "chain rule, with `u = −z`",
            ),
            Step((sigma(other) - 1) * Partial(inner, logit), "the result for `y = 1`, at `u`"),
            Step((sigma(other) - 1) * -1, "`(−z)′ = −1`"),
            Step(1 - sigma(other), "multiply out"),
            Step(1 - sigma(inner), "`u` is `−z`"),
            Step(sigma(logit), "`1 − σ(−z) = σ(z)`"),
            Step(prediction - target, "`σ(z)` is `ŷ`, and `y` is 0"),
        )
    setting = BINARY.with_({L: loss, target: Integer(0), other: -logit})
    return Derivation("Binary case, y = 0 from y = 1", Partial(L, logit), steps, setting)


def any_target():
    """Any target in [0, 1], by the chain rule through ŷ."""
    with evaluate(False):
        loss = -target * log(prediction) - (1 - target) * log(1 - prediction)
        by_prediction = -target / prediction + (1 - target) / (1 - prediction)
        slope = prediction * (1 - prediction)
        steps = (
            Step(Partial(loss, logit), "the loss for a target `y` between 0 and 1"),
            Step(
                Partial(loss, prediction) * Partial(prediction, logit),
                "chain rule: `L` depends on `z` only through `ŷ`",
            ),
            Step(
                by_prediction * Partial(prediction, logit),
                "`(log u)′ = u′/u`, and `(1 − ŷ)′ = −1`",
            ),
            Step(by_prediction * Partial(_sigmoid, logit), "`ŷ` is the sigmoid of `z`"),
            Step(
                by_prediction * (_e / (1 + _e) ** 2),
                "`(1/u)′ = −u′/u²`, and `(e⁻ᶻ)′ = −e⁻ᶻ`",
            ),
            Step(by_prediction * (_sigmoid * (_e / (1 + _e))), "split off one factor"),
            Step(by_prediction * (_sigmoid * (1 - _sigmoid)), "`e⁻ᶻ = (1 + e⁻ᶻ) − 1`"),
            Step(by_prediction * slope, "`σ(z)` is `ŷ`"),
            Step(
                -target / prediction * slope + (1 - target) / (1 - prediction) * slope,
                "multiply out the first bracket",
            ),
            Step(-target * (1 - prediction) + (1 - target) * prediction, "cancel `ŷ`, and `1 − ŷ`"),
            Step(
                -target + target * prediction + prediction - target * prediction,
                "multiply out both products",
            ),
            Step(prediction - target, "`y ŷ` cancels"),
        )
    setting = BINARY.with_({L: loss})
    return Derivation("Binary case, any y in [0, 1]", Partial(L, logit), steps, setting)


DERIVATIONS = {
    "binary, y = 1": positive,
    "binary, y = 0": negative,
    "binary, y = 0 from y = 1": negative_by_symmetry,
    "binary, any y": any_target,
}
