"""Probability targets, where ŷ_j − y_j may truly cancel: the error is a few ulp of ŷ_j + y_j."""

import numpy as np
import pytest

from lessons.model import cross_entropy, cross_entropy_gradient, mean_cross_entropy_with_gradient

both_dtypes = pytest.mark.parametrize("dtype", [np.float64, np.float32])


def soft_batch(rng, classes, dtype, scale):
    """Return logits on a grid whose differences are exact, and soft and sharp targets."""
    grid = 2.0**-6
    logits = np.round(rng.normal(size=(40, classes)) * scale / grid) * grid
    sharpness = rng.choice([0.01, 0.3, 1, 10], size=40)
    targets = np.array([rng.dirichlet(np.full(classes, a)) for a in sharpness]).astype(dtype)
    targets /= targets.sum(axis=-1, keepdims=True)
    return logits.astype(dtype), targets


@both_dtypes
@pytest.mark.parametrize("scale", [1, 10, 100])
@pytest.mark.parametrize("classes", [2, 3, 7, 50])
def test_gradient_errs_by_at_most_8_eps_of_its_two_terms(classes, scale, dtype, exact):
    logits, targets = soft_batch(np.random.default_rng(classes), classes, dtype, scale)
    n, eps, tiny = len(logits), np.finfo(dtype).eps, np.finfo(dtype).tiny
    gradient = cross_entropy_gradient(logits, targets)
    _, mean_gradient = mean_cross_entropy_with_gradient(logits, targets)
    for g, m, z, y in zip(gradient, mean_gradient, logits, targets, strict=True):
        p = exact.softmax(z)
        for j, t in enumerate(exact.numbers(y)):
            allowed = 8 * eps * (p[j] + t) + tiny
            assert abs(exact.mp.mpf(float(g[j])) - (p[j] - t)) <= allowed
            assert abs(exact.mp.mpf(float(m[j])) - (p[j] - t) / n) <= allowed / n + tiny


@both_dtypes
@pytest.mark.parametrize("scale", [1, 10, 100])
def test_loss_keeps_every_digit(scale, dtype, exact):
    bound = {np.float64: 1e-12, np.float32: 1e-5}[dtype]
    logits, targets = soft_batch(np.random.default_rng(5), 5, dtype, scale)
    expected = [exact.cross_entropy(z, y) for z, y in zip(logits, targets, strict=True)]
    assert exact.relative_error(cross_entropy(logits, targets), expected) <= bound
    loss, _ = mean_cross_entropy_with_gradient(logits, targets)
    mean = sum(expected) / len(expected)
    assert exact.relative_error(np.asarray(loss), mean) <= bound


def test_loss_keeps_every_digit_when_the_target_is_almost_one_hot(exact):
    logits = np.array([40.0, 0.0, -3.0])
    targets = np.array([1 - 1e-10, 1e-10, 0.0])
    expected = exact.cross_entropy(logits, targets)
    assert exact.relative_error(np.asarray(cross_entropy(logits, targets)), expected) <= 1e-14


def test_gradient_is_zero_where_the_target_is_the_prediction():
    assert cross_entropy_gradient([0.0, 0.0, 0.0, 0.0], [0.25] * 4).tolist() == [0.0] * 4
