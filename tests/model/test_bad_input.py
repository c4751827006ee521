"""Every bad input gets an error that says what was expected and what came."""

import re

import numpy as np
import pytest

from lessons.model import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    calibration_error,
    check_gradient,
    complex_step_gradient,
    cross_entropy,
    cross_entropy_gradient,
    distillation_loss,
    distillation_loss_gradient,
    fit,
    fit_temperature,
    fit_two_layers,
    focal_loss,
    focal_loss_gradient,
    hidden_layer,
    linear,
    linear_gradients,
    linear_input_gradient,
    log_sigmoid,
    log_softmax,
    loss_and_gradients,
    mean_cross_entropy_with_gradient,
    multilabel_cross_entropy,
    multilabel_cross_entropy_gradient,
    numerical_gradient,
    reliability,
    sigmoid,
    smoothed_cross_entropy,
    smoothed_cross_entropy_gradient,
    softmax,
    softmax_jacobian,
    tempered_cross_entropy,
    tempered_cross_entropy_gradient,
    two_layer_logits,
    two_layer_loss_and_gradients,
    weighted_cross_entropy,
    weighted_cross_entropy_gradient,
)

Z = np.array([[0.5, -1.0, 2.0], [1.0, 0.0, 0.25]])  # n = 2, K = 3
Y = np.array([[0.5, 0.25, 0.25], [0.0, 0.0, 1.0]])
X = np.array([[1.0, 2.0, 3.0, 4.0], [0.5, 0.0, -1.0, 1.0]])  # d = 4
W, B = np.arange(12.0).reshape(3, 4), np.zeros(3)
V, C, W_LAST = np.ones((5, 4)), np.zeros(5), np.ones((3, 5))  # M = 5 hidden units

of_numbers = {"sigmoid": sigmoid, "log_sigmoid": log_sigmoid}
of_logits = {f.__name__: f for f in (softmax, log_softmax, softmax_jacobian)}
of_pairs = {
    f.__name__: f for f in (cross_entropy, cross_entropy_gradient, mean_cross_entropy_with_gradient)
}
of_binary_pairs = {f.__name__: f for f in (binary_cross_entropy, binary_cross_entropy_gradient)}

# What no function takes as numbers: (input, error, part of the message).
NOT_NUMBERS = {
    "bool": ([True, False, True], TypeError, "got dtype bool"),
    "float16": (np.ones(3, np.float16), TypeError, "got dtype float16"),
    "longdouble": (np.ones(3, np.longdouble), TypeError, f"got dtype {np.dtype(np.longdouble)}"),
    "complex": (np.ones(3) + 0j, TypeError, "got dtype complex128"),
    "object": (np.array([1.0, 2.0, 3.0], dtype=object), TypeError, "got dtype object"),
    "None": (None, TypeError, "got dtype object"),
    "None inside": ([1.0, None, 2.0], TypeError, "got dtype object"),
    "string": ("0.5", TypeError, "got dtype <U3"),
    "list of strings": (["1", "2", "3"], TypeError, "got dtype <U1"),
    "dates": (np.array(["2024-01-01"] * 3, "M8[D]"), TypeError, r"got dtype datetime64\[D\]"),
    "ragged list": ([[1.0, 2.0], [3.0]], ValueError, "must be a rectangular array of numbers"),
    "masked": (np.ma.array([1.0, 2, 3], mask=[0, 1, 0]), TypeError, "plain array, got a masked"),
    "too large an integer": ([10**30, 0, 1], TypeError, "got dtype object"),
}
not_numbers = pytest.mark.parametrize(
    ("bad", "error", "message"), NOT_NUMBERS.values(), ids=NOT_NUMBERS
)


