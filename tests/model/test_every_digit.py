"""Relative accuracy of each component, with labels and one-hot targets, against 700 digits."""

import numpy as np
import pytest

from lessons.model import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    cross_entropy,
    cross_entropy_gradient,
    log_sigmoid,
    log_softmax,
    mean_cross_entropy_with_gradient,
    sigmoid,
    softmax,
    softmax_jacobian,
)

BOUND = {np.float64: 1e-12, np.float32: 1e-5}
both_dtypes = pytest.mark.parametrize("dtype", [np.float64, np.float32])


@both_dtypes
@pytest.mark.parametrize("name", ["softmax", "log_softmax", "softmax_jacobian"])
def test_probabilities_their_logarithms_and_derivatives_keep_every_digit(
    name, dtype, exact, hard_batches
):
    function = {f.__name__: f for f in (softmax, log_softmax, softmax_jacobian)}[name]
    for logits, _ in hard_batches(dtype):
        if name == "softmax_jacobian":  # K² entries each: every third example is enough
            logits = logits[::3]
        expected = [getattr(exact, name)(z) for z in logits]
        assert exact.relative_error(function(logits), expected) <= BOUND[dtype]


@both_dtypes
@pytest.mark.parametrize("kind", ["labels", "one-hot"])
def test_loss_keeps_every_digit(kind, dtype, exact, hard_batches, one_hot):
    for logits, labels in hard_batches(dtype):
        y = one_hot(labels, logits.shape[-1], dtype)
        expected = [exact.log_softmax(z)[i] * -1 for z, i in zip(logits, labels, strict=True)]
        losses = cross_entropy(logits, labels if kind == "labels" else y)
        assert exact.relative_error(losses, expected) <= BOUND[dtype]


@both_dtypes
@pytest.mark.parametrize("kind", ["labels", "one-hot"])
def test_gradient_keeps_every_digit(kind, dtype, exact, hard_batches, one_hot):
    for logits, labels in hard_batches(dtype):
        y = one_hot(labels, logits.shape[-1], dtype)
        expected = [exact.cross_entropy_gradient(z, t) for z, t in zip(logits, y, strict=True)]
        gradient = cross_entropy_gradient(logits, labels if kind == "labels" else y)
        assert exact.relative_error(gradient, expected) <= BOUND[dtype]


@both_dtypes
@pytest.mark.parametrize("kind", ["labels", "one-hot"])
def test_mean_loss_and_its_gradient_keep_every_digit(kind, dtype, exact, hard_batches, one_hot):
    for logits, labels in hard_batches(dtype):
        n = len(labels)
        y = one_hot(labels, logits.shape[-1], dtype)
        pairs = list(zip(logits, y, strict=True))
        expected = [[v / n for v in exact.cross_entropy_gradient(z, t)] for z, t in pairs]
        loss, gradient = mean_cross_entropy_with_gradient(logits, labels if kind == "labels" else y)
        expected_loss = sum(exact.cross_entropy(z, t) for z, t in pairs) / n
        assert exact.relative_error(np.asarray(loss), expected_loss) <= BOUND[dtype]
        assert exact.relative_error(gradient, expected) <= BOUND[dtype]


@both_dtypes
@pytest.mark.parametrize("kind", ["labels", "one-hot"])
def test_mean_loss_keeps_every_digit_when_all_labels_win(kind, dtype, exact, one_hot):
    logits = np.array([[40, 1, -2], [0, 60, 2], [3, 4, 75], [80, 0.5, 0]], dtype)
    labels = np.array([0, 1, 2, 0])
    targets = labels if kind == "labels" else one_hot(labels, 3, dtype)
    loss, _ = mean_cross_entropy_with_gradient(logits, targets)
    expected = sum(-exact.log_softmax(z)[i] for z, i in zip(logits, labels, strict=True)) / 4
    assert exact.relative_error(np.asarray(loss), expected) <= BOUND[dtype]


