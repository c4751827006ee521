"""Flow layout: panels beside one another where a page is wide, below one another where narrow."""

from collections.abc import Sequence
from typing import NamedTuple

Place = tuple[float, float, float, float]  # left, bottom, width, height in CSS pixels


class Frame(NamedTuple):
    """What a panel needs: room around its axes for names, and the axes' own size; CSS pixels.

    Attributes
    ----------
    left, right, bottom, top : float
        Room around the axes.
    height : float
        Of the axes.
    least : float
        Smallest width of the axes.
    share : float
        How much its axes get of the width that is left in a row, beside those of the others.
    lowest : float
        What the axes keep at least of their height on a slide that is full: the names within them
        need room.
    """

    left: float
    right: float
    bottom: float
    top: float
    height: float
    least: float
    share: float = 1.0
    lowest: float = 0.5


def flow(width: float, frames: Sequence[Frame]) -> tuple[int, list[Place]]:
    """Put panels in rows, each row as full as the width allows.

    Parameters
    ----------
    width : float
        Of the picture, in CSS pixels; a panel that is wider than that has a row of its own, and
        its axes what is left.
    frames : sequence of Frame

    Returns
    -------
    int
        Height of the picture.
    list of (left, bottom, width, height)
        Of each frame's axes, from the lower left corner.
    """
    rows = _rows(width, frames)
    heights = [max(f.bottom + f.height + f.top for f in row) for row in rows]
    ground = total = sum(heights)
    places = []
    for row, height in zip(rows, heights, strict=True):
        ground -= height
        places += _in_a_row(width, row, ground)
    return round(total), places


def _rows(width, frames):
    rows = []
    for frame in frames:
        if rows and _needed([*rows[-1], frame]) <= width:
            rows[-1].append(frame)
        else:
            rows.append([frame])
    return rows


def _needed(row):
    return sum(f.left + f.least + f.right for f in row)


def _in_a_row(width, row, ground):
    spare = width - _needed(row)
    shares = sum(f.share for f in row)
    x, places = 0.0, []
    if not shares:  # all keep their width: in the middle
        x, spare = max(0.0, spare / 2), min(0.0, spare)
    for frame in row:
        wide = frame.least + spare * (frame.share / shares if shares else 1 / len(row))
        places.append((x + frame.left, ground + frame.bottom, wide, frame.height))
        x += frame.left + wide + frame.right
    return places
