"""Number controls: a value with all its digits, a slider that snaps, a box to type into."""

from collections.abc import Callable, Sequence
from html import escape
from math import isfinite, log
from typing import Any, NamedTuple

import numpy as np
from ipywidgets import (
    HTML,
    FloatSlider,
    HBox,
    Layout,
    SelectionSlider,
    Text,
    Widget,
)
from traitlets import Any as AnyTrait
from traitlets import HasTraits, validate

from lessons.live.entry.typed_number import read_number

ROOM = 9  # characters that a box shows


class Given(AnyTrait):
    """Any value that is given; what traitlets calls any takes None without asking."""

    allow_none = False


class Scale(NamedTuple):
    """How the places along a slider's track and the numbers belong together.

    Attributes
    ----------
    place : callable
        Of a number.
    value : callable
        Of a place.
    """

    place: Callable[[float], float] = float
    value: Callable[[float], float] = float


def log_scale(base: float, spec: str) -> Scale:
    """Return a scale of exponents; of a place the number is the one that `spec` writes."""
    return Scale(lambda value: log(value, base), lambda place: float(format(base**place, spec)))


def listed_scale(values: Sequence[float]) -> Scale:
    """Return a scale over a rising list of numbers, which are the whole places."""
    places = range(len(values))
    return Scale(
        lambda value: float(np.interp(value, values, places)), lambda place: values[round(place)]
    )


class Number(HasTraits):
    """A number between two ends, exactly as it was set.

    Set from Python, a number beyond an end goes to that end, as in ipywidgets; typed, it is
    refused.

    Parameters
    ----------
    label : str
        Name that a screen reader says and a student sees.
    value, low, high : float
        Whole numbers are held where `value` is an `int`.
    step : float
        Least way along the track, in units of the track.
    spec : str
        Format of the number where it says the number exactly.
    scale : Scale
        Of the track.

    Attributes
    ----------
    value : float or int
    description : str
        The label.
    min, max : float or int
        The ends.
    step : float

    Raises
    ------
    ValueError
        A value at the start that is not between the ends.
    """

    value = Given()

    def __init__(
        self,
        label: str,
        value: float,
        low: float,
        high: float,
        step: float,
        spec: str = "",
        scale: Scale | None = None,
        **traits: Any,
    ) -> None:
        self._check_start(label, value, low, high)
        self.description, self.min, self.max, self.step = label, low, high, step
        self.spec, self.scale = spec, scale or Scale()
        self._whole = isinstance(value, int) and isinstance(low, int)
        super().__init__(**traits)
        self.value = value

    @staticmethod
    def _check_start(label, value, low, high):
        if not low <= value <= high:
            raise ValueError(f"{label} must start between {low} and {high}, got {value}")

    @validate("value")
    def _within(self, proposal):
        """Keep the kind of number, and go to the nearest end; a NaN is for its reader to refuse."""
        try:
            value = float(proposal["value"])
        except (TypeError, ValueError):
            raise ValueError(
                f"{self.description} must be a number, got {proposal['value']!r}"
            ) from None
        value = min(max(value, self.min), self.max) + 0.0  # and no −0
        if not self._whole:
            return float(value)
        if value != round(value):
            raise ValueError(f"{self.description} must be a whole number, got {value:g}")
        return int(value)

    def type(self, text: str) -> None:
        """Set the number that was typed.

        Raises
        ------
        ValueError
            The text means no number, or one that cannot be set here.
        """
        self.value = self.read(text)

    def read(self, text: str) -> float:
        """Return the number that was typed, without setting it; errors as of `type`."""
        value = read_number(text)
        if not self.min <= value <= self.max:
            ends = f"{_plain(self.min)} to {_plain(self.max)}"
            raise ValueError(f"“{text.strip()}” is outside: {self.description} goes from {ends}.")
        if self._whole and value != round(value):
            raise ValueError(f"“{text.strip()}” is no whole number.")
        return value

    def written(self) -> str:
        """Write the number with all its digits, and with a true minus sign."""
        short = format(self.value, self.spec).strip()
        text = short if float(short) == self.value else repr(self.value)
        if self.spec.startswith("+") and self.value > 0:
            text = f"+{text.removeprefix('+')}"
        return text.replace("-", "−")

    @property
    def position(self) -> float:
        """Where the number stands on the track."""
        return self.scale.place(self.value)

    @property
    def ends(self) -> tuple[float, float]:
        """Where the track begins and ends."""
        return self.scale.place(self.min), self.scale.place(self.max)

    def aim(self, place: float) -> None:
        """Set the number at the step nearest to a place on the track, at most to an end."""
        self.value = self.at(place)

    def at(self, place: float) -> float:
        """Return the number at the step nearest to a place on the track."""
        value = self.scale.value(self.nearest(place))
        return int(value) if self._whole else value

    def nearest(self, place: float) -> float:
        """Return the step nearest to a place on the track, at most one of its ends."""
        low, high = self.ends
        steps = round((min(max(place, low), high) - low) / self.step)
        return round(low + steps * self.step, 10)


