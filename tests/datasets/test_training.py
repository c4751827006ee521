"""Softmax regression on the shipped data, with the model's own gradients and nothing else."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from lessons.datasets import digits, penguins, split, standardize
from lessons.model import fit, linear, loss_and_gradients


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """On matrices as small as these, threads only wait for one another."""
    with threadpool_limits(1):
        yield


def standardized(data, seed):
    """Training and test rows of the complete examples, standardised, with their labels."""
    complete = ~np.isnan(data.X).any(axis=1)
    X, labels = data.X[complete], data.labels[complete]
    train, test = split(labels, 1 / 3, seed)
    return *standardize(X[train], X[test]), labels[train], labels[test]


def accuracy(X, labels, W, b):
    return np.mean(linear(X, W, b).argmax(axis=1) == labels)


@pytest.mark.parametrize(("load", "least"), [(digits, 0.95), (penguins, 0.95)])
def test_training_reaches_its_accuracy_on_a_stratified_third(load, least):
    train, test, train_labels, test_labels = standardized(load(), seed=0)
    W, b, losses = fit(train, train_labels, learning_rate=0.5, steps=500)
    assert losses[0] == pytest.approx(np.log(len(b)), rel=1e-14)
    assert (np.diff(losses) < 0).all()
    assert accuracy(test, test_labels, W, b) >= least


@pytest.fixture(scope="module", params=[digits, penguins], ids=["digits", "penguins"])
def optimum(request):
    """Our optimum and scikit-learn's at the penalty ‖W‖²/(2Cn) with C = 1, biases free."""
    train, _, labels, _ = standardized(request.param(), seed=0)
    peer = LogisticRegression(C=1, tol=1e-10, max_iter=10_000).fit(train, labels)
    W, b, losses = fit(train, labels, learning_rate=4.0, steps=5000, l2=1 / len(train))
    return train, labels, (W, b, losses[-1]), (peer.coef_, peer.intercept_)


def objective(X, labels, W, b):
    return loss_and_gradients(X, labels, W, b)[0] + (W * W).sum() / (2 * len(X))


def test_the_optimum_is_the_one_of_scikit_learn(optimum):
    train, labels, (W, b, loss), (peer_W, peer_b) = optimum
    assert loss == pytest.approx(objective(train, labels, peer_W, peer_b), abs=1e-6)
    np.testing.assert_allclose(W, peer_W, rtol=0, atol=1e-3 * np.abs(peer_W).max())
    centred, peer_centred = b - b.mean(), peer_b - peer_b.mean()
    np.testing.assert_allclose(centred, peer_centred, rtol=0, atol=1e-3 * np.abs(peer_b).max())


def test_the_comparison_would_notice_another_penalty(optimum):
    train, labels, (W, _, loss), (peer_W, _) = optimum
    other = LogisticRegression(C=0.97, tol=1e-10, max_iter=10_000).fit(train, labels)
    assert abs(loss - objective(train, labels, other.coef_, other.intercept_)) > 1e-6
    assert np.abs(W - other.coef_).max() > 1e-3 * np.abs(peer_W).max()
