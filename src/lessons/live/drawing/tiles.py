"""Tiles of a table that move inside a picture: plain where positive, striped where negative."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.colors import to_rgb

from lessons.live.drawing.canvas import CSS_DPI

WHITE = 255.0
STEPS = 32  # between white and the colour of a cell, at the edges of its stripes
PALEST, DEEPEST = 0.12, 0.62  # share of the colour in a cell, so that ink on it stays legible


class Tiles(Artist):
    """Cells at fixed places of a canvas, coloured by the size of their values.

    The cells are written into the pixels: a hatched patch takes a hundred times as long.

    Parameters
    ----------
    canvas : Canvas
    corners : sequence of (x, y)
        Lower left corners, in CSS pixels from the lower left corner of the canvas.
    width, height : float
        Of a cell, in CSS pixels.
    looks : sequence of (colour, float)
        For each cell its colour, and the size of value at which it is deepest.
    """

    def __init__(self, canvas, corners, width, height, looks):
        super().__init__()
        self.set_zorder(1)
        scale = canvas.figure.dpi / CSS_DPI
        top = canvas.height
        self._rows = [_inside(top - y - height, top - y, scale) for _, y in corners]
        self._columns = [_inside(x, x + width, scale) for x, _ in corners]
        self._stripes = _stripes(round(height * scale) + 1, round(width * scale) + 1, scale)
        self._colours = np.array([to_rgb(colour) for colour, _ in looks]) * WHITE
        self._full = np.array([full for _, full in looks])
        self.values = np.zeros(len(corners))
        canvas.figure.add_artist(self)

    def fill(self, values):
        """Set the value of each cell."""
        self.values = np.ravel(values)

    def draw(self, renderer):
        """Write the cells into the renderer's pixels."""
        # Whole pixels, four bytes at a time: a third of what writing three of the four takes.
        pixels = np.asarray(renderer.buffer_rgba()).view(np.uint32)[..., 0]
        share = PALEST + (DEEPEST - PALEST) * np.minimum(1, abs(self.values) / self._full)
        share[self.values == 0] = 0
        shades = WHITE + share[:, np.newaxis] * (self._colours - WHITE)
        for value, shade, rows, columns in zip(
            self.values, shades, self._rows, self._columns, strict=True
        ):
            cell = pixels[rows, columns]
            if value < 0:
                cell[...] = _blends(shade)[self._stripes[: cell.shape[0], : cell.shape[1]]]
            else:
                cell[...] = _blends(shade)[-1]


def _inside(start, end, scale):
    """Return the pixels between two places in CSS pixels, without the border of the cell."""
    return slice(round(start * scale) + 1, round(end * scale))


def _stripes(height, width, scale):
    """Return how much lines at 45° cover of each pixel, 1.4 CSS pixels wide and 6 apart.

    In steps of one part in `STEPS`.
    """
    rows, columns = np.ogrid[:height, :width]
    distance = (rows + columns) / np.sqrt(2) / scale % 6.0
    share = np.clip((0.7 - abs(distance - 3.0)) * scale + 0.5, 0, 1)
    return np.rint(share * STEPS).astype(np.uint8)


def _blends(shade):
    """Return the opaque pixels from white to a shade in `STEPS` steps, each as one integer."""
    parts = np.full((STEPS + 1, 4), 255, np.uint8)
    parts[:, :3] = WHITE + np.linspace(0, 1, STEPS + 1)[:, np.newaxis] * (shade - WHITE)
    return parts.view(np.uint32)[:, 0]
