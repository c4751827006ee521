"""BatchExplorer adds outer products up to GᵀX, sums G, and broadcasts a bias, as NumPy does."""

import html
import re

import numpy as np
import pytest

from lessons.live.explorers.batch import AXES, BIAS, PER_CLASS, PER_EXAMPLE, SUMS, WEIGHTS

AXIS = {value: text for text, value in AXES.items()}


def batch(n=4, d=5, K=3, seed=1, size=1.0):
    rng = np.random.default_rng(seed)
    labels = rng.integers(K, size=n)
    return size * rng.normal(size=(n, d)), labels, rng.normal(size=(K, d)), rng.normal(size=K)


@pytest.fixture(params=[(4, 5, 3), (2, 1, 4), (6, 3, 2)], ids=str)
def arrays(request):
    n, d, K = request.param
    return batch(n, d, K)


def loss(X, labels, W, b):
    """The mean cross-entropy, example by example, with nothing of the package."""
    total = 0.0
    for x, i in zip(X, labels, strict=True):
        z = np.array([sum(w * v for w, v in zip(row, x, strict=True)) for row in W]) + b
        total += np.log(np.exp(z - z.max()).sum()) + z.max() - z[i]
    return total / len(X)


def differences(f, at, h=1e-6):
    """Central differences of f by each entry of an array."""
    found = np.empty_like(at)
    for place in np.ndindex(at.shape):
        step = np.zeros_like(at)
        step[place] = h
        found[place] = (f(at + step) - f(at - step)) / (2 * h)
    return found


def test_the_default_is_the_batch_of_lesson_06(make):
    rng = np.random.default_rng(6)
    X, labels = rng.normal(size=(5, 4)), np.array([0, 2, 1, 1, 2])
    W, b = rng.normal(size=(3, 4)), rng.normal(size=3)
    given, default = make("BatchExplorer", X=X, labels=labels, W=W, b=b), make("BatchExplorer")
    np.testing.assert_array_equal(given.whole, default.whole)
    np.testing.assert_array_equal(given.png, default.png)
    np.testing.assert_allclose(default.G.sum(axis=0), [-0.0121, -0.3676, 0.3797], atol=5e-5)


def test_outer_products_add_up_example_by_example_to_the_gradient_of_the_mean_loss(make, arrays):
    X, labels, W, b = arrays
    explorer = make("BatchExplorer", X=X, labels=labels, W=W, b=b, examples=0)
    assert not explorer.grad_W.any()
    total = np.zeros_like(W)
    for m, (x, g) in enumerate(zip(X, explorer.G, strict=True), start=1):
        explorer.examples.value = m
        for k in range(len(W)):
            for q in range(len(x)):
                total[k, q] += g[k] * x[q]
        np.testing.assert_allclose(explorer.grad_W, total, rtol=1e-12, atol=1e-15)
        mini = differences(lambda w, m=m: loss(X[:m], labels[:m], w, b), W)
        np.testing.assert_allclose(explorer.mini, mini, atol=1e-8)
    np.testing.assert_allclose(explorer.grad_W, np.einsum("rk,rq->kq", explorer.G, X), atol=1e-14)
    np.testing.assert_allclose(explorer.whole, explorer.grad_W, atol=1e-14)


def test_each_arrow_has_the_length_and_the_angle_of_its_gradient(make, arrays):
    X, labels, W, b = arrays
    explorer = make("BatchExplorer", X=X, labels=labels, W=W, b=b)
    for m in range(1, len(X) + 1):
        explorer.examples.value = m
        mini, whole = explorer.mini.ravel(), explorer.whole.ravel()
        tips = [np.subtract(*patch._posA_posB[::-1]) for patch in explorer._arrows]
        assert np.hypot(*tips[0]) == pytest.approx(np.sqrt((whole**2).sum()))
        assert np.hypot(*tips[1]) == pytest.approx(np.sqrt((mini**2).sum())) == explorer.mini_length
        cosine = mini @ whole / np.sqrt((mini @ mini) * (whole @ whole))
        assert np.cos(np.radians(explorer.angle)) == pytest.approx(cosine)
        drawn = tips[0] @ tips[1] / np.hypot(*tips[0]) / np.hypot(*tips[1])
        assert drawn == pytest.approx(cosine)
        for tip in tips:
            for place, (low, high) in zip(
                tip, (explorer._plane.get_xlim(), explorer._plane.get_ylim()), strict=True
            ):
                assert low < place < high
    left, right = explorer._plane.get_xlim()
    bottom, top = explorer._plane.get_ylim()
    box = explorer._plane.bbox
    assert (right - left) / box.width == pytest.approx((top - bottom) / box.height)
    assert explorer.angle == pytest.approx(0, abs=1e-5)


def test_only_what_has_been_added_is_tinted_and_the_newest_example_is_framed(make):
    explorer = make("BatchExplorer", examples=3)
    X, G, _ = re.findall("<tbody>(.*?)</tbody>", explorer.tables.html)
    for table in (X, G):
        framed = ["lessons-framed" in row for row in table.split("<tr")[1:]]
        assert framed == [False, False, True, False, False]
    assert ["--share" in row for row in G.split("<tr")[1:]] == [True] * 3 + [False] * 2
    explorer.examples.value = 0
    assert "lessons-framed" not in explorer.tables.html


def lit(explorer):
    return set(re.findall(r'data-name="([^"]*)" class="lessons-lit', explorer.tables.html))


