"""Canonical links: why every one gives ŷ − y, in exponential families (notebook 11)."""

from sympy import Integral, KroneckerDelta, Sum, evaluate, exp, factorial, log, oo, pi, sqrt

from lessons.proofs.arrays import Gradient, gradient, letter
from lessons.proofs.notation import (
    L,
    LogPartition,
    Partial,
    S,
    base,
    expectation,
    h,
    j,
    k,
    log_partition,
    logit,
    other,
    outcome,
    over,
    p,
    prediction,
    q,
    s,
    statistic,
    statistics,
    sum_over,
    target,
    theta,
    yhat,
    z,
)
from lessons.proofs.setting import BINARY, SOFTMAX, Setting
from lessons.proofs.steps import Derivation, Step

A = LogPartition(z)


def canonical():
    """For p(y|z) = h(y) exp(z·R(y) − A(z)) the gradient is ∇A(z) − R(y), whatever A is."""
    with evaluate(False):
        score = sum_over(k, z[k] * statistic[k])
        loss = -log(base * exp(score - A))
        steps = (
            Step(Partial(loss, z[j]), "minus the log of the probability of `y`"),
            Step(Partial(-(log(base) + (score - A)), z[j]), "`log(u eᵛ) = log u + v`"),
            Step(Partial(A - score - log(base), z[j]), "change the signs"),
            Step(Partial(A, z[j]) - Partial(score, z[j]), "`h(y)` does not depend on `z`"),
            Step(Partial(A, z[j]) - statistic[j], "only the term `k = j` depends on `zⱼ`"),
            Step(
                Gradient(Partial(A, z[k]), k) - letter(statistic[k]),
                "stack the components",
                left=gradient(L, z[k]),
            ),
        )
    left = Partial(L, z[j])
    return Derivation("Canonical link", left, steps, Setting({L: loss}, entry=(j,)))


def mean_of_statistic():
    """For finitely many outcomes, ∇A is the mean of R: a softmax in disguise."""
    with evaluate(False):
        terms = h[s] * exp(sum_over(p, theta[p] * statistics[s, p]))
        total = sum_over(s, terms)
        steps = (
            Step(
                Partial(log(total), theta[q]),
                "`A` makes the probabilities of all outcomes `s` sum to 1",
            ),
            Step(Partial(log(S), theta[q]), "write `S` for the sum; it depends on `θ`"),
            Step(1 / S * Partial(S, theta[q]), "chain rule: `(log u)′ = u′/u`"),
            Step(
                1 / S * sum_over(s, terms * statistics[s, q]),
                "in each exponent only the term `p = q` holds this `θ`",
            ),
            Step(sum_over(s, terms / S * statistics[s, q]), "take `1/S` into the sum"),
            Step(sum_over(s, yhat[s] * statistics[s, q]), "the fraction is a probability: a mean"),
        )
        names = {log_partition: log(total), S: total, yhat[s]: terms / S}
    return Derivation("The mean of R", Partial(log_partition, theta[q]), steps, Setting(names))


def bernoulli():
    """Two outcomes: the mean is σ(z)."""
    with evaluate(False):
        u = exp(logit)
        normaliser = log(1 + u)
        mean = over(Sum, outcome * exp(logit * outcome - normaliser), outcome, 0, 1)
        steps = (
            Step(mean, "`p(y) = exp(z y − A)` with `A = log(1 + eᶻ)`"),
            Step(0 * exp(-normaliser) + 1 * exp(logit - normaliser), "two outcomes, 0 and 1"),
            Step(exp(logit - normaliser), "the first term is 0"),
            Step(u / exp(normaliser), "`eᵘ⁻ᵛ = eᵘ/eᵛ`"),
            Step(u / (1 + u), "the exponential of a logarithm"),
            Step(1 / (1 + exp(-logit)), "divide above and below by `eᶻ`"),
            Step(prediction, "that is `σ(z)`, the prediction"),
            Step(Partial(normaliser, logit), "and `A′(z)`, for `(log u)′ = u′/u`"),
        )
    return Derivation("Bernoulli", expectation, steps, BINARY.with_({expectation: mean}))


