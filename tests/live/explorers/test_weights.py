"""WeightsExplorer draws the outer product (ŷ − y)xᵀ and takes steps downhill."""

import numpy as np
import pytest

from lessons.model import cross_entropy, numerical_gradient

X = (0.5, -1.0, 2.0, 0.0)
W = ((0.1, 0.2, -0.3, 0.4), (-0.5, 0.0, 0.6, 0.2), (0.3, -0.2, 0.1, 0.7))
B = (0.2, -0.4, 0.1)


@pytest.fixture
def explorer(make):
    return make("WeightsExplorer", x=X, W=W, b=B, target=1, learning_rate=0.1)


def loss(weights, bias, target=1):
    return cross_entropy(weights @ np.array(X) + bias, target)


def test_gradients_are_those_of_the_loss(explorer):
    weights, bias = np.array(W), np.array(B)
    expected = numerical_gradient(lambda w: loss(w, bias), weights)
    np.testing.assert_allclose(explorer.grad_W, expected, atol=1e-8)
    expected = numerical_gradient(lambda b: loss(weights, b), bias)
    np.testing.assert_allclose(explorer.grad_b, expected, atol=1e-8)
    np.testing.assert_array_equal(explorer.grad_W, np.outer(explorer.gradient, X))


def test_the_picture_writes_every_number_in_its_cell(explorer):
    names = list(explorer._product.places)
    values = np.concatenate([np.ravel(getattr(explorer, name)) for name in names])
    texts = explorer._product._numerals.texts
    shown = [float(text.replace("−", "-")) for text in texts]
    np.testing.assert_allclose(shown, values, rtol=0, atol=5.001e-4)
    assert len(texts) == 5 * 3 + 4 + 12


def test_the_products_that_a_student_checks_are_exact(make):
    explorer = make("WeightsExplorer", x=(2, -1, 0, 3), W=np.zeros((3, 4)), b=np.log([1, 2, 5]))
    shown = dict(zip(explorer._product.places, [3, 3, 3, 3, 12, 3, 4], strict=True))
    texts, start = explorer._product._numerals.texts, 0
    for name, count in shown.items():
        shown[name] = texts[start : start + count]
        start += count
    assert shown["probabilities"] == ["0.125", "0.25", "0.625"]
    assert shown["grad_W"][:4] == ["0.25", "−0.125", "0", "0.375"]
    assert shown["inputs"] == ["2", "−1", "0", "3"]


def test_a_number_that_fills_its_cell_gives_up_decimals(make):
    explorer = make("WeightsExplorer", x=(3, 3, 3, 3), W=((9,) * 4, (-9,) * 4, (1.37,) * 4))
    assert explorer._product._numerals.texts[:3] == ["108.1", "−108", "16.34"]


def test_every_loss_has_its_point_inside_the_axes(make):
    explorer = make("WeightsExplorer", target=1)
    for weight, ceiling in ((0.0, 4), (0.5, 16), (2.0, 64), (9.0, 256)):
        for field in explorer.W[:4]:
            field.value = weight
        for field in explorer.W[4:8]:
            field.value = -weight
        for slider in explorer.x:
            slider.value = 3.0
        low, high = explorer._loss_axes.get_ylim()
        assert high == ceiling
        assert low < explorer.loss_after <= explorer.loss < high
        assert explorer._loss_axes.get_yticks().tolist() == [n * ceiling / 4 for n in range(5)]


def test_the_frame_is_around_the_label_row(explorer):
    for label in (0, 2):
        explorer.target.value = label
        assert explorer._product._frame.get_y() == explorer._product.places["targets"][label][1]
        assert np.argmax(explorer.targets) == label


def test_every_gradient_has_a_cell_whose_stripes_say_negative(explorer, pixels):
    names = ("probabilities", "targets", "gradient", "grad_W", "grad_b")
    values = np.concatenate([np.ravel(getattr(explorer, name)) for name in names])
    tiles = explorer._product._tiles
    np.testing.assert_array_equal(tiles.values, values)
    picture = pixels(explorer.png)
    for value, rows, columns in zip(values, tiles._rows, tiles._columns, strict=True):
        margin = picture[rows, columns, :3][4:12, 4:-4]  # above the numeral, inside the frame
        shades = len(np.unique(margin.reshape(-1, 3), axis=0))
        assert (shades > 1) == (value < 0)
        assert (margin < 250).any() == (value != 0)


def test_a_step_is_one_step_of_gradient_descent_and_goes_downhill(explorer):
    before, after = explorer.loss, explorer.loss_after
    weights, bias = np.array(W) - 0.1 * explorer.grad_W, np.array(B) - 0.1 * explorer.grad_b
    explorer._step()
    np.testing.assert_allclose(explorer.weights, weights, rtol=1e-14)
    np.testing.assert_allclose(explorer.bias, bias, rtol=1e-14)
    assert explorer.loss == pytest.approx(after, rel=1e-14)
    assert explorer.loss == pytest.approx(float(loss(weights, bias)), rel=1e-12)
    assert after < before


def test_steps_can_be_taken_back(explorer):
    picture = explorer.png
    explorer.steps.value = 7
    assert explorer.png != picture
    explorer.steps.value = 0
    assert explorer.png == picture


def test_the_curve_is_the_loss_after_a_step_of_each_learning_rate(explorer):
    rates, losses = explorer._curve.get_xydata().T
    for index in (0, 13, 80):
        rate = rates[index]
        expected = loss(np.array(W) - rate * explorer.grad_W, B - rate * explorer.grad_b)
        assert losses[index] == pytest.approx(float(expected), rel=1e-10)
    assert explorer._before.get_xydata().tolist() == [[0, explorer.loss]]
    assert explorer._after.get_xydata().tolist() == [[0.1, explorer.loss_after]]


def test_typed_weights_count(explorer):
    explorer.W[4 * 1 + 2].value = 3.0
    assert explorer.weights[1, 2] == 3.0
    explorer.b[2].value = -2.0
    assert explorer.bias[2] == -2.0
    assert explorer.error is None


def test_the_fields_appear_on_request(explorer):
    assert explorer._fields.children == ()
    explorer.parameters.value = True
    assert set(explorer._fields.children) == {*explorer.W, *explorer.b}
    assert explorer._fields.children[4] is explorer.b[0]


def test_what_the_steps_make_of_the_parameters_is_shown_on_request(explorer, readings):
    assert "weights[0][0]" not in readings(explorer)
    explorer.parameters.value = True
    explorer.steps.value = 2
    weights, bias = np.array(W), np.array(B)
    for _ in range(2):
        powers = np.exp(weights @ X + bias)
        gap = powers / powers.sum() - (0, 1, 0)
        weights, bias = weights - 0.1 * np.outer(gap, X), bias - 0.1 * gap
    shown = readings(explorer)
    for k in range(3):
        assert shown[f"bias[{k}]"][0] == pytest.approx(bias[k])
        for j in range(4):
            assert shown[f"weights[{k}][{j}]"][0] == pytest.approx(weights[k, j])


def test_matrices_of_another_shape_are_refused(make):
    with pytest.raises(ValueError, match=r"W must have shape \(3, 4\).*got \(2, 4\)"):
        make("WeightsExplorer", W=W[:2])
    with pytest.raises(ValueError, match=r"x must have shape \(4,\).*got \(5,\)"):
        make("WeightsExplorer", x=(*X, 1.0))
    with pytest.raises(ValueError, match=r"W₀₀ must start between"):
        make("WeightsExplorer", W=((99.0, 0, 0, 0), *W[1:]))
