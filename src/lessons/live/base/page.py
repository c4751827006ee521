"""Page: how wide, how sharp and on which ground an explorer is shown."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any, NamedTuple

from lessons.colours import DARK, LIGHT, Palette
from lessons.live.drawing.flow import Frame, Place, flow

WIDTH = 920  # CSS pixels, where no page has said anything
NARROWEST, WIDEST = 240, 1100  # beside a table a picture is narrower than a page
SHARPEST = 3.0
TICKS = 11.5 * 96 / 72  # CSS pixels of the smallest type in a picture
LARGEST = 2.0  # times that, beside very large type
ON_SLIDES = 20.0  # that type on a slide, which is seen from the back of a room
LOWER = 0.7  # of their height axes keep there, which leaves a title and the numbers their room


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
    height : float
        What axes keep of their height.
    highest : float, optional
        Height of a picture for which axes are made lower still; in pixels as those of `width`.
    """

    width: int = WIDTH
    scale: float = 2.0
    palette: Palette = LIGHT
    height: float = 1.0
    highest: float | None = None


def slide(width: int, scale: float) -> Page:
    """Return the page of a slide that has no kernel: a picture with large type.

    Parameters
    ----------
    width : int
        CSS pixels at which the picture is shown.
    scale : float
        Pixels drawn for each of these.
    """
    larger = ON_SLIDES / TICKS
    return Page(round(width / larger), scale * larger, height=LOWER)


def reported(message: Mapping[str, Any]) -> Page:
    """Return the page that a browser tells of; what cannot be is taken for the nearest that can.

    Parameters
    ----------
    message : mapping
        `width` and `text` (size of the type around the picture) in CSS pixels, `ratio` in pixels
        per CSS pixel, and whether it is `dark`; on a slide that is too full the height that is left
        for the picture, `room`, in CSS pixels.
    """
    text = _between(message.get("text"), TICKS, LARGEST * TICKS)
    larger = text / TICKS
    width = _between(message.get("width"), NARROWEST * larger, WIDEST * larger, WIDTH * larger)
    ratio = _between(message.get("ratio"), 1.0, SHARPEST)
    palette = DARK if message.get("dark") is True else LIGHT
    page = Page(round(width / larger), round(ratio * larger, 3), palette)
    if text < ON_SLIDES:
        return page
    room = message.get("room")
    highest = None if room is None else _between(room, 0, WIDEST) / larger
    return page._replace(height=LOWER, highest=highest)


def flow_on(page: Page, panels: Sequence[Frame]) -> tuple[int, list[Place]]:
    """Arrange panels as `flow` does, with axes as low as the page asks for."""
    least = min(panel.lowest for panel in panels)
    for percent in range(round(100 * page.height), 0, -5):
        height, places = flow(page.width, [_lower(panel, percent / 100) for panel in panels])
        if page.highest is None or height <= page.highest or percent <= 100 * least:
            break
    return height, places


def _lower(panel, share):
    return panel._replace(height=panel.height * max(share, panel.lowest))


def _between(value, low, high, otherwise=None):
    if not isinstance(value, int | float) or not isfinite(value):
        return low if otherwise is None else otherwise
    return min(max(value, low), high)
