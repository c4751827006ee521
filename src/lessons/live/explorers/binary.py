"""Two classes: ŷ − y as a gap on the sigmoid, and the same number as the slope of the loss."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from ipywidgets import Widget

from lessons.colours import GRADIENT, PREDICTION, TARGET
from lessons.live.base.controls import row, setter, slider, with_buttons
from lessons.live.base.descent import Descent
from lessons.live.base.explorer import Explorer
from lessons.live.base.handle import Handle, aim
from lessons.live.base.readout import number, readout, written
from lessons.live.drawing.canvas import Canvas
from lessons.live.drawing.flow import Frame
from lessons.live.drawing.marks import (
    BARE,
    arrow,
    guide_line,
    label,
    move_label,
    panel,
    point,
    stretch,
)
from lessons.model import (
    binary_cross_entropy,
    binary_cross_entropy_gradient,
    numerical_gradient,
    sigmoid,
)

RANGE = (-8.0, 8.0)
GRID = np.linspace(*RANGE, 321)
TANGENT = np.array([-2.0, 2.0])  # how far it is drawn to either side, in nats
PANELS = Frame(62, 35, 52, 40, 258, 230), Frame(38, 35, 52, 40, 258, 230)
NAME_WIDTH = 84  # CSS pixels, of the slope's name
HIGHEST, LOSSES = 8.0, (-0.5, 8.5)
BELOW = -0.28  # where the next step is drawn, as an arrow along the axis of z
GAP = r"$\hat{y} - y$"


class Shown(NamedTuple):
    """The numbers in the picture, all scalars: losses in nats."""

    logit: float
    target: float
    probability: float
    loss: float
    gradient: float
    finite_difference: float
    next_logit: float
    path: tuple[tuple[float, ...], ...]


class BinaryExplorer(Explorer):
    """Move z and y: the gap ŷ − y on the sigmoid is the slope of the loss.

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
    >>> explorer = BinaryExplorer(z=0.0, y=1.0)
    >>> explorer.gradient
    -0.5
    """

    controls = ("z", "y", "rate")
    lead = "z"
    film = "y", (0, 0.5, 1)
    question = "Drag z to and fro: which two things grow and shrink together?"

    def __init__(self, z: float = 1.0, y: float = 1.0, scale: float = 2) -> None:
        self.z = slider("z", z, *RANGE, 0.05)
        self.y = slider("y", y, 0, 1, 0.05, "4.2f")
        zero, one = (setter(self.y, v, str(v), f"set y to {v}") for v in (0, 1))
        self.descent = Descent(self, self._gradient, lambda: (self.z,), (self.z, self.y))
        self.rate = self.descent.rate
        controls = row(self.z, with_buttons(self.y, zero, one))
        super().__init__([controls, self.descent.row], scale)

    def panels(self, width: int, values: dict[str, Any]) -> Sequence[Frame]:
        """Return the sigmoid's panel and the loss's."""
        return PANELS

    def paint(self, canvas: Canvas) -> None:
        """Add the sigmoid with its gap, and the loss with its tangent."""
        self._sigmoid_panel(canvas)
        self._loss_panel(canvas)

    def values(self, control: Widget | None = None, value: object = None) -> dict[str, Any]:
        """Return the controls' values, and where steps have led from."""
        return super().values(control, value) | {"path": self.descent.path}

    def compute(self, z: float, y: float, rate: float, path: Any) -> Shown:
        """Return all numbers for a logit, a target and a learning rate."""
        gradient = float(binary_cross_entropy_gradient(z, y))
        return Shown(
            z,
            y,
            float(sigmoid(z)),
            float(binary_cross_entropy(z, y)),
            gradient,
            float(numerical_gradient(lambda t: binary_cross_entropy(t, y), z)),
            z - rate * gradient,
            path,
        )

    def _gradient(self):
        return self.compute(**self.values()).gradient

    def draw(self, s: Shown) -> None:
        """Move the point, the target level, the gap, the loss curve and its tangent."""
        z = s.logit
        self._level.set_ydata([s.target, s.target])
        self._drop.set_data([z, z], [0, s.probability])
        self._point.set_data([z], [s.probability])
        stretch(self._gap, (z, s.target), (z, s.probability), abs(s.gradient))
        self._curve.set_ydata(binary_cross_entropy(GRID, np.full_like(GRID, s.target)))
        self._foot.set_data([z], [s.loss])
        self._tangent.set_data(z + TANGENT, s.loss + s.gradient * TANGENT)
        self._run.set_data([z, z + 1], [s.loss, s.loss])
        ends = (z + 1, s.loss), (z + 1, s.loss + s.gradient)
        stretch(self._rise, *ends, abs(s.gradient) / np.ptp(LOSSES), 12, BARE)
        before = np.ravel(s.path)
        self._path.set_data(before, binary_cross_entropy(before, np.full(len(before), s.target)))
        end = float(np.clip(s.next_logit, *RANGE))
        stretch(self._move, (z, BELOW), (end, BELOW), abs(end - z) / np.ptp(RANGE), 12, BARE)
        self._place_names(s)

    def _place_names(self, s):
        z, downhill = s.logit, -1 if s.gradient < 0 else 1
        move_label(self._level_name, "$y$", (RANGE[1] + 0.45, s.target), 1)
        wide = NAME_WIDTH * np.ptp(RANGE) / self.canvas.places[1][2]  # in the units of the axes
        side = _with_room(z, downhill, wide)
        move_label(self._gap_name, GAP, (z + 0.45 * side, (s.target + s.probability) / 2), side)
        self._gap_name.set_visible(abs(s.gradient) > 0.07)
        side = _with_room(z, -downhill, wide)
        for gap in (0.3, 0.7, 1.1, 1.5):  # near the point, but above the curve, below the title
            ends = z + side * np.array([gap, gap + wide])
            height = np.interp(ends, *self._curve.get_data()).max() + 0.6
            if height <= HIGHEST:
                break
        move_label(self._slope_name, f"slope {GAP}", (z + side * gap, height), side)

    def handles(self, s: Shown) -> Sequence[Handle]:
        """Return the two points, which move z, and the level of the target."""

        def along_z(x, _):
            aim(self.z, x)

        left, right, move_z = self._point.axes, self._foot.axes, (self.z, None)
        return (
            Handle(
                "y",
                left,
                (RANGE[0] + 1, s.target),
                lambda _, y: aim(self.y, y),
                "y",
                (None, self.y),
                (46, 24),
            ),
            Handle("z", left, (s.logit, s.probability), along_z, "x", move_z),
            Handle("z on L", right, (s.logit, min(s.loss, HIGHEST)), along_z, "x", move_z),
        )

    def describe(self, s: Shown) -> tuple[str, str]:
        """Return the readout, and the picture in words."""
        text = readout(
            number("logit", "z", s.logit, "+z.2f"),
            number("target", "y", s.target, ".2f", TARGET),
            number("probability", "ŷ", s.probability, ".6f", PREDICTION),
            number("loss", "L", s.loss, ".6f", "currentColor"),
            number("next_logit", "z − η(ŷ − y)", s.next_logit, "+z.4f"),
            number("gradient", "ŷ − y", s.gradient, "+.6f", GRADIENT),
            number("finite_difference", "[L(z+h) − L(z−h)] / 2h", s.finite_difference),
        )
        gap = written(s.gradient, "+z.4f")
        return text, (
            f"Left: the sigmoid at z = {written(s.logit, '+z.2f')} is ŷ = {s.probability:.4f}; "
            f"the target is y = {s.target:.2f}; an arrow from y to ŷ shows the gap {gap}. "
            f"Right: the loss there is {s.loss:.4f}, its tangent has the slope {gap}."
        )

    def _sigmoid_panel(self, canvas):
        colours = canvas.palette
        title = r"Prediction $\hat{y}=\sigma(z)$ and target $y$"
        axes = panel(canvas, canvas.places[0], RANGE, (-0.06, 1.06), title, "logit $z$")
        axes.set_yticks([0, 0.5, 1], ["0", "0.5", "1"])
        axes.hlines([0, 1], *RANGE, color=colours.faint, lw=1)
        axes.plot(GRID, sigmoid(GRID), color=colours.prediction, lw=2.6)
        (self._level,) = axes.plot(
            RANGE, [0, 0], color=colours.target, lw=2, dashes=(5, 2.5), zorder=3
        )
        self._drop, self._point = guide_line(axes, colours.quiet), point(axes, colours.prediction)
        self._gap = arrow(axes, colours.gradient)
        self._gap_name, self._level_name = (
            label(axes, colours.gradient),
            label(axes, colours.target),
        )
        canvas.animate(self._level, self._drop, self._point, self._gap)
        canvas.animate(self._gap_name, self._level_name)

    def _loss_panel(self, canvas):
        colours = canvas.palette
        title = "Loss $L(z)$ and its slope"
        axes = panel(canvas, canvas.places[1], RANGE, LOSSES, title, "logit $z$")
        axes.axhline(0, color=colours.faint, lw=1)
        (self._curve,) = axes.plot(GRID, 0 * GRID, color=colours.ink, lw=2.6, zorder=3)
        (self._tangent,) = axes.plot([], [], color=colours.gradient, lw=3.4, zorder=5)
        self._foot = point(axes, colours.ink)
        self._run = guide_line(axes, colours.quiet)
        self._rise = arrow(axes, colours.gradient)
        look = {"ls": "", "zorder": 5.5, "clip_on": False}
        (self._path,) = axes.plot(
            [], [], "o", ms=7, color=colours.quiet, mec=colours.ground, **look
        )
        self._move = arrow(axes, colours.ink)
        self._move.set_linewidth(2)
        self._slope_name = label(axes, colours.gradient)
        canvas.animate(self._curve, self._tangent, self._foot, self._slope_name)
        canvas.animate(self._run, self._rise, self._path, self._move)


def _with_room(z, side, wide):
    """Return the side of z, −1 or 1, or the other if a name there would leave the axes."""
    return -side if abs(z + (wide + 0.4) * side) > RANGE[1] else side
