"""A batch of n examples, one per row: gradients of the mean loss (notebook 06)."""

from sympy import Eq, Integer, KroneckerDelta, evaluate, log

from lessons.proofs.arrays import Ones, Transposed, gradient, letter
from lessons.proofs.notation import (
    G,
    L,
    Partial,
    W,
    X,
    Y,
    Yhat,
    Z,
    b,
    k,
    n,
    other_r,
    q,
    r,
    s,
    sum_over,
    t,
)
from lessons.proofs.setting import BATCH
from lessons.proofs.steps import Derivation, Step

with evaluate(False):
    EXAMPLE_LOSS = -sum_over(s, Y[r, s] * log(Yhat[r, s]))
    MEAN_LOSS = 1 / n * sum_over(r, EXAMPLE_LOSS)
    GAPS = letter(Yhat[r, k]) - letter(Y[r, k])

SOFT_BATCH = BATCH.with_(assumptions=(Eq(sum_over(t, Y[r, t]), 1),))
MEAN = SOFT_BATCH.with_({L: MEAN_LOSS})


def _by_example(parameter):
    """Write the lines that weights and biases share, up to the derivative of a logit."""
    with evaluate(False):
        through = Partial(EXAMPLE_LOSS, Z[r, t]) * Partial(Z[r, t], parameter)
        known = (Yhat[r, t] - Y[r, t]) * Partial(Z[r, t], parameter)
        return (
            Step(Partial(MEAN_LOSS, parameter), "the mean of the losses of `n` examples"),
            Step(
                1 / n * sum_over(r, Partial(EXAMPLE_LOSS, parameter)),
                "the derivative of a sum, term by term",
            ),
            Step(
                1 / n * sum_over(r, sum_over(t, through)),
                "chain rule: through every logit",
            ),
            Step(
                1 / n * sum_over(r, sum_over(t, known)),
                "one example's gradient by its logits",
            ),
        )


def weights():
    """∇_W of the mean loss: GᵀX."""
    with evaluate(False):
        gap = Yhat[r, t] - Y[r, t]
        delta = KroneckerDelta(t, k)
        steps = (
            *_by_example(W[k, q]),
            Step(
                1 / n * sum_over(r, sum_over(t, gap * (delta * X[r, q]))),
                "logit `t` holds this weight only if `t = k`, times the input",
            ),
            Step(1 / n * sum_over(r, (Yhat[r, k] - Y[r, k]) * X[r, q]), "`δ` picks `t = k`"),
            Step(sum_over(r, (Yhat[r, k] - Y[r, k]) / n * X[r, q]), "take `1/n` into the sum"),
            Step(sum_over(r, G[r, k] * X[r, q]), "write `G` for `(Ŷ − Y)/n`"),
            Step(
                Transposed(letter(G[r, k])) * letter(X[r, q]),
                "column `k` of `G` is row `k` of `Gᵀ`",
                left=gradient(L, W[k, q]),
            ),
        )
    setting = MEAN.with_(entry=(k, q))
    return Derivation("Batch, weights", Partial(L, W[k, q]), steps, setting)


def bias():
    """∇_b of the mean loss: Gᵀ1, the sum of the rows of G."""
    with evaluate(False):
        gap = Yhat[r, t] - Y[r, t]
        steps = (
            *_by_example(b[k]),
            Step(
                1 / n * sum_over(r, sum_over(t, gap * KroneckerDelta(t, k))),
                "logit `t` holds this bias only if `t = k`, with factor 1",
            ),
            Step(1 / n * sum_over(r, Yhat[r, k] - Y[r, k]), "`δ` picks `t = k`"),
            Step(sum_over(r, (Yhat[r, k] - Y[r, k]) / n), "take `1/n` into the sum"),
            Step(sum_over(r, G[r, k]), "write `G` for `(Ŷ − Y)/n`"),
            Step(
                Transposed(letter(G[r, k])) * Ones(r),
                "the sum of the `n` rows of `G`",
                left=gradient(L, b[k]),
            ),
        )
    return Derivation("Batch, biases", Partial(L, b[k]), steps, MEAN.with_(entry=(k,)))


def logits():
    """∇_Z of the mean loss: G itself."""
    mine = KroneckerDelta(other_r, r)
    with evaluate(False):
        loss = -sum_over(s, Y[other_r, s] * log(Yhat[other_r, s]))
        steps = (
            Step(
                Partial(1 / n * sum_over(other_r, loss), Z[r, k]),
                "the mean loss; `r′` now counts its examples",
            ),
            Step(
                1 / n * sum_over(other_r, Partial(loss, Z[r, k])),
                "the derivative of a sum, term by term",
            ),
            Step(
                1 / n * sum_over(other_r, mine * (Yhat[r, k] - Y[r, k])),
                "only example `r′ = r` holds this logit",
            ),
            Step(1 / n * (Yhat[r, k] - Y[r, k]), "`δ` picks `r′ = r`"),
            Step(G[r, k], "write `G` for `(Ŷ − Y)/n`"),
            Step(1 / n * GAPS, "row `r`, column `k`", left=gradient(L, Z[r, k])),
        )
    setting = MEAN.with_(entry=(r, k))
    return Derivation("Batch, logits", Partial(L, Z[r, k]), steps, setting)


def rows_sum_to_zero():
    """Along a row, over the classes, G sums to 0."""
    with evaluate(False):
        steps = (
            Step(sum_over(k, (Yhat[r, k] - Y[r, k]) / n), "what `G` is"),
            Step(1 / n * sum_over(k, Yhat[r, k] - Y[r, k]), "`1/n` is in every term"),
            Step(1 / n * (sum_over(k, Yhat[r, k]) - sum_over(k, Y[r, k])), "term by term"),
            Step(1 / n * (1 - sum_over(k, Y[r, k])), "predictions sum to 1"),
            Step(1 / n * (Integer(1) - Integer(1)), "targets sum to 1"),
            Step(Integer(0), "nothing is left"),
            Step(Integer(0), "row by row", left=letter(G[r, k]) * Ones(k)),
        )
    left = sum_over(k, G[r, k])
    return Derivation("Batch, the rows of G", left, steps, SOFT_BATCH.with_(entry=(r,)))


DERIVATIONS = {
    "batch, logits": logits,
    "batch, weights": weights,
    "batch, bias": bias,
    "batch, rows of G": rows_sum_to_zero,
}
