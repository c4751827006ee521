"""Gradients by W, b and x, from the logits by the chain rule through z = Wx + b (notebook 05)."""

from sympy import Eq, KroneckerDelta, Ne, Piecewise, evaluate

from lessons.proofs.arrays import Transposed, gradient, letter
from lessons.proofs.derivations.multiclass import GAP, LABEL_LOSS, TARGET_LOSS
from lessons.proofs.notation import L, Partial, W, b, i, k, p, q, s, sum_over, x, y, yhat, z
from lessons.proofs.setting import LINEAR, ONE_HOT, SOFT_TARGETS
from lessons.proofs.steps import Derivation, Step

HARD = ONE_HOT.with_(LINEAR, {L: LABEL_LOSS})
SOFT = SOFT_TARGETS.with_(LINEAR, {L: TARGET_LOSS})

THROUGH_LOGITS = "chain rule: through every logit `zₛ`"


def _through_logits(parameter):
    with evaluate(False):
        return sum_over(s, Partial(L, z[s]) * Partial(z[s], parameter))


def label_row():
    """Row i of W: the label's own weights."""
    with evaluate(False):
        logit_of_row = sum_over(p, W[i, p] * x[p]) + b[i]
        steps = (
            Step(Partial(LABEL_LOSS, W[i, q]), "the loss for the label `i`; row `i` of `W`"),
            Step(_through_logits(W[i, q]), THROUGH_LOGITS),
            Step(Partial(L, z[i]) * Partial(z[i], W[i, q]), "row `i` moves only `zᵢ`"),
            Step(Partial(L, z[i]) * Partial(logit_of_row, W[i, q]), "what `zᵢ` is"),
            Step(Partial(L, z[i]) * x[q], "only the term `p = q` holds this weight"),
            Step((yhat[i] - 1) * x[q], "by the logits, `j = i`"),
            Step((yhat[i] - y[i]) * x[q], "`yᵢ = 1`, for `i` is the label"),
        )
    return Derivation("Weights, the label's row", Partial(L, W[i, q]), steps, HARD)


def other_rows():
    """Any other row of W."""
    with evaluate(False):
        logit_of_row = sum_over(p, W[k, p] * x[p]) + b[k]
        steps = (
            Step(Partial(LABEL_LOSS, W[k, q]), "the loss for the label `i`; another row of `W`"),
            Step(_through_logits(W[k, q]), THROUGH_LOGITS),
            Step(Partial(L, z[k]) * Partial(z[k], W[k, q]), "row `k` moves only `zₖ`"),
            Step(Partial(L, z[k]) * Partial(logit_of_row, W[k, q]), "what `zₖ` is"),
            Step(Partial(L, z[k]) * x[q], "only the term `p = q` holds this weight"),
            Step(yhat[k] * x[q], "by the logits, `j ≠ i`"),
            Step((yhat[k] - y[k]) * x[q], "`yₖ = 0`, for `k` is not the label"),
        )
    setting = HARD.with_(assumptions=(Ne(k, i),))
    return Derivation("Weights, the other rows", Partial(L, W[k, q]), steps, setting)


def outer_product():
    """All rows stacked: ∇_W L = (ŷ − y)xᵀ."""
    with evaluate(False):
        rows = Piecewise(((yhat[i] - 1) * x[q], Eq(k, i)), (yhat[k] * x[q], True), evaluate=False)
        steps = (
            Step(Partial(LABEL_LOSS, W[k, q]), "the loss for the label `i`; any row of `W`"),
            Step(rows, "the label's row, and the other rows"),
            Step((yhat[k] - y[k]) * x[q], "`y` is 1 at the label, 0 elsewhere"),
            Step(
                GAP * Transposed(letter(x[q])),
                "row `k`, column `q`: a column times a row",
                left=gradient(L, W[k, q]),
            ),
        )
    setting = HARD.with_(entry=(k, q))
    return Derivation("Weights, the outer product", Partial(L, W[k, q]), steps, setting)


def all_weights():
    """Weights for any target that sums to 1, and all rows at once."""
    with evaluate(False):
        steps = (
            Step(Partial(TARGET_LOSS, W[k, q]), "the loss for any target that sums to 1"),
            Step(_through_logits(W[k, q]), THROUGH_LOGITS),
            Step(
                sum_over(s, (yhat[s] - y[s]) * Partial(z[s], W[k, q])),
                "by the logits the derivative is `ŷₛ − yₛ`",
            ),
            Step(
                sum_over(s, (yhat[s] - y[s]) * (KroneckerDelta(s, k) * x[q])),
                "`zₛ` holds this weight only if `s = k`, times input `q`",
            ),
            Step((yhat[k] - y[k]) * x[q], "`δ` picks `s = k`"),
            Step(
                GAP * Transposed(letter(x[q])),
                "row `k`, column `q`: a column times a row",
                left=gradient(L, W[k, q]),
            ),
        )
    setting = SOFT.with_(entry=(k, q))
    return Derivation("Weights, any target", Partial(L, W[k, q]), steps, setting)


def bias():
    """Biases: ∇_b L = ŷ − y."""
    with evaluate(False):
        steps = (
            Step(Partial(TARGET_LOSS, b[k]), "the loss for any target that sums to 1"),
            Step(_through_logits(b[k]), THROUGH_LOGITS),
            Step(
                sum_over(s, (yhat[s] - y[s]) * Partial(z[s], b[k])),
                "by the logits the derivative is `ŷₛ − yₛ`",
            ),
            Step(
                sum_over(s, (yhat[s] - y[s]) * KroneckerDelta(s, k)),
                "`zₛ` holds this bias only if `s = k`, with factor 1",
            ),
            Step(yhat[k] - y[k], "`δ` picks `s = k`"),
            Step(GAP, "stack the components", left=gradient(L, b[k])),
        )
    return Derivation("Biases", Partial(L, b[k]), steps, SOFT.with_(entry=(k,)))


def inputs():
    """Gradient by the inputs, ∇_x L = Wᵀ(ŷ − y): the door to backpropagation."""
    with evaluate(False):
        steps = (
            Step(Partial(TARGET_LOSS, x[q]), "the loss for any target that sums to 1"),
            Step(_through_logits(x[q]), THROUGH_LOGITS),
            Step(
                sum_over(s, (yhat[s] - y[s]) * Partial(z[s], x[q])),
                "by the logits the derivative is `ŷₛ − yₛ`",
            ),
            Step(sum_over(s, (yhat[s] - y[s]) * W[s, q]), "every logit holds this input"),
            Step(sum_over(s, W[s, q] * (yhat[s] - y[s])), "change the order"),
            Step(
                Transposed(letter(W[k, q])) * GAP,
                "column `q` of `W` is row `q` of `Wᵀ`",
                left=gradient(L, x[q]),
            ),
        )
    return Derivation("Inputs", Partial(L, x[q]), steps, SOFT.with_(entry=(q,)))


DERIVATIONS = {
    "weights, row k = i": label_row,
    "weights, rows k ≠ i": other_rows,
    "weights, outer product": outer_product,
    "weights, any target": all_weights,
    "bias": bias,
    "gradient for x": inputs,
}
