"""Jacobian of the softmax, diag(ŷ) − ŷŷᵀ, and the gradient once more with it (notebook 04)."""

from sympy import KroneckerDelta, evaluate, exp

from lessons.proofs.arrays import Column, Diagonal, Jacobian, Transposed, gradient, letter
from lessons.proofs.derivations.multiclass import GAP, TARGET_LOSS
from lessons.proofs.notation import L, Partial, S, j, k, l, s, sum_over, y, yhat, z
from lessons.proofs.setting import SOFT_TARGETS, SOFTMAX
from lessons.proofs.steps import Derivation, Step

with evaluate(False):
    OUTER = Diagonal(letter(yhat[k])) - letter(yhat[k]) * Transposed(letter(yhat[k]))


def softmax_jacobian():
    """Each prediction by each logit: ŷ_j(δ_jl − ŷ_l)."""
    delta = KroneckerDelta(j, l)
    with evaluate(False):
        e, f = exp(z[j]), exp(z[l])
        steps = (
            Step(Partial(e / S, z[l]), "the softmax; `S` depends on `zₗ` too"),
            Step((Partial(e, z[l]) * S - e * Partial(S, z[l])) / S**2, "quotient rule"),
            Step((delta * e * S - e * Partial(S, z[l])) / S**2, "`zⱼ` is `zₗ` only if `j = l`"),
            Step((delta * e * S - e * f) / S**2, "of `S` only the term `t = l` depends on `zₗ`"),
            Step(e / S * ((delta * S - f) / S), "factor out the exponential, split `S²`"),
            Step(e / S * (delta - f / S), "split the fraction"),
            Step(yhat[j] * (delta - yhat[l]), "both fractions are predictions"),
            Step(yhat[j] * delta - yhat[j] * yhat[l], "multiply out"),
            Step(
                OUTER,
                "row `j`, column `l`: `δ` picks the diagonal, and `ŷⱼ ŷₗ` is an outer product",
                left=Jacobian(Partial(yhat[j], z[l]), j, l),
            ),
        )
    left = Partial(yhat[j], z[l])
    return Derivation("The softmax's Jacobian", left, steps, SOFTMAX.with_(entry=(j, l)))


def by_the_jacobian():
    """Chain rule through all predictions at once."""
    delta = KroneckerDelta(s, j)
    with evaluate(False):
        steps = (
            Step(Partial(TARGET_LOSS, z[j]), "the loss for any target that sums to 1"),
            Step(
                sum_over(s, Partial(L, yhat[s]) * Partial(yhat[s], z[j])),
                "chain rule: `zⱼ` moves every `ŷₛ`, and each moves `L`",
            ),
            Step(
                sum_over(s, -y[s] / yhat[s] * Partial(yhat[s], z[j])),
                "of `L` only one term holds `ŷₛ`: `(log u)′ = u′/u`",
            ),
            Step(
                sum_over(s, -y[s] / yhat[s] * (yhat[s] * (delta - yhat[j]))),
                "the softmax's Jacobian",
            ),
            Step(-sum_over(s, y[s] * (delta - yhat[j])), "cancel `ŷₛ`"),
            Step(
                -(sum_over(s, y[s] * delta) - sum_over(s, y[s] * yhat[j])),
                "a sum of differences",
            ),
            Step(-(y[j] - sum_over(s, y[s]) * yhat[j]), "`δ` picks `s = j`; `ŷⱼ` is in every term"),
            Step(-(y[j] - 1 * yhat[j]), "the target sums to 1"),
            Step(yhat[j] - y[j], "multiply out"),
            Step(GAP, "stack the components", left=gradient(L, z[k])),
        )
    setting = SOFT_TARGETS.with_({L: TARGET_LOSS}, entry=(j,))
    title = "Multiclass case, by the Jacobian"
    return Derivation(title, Partial(L, z[j]), steps, setting)


def in_matrices():
    """In matrices: the Jacobian, transposed, times the derivative by ŷ."""
    with evaluate(False):
        jacobian = Jacobian(Partial(yhat[s], z[j]), s, j)
        by_prediction = Column(-y[k] / yhat[k], k)
        prediction, target = letter(yhat[k]), letter(y[k])
        steps = (
            Step(
                Transposed(jacobian) * gradient(L, yhat[k]),
                "chain rule: entry `j` is the sum over `s` of `∂ŷₛ/∂zⱼ · ∂L/∂ŷₛ`",
            ),
            Step(Transposed(jacobian) * by_prediction, "`(log u)′ = u′/u`, entry by entry"),
            Step(Transposed(OUTER) * by_prediction, "the softmax's Jacobian"),
            Step(OUTER * by_prediction, "it is symmetric"),
            Step(
                -target + prediction * sum_over(s, yhat[s] * (y[s] / yhat[s])),
                "`diag(ŷ)` cancels each `ŷₖ`; `ŷᵀ` times the column is a sum",
            ),
            Step(-target + prediction * sum_over(s, y[s]), "cancel `ŷₛ`"),
            Step(-target + prediction * 1, "the target sums to 1"),
            Step(GAP, "change the order"),
        )
    setting = SOFT_TARGETS.with_({L: TARGET_LOSS}, entry=(j,))
    title = "Multiclass case, by the Jacobian in matrices"
    return Derivation(title, gradient(L, z[k]), steps, setting)


DERIVATIONS = {
    "Jacobian": softmax_jacobian,
    "multiclass by the Jacobian": by_the_jacobian,
    "multiclass by the Jacobian, in matrices": in_matrices,
}
