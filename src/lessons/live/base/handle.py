"""Handle: a place in the picture that a hand can take, and what moving it sets."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from matplotlib.axes import Axes

from lessons.live.drawing.canvas import CSS_DPI
from lessons.live.entry.number_controls import Number

LEAST = 24  # CSS pixels, of width and height: what a finger can meet
CURSORS = {"x": "ew-resize", "y": "ns-resize", "xy": "move"}


@dataclass(frozen=True)
class Handle:
    """A place to take hold of.

    Attributes
    ----------
    name : str
        Different from every other handle's.
    axes : matplotlib.axes.Axes
        In whose coordinates the handle lies and moves.
    at : (float, float)
        Its centre.
    move : callable
        `move(x, y)` sets controls to where the handle is taken, by `aim`.
    along : str
        The directions in which it can go: "x", "y" or "xy".
    nudge : (Number or None, Number or None)
        The controls that the arrow keys left and right, down and up step.
    size : (float, float)
        Width and height in CSS pixels.
    """

    name: str
    axes: Axes
    at: tuple[float, float]
    move: Callable[[float, float], None]
    along: str = "x"
    nudge: tuple[Number | None, Number | None] = (None, None)
    size: tuple[float, float] = (LEAST, LEAST)

    def on_page(self) -> dict[str, object]:
        """Return the handle as the page needs it, in CSS pixels from the upper left corner."""
        x, y = self.axes.transData.transform(self.at) / self._scale
        return {
            "name": self.name,
            "x": round(float(x), 1),
            "y": round(float(self._height - y), 1),
            "width": max(LEAST, self.size[0]),
            "height": max(LEAST, self.size[1]),
            "cursor": CURSORS[self.along],
        }

    def take_to(self, x: float, y: float) -> None:
        """Move the handle to a place of the page."""
        place = (x * self._scale, (self._height - y) * self._scale)
        self.move(*map(float, self.axes.transData.inverted().transform(place)))

    def step(self, dx: int, dy: int) -> None:
        """Step the controls by so many of their steps, as arrow keys do."""
        for control, by in zip(self.nudge, (dx, dy), strict=True):
            if control is not None and by:
                control.aim(control.position + by * control.step)

    @property
    def _scale(self):
        return self.axes.figure.dpi / CSS_DPI

    @property
    def _height(self):
        return self.axes.figure.bbox.height / self._scale


def aim(control: Number, place: float) -> None:
    """Set a slider to the step nearest to a place on its track, at most to one of its ends."""
    control.aim(place)


def log_odds(share: float) -> float:
    """Return the logit of a probability, of one that is dragged beyond 0 or 1 a very large one."""
    share = min(max(share, 1e-9), 1 - 1e-9)
    return log(share / (1 - share))


def aim_share(logits: Sequence[Number], k: int, share: float) -> None:
    """Set the slider of logit k so that its softmax comes nearest to a share; the others stay."""
    others = [slider.value for j, slider in enumerate(logits) if j != k]
    aim(logits[k], log_odds(share) + float(np.logaddexp.reduce(others)))
