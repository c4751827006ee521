"""One figure that is drawn in place: the still part once, the moving artists at each update."""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from lessons.live.png import encode_png

CSS_DPI = 96  # CSS defines its pixel as 1/96 inch, so a point of type is a point on the page


class Canvas:
    """A figure whose background is kept, so that an update redraws only what moved.

    Axis limits have to be fixed: a change of theirs is a change of the background.

    Parameters
    ----------
    width, height : int
        Size on the page, in CSS pixels.
    scale : int
        Pixels drawn per CSS pixel; 2 is sharp on a high-density screen.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
        Where to put axes; it belongs to no pyplot state.
    """

    def __init__(self, width, height, scale=2):
        self.width, self.height = width, height
        self.figure = Figure((width / CSS_DPI, height / CSS_DPI), dpi=CSS_DPI * scale)
        self.figure.set_facecolor("white")
        self._agg = FigureCanvasAgg(self.figure)
        self._moving = []
        self._background = None

    def move(self, *artists):
        """Declare artists as moving: each update draws them, lowest zorder first; returns them."""
        for artist in artists:
            artist.set_animated(True)
        self._moving = sorted([*self._moving, *artists], key=lambda artist: artist.get_zorder())
        self._background = None
        return artists

    def forget_background(self):
        """Draw the still part anew at the next picture, because it was changed."""
        self._background = None

    def png(self, level=1, moving=True):
        """Return the picture as PNG bytes, with or without the moving artists."""
        if self._background is None:
            self._agg.draw()
            self._background = self._agg.copy_from_bbox(self.figure.bbox)
        self._agg.restore_region(self._background)
        renderer = self._agg.get_renderer()
        for artist in self._moving if moving else ():
            artist.draw(renderer)
        return encode_png(np.asarray(self._agg.buffer_rgba()), level)
