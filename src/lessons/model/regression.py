"""Softmax regression: the gradients of one training step, and training by repeating it."""

import numbers

import numpy as np

from lessons.model.batches import mean_cross_entropy_with_gradient
from lessons.model.checks import real_array
from lessons.model.linear import linear, linear_gradients


def loss_and_gradients(X, targets, W, b):
    """Mean cross-entropy of softmax regression and its gradients, with G = (Ŷ − Y)/n: GᵀX and Gᵀ1.

    Parameters
    ----------
    X : array, shape (..., d)
        Features of n ≥ 1 examples.
    targets : int array, shape (...,), or float array, shape (..., K)
        Labels 0 ≤ i < K, or probabilities that sum to 1.
    W : array, shape (K, d)
        Weights; row k belongs to class k.
    b : array, shape (K,)
        Biases.

    Returns
    -------
    loss : floating scalar
        Mean over the examples, in nats.
    grad_W : array, shape (K, d)
    grad_b : array, shape (K,)

    Raises
    ------
    ValueError
        No example, a bad target, shapes that do not match, a NaN or an infinity.
    TypeError
        A dtype other than float32, float64 and integers.

    Derivation: notebook 06.
    """
    loss, grad_logits = mean_cross_entropy_with_gradient(linear(X, W, b), targets)
    grad_W, grad_b = linear_gradients(X, grad_logits)
    return loss, grad_W, grad_b


def fit(X, targets, learning_rate, steps, l2=0.0):
    """Train softmax regression by gradient descent on the whole batch, starting from zeros.

    The objective is mean cross-entropy + l2/2 · ‖W‖², where ‖W‖² is the sum of all squared weights;
    the biases are not penalised. Each step is W ← W − learning_rate · (∇_W L + l2 · W), b ← b −
    learning_rate · ∇_b L.

    Parameters
    ----------
    X : array, shape (n, d)
        Features, one example per row, n ≥ 1.
    targets : int array, shape (n,), or float array, shape (n, K)
        Labels, of which the largest is class K − 1, or probabilities that sum to 1.
    learning_rate : float
        Greater than 0.
    steps : int
        How many steps to take, 0 or more.
    l2 : float
        Weight of the penalty, 0 or more.

    Returns
    -------
    W : array, shape (K, d)
    b : array, shape (K,)
    losses : array, shape (steps + 1,)
        The objective before the first step, which is ln K, and after each step.

    Raises
    ------
    ValueError
        No example, a bad target, shapes that do not match, a NaN or an infinity, a number out of
        range.
    TypeError
        A dtype other than float32, float64 and integers, a number of the wrong type.

    Derivation: notebook 08.
    """
    X = real_array(X, "X")
    learning_rate, steps, l2 = _checked_settings(learning_rate, steps, l2)
    W, b = _zeros(X, targets)
    losses = np.empty(steps + 1, W.dtype)
    for step in range(steps + 1):
        loss, grad_W, grad_b = loss_and_gradients(X, targets, W, b)
        losses[step] = loss + l2 / 2 * (W * W).sum()
        if step < steps:
            W -= learning_rate * (grad_W + l2 * W)
            b -= learning_rate * grad_b
    return W, b, losses


def _zeros(X, targets):
    if X.ndim != 2 or len(X) == 0:
        raise ValueError(f"X must have shape (n, d) with at least one example, got {X.shape}")
    targets = np.asarray(targets)
    if targets.dtype.kind in "iu" and targets.ndim == 1 and targets.size:
        classes = max(int(targets.max()) + 1, 1)
    else:
        classes = targets.shape[-1] if targets.ndim else 1
    dtype = np.result_type(X, targets) if targets.dtype.kind == "f" else X.dtype
    return np.zeros((classes, X.shape[1]), dtype), np.zeros(classes, dtype)


def _checked_settings(learning_rate, steps, l2):
    for name, value in (("learning_rate", learning_rate), ("l2", l2)):
        if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Real):
            raise TypeError(f"{name} must be a real number, got {value!r}")
    if isinstance(steps, bool) or not isinstance(steps, numbers.Integral):
        raise TypeError(f"steps must be an integer, got {steps!r}")
    if not 0 < learning_rate < np.inf:
        raise ValueError(f"learning_rate must be finite and greater than 0, got {learning_rate}")
    if not 0 <= l2 < np.inf:
        raise ValueError(f"l2 must be finite and at least 0, got {l2}")
    if steps < 0:
        raise ValueError(f"steps must be at least 0, got {steps}")
    return float(learning_rate), int(steps), float(l2)