def in_every_place():
    """Give each public function with each of its array arguments replaced in turn."""
    calls = {name: [f, Z[0]] for name, f in (of_numbers | of_logits).items()}
    calls |= {name: [f, Z[0], Y[0]] for name, f in (of_binary_pairs | of_pairs).items()}
    for f in (tempered_cross_entropy, tempered_cross_entropy_gradient):
        calls[f.__name__] = [lambda z, y, f=f: f(z, y, 2.0), Z[0], Y[0]]
    for f in (distillation_loss, distillation_loss_gradient):
        calls[f.__name__] = [lambda z, v, f=f: f(z, v, 2.0), Z[0], Y[0]]
    for f in (multilabel_cross_entropy, multilabel_cross_entropy_gradient):
        calls[f.__name__] = [f, Z[0], Y[0]]
    for f in (
        *(smoothed_cross_entropy, smoothed_cross_entropy_gradient),
        *(focal_loss, focal_loss_gradient),
    ):
        calls[f.__name__] = [lambda z, f=f: f(z, 2, 0.5), Z[0]]
    for f in (weighted_cross_entropy, weighted_cross_entropy_gradient):
        calls[f.__name__] = [lambda z, w, f=f: f(z, 2, w), Z[0], Y[0]]
    for f in (reliability, calibration_error, fit_temperature):
        calls[f.__name__] = [lambda z, f=f: f(z, [2, 1]), Z]
    calls["linear"] = [linear, X, W, B]
    calls["linear_gradients"] = [linear_gradients, X, Z]
    calls["linear_input_gradient"] = [linear_input_gradient, W, Z]
    calls["hidden_layer"] = [hidden_layer, X, V, C]
    calls["two_layer_logits"] = [two_layer_logits, X, V, C, W_LAST, B]
    calls["two_layer_loss_and_gradients"] = [
        two_layer_loss_and_gradients,
        *(X[0], Y[0], V, C, W_LAST, B),
    ]
    calls["loss_and_gradients"] = [loss_and_gradients, X[0], Y[0], W, B]
    calls["fit"] = [lambda X: fit(X, [0, 2], 0.1, 2), X]
    calls["numerical_gradient"] = [lambda x: numerical_gradient(np.sum, x), X]
    calls["complex_step_gradient"] = [lambda x: complex_step_gradient(np.sum, x), X]
    calls["check_gradient"] = [lambda x: check_gradient(np.sum, np.ones(3), x), X]
    for name, (function, *arguments) in calls.items():
        for place in range(len(arguments)):
            yield pytest.param(function, arguments, place, id=f"{name}-{place}")


everywhere = pytest.mark.parametrize(("function", "arguments", "place"), list(in_every_place()))


@not_numbers
@everywhere
def test_what_is_no_array_of_numbers_is_refused_everywhere(
    function, arguments, place, bad, error, message
):
    function(*arguments)  # passes as it is
    replaced = [*arguments[:place], bad, *arguments[place + 1 :]]
    with pytest.raises(error, match=message):
        function(*replaced)


@everywhere
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    "values",
    [[np.nan], [np.inf], [-np.inf], [-np.inf, np.inf]],
    ids=lambda v: "and".join(map(str, v)),
)
def test_what_is_not_finite_is_refused_everywhere_and_its_place_named(
    function, arguments, place, values, dtype
):
    bad = np.array(arguments[place], dtype)
    bad.flat[1 : 1 + len(values)] = values
    index = [int(i) for i in np.unravel_index(1, bad.shape)]
    with pytest.raises(ValueError, match=re.escape(f"finite, got {values[0]} at index {index}")):
        function(*arguments[:place], bad, *arguments[place + 1 :])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_culprit_is_named_also_where_it_meets_zeros_or_nothing(dtype):
    zeros, none = np.zeros((5, 3), dtype), np.zeros((3, 0), dtype)
    x = np.zeros((5, 4), dtype)
    x[4, 3] = np.inf
    for call in (
        lambda: linear(x, np.zeros((3, 4)), np.zeros(3)),
        lambda: linear(x, np.zeros((0, 4)), np.zeros(0)),
        lambda: linear_gradients(x, zeros),
        lambda: linear_gradients(x, zeros[:, :0]),
    ):
        with pytest.raises(ValueError, match=r"x must be finite, got inf at index \[4, 3\]"):
            call()
    with pytest.raises(ValueError, match="b must be finite, got nan"):
        linear(np.zeros((0, 4)), np.zeros((3, 4)), [0, np.nan, 0])
    with pytest.raises(ValueError, match="W must be finite, got nan"):
        linear(np.zeros((0, 4)), np.full((3, 4), np.nan), np.zeros(3))
    with pytest.raises(ValueError, match="grad_logits must be finite, got nan"):
        linear_gradients(none, np.full((3, 2), np.nan))


