"""GradientCheckExplorer draws the error that each method really makes."""

import math

import mpmath
import numpy as np
import pytest

from lessons.live.explorers.step_errors import CURVES, FORMULAS, estimate

EXACT = {
    "L(z) = ln(1 + e⁻ᶻ) at z = 1": lambda z: mpmath.log(1 + mpmath.exp(-z)),
    "sin z at z = 1": mpmath.sin,
    "eᶻ at z = 1": mpmath.exp,
    "z² at z = 1": lambda z: z**2,
}


@pytest.mark.parametrize("name", list(CURVES))
def test_derivatives_of_the_curves_are_right(name):
    curve = CURVES[name]
    with mpmath.workdps(40):
        derivatives = [mpmath.diff(EXACT[name], curve.point, n) for n in (1, 2, 3)]
    assert curve.slope == pytest.approx(float(derivatives[0]), rel=1e-15)
    assert curve.second == pytest.approx(abs(float(derivatives[1])), rel=1e-12)
    assert curve.third == pytest.approx(abs(float(derivatives[2])), rel=1e-12)


@pytest.mark.parametrize("method", list(FORMULAS))
@pytest.mark.parametrize("name", list(CURVES))
def test_the_point_shows_the_error_of_the_formula(make, name, method):
    explorer = make("GradientCheckExplorer", h=1e-3, function=name, method=method)
    f, z, h = CURVES[name].function, CURVES[name].point, explorer.h.value
    value = {
        "central": lambda: (f(z + h) - f(z - h)) / (2 * h),
        "forward": lambda: (f(z + h) - f(z)) / h,
        "complex step": lambda: f(complex(z, h)).imag / h,
    }[method]()
    assert explorer.estimate == pytest.approx(value, rel=1e-12)
    assert explorer.absolute_error == abs(explorer.estimate - explorer.exact)
    x, y = explorer._point.get_xydata()[0]
    assert x == pytest.approx(-3)
    if explorer.absolute_error > 1e-17:
        assert y == pytest.approx(math.log10(explorer.absolute_error))


@pytest.mark.parametrize(("method", "order"), [("central", 2), ("forward", 1), ("complex step", 2)])
def test_the_right_arm_is_the_named_truncation(make, method, order):
    explorer = make("GradientCheckExplorer", method=method)
    curve = explorer._curve.get_xydata()
    right = (curve[:, 0] > -3) & (curve[:, 0] < -1)
    slope = np.polyfit(*curve[right].T, 1)[0]
    assert slope == pytest.approx(order, abs=0.03)
    named = explorer._truncation.get_xydata()[right]
    np.testing.assert_allclose(named[:, 1], curve[right][:, 1], atol=0.02)


@pytest.mark.parametrize("method", ["central", "forward"])
def test_the_left_arm_stays_below_the_named_rounding(make, method):
    explorer = make("GradientCheckExplorer", method=method)
    left = explorer._curve.get_xydata()[:, 0] < -9
    errors = explorer._curve.get_xydata()[left][:, 1]
    bound = explorer._rounding.get_xydata()[left][:, 1]
    assert (errors < bound + 0.5).all()
    assert (errors > bound - 1).mean() > 0.5


def test_the_complex_step_has_no_left_arm(make):
    explorer = make("GradientCheckExplorer", h=1e-15, method="complex step")
    assert explorer.absolute_error < 1e-15
    assert explorer.left_arm == ""
    assert explorer.right_digits > 15


def test_a_step_that_changes_nothing_loses_every_digit(make):
    explorer = make("GradientCheckExplorer", h=1e-16, function="sin z at z = 1", method="forward")
    assert estimate(CURVES["sin z at z = 1"], "forward", 1e-17) == 0
    assert explorer.right_digits < 1


def test_steps_outside_the_range_are_refused(make):
    with pytest.raises(ValueError, match=r"h must start between 1e-16 and 1\.0, got 0"):
        make("GradientCheckExplorer", h=0)


@pytest.mark.sampled(5)
@pytest.mark.parametrize("method", FORMULAS)
@pytest.mark.parametrize("function", CURVES)
def test_the_line_from_the_point_crosses_no_name(make, method, function):
    explorer = make("GradientCheckExplorer", method=method, function=function)
    for exponent in np.arange(-16, 0.25, 0.25):
        explorer.h.value = 10.0**exponent
        line = explorer._drop.axes.transData.transform(explorer._drop.get_xydata())
        for name in (explorer._left, explorer._right):
            box = name.get_window_extent()
            beside = not box.xmin < line[0, 0] < box.xmax
            assert not name.get_visible() or beside or line[:, 1].max() < box.ymin + 3


def test_the_names_of_the_arms_keep_apart(make):
    for method in FORMULAS:
        explorer = make("GradientCheckExplorer", method=method)
        left, right = explorer._left.get_window_extent(), explorer._right.get_window_extent()
        assert not left.overlaps(right)
