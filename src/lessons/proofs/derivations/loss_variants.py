"""Variants of the loss, and what each does to ŷ − y (notebook 11).

Temperature and distillation, label smoothing, class weights, focal loss, and K sigmoids; the
canonical links stand in `canonical_link`.
"""

from sympy import KroneckerDelta, evaluate, exp, log, oo

from lessons.proofs.arrays import gradient
from lessons.proofs.derivations.convexity import SOFT_TARGETS_OF_A
from lessons.proofs.derivations.multiclass import GAP, LABEL_LOSS, TARGET_LOSS
from lessons.proofs.notation import (
    K,
    L,
    Partial,
    S,
    T,
    a,
    c,
    epsilon,
    gamma,
    i,
    j,
    k,
    s,
    sigma,
    sum_over,
    t,
    v,
    w,
    y,
    yhat,
    z,
)
from lessons.proofs.setting import ONE_HOT, SOFTMAX, Setting
from lessons.proofs.steps import Derivation, Step

_delta = KroneckerDelta(i, j)

with evaluate(False):
    # The softmax of the logits c z, where c is the coldness 1/T.
    _COLD = SOFT_TARGETS_OF_A.with_({a[k]: c * z[k]})
    _SMOOTHED = SOFTMAX.with_(
        {y[k]: (1 - epsilon) * KroneckerDelta(i, k) + epsilon / K}, domain={epsilon: (0, 1)}
    )
    _TEACHER = SOFTMAX.with_(
        {
            S: sum_over(t, exp(a[t])),
            yhat[k]: exp(a[k]) / S,
            a[k]: z[k] / T,
            y[k]: exp(v[k] / T) / sum_over(t, exp(v[t] / T)),
        }
    )


def temperature():
    """Logits divided by a temperature T divide the gradient by T."""
    delta = KroneckerDelta(s, j)
    with evaluate(False):
        steps = (
            Step(Partial(TARGET_LOSS, z[j]), "the loss with `ŷ = softmax(a)`, where `a = z/T`"),
            Step(
                sum_over(s, Partial(L, a[s]) * Partial(a[s], z[j])),
                "chain rule: through every `aₛ`",
            ),
            Step(
                sum_over(s, (yhat[s] - y[s]) * Partial(a[s], z[j])),
                "by its own logits the derivative is `ŷₛ − yₛ`",
            ),
            Step(
                sum_over(s, (yhat[s] - y[s]) * (delta / T)),
                "`aₛ` is `zₛ/T`",
            ),
            Step((yhat[j] - y[j]) / T, "`δ` picks `s = j`"),
            Step(GAP / T, "stack the components", left=gradient(L, z[k])),
        )
        names = {L: TARGET_LOSS, a[k]: z[k] / T}
    setting = SOFT_TARGETS_OF_A.with_(names, entry=(j,))
    return Derivation("Temperature", Partial(L, z[j]), steps, setting)


def coldness():
    """Probabilities by the coldness c = 1/T: whoever is above the mean gains."""
    with evaluate(False):
        e, weighted = exp(a[j]), sum_over(t, exp(a[t]) * z[t])
        steps = (
            Step(Partial(e / S, c), "the softmax of `a`, where `a = c z`"),
            Step((Partial(e, c) * S - e * Partial(S, c)) / S**2, "quotient rule"),
            Step((e * z[j] * S - e * weighted) / S**2, "`(eᵘ)′ = eᵘ u′`, and `aₜ′ = zₜ`"),
            Step(
                yhat[j] * z[j] - yhat[j] * sum_over(t, yhat[t] * z[t]),
                "split the fraction; each `eᵘ/S` is a probability",
            ),
            Step(yhat[j] * (z[j] - sum_over(t, yhat[t] * z[t])), "collect"),
        )
    return Derivation("The probabilities, getting colder", Partial(yhat[j], c), steps, _COLD)


def gradient_for_coldness():
    """Gradient for the coldness: the gap times the logits."""
    with evaluate(False):
        steps = (
            Step(Partial(TARGET_LOSS, c), "the loss with `ŷ = softmax(a)`, where `a = c z`"),
            Step(sum_over(s, Partial(L, a[s]) * Partial(a[s], c)), "through every `aₛ`"),
            Step(
                sum_over(s, (yhat[s] - y[s]) * Partial(a[s], c)),
                "by its own logits the derivative is `ŷₛ − yₛ`",
            ),
            Step(sum_over(s, (yhat[s] - y[s]) * z[s]), "`aₛ` is `c zₛ`"),
        )
    setting = _COLD.with_({L: TARGET_LOSS})
    return Derivation("The coldness that fits", Partial(L, c), steps, setting)


