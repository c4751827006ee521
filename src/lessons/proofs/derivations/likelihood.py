"""Likelihood: where the loss comes from, and the loss as logsumexp (notebook 02)."""

from sympy import evaluate, exp, log

from lessons.proofs.derivations.multiclass import LABEL_LOSS, TOTAL
from lessons.proofs.notation import (
    L,
    S,
    Y,
    Yhat,
    i,
    k,
    m,
    n,
    prediction,
    product_over,
    r,
    sum_over,
    t,
    target,
    y,
    yhat,
    z,
)
from lessons.proofs.setting import BATCH, BINARY, ONE_HOT, SOFTMAX
from lessons.proofs.steps import Derivation, Step


def one_example():
    """Minus the log of the probability that the prediction gives to a one-hot target."""
    with evaluate(False):
        likelihood = product_over(k, yhat[k] ** y[k])
        steps = (
            Step(-log(likelihood), "each class to the power 1 or 0: only the label counts"),
            Step(-sum_over(k, log(yhat[k] ** y[k])), "`log(u v) = log u + log v`"),
            Step(-sum_over(k, y[k] * log(yhat[k])), "`log uᵐ = m log u`"),
            Step(-log(yhat[i]), "`y` is 1 at the label `i`, 0 elsewhere"),
        )
    setting = ONE_HOT.with_({L: -log(likelihood)})
    return Derivation("The loss from likelihood", L, steps, setting)


def binary():
    """Two outcomes: ŷ to the power y times 1 − ŷ to the power 1 − y."""
    with evaluate(False):
        first, second = prediction**target, (1 - prediction) ** (1 - target)
        steps = (
            Step(-log(first * second), "`ŷ` if `y = 1`, and `1 − ŷ` if `y = 0`"),
            Step(-(log(first) + log(second)), "`log(u v) = log u + log v`"),
            Step(
                -(target * log(prediction) + (1 - target) * log(1 - prediction)),
                "`log uᵐ = m log u`",
            ),
            Step(
                -target * log(prediction) - (1 - target) * log(1 - prediction),
                "multiply out",
            ),
        )
    setting = BINARY.with_({L: -log(first * second)})
    return Derivation("The binary loss from likelihood", L, steps, setting)


def data_set():
    """Mean over n independent examples."""
    with evaluate(False):
        example = product_over(k, Yhat[r, k] ** Y[r, k])
        loss = -(1 / n) * log(product_over(r, example))
        steps = (
            Step(loss, "independent examples: their probabilities multiply"),
            Step(-(1 / n) * sum_over(r, log(example)), "`log(u v) = log u + log v`"),
            Step(
                -(1 / n) * sum_over(r, sum_over(k, log(Yhat[r, k] ** Y[r, k]))),
                "once more, over the classes",
            ),
            Step(
                -(1 / n) * sum_over(r, sum_over(k, Y[r, k] * log(Yhat[r, k]))),
                "`log uᵐ = m log u`",
            ),
            Step(
                1 / n * sum_over(r, -sum_over(k, Y[r, k] * log(Yhat[r, k]))),
                "the mean of the losses of `n` examples",
            ),
        )
    return Derivation("The mean loss from likelihood", L, steps, BATCH.with_({L: loss}))


def logsumexp():
    """From the logits: logsumexp(z) − z_i."""
    with evaluate(False):
        steps = (
            Step(LABEL_LOSS, "the loss for the label `i`"),
            Step(-log(exp(z[i]) / S), "`ŷᵢ` is a softmax; `S` is the sum of all exponentials"),
            Step(-(log(exp(z[i])) - log(S)), "`log(u/v) = log u − log v`"),
            Step(-(z[i] - log(S)), "`log eᵘ = u`"),
            Step(log(S) - z[i], "multiply out"),
            Step(log(TOTAL) - z[i], "what `S` is: this is logsumexp minus the label's logit"),
        )
    return Derivation("The loss from logits", L, steps, SOFTMAX.with_({L: LABEL_LOSS}))


def of_shifted_logits():
    """Logsumexp is not shift invariant: it moves by as much as the logits."""
    with evaluate(False):
        steps = (
            Step(log(sum_over(t, exp(z[t]) * exp(m))), "`eᵘ⁺ᵛ = eᵘ eᵛ`"),
            Step(log(exp(m) * TOTAL), "the factor is in every term"),
            Step(log(exp(m)) + log(TOTAL), "`log(u v) = log u + log v`"),
            Step(m + log(TOTAL), "`log eᵐ = m`"),
        )
        left = log(sum_over(t, exp(z[t] + m)))
    return Derivation("Logsumexp of shifted logits", left, steps)


DERIVATIONS = {
    "likelihood": one_example,
    "likelihood, binary": binary,
    "likelihood, data set": data_set,
    "logsumexp": logsumexp,
    "logsumexp of shifted logits": of_shifted_logits,
}
