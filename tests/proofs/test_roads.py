"""Each road, alone, accepts what holds for every size, and nothing else."""

import pytest
from sympy import (
    Eq,
    Integer,
    KroneckerDelta,
    Ne,
    Rational,
    Sum,
    Symbol,
    evaluate,
    exp,
    log,
    oo,
    sqrt,
)

from lessons.proofs import Claim
from lessons.proofs.notation import (
    K,
    LogPartition,
    Partial,
    S,
    Y,
    d,
    i,
    j,
    k,
    l,
    logit,
    n,
    p,
    q,
    r,
    s,
    sigma,
    sum_over,
    t,
    target,
    u,
    v,
    x,
    y,
    yhat,
    z,
)
from lessons.proofs.numeric import comparison as numeric
from lessons.proofs.setting import SOFT_TARGETS
from lessons.proofs.symbolic import equality as symbolic

SOFTMAX, (SUMS_TO_1,) = SOFT_TARGETS.definitions, SOFT_TARGETS.assumptions

ONE = Integer(1)
with evaluate(False):
    ROOT_OF_SQUARE = (logit**2) ** Rational(1, 2)
    ZERO_OVER_ZERO = (target - target) / (target - target)

PROVED = {
    "a sum of K ones is K": (sum_over(t, ONE), K, {}, ()),
    "δ picks its term": (sum_over(t, KroneckerDelta(t, j) * z[t]), z[j], {}, ()),
    "δ with 0 picks the first term, which every size has": (
        sum_over(t, KroneckerDelta(t, 0) * z[t]),
        z[0],
        {},
        (),
    ),
    "a feature's δ in a sum over features": (
        sum_over(p, KroneckerDelta(p, q) * x[p]),
        x[q],
        {},
        (),
    ),
    "the name of a sum's index does not matter": (sum_over(t, z[t]), sum_over(s, z[s]), {}, ()),
    "an index bound twice": (
        sum_over(t, z[t] * sum_over(t, y[t])),
        sum_over(t, z[t]) * sum_over(s, y[s]),
        {},
        (),
    ),
    "δ in two ways": (KroneckerDelta(i, j) * z[i], KroneckerDelta(i, j) * z[j], {}, ()),
    "δ squared": (KroneckerDelta(i, j) ** 2, KroneckerDelta(i, j), {}, ()),
    "no δ where indices differ": (KroneckerDelta(i, j), Integer(0), {}, (Ne(j, i),)),
    "indices that differ, seen through a third": (
        KroneckerDelta(i, k) * KroneckerDelta(k, j),
        Integer(0),
        {},
        (Ne(j, i),),
    ),
    "y sums to 1": (sum_over(s, y[s] * z[j]), z[j], {}, (SUMS_TO_1,)),
    "each row of Y sums to 1": (
        sum_over(r, sum_over(s, Y[r, s])),
        n,
        {},
        (Eq(sum_over(t, Y[r, t]), 1),),
    ),
    "a definition with an index that a sum uses": (sum_over(t, yhat[t]), ONE, SOFTMAX, ()),
    "a definition that mentions a free index, inside a sum over it": (
        sum_over(i, y[i] * z[i]),
        z[i],
        {y[k]: KroneckerDelta(k, i)},
        (),
    ),
    "the chain rule through a name": (
        Partial(log(S), S) * Partial(S, z[j]),
        yhat[j],
        SOFTMAX,
        (),
    ),
    "K set to 2": (sum_over(t, z[t]), z[0] + z[1], {K: Integer(2)}, ()),
    "the logarithm of a fraction": (log(1 - sigma(logit)), -log(1 + exp(logit)), {}, ()),
    "half an exponent": (exp(logit / 2) ** 2, exp(logit), {}, ()),
    "an unknown function": (
        Partial(LogPartition(z) ** 2, z[j]),
        2 * LogPartition(z) * Partial(LogPartition(z), z[j]),
        {},
        (),
    ),
}

