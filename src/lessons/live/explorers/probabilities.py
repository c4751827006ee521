"""Logits become probabilities: softmax, its shift invariance, and the sigmoid inside it."""

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from ipywidgets import Widget

from lessons.colours import PREDICTION
from lessons.live.base.controls import button, count_slider, lay_out, row, slider, sliders
from lessons.live.base.explorer import Explorer
from lessons.live.base.handle import Handle, aim, aim_share
from lessons.live.base.readout import number, readout, table, vector, written
from lessons.live.drawing.canvas import Canvas
from lessons.live.drawing.flow import Frame
from lessons.live.drawing.marks import (
    bar_size,
    bars,
    guide_line,
    label,
    move_label,
    panel,
    point,
    put,
    raise_bars,
    show_classes,
)
from lessons.model import sigmoid, softmax

MOST = 6
BARS, BARS_TOO = Frame(56, 34, 48, 44, 248, 190), Frame(52, 34, 48, 44, 248, 190)
CURVE = Frame(50, 30, 48, 44, 248, 190, 1.1)
GRID = np.linspace(-8, 8, 321)


class Shown(NamedTuple):
    """The numbers in the picture; vectors have shape (K,)."""

    shift: float
    shifted: np.ndarray
    probabilities: np.ndarray
    difference: float | None
    sigmoid: float | None


