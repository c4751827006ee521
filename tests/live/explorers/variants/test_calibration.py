"""CalibrationExplorer draws the bins of the model's guesses, at any temperature."""

import numpy as np
import pytest

from lessons.model import fit_temperature, softmax

RNG = np.random.default_rng(9)
LOGITS = RNG.normal(size=(60, 4)) * 2
LABELS = np.where(RNG.random(60) < 0.7, LOGITS.argmax(axis=1), RNG.integers(0, 4, 60))


@pytest.mark.parametrize("T", [0.125, 1.0, 8.0])
def test_said_and_happened_are_counted_by_hand(make, T):
    explorer = make("CalibrationExplorer", logits=LOGITS, labels=LABELS, T=T, bins=5)
    p = softmax(LOGITS / T).max(axis=1)
    right = LOGITS.argmax(axis=1) == LABELS
    for k in range(5):
        inside = (p >= k / 5) & ((p < (k + 1) / 5) | (k == 4))
        assert explorer.share[k] == pytest.approx(inside.mean())
        if inside.any():
            assert explorer.confidence[k] == pytest.approx(p[inside].mean())
            assert explorer.accuracy[k] == pytest.approx(right[inside].mean())
    assert explorer.right == pytest.approx(right.mean())
    assert explorer.said == pytest.approx(p.mean())
    drawn = explorer._happened.get_xydata()
    np.testing.assert_array_equal(drawn, np.stack((explorer.confidence, explorer.accuracy), 1))


def test_the_loss_is_lowest_at_the_temperature_that_fits(make):
    explorer = make("CalibrationExplorer", logits=LOGITS, labels=LABELS)
    best = float(fit_temperature(LOGITS, LABELS))
    losses = []
    for T in (best / 1.3, best, best * 1.3):
        explorer.T.value = T
        losses.append(explorer.loss)
    assert losses[1] == min(losses)


def test_a_hand_on_the_curve_moves_the_temperature_and_no_guess(make):
    explorer = make("CalibrationExplorer", logits=LOGITS, labels=LABELS)
    right = explorer.right
    explorer.handles(explorer.shown)[0].move(-1.01, 0.3)
    assert explorer.temperature == 0.5
    assert explorer.right == right


def test_the_models_own_digits_are_unsure_where_lesson_08_stops(make):
    explorer = make("CalibrationExplorer")
    assert len(explorer._labels) == 599
    assert explorer.said < explorer.right - 0.02


def test_logits_without_labels_are_refused(make):
    with pytest.raises(ValueError, match="logits and labels come together"):
        make("CalibrationExplorer", logits=LOGITS)
