"""Equalities that look right: captured indices, ranges off by one, branches, hidden divisions by 0.

Each road alone must refuse each of them, and neither may refuse its harmless neighbours.
"""

import pytest
from sympy import Integer, KroneckerDelta, Ne, Rational, Sum, evaluate, exp, log, oo, sqrt

from lessons.proofs import setting
from lessons.proofs.derivations.batch import MEAN_LOSS, SOFT_BATCH
from lessons.proofs.derivations.multiclass import TARGET_LOSS, TOTAL
from lessons.proofs.notation import (
    G,
    H,
    K,
    L,
    Partial,
    S,
    SumExcept,
    W,
    X,
    Y,
    Yhat,
    b,
    c,
    i,
    j,
    k,
    l,
    logit,
    n,
    other,
    over,
    p,
    product_over,
    q,
    r,
    s,
    sigma,
    sum_over,
    t,
    target,
    x,
    y,
    yhat,
    z,
)
from lessons.proofs.numeric import comparison as numeric
from lessons.proofs.symbolic import equality as symbolic

SOFTMAX, LINEAR = setting.SOFTMAX.definitions, setting.LINEAR.definitions
BATCH, (ROWS_SUM_TO_1,) = SOFT_BATCH.definitions, SOFT_BATCH.assumptions
(SUMS_TO_1,) = setting.SOFT_TARGETS.assumptions

SOFT = SOFTMAX | {L: TARGET_LOSS}


def e(index):
    return exp(z[index])


def delta(one, other_one):
    return KroneckerDelta(one, other_one)


