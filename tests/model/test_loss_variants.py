"""Variants of the loss: every digit against 700-digit definitions, slopes, closed forms, limits."""

import numpy as np
import pytest

from lessons.model import (
    binary_cross_entropy_gradient,
    check_gradient,
    cross_entropy,
    cross_entropy_gradient,
    distillation_loss,
    distillation_loss_gradient,
    focal_loss,
    focal_loss_gradient,
    multilabel_cross_entropy,
    multilabel_cross_entropy_gradient,
    smoothed_cross_entropy,
    smoothed_cross_entropy_gradient,
    softmax,
    tempered_cross_entropy,
    tempered_cross_entropy_gradient,
    weighted_cross_entropy,
    weighted_cross_entropy_gradient,
)

BOUND = {np.float64: 2e-12, np.float32: 2e-5}
both_dtypes = pytest.mark.parametrize("dtype", [np.float64, np.float32])
N, K = 5, 3
RNG = np.random.default_rng(11)
Z, V = RNG.normal(size=(N, K)) * 2, RNG.normal(size=(N, K)) * 2
LABELS = np.array([0, 2, 1, 1, 0])
WEIGHTS = np.array([0.5, 3.0, 1.25])
QUESTIONS = np.array([[1.0, 0.0, 1.0], [0.0, 0.0, 0.0], [1, 1, 1], [0.25, 0.5, 0], [0, 0, 1]])


def examples(hard_batches, dtype):
    """Every fourth of the hard examples, one by one: other scales and gaps for each K."""
    for logits, labels in hard_batches(dtype):
        yield from zip(logits[::4], labels[::4], strict=True)


@both_dtypes
@pytest.mark.parametrize("temperature", [0.25, 1.0, 7.0])
def test_temperature_keeps_every_digit(temperature, dtype, exact, hard_batches):
    T = exact.mp.mpf(temperature)
    for z, i in examples(hard_batches, dtype):
        if temperature < 1 and np.ptp(z) > 300:
            continue  # at T = 1/4 some of the shares are below the smallest float's
        p = exact_softmax(exact, z, T)
        y = np.eye(len(z))[i]
        got = tempered_cross_entropy_gradient(z, int(i), temperature)
        assert got.dtype == dtype
        expected = [(a - exact.mp.mpf(float(b))) / T for a, b in zip(p, y, strict=True)]
        assert exact.relative_error(got, expected) <= BOUND[dtype]
        loss = np.asarray(tempered_cross_entropy(z, int(i), temperature))
        assert exact.relative_error(loss, -exact.mp.log(p[i])) <= BOUND[dtype]


def exact_softmax(exact, z, T=1):
    e = [exact.mp.exp(v / T) for v in exact.numbers(z)]
    return [v / sum(e) for v in e]


@both_dtypes
@pytest.mark.parametrize("gamma", [0.0, 0.5, 1.0, 2.0])
def test_focal_loss_and_its_gradient_keep_every_digit(gamma, dtype, exact, hard_batches):
    g = exact.mp.mpf(gamma)
    for z, i in examples(hard_batches, dtype):
        p = exact.softmax(z)
        right, wrong = p[i], sum(p[:i]) + sum(p[i + 1 :])
        loss = np.asarray(focal_loss(z, int(i), gamma))
        assert exact.relative_error(loss, -(wrong**g) * exact.mp.log(right)) <= BOUND[dtype]
        factor = wrong**g - g * right * wrong ** (g - 1) * exact.mp.log(right)
        expected = [factor * (share - (j == i)) for j, share in enumerate(p)]
        got = focal_loss_gradient(z, int(i), gamma)
        assert exact.relative_error(got, expected) <= BOUND[dtype]


@pytest.mark.parametrize("smoothing", [0.0, 1e-13, 0.1, 1.0])
def test_smoothed_gradient_errs_by_a_few_ulp_of_its_two_terms(smoothing, exact, hard_batches):
    eps = exact.mp.mpf(smoothing)
    for z, i in examples(hard_batches, np.float64):
        p, classes = exact.softmax(z), len(z)
        y = [(1 - eps) * int(j == i) + eps / classes for j in range(classes)]
        got = smoothed_cross_entropy_gradient(z, int(i), smoothing)
        for g, a, b in zip(got.tolist(), p, y, strict=True):
            allowed = 1e-13 * (a * (1 - b) + b * (1 - a)) + exact.mp.mpf(2) ** -1022
            assert abs(exact.mp.mpf(g) - (a - b)) <= allowed
        loss = np.asarray(smoothed_cross_entropy(z, int(i), smoothing))
        expected = -sum(b * exact.mp.log(a) for a, b in zip(p, y, strict=True))
        assert exact.relative_error(loss, expected) <= 1e-12


