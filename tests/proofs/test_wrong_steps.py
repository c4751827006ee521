"""Wrong lines as students write them: each road alone refuses them, and accepts the right line."""

import pytest
from sympy import Integer, KroneckerDelta, Ne, exp, log

from lessons.proofs import setting
from lessons.proofs.arrays import (
    Diagonal,
    Entries,
    Ones,
    Transposed,
    at_same_entry,
    gradient,
    letter,
)
from lessons.proofs.derivations.batch import MEAN_LOSS, SOFT_BATCH
from lessons.proofs.derivations.hessian import CURVATURE
from lessons.proofs.derivations.multiclass import LABEL_LOSS, TARGET_LOSS, TOTAL
from lessons.proofs.notation import (
    G,
    H,
    K,
    L,
    Partial,
    S,
    SumExcept,
    T,
    W,
    X,
    Y,
    Yhat,
    a,
    b,
    c,
    i,
    j,
    k,
    l,
    logit,
    m,
    mean,
    n,
    prediction,
    q,
    r,
    s,
    sigma,
    sum_over,
    t,
    target,
    v,
    x,
    y,
    yhat,
    z,
)
from lessons.proofs.numeric import comparison as numeric
from lessons.proofs.setting import Setting
from lessons.proofs.symbolic import equality as symbolic

SOFTMAX, LINEAR = setting.SOFTMAX.definitions, setting.LINEAR.definitions
BATCH, (ROWS_SUM_TO_1,) = SOFT_BATCH.definitions, SOFT_BATCH.assumptions
(SUMS_TO_1,) = setting.SOFT_TARGETS.assumptions

E = exp(-logit)
SIGMOID = {prediction: 1 / (1 + E)}
ONE_HOT = setting.ONE_HOT.definitions | {L: LABEL_LOSS}
SOFT = SOFTMAX | {L: TARGET_LOSS}
HEAVY = SOFTMAX | {a[k]: z[k] / T}
SPREAD = SOFTMAX | CURVATURE | {mean: sum_over(s, yhat[s] * v[s])}
BINARY_LOSS = -target * log(prediction) - (1 - target) * log(1 - prediction)
GAP = letter(yhat[k]) - letter(y[k])
DELTA = KroneckerDelta(i, j)
ENTROPY = Partial(LABEL_LOSS, z[j])
WEIGHT = Partial(L, W[k, q])
NOTHING = ()

