"""MulticlassExplorer draws ŷ, y and ŷ − y, and keeps the target on the simplex."""

import numpy as np
import pytest

SOFT = "soft"


def heights(patches, count):
    return [patch.get_height() if patch.get_visible() else 0.0 for patch in patches[:count]]


def softmax(z):
    e = np.exp(z)
    return e / e.sum()


@pytest.mark.parametrize(
    ("logits", "target"),
    [((1.0, 0.0, -1.0), 2), ((6.0, -6.0), 1), ((0.3, -2.0, 4.0, 1.0, 0.0, 5.5), 0)],
)
def test_the_bars_are_softmax_minus_one_hot(make, logits, target):
    explorer = make("MulticlassExplorer", logits=logits, target=target)
    K = len(logits)
    p, y = softmax(np.array(logits)), np.eye(K)[target]
    predicted, wanted, difference = explorer._panels.bars
    np.testing.assert_allclose(heights(predicted, K), p, rtol=1e-13)
    assert heights(wanted, K) == y.tolist()
    np.testing.assert_allclose(heights(difference, K), p - y, atol=1e-15)
    assert not any(patch.get_visible() for group in explorer._panels.bars for patch in group[K:])
    assert explorer.loss == pytest.approx(-np.log(p[target]), rel=1e-10)
    assert sum(explorer.gradient) == pytest.approx(0, abs=1e-15)


def test_only_negative_bars_are_hatched(make):
    explorer = make("MulticlassExplorer", logits=(2.0, 0.0, 1.0, -1.0), target=1)
    hatches = [patch.get_hatch() for patch in explorer._panels.bars[2][:4]]
    assert hatches == [None, "////", None, None]


def test_soft_targets_are_weights_over_their_sum(make):
    explorer = make("MulticlassExplorer", logits=(1.0, 0.0, -1.0), target=SOFT)
    with explorer.hold_updates():
        for control, u in zip(explorer.weights, (0.2, 0.5, 0.1), strict=False):
            control.value = u
    np.testing.assert_allclose(explorer.targets, [0.25, 0.625, 0.125], rtol=1e-14)
    np.testing.assert_allclose(
        explorer.gradient, softmax(np.array([1.0, 0.0, -1.0])) - explorer.targets, atol=1e-15
    )


def test_taking_the_last_weight_away_is_undone_and_said(make):
    explorer = make("MulticlassExplorer", target=SOFT)
    with explorer.hold_updates():
        for control, u in zip(explorer.weights, (0.4, 0, 0), strict=False):
            control.value = u
    picture = explorer.png
    explorer.weights[0].value = 0
    assert explorer.weights[0].value == 0.4
    assert explorer.targets.tolist() == [1, 0, 0]
    assert "undone" in explorer.headline.value
    assert explorer.png == picture
    explorer.weights[1].value = 0.1
    assert "undone" not in explorer.headline.value


def test_leaving_out_the_only_class_with_weight_is_undone_and_said(make):
    explorer = make("MulticlassExplorer", logits=(0.0, 1.0, 2.0, 3.0), target=SOFT)
    for k in (3, 0, 1, 2):
        explorer.weights[k].value = float(k == 3)
    explorer.K.value = 3
    assert explorer.K.value == 4
    assert "undone" in explorer.headline.value
    assert explorer.targets.tolist() == [0, 0, 0, 1]


def test_fewer_classes_keep_the_label_or_move_it_to_the_last(make):
    explorer = make("MulticlassExplorer", logits=(0.0,) * 5, target=4)
    explorer.K.value = 3
    assert explorer.target.value == 2
    assert explorer.targets.tolist() == [0, 0, 1]
    explorer.K.value = 6
    assert explorer.target.value == 2
    assert len(explorer.probabilities) == 6


def test_sliders_are_on_the_page_for_the_classes_in_use_only(make):
    explorer = make("MulticlassExplorer", target=0)
    logit_row, weight_row = explorer._vectors
    assert logit_row.children == explorer.logits[:3]
    assert weight_row.children == ()
    explorer.target.value = SOFT
    explorer.K.value = 5
    assert logit_row.children == explorer.logits[:5]
    assert weight_row.children == explorer.weights[:5]


def test_the_simplex_is_asked_for_and_only_for_three_classes(make):
    explorer = make("MulticlassExplorer", logits=(1.0, 0.5, 0.0), target=1)
    axes = explorer._triangle.axes
    assert not axes.get_visible()
    explorer.simplex.value = True
    assert axes.get_visible()
    corners = np.array([[0, 0], [1, 0], [0.5, 3**0.5 / 2]])
    p = softmax(np.array([1.0, 0.5, 0.0]))
    np.testing.assert_allclose(explorer._triangle._point.get_xydata()[0], p @ corners, atol=1e-14)
    start, end = explorer._triangle._arrow._posA_posB
    np.testing.assert_allclose(start, corners[1])
    np.testing.assert_allclose(end, p @ corners, atol=1e-14)
    explorer.K.value = 4
    assert not axes.get_visible()
    assert explorer.simplex.disabled


def test_the_triangle_is_equilateral_on_the_page(make):
    explorer = make("MulticlassExplorer")
    explorer.simplex.value = True
    place = explorer._triangle.axes.transData.transform
    a, b, c = (place(corner) for corner in ((0, 0), (1, 0), (0.5, 3**0.5 / 2)))
    assert np.hypot(*(a - b)) == pytest.approx(np.hypot(*(a - c)), rel=1e-3)


def test_finite_differences_appear_beside_each_component_on_request(make, readings):
    explorer = make("MulticlassExplorer", logits=(1.0, -2.0, 0.0, 3.0), target=1)
    assert "finite_differences[0]" not in readings(explorer)
    explorer.differences.value = True
    shown = [readings(explorer)[f"finite_differences[{k}]"][0] for k in range(4)]
    np.testing.assert_allclose(shown, explorer.gradient, atol=1e-8)
