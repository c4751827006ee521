"""Shapes, dtypes and memory: any batch, float32 kept, inputs untouched, results contiguous."""

import tracemalloc

import numpy as np
import pytest

import lessons.model as model

N, K, D = 5, 3, 4
RNG = np.random.default_rng(3)
LOGITS = RNG.normal(size=(N, K)) * 3
LABELS = np.array([0, 2, 1, 1, 0])
PROBABILITIES = np.array([[0.2, 0.3, 0.5], [1, 0, 0], [0, 0.25, 0.75], [0.5, 0.5, 0], [0, 0, 1]])
BINARY_TARGETS = np.array([[0, 0.25, 1]] * N)
X, W, B = RNG.normal(size=(N, D)), RNG.normal(size=(K, D)), RNG.normal(size=K)

CALLS = {
    "sigmoid": (model.sigmoid, LOGITS),
    "log_sigmoid": (model.log_sigmoid, LOGITS),
    "softmax": (model.softmax, LOGITS),
    "log_softmax": (model.log_softmax, LOGITS),
    "softmax_jacobian": (model.softmax_jacobian, LOGITS),
    "binary_cross_entropy": (model.binary_cross_entropy, LOGITS, BINARY_TARGETS),
    "binary_gradient": (model.binary_cross_entropy_gradient, LOGITS, BINARY_TARGETS),
    "cross_entropy[labels]": (model.cross_entropy, LOGITS, LABELS),
    "cross_entropy[probabilities]": (model.cross_entropy, LOGITS, PROBABILITIES),
    "gradient[labels]": (model.cross_entropy_gradient, LOGITS, LABELS),
    "gradient[probabilities]": (model.cross_entropy_gradient, LOGITS, PROBABILITIES),
    "mean[labels]": (model.mean_cross_entropy_with_gradient, LOGITS, LABELS),
    "mean[labels, shifted]": (model.mean_cross_entropy_with_gradient, LOGITS * 200, LABELS),
    "mean[probabilities]": (model.mean_cross_entropy_with_gradient, LOGITS, PROBABILITIES),
    "tempered_cross_entropy": (lambda z: model.tempered_cross_entropy(z, LABELS, 2.0), LOGITS),
    "tempered_cross_entropy_gradient": (
        lambda z, y: model.tempered_cross_entropy_gradient(z, y, 2.0),
        LOGITS,
        PROBABILITIES,
    ),
    "smoothed_cross_entropy": (lambda z: model.smoothed_cross_entropy(z, LABELS, 0.3), LOGITS),
    "smoothed_cross_entropy_gradient": (
        lambda z: model.smoothed_cross_entropy_gradient(z, LABELS, 0.3),
        LOGITS,
    ),
    "weighted": (model.weighted_cross_entropy, LOGITS, LABELS, B**2),
    "weighted, gradient": (model.weighted_cross_entropy_gradient, LOGITS, LABELS, B**2),
    "focal_loss": (lambda z: model.focal_loss(z, LABELS, 1.5), LOGITS),
    "focal_loss_gradient": (lambda z: model.focal_loss_gradient(z, LABELS, 1.5), LOGITS),
    "multilabel": (model.multilabel_cross_entropy, LOGITS, BINARY_TARGETS),
    "multilabel, gradient": (model.multilabel_cross_entropy_gradient, LOGITS, BINARY_TARGETS),
    "distillation_loss": (
        lambda z, v: model.distillation_loss(z, v, 2.0),
        LOGITS,
        LOGITS[::-1].copy(),
    ),
    "distillation_loss_gradient": (
        lambda z, v: model.distillation_loss_gradient(z, v, 2.0),
        LOGITS,
        LOGITS[::-1].copy(),
    ),
    "reliability": (model.reliability, LOGITS, LABELS),
    "calibration_error": (model.calibration_error, LOGITS, LABELS),
    "fit_temperature": (model.fit_temperature, LOGITS, LABELS),
    "linear": (model.linear, X, W, B),
    "linear_gradients": (model.linear_gradients, X, LOGITS),
    "loss_and_gradients": (model.loss_and_gradients, X, LABELS, W, B),
    "fit": (lambda X, y: model.fit(X, y, 0.1, 3), X, LABELS),
    "numerical_gradient": (lambda x: model.numerical_gradient(np.sum, x), X),
    "complex_step_gradient": (lambda x: model.complex_step_gradient(np.sum, x), X),
}
every_function = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
TWO_FLOATING = {
    name: call for name, call in CALLS.items() if any(a.dtype.kind == "f" for a in call[2:])
}


