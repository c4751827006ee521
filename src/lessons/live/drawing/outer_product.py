"""Outer product as a table, (ŷ − y)xᵀ = ∇_W L: one row a class, one column a feature."""

import numpy as np
from matplotlib.patches import Rectangle

from lessons.colours import GRADIENT, PREDICTION, TARGET
from lessons.live.drawing.marks import TYPE
from lessons.live.drawing.numerals import Numerals
from lessons.live.drawing.tiles import Tiles

WIDTH, HEIGHT = 58, 52  # of a cell, in CSS pixels
BOTTOM = 62
VECTORS = {"logits": 74, "probabilities": 142, "targets": 210, "gradient": 278}
MAP, BIAS = 394, 650
TINTS = {  # colour, and the size of value at which it is deepest
    "probabilities": (PREDICTION, 1.0),
    "targets": (TARGET, 1.0),
    "gradient": (GRADIENT, 1.0),
    "grad_W": (GRADIENT, 2.0),
    "grad_b": (GRADIENT, 1.0),
}


class OuterProduct:
    """Cells for z, ŷ, y, ŷ − y, x, the matrix (ŷ − y)xᵀ and ∇_b, with the label's row framed.

    Parameters
    ----------
    canvas : Canvas
    K, d : int
        Numbers of classes and features.
    """

    def __init__(self, canvas, K, d):
        self.K, self.d = K, d
        self.axes = canvas.figure.add_axes((0, 0, 1, 1))
        self.axes.set(xlim=(0, canvas.width), ylim=(0, canvas.height))  # in CSS pixels
        self.axes.set_axis_off()
        self.places = self._lay_out()
        self._draw_borders()
        self._numerals = self._add_numerals(canvas)
        self._tiles = self._add_tiles(canvas)
        self._frame, self._frame_name = self._add_frame()
        self._write_headings()
        canvas.animate(self._tiles, self._numerals, self._frame, self._frame_name)

    def draw(self, s):
        """Fill the cells with the numbers of a `Shown`, and frame row k = i."""
        self._tiles.fill(np.concatenate([np.ravel(getattr(s, name)) for name in TINTS]))
        self._numerals.write(np.concatenate([np.ravel(getattr(s, name)) for name in self.places]))
        y = self._row(int(np.argmax(s.targets)))
        self._frame.set_y(y)
        self._frame_name.set_position((VECTORS["logits"] - 34, y + HEIGHT / 2))

    def _row(self, k):
        return BOTTOM + (self.K - 1 - k) * HEIGHT

    def _lay_out(self):
        """Return the lower left corners of each vector's cells, in the order of its entries."""
        ys = [self._row(k) for k in range(self.K)]
        xs = [MAP + j * WIDTH for j in range(self.d)]
        places = {name: [(x, y) for y in ys] for name, x in VECTORS.items()}
        places["grad_W"] = [(x, y) for y in ys for x in xs]
        places["grad_b"] = [(BIAS, y) for y in ys]
        places["inputs"] = [(x, self._row(-1) + 10) for x in xs]
        return places

    def _draw_borders(self):
        for corner in (corner for corners in self.places.values() for corner in corners):
            self.axes.add_patch(Rectangle(corner, WIDTH, HEIGHT, fill=False, ec="#999999", lw=0.8))

    def _add_numerals(self, canvas):
        corners = [corner for corners in self.places.values() for corner in corners]
        centres = [(x + WIDTH / 2, y + HEIGHT / 2) for x, y in corners]
        return Numerals(canvas, centres)

    def _add_tiles(self, canvas):
        corners = [corner for name in TINTS for corner in self.places[name]]
        looks = [look for name, look in TINTS.items() for _ in self.places[name]]
        return Tiles(canvas, corners, WIDTH, HEIGHT, looks)

    def _add_frame(self):
        left, right = VECTORS["logits"] - 5, BIAS + WIDTH + 5
        frame = Rectangle((left, 0), right - left, HEIGHT)
        frame.set(fill=False, edgecolor=TARGET, linewidth=2.4, zorder=8)
        return self.axes.add_patch(frame), self._write(0, 0, "$k=i$", color=TARGET)

    def _write_headings(self):
        above, below = self._row(-1) + 18, BOTTOM - 22
        letters = zip(VECTORS, ("$z$", r"$\hat{y}$", "$y$", r"$\hat{y}-y$"), strict=True)
        for name, letter in letters:
            self._write(VECTORS[name] + WIDTH / 2, above, letter, 16)
        self._write(BIAS + WIDTH / 2, above, r"$\nabla_b L$", 16)
        self._write(MAP - 29, self._row(-1) + HEIGHT / 2 + 10, r"$x^\top$", 16)
        gap = (VECTORS["gradient"] + WIDTH + MAP) / 2
        self._write(gap, BOTTOM + self.K * HEIGHT / 2, "×", 22)
        self._write(MAP + self.d * WIDTH / 2, below, r"$\nabla_W L=(\hat{y}-y)\,x^\top$", 16)

    def _write(self, x, y, words, size=14, **look):
        place = {"ha": "center", "va": "center", "fontsize": size}
        return self.axes.text(x, y, words, **TYPE | place | look)
