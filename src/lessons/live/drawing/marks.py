"""Marks of all pictures: type, axes, arrows, points, labels and bars for ŷ, y and ŷ − y."""

import numpy as np
from matplotlib.patches import FancyArrowPatch, Rectangle

from lessons.live.drawing.canvas import CSS_DPI

TYPE = {"fontfamily": "STIXGeneral", "math_fontfamily": "stix"}


def inked(canvas):
    """Return the typeface in the colour of the text on a canvas."""
    return TYPE | {"color": canvas.palette.ink}


def panel(canvas, place, x, y, title, xlabel="", ylabel=""):
    """Add axes with fixed limits to a canvas.

    Parameters
    ----------
    canvas : Canvas
    place : tuple of four floats
        Left, bottom, width and height of the axes, in CSS pixels from the lower left corner.
    x, y : (float, float)
        Limits, which never change: a point that leaves the axes must leave the picture.
    title, xlabel, ylabel : str

    Returns
    -------
    matplotlib.axes.Axes
    """
    axes = canvas.figure.add_axes((0, 0, 1, 1))
    put(axes, place, canvas)
    colours = canvas.palette
    axes.set(xlim=x, ylim=y, facecolor=colours.ground)
    axes.set_title(title, loc="left", fontsize=13, pad=9, **inked(canvas))
    axes.set_xlabel(xlabel, fontsize=13, labelpad=3, **inked(canvas))
    axes.set_ylabel(ylabel, fontsize=13, labelpad=6, **inked(canvas))
    axes.xaxis.get_major_locator().set_params(integer=True, steps=[1, 2, 4, 5, 10])
    look = {"labelcolor": colours.ink, "color": colours.axis, "length": 4}
    axes.tick_params(labelsize=11.5, labelfontfamily="STIXGeneral", **look)
    for side, spine in axes.spines.items():
        spine.set(visible=side in ("left", "bottom"), color=colours.axis, linewidth=0.9)
    return axes


def put(axes, place, canvas):
    """Move axes to a place, in CSS pixels; a change of the still background."""
    left, bottom, width, height = place
    w, h = canvas.width, canvas.height
    axes.set_position((left / w, bottom / h, width / w, height / h))


def arrow(axes, colour):
    """Add an arrow whose ends `stretch` moves; it touches them exactly."""
    patch = FancyArrowPatch(
        (0, 0),
        (0, 1),
        arrowstyle="-|>,head_length=0.5,head_width=0.3",
        mutation_scale=22,
        shrinkA=0,
        shrinkB=0,
        linewidth=3.4,
        color=colour,
        joinstyle="miter",
        capstyle="butt",
        zorder=5,
        clip_on=False,  # whole, also where it stands on the frame
    )
    axes.add_patch(patch)
    return patch


SHORTEST = 0.03  # of the axes' height: a shorter arrow would be a stub beside its own point
BARE = 0.008  # for one that ends at no point


def stretch(patch, start, end, length, head=22, shortest=SHORTEST):
    """Move an arrow, with a head that is never longer than it; lengths in axes heights."""
    patch.set_positions(start, end)
    patch.set_mutation_scale(min(head, 240 * length))
    patch.set_visible(length > shortest)


def point(axes, colour):
    """Add a marked point, which `set_data` moves; on the frame of the axes it is still round."""
    ground = axes.get_facecolor()
    (line,) = axes.plot([], [], "o", ms=9, color=colour, mec=ground, zorder=6, clip_on=False)
    return line


def guide_line(axes, colour):
    """Add a thin dotted line, which `set_data` moves, from a point to where it is read."""
    (line,) = axes.plot([], [], color=colour, lw=1.2, dashes=(2, 2), zorder=2)
    return line


def label(axes, colour):
    """Add a short name that `place` puts beside what it names."""
    return axes.text(0, 0, "", fontsize=14, va="center", zorder=7, **TYPE | {"color": colour})


def move_label(text, words, where, side):
    """Put a name at a point, growing to the right of it (side 1) or to the left (side −1)."""
    text.set_text(words)
    text.set_position(where)
    text.set_horizontalalignment("left" if side > 0 else "right")


def bars(axes, count, colour):
    """Add bars over the classes 0 … count − 1, whose heights `raise_bars` sets."""
    return [
        axes.add_patch(
            Rectangle((k - 0.31, 0), 0.62, 0, facecolor=colour, edgecolor=colour, zorder=3)
        )
        for k in range(count)
    ]


def bar_size(axes, count):
    """Return the width of one of `count` bars and the height of its top's handle, in CSS pixels."""
    scale = axes.figure.dpi / CSS_DPI
    return 0.62 * axes.bbox.width / scale / count, 24


def raise_bars(patches, heights):
    """Give bars their heights; a negative one is hatched, and bars beyond the heights vanish."""
    for k, patch in enumerate(patches):
        patch.set_visible(k < len(heights) and heights[k] != 0)
        if k < len(heights):
            down = heights[k] < 0
            patch.set_height(heights[k])
            patch.set_hatch("////" if down else None)
            patch.set_linewidth(1.6 if down else 0)
            ground = patch.axes.get_facecolor()
            patch.set_facecolor(ground if down else patch.get_edgecolor())


def reach(heights):
    """Return where an axis ends that changes rarely: a power of two, at least 1, above all bars."""
    return 2.0 ** np.ceil(np.log2(max(1.0, abs(heights).max())))


def show_classes(axes, count):
    """Let the horizontal axis show the classes 0 … count − 1; a change of the still background."""
    axes.set_xlim(-0.6, count - 0.4)
    axes.set_xticks(range(count))
    axes.tick_params(axis="x", length=0)
