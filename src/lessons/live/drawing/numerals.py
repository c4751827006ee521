"""Numerals that move inside a picture, at a twentieth of the time that moving text takes."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from lessons.live.drawing.canvas import CSS_DPI
from lessons.live.drawing.marks import TYPE

INK_LEVEL = 0x22  # the grey of paint.INK
EXACT = 1e-9


class Numerals(Artist):
    """Numbers at fixed places of a canvas, each centred on its place.

    Ten digits are drawn once; a number is then its digits' pictures side by side, mixed into the
    pixels. Text objects would lay each number out anew at each update.

    Parameters
    ----------
    canvas : Canvas
    places : sequence of (x, y)
        Centres, in CSS pixels from the lower left corner.
    longest : int
        Characters that have room; a number has three decimals, or as many as leave it room. One
        with fewer is exact.
    fontsize : float
        In points.
    """

    def __init__(self, canvas, places, longest=6, fontsize=13):
        super().__init__()
        self.set_zorder(9)
        self._scale = canvas.figure.dpi / CSS_DPI
        self._places, self._longest = list(places), longest
        self._glyphs = _draw_glyphs(fontsize, canvas.figure.dpi)
        self.texts = [""] * len(self._places)
        canvas.figure.add_artist(self)

    def write(self, values):
        """Set the numbers, one for each place, in the order of the places."""
        flat = np.ravel(values)
        if len(flat) != len(self._places):
            raise ValueError(f"expected {len(self._places)} numbers, got {len(flat)}")
        self.texts = [_written(float(value), self._longest) for value in flat]

    def draw(self, renderer):
        """Mix the numbers into the renderer's pixels."""
        pixels = np.asarray(renderer.buffer_rgba())
        for (x, y), text in zip(self._places, self.texts, strict=True):
            if text:
                strip = np.hstack([self._glyphs[character] for character in text])
                top = pixels.shape[0] - round(y * self._scale + strip.shape[0] / 2)
                left = round(x * self._scale - strip.shape[1] / 2)
                region = pixels[top : top + strip.shape[0], left : left + strip.shape[1], :3]
                if text[0] == "−":  # a negative number's cell is hatched: calm the lines behind it
                    region += (255 - region) // 4 * 3
                _mix(region, strip)


def _written(value, longest):
    """Return a number with the most decimals, three or fewer, that leave it short enough.

    Where fewer say it exactly, these are all: 0.125 × 2 is 0.25.
    """
    texts = [f"{value:z.{decimals}f}".replace("-", "−") for decimals in range(4)]
    exact = (d for d in range(4) if abs(round(value, d) - value) < EXACT)
    short = (d for d in (3, 2, 1) if len(texts[d]) <= longest)
    return texts[min(next(exact, 3), next(short, 0))]


def _mix(region, coverage):
    """Cover pixels with ink; coverage between 0 and 255."""
    share = coverage[..., np.newaxis].astype(np.uint16)
    region[...] = (region * (255 - share) + INK_LEVEL * share + 127) // 255


def _draw_glyphs(fontsize, dpi):
    """Return how much of each pixel each character covers; all digits have one width."""
    drawn = {character: _cover(character, fontsize, dpi) for character in "0123456789.+−"}
    widest = max(glyph.shape[1] for character, glyph in drawn.items() if character.isdigit())
    gap = round(widest / 7)
    return {
        character: _padded(glyph, widest if character.isdigit() else glyph.shape[1], gap)
        for character, glyph in drawn.items()
    }


def _padded(glyph, width, gap):
    missing = width - glyph.shape[1]
    left = missing // 2 + gap // 2
    return np.pad(glyph, ((0, 0), (left, missing + gap - left)))


def _cover(character, fontsize, dpi):
    """Draw one character black on white, and crop it to its columns of ink."""
    side = 3 * fontsize / 72
    figure = Figure((side, side / 1.5), dpi=dpi)
    agg = FigureCanvasAgg(figure)
    look = TYPE | {"color": "black"}
    figure.text(0.5, 0.32, character, fontsize=fontsize, ha="center", va="baseline", **look)
    agg.draw()
    cover = 255 - np.asarray(agg.buffer_rgba())[..., 0]
    columns = np.flatnonzero(cover.any(axis=0))
    rows = slice(cover.shape[0] // 4, cover.shape[0] * 4 // 5)
    return cover[rows, columns[0] : columns[-1] + 1].copy()
