"""Hessian, the second derivatives: diag(ŷ) − ŷŷᵀ, which is a covariance (notebook 09)."""

from sympy import Integer, KroneckerDelta, evaluate

from lessons.proofs.arrays import Hessian, Ones, Transposed, letter
from lessons.proofs.derivations.jacobian import OUTER
from lessons.proofs.derivations.multiclass import TARGET_LOSS
from lessons.proofs.notation import (
    H,
    L,
    Partial,
    j,
    l,
    mean,
    s,
    sum_over,
    v,
    y,
    yhat,
    z,
)
from lessons.proofs.setting import SOFT_TARGETS, SOFTMAX
from lessons.proofs.steps import Derivation, Step

with evaluate(False):
    _delta = KroneckerDelta(j, l)
    _mean = sum_over(s, yhat[s] * v[s])
    CURVATURE = {H[j, l]: yhat[j] * (KroneckerDelta(j, l) - yhat[l])}


def hessian():
    """Second derivatives: the targets drop out."""
    with evaluate(False):
        steps = (
            Step(Partial(TARGET_LOSS, z[j], z[l]), "the loss for any target that sums to 1"),
            Step(Partial(yhat[j] - y[j], z[l]), "its gradient"),
            Step(Partial(yhat[j], z[l]), "the target does not depend on the logits"),
            Step(yhat[j] * (_delta - yhat[l]), "the softmax's Jacobian"),
            Step(yhat[j] * _delta - yhat[j] * yhat[l], "multiply out"),
            Step(
                OUTER,
                "row `j`, column `l`: a diagonal, minus an outer product",
                left=Hessian(Partial(L, z[j], z[l]), j, l),
            ),
        )
    setting = SOFT_TARGETS.with_({L: TARGET_LOSS}, entry=(j, l))
    return Derivation("The Hessian", Partial(L, z[j], z[l]), steps, setting)


def times_ones():
    """H1 = 0: no curvature along a shift of all logits."""
    with evaluate(False):
        steps = (
            Step(sum_over(l, yhat[j] * (_delta - yhat[l])), "what `H` is"),
            Step(yhat[j] * sum_over(l, _delta - yhat[l]), "`ŷⱼ` is in every term"),
            Step(yhat[j] * (sum_over(l, _delta) - sum_over(l, yhat[l])), "term by term"),
            Step(yhat[j] * (1 - sum_over(l, yhat[l])), "`δ` is 1 once, at `l = j`"),
            Step(yhat[j] * (Integer(1) - Integer(1)), "predictions sum to 1"),
            Step(Integer(0), "nothing is left"),
            Step(Integer(0), "row by row", left=letter(H[j, l]) * Ones(l)),
        )
    setting = SOFTMAX.with_(CURVATURE, entry=(j,))
    return Derivation("The Hessian times 1", sum_over(l, H[j, l]), steps, setting)


def _variance(weighted_squares):
    """Write the lines from a mean of squares minus the square of the mean to a variance ≥ 0."""
    with evaluate(False):
        return (
            Step(weighted_squares - mean**2, "write the mean of `v` under `ŷ` as `v̄`"),
            Step(
                weighted_squares - 2 * mean * _mean + mean**2 * sum_over(s, yhat[s]),
                "the first new sum is `v̄`, the second is 1",
            ),
            Step(
                sum_over(s, yhat[s] * v[s] ** 2 - 2 * mean * yhat[s] * v[s] + mean**2 * yhat[s]),
                "all in one sum",
            ),
            Step(sum_over(s, yhat[s] * (v[s] - mean) ** 2), "`(u − m)² = u² − 2 u m + m²`"),
            Step(Integer(0), "squares with positive weights: a variance", "≥"),
        )


def is_a_variance():
    """Show that H is positive semi-definite: vᵀHv is the variance of v under ŷ."""
    with evaluate(False):
        squares = sum_over(s, yhat[s] * v[s] ** 2)
        steps = (
            Step(
                sum_over(j, sum_over(l, v[j] * H[j, l] * v[l])),
                "row times matrix times column",
            ),
            Step(
                sum_over(j, sum_over(l, v[j] * (yhat[j] * (_delta - yhat[l])) * v[l])),
                "what `H` is",
            ),
            Step(
                sum_over(j, v[j] * yhat[j] * (v[j] - sum_over(l, yhat[l] * v[l]))),
                "`δ` picks `l = j`",
            ),
            Step(
                sum_over(j, yhat[j] * v[j] ** 2)
                - sum_over(j, v[j] * yhat[j] * sum_over(l, yhat[l] * v[l])),
                "multiply out, and split the sum",
            ),
            Step(squares - _mean * _mean, "the inner sum is in every term; both are the same mean"),
            *_variance(squares),
        )
    setting = SOFTMAX.with_(CURVATURE, {mean: _mean})
    left = Transposed(letter(v[j])) * letter(H[j, l]) * letter(v[l])
    return Derivation("The Hessian is a variance", left, steps, setting)


DERIVATIONS = {
    "Hessian": hessian,
    "Hessian times 1": times_ones,
    "Hessian is a variance": is_a_variance,
}
