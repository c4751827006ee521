"""A network with one hidden layer: its backward pass is the derivative of its forward pass."""

import mpmath
import numpy as np
import pytest

from lessons.model import (
    complex_step_gradient,
    cross_entropy,
    fit_two_layers,
    hidden_layer,
    linear_input_gradient,
    numerical_gradient,
    two_layer_logits,
    two_layer_loss_and_gradients,
)

N, D, M, K = 6, 4, 5, 3  # never two alike
NAMES = ("V", "c", "W", "b")
ACTIVATIONS = ("relu", "tanh")


def network(seed=3, scale=1.0, dtype=np.float64):
    """Features, labels and parameters; no unit is within 1e-3 of its kink."""
    rng = np.random.default_rng(seed)
    X, labels = rng.normal(size=(N, D)), rng.permutation(N) % K
    parameters = [scale * rng.normal(size=shape) for shape in ((M, D), (M,), (K, M), (K,))]
    assert abs(X @ parameters[0].T + parameters[1]).min() > 1e-3 * scale
    return X.astype(dtype), labels, [part.astype(dtype) for part in parameters]


def with_part(parameters, place, value):
    return [value if m == place else part for m, part in enumerate(parameters)]


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("place", range(4), ids=NAMES)
def test_each_gradient_is_the_central_difference_of_the_loss(activation, place):
    X, labels, parameters = network()

    def loss(value):
        changed = with_part(parameters, place, value)
        return two_layer_loss_and_gradients(X, labels, *changed, activation)[0]

    _, gradients = two_layer_loss_and_gradients(X, labels, *parameters, activation)
    np.testing.assert_allclose(
        gradients[place], numerical_gradient(loss, parameters[place]), rtol=1e-6, atol=1e-9
    )


@pytest.mark.parametrize("place", range(4), ids=NAMES)
def test_each_gradient_of_tanh_is_the_complex_step(place):
    X, labels, parameters = network(seed=5)

    def loss(value):
        V, c, W, b = with_part(parameters, place, value)
        z = np.tanh(X @ V.T + c) @ W.T + b
        log_sum = np.log(np.exp(z).sum(axis=1))
        return (log_sum - z[np.arange(N), labels]).sum() / N

    _, gradients = two_layer_loss_and_gradients(X, labels, *parameters, "tanh")
    expected = complex_step_gradient(loss, parameters[place])
    np.testing.assert_allclose(gradients[place], expected, rtol=1e-12, atol=1e-14)


def exact_gradients(X, labels, parameters, activation):
    """The backward pass in 60 digits, example by example, as the proofs write it."""
    mp = mpmath.MPContext()
    mp.dps = 60
    V, c, W, b = (np.vectorize(lambda v: mp.mpf(float(v)), otypes=[object])(p) for p in parameters)
    totals = [0 * part for part in (V, c, W, b)]
    for x, label in zip(X, labels, strict=True):
        x = np.array([mp.mpf(float(v)) for v in x], dtype=object)
        a = V.dot(x) + c
        if activation == "relu":
            h, slope = [max(v, mp.mpf(0)) for v in a], [int(v > 0) for v in a]
        else:
            h, slope = [mp.tanh(v) for v in a], [1 - mp.tanh(v) ** 2 for v in a]
        h, slope = np.array(h, dtype=object), np.array(slope, dtype=object)
        z = W.dot(h) + b
        e = np.array([mp.exp(v) for v in z], dtype=object)
        gap = e / e.sum() - np.array([mp.mpf(int(m == label)) for m in range(len(b))])
        delta = W.T.dot(gap) * slope
        for total, part in zip(
            totals, (np.outer(delta, x), delta, np.outer(gap, h), gap), strict=True
        ):
            total += part / len(X)
    return totals


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("scale", [0.1, 1.0, 4.0], ids=["soft", "ordinary", "extreme"])
def test_every_gradient_has_twelve_digits(activation, scale):
    X, labels, parameters = network(seed=7, scale=scale)
    _, gradients = two_layer_loss_and_gradients(X, labels, *parameters, activation)
    for got, wanted in zip(
        gradients, exact_gradients(X, labels, parameters, activation), strict=True
    ):
        size = float(abs(wanted).max())
        np.testing.assert_allclose(got, wanted.astype(float), rtol=1e-11, atol=1e-13 * size)


