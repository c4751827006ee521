"""The multiclass case: after a softmax, the gradient of cross-entropy is ŷ − y (notebook 04)."""

from sympy import Eq, KroneckerDelta, Ne, Piecewise, evaluate, exp, log

from lessons.proofs.arrays import Column, gradient, letter
from lessons.proofs.notation import L, Partial, S, i, j, k, s, sum_over, t, y, yhat, z
from lessons.proofs.setting import ONE_HOT, SOFT_TARGETS, SOFTMAX
from lessons.proofs.steps import Derivation, Step

with evaluate(False):
    TOTAL = sum_over(t, exp(z[t]))
    LABEL_LOSS = -log(yhat[i])
    TARGET_LOSS = -sum_over(s, y[s] * log(yhat[s]))
    GAP = letter(yhat[k]) - letter(y[k])


def same_class():
    """By the label's own logit: j = i, where the sketch ends at softmax(z)[i] − 1."""
    with evaluate(False):
        e = exp(z[i])
        loss = -log(e / TOTAL)
        outside = -(S / e)
        steps = (
            Step(Partial(loss, z[i]), "the loss for the label `i`"),
            Step(Partial(-log(e / S), z[i]), "write `S` for the sum; it depends on `zᵢ` too"),
            Step(-(1 / (e / S)) * Partial(e / S, z[i]), "chain rule: `(log u)′ = u′/u`"),
            Step(outside * Partial(e / S, z[i]), "1 over a fraction is its reciprocal"),
            Step(
                outside * ((Partial(e, z[i]) * S - e * Partial(S, z[i])) / S**2),
                "quotient rule",
            ),
            Step(outside * ((e * S - e * Partial(S, z[i])) / S**2), "`(eᵘ)′ = eᵘ`"),
            Step(
                outside * ((e * S - e * e) / S**2),
                "of the sum only the term `t = i` depends on `zᵢ`",
            ),
            Step(outside * (e * (S - e) / S**2), "factor out the exponential"),
            Step(-((S - e) / S), "cancel it, and one `S`"),
            Step(-(1 - e / S), "split the fraction"),
            Step(-(1 - yhat[i]), "the fraction is `ŷᵢ`"),
            Step(yhat[i] - 1, "multiply out"),
            Step(yhat[i] - y[i], "`yᵢ = 1`, for `i` is the label"),
        )
    return Derivation("Multiclass case, j = i", Partial(L, z[i]), steps, ONE_HOT.with_({L: loss}))


def another_class():
    """By another class's logit: j ≠ i, where the sketch ends at softmax(z)[j]."""
    with evaluate(False):
        e, f = exp(z[i]), exp(z[j])
        loss = -log(e / TOTAL)
        outside = -(S / e)
        steps = (
            Step(Partial(loss, z[j]), "the loss for the label `i`"),
            Step(Partial(-log(e / S), z[j]), "write `S` for the sum; it depends on `zⱼ`"),
            Step(-(1 / (e / S)) * Partial(e / S, z[j]), "chain rule: `(log u)′ = u′/u`"),
            Step(outside * Partial(e / S, z[j]), "1 over a fraction is its reciprocal"),
            Step(
                outside * ((Partial(e, z[j]) * S - e * Partial(S, z[j])) / S**2),
                "quotient rule",
            ),
            Step(
                outside * ((0 * S - e * Partial(S, z[j])) / S**2),
                "`zᵢ` is another letter than `zⱼ`",
            ),
            Step(
                outside * ((0 * S - e * f) / S**2),
                "of the sum only the term `t = j` depends on `zⱼ`",
            ),
            Step(outside * -(e * f / S**2), "0 times `S` is 0"),
            Step(f / S, "minus times minus; cancel"),
            Step(yhat[j], "the fraction is `ŷⱼ`"),
            Step(yhat[j] - y[j], "`yⱼ = 0`, for `j` is not the label"),
        )
    setting = ONE_HOT.with_({L: loss}, assumptions=(Ne(j, i),))
    return Derivation("Multiclass case, j ≠ i", Partial(L, z[j]), steps, setting)