NOT_PROVED = {
    "a class's δ in a sum over features": (sum_over(t, KroneckerDelta(t, q) * z[t]), z[q], {}, ()),
    "δ with 1, which K = 1 has not": (sum_over(t, KroneckerDelta(t, 1) * z[t]), z[1], {}, ()),
    "δ with an index of unknown range": (
        sum_over(t, KroneckerDelta(t, Symbol("w", integer=True)) * z[t]),
        z[Symbol("w", integer=True)],
        {},
        (),
    ),
    "different sizes": (sum_over(t, ONE), d, {}, ()),
    "one class for another": (z[i], z[j], {}, ()),
    "equal where indices agree": (KroneckerDelta(i, j) * z[i], z[j], {}, ()),
    "equal where indices differ": (z[i] * KroneckerDelta(i, j), Integer(0), {}, ()),
    "another pair of indices differs": (KroneckerDelta(i, l), Integer(0), {}, (Ne(j, i),)),
    "another letter sums to 1": (sum_over(s, v[s]), ONE, {}, (SUMS_TO_1,)),
    "part of a sum": (Sum(y[s], (s, 1, K - 1)), ONE, {}, (SUMS_TO_1,)),
    "a column of Y where rows sum to 1": (
        sum_over(r, Y[r, k]),
        ONE,
        {},
        (Eq(sum_over(t, Y[r, t]), 1),),
    ),
    "a product of sums for a sum of products": (
        sum_over(t, y[t] * z[t]),
        sum_over(t, y[t]) * sum_over(t, z[t]),
        {},
        (),
    ),
    "a captured index": (sum_over(t, z[t] * sum_over(u, y[u])), sum_over(t, z[t] * y[t]), {}, ()),
    "the root of a square": (ROOT_OF_SQUARE, logit, {}, ()),
    "the logarithm of a square": (log(target**2), 2 * log(target), {}, ()),
    "0/0": (ZERO_OVER_ZERO, ONE, {}, ()),
    "1/0 under a derivative": (
        Partial(1 / z[0], logit),
        Integer(0),
        {z[k]: KroneckerDelta(k, 1) * logit},
        (),
    ),
    "a divergent sum minus itself": (
        Sum(Integer(1), (s, 0, oo)) - Sum(Integer(1), (s, 0, oo)) + 1,
        Integer(0),
        {},
        (),
    ),
    "terms of a divergent sum moved": (
        Sum(s - (s + 1), (s, 0, oo)),
        Sum(s, (s, 0, oo)) - Sum(s + 1, (s, 0, oo)),
        {},
        (),
    ),
}


@pytest.mark.parametrize("claim", PROVED.values(), ids=PROVED)
def test_true_for_every_size_is_proved(claim):
    assert symbolic.equal(*claim)


@pytest.mark.parametrize("claim", NOT_PROVED.values(), ids=NOT_PROVED)
def test_not_true_for_every_size_is_not_proved(claim):
    assert not symbolic.equal(*claim)


@pytest.mark.parametrize("claim", PROVED.values(), ids=PROVED)
def test_true_for_every_size_meets_no_counterexample(claim):
    assert numeric.counterexample(*claim) is None


@pytest.mark.parametrize("claim", NOT_PROVED.values(), ids=NOT_PROVED)
def test_not_true_for_every_size_meets_a_counterexample(claim):
    assert numeric.counterexample(*claim)


def test_what_algebra_cannot_see_is_not_proved_rather_than_compared_in_numbers():
    claim = Claim((1 + sqrt(2)) ** 2, 3 + 2 * sqrt(2))
    assert not claim.proved
    assert claim.counterexample is None
    assert claim.verdict == "not proved"
    assert not claim


@pytest.mark.parametrize("road", [symbolic.equal, numeric.counterexample])
def test_an_assumption_that_a_road_cannot_use_is_refused(road):
    with pytest.raises(ValueError, match=r"expected Ne\(index, index\) or Eq\(sum"):
        road(target, ONE, {}, (Eq(target, 1),))


def test_it_answers_the_same_inside_an_unevaluated_block():
    with evaluate(False):
        assert symbolic.equal(sum_over(t, KroneckerDelta(t, j) * z[t]) - z[j], Integer(0))


def test_a_sum_of_squares_with_positive_weights_is_nonnegative_on_both_roads():
    variance = sum_over(s, yhat[s] * v[s] ** 2)
    assert symbolic.nonnegative(variance, SOFTMAX)
    assert numeric.negative_point(variance, SOFTMAX) is None


@pytest.mark.parametrize(
    "line",
    [
        -sum_over(s, yhat[s] * v[s] ** 2),
        sum_over(s, yhat[s] * v[s]),
        sum_over(s, y[s] * v[s] ** 2),
        log(v[j]),
    ],
    ids=["its negative", "without the square", "weights of any sign", "not even real"],
)
def test_what_can_be_negative_is_refused_on_both_roads(line):
    assert not symbolic.nonnegative(line, SOFTMAX)
    assert numeric.negative_point(line, SOFTMAX)


@pytest.mark.parametrize(
    ("limit", "goal", "true"), [(1, oo, True), (1, -oo, False), (0, oo, False)]
)
def test_a_limit_is_accepted_only_with_its_own_value_and_side(limit, goal, true):
    claim = (sigma(logit), Integer(limit), (logit, goal))
    assert symbolic.tends_to(*claim) is true
    assert (numeric.limit_counterexample(*claim) is None) is true
