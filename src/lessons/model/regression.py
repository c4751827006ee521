"""Softmax regression: the gradients of one training step, and training by repeating it."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lessons.model.batches import mean_cross_entropy_with_gradient
from lessons.model.checks import (
    count_number,
    nonnegative_number,
    number_of_classes,
    positive_number,
    real_array,
    require_representable,
    whole_number,
)
from lessons.model.linear import linear, linear_gradients


def loss_and_gradients(
    X: ArrayLike, targets: ArrayLike, W: ArrayLike, b: ArrayLike
) -> tuple[np.floating, NDArray[np.floating], NDArray[np.floating]]:
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

    Notes
    -----
    Derivation: notebook 06.
    """
    loss, grad_logits = mean_cross_entropy_with_gradient(linear(X, W, b), targets)
    grad_W, grad_b = linear_gradients(X, grad_logits)
    return loss, grad_W, grad_b


def classes_of(X, targets, classes):
    """Return K: as told, or as the targets of the n examples X show it."""
    shown = number_of_classes(targets)  # refuses what is no plain array
    found = np.asarray(targets)
    if found.dtype.kind in "iuf" and (len(found) if found.ndim else 0) != len(X):
        raise ValueError(f"targets must be of {len(X)} examples as X, got shape {found.shape}")
    if found.dtype.kind == "f" and found.ndim == 1:
        raise ValueError(
            f"targets must be labels or one row of probabilities for each example, got floating "
            f"numbers of shape {found.shape}; labels must be integers"
        )
    most = 10**8 // max(X.shape)  # W and the logits have to find room
    return count_number(_classes(shown, targets, classes), "classes", 1, most)


def _classes(shown, targets, classes):
    if classes is not None:
        classes = whole_number(classes, "classes")
        if classes < shown or (np.ndim(targets) == 2 and classes != shown):
            raise ValueError(f"targets are of {shown} classes, got classes={classes}")
        return classes
    met = shown if np.ndim(targets) == 2 else len(np.unique(targets))
    if shown > 2 * met:
        raise ValueError(
            f"expected labels 0, 1, … of which most occur, got {met} different ones up to "
            f"{shown - 1}: number the classes from 0, or say classes={shown}"
        )
    return shown


def fit(
    X: ArrayLike,
    targets: ArrayLike,
    learning_rate: float,
    steps: int,
    l2: float = 0.0,
    classes: int | None = None,
) -> tuple[NDArray[np.floating], NDArray[np.floating], NDArray[np.floating]]:
    """Train softmax regression by gradient descent on the whole batch, starting from zeros.

    The objective is mean cross-entropy + l2/2 · ‖W‖², where ‖W‖² is the sum of all squared weights;
    the biases are not penalised. Each step is W ← W − learning_rate · (∇_W L + l2 · W), b ← b −
    learning_rate · ∇_b L.

    Parameters
    ----------
    X : array, shape (n, d)
        Features, one example per row, n ≥ 1.
    targets : int array, shape (n,), or float array, shape (n, K)
        Labels from 0 to K − 1, or probabilities that sum to 1.
    learning_rate : float
        Greater than 0.
    steps : int
        How many steps to take, 0 or more.
    l2 : float
        Weight of the penalty, 0 or more.
    classes : int, optional
        How many classes there are, K. Of labels it is 1 more than the largest unless told
        otherwise, and has to be told if more than half of these classes have no example.

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
        range; labels that are no classes' numbers, such as years.
    TypeError
        A dtype other than float32, float64 and integers, a number of the wrong type.

    Notes
    -----
    Derivation: notebook 08.
    """
    learning_rate = positive_number(learning_rate, "learning_rate")
    l2 = nonnegative_number(l2, "l2")
    steps = count_number(steps, "steps", 0)
    X = real_array(X, "X")
    require_representable(learning_rate, X.dtype, "learning_rate")
    require_representable(l2, X.dtype, "l2")
    if X.ndim != 2 or len(X) == 0:
        raise ValueError(f"X must have shape (n, d) with at least one example, got {X.shape}")
    W = np.zeros((classes_of(X, targets, classes), X.shape[1]), X.dtype)
    b = np.zeros(len(W), X.dtype)
    loss, grad_W, grad_b = loss_and_gradients(X, targets, W, b)
    losses = np.full(steps + 1, loss)
    for step in range(1, steps + 1):
        try:
            with np.errstate(over="ignore", invalid="ignore"):
                W = W - learning_rate * (grad_W + l2 * W)
                b = b - learning_rate * grad_b
                losses[step] = l2 / 2 * np.vdot(W, W)
            loss, grad_W, grad_b = loss_and_gradients(X, targets, W, b)
            losses[step] += loss
        except ValueError as error:
            raise ValueError(_too_large(learning_rate, l2, step)) from error
        if not np.isfinite(losses[step]):
            raise ValueError(_too_large(learning_rate, l2, step))
    return W, b, losses


def _too_large(learning_rate, l2, step):
    """Say what made a step overflow: the penalty alone does if the weights change sign and grow."""
    if learning_rate * l2 > 2 and l2 > learning_rate:
        return (
            f"l2 {l2} is too large for learning_rate {learning_rate}: expected a product of at "
            f"most 2, beyond which the penalty makes the weights grow; step {step} overflowed"
        )
    return f"learning_rate {learning_rate} is too large: step {step} overflowed the objective"
