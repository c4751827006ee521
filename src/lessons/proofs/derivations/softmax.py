"""Softmax: blind to a shift; for two classes a sigmoid of the log odds (notebook 01)."""

from sympy import Integer, KroneckerDelta, evaluate, exp, log

from lessons.proofs.derivations.multiclass import TARGET_LOSS, TOTAL
from lessons.proofs.notation import (
    K,
    L,
    Partial,
    a,
    c,
    j,
    k,
    logit,
    prediction,
    s,
    sigma,
    sum_over,
    t,
    target,
    y,
    yhat,
    z,
)
from lessons.proofs.setting import BINARY, SOFTMAX
from lessons.proofs.steps import Derivation, Step

TWO = {K: Integer(2)}


def shift_invariance():
    """Add the same number to every logit: nothing changes."""
    with evaluate(False):
        shifted = {a[k]: exp(z[k] + c) / sum_over(t, exp(z[t] + c))}
        steps = (
            Step(exp(z[j] + c) / sum_over(t, exp(z[t] + c)), "the softmax of `z + c`"),
            Step(
                exp(z[j]) * exp(c) / sum_over(t, exp(z[t]) * exp(c)),
                "`eᵘ⁺ᵛ = eᵘ eᵛ`, above and below",
            ),
            Step(exp(z[j]) * exp(c) / (exp(c) * TOTAL), "the new factor is in every term"),
            Step(exp(z[j]) / TOTAL, "cancel it"),
            Step(yhat[j], "the softmax of `z`"),
        )
    return Derivation("The softmax of z + c", a[j], steps, SOFTMAX.with_(shifted))


def two_classes():
    """Component 1 of a two-class softmax is a sigmoid."""
    with evaluate(False):
        e0, e1 = exp(z[0]), exp(z[1])
        steps = (
            Step(e1 / TOTAL, "the softmax's component 1"),
            Step(e1 / (e0 + e1), "`K = 2`: the sum has two terms"),
            Step(1 / (e0 / e1 + 1), "divide above and below by the numerator"),
            Step(1 / (exp(z[0] - z[1]) + 1), "`eᵘ/eᵛ = eᵘ⁻ᵛ`"),
            Step(1 / (1 + exp(-(z[1] - z[0]))), "change the order"),
            Step(sigma(z[1] - z[0]), "that is the sigmoid of the difference"),
        )
    return Derivation("Two classes: the sigmoid", yhat[1], steps, SOFTMAX.with_(TWO))


def log_odds():
    """Take the logarithm of the odds of a sigmoid: it is the logit."""
    with evaluate(False):
        e = exp(-logit)
        steps = (
            Step(
                log((1 / (1 + e)) / (1 - 1 / (1 + e))),
                "the probability is `σ(z)`",
            ),
            Step(log((1 / (1 + e)) / (e / (1 + e))), "below: one common denominator, and `1 − 1`"),
            Step(log(1 / e), "cancel `1 + e⁻ᶻ`"),
            Step(log(exp(logit)), "1 over `e⁻ᶻ` is `eᶻ`"),
            Step(logit, "`log eᵘ = u`"),
        )
        odds = log(prediction / (1 - prediction))
    return Derivation("The logit is the log odds", odds, steps, BINARY)


def binary_from_two_classes():
    """Binary gradient from the multiclass one, with logits 0 and z."""
    with evaluate(False):
        gaps = [(yhat[m] - y[m], Partial(z[m], logit)) for m in (0, 1)]
        names = {
            z[k]: KroneckerDelta(k, 1) * logit,
            y[k]: KroneckerDelta(k, 1) * target + KroneckerDelta(k, 0) * (1 - target),
            prediction: sigma(logit),
        }
        steps = (
            Step(Partial(TARGET_LOSS, logit), "two classes, with `z₀ = 0` and `z₁ = z`"),
            Step(
                sum_over(s, Partial(L, z[s]) * Partial(z[s], logit)),
                "chain rule: through both logits",
            ),
            Step(
                sum_over(s, (yhat[s] - y[s]) * Partial(z[s], logit)),
                "the multiclass gradient, for `y₀ = 1 − y` and `y₁ = y`",
            ),
            Step(gaps[0][0] * gaps[0][1] + gaps[1][0] * gaps[1][1], "write out both terms"),
            Step(gaps[0][0] * 0 + gaps[1][0] * 1, "`z₀` is constant, and `z₁` is `z`"),
            Step(yhat[1] - y[1], "the first term is 0"),
            Step(prediction - target, "component 1 is `σ(z₁ − z₀) = σ(z)`"),
        )
    setting = SOFTMAX.with_(TWO, names, {L: TARGET_LOSS})
    return Derivation("The binary case from two classes", Partial(L, logit), steps, setting)


DERIVATIONS = {
    "shift invariance": shift_invariance,
    "two classes": two_classes,
    "log odds": log_odds,
    "binary from two classes": binary_from_two_classes,
}
