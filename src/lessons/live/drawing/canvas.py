"""Canvas with blitting: the still background drawn once, the moving artists at each update."""

from contextlib import contextmanager
from pathlib import Path
from threading import RLock

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from lessons.colours import LIGHT
from lessons.live.drawing.changes import changes
from lessons.live.drawing.png import encode_png

KEPT = 6  # backgrounds; one of 920 × 350 CSS pixels at 2× takes 5 MB
CSS_DPI = 96  # CSS defines its pixel as 1/96 inch, so a point of type is a point on the page


PAGE = Path(__file__).parent.parent / "page.mplstyle"
_STYLE = {
    name: value
    for name, value in matplotlib.rc_params_from_file(PAGE).items()
    if not name.startswith(("backend", "interactive", "figure.dpi", "savefig", "webagg", "toolbar"))
}
_DRAWING = RLock()  # Matplotlib's parser of formulas, and its style, are one for all threads


@contextmanager
def own_style():
    """Draw alone, and under a complete style of our own, whatever style is in force.

    Nothing is touched where that style is in force already, as on a page of the lessons: a cell
    that draws meanwhile has its own style, so what depends on the page's ground is no part of it.
    """
    with _DRAWING:
        before = {name: dict.get(matplotlib.rcParams, name) for name in _STYLE}
        if before == _STYLE:
            yield
            return
        dict.update(matplotlib.rcParams, _STYLE)  # its own update checks each value: 3 ms
        try:
            yield
        finally:
            dict.update(matplotlib.rcParams, before)


class Canvas:
    """A figure whose background is kept, so that an update redraws only what moved.

    Axis limits have to be fixed: a change of theirs is a change of the background.

    Parameters
    ----------
    width, height : int
        Size on the page, in CSS pixels.
    scale : float
        Pixels drawn per CSS pixel; 2 is sharp on a high-density screen.
    palette : Palette
        Colours on the page's ground.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
        Where to put axes; it belongs to no pyplot state.
    places : list of (left, bottom, width, height)
        Of the axes, in CSS pixels from the lower left corner, as a flow layout gives them.
    """

    def __init__(self, width, height, scale=2.0, palette=LIGHT):
        self.width, self.height, self.palette = width, height, palette
        self.places = []
        pixels = (round(side * scale) for side in (width, height))
        with own_style():
            dpi = CSS_DPI * scale
            self.figure = Figure(
                tuple(side / dpi for side in pixels), dpi=dpi, facecolor=palette.ground
            )
        self._agg = FigureCanvasAgg(self.figure)
        self._moving = []
        self._key = None
        self._backgrounds = {}

    def animate(self, *artists):
        """Declare artists as moving: each update draws them, lowest zorder first; returns them."""
        for artist in artists:
            artist.set_animated(True)
        self._moving = sorted([*self._moving, *artists], key=lambda artist: artist.get_zorder())
        self._backgrounds.clear()
        return artists

    def background(self, key):
        """Choose the still background called `key`; true if the axes have to be arranged for it.

        Whoever changes limits, ticks or places of axes gives each arrangement a key of its own. A
        background is drawn when its key is first seen, and the newest `KEPT` of them are kept.
        """
        changed = key != self._key
        self._key = key
        return changed

    def png(self, encode=encode_png, moving=True):
        """Return the picture as PNG bytes, with or without the moving artists."""
        with own_style():
            self._draw(moving)
        return encode(np.asarray(self._agg.buffer_rgba()))

    def changes(self):
        """Draw, and return as patches what is another than when it was last drawn."""
        before = np.array(self._agg.buffer_rgba())
        with own_style():
            self._draw(moving=True)
        return changes(before, np.asarray(self._agg.buffer_rgba()))

    def _draw(self, moving):
        if self._key not in self._backgrounds:
            self._agg.draw()
            self._backgrounds[self._key] = self._agg.copy_from_bbox(self.figure.bbox)
            if len(self._backgrounds) > KEPT:
                del self._backgrounds[next(iter(self._backgrounds))]
        self._agg.restore_region(self._backgrounds[self._key])
        renderer = self._agg.get_renderer()
        for artist in self._moving if moving else ():
            if artist.axes is None or artist.axes.get_visible():
                artist.draw(renderer)

    def close(self):
        """Free the pixels, even while somebody still names an artist; the canvas draws no more."""
        self._backgrounds.clear()
        self._moving.clear()
        self._agg = self.figure.canvas = None
        for text in self.figure.findobj(Text):
            text._renderer = None  # Matplotlib keeps it for the next layout, and it has the pixels