with evaluate(False):
    HIDDEN_ZERO = (1 + logit) ** 2 - 1 - 2 * logit - logit**2
    NO_MASS = sum_over(t, yhat[t]) - 1  # 0, because predictions sum to 1
    QUADRATIC = sum_over(s, sum_over(t, z[s] * H[s, t] * z[t]))
    CAPTURES = {
        "Σ_t e_t e_j with j drawn into the sum": (
            sum_over(t, e(t) * e(j)),
            sum_over(j, e(j) * e(j)),
        ),
        "S inside a sum takes the sum's own index": (
            sum_over(t, e(t) * S),
            sum_over(t, e(t) ** 2),
            SOFTMAX,
        ),
        "the square of a sum is the sum of squares": (TOTAL**2, sum_over(t, e(t) ** 2)),
        "the inner index for the outer one": (
            sum_over(s, sum_over(t, W[s, q] * z[t] * y[s])),
            sum_over(s, sum_over(t, W[t, q] * z[t] * y[s])),
        ),
        "a row for a column": (sum_over(s, H[s, k]), sum_over(s, H[k, s])),
        "left out: j for i": (SumExcept(e(t), t, i), S - e(j), SOFTMAX),
        "one feature for all": (
            Partial(L, W[k, q]),
            (yhat[k] - y[k]) * sum_over(p, x[p]),
            SOFT | LINEAR,
            (SUMS_TO_1,),
        ),
        "one example for all": (
            sum_over(r, G[r, k] * X[r, q]),
            sum_over(r, G[r, k] * X[0, q]),
            BATCH,
            (ROWS_SUM_TO_1,),
        ),
        "ŷ_j(δ − ŷ_j) for ŷ_i(δ − ŷ_j)": (
            Partial(yhat[i], z[j]),
            yhat[j] * (delta(i, j) - yhat[j]),
            SOFTMAX,
        ),
        "the mixed second derivative from one index": (
            Partial(TARGET_LOSS, z[j], z[l]),
            yhat[j] * (delta(j, l) - yhat[j]),
            SOFTMAX,
            (SUMS_TO_1,),
        ),
        "W for X in GᵀX": (
            Partial(MEAN_LOSS, W[k, q]),
            sum_over(r, (Yhat[r, k] - Y[r, k]) * W[k, q]) / n,
            BATCH,
            (ROWS_SUM_TO_1,),
        ),
        "a quadratic form as if its matrix were symmetric": (
            Partial(QUADRATIC, z[j]),
            2 * sum_over(t, H[j, t] * z[t]),
        ),
    }
    RANGES = {
        "K equal terms counted as K − 1": (sum_over(t, z[0]), (K - 1) * z[0]),
        "a sum of a constant is the constant": (sum_over(t, c), c),
        "the last class forgotten": (over(Sum, e(t), t, 0, K - 2), S, SOFTMAX),
        "the first class forgotten": (over(Sum, e(t), t, 1, K - 1), S, SOFTMAX),
        "one class too many": (over(Sum, c, t, 0, K), sum_over(t, c)),
        "targets from the second class on sum to 1": (
            over(Sum, y[t], t, 1, K - 1),
            Integer(1),
            {},
            (SUMS_TO_1,),
        ),
        "targets up to the last but one sum to 1": (
            over(Sum, y[t], t, 0, K - 2),
            Integer(1),
            {},
            (SUMS_TO_1,),
        ),
        "targets except the label's sum to 1": (
            SumExcept(y[t], t, i),
            Integer(1),
            {},
            (SUMS_TO_1,),
        ),
        "squares of targets sum to 1": (sum_over(t, y[t] ** 2), Integer(1), {}, (SUMS_TO_1,)),
        "logits sum to 1": (sum_over(t, z[t]), Integer(1), {}, (SUMS_TO_1,)),
        "a target summed over another index": (
            sum_over(t, Y[r, k]),
            Integer(1),
            {},
            (ROWS_SUM_TO_1,),
        ),
        "δ picks a class outside a shorter sum": (
            over(Sum, delta(t, j) * z[t], t, 0, K - 2),
            z[j],
        ),
        "δ picks class 0 from a sum that begins at 1": (
            over(Sum, delta(t, j) * z[t], t, 1, K - 1),
            z[j],
        ),
        "δ picks the class after the last": (sum_over(t, delta(t, j + 1) * z[t]), z[j + 1]),
        "δ picks class K": (sum_over(t, delta(t, K) * z[t]), z[K]),
        "δ picks the wrong end": (sum_over(t, delta(t, K - 1) * z[t]), z[K - 2]),
        "pairs of different classes counted K − 2 times": (
            sum_over(s, SumExcept(e(t), t, s)),
            (K - 2) * S,
            SOFTMAX,
        ),
        "as many features as classes": (sum_over(p, Integer(1)), K),
        "two classes' sigmoid for any K": (yhat[1], sigma(z[1] - z[0]), SOFTMAX),
        "the mean of n losses over K": (
            Partial(MEAN_LOSS, b[k]),
            sum_over(r, Yhat[r, k] - Y[r, k]) / K,
            BATCH,
            (ROWS_SUM_TO_1,),
        ),
        "Ne(j, i) said of the index of a sum": (
            sum_over(j, delta(i, j)),
            Integer(0),
            {},
            (Ne(j, i),),
        ),
        "≠ taken as transitive": (delta(i, l), Integer(0), {}, (Ne(i, j), Ne(j, l))),
    }
    BRANCHES = {
        "√z² = z": (sqrt(logit**2), logit),
        "√z² = −z": (sqrt(logit**2), -logit),
        "the cube root of z³ is z": ((logit**3) ** Rational(1, 3), logit),
        "√(uv) = √u √v": (sqrt(logit * target), sqrt(logit) * sqrt(target)),
        "log z² = 2 log z": (log(logit**2), 2 * log(logit)),
        "log(uv) = log u + log v for any signs": (log(logit * target), log(logit) + log(target)),
        "log(u/v) = log u − log v for any signs": (log(logit / target), log(logit) - log(target)),
        "log(−eᶻ) = z": (log(-exp(logit)), logit),
        "eᵘ⁺ᵛ = eᵘ + eᵛ": (exp(z[i] + c), exp(z[i]) + exp(c)),
        "(eᶻ)² = e^(z²)": (exp(logit) ** 2, exp(logit**2)),
        "σ(−z) = −σ(z)": (sigma(-logit), -sigma(logit)),
        "σ(2z)′ without its 2": (
            Partial(sigma(2 * logit), logit),
            sigma(2 * logit) * (1 - sigma(2 * logit)),
        ),
        "y² = y for soft targets": (y[j] ** 2, y[j], {}, (SUMS_TO_1,)),
        "Σ 1/e = 1/Σe": (sum_over(t, 1 / e(t)), 1 / TOTAL),
        "log ∏ = ∏ log": (
            log(product_over(t, yhat[t])),
            product_over(t, log(yhat[t])),
            SOFTMAX,
        ),
        "∂L/∂ŷ_j as if the predictions were tied": (
            Partial(L, yhat[j]),
            1 - y[j] / yhat[j],
            SOFT,
            (SUMS_TO_1,),
        ),
    }
    DIVISIONS_BY_0 = {
        "δ/δ where the indices differ": (
            delta(i, j) / delta(i, j) * z[j],
            z[j],
            {},
            (Ne(j, i),),
        ),
        "δ/δ where they may differ": (delta(i, j) / delta(i, j) * z[j], z[j]),
        "(1 − δ)/(1 − δ) where they may agree": (
            (1 - delta(i, j)) / (1 - delta(i, j)),
            Integer(1),
        ),
        "(z_i − z_j)/(z_i − z_j) where i may be j": (
            (z[i] - z[j]) / (z[i] - z[j]),
            Integer(1),
        ),
        "a mass that is 0, cancelled": (
            (sum_over(t, y[t]) - 1) / (sum_over(t, y[t]) - 1),
            Integer(1),
            {},
            (SUMS_TO_1,),
        ),
        "0/0 that only multiplying out shows": (HIDDEN_ZERO / HIDDEN_ZERO, Integer(1)),
        "0 times 1/δ": (0 * (1 / delta(i, j)), Integer(0)),
        "0 times log 0": (0 * log(NO_MASS), Integer(0), SOFTMAX),
        "log 0 − log 0": (log(NO_MASS) - log(NO_MASS), Integer(0), SOFTMAX),
        "0/0 on both sides": (1 / HIDDEN_ZERO, 1 / HIDDEN_ZERO),
    }
    HARMLESS = {
        "(1 − δ)/(1 − δ) where the indices differ": (
            (1 - delta(i, j)) / (1 - delta(i, j)),
            Integer(1),
            {},
            (Ne(j, i),),
        ),
        "a mass that is not 0": (
            (sum_over(t, y[t]) - 2) / (sum_over(t, y[t]) - 2),
            Integer(1),
            {},
            (SUMS_TO_1,),
        ),
        "Σ_s of all but s": (sum_over(s, SumExcept(e(t), t, s)), (K - 1) * S, SOFTMAX),
        "log(eᵘ/eᵛ)": (log(exp(logit) / exp(other)), logit - other),
    }

    # Equal wherever both have a value; but there are points at which one has none.
    WITHOUT_A_VALUE_SOMEWHERE = {
        "z/z": (logit / logit, Integer(1)),
        "(z² − 1)/(z − 1)": ((logit**2 - 1) / (logit - 1), logit + 1),
        "(z_i − z_j)/(z_i − z_j) where the indices differ": (
            (z[i] - z[j]) / (z[i] - z[j]),
            Integer(1),
            {},
            (Ne(j, i),),
        ),
        "log z − log z": (log(logit) - log(logit), Integer(0)),
        "y/y": (target / target, Integer(1), {}, (), {target: (0, 1)}),
        "(1 − y)/(1 − y)": ((1 - target) / (1 - target), Integer(1), {}, (), {target: (0, 1)}),
        "(1 − ŷ)/(1 − ŷ), of one class alone": (
            (1 - yhat[i]) / (1 - yhat[i]),
            Integer(1),
            SOFTMAX,
        ),
    }
    WITH_A_VALUE_EVERYWHERE = {
        "1 − σ": ((1 - sigma(logit)) / (1 - sigma(logit)), Integer(1)),
        "between two positive numbers": (
            1 / (target * exp(logit) + (1 - target)) * (1 + target * (exp(logit) - 1)),
            Integer(1),
            {},
            (),
            {target: (0, 1)},
        ),
        "1 + y": ((1 + target) / (1 + target), Integer(1), {}, (), {target: (0, 1)}),
    }

