"""BentGapExplorer shows ŷ − y, and what finite differences say of each bent loss."""

import numpy as np
import pytest

from lessons.model import numerical_gradient

Z = (0.7, -0.4, 1.1)


def shares(z):
    e = np.exp(np.array(z))
    return e / e.sum()


def smoothed(z, i, amount):
    return -((1 - amount) * np.log(shares(z)[i]) + amount * np.log(shares(z)).mean())


def questions(z, i, _):
    rising = 1 / (1 + np.exp(-np.array(z)))
    return -np.log(np.where(np.arange(3) == i, rising, 1 - rising)).sum()


LOSSES = {
    "temperature": (0.5, lambda z, i, T: -np.log(shares(np.array(z) / T)[i])),
    "label smoothing": (0.4, smoothed),
    "class weights": (2.5, lambda z, i, w: -w * np.log(shares(z)[i])),
    "focal loss": (2.0, lambda z, i, g: -((1 - shares(z)[i]) ** g) * np.log(shares(z)[i])),
    "K sigmoids": (1.0, questions),
}


@pytest.mark.sampled(4)
@pytest.mark.parametrize("z", [(6, -6, -6), (-6, 6, 6), (0, 0, 0)])
@pytest.mark.parametrize("bend", LOSSES)
def test_every_loss_is_shown_at_both_ends_of_its_number(make, bend, z):
    explorer = make("BentGapExplorer", bend=bend, logits=z)
    for amount in explorer.amount.ends:
        explorer.amount.value = amount
        assert explorer.error is None
        assert np.isfinite(explorer.bent_gap).all()
        assert np.isfinite(explorer.factor)


@pytest.mark.parametrize("bend", LOSSES)
@pytest.mark.parametrize("label", [0, 2])
def test_the_bent_gap_is_the_measured_slope_of_its_loss(make, bend, label):
    amount, loss = LOSSES[bend]
    explorer = make("BentGapExplorer", bend=bend, amount=amount, label=label, logits=Z)
    slopes = numerical_gradient(lambda z: loss(z, label, amount), np.array(Z))
    np.testing.assert_allclose(explorer.bent_gap, slopes, atol=1e-8)
    np.testing.assert_allclose(explorer.gap, shares(Z) - np.eye(3)[label], atol=1e-12)
    assert [bar.get_height() for bar in explorer._bars[2]] == explorer.bent_gap.tolist()
    np.testing.assert_allclose(explorer.factor, slopes[label] / explorer.gap[label], rtol=1e-6)


def test_another_loss_brings_its_own_number_and_there_and_back_is_the_same(make):
    explorer = make("BentGapExplorer", bend="label smoothing")
    before = explorer.png
    for bend, (name, low, high, start) in bends().items():
        explorer.bend.value = bend
        assert explorer.error is None
        slider = explorer.amount
        assert (slider.description, slider.min, slider.max, slider.value) == (
            name,
            low,
            high,
            start,
        )
        assert slider.disabled == (bend == "K sigmoids")
    explorer.reset()
    assert explorer.png == before


def bends():
    from lessons.live.explorers.variants.bent_gap import BENDS

    return BENDS


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"bend": "heat"}, "loss must be one of 'temperature'"),
        ({"bend": "focal loss", "amount": -1.0}, "γ must start between 0.0 and 5.0, got -1.0"),
        ({"logits": (1.0, 2.0)}, "logits must be those of 3 classes"),
    ],
)
def test_what_cannot_be_shown_is_refused(make, arguments, words):
    with pytest.raises(ValueError, match=words):
        make("BentGapExplorer", **arguments)
