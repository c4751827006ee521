"""Tiles that fill a panel, each of one colour: an image without what resampling costs."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase


class Tiles(Artist):
    """Colours of a grid over the whole panel, the first row at the bottom.

    `Axes.imshow` resamples what is shown, which takes twenty times as long as to repeat each tile.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        The panel.
    zorder : float
        As of every artist.

    Attributes
    ----------
    pixels : uint8 array, shape (rows, columns, 4)
        Red, green, blue and 255 of each tile.
    """

    def __init__(self, axes: Axes, zorder: float) -> None:
        super().__init__()
        self.pixels = np.zeros((1, 1, 4), np.uint8)
        self.set_zorder(zorder)
        self._panel = axes
        axes.add_artist(self)

    def draw(self, renderer: RendererBase) -> None:
        """Repeat each tile as often as it has pixels on the canvas, and lay them down."""
        left, bottom, right, top = np.rint(self._panel.bbox.extents).astype(int)
        rows, columns, _ = self.pixels.shape
        words = self.pixels.view(np.uint32)[..., 0]
        across = np.arange(right - left) * columns // (right - left)
        down = np.arange(top - bottom) * rows // (top - bottom)
        drawn = words[:, across][down]
        context = renderer.new_gc()
        renderer.draw_image(context, left, bottom, drawn[..., np.newaxis].view(np.uint8))
        context.restore()