def test_finite_inputs_whose_product_overflows_are_refused_without_a_warning():
    huge = np.full((2, 2), 1e300)
    for call in (
        lambda: linear(huge, huge, np.zeros(2)),
        lambda: linear(huge, -huge, np.zeros(2)),
        lambda: loss_and_gradients(huge, [0, 1], huge, np.zeros(2)),
    ):
        with pytest.raises(ValueError, match=r"logits must not overflow, got -?inf at index"):
            call()
    with pytest.raises(ValueError, match=r"grad_W must not overflow, got inf at index \[0, 0\]"):
        linear_gradients(huge, huge)
    with pytest.raises(ValueError, match=r"grad_b must not overflow, got inf at index \[0\]"):
        linear_gradients(np.zeros((2, 1)), np.full((2, 3), 1e308))


BAD_TARGETS = {
    "label −1": ([0, -1], ValueError, r"labels must lie in 0..2, got -1 at index \[1\]"),
    "label K": ([3, 0], ValueError, r"labels must lie in 0..2, got 3 at index \[0\]"),
    "label 1.5": ([1.5, 0.0], ValueError, r"shape \(2, 3\), got \(2,\); labels must be integers"),
    "labels as whole floats": ([1.0, 0.0], ValueError, "labels must be integers"),
    "bool labels": ([True, False], TypeError, "got dtype bool"),
    "one label too many": ([0, 1, 2], ValueError, r"of shape \(2,\), got \(3,\)"),
    "one label for all": (1, ValueError, r"of shape \(2,\), got \(\)"),
    "a column of labels": ([[0], [1]], ValueError, r"of shape \(2,\), got \(2, 1\)"),
    "integer one-hot": ([[0, 1, 0], [1, 0, 0]], ValueError, "probabilities must be floating"),
    "bool one-hot": (np.eye(3, dtype=bool)[:2], TypeError, "integer labels or float32 or float64"),
    "sum below 1": ([[0.5, 0.25, 0.2], [0, 0, 1.0]], ValueError, r"sum to 1 .* at index \[0\]"),
    "sum above 1": ([[0, 0, 1.0], [0.5, 0.6, 0]], ValueError, r"sum to 1 .* 1.1 at index \[1\]"),
    "sum off by 1e−13": (Y * (1 + 1e-13), ValueError, "must sum to 1"),
    "float32 targets as float64": (
        Y.astype("f").astype(float) * (1 + 1e-7),
        ValueError,
        "must sum to 1 over the classes: divide them by their sum, got 1.0",
    ),
    "float32 sum off by 1e−5": ((Y * (1 + 1e-5)).astype("f"), ValueError, "must sum to 1"),
    "huge": ([[1e308, 1e308, 0], [0, 0, 1.0]], ValueError, r"sum to 1 .* inf at index \[0\]"),
    "all zero": (np.zeros((2, 3)), ValueError, "must sum to 1 over the classes, got 0.0"),
    "negative": (
        [[1.5, -0.5, 0], [0, 0, 1.0]],
        ValueError,
        r"negative, got -0.5 at index \[0, 1\]",
    ),
    "targets NaN": ([[np.nan, 0.5, 0.5], [0, 0, 1.0]], ValueError, r"finite, got nan .*\[0, 0\]"),
    "targets infinite": ([[0, 0, np.inf], [0, 0, 1.0]], ValueError, "targets must be finite"),
    "K − 1 probabilities": ([[0.5, 0.5], [1.0, 0]], ValueError, r"shape \(2, 3\), got \(2, 2\)"),
    "transposed": (Y.T, ValueError, r"the logits' shape \(2, 3\), got \(3, 2\)"),
    "one row for all": (Y[1], ValueError, r"the logits' shape \(2, 3\), got \(3,\)"),
    "float16 targets": (Y.astype(np.float16), TypeError, "got dtype float16"),
    "complex targets": (Y + 0j, TypeError, "got dtype complex128"),
    "None": (None, TypeError, "integer labels or float32 or float64"),
    "string": ("cat", TypeError, "got dtype <U3"),
    "ragged": ([[0.5, 0.5], [1.0]], ValueError, "targets must be a rectangular array"),
    "object": (np.array([0, 1], dtype=object), TypeError, "got dtype object"),
    "masked": (np.ma.array([0, 1], mask=[0, 1]), TypeError, "targets must be a plain array"),
}