def results_of(function, *arguments):
    result = function(*arguments)
    return [np.asarray(r) for r in (result if isinstance(result, tuple) else (result,))]


def converted(arguments, change):
    """Apply a change to the floating arguments, and leave labels as they are."""
    return [change(a) if a.dtype.kind == "f" else a.copy() for a in arguments]


def test_every_public_function_is_in_the_table_above():
    tested = {call[0].__name__ for call in CALLS.values()} | set(CALLS)
    assert set(model.__all__) - tested == {"check_gradient"}  # it returns no array


@every_function
def test_float32_is_kept_and_float64_is_kept(call):
    function, *arguments = call
    for dtype in (np.float32, np.float64):
        results = results_of(function, *converted(arguments, lambda a, d=dtype: a.astype(d)))
        assert [r.dtype for r in results] == [dtype] * len(results)


@pytest.mark.parametrize("call", TWO_FLOATING.values(), ids=TWO_FLOATING)
def test_float32_and_float64_together_give_float64(call):
    function, first, *others = call
    for dtypes in ((np.float32, np.float64), (np.float64, np.float32)):
        mixed = [first.astype(dtypes[0]), *converted(others, lambda a, d=dtypes[1]: a.astype(d))]
        results = results_of(function, *mixed)
        assert [r.dtype for r in results] == [np.float64] * len(results)


@every_function
def test_inputs_are_never_written_to(call):
    function, *arguments = call
    frozen = [a.copy() for a in arguments]
    for a in frozen:
        a.flags.writeable = False
    results = results_of(function, *frozen)
    for before, after in zip(arguments, frozen, strict=True):
        np.testing.assert_array_equal(after, before)
    assert not any(np.shares_memory(r, a) for r in results for a in frozen)


@every_function
@pytest.mark.parametrize("layout", ["transposed", "strided", "reversed", "swapped bytes"])
def test_results_are_contiguous_and_do_not_depend_on_the_layout_of_the_input(call, layout):
    function, *arguments = call
    change = {
        "transposed": np.asfortranarray,
        "strided": lambda a: np.repeat(a, 2, axis=-1)[..., ::2],
        "reversed": lambda a: a[..., ::-1].copy()[..., ::-1],
        "swapped bytes": lambda a: a.astype(a.dtype.newbyteorder()),
    }[layout]
    expected = results_of(function, *arguments)
    for got, want in zip(
        results_of(function, *converted(arguments, change)), expected, strict=True
    ):
        np.testing.assert_allclose(got, want, rtol=1e-14)
        assert got.flags.c_contiguous
        assert got.dtype.isnative


@pytest.mark.parametrize("batch", [(), (1,), (2, 3), (2, 0), (0,)])
def test_any_leading_shape_is_a_batch(batch):
    logits = np.random.default_rng(1).normal(size=(*batch, K))
    labels = np.arange(int(np.prod(batch))).reshape(batch) % K
    probabilities = model.softmax(logits * 2)
    assert model.softmax(logits).shape == model.log_softmax(logits).shape == (*batch, K)
    assert model.softmax_jacobian(logits).shape == (*batch, K, K)
    for targets in (labels, probabilities):
        losses = model.cross_entropy(logits, targets)
        gradient = model.cross_entropy_gradient(logits, targets)
        assert losses.shape == batch
        assert gradient.shape == (*batch, K)
        if losses.size:
            mean, mean_gradient = model.mean_cross_entropy_with_gradient(logits, targets)
            assert np.shape(mean) == ()
            np.testing.assert_allclose(mean, losses.mean(), rtol=1e-14)
            np.testing.assert_allclose(mean_gradient, gradient / losses.size, rtol=1e-14)


@pytest.mark.parametrize("axis", [0, 1, 2, -1, -3])
def test_axis_names_the_axis_of_the_classes(axis):
    z = np.random.default_rng(2).normal(size=(3, 4, 5)) * 10
    for function in (model.softmax, model.log_softmax):
        moved = function(np.moveaxis(z, axis, -1))
        np.testing.assert_allclose(function(z, axis=axis), np.moveaxis(moved, -1, axis), rtol=1e-14)
    np.testing.assert_allclose(model.softmax(z, axis=axis).sum(axis=axis), 1, rtol=1e-15)


