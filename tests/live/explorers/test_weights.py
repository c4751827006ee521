"""WeightsExplorer draws the outer product (ŷ − y)xᵀ and takes steps downhill."""

import re
from itertools import pairwise

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


def test_every_number_stands_in_its_cell_with_three_decimals(explorer, readings, number_in):
    found = readings(explorer)
    vectors = ("logits", "probabilities", "targets", "gradient", "grad_b")
    expected = {f"{name}[{k}]" for name in vectors for k in range(3)}
    expected |= {f"inputs[{j}]" for j in range(4)}
    expected |= {f"grad_W[{k}][{j}]" for k in range(3) for j in range(4)}
    assert set(found) == expected | {"loss", "loss_after"}
    for value, text in (found[name] for name in expected):
        assert number_in(text) == pytest.approx(value, rel=0, abs=5.001e-4)


def test_the_products_that_a_student_checks_are_exact(make, readings):
    explorer = make("WeightsExplorer", x=(2, -1, 0, 3), W=np.zeros((3, 4)), b=np.log([1, 2, 5]))
    shown = {name: text for name, (_, text) in readings(explorer).items()}
    assert [shown[f"probabilities[{k}]"] for k in range(3)] == ["0.125", "0.25", "0.625"]
    assert [shown[f"grad_W[0][{j}]"] for j in range(4)] == ["0.25", "−0.125", "0", "0.375"]
    assert [shown[f"inputs[{j}]"] for j in range(4)] == ["2", "−1", "0", "3"]


def test_every_loss_has_its_point_inside_the_axes(make):
    explorer = make("WeightsExplorer", target=1)
    for weight, ceiling in ((0.0, 4), (0.5, 16), (2.0, 64), (9.0, 256), (99.0, 4096)):
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


def test_the_frame_and_the_name_i_are_on_the_label_row_of_each_table(explorer):
    for label in (0, 2):
        explorer.target.value = label
        rows = re.findall("<tbody>(.*?)</tbody>", explorer.tables.html)
        assert len(rows) == 2
        for table in rows:
            framed = [
                "lessons-framed" in row and "<var>i</var>" in row for row in table.split("<tr")
            ]
            assert framed[1:] == [k == label for k in range(3)]


def test_a_cell_of_a_gradient_is_striped_where_it_is_negative_and_bare_where_it_is_zero(explorer):
    pattern = r'<td data-name="(\w+)([^"]*)"([^>]*)>'
    for name, index, look in re.findall(pattern, explorer.tables.html):
        value = eval(f"explorer.{name}{index}", {"explorer": explorer})
        tinted = name not in ("logits", "inputs")
        assert ("lessons-negative" in look) == (tinted and value < 0)
        assert ("--share" in look) == (tinted and value != 0)


def by_hand(explorer, cell, *messages):
    explorer._move_by_hand({"type": "take", "name": cell})
    for message in messages:
        explorer._move_by_hand({"name": cell, **message})


def test_a_cell_of_x_is_dragged_and_stepped_and_one_of_y_is_pressed(explorer):
    by_hand(explorer, "x1", {"type": "move", "x": 3, "y": -30}, {"type": "move", "x": 0, "y": -50})
    assert explorer.x[1].value == pytest.approx(1.0)  # −1, and two units of 25 pixels
    by_hand(explorer, "x1", {"type": "nudge", "dx": 0, "dy": -1})
    assert explorer.x[1].value == pytest.approx(0.9)
    by_hand(explorer, "x1", {"type": "move", "x": 0, "y": -1e6})
    assert explorer.x[1].value == 3.0
    explorer._move_by_hand({"type": "undo"})
    assert explorer.x[1].value == pytest.approx(0.9)
    by_hand(explorer, "y2", {"type": "move", "x": 0, "y": 0})
    assert explorer.target.value == 2
    by_hand(explorer, "y2", {"type": "nudge", "dx": 0, "dy": 1})
    assert explorer.target.value == 1


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


def stepped(weights, bias, steps):
    for _ in range(steps):
        powers = np.exp(weights @ X + bias)
        gap = powers / powers.sum() - (0, 1, 0)
        weights, bias = weights - 0.1 * np.outer(gap, X), bias - 0.1 * gap
    return weights, bias


