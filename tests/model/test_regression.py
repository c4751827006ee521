"""Training: the gradients of one step against closed forms, and where training ends up."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from lessons.model import cross_entropy, fit, linear, loss_and_gradients, softmax

N, K, D = 60, 3, 4


@pytest.fixture
def data():
    rng = np.random.default_rng(9)
    X = rng.normal(size=(N, D))
    scores = X @ rng.normal(size=(D, K)) + rng.gumbel(size=(N, K))
    return X, scores.argmax(axis=1)


def test_gradients_are_the_closed_form(data):
    X, labels = data
    rng = np.random.default_rng(1)
    W, b = rng.normal(size=(K, D)), rng.normal(size=K)
    loss, grad_W, grad_b = loss_and_gradients(X, labels, W, b)
    logits = X @ W.T + b
    G = (softmax(logits) - np.eye(K)[labels]) / N
    assert loss == pytest.approx(cross_entropy(logits, labels).mean(), rel=1e-14)
    np.testing.assert_allclose(grad_W, np.einsum("ik,iq->kq", G, X), rtol=1e-11)
    np.testing.assert_allclose(grad_b, G.sum(axis=0), rtol=1e-11)


def test_training_starts_at_chance_and_each_step_goes_downhill(data):
    X, labels = data
    W, b, losses = fit(X, labels, 0.1, 200)
    assert (W.shape, b.shape, losses.shape) == ((K, D), (K,), (201,))
    assert losses[0] == pytest.approx(np.log(K), rel=1e-15)
    assert (np.diff(losses) < 0).all()
    assert losses[-1] == pytest.approx(cross_entropy(linear(X, W, b), labels).mean(), rel=1e-14)


def test_each_step_is_the_update_of_the_docstring(data):
    X, labels = data
    W, b, losses = fit(X, labels, 0.3, 2, l2=0.05)
    V, c = np.zeros((K, D)), np.zeros(K)
    for step in range(2):
        loss, grad_V, grad_c = loss_and_gradients(X, labels, V, c)
        assert losses[step] == pytest.approx(loss + 0.05 / 2 * (V**2).sum(), rel=1e-14)
        V, c = V - 0.3 * (grad_V + 0.05 * V), c - 0.3 * grad_c
    np.testing.assert_allclose(W, V, rtol=1e-13)
    np.testing.assert_allclose(b, c, rtol=1e-13)


def test_no_step_leaves_zeros_and_the_loss_at_chance(data):
    X, labels = data
    W, b, losses = fit(X, labels, 0.1, 0)
    assert not W.any()
    assert not b.any()
    np.testing.assert_allclose(losses, [np.log(K)], rtol=1e-15)


def test_training_ends_where_the_logistic_regression_of_scikit_learn_ends(data):
    X, labels = data
    l2 = 0.1
    W, b, losses = fit(X, labels, 1.0, 1500, l2=l2)
    theirs = LogisticRegression(C=1 / (l2 * N), tol=1e-10, max_iter=1000).fit(X, labels)
    np.testing.assert_allclose(W, theirs.coef_, atol=1e-6)
    # A shift of all biases changes no probability, so only their differences are determined.
    np.testing.assert_allclose(
        b - b.mean(), theirs.intercept_ - theirs.intercept_.mean(), atol=1e-6
    )
    assert losses[-1] == pytest.approx(losses[-2], abs=1e-12)


def test_the_penalty_holds_the_weights_and_leaves_the_biases_free():
    X = np.ones((10, 2)) * [1, 0]
    labels = np.array([0] * 7 + [1] * 3)
    W, b, _ = fit(X, labels, 0.5, 3000, l2=1.0)
    assert abs(W).max() < 1e-6
    np.testing.assert_allclose(softmax(b), [0.7, 0.3], rtol=1e-9)


def test_probability_targets_name_the_number_of_classes(data):
    X, labels = data
    W, b, losses = fit(X, np.eye(K + 2)[labels], 0.5, 50)
    assert (W.shape, b.shape) == ((K + 2, D), (K + 2,))
    assert losses[0] == pytest.approx(np.log(K + 2))
    assert (b[K:] < b[:K].min()).all()  # classes that never occur


def test_float32_probabilities_train_beside_float64_features(data):
    X, labels = data
    soft = softmax(np.eye(K, dtype=np.float32)[labels] * 3)
    W, b, losses = fit(X, soft, 0.5, 3)
    assert W.dtype == b.dtype == losses.dtype == np.float64
    W, b, losses = fit(X.astype(np.float32), np.eye(K)[labels], 0.5, 3, l2=0.1)
    assert W.dtype == b.dtype == losses.dtype == np.float64
