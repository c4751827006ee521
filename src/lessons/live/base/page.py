"""Page: how wide, how sharp and on which ground an explorer is shown."""

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any, NamedTuple

from lessons.colours import DARK, LIGHT, Palette

WIDTH = 920  # CSS pixels, where no page has said anything
NARROWEST, WIDEST = 240, 1100  # beside a table a picture is narrower than a page
SHARPEST = 3.0
TICKS = 11.5 * 96 / 72  # CSS pixels of the smallest type in a picture
LARGEST = 2.0  # times that, beside very large type
ON_SLIDES = (20.0, 17.0, TICKS)  # that type on a slide, which is seen from the back of a room
HIGHEST = 540  # CSS pixels that a slide has for a picture


class Page(NamedTuple):
    """The page on which a picture is drawn.

    Attributes
    ----------
    width : int
        Of the picture, in CSS pixels of type as small as a notebook's; where a page's own type is
        larger (a slide's), everything in the picture grows with it.
    scale : float
        Pixels drawn for each of these.
    palette : Palette
        Colours on the page's ground.
    """

    width: int = WIDTH
    scale: float = 2.0
    palette: Palette = LIGHT


def slide(width: int, scale: float, height: Callable[[int], float]) -> Page:
    """Return the page of a slide without a kernel: with the largest type that leaves it room.

    Parameters
    ----------
    width : int
        CSS pixels at which the picture is shown.
    scale : float
        Pixels drawn for each of these.
    height : callable
        How high a picture of a width is: larger type leaves its panels less width, so that they may
        need another row.
    """
    pages = [
        Page(round(width * TICKS / smallest), scale * smallest / TICKS) for smallest in ON_SLIDES
    ]
    fitting = (page for page in pages if height(page.width) * width / page.width <= HIGHEST)
    return next(fitting, pages[-1])


def reported(message: Mapping[str, Any]) -> Page:
    """Return the page that a browser tells of; what cannot be is taken for the nearest that can.

    Parameters
    ----------
    message : mapping
        `width` and `text` (size of the type around the picture) in CSS pixels, `ratio` in pixels
        per CSS pixel, and whether it is `dark`.
    """
    larger = _between(message.get("text"), TICKS, LARGEST * TICKS) / TICKS
    width = _between(message.get("width"), NARROWEST * larger, WIDEST * larger, WIDTH * larger)
    ratio = _between(message.get("ratio"), 1.0, SHARPEST)
    palette = DARK if message.get("dark") is True else LIGHT
    return Page(round(width / larger), round(ratio * larger, 3), palette)


def _between(value, low, high, otherwise=None):
    if not isinstance(value, int | float) or not isfinite(value):
        return low if otherwise is None else otherwise
    return min(max(value, low), high)