def test_integer_logits_become_float64():
    assert model.softmax([1, 2, 3]).dtype == np.float64
    np.testing.assert_array_equal(model.sigmoid([-1, 0, 2]), model.sigmoid([-1.0, 0.0, 2.0]))
    assert model.softmax(np.asfortranarray([[1, 2, 3], [0, 0, 1]])).flags.c_contiguous
    logits = np.array([[3, -1, 0]], dtype=np.int8)
    np.testing.assert_array_equal(
        model.cross_entropy_gradient(logits, [2]), model.cross_entropy_gradient(logits * 1.0, [2])
    )


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.uint64, ">i4"])
def test_labels_may_be_integers_of_any_width(dtype):
    labels = LABELS.astype(dtype)
    got = model.mean_cross_entropy_with_gradient(LOGITS, labels)[1]
    np.testing.assert_array_equal(got, model.mean_cross_entropy_with_gradient(LOGITS, LABELS)[1])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("classes", [2, 10, 100, 5000])
@pytest.mark.parametrize("outlier", [None, 0, 1e4, -1e4])
def test_batches_of_many_blocks_equal_the_loop_over_examples(classes, dtype, outlier):
    rng = np.random.default_rng(classes)
    n = 3 * 2**20 // (classes * np.dtype(dtype).itemsize) + 7  # three blocks and a piece
    logits = (rng.normal(size=(n, classes)) * 3).astype(dtype)
    labels = rng.integers(0, classes, n)
    if outlier is not None:  # the exponential of one logit in a later block is out of range
        logits[2 * n // 3, 1] = outlier
    loss, gradient = model.mean_cross_entropy_with_gradient(logits, labels)
    rounding = 40 * np.finfo(dtype).eps
    np.testing.assert_allclose(loss, model.cross_entropy(logits, labels).mean(), rtol=rounding)
    expected = model.cross_entropy_gradient(logits, labels) / dtype(n)
    tiny = np.finfo(dtype).tiny
    np.testing.assert_allclose(gradient, expected, rtol=rounding, atol=tiny)


def test_mean_loss_needs_few_blocks_of_memory_beyond_its_gradient():
    n, classes = 10**6, 10
    logits = np.random.default_rng(0).normal(size=(n, classes)).astype(np.float32)
    labels = np.arange(n) % classes
    for factor in (1, 30):  # the second needs the shift
        logits *= factor
        tracemalloc.start()
        _, gradient = model.mean_cross_entropy_with_gradient(logits, labels)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert gradient.nbytes <= peak <= gradient.nbytes + 5 * 2**20


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("classes", [2, 3, 4, 5, 10, 17, 50])
def test_blocks_that_overflow_are_shifted_without_a_warning(classes, dtype):
    # Summing several infinities, a compiled product may form inf − inf on the way.
    for n in range(1, 10):
        logits = np.zeros((n, classes), dtype)
        logits[-1] = 1416
        _, gradient = model.mean_cross_entropy_with_gradient(logits, np.full(n, classes - 1))
        expected = (1 / classes - (np.arange(classes) == classes - 1)) / n
        np.testing.assert_allclose(gradient, [expected] * n, rtol=1e-5)


@pytest.mark.parametrize(("dtype", "size"), [(np.float32, 87), (np.float64, 708)])
def test_exponentials_just_below_overflow_are_shifted_too(dtype, size):
    # Not shifted, (1/n) over their sum would be below the normal numbers, and lose digits there.
    n = 10_000
    logits = np.tile(np.array([size, size - 0.25, size - 0.5], dtype), (n, 1))
    labels = np.zeros(n, int)
    _, gradient = model.mean_cross_entropy_with_gradient(logits, labels)
    expected = model.cross_entropy_gradient(logits[0], 0) / dtype(n)
    np.testing.assert_allclose(gradient, [expected] * n, rtol=4 * np.finfo(dtype).eps)


def test_mean_of_losses_near_the_largest_number_is_their_mean():
    logits = np.array([[1e308, 0.0]] * 3)
    for targets in ([1, 1, 1], np.array([[0.0, 1.0]] * 3)):
        loss, _ = model.mean_cross_entropy_with_gradient(logits, targets)
        assert loss == pytest.approx(1e308, rel=1e-15)


def test_settings_of_numpy_are_as_before_also_after_an_error():
    logits, labels = np.zeros((3, 1000)), [0, 1, 2]
    before = np.getbufsize(), np.geterr()
    model.mean_cross_entropy_with_gradient(logits, labels)
    logits[1, 5] = np.inf
    with pytest.raises(ValueError, match=r"got inf at index \[1, 5\]"):
        model.mean_cross_entropy_with_gradient(logits, labels)
    assert (np.getbufsize(), np.geterr()) == before
