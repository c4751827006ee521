"""Calibration: bins counted by hand, and the best temperature against a search of its own."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from lessons.model import (
    calibration_error,
    fit_temperature,
    reliability,
    softmax,
    tempered_cross_entropy,
)

RNG = np.random.default_rng(4)
N, K = 400, 5
TRUE = RNG.normal(size=(N, K)) * 2
LABELS = np.array([RNG.choice(K, p=p) for p in softmax(TRUE)])


def by_hand(logits, labels, bins):
    rows = [[] for _ in range(bins)]
    for z, label in zip(logits, labels, strict=True):
        p = np.exp(z) / np.exp(z).sum()
        rows[min(int(p.max() * bins), bins - 1)].append((p.max(), np.argmax(p) == label))
    return [(len(row) / len(labels), *(np.mean(row, axis=0) if row else (np.nan,) * 2))
            for row in rows]  # fmt: skip


@pytest.mark.parametrize("bins", [1, 4, 10, 15])
def test_the_bins_are_those_counted_by_hand(bins):
    share, confidence, accuracy = reliability(TRUE, LABELS, bins)
    expected = np.array(by_hand(TRUE, LABELS, bins)).T
    np.testing.assert_allclose((share, confidence, accuracy), expected, rtol=1e-12)
    filled = share > 0
    error = sum(expected[0][filled] * abs(expected[1] - expected[2])[filled])
    assert calibration_error(TRUE, LABELS, bins) == pytest.approx(error, rel=1e-12)


def test_empty_bins_have_no_value_and_certainty_lies_in_the_last():
    share, confidence, accuracy = reliability([[800.0, 0.0], [0.0, 0.1]], [1, 1], bins=4)
    assert share.tolist() == [0, 0, 0.5, 0.5]
    assert np.isnan(confidence[:2]).all()
    assert np.isnan(accuracy[:2]).all()
    assert accuracy[2:].tolist() == [1.0, 0.0]
    assert confidence[3] == 1.0


@pytest.mark.parametrize("shape", [(N,), (20, 20)])
def test_any_leading_shape_is_a_batch(shape):
    logits, labels = TRUE.reshape(*shape, K), LABELS.reshape(shape)
    assert calibration_error(logits, labels) == calibration_error(TRUE, LABELS)
    assert fit_temperature(logits, labels) == fit_temperature(TRUE, LABELS)


@pytest.mark.parametrize("factor", [0.01, 0.5, 1.0, 3.0, 40.0])
def test_the_temperature_is_the_one_that_a_search_finds(factor):
    logits = TRUE * factor + RNG.normal(size=(N, 1)) * 5  # a shift of each row changes nothing
    found = minimize_scalar(
        lambda log_T: tempered_cross_entropy(logits, LABELS, float(np.exp(log_T))).mean(),
        bounds=(np.log(factor) - 3, np.log(factor) + 3),
        method="bounded",
        options={"xatol": 1e-9},
    )
    assert fit_temperature(logits, LABELS) == pytest.approx(np.exp(found.x), rel=1e-6)


@pytest.mark.parametrize("power", [-1000, -40, 57, 64, 500, 1000])
def test_the_temperature_grows_as_the_logits_do(power):
    logits, labels = np.array([[1.0, 0.0], [0.0, 2.0], [3.0, 1.0]]), [0, 1, 1]
    expected = np.ldexp(fit_temperature(logits, labels), power)
    assert fit_temperature(np.ldexp(logits, power), labels) == expected


def test_labels_drawn_from_the_prediction_need_no_other_temperature():
    assert fit_temperature(TRUE, LABELS) == pytest.approx(1, abs=0.15)
    assert fit_temperature(TRUE * 3, LABELS) == pytest.approx(3 * fit_temperature(TRUE, LABELS))
    assert calibration_error(TRUE, LABELS) < 0.06 < 0.15 < calibration_error(TRUE * 3, LABELS)


@pytest.mark.parametrize("function", [reliability, calibration_error, fit_temperature])
def test_bad_arguments_are_refused(function):
    with pytest.raises(ValueError, match=r"at least one example, got logits of shape \(0, 3\)"):
        function(np.empty((0, 3)), np.empty(0, int))
    with pytest.raises(TypeError, match="labels must be integers"):
        function(TRUE, softmax(TRUE))
    with pytest.raises(ValueError, match=r"labels must lie in 0..4"):
        function(TRUE, LABELS + 1)


@pytest.mark.parametrize("bins", [0, -3])
def test_there_is_a_bin(bins):
    with pytest.raises(ValueError, match=f"bins must be at least 1, got {bins}"):
        reliability(TRUE, LABELS, bins)


def test_no_temperature_is_best_where_none_is():
    with pytest.raises(ValueError, match="a guess that is wrong, got none"):
        fit_temperature([[2.0, 0.0], [0.0, 1.0]], [0, 1])
    with pytest.raises(ValueError, match="the larger T, the better"):
        fit_temperature([[2.0, 0.0], [0.0, 1.0]], [1, 0])
