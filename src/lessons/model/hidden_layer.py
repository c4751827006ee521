"""Multilayer perceptron with one hidden layer: its backward pass, and training by repeating it.

The M units a = Vx + c give the outputs h = φ(a), which are the features of the last layer, z = Wh +
b; φ is the rectified linear unit max(a, 0), "relu", or the hyperbolic tangent, "tanh".
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lessons.model.batches import mean_cross_entropy_with_gradient
from lessons.model.checks import (
    count_number,
    positive_number,
    real_array,
    require_finite_result,
    require_representable,
    require_shape,
    same_dtype,
)
from lessons.model.linear import linear, linear_gradients, linear_input_gradient
from lessons.model.regression import classes_of


class TwoLayers(NamedTuple):
    """Parameters of a network with one hidden layer, or the gradient of each, in their shapes.

    Attributes
    ----------
    V : array, shape (M, d)
        Weights of the hidden layer; row m belongs to unit m.
    c : array, shape (M,)
        Its biases.
    W : array, shape (K, M)
        Weights of the last layer; row k belongs to class k.
    b : array, shape (K,)
        Its biases.
    """

    V: NDArray[np.floating]
    c: NDArray[np.floating]
    W: NDArray[np.floating]
    b: NDArray[np.floating]


def hidden_layer(
    x: ArrayLike, V: ArrayLike, c: ArrayLike, activation: str = "relu"
) -> NDArray[np.floating]:
    """Hidden layer of a network, h = φ(Vx + c); a batch has one example per row.

    Parameters
    ----------
    x : array, shape (..., d)
        Features.
    V : array, shape (M, d)
        Weights; row m belongs to unit m.
    c : array, shape (M,)
        Biases.
    activation : str
        "relu", which is max(a, 0), or "tanh".

    Returns
    -------
    array, shape (..., M)

    Raises
    ------
    ValueError
        Another activation, shapes that do not match, a NaN or an infinity, a result that overflows.
    TypeError
        A dtype other than float32, float64 and integers.

    Notes
    -----
    Derivation: notebook 12.

    Examples
    --------
    >>> hidden_layer([1.0, 2.0], [[1.0, 0.0], [0.0, -1.0], [1.0, 1.0]], [0.0, 0.0, 0.0]).tolist()
    [1.0, 0.0, 3.0]
    """
    value, _ = _activation(activation)
    return value(_units(x, V, c))


def two_layer_logits(
    x: ArrayLike,
    V: ArrayLike,
    c: ArrayLike,
    W: ArrayLike,
    b: ArrayLike,
    activation: str = "relu",
) -> NDArray[np.floating]:
    """Logits of a network with one hidden layer, z = Wφ(Vx + c) + b.

    Parameters
    ----------
    x : array, shape (..., d)
        Features.
    V, c, W, b : arrays, shapes (M, d), (M,), (K, M), (K,)
        Parameters, as in `TwoLayers`.
    activation : str
        "relu" or "tanh".

    Returns
    -------
    array, shape (..., K)
        Logits, in nats.

    Raises
    ------
    ValueError
        Another activation, shapes that do not match, a NaN or an infinity, a result that overflows.
    TypeError
        A dtype other than float32, float64 and integers.

    Notes
    -----
    Derivation: notebook 12.
    """
    value, _ = _activation(activation)
    units = _units(x, V, c)
    return linear(value(units), *_last_layer(V, W, b))


def two_layer_loss_and_gradients(
    X: ArrayLike,
    targets: ArrayLike,
    V: ArrayLike,
    c: ArrayLike,
    W: ArrayLike,
    b: ArrayLike,
    activation: str = "relu",
) -> tuple[np.floating, TwoLayers]:
    """Mean cross-entropy of a network with one hidden layer, and its gradients by backpropagation.

    Forward, each layer keeps what it will need; backward, G = (Ŷ − Y)/n goes through W to the
    hidden outputs, GW, and through the units' own slopes to the hidden layer. The slope of "relu"
    at 0, where it has none, is 0, as everywhere in the field.

    Parameters
    ----------
    X : array, shape (..., d)
        Features of n ≥ 1 examples.
    targets : int array, shape (...,), or float array, shape (..., K)
        Labels 0 ≤ i < K, or probabilities that sum to 1.
    V, c, W, b : arrays, shapes (M, d), (M,), (K, M), (K,)
        Parameters, as in `TwoLayers`.
    activation : str
        "relu" or "tanh".

    Returns
    -------
    loss : floating scalar
        Mean over the examples, in nats.
    gradients : TwoLayers
        Of V, c, W and b, each in the shape of its parameter.

    Raises
    ------
    ValueError
        No example, a bad target, another activation, shapes that do not match, a NaN or an
        infinity, a result that overflows.
    TypeError
        A dtype other than float32, float64 and integers.

    Notes
    -----
    Derivation: notebook 12.
    """
    value, slope = _activation(activation)
    units = _units(X, V, c)
    W, b = _last_layer(V, W, b)
    outputs = value(units)
    loss, grad_logits = mean_cross_entropy_with_gradient(linear(outputs, W, b), targets)
    grad_W, grad_b = linear_gradients(outputs, grad_logits)
    grad_units = linear_input_gradient(W, grad_logits) * slope(units)
    grad_V, grad_c = linear_gradients(X, grad_units)
    return loss, TwoLayers(grad_V, grad_c, grad_W, grad_b)


def fit_two_layers(
    X: ArrayLike,
    targets: ArrayLike,
    units: int,
    learning_rate: float,
    steps: int,
    activation: str = "relu",
    seed: int = 0,
    classes: int | None = None,
) -> tuple[TwoLayers, NDArray[np.floating]]:
    """Train a network with one hidden layer by gradient descent on the whole batch.

    It starts from random weights, since units that begin alike stay alike; all biases begin at 0.

    Parameters
    ----------
    X : array, shape (n, d)
        Features, one example per row, n ≥ 1.
    targets : int array, shape (n,), or float array, shape (n, K)
        Labels from 0 to K − 1, or probabilities that sum to 1.
    units : int
        How many hidden units there are, M ≥ 1.
    learning_rate : float
        Greater than 0.
    steps : int
        How many steps to take, 0 or more.
    activation : str
        "relu" or "tanh".
    seed : int
        Of the first weights, 0 or more: the same for the same seed.
    classes : int, optional
        How many classes there are, K, as for `fit`.

    Returns
    -------
    parameters : TwoLayers
    losses : array, shape (steps + 1,)
        The mean loss before the first step and after each step, in nats.

    Raises
    ------
    ValueError
        No example, a bad target, another activation, shapes that do not match, a NaN or an
        infinity, a number out of range; a learning rate with which a step overflows.
    TypeError
        A dtype other than float32, float64 and integers, a number of the wrong type.

    Notes
    -----
    Derivation: notebook 12. The spread of the first weights follows K. He et al., "Delving deep
    into rectifiers", ICCV 2015: a variance of 2/d for "relu" and of 1/d for "tanh".
    """
    learning_rate = positive_number(learning_rate, "learning_rate")
    steps, seed = count_number(steps, "steps", 0), count_number(seed, "seed", 0, 2**128)
    _activation(activation)
    X = real_array(X, "X")
    if X.ndim != 2 or len(X) == 0:
        raise ValueError(f"X must have shape (n, d) with at least one example, got {X.shape}")
    require_representable(learning_rate, X.dtype, "learning_rate")
    units = count_number(units, "units", 1, 10**8 // max(X.shape))
    sizes = X.shape[1], units, classes_of(X, targets, classes)
    parameters = first_parameters(*sizes, activation, seed, X.dtype)
    V, c, W, b = parameters
    loss, gradients = two_layer_loss_and_gradients(X, targets, V, c, W, b, activation)
    losses = np.full(steps + 1, loss)
    for step in range(1, steps + 1):
        parameters = TwoLayers(
            *(p - learning_rate * g for p, g in zip(parameters, gradients, strict=True))
        )
        V, c, W, b = parameters
        try:
            loss, gradients = two_layer_loss_and_gradients(X, targets, V, c, W, b, activation)
        except ValueError as error:
            raise ValueError(
                f"learning_rate {learning_rate} is too large: step {step} overflowed ({error})"
            ) from error
        losses[step] = loss
    return parameters, losses


def first_parameters(features, units, classes, activation="relu", seed=0, dtype=np.float64):
    """Draw the weights that training starts from; the biases are 0."""
    random, spread = np.random.default_rng(seed), 2 if activation == "relu" else 1
    V = random.normal(size=(units, features)) * np.sqrt(spread / max(1, features))
    W = random.normal(size=(classes, units)) * np.sqrt(1 / units)
    drawn = TwoLayers(V, np.zeros(units), W, np.zeros(classes))
    return TwoLayers(*(part.astype(dtype) for part in drawn))


# The two activations: what a unit makes of its number a, and how it answers to it.


def _relu(a):
    return np.maximum(a, 0)


def _relu_slope(a):
    return (a > 0).astype(a.dtype)


def _tanh_slope(a):
    """1/cosh²(a): the same as 1 − tanh²(a), which would be 0 once tanh(a) rounds to 1."""
    e = np.exp(-2 * abs(a))
    return 4 * e / (1 + e) ** 2


_ACTIVATIONS = {"relu": (_relu, _relu_slope), "tanh": (np.tanh, _tanh_slope)}


def _activation(name):
    if not isinstance(name, str) or name not in _ACTIVATIONS:
        raise ValueError(f"activation must be one of {', '.join(_ACTIVATIONS)}, got {name!r}")
    return _ACTIVATIONS[name]


# The shapes of both layers, by the letters that this file gives them.


def _units(x, V, c):
    x, V, c = (
        real_array(array, name, check_finite=False)
        for array, name in ((x, "x"), (V, "V"), (c, "c"))
    )
    if x.ndim == 0:
        raise ValueError("x must have shape (..., d), got a single number")
    if V.ndim != 2 or V.shape[1] != x.shape[-1]:
        raise ValueError(
            f"V must have shape (M, {x.shape[-1]}), one row per hidden unit, one column per "
            f"feature of x with shape {x.shape}; got {V.shape}"
        )
    require_shape(c, V.shape[:1], "c")
    x, V, c = same_dtype(x, V, c)
    with np.errstate(over="ignore", invalid="ignore"):
        units = x @ V.T + c
    require_finite_result(units, "the hidden units", x=x, V=V, c=c)
    return units


def _last_layer(V, W, b):
    W, b = real_array(W, "W", check_finite=False), real_array(b, "b", check_finite=False)
    units = np.shape(V)[:1]
    if W.ndim != 2 or W.shape[1:] != units:
        raise ValueError(
            f"W must have shape (K, M), one column per hidden unit of V with shape {np.shape(V)}; "
            f"got {W.shape}"
        )
    require_shape(b, W.shape[:1], "b")
    return W, b
