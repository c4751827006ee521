"""A slider snaps what is dragged; what is typed or set is kept, shown and used with all digits."""

import math

import pytest

from lessons.live.base.controls import (
    count_slider,
    listed_slider,
    log_slider,
    slider,
)
from lessons.live.entry.number_controls import NumberBox

RATES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)


def typed(control, text):
    control.box.value = text
    return control


def refusal(control):
    said = control._refusal
    assert (said.layout.display == "none") == (said.value == "")
    return said.value


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("2.5", 2.5, "+2.50"),
        ("−1,50", -1.5, "−1.50"),
        ("0,5", 0.5, "+0.50"),
        ("1/3", 1 / 3, "+0.3333333333333333"),
        ("log(3)", math.log(3), "+1.0986122886681098"),
        ("-0.99", -0.99, "−0.99"),
        ("-0", 0.0, "+0.00"),
        ("1e-17", 1e-17, "+1e−17"),
        ("1.2345678e-17", 1.2345678e-17, "+1.2345678e−17"),
        ("1.23456e-8", 1.23456e-8, "+1.23456e−08"),
        ("1e-7/3", 1e-7 / 3, "+3.3333333333333334e−08"),
    ],
)
def test_what_is_typed_is_what_is_used_and_shown(text, value, shown):
    control = typed(slider("z", 1.0, -8, 8, 0.05), text)
    assert control.value == value
    assert control.box.value == shown
    assert refusal(control) == ""
    long = "e" in shown and len(shown) > 9
    assert ("lessons-long" in control.box._dom_classes) is long  # there is room for the exponent
    control.value = 1.0
    assert "lessons-long" not in control.box._dom_classes


@pytest.mark.parametrize(
    ("make", "text", "words"),
    [
        (lambda: slider("z", 1.0, -8, 8, 0.05), "abc", "is no number"),
        (lambda: slider("z", 1.0, -8, 8, 0.05), "9", "z goes from −8 to 8"),
        (lambda: count_slider("K", 3, 2, 6), "2.5", "no whole number"),
        (lambda: count_slider("K", 3, 2, 6), "7", "K goes from 2 to 6"),
        (lambda: log_slider("h", 1e-2, -16, 0, 0.25), "0", "h goes from 1e−16 to 1"),
        (lambda: listed_slider("rate", RATES, 0.3), "20", "rate goes from 0.01 to 10"),
        (lambda: NumberBox("b", 0.5, -9.0, 9.0, 0.1), "<b>", "&lt;b&gt;”"),
    ],
)
def test_what_cannot_be_is_refused_beside_the_box_and_changes_nothing(make, text, words):
    control = make()
    before, shown = control.value, control.box.value
    typed(control, text)
    assert control.value == before
    assert control.box.value == text  # to be mended
    assert words in refusal(control)
    assert f"It stays {shown}." in refusal(control)
    typed(control, shown)
    assert refusal(control) == ""


@pytest.mark.parametrize("again", [lambda c: setattr(c, "value", c.value), lambda c: c.aim(0.5)])
def test_what_was_refused_goes_where_the_number_that_is_there_is_set_again(again):
    control = typed(slider("z", 0.5, -8, 8, 0.05), "abc")
    assert refusal(control)
    again(control)
    assert (control.box.value, refusal(control)) == ("+0.50", "")


def test_a_number_in_other_words_is_written_as_every_number_is():
    control = typed(slider("z", 0.5, -8, 8, 0.05), "1/2")
    assert control.box.value == "+0.50"


@pytest.mark.parametrize(
    ("make", "text", "value"),
    [
        (lambda: count_slider("K", 3, 2, 6), "8/2", 4),
        (lambda: log_slider("h", 1e-2, -16, 0, 0.25), "3e-5", 3e-5),
        (lambda: listed_slider("rate", RATES, 10.0), "0.3", 0.3),
        (lambda: listed_slider("rate", RATES, 10.0), "0,25", 0.25),
        (lambda: listed_slider("steps", (0, 1, 5, 20), 5), "7", 7),
        (lambda: NumberBox("b", 0.5, -9.0, 9.0, 0.1), "-1/8", -0.125),
    ],
)
def test_every_kind_of_control_is_typed_into(make, text, value):
    control = typed(make(), text)
    assert control.value == value
    assert type(control.value) is type(value)
    assert refusal(control) == ""


