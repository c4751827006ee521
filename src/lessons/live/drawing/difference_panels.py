"""Panels ŷ − y = gradient: three bar charts with one unit and one zero line."""

from lessons.colours import AXIS, GRADIENT, PREDICTION, TARGET
from lessons.live.drawing.marks import TYPE, bars, panel, raise_bars, show_classes

UNIT = 138  # CSS pixels for a probability of 1, in all three panels
LOWEST = 28
WIDE, NARROW = (232, 74), (150, 52)  # width of a panel, and the gap between two


class DifferencePanels:
    """Bars of ŷ, of y and of their difference over the classes.

    Parameters
    ----------
    canvas : Canvas
        920 CSS pixels wide.
    most : int
        Largest number of classes.
    """

    def __init__(self, canvas, most):
        self.canvas = canvas
        middle = LOWEST + 1.05 * UNIT
        top, both = (middle, 1.05 * UNIT), (LOWEST, 2.1 * UNIT)
        self.places = (top, top, both)
        limits = ((0, 1.05), (0, 1.05), (-1.05, 1.05))
        titles = (r"$\hat{y}=\mathrm{softmax}(z)$", r"$y$", r"$\hat{y}-y=\nabla_z L$  sums to 0")
        self.axes = [
            panel(canvas, (60, bottom, 100, height), (0, 1), limit, title)
            for (bottom, height), limit, title in zip(self.places, limits, titles, strict=True)
        ]
        self.axes[2].axhline(0, color=AXIS, lw=0.9)
        self.axes[2].spines["bottom"].set_visible(False)
        self.axes[2].set_yticks([-1, -0.5, 0, 0.5, 1], ["−1", "", "0", "", "1"])
        for axes in self.axes[:2]:
            axes.set_yticks([0, 0.5, 1], ["0", "", "1"])
        colours = (PREDICTION, TARGET, GRADIENT)
        self.bars = [bars(a, most, c) for a, c in zip(self.axes, colours, strict=True)]
        canvas.animate(*(patch for patches in self.bars for patch in patches))
        self._signs = [self._write(sign, 26) for sign in "−="]
        words = ("prediction\nsums to 1", "target\nsums to 1")
        self._captions = [self._write(w, 14) for w in words]

    def arrange(self, classes, narrow):
        """Give the panels their places and the classes theirs."""
        width, gap = NARROW if narrow else WIDE
        w, h = self.canvas.width, self.canvas.height
        for n, (axes, (bottom, height)) in enumerate(zip(self.axes, self.places, strict=True)):
            left = 56 + n * (width + gap)
            axes.set_position([left / w, bottom / h, width / w, height / h])
            show_classes(axes, classes)
            if n < 2:
                middle = left + width / 2
                self._signs[n].set_position(
                    ((left + width + gap / 2 - 8) / w, (LOWEST + 1.5 * UNIT) / h)
                )
                self._captions[n].set_position((middle / w, (LOWEST + 0.62 * UNIT) / h))

    def draw(self, probabilities, targets, gradient):
        """Raise all bars."""
        for patches, heights in zip(self.bars, (probabilities, targets, gradient), strict=True):
            raise_bars(patches, heights)

    def _write(self, words, size):
        return self.canvas.figure.text(0, 0, words, fontsize=size, ha="center", va="center", **TYPE)