def test_a_chosen_entry_lights_its_two_columns_and_is_written_out(make, readings):
    explorer = make("BatchExplorer", examples=5)
    explorer._move_by_hand({"type": "take", "name": "W12"})
    explorer._move_by_hand({"type": "move", "name": "W12", "x": 0, "y": 0})
    assert explorer.entry.value == (1, 2)
    expected = {f"{name}[{r}][{j}]" for r in range(5) for name, j in (("G", 1), ("X", 2))}
    assert lit(explorer) == expected | {"grad_W[1][2]"}
    line = html.unescape(explorer.readout.value).split("</div>")[0].partition(" = ")[2]
    terms = eval(line.replace("−", "-").replace("·", "*"))
    assert terms == pytest.approx(explorer.grad_W[1, 2], abs=5e-3)
    assert readings(explorer)["grad_W[1][2]"][0] == explorer.grad_W[1, 2]


def test_arrow_keys_choose_the_next_entry_and_stop_at_the_edges(make):
    explorer = make("BatchExplorer")
    for dx, dy, there in ((1, 0, (0, 1)), (0, -1, (1, 1)), (-1, 0, (1, 0)), (-1, 0, (1, 0))):
        explorer._move_by_hand({"type": "nudge", "name": "W00", "dx": dx, "dy": dy})
        assert explorer.entry.value == there


@pytest.mark.parametrize("axis", [0, 1, None])
def test_a_sum_of_g_has_numpys_shape_and_stands_where_it_belongs(make, arrays, axis):
    X, labels, W, b = arrays
    explorer = make("BatchExplorer", X=X, labels=labels, W=W, b=b)
    explorer.view.value, explorer.axis.value = SUMS, AXIS[axis]
    expected = np.einsum({0: "rk->k", 1: "rk->r", None: "rk->"}[axis], explorer.G)
    np.testing.assert_allclose(explorer.sums, expected, atol=1e-15)
    if axis == 0:
        gradient = differences(lambda at: loss(X, labels, W, at), b)
        np.testing.assert_allclose(explorer.sums, gradient, atol=1e-8)
    else:
        assert explorer.largest_sum < 1e-15
    assert f"has the shape {expected.shape}:" in explorer.readout.value
    assert len(lit(explorer)) == expected.size
    heights = [bar.get_height() for bar in explorer._bars if bar.get_visible()]
    assert heights == pytest.approx([v for v in expected.ravel() if abs(v) > 1e-11])


@pytest.mark.parametrize("shape", [PER_CLASS, PER_EXAMPLE])
def test_a_bias_is_added_as_numpy_does_and_one_a_row_moves_no_probability(make, arrays, shape):
    X, labels, W, b = arrays
    explorer = make("BatchExplorer", X=X, labels=labels, W=W, b=b)
    explorer.view.value, explorer.shape.value = BIAS, shape
    bias = explorer.bias
    assert bias.shape == ((len(b),) if shape == PER_CLASS else (len(X), 1))
    for r, x in enumerate(X):
        z = [sum(w * v for w, v in zip(row, x, strict=True)) for row in W]
        z = np.array([v + (bias[k] if bias.ndim == 1 else bias[r, 0]) for k, v in enumerate(z)])
        np.testing.assert_allclose(explorer.logits[r], z)
        np.testing.assert_allclose(explorer.probabilities[r], np.exp(z) / np.exp(z).sum())
    assert (explorer.largest_change < 1e-15) == (shape == PER_EXAMPLE)
    assert explorer.largest_change == explorer.change.max()


def test_what_is_not_looked_at_has_no_controls_on_the_page(make):
    explorer = make("BatchExplorer")
    shown = {
        WEIGHTS: (explorer.examples, explorer.entry),
        SUMS: (explorer.axis,),
        BIAS: (explorer.shape,),
    }
    for view, controls in shown.items():
        explorer.view.value = view
        assert explorer._controls.children == controls
        assert explorer.question in html.unescape(explorer.headline.value)


@pytest.mark.parametrize("size", [1e-9, 300.0])
def test_tiny_and_saturated_batches_are_drawn(make, size):
    X, labels, W, b = batch(size=size)
    explorer = make("BatchExplorer", X=X, labels=labels, W=W, b=b)
    for view in (WEIGHTS, SUMS, BIAS):
        explorer.view.value = view
        for m in (0, 1, 4):
            explorer.examples.value = m
            assert explorer.error is None


def test_a_batch_without_a_gradient_is_drawn(make):
    X = np.zeros((3, 2))
    explorer = make("BatchExplorer", X=X, labels=[0, 1, 1], W=np.ones((2, 2)), b=[0.0, 0.0])
    explorer.examples.value = 3
    assert explorer.error is None
    assert explorer.whole_length == explorer.angle == 0


X, LABELS, W, B = batch()


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ((X, LABELS, W, None), "give all four, or none"),
        ((X[0], LABELS, W, B), r"X must have shape \(n, d\)"),
        ((X, LABELS, W[:1], B[:1]), "K at least 2"),
        ((X, LABELS, W[:, 1:], B), r"W must have shape \(K, 5\)"),
        ((X, LABELS, W, B[1:]), r"b must have shape \(3,\)"),
        ((X, LABELS[1:], W, B), "labels"),
        ((X, LABELS + 3, W, B), "0"),
        ((X * np.nan, LABELS, W, B), "finite"),
    ],
    ids=["missing", "vector", "one class", "W", "b", "labels", "no class", "NaN"],
)
def test_arrays_that_make_no_batch_are_refused(make, arrays, words):
    names = ("X", "labels", "W", "b")
    with pytest.raises(ValueError, match=words):
        make("BatchExplorer", **dict(zip(names, arrays, strict=True)))


def test_more_examples_than_there_are_are_refused(make):
    with pytest.raises(ValueError, match="examples must start between 0 and 5, got 6"):
        make("BatchExplorer", examples=6)