TRAPS = CAPTURES | RANGES | BRANCHES | DIVISIONS_BY_0


@pytest.mark.parametrize("claim", TRAPS.values(), ids=TRAPS)
def test_a_trap_is_not_proved(claim):
    assert not symbolic.equal(*claim)


@pytest.mark.parametrize("claim", TRAPS.values(), ids=TRAPS)
def test_a_trap_meets_a_counterexample(claim):
    assert numeric.counterexample(*claim)


@pytest.mark.parametrize("claim", HARMLESS.values(), ids=HARMLESS)
def test_its_harmless_neighbour_is_accepted_by_each_road(claim):
    assert symbolic.equal(*claim)
    assert numeric.counterexample(*claim) is None


@pytest.mark.parametrize("claim", WITHOUT_A_VALUE_SOMEWHERE.values(), ids=WITHOUT_A_VALUE_SOMEWHERE)
def test_what_may_have_no_value_is_not_proved(claim):
    assert not symbolic.equal(*claim)
    assert symbolic.unproved_demand(claim[0], *claim[2:])


@pytest.mark.parametrize("claim", WITH_A_VALUE_EVERYWHERE.values(), ids=WITH_A_VALUE_EVERYWHERE)
def test_what_is_seen_to_have_a_value_everywhere_is_proved(claim):
    assert symbolic.equal(*claim)
    assert symbolic.unproved_demand(claim[0], *claim[2:]) is None