def both():
    """Both cases at once: δ is 1 where j = i, and 0 elsewhere."""
    delta = KroneckerDelta(i, j)
    with evaluate(False):
        loss = -log(exp(z[i]) / TOTAL)
        steps = (
            Step(Partial(loss, z[j]), "the loss for the label `i`"),
            Step(Partial(-log(exp(z[i]) / S), z[j]), "write `S` for the sum"),
            Step(Partial(log(S) - z[i], z[j]), "`−log(u/v) = log v − log u`"),
            Step(Partial(log(S), z[j]) - Partial(z[i], z[j]), "term by term"),
            Step(Partial(log(S), z[j]) - delta, "1 if `j` is `i`, 0 if not: that is `δ`"),
            Step(1 / S * Partial(S, z[j]) - delta, "chain rule: `(log u)′ = u′/u`"),
            Step(1 / S * exp(z[j]) - delta, "of the sum only the term `t = j` depends on `zⱼ`"),
            Step(yhat[j] - delta, "the fraction is `ŷⱼ`"),
            Step(
                Piecewise((yhat[i] - 1, Eq(j, i)), (yhat[j], True), evaluate=False),
                "read `δ` as the two cases",
            ),
            Step(yhat[j] - y[j], "`y` is 1 at the label, 0 elsewhere"),
        )
    setting = ONE_HOT.with_({L: loss})
    return Derivation("Multiclass case, both cases at once", Partial(L, z[j]), steps, setting)


def vector():
    """Components stacked: ∇_z L = ŷ − y."""
    with evaluate(False):
        steps = (
            Step(Partial(LABEL_LOSS, z[j]), "the loss for the label `i`"),
            Step(yhat[j] - KroneckerDelta(i, j), "both cases at once"),
            Step(yhat[j] - y[j], "`y` is one-hot: 1 at `i`, 0 elsewhere"),
            Step(
                Column(yhat[j] - y[j], j),
                "stack the components, one for each class",
                left=gradient(L, z[k]),
            ),
            Step(GAP, "subtract vectors entry by entry"),
        )
    setting = ONE_HOT.with_({L: LABEL_LOSS}, entry=(j,))
    return Derivation("Multiclass case, the vector", Partial(L, z[j]), steps, setting)


def soft_targets():
    """Soft targets: any y that sums to 1."""
    with evaluate(False):
        logs = sum_over(s, y[s] * (z[s] - log(S)))
        split = -sum_over(s, y[s] * z[s])
        steps = (
            Step(Partial(TARGET_LOSS, z[j]), "the loss for any target that sums to 1"),
            Step(Partial(-logs, z[j]), "`log ŷₛ = zₛ − log S`"),
            Step(Partial(split + sum_over(s, y[s]) * log(S), z[j]), "`log S` is in every term"),
            Step(Partial(split + 1 * log(S), z[j]), "the target sums to 1"),
            Step(-y[j] + Partial(log(S), z[j]), "only the term `s = j` depends on `zⱼ`"),
            Step(-y[j] + 1 / S * Partial(S, z[j]), "chain rule: `(log u)′ = u′/u`"),
            Step(-y[j] + 1 / S * exp(z[j]), "only the term `t = j` depends on `zⱼ`"),
            Step(-y[j] + yhat[j], "the fraction is `ŷⱼ`"),
            Step(yhat[j] - y[j], "change the order"),
            Step(GAP, "stack the components", left=gradient(L, z[k])),
        )
    setting = SOFT_TARGETS.with_({L: TARGET_LOSS}, entry=(j,))
    return Derivation("Soft targets", Partial(L, z[j]), steps, setting)


def any_targets():
    """Any y at all: the sum of y stays in front of ŷ."""
    with evaluate(False):
        logs = sum_over(s, y[s] * (z[s] - log(S)))
        mass = sum_over(s, y[s])
        split = -sum_over(s, y[s] * z[s])
        steps = (
            Step(Partial(TARGET_LOSS, z[j]), "the loss, now for any numbers `y`"),
            Step(Partial(-logs, z[j]), "`log ŷₛ = zₛ − log S`"),
            Step(Partial(split + mass * log(S), z[j]), "`log S` is in every term"),
            Step(-y[j] + mass * Partial(log(S), z[j]), "only the term `s = j` depends on `zⱼ`"),
            Step(-y[j] + mass * (1 / S * Partial(S, z[j])), "chain rule: `(log u)′ = u′/u`"),
            Step(-y[j] + mass * (1 / S * exp(z[j])), "only the term `t = j` depends on `zⱼ`"),
            Step(mass * yhat[j] - y[j], "the fraction is `ŷⱼ`"),
            Step(
                mass * letter(yhat[k]) - letter(y[k]),
                "stack the components",
                left=gradient(L, z[k]),
            ),
        )
    setting = SOFTMAX.with_({L: TARGET_LOSS}, entry=(j,))
    return Derivation("Any numbers y", Partial(L, z[j]), steps, setting)


DERIVATIONS = {
    "multiclass, j = i": same_class,
    "multiclass, j ≠ i": another_class,
    "multiclass, both": both,
    "multiclass, vector": vector,
    "multiclass, soft targets": soft_targets,
    "multiclass, any targets": any_targets,
}
