"""TemperatureExplorer draws softmax(z/T), and the derivatives of the loss that it has there."""

import numpy as np
import pytest

from lessons.model import numerical_gradient

Z = np.log([1.0, 2.0, 5.0])


def naive(z, T):
    powers = np.exp(np.array(z) / T)
    return powers / powers.sum()


@pytest.mark.sampled(4)
@pytest.mark.parametrize("T", [1 / 8, 0.5, 1.0, 2.0, 32.0])
@pytest.mark.parametrize("label", [0, 1, 2])
def test_numbers_are_the_definition_and_its_measured_slopes(make, T, label):
    explorer = make("TemperatureExplorer", T=T, label=label)
    np.testing.assert_allclose(explorer.probabilities, naive(Z, T), rtol=1e-12)
    slopes = numerical_gradient(lambda z: -np.log(naive(z, T)[label]), Z)
    np.testing.assert_allclose(explorer.gradient, slopes, atol=1e-6)
    assert [bar.get_height() for bar in explorer._bars] == explorer.gradient.tolist()
    points = [mark.get_xydata()[0].tolist() for mark in explorer._points]
    assert points == [[np.log2(T), share] for share in explorer.probabilities]


def test_the_powers_of_the_lesson(make):
    powers = {0.5: np.array([1, 4, 25]) / 30, 1.0: np.array([1, 2, 5]) / 8}
    for T, shares in powers.items():
        np.testing.assert_allclose(make("TemperatureExplorer", T=T).probabilities, shares)


def test_cold_is_certain_and_hot_is_fair_and_silent(make):
    cold, hot = make("TemperatureExplorer", T=1 / 8), make("TemperatureExplorer", T=32.0)
    assert cold.probabilities[2] > 0.999
    np.testing.assert_allclose(hot.probabilities, 1 / 3, atol=0.02)
    assert abs(hot.gradient).max() < 0.03
    assert cold.probabilities.argsort().tolist() == hot.probabilities.argsort().tolist()


def test_the_axis_of_the_slopes_holds_them_all(make):
    explorer = make("TemperatureExplorer")
    for T in 2.0 ** np.arange(-3, 6):
        explorer.T.value = T
        low, high = explorer._slopes.get_ylim()
        assert low < explorer.gradient.min() < explorer.gradient.max() < high


def test_a_hand_takes_the_line_along_the_temperatures(make):
    explorer = make("TemperatureExplorer")
    (line,) = explorer.handles(explorer.shown)
    line.move(-1.1, 0.5)
    assert explorer.temperature == 0.5
    line.move(40.0, 0.5)
    assert explorer.temperature == 32.0


@pytest.mark.parametrize("logits", [(3.0, -3.0), (0.0, 0.0, 0.0, 1.0, 2.0, -1.0)])
def test_other_logits(make, logits):
    explorer = make("TemperatureExplorer", T=2.0, label=1, logits=logits)
    assert explorer.error is None
    np.testing.assert_allclose(explorer.probabilities, naive(logits, 2.0), rtol=1e-12)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"T": 0.0}, r"temperature T must start between 0\.125 and 32\.0, got 0"),
        ({"label": 3}, "true class must be one of 0, 1, 2, got 3"),
        ({"logits": (1.0,)}, "logits must be those of 2 to 6 classes, got"),
        ({"logits": (1.0, float("inf"))}, "logits must be finite, got"),
    ],
)
def test_what_is_no_temperature_class_or_logit_is_refused(make, arguments, words):
    with pytest.raises(ValueError, match=words):
        make("TemperatureExplorer", **arguments)