@pytest.mark.parametrize("temperature", [0.5, 3.0, 1e6, 1e12])
def test_distillation_errs_by_a_few_ulp_of_its_pairs_however_hot_it_is(temperature, exact):
    T = exact.mp.mpf(temperature)
    for z, v in [*zip(Z, V, strict=True), ([300.0, 0.0], [0.0, 5.0]), (Z[0], Z[0] + [0, 1e-9, 0])]:
        p, q = exact_softmax(exact, z, T), exact_softmax(exact, v, T)
        got = distillation_loss_gradient(z, v, temperature)
        for j, g in enumerate(got.tolist()):
            pairs = sum(abs(p[j] * b - q[j] * a) for a, b in zip(p, q, strict=True))
            assert abs(exact.mp.mpf(g) - T * (p[j] - q[j])) <= 1e-13 * T * pairs
        loss = np.asarray(distillation_loss(z, v, temperature))
        expected = -(T**2) * sum(b * exact.mp.log(a) for a, b in zip(p, q, strict=True))
        assert exact.relative_error(loss, expected) <= 1e-12


def test_the_plain_difference_would_fail_where_distillation_is_hot(exact):
    z, v, hot = Z[0], V[0], 1e12
    p, q = exact_softmax(exact, z, exact.mp.mpf(hot)), exact_softmax(exact, v, exact.mp.mpf(hot))
    expected = [hot * (a - b) for a, b in zip(p, q, strict=True)]
    plain = hot * (softmax(z / hot) - softmax(v / hot))
    assert exact.relative_error(plain, expected) > 1e-6
    assert exact.relative_error(distillation_loss_gradient(z, v, hot), expected) < 1e-12


PAIRS = {
    "temperature": (tempered_cross_entropy, tempered_cross_entropy_gradient, LABELS, 0.7),
    "temperature, soft": (tempered_cross_entropy, tempered_cross_entropy_gradient, softmax(V), 2.0),
    "smoothing": (smoothed_cross_entropy, smoothed_cross_entropy_gradient, LABELS, 0.3),
    "weights": (weighted_cross_entropy, weighted_cross_entropy_gradient, LABELS, WEIGHTS),
    "focal": (focal_loss, focal_loss_gradient, LABELS, 2.5),
    "sigmoids": (multilabel_cross_entropy, multilabel_cross_entropy_gradient, QUESTIONS),
    "distillation": (distillation_loss, distillation_loss_gradient, V, 3.0),
}


@pytest.mark.parametrize("name", PAIRS)
def test_a_gradient_belongs_to_its_loss_and_one_of_twice_the_size_does_not(name):
    loss, gradient, *arguments = PAIRS[name]
    slopes = gradient(Z, *arguments)
    assert slopes.shape == (N, K)
    assert loss(Z, *arguments).shape == (N,)
    assert check_gradient(lambda z: loss(z, *arguments).sum(), slopes, Z)
    assert not check_gradient(lambda z: loss(z, *arguments).sum(), 2.001 * slopes, Z)


@pytest.mark.parametrize("name", [name for name in PAIRS if name != "sigmoids"])
def test_a_gradient_after_a_softmax_sums_to_0_and_the_loss_does_not_feel_a_shift(name):
    loss, gradient, *arguments = PAIRS[name]
    np.testing.assert_allclose(gradient(Z, *arguments).sum(axis=1), 0, atol=1e-14)
    np.testing.assert_allclose(loss(Z + 7, *arguments), loss(Z, *arguments), rtol=1e-12)


NEUTRAL = {
    "temperature": (tempered_cross_entropy, tempered_cross_entropy_gradient, 1.0),
    "smoothing": (smoothed_cross_entropy, smoothed_cross_entropy_gradient, 0.0),
    "weights": (weighted_cross_entropy, weighted_cross_entropy_gradient, np.ones(K)),
    "focal": (focal_loss, focal_loss_gradient, 0.0),
}


@pytest.mark.parametrize("name", NEUTRAL)
def test_the_neutral_setting_is_cross_entropy_itself(name):
    loss, gradient, neutral = NEUTRAL[name]
    np.testing.assert_allclose(loss(Z, LABELS, neutral), cross_entropy(Z, LABELS), rtol=1e-14)
    expected = cross_entropy_gradient(Z, LABELS)
    np.testing.assert_allclose(gradient(Z, LABELS, neutral), expected, rtol=1e-13)


def test_closed_forms():
    smoothed = np.full((N, K), 0.3 / K)
    smoothed[np.arange(N), LABELS] += 0.7
    np.testing.assert_allclose(
        smoothed_cross_entropy_gradient(Z, LABELS, 0.3), softmax(Z) - smoothed, atol=1e-15
    )
    expected = (softmax(Z) - np.eye(K)[LABELS]) * WEIGHTS[LABELS][:, np.newaxis]
    np.testing.assert_allclose(
        weighted_cross_entropy_gradient(Z, LABELS, WEIGHTS), expected, atol=1e-14
    )
    # Two classes, evenly matched: q = p = 1/2, so the factor is (1 + γ log 2)/2^γ.
    got = focal_loss_gradient([[0.0, 0.0]], [1], 2.0)
    np.testing.assert_allclose(got, (1 + 2 * np.log(2)) / 4 * np.array([[0.5, -0.5]]), rtol=1e-15)
    one_by_one = [[binary_cross_entropy_gradient(z, y) for z, y in zip(*row, strict=True)]
                  for row in zip(Z, QUESTIONS, strict=True)]  # fmt: skip
    np.testing.assert_array_equal(multilabel_cross_entropy_gradient(Z, QUESTIONS), one_by_one)


