"""The table that turns ŷ − y and x into ∇_W L: one row a class, one column a feature."""

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from lessons.live.numerals import Numerals
from lessons.live.paint import GRADIENT, PREDICTION, TARGET, TYPE

WIDTH, HEIGHT = 58, 52  # of a cell, in CSS pixels
BOTTOM = 62
VECTORS = {"logits": 74, "probabilities": 142, "targets": 210, "gradient": 278}
MAP, BIAS = 394, 650
TINTS = {  # colour, and the value that is shown in full strength
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
        self.axes = canvas.figure.add_axes(
            (0, 0, 1, 1), xlim=(0, canvas.width), ylim=(0, canvas.height)
        )
        self.axes.set_axis_off()
        ys = [BOTTOM + (K - 1 - k) * HEIGHT for k in range(K)]
        columns = {name: [(x, y) for y in ys] for name, x in VECTORS.items()}
        columns["grad_W"] = [(MAP + j * WIDTH, y) for y in ys for j in range(d)]
        columns["grad_b"] = [(BIAS, y) for y in ys]
        columns["inputs"] = [(MAP + j * WIDTH, BOTTOM + K * HEIGHT + 10) for j in range(d)]
        self._cells = {name: [self._cell(*at) for at in places] for name, places in columns.items()}
        centres = [
            (x + WIDTH / 2, y + HEIGHT / 2) for places in columns.values() for x, y in places
        ]
        self._numerals = Numerals(canvas, centres, "z.2f")
        self._frame = self.axes.add_patch(
            Rectangle((VECTORS["logits"] - 5, 0), BIAS + WIDTH + 10 - VECTORS["logits"], HEIGHT)
        )
        self._frame.set(fill=False, edgecolor=TARGET, linewidth=2.4, zorder=8)
        self._frame_name = self._write(0, 0, "$k=i$", 14, color=TARGET)
        self._write_headings(ys)
        cells = [cell for column in self._cells.values() for cell in column]
        canvas.move(*cells, self._numerals, self._frame, self._frame_name)

    def draw(self, s):
        """Fill the cells with the numbers of a `Shown`, and frame row k = i."""
        for name, cells in self._cells.items():
            for cell, value in zip(cells, np.ravel(getattr(s, name)), strict=True):
                if name in TINTS:
                    _tint(cell, value, *TINTS[name])
        self._numerals.write(np.concatenate([np.ravel(getattr(s, name)) for name in self._cells]))
        y = BOTTOM + (self.K - 1 - int(np.argmax(s.targets))) * HEIGHT
        self._frame.set_y(y)
        self._frame_name.set_position((VECTORS["logits"] - 34, y + HEIGHT / 2))

    def _cell(self, x, y):
        cell = Rectangle((x, y), WIDTH, HEIGHT, facecolor="white", edgecolor="#999999", lw=0.8)
        return self.axes.add_patch(cell)

    def _write(self, x, y, words, size=14, **look):
        place = {"ha": "center", "va": "center", "fontsize": size}
        return self.axes.text(x, y, words, **TYPE | place | look)

    def _write_headings(self, ys):
        above = ys[0] + HEIGHT + 18
        letters = {"logits": "$z$", "probabilities": r"$\hat{y}$", "targets": "$y$"}
        letters["gradient"] = r"$\hat{y}-y$"
        for name, letter in letters.items():
            self._write(VECTORS[name] + WIDTH / 2, above, letter, 16)
        self._write(BIAS + WIDTH / 2, above, r"$\nabla_b L$", 16)
        middle = BOTTOM + self.K * HEIGHT / 2
        self._write(MAP - 29, BOTTOM + (self.K + 0.5) * HEIGHT + 10, r"$x^\top$", 16)
        self._write((VECTORS["gradient"] + WIDTH + MAP) / 2, middle, "×", 22)
        below = BOTTOM - 22
        self._write(MAP + self.d * WIDTH / 2, below, r"$\nabla_W L=(\hat{y}-y)\,x^\top$", 16)


def _tint(cell, value, colour, full):
    """Colour a cell by the size of its value; a negative one is hatched."""
    strength = 0.12 + 0.5 * min(1, abs(value) / full) if value else 0
    shade = tuple(1 - strength * (1 - part) for part in to_rgb(colour))
    cell.set_facecolor("white" if value < 0 else shade)
    cell.set_hatch("////" if value < 0 else None)
    cell.set_hatchcolor(shade)
