"""Why cross-entropy: beside its gradient, that of the squared error dies."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from lessons.colours import GRADIENT, LIGHT
from lessons.live.base.controls import row, setter, slider, with_buttons
from lessons.live.base.explorer import Explorer
from lessons.live.base.handle import Handle, aim
from lessons.live.base.readout import number, readout, written
from lessons.live.drawing.canvas import Canvas
from lessons.live.drawing.flow import Frame
from lessons.live.drawing.marks import guide_line, label, move_label, panel, point
from lessons.model import binary_cross_entropy_gradient, sigmoid

RANGE = (-8.0, 8.0)
GRID = np.linspace(*RANGE, 321)
WIDE = 700  # CSS pixels, in which the curves' names stand beside them
BESIDE = Frame(66, 214, 54, 46, 280, 200, lowest=0.7)
ABOVE = Frame(66, 24, 54, 110, 280, 200)
SQUARED = LIGHT.other  # neither ŷ, nor y, nor ŷ − y


class Shown(NamedTuple):
    """The numbers in the picture, all scalars."""

    logit: float
    target: float
    probability: float
    gradient: float
    squared_gradient: float
    factor: float


class SaturationExplorer(Explorer):
    """Move z to where the prediction is wrong and sure: one gradient is large, the other is gone.

    Parameters
    ----------
    z : float
        Logit, in nats, within [−8, 8].
    y : float
        Target, within [0, 1].
    scale : int
        Pixels drawn per CSS pixel.

    Examples
    --------
    >>> explorer = SaturationExplorer(z=0.0, y=1.0)
    >>> explorer.gradient, explorer.squared_gradient
    (-0.5, -0.25)
    """

    controls = ("z", "y")
    lead = "z"
    film = "y", (0, 0.5, 1)
    question = "The prediction is wrong on the far side from y. Which gradient still says so there?"

    def __init__(self, z: float = -3.0, y: float = 1.0, scale: float = 2) -> None:
        self.z = slider("z", z, *RANGE, 0.05)
        self.y = slider("y", y, 0, 1, 0.05, ".2f")
        zero, one = (setter(self.y, v, str(v), f"set y to {v}") for v in (0, 1))
        super().__init__([row(self.z, with_buttons(self.y, zero, one))], scale)

    def panels(self, width: int, values: dict[str, Any]) -> Sequence[Frame]:
        """Return the panel, with room for the names of the curves beside it or above."""
        return (BESIDE if width >= WIDE else ABOVE,)

    def paint(self, canvas: Canvas) -> None:
        """Add both gradients on one axis."""
        self._draw_panel(canvas)

    def compute(self, z: float, y: float) -> Shown:
        """Return both gradients, and the factor 2ŷ(1 − ŷ) between them."""
        factor = float(2 * sigmoid(z) * sigmoid(-z))
        gradient = float(binary_cross_entropy_gradient(z, y))
        return Shown(z, y, float(sigmoid(z)), gradient, gradient * factor, factor)

    def draw(self, s: Shown) -> None:
        """Move both curves and both points."""
        curve = binary_cross_entropy_gradient(GRID, np.full_like(GRID, s.target))
        self._curve.set_ydata(curve)
        self._squared.set_ydata(2 * curve * sigmoid(GRID) * sigmoid(-GRID))
        ends = sorted((0.0, s.gradient, s.squared_gradient))
        self._drop.set_data([s.logit, s.logit], [ends[0], ends[-1]])
        self._point.set_data([s.logit], [s.gradient])
        self._squared_point.set_data([s.logit], [s.squared_gradient])

    def handles(self, s: Shown) -> Sequence[Handle]:
        """Return both points, which move z."""

        def along(x, _):
            aim(self.z, x)

        axes, move = self._point.axes, (self.z, None)
        return (
            Handle("z", axes, (s.logit, s.gradient), along, "x", move),
            Handle("z on the squared error", axes, (s.logit, s.squared_gradient), along, "x", move),
        )

    def describe(self, s: Shown) -> tuple[str, str]:
        """Return the readout, and the picture in words."""
        text = readout(
            number("logit", "z", s.logit, "+z.2f"),
            number("target", "y", s.target, ".2f"),
            number("probability", "ŷ", s.probability, ".6f"),
            number("gradient", "cross-entropy: ŷ − y", s.gradient, "+z.6f", GRADIENT),
            number("factor", "2ŷ(1 − ŷ)", s.factor, ".6f"),
            number(
                "squared_gradient",
                "squared error: 2(ŷ − y)ŷ(1 − ŷ)",
                s.squared_gradient,
                "+z.6f",
                SQUARED,
            ),
        )
        return text, (
            f"Two gradients over the logit, for the target {s.target:.2f}. At z = "
            f"{written(s.logit, '+z.2f')} cross-entropy gives {written(s.gradient, '+z.4f')}, the "
            f"squared error {written(s.squared_gradient, '+z.4f')}."
        )

    def _draw_panel(self, canvas):
        colours = canvas.palette
        title = "gradient with respect to $z$"
        axes = panel(canvas, canvas.places[0], RANGE, (-1.05, 1.05), title, "logit $z$")
        axes.set_yticks([-1, -0.5, 0, 0.5, 1], ["−1", "−0.5", "0", "0.5", "1"])
        axes.axhline(0, color=colours.axis, lw=0.9)
        (self._curve,) = axes.plot(GRID, GRID, color=colours.gradient, lw=2.8, zorder=4)
        (self._squared,) = axes.plot(
            GRID, GRID, color=colours.other, lw=2.8, dashes=(5, 2), zorder=3
        )
        self._drop = guide_line(axes, colours.quiet)
        self._point, self._squared_point = point(axes, colours.gradient), point(axes, colours.other)
        canvas.animate(self._curve, self._squared, self._drop, self._point, self._squared_point)
        self._draw_legend(axes, canvas)

    def _draw_legend(self, axes, canvas):
        """Name the two curves, with the formula of each, to the right of the axes or above."""
        _, _, wide, high = canvas.places[0]
        beside = canvas.width >= WIDE
        left, tops = (wide + 20, (220, 97)) if beside else (12 - ABOVE.left, (high + 74, high + 46))
        curves = (
            (canvas.palette.gradient, (), "cross-entropy", r"$\hat{y}-y$"),
            (
                canvas.palette.other,
                (5, 2),
                "squared error",
                r"$2(\hat{y}-y)\,\hat{y}\,(1-\hat{y})$",
            ),
        )
        for top, (colour, dashes, words, formula) in zip(tops, curves, strict=True):
            # From CSS pixels in the axes to shares of them.
            xs, y = np.array([left, left + 44, left + 52]) / wide, top / high
            look = {"lw": 2.8, "dashes": dashes or (None, None), "clip_on": False}
            axes.plot(xs[:2], [y, y], color=colour, transform=axes.transAxes, **look)
            lines = (words, formula) if beside else (f"{words}: {formula}",)
            for n, line in enumerate(lines):
                name = label(axes, colour)
                name.set_transform(axes.transAxes)
                move_label(name, line, (xs[2], y - 30 * n / high), 1)