def test_a_saturated_tanh_keeps_the_digits_that_one_minus_h_squared_loses():
    x, V, c = np.array([[1.0, 2.0]]), np.array([[10.0, 5.0]]), np.array([0.5])  # a = 20.5
    W, b = np.array([[1.0], [-2.0], [0.5]]), np.zeros(3)
    _, gradients = two_layer_loss_and_gradients(x, [1], V, c, W, b, "tanh")
    (delta,) = exact_gradients(x, [1], (V, c, W, b), "tanh")[1]
    assert np.tanh(20.5) == 1.0
    assert gradients.c[0] == pytest.approx(float(delta), rel=1e-12)
    assert gradients.c[0] != 0


def test_logits_of_a_thousand_give_finite_gradients_and_the_exact_gap():
    x, V, c = np.array([[1.0, -1.0]]), np.array([[500.0, 0.0], [0.0, 1.0], [1.0, 1.0]]), np.zeros(3)
    W, b = np.array([[2.0, 1.0, 1.0], [0.0, 3.0, 0.0]]), np.zeros(2)  # z = (1000, 0)
    loss, gradients = two_layer_loss_and_gradients(x, [1], V, c, W, b)
    assert loss == 1000
    assert gradients.b.tolist() == [1, -1]
    assert gradients.c.tolist() == [2, 0, 0]  # the second and the third unit are off
    assert gradients.V.tolist() == [[2, -2], [0, 0], [0, 0]]


def test_at_the_kink_the_slope_is_0():
    x, V, c = np.array([[1.0, 1.0]]), np.array([[1.0, -1.0]]), np.zeros(1)  # a = 0
    _, gradients = two_layer_loss_and_gradients(x, [0], V, c, [[1.0], [2.0]], [0.0, 0.0])
    assert gradients.c.tolist() == [0]


def test_soft_targets_are_taken_as_labels_are(one_hot):
    X, labels, parameters = network()
    hard = two_layer_loss_and_gradients(X, labels, *parameters)
    soft = two_layer_loss_and_gradients(X, one_hot(labels, K), *parameters)
    assert soft[0] == pytest.approx(hard[0], rel=1e-14)
    for first, second in zip(hard[1], soft[1], strict=True):
        np.testing.assert_allclose(first, second, rtol=1e-12, atol=1e-15)


def test_the_forward_pass_is_what_it_says():
    X, _, (V, c, W, b) = network()
    h = hidden_layer(X, V, c)
    assert h.shape == (N, M)
    assert (h >= 0).all()
    np.testing.assert_array_equal(h > 0, X @ V.T + c > 0)
    np.testing.assert_allclose(two_layer_logits(X, V, c, W, b), h @ W.T + b, rtol=1e-13)
    np.testing.assert_array_equal(two_layer_logits(X[2], V, c, W, b).shape, (K,))
    np.testing.assert_allclose(hidden_layer(X, V, c, "tanh"), np.tanh(X @ V.T + c), rtol=1e-13)


def test_the_input_gradient_is_the_gap_seen_through_each_column():
    rng = np.random.default_rng(2)
    W, b, G = rng.normal(size=(K, D)), rng.normal(size=K), rng.normal(size=(N, K))
    expected = [[(W[:, q] * g).sum() for q in range(D)] for g in G]
    np.testing.assert_allclose(linear_input_gradient(W, G), expected, rtol=1e-13)
    x = rng.normal(size=D)
    z = W @ x + b
    slopes = numerical_gradient(lambda x: cross_entropy(W @ x + b, 1), x)
    gap = np.exp(z) / np.exp(z).sum() - np.eye(K)[1]
    np.testing.assert_allclose(linear_input_gradient(W, gap), slopes, rtol=1e-7)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_float32_stays_float32_and_is_near(activation):
    X, labels, parameters = network()
    single = network(dtype=np.float32)
    loss, gradients = two_layer_loss_and_gradients(X, labels, *parameters, activation)
    small, small_gradients = two_layer_loss_and_gradients(single[0], labels, *single[2], activation)
    assert small.dtype == np.float32
    assert small == pytest.approx(loss, rel=1e-5)
    for got, wanted in zip(small_gradients, gradients, strict=True):
        assert got.dtype == np.float32
        np.testing.assert_allclose(got, wanted, rtol=2e-4, atol=1e-6)


