"""The linear layer and its gradients, against loops over single numbers; n = 5, K = 3, d = 4."""

import numpy as np
import pytest

from lessons.model import linear, linear_gradients

N, K, D = 5, 3, 4


@pytest.fixture
def layer():
    rng = np.random.default_rng(4)
    return rng.normal(size=(N, D)), rng.normal(size=(K, D)), rng.normal(size=K)


def test_each_logit_is_its_row_of_w_times_x_plus_its_bias(layer):
    X, W, b = layer
    logits = linear(X, W, b)
    assert logits.shape == (N, K)
    for i in range(N):
        for k in range(K):
            expected = sum(W[k, q] * X[i, q] for q in range(D)) + b[k]
            assert logits[i, k] == pytest.approx(expected, rel=1e-14)
    np.testing.assert_allclose(linear(X[2], W, b), logits[2], rtol=1e-14)


def test_gradient_of_one_example_is_the_outer_product_and_the_upstream_gradient(layer):
    X, _, _ = layer
    g = np.array([0.5, -2.0, 1.5])
    grad_W, grad_b = linear_gradients(X[0], g)
    assert grad_W.shape == (K, D)
    for k in range(K):
        for q in range(D):
            assert grad_W[k, q] == g[k] * X[0, q]
    np.testing.assert_array_equal(grad_b, g)


def test_gradients_of_a_batch_are_the_sums_over_its_examples(layer):
    X, _, _ = layer
    G = np.random.default_rng(5).normal(size=(N, K))
    grad_W, grad_b = linear_gradients(X, G)
    single = [linear_gradients(x, g) for x, g in zip(X, G, strict=True)]
    np.testing.assert_allclose(grad_W, sum(w for w, _ in single), rtol=1e-13)
    np.testing.assert_allclose(grad_b, sum(b for _, b in single), rtol=1e-13)


def test_a_batch_may_have_any_leading_shape(layer):
    X, W, b = layer
    G = np.random.default_rng(6).normal(size=(N, K))
    shaped = (1, N, 1)
    np.testing.assert_allclose(
        linear(X.reshape(*shaped, D), W, b), linear(X, W, b).reshape(*shaped, K), rtol=1e-14
    )
    for got, expected in zip(
        linear_gradients(X.reshape(*shaped, D), G.reshape(*shaped, K)),
        linear_gradients(X, G),
        strict=True,
    ):
        np.testing.assert_allclose(got, expected, rtol=1e-14)


def test_without_features_the_bias_is_all():
    assert linear(np.empty((2, 0)), np.empty((3, 0)), [1.0, 2.0, 3.0]).tolist() == [[1, 2, 3]] * 2
    grad_W, grad_b = linear_gradients(np.empty((2, 0)), np.ones((2, 3)))
    assert grad_W.shape == (3, 0)
    assert grad_b.tolist() == [2.0, 2.0, 2.0]
