"""Simplex: the probabilities of three classes as a point in a triangle, ŷ − y as an arrow in it."""

import numpy as np

from lessons.colours import AXIS, FAINT, GRADIENT, PREDICTION, TARGET
from lessons.live.drawing.marks import TYPE, arrow, panel, stretch

CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, np.sqrt(3) / 2]])
WIDTH, HEIGHT = (-0.16, 1.16), (-0.16, 1.06)


def shares_at(x, y):
    """Return the three shares of a point of the plane; outside the triangle the nearest inside."""
    shares = np.linalg.solve(np.vstack([CORNERS.T, np.ones(3)]), [x, y, 1.0])
    shares = np.maximum(shares, 1e-3)
    return shares / shares.sum()


class Simplex:
    """A triangle with a corner for each class, at the given place of a canvas.

    Parameters
    ----------
    canvas : Canvas
    left, bottom, width : float
        In CSS pixels; the height follows, so that the triangle is equilateral.
    """

    def __init__(self, canvas, left, bottom, width):
        height = width * np.ptp(HEIGHT) / np.ptp(WIDTH)
        self.axes = panel(canvas, (left, bottom, width, height), WIDTH, HEIGHT, "")
        self.axes.set_axis_off()
        for share in (0.25, 0.5, 0.75):
            self._draw_levels(share)
        self.axes.fill(*CORNERS.T, fill=False, ec=AXIS, lw=1.2)
        for k, (x, y) in enumerate(CORNERS):
            words = f"class {k}"
            beyond = 0.09 if y else -0.09
            self.axes.text(x, y + beyond, words, fontsize=12.5, ha="center", va="center", **TYPE)
        self._draw_legend()
        (self._point,) = self.axes.plot([], [], "o", ms=9, color=PREDICTION, mec="white", zorder=6)
        (self._goal,) = self.axes.plot([], [], "D", ms=9, color=TARGET, mec="white", zorder=4)
        self._arrow = arrow(self.axes, GRADIENT)
        canvas.animate(self._point, self._goal, self._arrow)

    def draw(self, probabilities, targets):
        """Move the two points and the arrow from y to ŷ."""
        point, goal = probabilities @ CORNERS, targets @ CORNERS
        self._point.set_data(*point[:, None])
        self._goal.set_data(*goal[:, None])
        stretch(self._arrow, goal, point, float(np.hypot(*(point - goal))), head=15)

    def _draw_levels(self, share):
        """Draw the lines on which one class has the given probability."""
        for k in range(3):
            this, one, other = CORNERS[[k, (k + 1) % 3, (k + 2) % 3]]
            ends = share * this + (1 - share) * np.array([one, other])
            self.axes.plot(*ends.T, color=FAINT, lw=0.9, zorder=1)

    def _draw_legend(self):
        marks = ((0.9, "o", PREDICTION, r"$\hat{y}$"), (0.76, "D", TARGET, "$y$"))
        for y, mark, colour, words in marks:
            self.axes.plot([-0.1], [y], mark, ms=8, color=colour)
            self.axes.text(-0.03, y, words, fontsize=14, va="center", **TYPE | {"color": colour})
