"""Explorers look the same whatever style, settings or matplotlibrc somebody has."""

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


@pytest.fixture(scope="module")
def usual():
    return {name: picture(name) for name in EXPLORERS}


# Each explorer in one style, and one explorer in each; all of them in all in `make test-all`.
STYLES = ["dark_background", "ggplot", "Solarize_Light2", "lessons.live.page"]
PAIRS = [
    pytest.param(name, style, marks=[pytest.mark.slow] * (n > 0 and m > 0))
    for n, name in enumerate(EXPLORERS)
    for m, style in enumerate(STYLES)
]


@pytest.mark.parametrize(("name", "style"), PAIRS)
def test_no_style_changes_a_picture(name, style, usual):
    matplotlib.style.use(style)
    assert picture(name) == usual[name]


@pytest.mark.parametrize("name", EXPLORERS)
def test_no_setting_changes_a_picture(name, usual):
    matplotlib.rcParams.update(HOSTILE)
    assert picture(name) == usual[name]


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