class NumberBox(Number, HBox):
    """A box for a number: Enter, Tab and a click elsewhere take it; what is refused is said."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        layout = Layout(
            width="auto",
            flex="1 1 250px",
            min_width="210px",
            flex_flow="row wrap",
            align_items="center",
        )
        self.box = Text(continuous_update=False, tooltip="", layout=Layout(width="auto"))
        self._refusal = HTML(tooltip="", layout=Layout(display="none", flex="1 0 100%"))
        super().__init__(*arguments, layout=layout, **named)
        self.box.description = self.description
        self.add_class("lessons-number-box")
        self.children: tuple[Widget, ...] = (self.box, self._refusal)
        self._show()
        self.observe(self._show, "value")
        self.box.observe(self._typed, "value")

    @validate("value")
    def _within(self, proposal):
        """Take back what was refused also where the number that is set is the one there is."""
        value = super()._within(proposal)
        if value == self.value:
            self._show()
        return value

    def _show(self, change=None):
        text = self.box.value = self.written()
        # What the box cuts is read by pointing at it. Where the end is cut, the exponent would be.
        self.box.tooltip = text if len(text) > ROOM else ""
        long = "e" in text and len(text) > ROOM
        (self.box.add_class if long else self.box.remove_class)("lessons-long")
        self._refuse("")

    def _typed(self, change):
        if change.new == self.written():
            self._refuse("")
            return
        try:
            self.type(change.new)
        except ValueError as refused:
            self._refuse(f"{refused} It stays {self.written()}.")
        else:
            self._show()  # also where it is the same number in other words

    def _refuse(self, sentence):
        said = (
            f'<span class="lessons-refusal" role="alert">{escape(sentence)}</span>'
            if sentence
            else ""
        )
        if said != self._refusal.value:
            self._refusal.value = said
            self._refusal.layout.display = None if sentence else "none"


class Slider(NumberBox):
    """A slider with a box beside it: what is dragged snaps, what is typed or set is kept exactly.

    The page rounds what a track is told to the track's own steps and sends that back. So it is told
    the nearest step, and what it sends from there is not taken for a hand's.

    Parameters
    ----------
    track : type
        Which of ipywidgets' sliders, each of which counts its places in its own way.
    **named
        Traits that the track needs besides, and `scale`.

    Attributes
    ----------
    track : ipywidgets.Widget
    box : ipywidgets.Text
    """

    def __init__(
        self,
        *arguments: Any,
        track: type[Widget] = FloatSlider,
        scale: Scale | None = None,
        **named: Any,
    ) -> None:
        self._base = named.get("base")
        self._along = "index" if track is SelectionSlider else "value"
        self.track = track(
            **named,
            tooltip="",  # of None ipywidgets makes the title "null"
            readout=False,
            style={"description_width": "auto"},
            layout=Layout(width="auto", flex="1 1 130px", min_width="110px"),
        )
        super().__init__(*arguments, scale=scale)
        self._name()
        self.add_class("lessons-slider")
        self.children = (self.track, *self.children)
        self.track.observe(self._dragged, self._along)

    @property
    def disabled(self) -> bool:
        """Whether neither track nor box takes a number."""
        return self.track.disabled

    @disabled.setter
    def disabled(self, disabled: bool) -> None:
        self.track.disabled = self.box.disabled = disabled

    def become(self, label: str, value: float, low: float, high: float) -> None:
        """Stand for another number, of the same step: errors as at the start."""
        self._check_start(label, value, low, high)
        self.description, self.min, self.max = label, low, high
        self._name()
        self.track.unobserve(self._dragged, self._along)  # that the old ends move it is no hand's
        with self.track.hold_trait_notifications():
            self.track.min, self.track.max = self.ends
            self.track.value = self.nearest(self.scale.place(value))
        self.track.observe(self._dragged, self._along)
        self.value = value
        self._show()

    def _name(self):
        self.track.description = self.description
        self.box.description = f"{self.description}, typed"  # for who hears it

    def _show(self, change=None):
        super()._show(change)
        if isfinite(self.value):
            self._told = place = self.nearest(self.position)
            if abs(place - self._handle()) < self.step / 1000:
                return  # told of the last digits only, the page would go back from where it is now
            here = self._base**place if self._base else round(place) if self._counts else place
            setattr(self.track, self._along, here)

    def _handle(self):
        """Return where the handle stands on the track."""
        here = getattr(self.track, self._along)
        return log(here, self._base) if self._base else here

    @property
    def _counts(self):
        return self._whole or self._along == "index"

    def _dragged(self, change):
        if abs(self._handle() - self._told) > self.step / 2:
            self.aim(self._handle())


def _plain(value):
    return f"{value:g}".replace("-", "−")
