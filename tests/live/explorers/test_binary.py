"""BinaryExplorer draws the model: the gap on the sigmoid and the slope of the loss."""

import math

import numpy as np
import pytest

from lessons.live.drawing.marks import SHORTEST

CASES = [(1.0, 1.0), (-8.0, 1.0), (8.0, 1.0), (8.0, 0.0), (-0.35, 0.4), (0.0, 0.5)]


@pytest.fixture(params=CASES, ids=lambda case: "z={} y={}".format(*case))
def moved(request, make):
    explorer = make("BinaryExplorer")
    with explorer.hold_updates():
        explorer.z.value, explorer.y.value = request.param
    return explorer, *request.param


def naive(z, y):
    p = 1 / (1 + math.exp(-z))
    return p, -y * math.log(p) - (1 - y) * math.log(1 - p)


def test_numbers_are_the_textbook_formulas(moved):
    explorer, z, y = moved
    p, loss = naive(z, y)
    assert explorer.probability == pytest.approx(p, rel=1e-14)
    assert explorer.loss == pytest.approx(loss, rel=1e-11)
    assert explorer.gradient == pytest.approx(p - y, abs=1e-15)
    assert explorer.finite_difference == pytest.approx(p - y, abs=1e-8)


def test_the_arrow_runs_from_the_target_to_the_point_on_the_sigmoid(moved):
    explorer, z, y = moved
    p, _ = naive(z, y)
    assert explorer._point.get_xydata().tolist() == [[z, pytest.approx(p)]]
    assert explorer._level.get_ydata() == [y, y]
    start, end = explorer._gap._posA_posB
    assert start == (z, y)
    assert end == (z, pytest.approx(p))
    assert explorer._gap.get_visible() == (abs(p - y) > SHORTEST)


def test_the_tangent_touches_the_loss_with_the_gap_as_its_slope(moved):
    explorer, z, y = moved
    p, loss = naive(z, y)
    (x0, y0), (x1, y1) = explorer._tangent.get_xydata()
    assert (y1 - y0) / (x1 - x0) == pytest.approx(p - y, abs=1e-12)
    assert (y0 + y1) / 2 == pytest.approx(loss)
    curve = explorer._curve.get_xydata()
    np.testing.assert_allclose(curve[:, 1], [naive(x, y)[1] for x in curve[:, 0]], rtol=1e-9)


def test_names_stay_inside_the_picture(moved, pixels):
    explorer, *_ = moved
    renderer = explorer.canvas._agg.get_renderer()
    width, height = explorer.canvas.width, explorer.canvas.height
    for text in (explorer._gap_name, explorer._slope_name, explorer._level_name):
        box = text.get_window_extent(renderer)
        assert box.x0 >= 0
        assert box.x1 <= width
        assert box.y0 >= 0
        assert box.y1 <= height


def test_the_buttons_set_the_target(make):
    explorer = make("BinaryExplorer", y=0.3)
    buttons = {
        child.description: child
        for row in explorer.children[1].children
        for child in getattr(row, "children", ())
        if hasattr(child, "click")
    }
    buttons["0"].click()
    assert (explorer.y.value, explorer.target) == (0, 0)
    buttons["1"].click()
    assert (explorer.y.value, explorer.target) == (1, 1)


def test_a_nan_is_an_error_on_the_page_and_the_next_number_clears_it(make):
    explorer = make("BinaryExplorer")
    explorer.z.value = math.nan
    assert isinstance(explorer.error, ValueError)
    assert "finite" in explorer.headline.value
    explorer.z.value = 2.0
    assert explorer.error is None
    assert explorer.probability == pytest.approx(naive(2.0, 1.0)[0])


@pytest.mark.parametrize("y", [0, 0.3, 0.5, 1])
def test_the_name_of_the_slope_keeps_clear_of_the_title_and_of_the_curve(make, y):
    explorer = make("BinaryExplorer", z=0.0, y=y)
    for z in np.linspace(-8, 8, 65):
        explorer.z.value = float(z)
        name = explorer._slope_name.get_window_extent()
        axes = explorer._slope_name.axes
        assert not name.overlaps(axes._left_title.get_window_extent())
        assert axes.bbox.xmin < name.xmin < name.xmax < explorer.canvas.figure.bbox.xmax
        curve = axes.transData.transform(explorer._curve.get_xydata())
        inside = (abs(curve - [name.xmin + name.width / 2, name.ymin + name.height / 2])) < [
            name.width / 2,
            name.height / 2 - 3,
        ]
        assert not inside.all(axis=1).any()
