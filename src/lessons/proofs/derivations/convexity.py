"""Convexity of the loss in the logits and in (W, b) (notebook 09)."""

from sympy import Integer, KroneckerDelta, evaluate, exp, log

from lessons.proofs.derivations.multiclass import TARGET_LOSS
from lessons.proofs.notation import (
    L,
    Partial,
    S,
    V,
    W,
    a,
    b,
    change,
    epsilon,
    k,
    mean,
    p,
    s,
    sum_over,
    t,
    v,
    x,
    y,
    yhat,
    z,
)
from lessons.proofs.setting import LINEAR, SOFT_TARGETS
from lessons.proofs.steps import Derivation, Step

with evaluate(False):
    # The softmax of the logits a, of which z is the value at the start of a line.
    SOFT_TARGETS_OF_A = SOFT_TARGETS.with_({S: sum_over(t, exp(a[t])), yhat[k]: exp(a[k]) / S})
    # The logits where W moves in the direction V, and b in the direction u; v is their direction.
    MOVED = sum_over(p, (W[k, p] + epsilon * V[k, p]) * x[p]) + (b[k] + epsilon * change[k])
    DIRECTION = {v[k]: sum_over(p, V[k, p] * x[p]) + change[k]}
    _mean = sum_over(s, yhat[s] * v[s])
    _loss = log(S) - sum_over(s, y[s] * a[s])


def _along_a_line():
    """Write the second derivative of the loss along a_k = … + ε v_k, down to a variance."""
    delta = KroneckerDelta(t, s)
    with evaluate(False):
        targets = sum_over(s, y[s] * v[s])
        slope = Partial(yhat[t], epsilon)
        return (
            Step(Partial(_loss, (epsilon, 2)), "`log ŷₛ = aₛ − log S`, and the target sums to 1"),
            Step(
                Partial(1 / S * Partial(S, epsilon) - targets, epsilon),
                "once: `(log u)′ = u′/u`, and `aₛ′ = vₛ`",
            ),
            Step(
                Partial(1 / S * sum_over(t, exp(a[t]) * v[t]) - targets, epsilon),
                "`(eᵘ)′ = eᵘ u′`",
            ),
            Step(Partial(sum_over(t, yhat[t] * v[t]) - targets, epsilon), "`eᵃ/S` is `ŷ`"),
            Step(sum_over(t, slope * v[t]), "twice: the target's part is constant"),
            Step(
                sum_over(t, sum_over(s, yhat[t] * (delta - yhat[s]) * v[s]) * v[t]),
                "chain rule, with the softmax's Jacobian",
            ),
            Step(sum_over(t, yhat[t] * (v[t] - mean) * v[t]), "write `v̄` for the mean `Σ ŷₛ vₛ`"),
            Step(
                sum_over(t, yhat[t] * (v[t] - mean) * v[t])
                - mean * sum_over(t, yhat[t] * (v[t] - mean)),
                "deviations from a mean sum to 0",
            ),
            Step(sum_over(t, yhat[t] * (v[t] - mean) ** 2), "collect"),
            Step(Integer(0), "squares with positive weights: curved upwards everywhere", "≥"),
        )


def in_logits():
    """Along any line z + εv through the logits the loss curves upwards."""
    with evaluate(False):
        names = {L: TARGET_LOSS, a[k]: z[k] + epsilon * v[k], mean: _mean}
        first = Step(
            Partial(TARGET_LOSS, (epsilon, 2)),
            "the loss along a line: the logits are `a = z + ε v`",
        )
    steps, left = (first, *_along_a_line()), Partial(L, (epsilon, 2))
    return Derivation("Convex in z", left, steps, SOFT_TARGETS_OF_A.with_(names))


def along_a_line():
    """Logits move along a line where W and b do."""
    with evaluate(False):
        steps = (
            Step(MOVED, "the logits for `W + ε V` and `b + ε u`"),
            Step(
                sum_over(p, W[k, p] * x[p] + epsilon * V[k, p] * x[p])
                + (b[k] + epsilon * change[k]),
                "multiply out",
            ),
            Step(
                (sum_over(p, W[k, p] * x[p]) + epsilon * sum_over(p, V[k, p] * x[p]))
                + (b[k] + epsilon * change[k]),
                "term by term; `ε` is in every term",
            ),
            Step(
                (sum_over(p, W[k, p] * x[p]) + b[k])
                + epsilon * (sum_over(p, V[k, p] * x[p]) + change[k]),
                "collect `ε`",
            ),
            Step(z[k] + epsilon * v[k], "write `z = W x + b` and `v = V x + u`"),
        )
        setting = LINEAR.with_({a[k]: MOVED}, DIRECTION)
    return Derivation("Logits along a line", a[k], steps, setting)


def in_parameters():
    """Along any line through (W, b) the loss curves upwards, as it does in the logits."""
    with evaluate(False):
        names = {L: TARGET_LOSS, a[k]: MOVED, mean: _mean} | DIRECTION
        steps = (
            Step(
                Partial(TARGET_LOSS, (epsilon, 2)),
                "the loss along the line `W + ε V`, `b + ε u`",
            ),
            Step(
                sum_over(t, yhat[t] * (v[t] - mean) ** 2),
                "the logits move along `z + ε v` with `v = V x + u`: convex in `z`",
            ),
            Step(Integer(0), "squares with positive weights: curved upwards everywhere", "≥"),
        )
    left = Partial(L, (epsilon, 2))
    return Derivation("Convex in (W, b)", left, steps, SOFT_TARGETS_OF_A.with_(names))


DERIVATIONS = {
    "convexity in z": in_logits,
    "logits along a line": along_a_line,
    "convexity in (W, b)": in_parameters,
}