def label_smoothing():
    """Label smoothing: the gap to a softer target, which is two gaps mixed."""
    with evaluate(False):
        gap = yhat[j] - _delta
        steps = (
            Step(Partial(TARGET_LOSS, z[j]), "the loss for the smoothed target"),
            Step(yhat[j] - y[j], "the gradient: this target sums to 1 as well"),
            Step(yhat[j] - ((1 - epsilon) * _delta + epsilon / K), "what the target is"),
            Step(
                (1 - epsilon) * yhat[j] + epsilon * yhat[j] - (1 - epsilon) * _delta - epsilon / K,
                "`ŷⱼ` in two parts",
            ),
            Step((1 - epsilon) * gap + epsilon * (yhat[j] - 1 / K), "collect in pairs"),
        )
    setting = _SMOOTHED.with_({L: TARGET_LOSS})
    return Derivation("Label smoothing", Partial(L, z[j]), steps, setting)


def class_weights():
    """Class weights: the gap times the weight of the label's class."""
    with evaluate(False):
        loss = -w[i] * log(yhat[i])
        steps = (
            Step(Partial(loss, z[j]), "the loss for the label `i`, which weighs `wᵢ`"),
            Step(w[i] * Partial(LABEL_LOSS, z[j]), "a weight does not depend on the logits"),
            Step(w[i] * (yhat[j] - y[j]), "the gradient without it"),
            Step(w[i] * GAP, "stack the components", left=gradient(L, z[k])),
        )
    setting = ONE_HOT.with_({L: loss}, entry=(j,))
    return Derivation("Class weights", Partial(L, z[j]), steps, setting)


def focal():
    """Focal loss: the gap times a number that fades as ŷᵢ grows."""
    with evaluate(False):
        p, q = yhat[i], 1 - yhat[i]
        loss = -(q**gamma) * log(p)
        by_prediction = gamma * q ** (gamma - 1) * log(p) - q**gamma / p
        fading = gamma * p * q ** (gamma - 1) * log(p)
        steps = (
            Step(Partial(loss, z[j]), "the loss for the label `i`"),
            Step(Partial(loss, p) * Partial(p, z[j]), "chain rule: through `ŷᵢ` alone"),
            Step(by_prediction * Partial(p, z[j]), "product rule"),
            Step(
                fading * (_delta - yhat[j]) - q**gamma * (_delta - yhat[j]),
                "the softmax's Jacobian; its `ŷᵢ` goes into both terms",
            ),
            Step(
                q**gamma * (yhat[j] - _delta) - fading * (yhat[j] - _delta),
                "turn the signs of the brackets",
            ),
            Step(
                q**gamma * GAP - fading * GAP,
                "stack the components: two numbers times the gap",
                left=gradient(L, z[k]),
            ),
        )
    setting = ONE_HOT.with_({L: loss}, entry=(j,), domain={K: (2, oo)})
    return Derivation("Focal loss", Partial(L, z[j]), steps, setting)


def sigmoids():
    """K sigmoids: each class is a question of its own."""
    with evaluate(False):
        terms = -y[s] * log(yhat[s]) - (1 - y[s]) * log(1 - yhat[s])
        loss = sum_over(s, terms)
        steps = (
            Step(Partial(loss, z[j]), "one binary loss for each class"),
            Step(Partial(terms.xreplace({s: j}), z[j]), "only the term `s = j` depends on `zⱼ`"),
            Step(yhat[j] - y[j], "the binary case"),
            Step(GAP, "stack the components", left=gradient(L, z[k])),
        )
    setting = Setting({yhat[k]: sigma(z[k]), L: loss}, entry=(j,), domain={y: (0, 1)})
    return Derivation("K sigmoids", Partial(L, z[j]), steps, setting)


def distillation():
    """Distillation: the gap to a teacher, both at the temperature T, times T."""
    with evaluate(False):
        loss = T**2 * TARGET_LOSS
        steps = (
            Step(Partial(loss, z[j]), "`y = softmax(v/T)` of a teacher, `ŷ = softmax(z/T)`"),
            Step(T**2 * Partial(TARGET_LOSS, z[j]), "`T²` does not depend on `z`"),
            Step(T**2 * ((yhat[j] - y[j]) / T), "the gradient at a temperature"),
            Step(T * (yhat[j] - y[j]), "cancel"),
            Step(T * GAP, "stack the components", left=gradient(L, z[k])),
        )
    setting = _TEACHER.with_({L: loss}, entry=(j,))
    return Derivation("Distillation", Partial(L, z[j]), steps, setting)


DERIVATIONS = {
    "temperature": temperature,
    "coldness": coldness,
    "gradient for the coldness": gradient_for_coldness,
    "label smoothing": label_smoothing,
    "class weights": class_weights,
    "focal loss": focal,
    "K sigmoids": sigmoids,
    "distillation": distillation,
}
