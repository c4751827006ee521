"""What the mathematics says must hold, for logits that hypothesis picks; K, n and d all differ."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lessons.model import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    complex_step_gradient,
    cross_entropy,
    cross_entropy_gradient,
    log_sigmoid,
    log_softmax,
    mean_cross_entropy_with_gradient,
    numerical_gradient,
    sigmoid,
    softmax,
    softmax_jacobian,
)

lean = settings(max_examples=40, deadline=None, derandomize=True)
CLOSE = {"rtol": 1e-12, "atol": 1e-15}


def logits_of(*shape, size=50):
    # Multiples of 1/1024, so that differences of logits are exact and a shift changes no digit.
    whole = st.integers(-size * 1024, size * 1024)
    return arrays(np.int64, shape, elements=whole).map(lambda z: z / 1024)


@st.composite
def batches(draw, n=5, classes=3, size=50):
    logits = draw(logits_of(n, classes, size=size))
    labels = draw(arrays(np.int64, n, elements=st.integers(0, classes - 1)))
    weights = draw(arrays(np.int64, (n, classes), elements=st.integers(1, 1000)))
    return logits, labels, weights / weights.sum(axis=1, keepdims=True)


@lean
@given(batches(), st.integers(-2000, 2000))
def test_a_shift_of_all_logits_changes_nothing(batch, shift):
    logits, labels, probabilities = batch
    for function in (softmax, log_softmax, softmax_jacobian):
        np.testing.assert_allclose(function(logits + shift), function(logits), **CLOSE)
    for targets in (labels, probabilities):
        for function in (cross_entropy, cross_entropy_gradient):
            moved, still = function(logits + shift, targets), function(logits, targets)
            np.testing.assert_allclose(moved, still, **CLOSE)


@lean
@given(batches(size=800))
def test_each_row_of_the_gradient_sums_to_zero(batch):
    logits, labels, probabilities = batch
    for targets in (labels, probabilities):
        _, mean_gradient = mean_cross_entropy_with_gradient(logits, targets)
        for gradient in (cross_entropy_gradient(logits, targets), mean_gradient):
            np.testing.assert_allclose(gradient.sum(axis=-1), 0, atol=1e-15)


@lean
@given(logits_of(7, 2, size=800), st.integers(0, 1))
def test_two_class_softmax_is_sigmoid_of_the_difference(logits, label):
    difference = logits[:, 1] - logits[:, 0]
    targets = np.full(7, float(label))
    np.testing.assert_allclose(softmax(logits)[:, 1], sigmoid(difference), **CLOSE)
    np.testing.assert_allclose(log_softmax(logits)[:, 1], log_sigmoid(difference), **CLOSE)
    labels = np.full(7, label)
    losses = binary_cross_entropy(difference, targets)
    np.testing.assert_allclose(cross_entropy(logits, labels), losses, **CLOSE)
    gradient = binary_cross_entropy_gradient(difference, targets)
    np.testing.assert_allclose(cross_entropy_gradient(logits, labels)[:, 1], gradient, **CLOSE)


@lean
@given(batches(n=5, classes=4), st.permutations(range(4)))
def test_renaming_the_classes_renames_the_results(batch, order):
    logits, labels, probabilities = batch
    new_name = np.argsort(order)  # column order[k] moves to k
    np.testing.assert_allclose(softmax(logits[:, order]), softmax(logits)[:, order], **CLOSE)
    jacobian = softmax_jacobian(logits)[:, order][:, :, order]
    np.testing.assert_allclose(softmax_jacobian(logits[:, order]), jacobian, **CLOSE)
    renamed = ((labels, new_name[labels]), (probabilities, probabilities[:, order]))
    for targets, new_targets in renamed:
        losses = cross_entropy(logits, targets)
        np.testing.assert_allclose(cross_entropy(logits[:, order], new_targets), losses, **CLOSE)
        gradient = cross_entropy_gradient(logits, targets)[:, order]
        new_gradient = cross_entropy_gradient(logits[:, order], new_targets)
        np.testing.assert_allclose(new_gradient, gradient, **CLOSE)


@lean
@given(batches(size=800))
def test_a_batch_is_a_loop_over_its_examples(batch):
    logits, labels, probabilities = batch
    for targets in (labels, probabilities):
        pairs = list(zip(logits, targets, strict=True))
        losses = np.array([cross_entropy(z, t) for z, t in pairs])
        gradients = np.array([cross_entropy_gradient(z, t) for z, t in pairs])
        np.testing.assert_allclose(cross_entropy(logits, targets), losses, **CLOSE)
        np.testing.assert_allclose(cross_entropy_gradient(logits, targets), gradients, **CLOSE)
        loss, gradient = mean_cross_entropy_with_gradient(logits, targets)
        np.testing.assert_allclose(loss, losses.mean(), **CLOSE)
        np.testing.assert_allclose(gradient, gradients / len(logits), **CLOSE)


@lean
@given(batches(size=800))
def test_labels_and_their_one_hot_vectors_give_the_same(batch):
    logits, labels, _ = batch
    one_hot = np.eye(3)[labels]
    for function in (cross_entropy, cross_entropy_gradient):
        np.testing.assert_allclose(function(logits, labels), function(logits, one_hot), **CLOSE)


def textbook_loss(logits, targets):
    """Return the three-line loss, which holds for complex logits too, given probabilities."""
    e = np.exp(logits)
    probabilities = e / e.sum(axis=-1, keepdims=True)
    return -(targets * np.log(probabilities)).sum(axis=-1).mean()


@lean
@given(batches(size=5))
def test_gradient_is_that_of_the_textbook_loss(batch):
    logits, labels, probabilities = batch
    for targets in (np.eye(3)[labels], probabilities):
        loss, gradient = mean_cross_entropy_with_gradient(logits, targets)
        np.testing.assert_allclose(loss, textbook_loss(logits, targets), rtol=1e-12)
        by_complex_step = complex_step_gradient(lambda z, t=targets: textbook_loss(z, t), logits)
        np.testing.assert_allclose(gradient, by_complex_step, rtol=1e-10, atol=1e-15)
        by_differences = numerical_gradient(lambda z, t=targets: textbook_loss(z, t), logits)
        np.testing.assert_allclose(gradient, by_differences, atol=1e-9)


@lean
@given(logits_of(size=30), st.floats(0, 1))
def test_binary_gradient_is_the_slope_of_the_textbook_loss(logit, target):
    def textbook(z):
        return target * np.log(1 + np.exp(-z)) + (1 - target) * np.log(1 + np.exp(z))

    logit = float(logit)
    gradient = binary_cross_entropy_gradient(logit, target)
    np.testing.assert_allclose(gradient, complex_step_gradient(textbook, logit), atol=1e-15)


@lean
@given(logits_of(3, 4, size=800))
def test_rows_and_columns_of_the_jacobian_sum_to_zero(logits):
    jacobian = softmax_jacobian(logits)
    np.testing.assert_allclose(jacobian.sum(axis=-1), 0, atol=1e-15)
    np.testing.assert_allclose(jacobian.sum(axis=-2), 0, atol=1e-15)
    assert np.linalg.eigvalsh(jacobian).min() > -1e-15  # positive semi-definite


@lean
@given(logits_of(4, size=5), st.integers(0, 3))
def test_hessian_of_the_loss_is_the_jacobian_of_the_softmax(logits, label):
    def textbook_gradient_entry(j):
        def entry(z):
            e = np.exp(z)
            return e[j] / e.sum() - (j == label)

        return entry

    hessian = [complex_step_gradient(textbook_gradient_entry(j), logits) for j in range(4)]
    np.testing.assert_allclose(softmax_jacobian(logits), hessian, rtol=1e-11, atol=1e-16)


@pytest.mark.parametrize("classes", [2, 3, 10, 1000])
def test_loss_at_chance_is_the_logarithm_of_the_number_of_classes(classes):
    loss, _ = mean_cross_entropy_with_gradient(np.zeros((7, classes)), np.arange(7) % classes)
    assert loss == pytest.approx(np.log(classes), rel=1e-15)
    assert cross_entropy(np.full(classes, -3.5), 1) == pytest.approx(np.log(classes), rel=1e-15)
