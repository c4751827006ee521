"""Cross-entropy of a soft target: it is the target's entropy and, above that floor, the KL."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from lessons.colours import LIGHT, PREDICTION, TARGET
from lessons.live.base.controls import button, row, slider, with_buttons
from lessons.live.base.explorer import Explorer
from lessons.live.base.handle import Handle, aim, log_odds
from lessons.live.base.readout import number, readout
from lessons.live.drawing.canvas import Canvas
from lessons.live.drawing.flow import Frame
from lessons.live.drawing.marks import guide_line, label, move_label, panel, point
from lessons.model import binary_cross_entropy

STEP = 1 / 60  # halves, thirds, tenths are whole steps
TWO_THIRDS = round(40 * STEP, 10)  # as a hand would set it
GRID = np.linspace(0.002, 0.998, 499)
ENDS = (3 * STEP, 57 * STEP)  # of ŷ: further out the loss would leave the picture
LIMITS = (-0.4, 3.1)
PANEL = Frame(58, 30, 54, 46, 300, 230, lowest=0.6)
FLOOR = -0.2  # height of the target's handle: below the curve, also where that touches 0


class Shown(NamedTuple):
    """The numbers in the picture, all scalars: losses in nats."""

    probability: float
    target: float
    loss: float
    entropy: float
    divergence: float


class SoftTargetExplorer(Explorer):
    """Move ŷ and y, probabilities of class 1 of two: the loss never falls below the entropy of y.

    Parameters
    ----------
    p : float
        Prediction ŷ, within [1/20, 19/20].
    y : float
        Target, within [0, 1].
    scale : float
        Pixels drawn per CSS pixel.

    Examples
    --------
    >>> explorer = SoftTargetExplorer(p=0.5, y=1.0)
    >>> explorer.loss == explorer.divergence == float(np.log(2)), explorer.entropy
    (True, 0.0)
    """

    controls = ("p", "y")
    lead = "p"
    film = "y", (0.5, TWO_THIRDS, 1)
    question = "Where does ŷ have to be for the smallest loss, and why is it not 0 there?"

    def __init__(self, p: float = 0.9, y: float = TWO_THIRDS, scale: float = 2) -> None:
        self.p = slider("ŷ", p, *ENDS, STEP, ".3f")
        self.y = slider("y", y, 0, 1, STEP, ".3f")
        equal = button("ŷ = y", self._predict_target, "set the prediction to the target")
        super().__init__([row(with_buttons(self.p, equal), self.y)], scale)

    def panels(self, width: int, values: dict[str, Any]) -> Sequence[Frame]:
        """Return the panel, with room for the names of both parts above."""
        return (PANEL,)

    def paint(self, canvas: Canvas) -> None:
        """Add the loss over ŷ, its floor, and a bar of its two parts."""
        colours = canvas.palette
        names = r"cross-entropy, in nats", r"prediction $\hat{y}$ for class 1"
        axes = panel(canvas, canvas.places[0], (0, 1), LIMITS, *names)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "0.25", "0.5", "0.75", "1"])
        (self._curve,) = axes.plot(GRID, GRID, color=colours.ink, lw=2.6, zorder=3)
        (self._floor,) = axes.plot(
            [0, 1], [0, 0], color=colours.target, lw=2, dashes=(5, 2.5), zorder=2
        )
        (self._below,) = axes.plot([], [], color=colours.target, lw=7, solid_capstyle="butt")
        (self._above,) = axes.plot([], [], color=colours.other, lw=7, solid_capstyle="butt")
        self._drop, self._point = guide_line(axes, colours.target), point(axes, colours.prediction)
        self._target = point(axes, colours.target)
        canvas.animate(self._curve, self._floor, self._below, self._above)
        canvas.animate(self._drop, self._point, self._target)
        parts = (
            (2.75, colours.other, "KL: what the prediction adds"),
            (2.4, colours.target, "entropy: the floor, of $y$ alone"),
        )
        for height, colour, words in parts:  # the curve keeps to the sides up there
            name = label(axes, colour)
            move_label(name, words, (0.5, height), 1)
            name.set_horizontalalignment("center")

    def compute(self, p: float, y: float) -> Shown:
        """Return the loss, the entropy of the target, and what the prediction adds."""
        loss = float(binary_cross_entropy(np.log(p / (1 - p)), y))
        entropy = float(binary_cross_entropy(log_odds(y), y)) if 0 < y < 1 else 0.0
        return Shown(p, y, loss, entropy, loss - entropy)

    def draw(self, s: Shown) -> None:
        """Move the curve, the floor, both points and the two parts of the bar."""
        y = np.full_like(GRID, s.target)
        self._curve.set_ydata(binary_cross_entropy(np.log(GRID / (1 - GRID)), y))
        self._floor.set_ydata([s.entropy, s.entropy])
        self._below.set_data([s.probability] * 2, [0, s.entropy])
        self._above.set_data([s.probability] * 2, [s.entropy, s.loss])
        self._point.set_data([s.probability], [s.loss])
        self._target.set_data([s.target], [FLOOR])
        self._drop.set_data([s.target] * 2, [FLOOR, s.entropy])

    def handles(self, s: Shown) -> Sequence[Handle]:
        """Return the point on the curve, which moves ŷ, and the one below it, which moves y."""
        axes = self._point.axes
        return (
            Handle("y", axes, (s.target, FLOOR), lambda x, _: aim(self.y, x), "x", (self.y, None)),
            Handle(
                "ŷ",
                axes,
                (s.probability, s.loss),
                lambda x, _: aim(self.p, x),
                "x",
                (self.p, None),
            ),
        )

    def describe(self, s: Shown) -> tuple[str, str]:
        """Return the readout, and the picture in words."""
        text = readout(
            number("probability", "ŷ", s.probability, ".3f", PREDICTION),
            number("target", "y", s.target, ".3f", TARGET),
            number("loss", "cross-entropy", s.loss, ".6f", "currentColor"),
            number("entropy", "entropy of y", s.entropy, ".6f", TARGET),
            number("divergence", "KL", s.divergence, "z.6f", LIGHT.other),
        )
        return text, (
            f"Cross-entropy over the prediction ŷ, for the target y = {s.target:.3f}. Its lowest "
            f"point is at ŷ = y, on a floor: the entropy of y, {s.entropy:.4f}. At ŷ = "
            f"{s.probability:.3f} it is {s.loss:.4f}, which is {s.divergence:.4f} above the floor."
        )

    def _predict_target(self):
        aim(self.p, self.y.value)