def categorical():
    """K outcomes, with R one-hot: the mean is the softmax."""
    with evaluate(False):
        mean = sum_over(s, KroneckerDelta(s, j) * exp(z[s] - log(S)))
        steps = (
            Step(mean, "outcome `s` has `p(s) = exp(zₛ − A)`, `A = log S`, and `Rⱼ = δ`"),
            Step(exp(z[j] - log(S)), "`δ` picks `s = j`"),
            Step(exp(z[j]) / S, "`eᵘ⁻ᵛ = eᵘ/eᵛ`, and `e` to a logarithm"),
            Step(yhat[j], "that is the softmax, the prediction"),
            Step(1 / S * Partial(S, z[j]), "of `S` only the term `t = j` depends on `zⱼ`"),
            Step(Partial(log(S), z[j]), "`(log u)′ = u′/u`: this is `∂A/∂zⱼ`"),
            Step(letter(yhat[k]), "for every `j`", left=gradient(log_partition, z[k])),
        )
    setting = SOFTMAX.with_({expectation: mean, log_partition: log(S)}, entry=(j,))
    return Derivation("Categorical", expectation, steps, setting)


def gaussian():
    """Variance 1: the mean is z itself, and the loss is half a squared error."""
    with evaluate(False):
        density = exp(-(other**2) / 2) / sqrt(2 * pi)
        h_of_y = exp(-(target**2) / 2) / sqrt(2 * pi)
        mean = _over_the_line(target * (h_of_y * exp(logit * target - logit**2 / 2)), target)
        about_z = target * (exp(-((target - logit) ** 2) / 2) / sqrt(2 * pi))
        steps = (
            Step(mean, "`p(y) = h(y) exp(z y − A)` with `A = z²/2`"),
            Step(_over_the_line(about_z, target), "complete the square"),
            Step(_over_the_line((logit + other) * density, other), "shift: `y = z + u`"),
            Step(
                logit * _over_the_line(density, other) + _over_the_line(other * density, other),
                "a sum of two integrals",
            ),
            Step(logit * 1 + 0, "a density; and an odd function, whose halves cancel"),
            Step(prediction, "the mean is `z`, the prediction"),
            Step(Partial(logit**2 / 2, logit), "and `A′(z)`"),
        )
    names = {expectation: mean, prediction: logit}
    return Derivation("Gaussian of variance 1", expectation, steps, Setting(names))


def poisson():
    """Poisson counts: the mean is e^z."""
    with evaluate(False):
        rate = exp(logit)
        term = exp(logit * outcome - rate) / factorial(outcome)
        shorter = exp(logit * outcome - rate) / factorial(outcome - 1)
        mean = _series(outcome * term, 0)
        steps = (
            Step(mean, "`p(y) = h(y) exp(z y − A)` with `h = 1/y!` and `A = eᶻ`"),
            Step(_series(outcome * term, 1), "the term `y = 0` is 0"),
            Step(_series(shorter, 1), "cancel `y`"),
            Step(
                _series(exp(logit * (outcome + 1) - rate) / factorial(outcome), 0),
                "count from 0 again: `y + 1` for `y`",
            ),
            Step(rate * _series(term, 0), "one factor `eᶻ` is in every term"),
            Step(rate * 1, "the probabilities of all counts sum to 1"),
            Step(prediction, "the mean is `eᶻ`, the prediction"),
            Step(Partial(rate, logit), "and `A′(z)`"),
        )
    names = {expectation: mean, prediction: exp(logit)}
    return Derivation("Poisson", expectation, steps, Setting(names))


def _over_the_line(body, variable):
    return over(Integral, body, variable, -oo, oo)


def _series(body, first):
    return over(Sum, body, outcome, first, oo)


DERIVATIONS = {
    "canonical link": canonical,
    "canonical mean": mean_of_statistic,
    "Bernoulli": bernoulli,
    "categorical": categorical,
    "Gaussian": gaussian,
    "Poisson": poisson,
}