def test_a_teacher_who_is_the_student_teaches_nothing_and_in_the_heat_logits_are_compared():
    assert distillation_loss_gradient(Z, Z, 4.0).tolist() == np.zeros((N, K)).tolist()
    centred = (Z - Z.mean(axis=1, keepdims=True) - V + V.mean(axis=1, keepdims=True)) / K
    np.testing.assert_allclose(distillation_loss_gradient(Z, V, 1e9), centred, rtol=1e-7)


def test_a_label_that_wins_by_far_leaves_no_nan_and_one_that_loses_by_far_pulls_fully():
    for gap in (100.0, 745.0, 800.0, 1e6):
        won = focal_loss_gradient([gap, 0.0, 0.0], 0, 2.0)
        assert np.isfinite(won).all()
        lost = focal_loss_gradient([gap, 0.0, 0.0], 1, 2.0)
        np.testing.assert_allclose(lost, [1.0, -1.0, 0.0], atol=1e-40)


BAD = {
    "temperature 0": (tempered_cross_entropy, (Z, LABELS, 0.0), "temperature .* greater than 0"),
    "temperature NaN": (distillation_loss, (Z, V, np.nan), "temperature must be finite"),
    "temperature too small": (
        tempered_cross_entropy_gradient,
        (Z, LABELS, 1e-308),
        "logits divided by the temperature must be finite, got -inf",
    ),
    "smoothing above 1": (smoothed_cross_entropy, (Z, LABELS, 1.5), r"\[0, 1\], got 1.5"),
    "smoothing below 0": (smoothed_cross_entropy_gradient, (Z, LABELS, -1e-9), r"in \[0, 1\]"),
    "gamma negative": (focal_loss, (Z, LABELS, -0.5), "gamma must be finite and at least 0"),
    "a weight too few": (weighted_cross_entropy, (Z, LABELS, WEIGHTS[:2]), r"shape \(3,\), got"),
    "a weight for each example": (weighted_cross_entropy, (Z, LABELS, np.ones(N)), r"\(5,\)"),
    "weight negative": (weighted_cross_entropy_gradient, (Z, LABELS, -WEIGHTS), "got -3.0"),
    "label K": (focal_loss_gradient, (Z, LABELS + 1, 2.0), r"labels must lie in 0..2, got 3"),
    "target above 1": (multilabel_cross_entropy, (Z, QUESTIONS + 0.5), r"lie in \[0, 1\]"),
    "one question": (multilabel_cross_entropy_gradient, (0.5, 1.0), "must have an axis of classes"),
    "another teacher": (distillation_loss_gradient, (Z, V[:2], 2.0), r"shape \(5, 3\), got"),
}


@pytest.mark.parametrize(("function", "arguments", "message"), BAD.values(), ids=BAD)
def test_bad_arguments_are_refused_with_what_came(function, arguments, message):
    with pytest.raises(ValueError, match=message):
        function(*arguments)


@pytest.mark.parametrize("function", [smoothed_cross_entropy, focal_loss, focal_loss_gradient])
def test_probabilities_are_no_labels(function):
    with pytest.raises(TypeError, match="labels must be integers, one per example"):
        function(Z, softmax(V), 0.5)
    with pytest.raises(TypeError, match="must be a real number"):
        function(Z, LABELS, "0.5")


@pytest.mark.parametrize("temperature", [1e-170, 1e-5, 1e100, 1e154])
def test_distillation_keeps_every_digit_where_the_square_of_the_temperature_has_none(
    temperature, exact
):
    z, v = np.array([0.5, -1.0, 2.0, 0.0]), np.array([1.0, 0.25, -0.5, 0.75])
    T = exact.mp.mpf(temperature)

    def log_shares(logits):
        cooled = [exact.mp.mpf(float(one - max(logits))) / T for one in logits]
        total = exact.mp.log(sum(exact.mp.exp(one) for one in cooled))
        return [one - total for one in cooled]

    pairs = zip(log_shares(v), log_shares(z), strict=True)
    expected = -(T**2) * sum(exact.mp.exp(of_teacher) * ours for of_teacher, ours in pairs)
    got = float(distillation_loss(z, v, temperature))
    assert abs(got / expected - 1) < 1e-13


@pytest.mark.parametrize("gamma", [0.5, 3.0, 1e10, 1e17, 1e30, 1e308])
def test_focal_loss_knows_a_label_that_loses_from_one_that_cannot_lose(gamma, exact):
    # 1 − ŷ_i rounds to 1 from 37 nats on, but its power need not.
    for z in ([0.0, 40.0, 1.0], [0.0, 25.0, 1.0], [0.0, 1.0, -2.0]):
        p = exact.softmax(z)[0]
        expected = exact.mp.exp(gamma * exact.mp.log(1 - p)) * -exact.mp.log(p)
        got = float(focal_loss(np.array(z), 0, gamma))
        assert abs(got - expected) <= 1e-12 * abs(expected) + 1e-307
