"""One hidden unit's gradient: the gap ŷ − y seen through its column of W, times its own slope."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from lessons.colours import GRADIENT
from lessons.live.base.controls import choice, row, slider
from lessons.live.base.explorer import Explorer
from lessons.live.base.handle import Handle, aim
from lessons.live.base.readout import number, readout, table, vector, written
from lessons.live.drawing.canvas import Canvas
from lessons.live.drawing.flow import Frame
from lessons.live.drawing.marks import bars, panel, point, raise_bars
from lessons.model import (
    cross_entropy,
    cross_entropy_gradient,
    hidden_layer,
    linear,
    linear_input_gradient,
)

K, M = 3, 4
START = (1.0, -0.5, 0.75, 2.0)  # a of each unit
W = np.array([[1.0, -1.0, 0.5, 0.0], [-0.5, 0.5, 1.0, -1.0], [0.5, 1.0, -1.5, 0.5]])
REACH = -3.0, 3.0
GRID = np.linspace(*REACH, 241)
PANELS = Frame(66, 20, 60, 50, 210, 230), Frame(60, 20, 60, 50, 210, 230)


class Shown(NamedTuple):
    """The numbers in the picture: K = 3 classes, M = 4 hidden units, the loss in nats."""

    unit: int
    units: np.ndarray
    number: float
    output: float
    gradient: np.ndarray
    column: np.ndarray
    shares: np.ndarray
    seen: float
    slope: float
    delta: float
    loss: float
    activation: str


class HiddenUnitExplorer(Explorer):
    """Move a hidden unit: what of ŷ − y arrives at it, and what its own slope lets through.

    Parameters
    ----------
    a : float
        The unit's number before its activation, within [−3, 3].
    unit : int
        Which of the units 0 to 3.
    target : int
        The label, 0, 1 or 2.
    activation : str
        "relu" or "tanh".
    scale : float
        Pixels drawn per CSS pixel.
    """

    controls = ("unit", "a", "target", "activation")
    lead = "a"
    question = "Before you take a below 0: what becomes of the gap that arrives, and of its share?"

    def __init__(
        self,
        a: float = 1.0,
        unit: int = 0,
        target: int = 1,
        activation: str = "relu",
        scale: float = 2,
    ) -> None:
        self.unit = choice("unit m", [(f"unit {m}", m) for m in range(M)], unit)
        self.a = slider("a of this unit", a, *REACH, 0.05)
        self.target = choice("label i", [(f"class {k}", k) for k in range(K)], target)
        self.activation = choice("activation", [("ReLU", "relu"), ("tanh", "tanh")], activation)
        super().__init__([row(self.unit, self.target, self.activation), row(self.a)], scale)

    def panels(self, width: int, values: dict[str, Any]) -> Sequence[Frame]:
        """Return the panel of what arrives, and that of the unit."""
        return PANELS

    def paint(self, canvas: Canvas) -> None:
        """Add a bar for each class and their sum, and the activation with its tangent."""
        colours = canvas.palette
        title = r"$W_{km}(\hat{y}_k-y_k)$, and their sum"
        arrives = panel(canvas, canvas.places[0], (-0.6, K + 0.6), (-1.6, 1.6), title, "class $k$")
        arrives.set_xticks(range(K + 1), [*map(str, range(K)), "sum"])
        arrives.axhline(0, color=colours.axis, lw=0.9)
        self._bars = bars(arrives, K + 1, colours.gradient)
        title, name = r"$h=\varphi(a)$ and its slope", "$a$ of this unit"
        axes = panel(canvas, canvas.places[1], REACH, (-1.3, 3.1), title, name)
        axes.axhline(0, color=colours.axis, lw=0.9)
        (self._curve,) = axes.plot(GRID, GRID, color=colours.ink, lw=2.6)
        look = {"color": colours.other, "lw": 2.2, "dashes": (5, 2)}
        (self._tangent,) = axes.plot([], [], **look)
        self._point = point(axes, colours.ink)
        canvas.animate(*self._bars, self._curve, self._tangent, self._point)

    def compute(self, unit: int, a: float, target: int, activation: str) -> Shown:
        """Return what goes forward through the units, and what comes back to this one."""
        units = np.array(START)
        units[unit] = a
        outputs, slopes = _through(units, activation)
        z = linear(outputs, W, np.zeros(K))
        gap = cross_entropy_gradient(z, target)
        arriving = linear_input_gradient(W, gap)
        return Shown(
            unit,
            units,
            float(a),
            float(outputs[unit]),
            gap,
            W[:, unit],
            W[:, unit] * gap,
            float(arriving[unit]),
            float(slopes[unit]),
            float(arriving[unit] * slopes[unit]),
            float(cross_entropy(z, target)),
            activation,
        )

    def draw(self, s: Shown) -> None:
        """Move the bars, and the point along the activation."""
        raise_bars(self._bars, [*s.shares, s.seen])
        self._curve.set_ydata(_through(GRID, s.activation)[0])
        ends = np.array([s.number - 1, s.number + 1])
        self._tangent.set_data(ends, s.output + s.slope * (ends - s.number))
        self._point.set_data([s.number], [s.output])

    def handles(self, s: Shown) -> Sequence[Handle]:
        """Return the point, which a hand drags along a."""
        at, nudge = (s.number, s.output), (self.a, None)
        return (Handle("a", self._point.axes, at, lambda x, _: aim(self.a, x), "x", nudge),)

    def describe(self, s: Shown) -> tuple[str, str]:
        """Return the readout, and the picture in words."""
        numbers = (
            number("seen", "Wᵀ(ŷ − y) at this unit", s.seen, "+z.6f", GRADIENT),
            number("slope", "slope", s.slope, ".6f"),
            number("delta", "∂L/∂a", s.delta, "+z.6f", GRADIENT),
            number("output", "h", s.output, "+z.4f"),
            number("loss", "L", s.loss, ".6f", "currentColor"),
        )
        rows = (
            vector("gradient", "ŷ − y", s.gradient, colour=GRADIENT),
            vector("column", f"column {s.unit} of W", s.column, total=False),
            vector("shares", "their product", s.shares, colour=GRADIENT),
        )
        text = readout(*numbers) + table([f"class {k}" for k in range(K)] + ["sum"], *rows)
        return text, (
            f"Unit {s.unit} at a = {written(s.number, '+z.2f')}: of the gap arrives "
            f"{written(s.seen, '+z.4f')}, its slope is {written(s.slope, '.4f')}, and so its "
            f"gradient {written(s.delta, '+z.4f')}."
        )


def _through(a, activation):
    """Return the outputs and the slopes of units at these numbers."""
    a = np.asarray(a)
    outputs = hidden_layer(a[:, np.newaxis], np.ones((1, 1)), np.zeros(1), activation)[:, 0]
    return outputs, (a > 0).astype(float) if activation == "relu" else np.cosh(a) ** -2.0
