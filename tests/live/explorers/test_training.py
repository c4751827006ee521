"""TrainingExplorer shows real gradient descent on real data."""

import numpy as np
import pytest
from matplotlib import colormaps

from lessons.datasets import penguins, standardize
from lessons.live.drawing.training_panels import BOX, decision_regions
from lessons.live.explorers.training import RUNS
from lessons.live.explorers.training_runs import DIGITS, PENGUINS
from lessons.model import fit, linear


def area(polygon):
    x, y = polygon.T
    return abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2 if len(x) > 2 else 0.0


@pytest.fixture
def trained(make):
    explorer = make("TrainingExplorer", data=PENGUINS, learning_rate=1.0)
    with explorer.hold_updates():
        explorer.features.value = (0, 2)
        explorer.steps.value = 40
    return explorer


def test_weights_and_losses_are_those_of_fit(trained):
    data = penguins()
    rows = ~np.isnan(data.X).any(axis=1)
    (X,) = standardize(data.X[rows][:, [0, 2]])
    W, b, losses = fit(X, data.labels[rows], learning_rate=1.0, steps=40)
    np.testing.assert_allclose(trained.weights, W, rtol=1e-12)
    np.testing.assert_allclose(trained.bias, b, rtol=1e-12, atol=1e-14)
    steps, drawn = trained._curve.get_xydata().T
    assert steps.tolist() == list(range(41))
    np.testing.assert_allclose(drawn[: len(losses)], losses[:41], rtol=1e-12)
    assert trained._point.get_xydata().tolist() == [[40, trained.loss]]


def test_rings_mark_exactly_the_misclassified(trained):
    table = trained.table
    logits = linear(table.X, trained.weights, trained.bias)
    wrong = logits.argmax(axis=1) != table.labels
    assert 0 < wrong.sum() < len(wrong) / 5
    np.testing.assert_array_equal(trained._panels[False]._rings.get_xydata(), table.X[wrong])
    assert trained.accuracy == pytest.approx(1 - wrong.mean())


def test_points_are_drawn_by_class(trained):
    for k, dots in enumerate(trained._panels[False]._dots):
        np.testing.assert_array_equal(dots.get_xydata(), trained.table.X[trained.table.labels == k])


@pytest.mark.parametrize("K", [2, 3, 5])
def test_regions_are_where_a_class_has_the_largest_logit(K):
    random = np.random.default_rng(K)
    W, b = random.normal(size=(K, 2)), random.normal(size=K)
    regions = decision_regions(W, b, BOX)
    assert sum(map(area, regions)) == pytest.approx(6.4 * 6.4, rel=1e-9)
    points = random.uniform(-3.2, 3.2, (400, 2))
    winners = linear(points, W, b).argmax(axis=1)
    for k, polygon in enumerate(regions):
        if len(polygon):
            inside = np.array([_inside(point, polygon) for point in points])
            np.testing.assert_array_equal(inside, winners == k)
        else:
            assert not (winners == k).any()


def _inside(point, polygon):
    edges = np.roll(polygon, -1, axis=0) - polygon
    offsets = point - polygon
    cross = edges[:, 0] * offsets[:, 1] - edges[:, 1] * offsets[:, 0]
    return (cross > 0).all()


def test_a_class_that_never_wins_has_no_region():
    regions = decision_regions(np.zeros((3, 2)), np.array([0.0, 1.0, 0.5]), BOX)
    assert [area(region) for region in regions] == pytest.approx([0, 6.4 * 6.4, 0])


def test_steps_back_and_forth_agree_and_are_not_computed_twice(trained, monkeypatch):
    forty, picture = trained.weights, trained.png
    monkeypatch.setattr("lessons.live.explorers.training_runs.loss_and_gradients", None)
    trained.steps.value = 3
    trained.steps.value = 40
    np.testing.assert_array_equal(trained.weights, forty)
    assert trained.png == picture


def test_the_start_is_a_guess(make):
    explorer = make("TrainingExplorer", data=DIGITS)
    assert explorer.loss == pytest.approx(np.log(10))
    assert not explorer.weights.any()