@both_dtypes
@pytest.mark.parametrize("size", [36, 38, 45, 88, 296, 300, 380, 709, 1e4, 1e30])
def test_mean_loss_keeps_every_digit_on_both_sides_of_every_limit_of_the_exponential(
    size, dtype, exact
):
    # Around each size the exponentials, their sums or their ratios begin to need the shift.
    logits = np.array([[1, 1, 1], [1, 0, -1], [-1, -1, -1], [0, 0, 1], [-1, 0, 0]], dtype)
    logits = logits * dtype(size) + np.array([0, 0.25, 0.5], dtype)
    for label in range(3):
        expected = [
            [(p - (k == label)) / 5 for k, p in enumerate(exact.softmax(z))] for z in logits
        ]
        loss, gradient = mean_cross_entropy_with_gradient(logits, np.full(5, label))
        expected_loss = sum(exact.cross_entropy(z, np.eye(3)[label]) for z in logits) / 5
        assert exact.relative_error(np.asarray(loss), expected_loss) <= BOUND[dtype]
        assert exact.relative_error(gradient, expected) <= BOUND[dtype]


@both_dtypes
def test_binary_functions_are_right_to_a_few_ulp(dtype, exact):
    z = np.concatenate([np.linspace(-87, 87, 59), np.linspace(-700, 700, 57), [0, 1e-8, -1e-8]])
    z = z.astype(dtype)
    few_ulp = 8 * np.finfo(dtype).eps
    assert exact.relative_error(sigmoid(z), [exact.sigmoid(v) for v in z]) <= few_ulp
    expected = [exact.mp.log(exact.sigmoid(v)) for v in z]
    assert exact.relative_error(log_sigmoid(z), expected) <= few_ulp
    for y in (0.0, 1.0):
        targets = np.full_like(z, y)
        expected = [exact.sigmoid(v) - y for v in z]
        got = binary_cross_entropy_gradient(z, targets)
        assert exact.relative_error(got, expected) <= few_ulp
    for y in (0.0, 0.25, 0.7, 1.0):
        targets = np.full_like(z, y)
        expected = [exact.binary_cross_entropy(v, t) for v, t in zip(z, targets, strict=True)]
        assert exact.relative_error(binary_cross_entropy(z, targets), expected) <= few_ulp


@pytest.mark.parametrize("y", [1e-300, 1e-9, 0.1, 0.5, 0.9, 1 - 2**-53])
def test_binary_gradient_with_a_soft_target_errs_by_a_few_ulp_of_its_two_terms(y, exact):
    z = np.concatenate([np.linspace(-700, 700, 57), [np.log(y) - np.log1p(-y)]])
    got = binary_cross_entropy_gradient(z, np.full_like(z, y))
    for g, v in zip(got, z, strict=True):
        p, t = exact.sigmoid(v), exact.mp.mpf(y)
        error = abs(exact.mp.mpf(float(g)) - (p - t))
        assert error <= 8 * np.finfo(float).eps * ((1 - t) * p + t * (1 - p))


@pytest.mark.parametrize("y", [1e-9, 0.1, 0.25, 0.7, 1 - 1e-6])
def test_binary_gradient_where_the_target_is_the_prediction_errs_as_if_z_were_16_eps_off(y, exact):
    # Digits are lost there: a promise of every digit would be untrue.
    z = np.log(y) - np.log1p(-y) + np.linspace(-1e-12, 1e-12, 21)
    lost = 0
    for v, g in zip(z, binary_cross_entropy_gradient(z, np.full_like(z, y)), strict=True):
        p = exact.sigmoid(v)
        error = abs(exact.mp.mpf(float(g)) - (p - exact.mp.mpf(y)))
        assert error <= 17 * np.finfo(float).eps * p * (1 - p)
        lost += error > 1e-6 * abs(p - exact.mp.mpf(y))
    assert lost > 0