@pytest.mark.parametrize("function", of_pairs.values(), ids=of_pairs)
@pytest.mark.parametrize(("targets", "error", "message"), BAD_TARGETS.values(), ids=BAD_TARGETS)
def test_bad_class_targets_are_refused(function, targets, error, message):
    with pytest.raises(error, match=message):
        function(Z, targets)
    with pytest.raises(error, match=message):
        loss_and_gradients(X, targets, W, B)


@pytest.mark.parametrize("name", sorted(BAD_TARGETS.keys() - {"label K", "K − 1 probabilities"}))
def test_training_refuses_bad_targets_and_takes_the_number_of_classes_from_good_ones(name):
    targets, error, _ = BAD_TARGETS[name]
    with pytest.raises(error, match=r"targets|labels"):
        fit(X, targets, 0.1, 2)
    assert len(fit(X, [3, 0], 0.1, 2)[0]) == 4
    assert len(fit(X, [[0.5, 0.5], [1.0, 0]], 0.1, 2)[0]) == 2


@pytest.mark.parametrize("function", of_binary_pairs.values(), ids=of_binary_pairs)
@pytest.mark.parametrize(
    ("targets", "message"),
    {
        "above 1": ([0.5, 1.0000001], r"lie in \[0, 1\], got 1.0000001 at index \[1\]"),
        "below 0": ([-1e-300, 0.5], r"lie in \[0, 1\], got -1e-300 at index \[0\]"),
        "label 2": ([2, 0], r"lie in \[0, 1\], got 2.0 at index \[0\]"),
        "one for all": (1.0, r"targets must have shape \(2,\), got \(\)"),
        "too many": ([0.5, 0.5, 0.5], r"targets must have shape \(2,\), got \(3,\)"),
        "a column": ([[0.5], [0.5]], r"targets must have shape \(2,\), got \(2, 1\)"),
    }.values(),
)
def test_bad_binary_targets_are_refused(function, targets, message):
    with pytest.raises(ValueError, match=message):
        function([0.5, -0.5], targets)


@pytest.mark.parametrize("function", (of_logits | of_pairs).values(), ids=of_logits | of_pairs)
def test_logits_need_an_axis_with_at_least_one_class(function):
    targets = [] if function.__name__ in of_logits else [0]
    with pytest.raises(ValueError, match="axis of classes, got a single number"):
        function(1.0, *targets)
    with pytest.raises(ValueError, match=r"at least one class, got shape \(2, 0\)"):
        function(np.empty((2, 0)), *targets)
    with pytest.raises(ValueError, match="differ by less than the largest float64"):
        function([1e308, -1e308], *targets)


@pytest.mark.parametrize("function", [softmax, log_softmax])
def test_an_axis_that_does_not_exist_is_refused(function):
    for axis in (2, -3):
        with pytest.raises(ValueError, match=f"axis {axis} is out of bounds"):
            function(Z, axis=axis)
    for axis in (1.0, "last", None, (0, 1), True):
        with pytest.raises(TypeError, match="axis must be an integer, got"):
            function(Z, axis=axis)