def test_there_are_at_least_forty_of_them():
    assert len(TRAPS) >= 40


with evaluate(False):
    NOT_AT_LEAST_0 = {
        "eᶻ − 1": exp(logit) - 1,
        "eᶻ − z − 2": exp(logit) - logit - 2,
        "a mean of squares less 1": sum_over(s, yhat[s] * z[s] ** 2) - 1,
        "the gap": yhat[j] - y[j],
        "a logarithm of a prediction": log(yhat[j]),
        "H off the diagonal": -yhat[i] * yhat[j],
        "a square over something of any sign": logit**2 / target,
        "0/0 squared": (HIDDEN_ZERO / HIDDEN_ZERO) ** 2,
    }


@pytest.mark.parametrize("line", NOT_AT_LEAST_0.values(), ids=NOT_AT_LEAST_0)
def test_what_is_not_at_least_0_is_refused_by_each_road(line):
    assert not symbolic.nonnegative(line, SOFTMAX)
    assert numeric.negative_point(line, SOFTMAX)


with evaluate(False):
    NOT_ITS_LIMIT = {
        "eᶻ/(1 + eᶻ) → 0 upwards": (exp(logit) / (1 + exp(logit)), 0, oo),
        "eᶻ/(1 + eᶻ) → 1 downwards": (exp(logit) / (1 + exp(logit)), 1, -oo),
        "z e⁻ᶻ → 1": (logit * exp(-logit), 1, oo),
        "z e⁻ᶻ → 0 in the other direction": (logit * exp(-logit), 0, -oo),
        "log(1 + eᶻ) → 0 upwards": (log(1 + exp(logit)), 0, oo),
        "log(1 + eᶻ) − z → 1": (log(1 + exp(logit)) - logit, 1, oo),
        "y eᶻ → 0, whose sign is unknown": (target * exp(logit), 0, oo),
        "eᶻ⁻³⁰⁰/(1 + eᶻ⁻³⁰⁰) → 0, where one must look far": (
            exp(logit - 300) / (1 + exp(logit - 300)),
            0,
            oo,
        ),
        "0/0 all the way": (HIDDEN_ZERO / HIDDEN_ZERO * exp(-logit), 0, oo),
    }


@pytest.mark.parametrize("claim", NOT_ITS_LIMIT.values(), ids=NOT_ITS_LIMIT)
def test_what_is_not_the_limit_is_refused_by_each_road(claim):
    line, limit, goal = claim
    claim = (line, Integer(limit), (logit, goal))
    assert not symbolic.tends_to(*claim)
    assert numeric.limit_counterexample(*claim)


def test_the_numeric_road_gives_every_letter_both_signs():
    def of(line):
        point = numeric.negative_point(line)
        return point and point.left[0]

    for line in (logit, target, z[0], z[1], y[0], W[0, 0], W[1, 1]):
        assert of(line) == of(-line) == "−"