def test_a_track_stands_at_the_nearest_step_and_its_echo_changes_nothing():
    control = typed(slider("y", 0.5, 0, 1, 0.05, ".2f"), "0.99")
    assert control.track.value == pytest.approx(1.0)
    for echo in (1.0, 0.99, 1.0 - 1e-12):
        control.track.value = echo
        assert control.value == 0.99


def test_what_is_dragged_snaps():
    control = typed(slider("y", 0.5, 0, 1, 0.05, ".2f"), "0.99")
    control.track.value = 0.9
    assert (control.value, control.box.value) == (0.9, "0.90")
    control.track.value = 1.0  # the very place at which it stood for 0.99
    assert control.value == 1.0


@pytest.mark.parametrize("place", [0.1 + 0.2, 3 * 0.05, 1 - 7 * 0.05])
def test_what_a_page_says_in_other_last_digits_is_not_said_back_to_it(place):
    """The page's handle may be further by then, and would go back."""
    control = slider("y", 0.5, 0, 1, 0.05, ".2f")
    control.track.set_trait("value", place)
    assert control.track.value == place
    assert control.value == round(place, 2)


def test_the_number_of_a_dragged_logarithmic_slider_is_the_one_that_is_written():
    control = log_slider("h", 1e-2, -16, 0, 0.25)
    for place in range(-63, 1):
        control.track.value = 10.0 ** (place / 4)
        assert float(control.box.value.replace("−", "-")) == control.value
        assert control.value == pytest.approx(10.0 ** (place / 4), rel=0.05)


def test_a_listed_slider_moves_along_its_list():
    control = listed_slider("rate", RATES, 0.3)
    control.track.index = 5
    assert control.value == 3.0
    control.value = 0.2
    assert (control.value, control.track.index, control.position) == (0.2, 2, 2.5)
    control.aim(control.position + 1)
    assert control.value in RATES


def test_set_from_python_a_number_goes_to_the_nearest_end_and_what_is_none_is_refused():
    control = count_slider("K", 3, 2, 6)
    control.value = 99
    assert control.value == 6
    for wrong in (2.5, "many", None):
        with pytest.raises(ValueError, match=r"K must be a (whole )?number, got"):
            control.value = wrong
    assert control.value == 6


def test_box_and_track_have_names_and_no_title_null():
    control = slider("z", 1.0, -8, 8, 0.05)
    assert control.track.description == "z"
    assert control.box.description == "z, typed"
    assert control.track.tooltip == control.box.tooltip == ""


def test_what_a_box_cuts_is_read_by_pointing_at_it():
    control = slider("z", 1.0, -8, 8, 0.05)
    control.type("-log(3)")
    assert control.box.tooltip == "−1.0986122886681098"
    control.type("0.25")
    assert control.box.tooltip == ""


@pytest.mark.parametrize("ends", [(0.25, 4.0, 2.0), (-9.0, -3.0, -3.0), (0.0, 1.0, 0.5)])
def test_a_slider_that_stands_for_another_number_takes_its_name_ends_and_value(ends):
    low, high, start = ends
    control = slider("ε", 0.5, 0, 1, 0.05)
    control.become("T", start, low, high)
    track = control.track
    assert (control.value, control.min, control.max) == (start, low, high)
    assert (track.value, track.min, track.max) == (start, low, high)
    assert (control.description, track.description) == ("T", "T")
    assert control.box.value == control.written()
    track.value = low  # a hand moves it still
    assert control.value == low
    with pytest.raises(ValueError, match=r"T must start between 0 and 1, got 2"):
        control.become("T", 2, 0, 1)


def test_a_disabled_slider_takes_nothing_by_track_or_box():
    control = slider("ε", 0.5, 0, 1, 0.05)
    control.disabled = True
    assert control.track.disabled
    assert control.box.disabled
    assert control.disabled