def test_a_bad_logit_in_a_late_block_is_found_before_anything_is_returned():
    logits = np.zeros((2, 90_000, 3))
    labels = np.zeros((2, 90_000), int)
    for bad in (np.nan, np.inf, -np.inf):
        logits[1, 80_000, 2] = bad
        with pytest.raises(ValueError, match=rf"got {bad} at index \[1, 80000, 2\]"):
            mean_cross_entropy_with_gradient(logits, labels)


def test_one_class_is_certain_and_costs_nothing():
    logits, labels = np.array([[3.0], [-800.0]]), [0, 0]
    assert softmax(logits).tolist() == [[1.0], [1.0]]
    assert log_softmax(logits).tolist() == [[0.0], [0.0]]
    assert softmax_jacobian(logits).tolist() == [[[0.0]], [[0.0]]]
    for targets in (labels, np.ones((2, 1))):
        assert cross_entropy(logits, targets).tolist() == [0.0, 0.0]
        assert cross_entropy_gradient(logits, targets).tolist() == [[0.0], [0.0]]
        loss, gradient = mean_cross_entropy_with_gradient(logits, targets)
        assert (loss, gradient.tolist()) == (0.0, [[0.0], [0.0]])


def test_empty_arrays_give_empty_arrays():
    for function in (sigmoid, log_sigmoid):
        assert function([]).shape == function(np.empty(0)).shape == (0,)
    for function in of_binary_pairs.values():
        assert function([], []).shape == (0,)
    none = np.empty((0, 3))
    assert softmax(none).shape == log_softmax(none).shape == (0, 3)
    assert softmax_jacobian(none).shape == (0, 3, 3)
    for targets in (np.empty(0, int), none):
        assert cross_entropy(none, targets).shape == (0,)
        assert cross_entropy_gradient(none, targets).shape == (0, 3)
    assert linear(np.empty((0, 4)), W, B).shape == (0, 3)
    grad_W, grad_b = linear_gradients(np.empty((0, 4)), none)
    assert grad_W.tolist() == np.zeros((3, 4)).tolist()
    assert grad_b.tolist() == [0.0, 0.0, 0.0]
    assert numerical_gradient(np.sum, []).shape == complex_step_gradient(np.sum, []).shape == (0,)


@pytest.mark.parametrize("targets", [np.empty(0, int), np.empty((0, 3))])
def test_the_mean_over_no_example_is_refused(targets):
    with pytest.raises(ValueError, match=r"at least one example, got logits of shape \(0, 3\)"):
        mean_cross_entropy_with_gradient(np.empty((0, 3)), targets)
    with pytest.raises(ValueError, match="at least one example"):
        loss_and_gradients(np.empty((0, 4)), targets, W, B)
    with pytest.raises(ValueError, match="at least one example"):
        fit(np.empty((0, 4)), targets, 0.1, 5)


BAD_SHAPES = {
    "x is a number": (linear, (1.0, W, B), "x must have shape"),
    "W is (d, K)": (linear, (X, W.T, B), r"W must have shape \(K, 4\).*got \(4, 3\)"),
    "W is a vector": (linear, (X, W[0], B), r"W must have shape \(K, 4\).*got \(4,\)"),
    "W has a batch": (linear, (X, W[np.newaxis], B), r"got \(1, 3, 4\)"),
    "b is one number": (linear, (X, W, 0.0), r"b must have shape \(3,\), got \(\)"),
    "b is as long as x": (linear, (X, W, np.zeros(4)), r"b must have shape \(3,\), got \(4,\)"),
    "b is a column": (linear, (X, W, np.zeros((3, 1))), r"b must have shape \(3,\), got \(3, 1\)"),
    "gradient of another batch": (linear_gradients, (X, Z[:1]), r"\(2, 'K'\), got \(1, 3\)"),
    "gradient of one example": (linear_gradients, (X, Z[0]), r"one row per example.*got \(3,\)"),
    "gradient is a number": (linear_gradients, (X[0], 1.0), "grad_logits must have shape"),
    "features are a number": (linear_gradients, (1.0, Z[0]), "x must have shape"),
}


