"""Panels of a trained model: its decision regions, or its weights as pictures."""

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import to_rgb
from matplotlib.patches import Polygon

from lessons.live.drawing.marks import inked, panel

BOX = (-3.2, 3.2, -3.2, 3.2)
COLOURS = ("#56B4E9", "#E69F00", "#CC79A7")  # classes; none of them is ŷ, y or ŷ − y
MARKS = "os^"
SIDE, ACROSS = 8, 5  # pixels of a digit's side, pictures in a row
STARTS = (0, 11, 26)  # first rows of the two rows of weights, and of the misread digits
ORANGE_VIOLET, GREY = colormaps["PuOr_r"], colormaps["gray_r"]  # as in the lesson's own cells
WORDS = 380  # CSS pixels of the title in one line
TITLE = {"loc": "left", "fontsize": 12.5, "pad": 3, "linespacing": 1.0}
TILES = ACROSS * SIDE + (ACROSS - 1) * 2


class RegionPanel:
    """Two features: convex decision regions, points by class, rings around misclassified ones.

    Parameters
    ----------
    canvas : Canvas
    place : tuple of four floats
        Left, bottom, width and height in CSS pixels.
    """

    def __init__(self, canvas, place):
        self.axes = panel(canvas, place, BOX[:2], BOX[2:], "", " ", " ")
        ink, ground = canvas.palette.ink, canvas.palette.ground
        self._type = inked(canvas)
        self._regions = [
            self.axes.add_patch(Polygon(np.zeros((3, 2)), facecolor=pale(colour, ground), zorder=k))
            for k, colour in zip((2.2, 2.1, 2.0), COLOURS, strict=True)
        ]
        dots = {"ls": "", "ms": 5.5, "mec": ink, "mew": 0.6, "zorder": 4}
        self._dots = [
            self.axes.plot([], [], mark, color=colour, **dots)[0]
            for mark, colour in zip(MARKS, COLOURS, strict=True)
        ]
        (self._rings,) = self.axes.plot([], [], "o", ms=10, mfc="none", mec=ink, mew=1.1, zorder=5)
        self._legend = [self._legend_entry(k) for k in range(len(MARKS))]
        look = {"ls": "", "ms": 10, "mec": ink, "mew": 1.6, "zorder": 6}
        self._marked = [
            self.axes.plot([], [], mark, color=colour, **look)[0]
            for mark, colour in zip(MARKS, COLOURS, strict=True)
        ]
        canvas.animate(*self._regions, *self._dots, self._rings, *self._marked)

    def arrange(self, table):
        """Show what features and classes of a data set are called."""
        for k in range(len(table.classes)):
            self._legend[k].set_text(table.classes[k])
        self.axes.set_xlabel(f"{table.features[0]}, standardised")
        self.axes.set_ylabel(f"{table.features[1]}, standardised")

    def draw(self, s):
        """Move the regions and the points, of which one a class is large: it can be moved."""
        for k, (dots, marked) in enumerate(zip(self._dots, self._marked, strict=True)):
            points = s.table.X[s.table.labels == k]
            dots.set_data(*points.T)
            marked.set_data(*points[:1].T)
        for patch, corners in zip(
            self._regions, decision_regions(s.weights, s.bias, BOX), strict=True
        ):
            patch.set_visible(len(corners) > 2)
            if len(corners) > 2:
                patch.set_xy(corners)
        self._rings.set_data(*s.table.X[s.wrong].T)

    def _legend_entry(self, k):
        x, y = 0.02 + 0.28 * k, 1.045
        at = {"transform": self.axes.transAxes, "clip_on": False}
        self.axes.plot(
            [x], [y], MARKS[k], color=COLOURS[k], ms=8, mec=self._type["color"], mew=0.6, **at
        )
        return self.axes.text(
            x + 0.025, y - 0.004, "", va="center", fontsize=11.5, **at, **self._type
        )