def exclusive_or():
    """Two classes that no straight border parts, three times as many points as corners."""
    corners = np.array([[0, 0], [1, 1], [0, 1], [1, 0]], float)
    return np.concatenate([corners, corners + 0.1, corners - 0.1]), np.tile([0, 0, 1, 1], 3)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_training_learns_what_no_straight_border_can(activation):
    X, labels = exclusive_or()
    parameters, losses = fit_two_layers(X, labels, 8, 0.5, 400, activation)
    assert losses.shape == (401,)
    assert losses[-1] < 0.1 < losses[0]
    assert (two_layer_logits(X, *parameters, activation).argmax(axis=1) == labels).all()


def test_training_takes_the_steps_that_it_says():
    X, labels, _ = network()
    start, first = fit_two_layers(X, labels, M, 0.1, 0, seed=4)
    after, losses = fit_two_layers(X, labels, M, 0.1, 1, seed=4)
    loss, gradients = two_layer_loss_and_gradients(X, labels, *start)
    assert first == losses[0] == loss
    for before, gradient, now in zip(start, gradients, after, strict=True):
        np.testing.assert_array_equal(now, before - 0.1 * gradient)
    assert not np.array_equal(start.V, fit_two_layers(X, labels, M, 0.1, 0, seed=5)[0].V)


BAD = {
    "another activation": ({"activation": "sigmoid"}, "relu, tanh, got 'sigmoid'"),
    "V turned round": ({"V": np.ones((D, M))}, r"V must have shape \(M, 4\).*got \(4, 5\)"),
    "V a vector": ({"V": np.ones(D)}, r"V must have shape \(M, 4\).*got \(4,\)"),
    "c by feature": ({"c": np.ones(D)}, r"c must have shape \(5,\), got \(4,\)"),
    "W turned round": ({"W": np.ones((M, K))}, r"W must have shape \(K, M\).*got \(5, 3\)"),
    "b by unit": ({"b": np.ones(M)}, r"b must have shape \(3,\), got \(5,\)"),
    "a NaN in V": ({"V": np.full((M, D), np.nan)}, "V must be finite"),
    "an infinity in c": ({"c": np.full(M, np.inf)}, "c must be finite"),
    "a label too large": ({"targets": np.full(N, K)}, r"labels must lie in 0\.\.2"),
    "no example": ({"X": np.ones((0, D)), "targets": np.ones(0, int)}, "at least one example"),
}


@pytest.mark.parametrize(("changed", "message"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_named_with_what_came(changed, message):
    X, labels, parameters = network()
    given = {"X": X, "targets": labels, **dict(zip(NAMES, parameters, strict=True)), **changed}
    with pytest.raises(ValueError, match=message):
        two_layer_loss_and_gradients(**given)


@pytest.mark.parametrize(
    ("changed", "error", "message"),
    [
        ({"units": 0}, ValueError, "units must be at least 1, got 0"),
        ({"units": 2.0}, TypeError, "units must be an integer"),
        ({"steps": -1}, ValueError, "steps must be at least 0, got -1"),
        ({"seed": -1}, ValueError, "seed must be at least 0, got -1"),
        ({"learning_rate": 0.0}, ValueError, "learning_rate must be finite and greater than 0"),
        ({"learning_rate": 1e200, "steps": 3}, ValueError, "too large: step"),
        ({"activation": None}, ValueError, "relu, tanh, got None"),
        ({"X": np.ones(3)}, ValueError, r"X must have shape \(n, d\)"),
        ({"targets": np.full(N, 2020)}, ValueError, "number the classes from 0"),
    ],
)
def test_training_refuses_what_it_cannot_use(changed, error, message):
    X, labels, _ = network()
    given = {"X": X, "targets": labels, "units": M, "learning_rate": 0.1, "steps": 2, **changed}
    with pytest.raises(error, match=message):
        fit_two_layers(**given)


def test_inputs_are_never_written_to():
    X, labels, parameters = network()
    kept = [part.copy() for part in (X, labels, *parameters)]
    two_layer_loss_and_gradients(X, labels, *parameters)
    fit_two_layers(X, labels, M, 0.1, 2)
    for before, now in zip(kept, (X, labels, *parameters), strict=True):
        np.testing.assert_array_equal(before, now)