@pytest.mark.parametrize(("function", "arguments", "message"), BAD_SHAPES.values(), ids=BAD_SHAPES)
def test_shapes_that_do_not_match_are_refused(function, arguments, message):
    with pytest.raises(ValueError, match=message):
        function(*arguments)


BAD_SETTINGS = {
    "learning rate beyond float64": ((10**400, 5), {}, ValueError, "an integer of 1329 bits"),
    "steps beyond memory": ((0.1, 10**30), {}, ValueError, f"at most 100000000, got {10**30}"),
    "steps that cannot be printed": ((0.1, 10**5000), {}, ValueError, "an integer of 16610 bits"),
    "classes beyond memory": (
        *((0.1, 5), {"classes": 10**15}, ValueError),
        f"classes must be at most 25000000, got {10**15}",
    ),
    "learning rate 0": ((0, 5), {}, ValueError, "learning_rate .* greater than 0, got 0"),
    "learning rate negative": ((-0.1, 5), {}, ValueError, "greater than 0, got -0.1"),
    "learning rate NaN": ((np.nan, 5), {}, ValueError, "finite and greater than 0, got nan"),
    "learning rate infinite": ((np.inf, 5), {}, ValueError, "finite and greater than 0, got inf"),
    "learning rate bool": ((True, 5), {}, TypeError, "learning_rate must be a real number"),
    "learning rate string": (("0.1", 5), {}, TypeError, "must be a real number, got '0.1'"),
    "learning rate array": (([0.1], 5), {}, TypeError, r"must be a real number, got \[0.1\]"),
    "steps negative": ((0.1, -1), {}, ValueError, "steps must be at least 0, got -1"),
    "steps fractional": ((0.1, 2.0), {}, TypeError, "steps must be an integer, got 2.0"),
    "steps bool": ((0.1, True), {}, TypeError, "steps must be an integer, got True"),
    "l2 negative": ((0.1, 5), {"l2": -1e-9}, ValueError, "l2 must be finite and at least 0"),
    "l2 NaN": ((0.1, 5), {"l2": np.nan}, ValueError, "l2 must be finite and at least 0, got nan"),
    "l2 None": ((0.1, 5), {"l2": None}, TypeError, "l2 must be a real number, got None"),
}


@pytest.mark.parametrize(
    ("settings", "keywords", "error", "message"), BAD_SETTINGS.values(), ids=BAD_SETTINGS
)
def test_bad_settings_of_the_training_are_refused(settings, keywords, error, message):
    with pytest.raises(error, match=message):
        fit(X, [0, 2], *settings, **keywords)


@pytest.mark.parametrize(
    ("targets", "message"),
    [
        ([0.0, 2.0], r"got floating numbers of shape \(2,\); labels must be integers"),
        ([], r"targets must be of 2 examples as X, got shape \(0,\)"),
        ([0, 1, 2], r"targets must be of 2 examples as X, got shape \(3,\)"),
        (1, r"targets must be of 2 examples as X, got shape \(\)"),
        (np.eye(3), r"targets must be of 2 examples as X, got shape \(3, 3\)"),
    ],
)
@pytest.mark.parametrize("units", [(), (5,)])
def test_targets_that_are_not_of_these_examples_are_named(targets, message, units):
    with pytest.raises(ValueError, match=message):
        (fit_two_layers if units else fit)(X, targets, *units, 0.1, 2)