class PixelPanel:
    """Digits: the weights of each class as a picture, and the first misread examples.

    Orange pixels are ink that speaks for the class, violet ones against it, white says nothing.

    Parameters
    ----------
    canvas : Canvas
    place : tuple of four floats
        Left, bottom, width and height in CSS pixels.
    """

    def __init__(self, canvas, place):
        bottom = STARTS[2] + SIDE
        self.axes = panel(canvas, place, (0, TILES), (bottom, -3.2), "")
        self.axes.set_axis_off()
        self._type = inked(canvas)
        words = ("rows of $W$: orange speaks", "for the class, violet against")
        self.axes.set_title((" " if place[2] >= WORDS else "\n").join(words), **self._type, **TITLE)
        self._picture = np.zeros((bottom, TILES, 4), np.uint8)  # clear where no tile is
        self._image = self.axes.imshow(
            self._picture, extent=(0, TILES, bottom, 0), aspect="auto", interpolation="nearest"
        )
        for k in range(2 * ACROSS):
            row, column = divmod(k, ACROSS)
            self._write(column, STARTS[row], str(k))
        self.axes.text(
            0, STARTS[2] - 3.9, "misread: truth → prediction", fontsize=12.5, **self._type
        )
        self._captions = [self._write(column, STARTS[2], "") for column in range(ACROSS)]
        canvas.animate(self._image, *self._captions)

    def arrange(self, table):
        """Nothing of a data set stays still here."""

    def draw(self, s):
        """Paint the weights and the first misread digits."""
        largest = np.abs(s.weights).max() or 1.0
        for k, weights in enumerate(s.weights):
            row, column = divmod(k, ACROSS)
            self._paint(column, STARTS[row], ORANGE_VIOLET((1 + weights / largest) / 2))
        for column, caption in enumerate(self._captions):
            if column < len(s.wrong):
                r = s.wrong[column]
                self._paint(column, STARTS[2], GREY(s.table.X[r]))
                caption.set_text(f"{s.table.labels[r]} → {s.predicted[r]}")
            else:
                self._paint(column, STARTS[2], GREY(np.zeros(SIDE * SIDE)))
                caption.set_text("" if column or len(s.wrong) else "none")
        self._image.set_data(self._picture)

    def _paint(self, column, top, colours):
        left = column * (SIDE + 2)
        tile = np.rint(255 * colours).reshape(SIDE, SIDE, 4)
        self._picture[top : top + SIDE, left : left + SIDE] = tile

    def _write(self, column, top, words):
        x = column * (SIDE + 2) + SIDE / 2
        at = {"ha": "center", "va": "bottom", "fontsize": 12.5}
        return self.axes.text(x, top - 0.3, words, **at, **self._type)


def pale(colour, ground):
    """Mix a colour into the ground."""
    pairs = zip(to_rgb(ground), to_rgb(colour), strict=True)
    return tuple(under + 0.32 * (part - under) for under, part in pairs)


def decision_regions(W, b, box):
    """Return one polygon a class: the part of a box where that class has the largest logit.

    The class k wins where (w_k − w_j)·x + b_k − b_j ≥ 0 for all j: the box is cut by one straight
    line after another. No grid of predictions is needed, and no edge is jagged.

    Parameters
    ----------
    W : array, shape (K, 2)
        Weights; row k belongs to class k.
    b : array, shape (K,)
        Biases.
    box : (float, float, float, float)
        Left, right, bottom and top.

    Returns
    -------
    list of K arrays, shapes (corners, 2)
        Without any corner where a class wins nowhere.

    Source: I. E. Sutherland, G. W. Hodgman, "Reentrant polygon clipping", CACM 17 (1974).
    """
    left, right, bottom, top = box
    frame = np.array([[left, bottom], [right, bottom], [right, top], [left, top]])
    classes = range(len(b))
    regions = []
    for k in classes:
        polygon = frame
        for j in classes:
            if j != k:
                polygon = _cut(polygon, W[k] - W[j], b[k] - b[j])
        regions.append(polygon)
    return regions


def _cut(polygon, direction, offset):
    """Keep the part of a polygon where direction·x + offset ≥ 0."""
    heights = polygon @ direction + offset
    kept = []
    for n in range(len(polygon)):
        here, there = polygon[n], polygon[(n + 1) % len(polygon)]
        a, c = heights[n], heights[(n + 1) % len(polygon)]
        if a >= 0:
            kept.append(here)
        if (a >= 0) != (c >= 0):
            kept.append(here + (there - here) * (a / (a - c)))
    return np.array(kept).reshape(-1, 2)
