"""Explorers look the same whatever style, settings or matplotlibrc somebody has."""

from functools import cache

import matplotlib
import matplotlib.style
import pytest

from lessons import live
from lessons.live.drawing.canvas import own_style

EXPLORERS = sorted(name for name in live.__all__ if name.endswith("Explorer"))
HOSTILE = {
    "text.usetex": True,
    "font.size": 31,
    "axes.unicode_minus": False,
    "axes.labelcolor": "white",
    "image.cmap": "hot",
    "axes.xmargin": 0.4,
    "lines.linestyle": ":",
    "figure.autolayout": True,
}


@pytest.fixture(autouse=True)
def nobody_elses_settings():
    """Whatever a test sets is gone after it."""
    with matplotlib.rc_context():
        yield


def picture(name):
    explorer = getattr(live, name)(scale=1)
    for control in explorer.every_control():
        if hasattr(control, "min") and control.value > control.min:
            control.value = control.min
    png = explorer.png
    explorer.close()
    return png


@cache
def usual(name):
    return picture(name)


STYLES = ["dark_background", "ggplot", "Solarize_Light2", "lessons.live.page"]


@pytest.mark.sampled(13)
@pytest.mark.parametrize("name", EXPLORERS)
@pytest.mark.parametrize("style", STYLES)
def test_no_style_changes_a_picture(name, style):
    before = usual(name)
    matplotlib.style.use(style)
    assert picture(name) == before


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", EXPLORERS)
def test_no_setting_changes_a_picture(name):
    before = usual(name)
    matplotlib.rcParams.update(HOSTILE)
    assert picture(name) == before


def fail_under_our_style():
    with own_style():
        assert matplotlib.rcParams["text.usetex"] is False
        raise KeyError("planted")


def test_the_settings_of_others_are_as_they_were_after_an_update_and_after_a_failure():
    matplotlib.rcParams.update(HOSTILE)
    before = dict(matplotlib.rcParams)
    picture("BinaryExplorer")
    assert dict(matplotlib.rcParams) == before
    with pytest.raises(KeyError, match="planted"):
        fail_under_our_style()
    assert dict(matplotlib.rcParams) == before
