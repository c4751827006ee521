"""Bugs found in teaching material on this very topic, each written as code and each caught.

The checks below take the functions to be tested as arguments. They pass with `lessons.model` and
fail with each mutant, so that a student's copy of such a bug in it would be noticed.
"""

import numpy as np
import pytest

from lessons.model import (
    binary_cross_entropy_gradient,
    check_gradient,
    cross_entropy,
    linear,
    linear_gradients,
    log_softmax,
    loss_and_gradients,
    mean_cross_entropy_with_gradient,
    sigmoid,
    softmax,
)

N, K, D = 5, 3, 4
LABELS = np.array([0, 2, 1, 1, 0])
RNG = np.random.default_rng(12)
X, W, B = RNG.normal(size=(N, D)), RNG.normal(size=(K, D)), RNG.normal(size=K)


def refuses(check, *arguments, **keywords):
    """Tell whether a check raises an AssertionError, a warning or an error of shapes."""
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        try:
            check(*arguments, **keywords)
        except (AssertionError, FloatingPointError, ValueError):
            return True
    return False


# 1: the bias gradient summed over the batch and the classes: one number near 0 instead of K.


def check_bias_gradient(gradients):
    G = mean_cross_entropy_with_gradient(linear(X, W, B), LABELS)[1]
    _, grad_b = gradients(X, G)
    assert np.shape(grad_b) == (K,)
    assert check_gradient(lambda b: loss_and_gradients(X, LABELS, W, b)[0], grad_b, B)


def test_bug_1_a_bias_gradient_summed_over_the_classes_is_caught():
    def one_number(x, G):
        return G.T @ x, G.sum()

    def broadcast(x, G):
        return G.T @ x, np.full(G.shape[1], G.sum())

    check_bias_gradient(linear_gradients)
    assert (
        abs(one_number(X, mean_cross_entropy_with_gradient(linear(X, W, B), LABELS)[1])[1]) < 1e-15
    )
    assert refuses(check_bias_gradient, one_number)
    assert refuses(check_bias_gradient, broadcast)


# 2 and 4: the shift by the maximum with the wrong sign, or forgotten.


def check_softmax(function):
    for z in ([0.0, 1.0, -2.0], [400.0, 399.0, 0.0], [1000.0, 1001.0, 1002.0], [-800.0, -801.0]):
        expected = np.exp(np.array(z) - max(z)) / np.exp(np.array(z) - max(z)).sum()
        np.testing.assert_allclose(function(np.array(z)), expected, rtol=1e-12)


def test_bug_2_a_shift_with_the_wrong_sign_is_caught():
    def plus(z):
        e = np.exp(z + z.max())
        return e / e.sum()

    check_softmax(softmax)
    small = np.array([100.0, 99.0, 0.0])  # shift invariance hides it here
    np.testing.assert_allclose(plus(small), softmax(small), rtol=1e-12)
    assert refuses(check_softmax, plus)


def check_cross_entropy(function):
    for z, i, expected in (
        ([0.0, 0.0, 0.0], 1, np.log(3)),
        ([1000.0, 0.0, 0.0], 1, 1000.0),
        ([1000.0, 0.0, 0.0], 0, 0.0),
        ([-1000.0, -1000.0], 0, np.log(2)),
    ):
        np.testing.assert_allclose(function(np.array(z), i), expected, rtol=1e-12)


def test_bug_4_a_stable_loss_without_the_shift_is_caught():
    def without_shift(z, i):
        return -z[i] + np.log(np.exp(z).sum())

    check_cross_entropy(cross_entropy)
    assert refuses(check_cross_entropy, without_shift)
    with np.errstate(over="ignore"):
        assert without_shift(np.array([1000.0, 0.0]), 1) == np.inf


# 3: labels drawn with an upper end that is never reached, so that y = 1 is never tested.


def check_draw(draw):
    labels = draw(np.random.default_rng(0))
    assert set(labels.tolist()) == {0, 1}


def test_bug_3_labels_of_one_class_only_are_caught(hard_batches):
    def never_one(rng):
        return rng.integers(0, 1, 50)

    check_draw(lambda rng: rng.integers(0, 2, 50))
    assert refuses(check_draw, never_one)
    # With them this planted gradient, right for y = 0 only, passes; with both labels it does not.
    z = np.random.default_rng(1).normal(size=50)
    for targets, caught in ((np.zeros(50), False), (np.arange(50) % 2.0, True)):
        right = binary_cross_entropy_gradient(z, targets)
        assert np.allclose(sigmoid(z), right) != caught
    for logits, labels in hard_batches(np.float64):  # the labels of our own accuracy tests
        assert set(labels.tolist()) == set(range(min(logits.shape[-1], len(labels))))