def test_digits_show_rows_of_the_weights_as_pictures(make):
    explorer = make("TrainingExplorer", data=DIGITS, learning_rate=1.0, steps=20)
    picture = explorer._panels[True]._picture
    largest = abs(explorer.weights).max()
    for k in (0, 7):
        row, column = divmod(k, 5)
        tile = picture[11 * row : 11 * row + 8, 10 * column : 10 * column + 8]
        expected = 255 * colormaps["PuOr_r"]((1 + explorer.weights[k].reshape(8, 8) / largest) / 2)
        np.testing.assert_array_equal(tile, np.rint(expected))
    captions = [caption.get_text() for caption in explorer._panels[True]._captions]
    first = explorer.wrong[:5]
    pairs = zip(explorer.table.labels[first], explorer.predicted[first], strict=True)
    assert captions == [f"{truth} → {guess}" for truth, guess in pairs]


def test_another_data_set_starts_again_with_its_own_features(trained):
    trained.data.value = DIGITS
    assert trained.steps.value == 0
    assert trained.weights.shape == (10, 64)
    trained.data.value = PENGUINS
    assert trained.features.options[0][0] == "bill length, bill depth"
    assert trained.error is None


def test_step_and_reset_move_the_steps(trained):
    trained._step()
    assert trained.steps.value == 41
    trained.reset()
    assert trained.steps.value == 0
    assert trained.loss == pytest.approx(np.log(3))


def test_playing_moves_the_steps_and_goes_on_where_they_were_left(make):
    explorer = make("TrainingExplorer", steps=12, scale=1)
    assert explorer._play.value == 12
    explorer.steps.value = 30
    assert explorer._play.value == 30
    explorer._play.value = 31
    assert (explorer.steps.value, len(explorer.losses)) == (31, 32)


def test_nothing_is_pulled_back_while_it_plays_or_a_hand_moves(make):
    explorer = make("TrainingExplorer", steps=12, scale=1)
    explorer._play.playing = True
    explorer.steps.value = 30
    assert explorer._play.value == 12
    explorer._play.playing = False
    explorer.update(hurried=True)
    assert explorer._play.value == 12
    explorer.update()
    assert (explorer._play.value, explorer.steps.value) == (30, 30)


def test_a_point_that_is_moved_is_learned_from_and_reset_puts_it_back(make):
    explorer = make("TrainingExplorer", learning_rate=1.0, steps=30)
    before, X = explorer.png, explorer.table.X.copy()
    row = int(np.flatnonzero(explorer.table.labels == 1)[0])
    with explorer.hold_updates():
        explorer.points[2].value, explorer.points[3].value = -2.5, 2.0  # of class 1
    X[row] = -2.5, 2.0
    np.testing.assert_array_equal(explorer.table.X, X)
    W, b, _ = fit(X, explorer.table.labels, learning_rate=1.0, steps=30)
    np.testing.assert_allclose(explorer.weights, W, rtol=1e-12)
    np.testing.assert_allclose(explorer.bias, b, rtol=1e-12, atol=1e-14)
    assert row in explorer.wrong
    explorer.reset()
    explorer.steps.value = 30
    assert explorer.png == before


def test_other_data_and_features_begin_with_points_of_their_own(make):
    explorer = make("TrainingExplorer")
    for data, features in ((PENGUINS, (1, 3)), (PENGUINS, (0, 2)), (DIGITS, None)):
        explorer.data.value = data
        if features:
            explorer.features.value = features
            whole = penguins()
            rows = ~np.isnan(whole.X).any(axis=1)
            (X,) = standardize(whole.X[rows][:, list(features)])
            np.testing.assert_allclose(explorer.table.X, X, rtol=1e-12)
    names = {handle.name for handle in explorer.handles(explorer.shown)}
    assert names == {"steps", "η"}  # a picture is no point


def test_a_long_drag_keeps_few_runs(make):
    explorer = make("TrainingExplorer", steps=5)
    for n in range(60):
        explorer.points[0].value = n / 20
    assert len(explorer._runs) == RUNS
