"""Drawing in place gives the picture that drawing everything would give."""

import numpy as np
import pytest

from lessons.live.drawing.canvas import KEPT, Canvas, own_style


@pytest.fixture(autouse=True)
def page():
    """All artists of these tests are made under the style that a canvas draws them under."""
    with own_style():
        yield


@pytest.fixture
def moving():
    canvas = Canvas(120, 80, scale=2)
    axes = canvas.figure.add_axes((0.2, 0.2, 0.7, 0.7), xlim=(0, 1), ylim=(0, 1))
    axes.plot([0, 1], [0, 1], color="grey")
    (point,) = axes.plot([0.2], [0.3], "o", color="black", zorder=4)
    canvas.animate(point)
    return canvas, axes, point


def drawn_whole(canvas, artist):
    artist.set_animated(False)
    canvas._agg.draw()
    artist.set_animated(True)
    return np.array(canvas._agg.buffer_rgba())


def test_a_moved_artist_leaves_nothing_behind(moving, pixels):
    canvas, _, point = moving
    canvas.png()
    for x in (0.9, 0.5):
        point.set_xdata([x])
        np.testing.assert_array_equal(pixels(canvas.png()), drawn_whole(canvas, point))


def test_the_picture_has_twice_the_size_on_the_page(moving, pixels):
    assert pixels(moving[0].png()).shape == (160, 240, 4)


def test_without_moving_artists_only_the_background_is_left(moving, pixels):
    canvas, _, point = moving
    empty = pixels(canvas.png(moving=False))
    point.set_visible(False)
    np.testing.assert_array_equal(pixels(canvas.png()), empty)
    point.set_visible(True)
    assert (pixels(canvas.png()) != empty).any()


def test_each_scene_keeps_a_background_of_its_own(moving):
    canvas, axes, _ = moving
    pictures = {}
    for key in ("near", "far", "near", "far"):
        assert canvas.background(key)
        axes.set_xlim(0, 1 if key == "near" else 5)
        assert pictures.setdefault(key, canvas.png()) == canvas.png()
    assert pictures["near"] != pictures["far"]
    assert not canvas.background("far")


def test_old_backgrounds_are_given_up_and_drawn_again(moving):
    canvas, axes, _ = moving

    def shown(high):
        if canvas.background(high):
            axes.set_xlim(0, high)
        return canvas.png()

    pictures = [shown(high) for high in range(1, 3 * KEPT)]
    assert len(canvas._backgrounds) == KEPT
    assert [shown(high) for high in range(1, 3 * KEPT)] == pictures


def test_artists_of_hidden_axes_are_not_drawn(moving, pixels):
    canvas, axes, _ = moving
    axes.set_visible(False)
    assert (pixels(canvas.png()) == 255).all()