def test_the_parameters_are_shown_on_request_as_they_are_now(explorer, readings):
    assert "weights[0][0]" not in readings(explorer)
    explorer.parameters.value = True
    explorer.steps.value = 2
    weights, bias = stepped(np.array(W), np.array(B), 2)
    shown = readings(explorer)
    for k in range(3):
        assert shown[f"bias[{k}]"][0] == pytest.approx(bias[k])
        for j in range(4):
            assert shown[f"weights[{k}][{j}]"][0] == pytest.approx(weights[k, j])


@pytest.mark.parametrize(
    ("message", "change"),
    [
        ({"type": "type", "text": "−0,25"}, None),
        ({"type": "move", "x": 0, "y": -50}, 2.0),
        ({"type": "nudge", "dx": 0, "dy": 1}, 0.1),
    ],
    ids=["typed", "dragged", "stepped"],
)
def test_who_changes_a_parameter_starts_anew_from_what_the_steps_have_made(
    explorer, message, change
):
    explorer.steps.value = 5
    weights, bias = stepped(np.array(W), np.array(B), 5)
    by_hand(explorer, "W12", message)
    weights[1, 2] = -0.25 if change is None else weights[1, 2] + change
    np.testing.assert_allclose(explorer.weights, weights, rtol=1e-9)
    np.testing.assert_allclose(explorer.bias, bias, rtol=1e-9)
    assert explorer.steps.value == 0
    explorer._move_by_hand({"type": "undo"})
    assert explorer.steps.value == 5
    np.testing.assert_allclose(explorer.weights, stepped(np.array(W), np.array(B), 5)[0])


@pytest.mark.parametrize("text", ["", "abc", "nan", "inf", "1e999"])
def test_what_is_no_number_is_refused_and_changes_nothing(explorer, text):
    before = repr(explorer)
    by_hand(explorer, "b0", {"type": "type", "text": text})
    kept, why = explorer.tables.refusals["b0"]
    assert kept == text
    assert text in why
    assert "It stays 0.2." in why
    assert repr(explorer) == before
    by_hand(explorer, "b0", {"type": "type", "text": "1/4"})
    assert (explorer.tables.refusals, explorer.b[0].value) == ({}, 0.25)


def test_each_box_keeps_what_it_refused_until_it_is_mended_reset_or_overtaken(explorer):
    def refused(*names):
        for name in names:
            by_hand(explorer, name, {"type": "type", "text": "abc"})

    refused("b0", "W12")
    by_hand(explorer, "b1", {"type": "type", "text": "2"})
    assert set(explorer.tables.refusals) == {"b0", "W12"}
    by_hand(explorer, "W12", {"type": "nudge", "dx": 0, "dy": 1})
    assert set(explorer.tables.refusals) == {"b0"}
    explorer.reset()
    refused("b0")
    explorer.reset()  # where no number is another one
    assert explorer.tables.refusals == {}
    refused("b0")
    explorer.steps.value = 1
    assert explorer.tables.refusals == {}


def test_matrices_of_another_shape_are_refused(make):
    with pytest.raises(ValueError, match=r"W must have shape \(3, 4\).*got \(2, 4\)"):
        make("WeightsExplorer", W=W[:2])
    with pytest.raises(ValueError, match=r"x must have shape \(4,\).*got \(5,\)"):
        make("WeightsExplorer", x=(*X, 1.0))
    with pytest.raises(ValueError, match=r"W₀₀ must start between"):
        make("WeightsExplorer", W=((100.0, 0, 0, 0), *W[1:]))


def test_a_run_steps_until_its_slider_ends_or_nothing_shows_any_more(make):
    explorer, ticks = make("WeightsExplorer", learning_rate=0.5), 0
    explorer._run.playing = True
    while explorer._run.playing:
        ticks += 1
        explorer._run.value = ticks  # as the page does at each interval
    assert explorer.steps.value == len(explorer.losses) == ticks - 1 > 20
    assert all(after < before for before, after in pairwise([*explorer.losses, explorer.loss]))
    np.testing.assert_array_equal(explorer._path.get_ydata(), explorer.losses)
    explorer.reset()
    assert explorer.steps.value == 0
    assert explorer.losses == []