# What the mistake is, the line it starts from, the right next line, the wrong one, what is assumed.
CASES = {
    "line B4 of the sketch: −ŷ for −1/ŷ, (…)² lost, sign lost": (
        Partial(-log(1 / (1 + E)), logit),
        -(1 + E) * (E / (1 + E) ** 2),
        -(1 / (1 + E)) * (1 / (1 + E) ** 2) * (-E),
        ({}, NOTHING),
    ),
    "lost reciprocal: (log u)′ = u′": (
        Partial(log(prediction), logit),
        Partial(prediction, logit) / prediction,
        Partial(prediction, logit),
        (SIGMOID, NOTHING),
    ),
    "reciprocal upside down: (log u)′ = u u′": (
        Partial(log(prediction), logit),
        Partial(prediction, logit) / prediction,
        Partial(prediction, logit) * prediction,
        (SIGMOID, NOTHING),
    ),
    "lost inner derivative: (e⁻ᶻ)′ = e⁻ᶻ": (Partial(E, logit), -E, E, ({}, NOTHING)),
    "(1/u)′ = u′/u², the sign lost": (
        Partial(1 / (1 + E), logit),
        E / (1 + E) ** 2,
        -E / (1 + E) ** 2,
        ({}, NOTHING),
    ),
    "(1/u)′ = −1/u², the inner derivative lost": (
        Partial(1 / (1 + E), logit),
        E / (1 + E) ** 2,
        -1 / (1 + E) ** 2,
        ({}, NOTHING),
    ),
    "σ′ = σ(1 + σ)": (
        Partial(prediction, logit),
        prediction * (1 - prediction),
        prediction * (1 + prediction),
        (SIGMOID, NOTHING),
    ),
    "y − ŷ for ŷ − y": (
        Partial(BINARY_LOSS, logit),
        prediction - target,
        target - prediction,
        (SIGMOID, NOTHING),
    ),
    "y = 0 by changing the result's sign, not that of z": (
        Partial(-log(1 - prediction), logit),
        sigma(logit),
        sigma(-logit),
        (SIGMOID, NOTHING),
    ),
    "the loss for y = 0 is log ŷ": (
        -log(1 - prediction),
        log(1 + exp(logit)),
        log(prediction),
        (SIGMOID, NOTHING),
    ),
    "squared error without its inner derivative": (
        Partial((prediction - target) ** 2, logit),
        2 * (prediction - target) * prediction * (1 - prediction),
        2 * (prediction - target),
        (SIGMOID, NOTHING),
    ),
    "i for j: softmax(z)[i] − δ": (ENTROPY, yhat[j] - DELTA, yhat[i] - DELTA, (ONE_HOT, NOTHING)),
    "lost δ: ŷ_j − 1 for every j": (ENTROPY, yhat[j] - DELTA, yhat[j] - 1, (ONE_HOT, NOTHING)),
    "lost δ: ŷ_j for every j": (ENTROPY, yhat[j] - DELTA, yhat[j], (ONE_HOT, NOTHING)),
    "ŷ_j − 1 where j ≠ i": (ENTROPY, yhat[j], yhat[j] - 1, (ONE_HOT, (Ne(j, i),))),
    "line M3 as scanned: the numerator cancels": (
        Partial(LABEL_LOSS, z[i]),
        -(S - exp(z[i])) / S,
        -(exp(z[i]) - exp(z[i]) * TOTAL / TOTAL) / TOTAL,
        (ONE_HOT, NOTHING),
    ),
    "S treated as a constant": (
        Partial(exp(z[i]) / S, z[j]),
        yhat[i] * (DELTA - yhat[j]),
        DELTA * exp(z[i]) / S,
        (SOFTMAX, NOTHING),
    ),
    "quotient rule with a plus": (
        Partial(exp(z[i]) / S, z[i]),
        (exp(z[i]) * S - exp(z[i]) ** 2) / S**2,
        (exp(z[i]) * S + exp(z[i]) ** 2) / S**2,
        (SOFTMAX, NOTHING),
    ),
    "quotient rule over S, not S²": (
        Partial(exp(z[i]) / S, z[i]),
        (exp(z[i]) * S - exp(z[i]) ** 2) / S**2,
        (exp(z[i]) * S - exp(z[i]) ** 2) / S,
        (SOFTMAX, NOTHING),
    ),
    "the derivative of the sum is the whole sum": (
        Partial(S, z[j]),
        exp(z[j]),
        S,
        (SOFTMAX, NOTHING),
    ),
    "the whole Jacobian diagonal: ŷ_i(1 − ŷ_i)": (
        Partial(yhat[i], z[j]),
        yhat[i] * (DELTA - yhat[j]),
        DELTA * yhat[i] * (1 - yhat[i]) + (1 - DELTA) * yhat[i] * yhat[j],
        (SOFTMAX, NOTHING),
    ),
    "one path of the chain rule for all": (
        Partial(L, z[j]),
        sum_over(s, Partial(L, yhat[s]) * Partial(yhat[s], z[j])),
        Partial(L, yhat[j]) * Partial(yhat[j], z[j]),
        (SOFT, (SUMS_TO_1,)),
    ),
    "ŷ − y without Σy = 1": (
        Partial(TARGET_LOSS, z[j]),
        sum_over(t, y[t]) * yhat[j] - y[j],
        yhat[j] - y[j],
        (SOFT, NOTHING),
    ),
    "log of a sum as the sum of logs": (
        log(TOTAL) - z[i],
        -log(yhat[i]),
        sum_over(t, z[t]) - z[i],
        (SOFTMAX, NOTHING),
    ),
    "logsumexp called shift invariant": (
        log(sum_over(t, exp(z[t] + c))),
        c + log(TOTAL),
        log(TOTAL),
        ({}, NOTHING),
    ),
    "the stability shift with the wrong sign": (
        log(TOTAL),
        m + log(sum_over(t, exp(z[t] - m))),
        m + log(sum_over(t, exp(z[t] + m))),
        ({}, NOTHING),
    ),
    "σ(z₀ − z₁) for component 1": (
        yhat[1],
        sigma(z[1] - z[0]),
        sigma(z[0] - z[1]),
        (SOFTMAX | {K: Integer(2)}, NOTHING),
    ),
    "S₋ without the minus": (
        yhat[i] - 1,
        -SumExcept(exp(z[t]), t, i) / S,
        SumExcept(exp(z[t]), t, i) / S,
        (SOFTMAX, NOTHING),
    ),
    "line W2 as scanned: no factor x": (
        WEIGHT,
        (yhat[k] - KroneckerDelta(i, k)) * x[q],
        yhat[k] - KroneckerDelta(i, k),
        (ONE_HOT | LINEAR, NOTHING),
    ),
    "b for x": (
        WEIGHT,
        (yhat[k] - KroneckerDelta(i, k)) * x[q],
        (yhat[k] - KroneckerDelta(i, k)) * b[k],
        (ONE_HOT | LINEAR, NOTHING),
    ),
    "the bias's gradient summed over the classes": (
        Partial(L, b[k]),
        yhat[k] - y[k],
        sum_over(s, yhat[s] - y[s]),
        (SOFT | LINEAR, (SUMS_TO_1,)),
    ),
    "W(ŷ − y) read along the rows": (
        Partial(L, x[q]),
        sum_over(s, W[s, q] * (yhat[s] - y[s])),
        sum_over(s, W[k, q] * (yhat[s] - y[s])),
        (SOFT | LINEAR, (SUMS_TO_1,)),
    ),
    "the mean without 1/n": (
        Partial(MEAN_LOSS, b[k]),
        sum_over(r, Yhat[r, k] - Y[r, k]) / n,
        sum_over(r, Yhat[r, k] - Y[r, k]),
        (BATCH, (ROWS_SUM_TO_1,)),
    ),
    "the mean over K instead of n": (
        Partial(MEAN_LOSS, W[k, q]),
        sum_over(r, (Yhat[r, k] - Y[r, k]) * X[r, q]) / n,
        sum_over(r, (Yhat[r, k] - Y[r, k]) * X[r, q]) / K,
        (BATCH, (ROWS_SUM_TO_1,)),
    ),
    "one example's x for all": (
        sum_over(r, G[r, k] * X[r, q]),
        sum_over(r, (Yhat[r, k] - Y[r, k]) / n * X[r, q]),
        sum_over(r, G[r, k]) * X[0, q],
        (BATCH, (ROWS_SUM_TO_1,)),
    ),
    "the Hessian as diag(ŷ) alone": (
        Partial(yhat[j], z[l]),
        H[j, l],
        yhat[j] * KroneckerDelta(j, l),
        (SOFTMAX | CURVATURE, NOTHING),
    ),
    "the mean of squares for the variance": (
        sum_over(j, sum_over(l, v[j] * H[j, l] * v[l])),
        sum_over(s, yhat[s] * (v[s] - mean) ** 2),
        sum_over(s, yhat[s] * v[s] ** 2),
        (SPREAD, NOTHING),
    ),
    "temperature multiplied": (
        Partial(-log(exp(a[i]) / sum_over(t, exp(a[t]))), z[j]),
        (exp(a[j]) / sum_over(t, exp(a[t])) - DELTA) / T,
        (exp(a[j]) / sum_over(t, exp(a[t])) - DELTA) * T,
        (HEAVY, NOTHING),
    ),
    "x(ŷ − y)ᵀ at [k, q] of a matrix of W's shape": (
        gradient(L, W[k, q]),
        GAP * Transposed(letter(x[q])),
        GAP * Transposed(Entries(x[q] ** 2, q)),
        (SOFT | LINEAR, (SUMS_TO_1,)),
    ),
    "Gᵀ1 as the mean of the rows": (
        gradient(MEAN_LOSS, b[k]),
        Transposed(letter(G[r, k])) * Ones(r),
        Transposed(letter(G[r, k])) * Ones(r) / n,
        (BATCH, (ROWS_SUM_TO_1,)),
    ),
    "ŷŷᵀ − diag(ŷ)": (
        Entries(Partial(yhat[j], z[l]), j, l),
        Diagonal(letter(yhat[k])) - letter(yhat[k]) * Transposed(letter(yhat[k])),
        letter(yhat[k]) * Transposed(letter(yhat[k])) - Diagonal(letter(yhat[k])),
        (SOFTMAX, NOTHING),
    ),
}
ENTRY = {"Gᵀ1 as the mean of the rows": (k,), "ŷŷᵀ − diag(ŷ)": (j, l)}


@pytest.fixture(params=CASES)
def case(request):
    start, right, wrong, setting = CASES[request.param]
    at = Setting(entry=ENTRY.get(request.param, (k, q)))
    return at_same_entry(start, right, at), at_same_entry(start, wrong, at), setting


def test_the_symbolic_road_alone_proves_the_right_line_and_not_the_wrong_one(case):
    right, wrong, setting = case
    assert symbolic.equal(*right, *setting)
    assert not symbolic.equal(*wrong, *setting)


def test_the_numeric_road_alone_refutes_the_wrong_line_and_not_the_right_one(case):
    right, wrong, setting = case
    assert numeric.counterexample(*right, *setting) is None
    refuted = numeric.counterexample(*wrong, *setting)
    assert refuted.left != refuted.right


def test_there_are_at_least_thirty_of_them():
    assert len(CASES) >= 30