class ProbabilitiesExplorer(Explorer):
    """Move K logits, and shift them all: softmax feels differences only; for K = 2 it is σ.

    Parameters
    ----------
    logits : sequence of 2 to 6 floats
        In nats, within [−4, 4]; their number is K.
    shift : float
        Added to every logit, within [−4, 4].
    scale : int
        Pixels drawn per CSS pixel.

    Examples
    --------
    >>> explorer = ProbabilitiesExplorer(logits=(0.0, 0.0), shift=3.0)
    >>> explorer.probabilities.tolist()
    [0.5, 0.5]
    """

    controls = ("K", "logits", "shift")
    lead = "logits", 0
    question = "Raise one logit: which bars on the right move, and which way? Then shift them all."

    def __init__(
        self, logits: Sequence[float] = (2.0, 1.0, -1.0), shift: float = 0.0, scale: float = 2
    ) -> None:
        self.K = count_slider("K", len(logits), 2, MOST)
        self.logits = sliders("z", [*logits, *[0.0] * (MOST - len(logits))], -4, 4, 0.1)
        self.shift = slider("shift c", shift, -4, 4, 0.1)
        self._logit_row = row()
        self.K.observe(self.showing_errors(self._show_controls), "value")
        self._show_controls()
        equal = button("All equal", self._make_equal, "set all logits to 0")
        super().__init__([row(self.K, self.shift, equal), self._logit_row], scale)

    def panels(self, width: int, values: dict[str, Any]) -> Sequence[Frame]:
        """Return both bar charts, and for two classes the sigmoid's panel."""
        return (BARS, BARS_TOO, CURVE) if values["K"] == 2 else (BARS, BARS_TOO)

    def paint(self, canvas: Canvas) -> None:
        """Add the bars, and the sigmoid that is shown for two classes."""
        self._draw_bars(canvas)
        self._draw_sigmoid(canvas)

    def values(self, control: Widget | None = None, value: object = None) -> dict[str, Any]:
        """Return the controls' values; logits of the K classes in use."""
        values = super().values(control, value)
        return values | {"logits": values["logits"][: values["K"]]}

    def compute(self, K: int, logits: Sequence[float], shift: float) -> Shown:
        """Return shifted logits and probabilities, and for two classes the sigmoid's view."""
        shifted = np.array(logits) + shift
        difference = float(shifted[1] - shifted[0]) if K == 2 else None
        one = None if difference is None else float(sigmoid(difference))
        return Shown(shift, shifted, softmax(shifted), difference, one)

    def draw(self, s: Shown) -> None:
        """Raise the bars, and move the point on the sigmoid."""
        K = len(s.shifted)
        if self.canvas.background(K):
            self._arrange(K)
        raise_bars(self._inputs, s.shifted)
        self._level.set_data([-0.6, K - 0.4], [s.shift, s.shift])
        move_label(self._level_name, "$c$", (K - 0.36, s.shift), 1)
        raise_bars(self._outputs, s.probabilities)
        if K == 2:
            self._drop.set_data([s.difference, s.difference, -8], [0, s.sigmoid, s.sigmoid])
            self._point.set_data([s.difference], [s.sigmoid])

    def handles(self, s: Shown) -> Sequence[Handle]:
        """Return the tops of all bars and the level of the shift; for two classes the point."""
        K = len(s.shifted)
        handles = [
            Handle("c", self._left, (K - 0.5, s.shift), self._to_shift, "y", (None, self.shift))
        ]
        for k, (z, p) in enumerate(zip(s.shifted, s.probabilities, strict=True)):
            nudge, size = (None, self.logits[k]), bar_size(self._left, K)
            handles += [
                Handle(f"z{k}", self._left, (k, z), partial(self._to_logit, k), "y", nudge, size),
                Handle(f"ŷ{k}", self._middle, (k, p), partial(self._to_share, k), "y", nudge, size),
            ]
        if s.difference is not None and s.sigmoid is not None:
            at, nudge = (s.difference, s.sigmoid), (self.logits[1], None)
            handles.append(Handle("σ", self._right, at, self._to_difference, "x", nudge))
        return handles

    def _to_shift(self, _, y):
        aim(self.shift, y)

    def _to_logit(self, k, _, y):
        aim(self.logits[k], y - self.shift.value)

    def _to_share(self, k, _, y):
        aim_share(self.logits[: self.K.value], k, y)

    def _to_difference(self, x, _):
        aim(self.logits[1], x + self.logits[0].value)

    def describe(self, s: Shown) -> tuple[str, str]:
        """Return the readout, and the picture in words."""
        K = len(s.shifted)
        text = table(
            [*(f"class {k}" for k in range(K)), "sum"],
            vector("shifted", "z + c", s.shifted, "+z.2f", "currentColor"),
            vector("probabilities", "ŷ", s.probabilities, ".4f", PREDICTION),
        )
        words = "Bars over the classes. " + "; ".join(
            f"class {k}: logit {written(z, '+z.2f')}, probability {p:.3f}"
            for k, (z, p) in enumerate(zip(s.shifted, s.probabilities, strict=True))
        )
        if K == 2:
            words = "σ(z₁ − z₀)"
            text += readout(
                number("difference", "z₁ − z₀", s.difference, "+z.2f"),
                number("sigmoid", words, s.sigmoid, ".4f", PREDICTION),
            )
            words += f". The sigmoid at z₁ − z₀ is {s.sigmoid:.3f}, the probability of class 1"
        return text, words

    def _make_equal(self):
        with self.hold_updates():
            for logit in self.logits:
                logit.value = 0

    def _show_controls(self, change=None):
        lay_out(self._logit_row, self.logits[: self.K.value])

    def _draw_bars(self, canvas):
        box, colours = canvas.places[0], canvas.palette
        self._left = panel(canvas, box, (0, 1), (-8.6, 8.6), "logits $z + c$", "class")
        self._left.axhline(0, color=colours.axis, lw=0.9)
        self._left.spines["bottom"].set_visible(False)
        self._level, self._level_name = (
            guide_line(self._left, colours.quiet),
            label(self._left, colours.quiet),
        )
        self._left.set_yticks([-8, -4, 0, 4, 8], ["−8", "−4", "0", "4", "8"])
        title = r"probabilities $\hat{y}=\mathrm{softmax}(z+c)$"
        self._middle = panel(canvas, box, (0, 1), (0, 1.05), title, "class")
        self._middle.set_yticks([0, 0.5, 1], ["0", "0.5", "1"])
        self._inputs = bars(self._left, MOST, colours.quiet)
        self._outputs = bars(self._middle, MOST, colours.prediction)
        canvas.animate(*self._inputs, *self._outputs, self._level, self._level_name)

    def _draw_sigmoid(self, canvas):
        title = r"$\hat{y}_1=\sigma(z_1-z_0)$"
        colours = canvas.palette
        self._right = panel(canvas, canvas.places[-1], (-8, 8), (-0.03, 1.05), title, "$z_1-z_0$")
        self._right.set_yticks([0, 0.5, 1], ["0", "0.5", "1"])
        self._right.plot(GRID, sigmoid(GRID), color=colours.prediction, lw=2.6)
        self._drop, self._point = (
            guide_line(self._right, colours.quiet),
            point(self._right, colours.prediction),
        )
        canvas.animate(self._drop, self._point)

    def _arrange(self, K):
        """Make room for the sigmoid where there are two classes."""
        for axes, place in zip((self._left, self._middle), self.canvas.places, strict=False):
            put(axes, place, self.canvas)
            show_classes(axes, K)
        self._right.set_visible(K == 2)
        if K == 2:
            put(self._right, self.canvas.places[2], self.canvas)
