"""Simplex: the probabilities of three classes as a point in a triangle, ŷ − y as an arrow in it."""

import numpy as np

from lessons.live.drawing.flow import Frame
from lessons.live.drawing.marks import TYPE, arrow, inked, panel, stretch

CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, np.sqrt(3) / 2]])
WIDTH, HEIGHT = (-0.16, 1.16), (-0.16, 1.06)
# So that the triangle is equilateral.
FRAME = Frame(8, 8, 40, 30, 284 * np.ptp(HEIGHT) / np.ptp(WIDTH), 284, share=0)


def shares_at(x, y):
    """Return the three shares of a point of the plane; outside the triangle the nearest inside."""
    shares = np.linalg.solve(np.vstack([CORNERS.T, np.ones(3)]), [x, y, 1.0])
    shares = np.maximum(shares, 1e-3)
    return shares / shares.sum()


class Simplex:
    """A triangle with a corner for each class.

    Parameters
    ----------
    canvas : Canvas
        Whoever shows the triangle puts its axes into a place of the proportions of `FRAME`.
    """

    def __init__(self, canvas):
        self.axes = panel(canvas, (0, 0, 1, 1), WIDTH, HEIGHT, "")
        self.axes.set_axis_off()
        self._colours = colours = canvas.palette
        for share in (0.25, 0.5, 0.75):
            self._draw_levels(share)
        self.axes.fill(*CORNERS.T, fill=False, ec=colours.axis, lw=1.2)
        for k, (x, y) in enumerate(CORNERS):
            words = f"class {k}"
            beyond = 0.09 if y else -0.09
            self.axes.text(
                x, y + beyond, words, fontsize=12.5, ha="center", va="center", **inked(canvas)
            )
        self._draw_legend()
        (self._point,) = self.axes.plot(
            [], [], "o", ms=9, color=colours.prediction, mec=colours.ground, zorder=6
        )
        (self._goal,) = self.axes.plot(
            [], [], "D", ms=9, color=colours.target, mec=colours.ground, zorder=4
        )
        look = {"color": colours.quiet, "mec": colours.ground, "lw": 1.4, "zorder": 5}
        (self._path,) = self.axes.plot([], [], "o-", ms=6, **look)
        self._arrow = arrow(self.axes, colours.gradient)
        canvas.animate(self._point, self._goal, self._arrow, self._path)

    def draw(self, probabilities, targets, path):
        """Move the two points, the arrow from y to ŷ, and the path that has led to ŷ."""
        self._path.set_data(*(path @ CORNERS).T)
        point, goal = probabilities @ CORNERS, targets @ CORNERS
        self._point.set_data(*point[:, None])
        self._goal.set_data(*goal[:, None])
        stretch(self._arrow, goal, point, float(np.hypot(*(point - goal))), head=15)

    def _draw_levels(self, share):
        """Draw the lines on which one class has the given probability."""
        for k in range(3):
            this, one, other = CORNERS[[k, (k + 1) % 3, (k + 2) % 3]]
            ends = share * this + (1 - share) * np.array([one, other])
            self.axes.plot(*ends.T, color=self._colours.faint, lw=0.9, zorder=1)

    def _draw_legend(self):
        colours = self._colours
        marks = ((0.9, "o", colours.prediction, r"$\hat{y}$"), (0.72, "D", colours.target, "$y$"))
        for y, mark, colour, words in marks:
            self.axes.plot([-0.1], [y], mark, ms=8, color=colour)
            self.axes.text(-0.03, y, words, fontsize=14, va="center", **TYPE | {"color": colour})
