"""Numerically stable gradients: forms that keep every digit (notebooks 03, 04 and 07)."""

from sympy import evaluate, exp, log

from lessons.proofs.derivations.multiclass import LABEL_LOSS, TARGET_LOSS, TOTAL
from lessons.proofs.notation import (
    L,
    Partial,
    S,
    SumExcept,
    i,
    j,
    logit,
    m,
    prediction,
    sigma,
    sum_over,
    t,
    target,
    y,
    yhat,
    z,
)
from lessons.proofs.setting import BINARY, SOFT_TARGETS, SOFTMAX, Setting
from lessons.proofs.steps import Derivation, Step


def label_component():
    """Label's component: −S₋/S, where S₋ leaves the label out."""
    with evaluate(False):
        e = exp(z[i])
        rest = SumExcept(exp(z[t]), t, i)
        steps = (
            Step(Partial(LABEL_LOSS, z[i]), "the loss for the label `i`"),
            Step(yhat[i] - 1, "the gradient, `j = i`"),
            Step(e / S - 1, "`ŷᵢ` is a softmax"),
            Step((e - S) / S, "one common denominator"),
            Step((e - TOTAL) / S, "what `S` is"),
            Step((e - (e + rest)) / S, "set the label's own term apart"),
            Step(-rest / S, "it cancels: nothing is subtracted any more"),
        )
    setting = SOFTMAX.with_({L: LABEL_LOSS})
    return Derivation("The label's component, stable", Partial(L, z[i]), steps, setting)


def any_component():
    """Any component for any target, without a subtraction of like numbers."""
    with evaluate(False):
        e = exp(z[j])
        rest = SumExcept(exp(z[t]), t, j)
        steps = (
            Step(Partial(TARGET_LOSS, z[j]), "the loss for any target that sums to 1"),
            Step(yhat[j] - y[j], "the gradient"),
            Step(e / S - y[j], "`ŷⱼ` is a softmax"),
            Step((e - y[j] * S) / S, "one common denominator"),
            Step((e - y[j] * (e + rest)) / S, "set the term `t = j` of `S` apart"),
            Step((e - y[j] * e - y[j] * rest) / S, "multiply out"),
            Step((e * (1 - y[j]) - y[j] * rest) / S, "collect the exponential of `zⱼ`"),
        )
    setting = SOFT_TARGETS.with_({L: TARGET_LOSS})
    return Derivation("Any component, stable", Partial(L, z[j]), steps, setting)


def shifted_component():
    """Shift by m = max z: nothing changes."""
    with evaluate(False):
        rest, moved = SumExcept(exp(z[t]), t, i), SumExcept(exp(z[t] - m), t, i)
        steps = (
            Step(Partial(LABEL_LOSS, z[i]), "the loss for the label `i`"),
            Step(-rest / TOTAL, "the label's component, stable"),
            Step(
                -(rest * exp(-m)) / (TOTAL * exp(-m)),
                "multiply above and below by the same number",
            ),
            Step(-moved / sum_over(t, exp(z[t] - m)), "`eᵘ e⁻ᵐ = eᵘ⁻ᵐ`, term by term"),
        )
    setting = SOFTMAX.with_({L: LABEL_LOSS})
    title = "The label's component, stable and shifted"
    return Derivation(title, Partial(L, z[i]), steps, setting)


def binary_positive():
    """Target 1: the last form of the sketch, −σ(−z)."""
    with evaluate(False):
        e = exp(-logit)
        loss = -log(1 / (1 + e))
        steps = (
            Step(Partial(loss, logit), "the loss for `y = 1`"),
            Step(sigma(logit) - 1, "the gradient, `y = 1`"),
            Step(1 / (1 + e) - 1, "what `σ(z)` is"),
            Step((1 - (1 + e)) / (1 + e), "one common denominator"),
            Step(-e / (1 + e), "`1 − 1` is gone: nothing cancels any more"),
            Step(-(1 / (exp(logit) + 1)), "multiply above and below by `eᶻ`"),
            Step(-sigma(-logit), "that is a sigmoid, at `−z`"),
        )
    return Derivation("Target 1, stable", Partial(L, logit), steps, Setting({L: loss}))


def binary_any():
    """Any binary target: (1 − y)σ(z) − yσ(−z)."""
    with evaluate(False):
        loss = -target * log(prediction) - (1 - target) * log(1 - prediction)
        steps = (
            Step(Partial(loss, logit), "the loss for a target `y` between 0 and 1"),
            Step(prediction - target, "the gradient"),
            Step(
                prediction - target * prediction + target * prediction - target,
                "subtract and add `y ŷ`",
            ),
            Step((1 - target) * prediction - target * (1 - prediction), "collect in pairs"),
            Step((1 - target) * sigma(logit) - target * (1 - sigma(logit)), "`ŷ` is `σ(z)`"),
            Step((1 - target) * sigma(logit) - target * sigma(-logit), "`1 − σ(z) = σ(−z)`"),
        )
    setting = BINARY.with_({L: loss})
    return Derivation("Any binary target, stable", Partial(L, logit), steps, setting)


DERIVATIONS = {
    "stable label component": label_component,
    "stable label component, shifted": shifted_component,
    "stable component, any target": any_component,
    "stable binary, y = 1": binary_positive,
    "stable binary, any y": binary_any,
}