@pytest.mark.parametrize("number", [1e-46, 1e-40, 1e39, 1e308])
def test_a_number_that_float32_cannot_hold_is_refused_and_in_float64_it_is_not(number):
    x, z = X.astype(np.float32), Z.astype(np.float32)
    calls = {
        "learning_rate": lambda: (
            fit(x, [0, 2], number, 0),
            fit_two_layers(x, [0, 2], 5, number, 0),
        ),
        "l2": lambda: fit(x, [0, 2], 0.1, 0, l2=number),
        "temperature": lambda: (
            tempered_cross_entropy(z, [0, 2], number),
            distillation_loss_gradient(z, z, number),
        ),
        "gamma": lambda: focal_loss(z, [0, 2], number),
    }
    for name, call in calls.items():
        with pytest.raises(ValueError, match=f"{name} must lie within what float32 can hold"):
            call()
    x, z = X, np.zeros((2, 3))
    for call in calls.values():
        call()
    assert fit(X.astype(np.float32), [0, 2], 0.1, 1, l2=0)[0].dtype == np.float32


def test_what_makes_the_training_overflow_is_named():
    with pytest.raises(
        ValueError, match=r"l2 1e\+308 is too large for learning_rate 0\.1: .* at most 2"
    ):
        fit(X, [0, 2], 0.1, 5, l2=1e308)
    with pytest.raises(ValueError, match=r"learning_rate 1e\+308 is too large"):
        fit(X, [0, 2], 1e308, 5, l2=0)
    assert np.isfinite(fit(X, [0, 2], 0.1, 400, l2=19.9)[2]).all()  # 1.99 shrinks the weights yet


def test_a_result_that_no_number_can_hold_is_refused():
    for call, message in (
        (lambda: distillation_loss(Z, Z, 1e155), r"T² with temperature 1e\+155 must not overflow"),
        (lambda: distillation_loss(Z, Z, 1e308), "must not overflow"),
        (
            lambda: weighted_cross_entropy(Z, [1, 1], [1e308] * 3),
            "weighted losses must not overflow",
        ),
        (lambda: tempered_cross_entropy_gradient(0 * Z, [0, 2], 1e-310), "must not overflow"),
    ):
        with pytest.raises(ValueError, match=message):
            call()


@pytest.mark.parametrize(
    "call",
    [
        lambda n: reliability(Z, [2, 1], n),
        lambda n: calibration_error(Z, [2, 1], n),
        lambda n: fit_two_layers(X, [0, 2], n, 0.1, 2),
        lambda n: fit_two_layers(X, [0, 2], 5, 0.1, n),
        lambda n: fit_two_layers(X, [0, 2], 5, 0.1, 2, classes=n),
    ],
)
@pytest.mark.parametrize("number", [10**15, 10**30, 10**5000], ids=["10^15", "10^30", "10^5000"])
def test_counts_beyond_any_memory_are_refused(call, number):
    with pytest.raises(
        ValueError, match=r"must be at most \d+, got (10+|an integer of 16610 bits)$"
    ):
        call(number)


@pytest.mark.parametrize("h", [1e-17, 1e-300, 1e308])
def test_a_step_that_moves_x_nowhere_or_out_of_all_numbers_is_refused(h):
    with pytest.raises(
        ValueError, match=r"h must move x to finite numbers, got .* at x\[0, 0\] = 1"
    ):
        numerical_gradient(np.sum, X, h=h)


def test_training_that_overflows_says_so():
    with pytest.raises(
        ValueError, match=r"learning_rate 1000\.0 is too large: step \d+ overflowed"
    ):
        fit(X, [0, 2], 1000.0, 1000, l2=1.0)


@pytest.mark.parametrize("h", [0, -1e-6, np.nan, np.inf])
def test_a_step_that_is_not_positive_is_refused(h):
    with pytest.raises(ValueError, match="h must be finite and greater than 0"):
        numerical_gradient(np.sum, X, h=h)


@pytest.mark.parametrize("tolerance", [0, -1e-6, np.nan, 1, np.inf])
def test_a_tolerance_outside_0_to_1_is_refused(tolerance):
    with pytest.raises(
        ValueError, match=r"tolerance must be (finite and greater than 0|less than 1), got"
    ):
        check_gradient(np.sum, np.ones_like(X), X, tolerance=tolerance)
