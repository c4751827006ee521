"""An explorer is drawn for the page that shows it: its width, sharpness, type and ground."""

import io
import itertools
import math

import numpy as np
import pytest
from matplotlib.text import Text
from PIL import Image

from lessons import live
from lessons.colours import DARK, LIGHT
from lessons.live.base.page import Page, reported, slide

NAMES = [name for name in live.__all__ if name.endswith("Explorer")]
WIDTHS = (320, 360, 480, 700, 1100)
SMALLEST = 11  # CSS pixels of type
NOTEBOOK = {"type": "page", "width": 848, "ratio": 1.5, "text": 13, "dark": False}


def luminance(colour):
    """WCAG 2.2's relative luminance of a colour "#rrggbb"."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_contrast_is_what_the_guidelines_say_of_black_white_and_a_grey():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_text_stands_out_from_the_ground_and_so_do_marks(palette):
    colours = palette._asdict()
    ground, _ = colours.pop("ground"), colours.pop("faint")
    assert contrast(colours.pop("axis"), ground) >= 3
    assert {name for name, colour in colours.items() if contrast(colour, ground) < 4.5} == set()


def test_a_report_becomes_a_page():
    assert reported(NOTEBOOK) == Page(848, 1.5, LIGHT)
    assert reported(NOTEBOOK | {"dark": True}).palette is DARK


def test_beside_larger_type_all_grows_as_on_a_slide():
    on_slide = reported(NOTEBOOK | {"width": 1104, "text": 20})
    smallest = 11.5 * 96 / 72  # of the ticks, in CSS pixels of a notebook
    assert on_slide.width == pytest.approx(1104 * smallest / 20, abs=0.5)
    assert on_slide.scale == pytest.approx(1.5 * 20 / smallest, abs=1e-3)


def test_room_on_a_slide_is_a_height_in_the_pixels_of_the_width():
    on_slide = reported(NOTEBOOK | {"width": 1104, "text": 20, "room": 300})
    assert on_slide.highest / on_slide.width == pytest.approx(300 / 1104, rel=1e-3)
    assert on_slide._replace(highest=None) == reported(NOTEBOOK | {"width": 1104, "text": 20})
    assert reported(NOTEBOOK | {"room": 300}) == reported(NOTEBOOK)


@pytest.mark.parametrize("name", ["width", "ratio", "text", "dark", "room"])
@pytest.mark.parametrize("value", [0, -5, 1e9, 1e-9, math.nan, math.inf, None, "wide", [1]])
def test_an_absurd_report_becomes_a_page_that_can_be_drawn(name, value):
    page = reported(NOTEBOOK | {"text": 20, name: value})
    assert page.highest is None or 0 <= page.highest <= 1100
    assert 240 <= page.width <= 1100
    assert 1 <= page.scale <= 6
    assert page.palette in (LIGHT, DARK)


STATES = [  # in which other panels and texts are shown
    *((name, {}) for name in NAMES),
    ("TrainingExplorer", {"data": "digits", "steps": 3}),
    ("TrainingExplorer", {"data": "penguins", "steps": 3}),
    ("ProbabilitiesExplorer", {"K": 2}),
    ("ProbabilitiesExplorer", {"K": 6}),
    ("MulticlassExplorer", {"K": 6}),
    ("MulticlassExplorer", {"simplex": True}),
    ("GradientCheckExplorer", {"method": "forward"}),
    ("BatchExplorer", {"view": "sums of G"}),
    ("BatchExplorer", {"view": "Z = XWᵀ + b"}),
]


@pytest.fixture(params=STATES, ids=str)
def explorer(request, make):
    name, settings = request.param
    explorer = make(name)
    for control, value in settings.items():
        getattr(explorer, control).value = value
    return explorer


def texts(explorer):
    """Return the visible texts of a picture with their boxes, in CSS pixels."""
    canvas = explorer.canvas
    renderer, scale = canvas._agg.get_renderer(), explorer.page.scale
    there = list(canvas.figure.texts)
    for axes in canvas.figure.axes:
        if axes.get_visible():
            beyond = [t.label1 for axis in (axes.xaxis, axes.yaxis) for t in outside(axis)]
            there += [text for text in axes.findobj(Text) if text not in beyond]
    for text in there:
        if text.get_visible() and text.get_text().strip():
            yield text, text.get_window_extent(renderer).extents / scale


def outside(axis):
    """Return the ticks beyond the ends of an axis, which are not drawn."""
    low, high = sorted(axis.get_view_interval())
    return [tick for tick in axis.get_major_ticks() if not low <= tick.get_loc() <= high]


def assert_no_text_is_cut_or_small_or_over_another(explorer, page):
    explorer.show_on(page)
    assert explorer.error is None
    assert explorer.size[0] == page.width
    found = list(texts(explorer))
    assert found
    for text, (left, bottom, right, top) in found:
        assert text.get_fontsize() * 96 / 72 >= SMALLEST
        assert left >= -1, text
        assert bottom >= -1, text
        assert right <= page.width + 1, text
        assert top <= explorer.size[1] + 1, text
    for (one, a), (other, b) in itertools.combinations(found, 2):
        across, up = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
        assert min(across, up) <= 2, (one, other)


@pytest.mark.sampled(13)
@pytest.mark.parametrize("width", WIDTHS)
def test_at_every_width_no_text_is_cut_or_small_or_over_another(explorer, width):
    assert_no_text_is_cut_or_small_or_over_another(explorer, Page(width, 1.0, LIGHT))


@pytest.mark.parametrize("width", [320, 700, 1100])
def test_a_path_of_steps_has_room_at_every_width(make, width):
    explorer = make("MulticlassExplorer", logits=(-3.0, 3.0))
    for _ in range(3):
        explorer.descent.step()
    assert_no_text_is_cut_or_small_or_over_another(explorer, Page(width, 1.0, LIGHT))


@pytest.mark.sampled(5)
def test_on_a_slide_the_type_is_20_pixels_and_the_picture_leaves_room_for_its_title(explorer):
    page = slide(explorer.width_on_slides, 1.0)
    assert_no_text_is_cut_or_small_or_over_another(explorer, page)
    larger = explorer.width_on_slides / page.width
    smallest = min(text.get_fontsize() for text, _ in texts(explorer)) * 96 / 72
    assert round(smallest * larger, 1) >= 20
    assert explorer.size[1] * larger <= 420


@pytest.mark.sampled(5)
def test_on_a_full_slide_the_picture_is_lower_and_its_type_as_large(explorer):
    roomy = slide(explorer.width_on_slides, 1.0)
    explorer.show_on(roomy)
    _, tall = explorer.size
    for highest in (tall - 1, 0):
        assert_no_text_is_cut_or_small_or_over_another(explorer, roomy._replace(highest=highest))
    kept = [frame.lowest for frame in explorer.panels(roomy.width, explorer.values())]
    assert explorer.size[1] < tall or min(kept) == roomy.height
    explorer.show_on(roomy._replace(highest=tall))
    assert explorer.size[1] == tall


@pytest.mark.sampled(13)
@pytest.mark.parametrize("width", WIDTHS)
def test_at_every_width_handles_lie_in_the_picture(explorer, width):
    explorer.show_on(Page(width, 1.0, DARK))
    assert explorer.picture.size == list(explorer.size)
    for handle in explorer.picture.handles:
        assert 0 <= handle["x"] <= width
        assert 0 <= handle["y"] <= explorer.size[1]


@pytest.mark.sampled(7)
def test_the_picture_has_the_page_s_pixels_and_its_ground(explorer):
    for page in (Page(500, 1.5, DARK), Page(701, 1.25, LIGHT)):
        explorer.show_on(page)
        picture = Image.open(io.BytesIO(explorer.png)).convert("RGB")
        height = explorer.size[1]
        assert picture.size == pytest.approx((page.width * page.scale, height * page.scale), abs=1)
        ground = tuple(int(page.palette.ground[n : n + 2], 16) for n in (1, 3, 5))
        assert picture.getpixel((1, 1)) == ground


@pytest.mark.sampled(7)
def test_there_and_back_gives_the_same_bytes(explorer):
    page, before = explorer.page, explorer.png
    explorer.show_on(Page(480, 1.0, DARK))
    assert explorer.png != before
    explorer.show_on(page)
    assert explorer.png == before


@pytest.mark.sampled(7)
def test_what_is_kept_is_drawn_as_for_no_page_and_the_page_s_picture_stays(explorer):
    kept = explorer._repr_mimebundle_()
    explorer.show_on(Page(480, 1.0, DARK))
    shown = explorer.png
    assert explorer._repr_mimebundle_() == kept
    assert explorer.png == shown
    assert explorer.page == Page(480, 1.0, DARK)


@pytest.mark.sampled(7)
def test_a_report_from_the_page_is_drawn(explorer):
    explorer.picture._handle_custom_msg(NOTEBOOK | {"dark": True}, [])
    assert explorer.page == Page(848, 1.5, DARK)
    assert explorer.picture.size == [848, explorer.size[1]]