# 6: W as (K, d) in the text and (d, K) in the code.


def check_layer(layer):
    logits = layer(X, W, B)
    np.testing.assert_allclose(logits, [[w @ x + c for w, c in zip(W, B, strict=True)] for x in X])


def test_bug_6_weights_with_one_column_per_class_are_caught_because_k_is_not_d():
    def columns(x, W, b):
        return x @ W + b

    check_layer(linear)
    assert refuses(check_layer, columns)
    with pytest.raises(ValueError, match=r"W must have shape \(K, 4\)"):
        linear(X, W.T, B)


# 7: a decision boundary with the sign of its slope lost.


def check_boundary(boundary):
    weights, biases = np.array([[1.0, 2.0], [-0.5, 0.75]]), np.array([0.3, -0.2])
    for x1 in (-2.0, 0.0, 3.0):
        x = np.array([x1, boundary(x1, weights[1] - weights[0], biases[1] - biases[0])])
        np.testing.assert_allclose(softmax(linear(x, weights, biases)), 0.5, rtol=1e-12)


def test_bug_7_a_boundary_with_the_wrong_slope_is_caught():
    check_boundary(lambda x1, w, b: -(w[0] * x1 + b) / w[1])
    assert refuses(check_boundary, lambda x1, w, b: (w[0] * x1 - b) / w[1])


# 8: `dscores = probs` without a copy.


def check_inputs_survive(gradient):
    probabilities = softmax(linear(X, W, B))
    before = probabilities.copy()
    gradient(probabilities)
    np.testing.assert_array_equal(probabilities, before)


def test_bug_8_a_gradient_that_overwrites_the_probabilities_is_caught():
    def in_place(probabilities):
        dscores = probabilities
        dscores[np.arange(N), LABELS] -= 1
        return dscores / N

    check_inputs_survive(lambda p: mean_cross_entropy_with_gradient(p, LABELS))
    assert refuses(check_inputs_survive, in_place)


# 9: a sigmoid that is σ(2z) passes every gradient check and has to be caught by its values.


def check_sigmoid(function):
    z = np.array([-3.0, -0.5, 0.0, 1.0, 4.0])
    np.testing.assert_allclose(function(z), 1 / (1 + np.exp(-z)), rtol=1e-14)


def test_bug_9_a_sigmoid_of_twice_the_logit_passes_the_gradient_check_but_not_the_value_check():
    def doubled(z):
        return sigmoid(2 * z)

    z = np.array([-1.0, 0.25, 2.0])
    assert check_gradient(
        lambda z: doubled(z).sum(), lambda z: 2 * doubled(z) * (1 - doubled(z)), z
    )
    check_sigmoid(sigmoid)
    assert refuses(check_sigmoid, doubled)


# 10: square batches hide a division by K, and zero logits hide a softmax over the wrong axis.


def check_mean_gradient(function, logits, labels):
    _, gradient = function(logits, labels)
    assert check_gradient(lambda z: cross_entropy(z, labels).mean(), gradient, logits)


def over_axis(axis, divisor):
    def loss_and_gradient(logits, labels):
        e = np.exp(logits)
        probabilities = e / e.sum(axis=axis, keepdims=True)
        gradient = probabilities - np.eye(logits.shape[1])[labels]
        loss = -np.log(probabilities[np.arange(len(labels)), labels]).mean()
        return loss, gradient / logits.shape[divisor]

    return loss_and_gradient


def test_bug_10_what_a_square_batch_hides_is_caught_by_one_with_k_not_n():
    logits, square = RNG.normal(size=(N, K)), RNG.normal(size=(K, K))
    right, by_classes, wrong_axis = over_axis(1, 0), over_axis(1, 1), over_axis(0, 0)
    for function in (mean_cross_entropy_with_gradient, right):
        check_mean_gradient(function, logits, LABELS)
    check_mean_gradient(by_classes, square, np.arange(K))  # hidden …
    check_mean_gradient(wrong_axis, np.zeros((K, K)), np.arange(K))
    assert refuses(check_mean_gradient, by_classes, logits, LABELS)  # … and seen
    assert refuses(check_mean_gradient, wrong_axis, logits, LABELS)
    np.testing.assert_allclose(log_softmax(logits, axis=0).T, log_softmax(logits.T), rtol=1e-13)
