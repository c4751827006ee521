"""Tiles show what `Axes.imshow` shows of the same grid, whatever its size and the panel's."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from lessons.live.drawing.tiles import Tiles

COLOURS = np.array([[200, 20, 30, 255], [10, 150, 60, 255], [5, 60, 250, 255]], np.uint8)


def drawn(size, place, lay):
    """Return the pixels of a figure with one panel, on which `lay(axes)` has put something."""
    figure = Figure(figsize=size, dpi=100)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes(place)
    axes.axis("off")
    lay(axes)
    canvas.draw()
    return np.array(canvas.buffer_rgba())


def as_image(grid):
    look = {"origin": "lower", "aspect": "auto", "interpolation": "nearest"}
    return lambda axes: axes.imshow(grid, **look)


def as_tiles(grid):
    def lay(axes):
        Tiles(axes, zorder=1).pixels = grid

    return lay


@pytest.mark.parametrize("shape", [(3, 4), (7, 5)])
def test_whole_tiles_are_repeated_the_first_row_at_the_bottom(shape):
    grid = COLOURS[np.random.default_rng(0).integers(0, 3, shape)]
    rows, columns = shape
    found = drawn((columns / 5, rows / 10), (0, 0, 1, 1), as_tiles(grid))
    assert np.array_equal(found, np.kron(grid[::-1], np.ones((10, 20, 1), np.uint8)))


@pytest.mark.parametrize("grid", [(2, 2), (5, 9), (72, 72)])
@pytest.mark.parametrize("place", [(0, 0, 1, 1), (0.2, 0.1, 0.7, 0.6)])
def test_they_agree_with_an_image_of_the_same_grid_but_for_borders_between_tiles(grid, place):
    colours = COLOURS[np.random.default_rng(1).integers(0, 3, grid)]
    size = (4.37, 2.91)
    found, expected = (drawn(size, place, lay(colours)) for lay in (as_tiles, as_image))
    differing = (found != expected).any(axis=-1)
    height, width = differing.shape
    # An edge of a tile may be rounded to the pixel beside.
    assert differing.mean() <= grid[0] / height + grid[1] / width
    planted = drawn(size, place, as_tiles(colours[::-1]))
    assert (planted != expected).any(axis=-1).mean() > 0.2


def test_nothing_else_is_touched():
    found = drawn((2, 1), (0.25, 0.5, 0.5, 0.25), as_tiles(COLOURS[[[0]]]))
    red = (found == COLOURS[0]).all(axis=-1)
    assert red.sum() == 100 * 25
    assert red[25:50, 50:150].all()
