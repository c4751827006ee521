"""Panels ŷ − y = gradient: three bar charts with one unit and one zero line."""

from lessons.live.drawing.flow import Frame
from lessons.live.drawing.marks import bars, inked, panel, put, raise_bars, show_classes

UNIT = 138  # CSS pixels for a probability of 1, in all three panels
HEIGHT = 2.1 * UNIT
WIDE = Frame(56, 18, 28, 38, HEIGHT, 150)
NARROW = Frame(36, 7, 28, 38, HEIGHT, 60)
TITLES = (r"$\hat{y}=\mathrm{softmax}(z)$", r"$y$", r"$\hat{y}-y=\nabla_z L$  sums to 0")
SHORT = (r"$\hat{y}$", "$y$", r"$\hat{y}-y$")
ROOM = 190  # CSS pixels that the long titles need


def frames(width):
    """Return the frames of the three panels, side by side on any page: their signs are read so."""
    return (WIDE if width >= 3 * (56 + ROOM + 18) else NARROW,) * 3


class DifferencePanels:
    """Bars of ŷ, of y and of their difference over the classes.

    Parameters
    ----------
    canvas : Canvas
    most : int
        Largest number of classes.
    """

    def __init__(self, canvas, most):
        self.canvas = canvas
        limits = ((0, 1.05), (0, 1.05), (-1.05, 1.05))
        self.axes = [panel(canvas, (0, 0, 1, 1), (0, 1), limit, "") for limit in limits]
        self.axes[2].axhline(0, color=canvas.palette.axis, lw=0.9)
        self.axes[2].spines["bottom"].set_visible(False)
        self.axes[2].set_yticks([-1, -0.5, 0, 0.5, 1], ["−1", "", "0", "", "1"])
        for axes in self.axes[:2]:
            axes.set_yticks([0, 0.5, 1], ["0", "", "1"])
        colours = (canvas.palette.prediction, canvas.palette.target, canvas.palette.gradient)
        self.bars = [bars(a, most, c) for a, c in zip(self.axes, colours, strict=True)]
        canvas.animate(*(patch for patches in self.bars for patch in patches))
        self._signs = [self._write(sign, 26) for sign in "−="]
        words = ("prediction\nsums to 1", "target\nsums to 1")
        self._captions = [self._write(w, 14) for w in words]

    def arrange(self, classes, places):
        """Give the panels their places and the classes theirs."""
        w, h = self.canvas.width, self.canvas.height
        titles = TITLES if places[0][2] >= ROOM else SHORT
        for n, (axes, place, title) in enumerate(zip(self.axes, places, titles, strict=True)):
            left, bottom, width, height = place
            upper = (left, bottom + height / 2, width, height / 2)
            put(axes, upper if n < 2 else place, self.canvas)
            axes.set_title(title, loc="left", fontsize=13, pad=9, **inked(self.canvas))
            show_classes(axes, classes)
            if n < 2:
                between = (left + width + places[n + 1][0]) / 2 - 8
                zero = bottom + height / 2
                self._signs[n].set_position((between / w, (zero + 0.21 * height) / h))
                self._captions[n].set_position(((left + width / 2) / w, (zero - 60) / h))
                self._captions[n].set_fontsize(14 if width >= 100 else 11.5)

    def draw(self, probabilities, targets, gradient):
        """Raise all bars."""
        for patches, heights in zip(self.bars, (probabilities, targets, gradient), strict=True):
            raise_bars(patches, heights)

    def _write(self, words, size):
        look = {"ha": "center", "va": "center", "fontsize": size}
        return self.canvas.figure.text(0, 0, words, **look, **inked(self.canvas))
