"""Flow layout: panels beside one another where there is room, never over one another."""

import pytest

from lessons.live.drawing.flow import Frame, flow

A = Frame(60, 30, 50, 40, 250, 200)
B = Frame(40, 20, 30, 10, 300, 100, 2)
FIXED = Frame(10, 10, 10, 10, 80, 150, 0)


def boxes(width, frames):
    """Return (left, bottom, right, top) of each frame with the room around its axes."""
    _, places = flow(width, frames)
    return [
        (x - f.left, y - f.bottom, x + w + f.right, y + h + f.top)
        for f, (x, y, w, h) in zip(frames, places, strict=True)
    ]


def test_where_there_is_room_panels_stand_side_by_side_and_fill_the_width():
    height, ((x, y, w, h), (x2, y2, w2, h2)) = flow(750, [A, B])
    assert (y, h, y2, h2) == (50, 250, 30, 300)
    assert height == 340  # of the higher one, with its room
    assert w - A.least == pytest.approx((w2 - B.least) / 2)  # by their shares
    assert x + w + A.right + B.left == pytest.approx(x2)
    assert x2 + w2 + B.right == pytest.approx(750)


def test_on_a_narrow_page_they_stand_below_one_another_in_order():
    first, second = boxes(449, [A, B])
    assert first[1] >= second[3]
    assert (first[0], first[2]) == (0, 449)
    assert (second[0], second[2]) == (0, 449)


@pytest.mark.parametrize("width", [100, 320, 359, 450, 451, 700, 1100, 3000])
@pytest.mark.parametrize("frames", [[A], [A, B], [B, A, FIXED], [FIXED, FIXED], [A, A, A, B]])
def test_no_two_overlap_and_none_leaves_the_picture(width, frames):
    height, places = flow(width, frames)
    found = boxes(width, frames)
    for left, bottom, right, top in found:
        assert left >= -1e-9
        assert bottom >= -1e-9
        assert right <= width + 1e-9
        assert top <= height + 1e-9
    for n, one in enumerate(found):
        for other in found[:n]:
            apart = (one[2] - other[0], other[2] - one[0], one[3] - other[1], other[3] - one[1])
            assert min(apart) <= 1e-9
    assert [h for *_, h in places] == [f.height for f in frames]


def test_a_panel_without_a_share_keeps_its_width_and_stands_in_the_middle():
    _, ((x, _, w, _),) = flow(500, [FIXED])
    assert w == 150
    assert x + w / 2 == 250
    _, (_, fixed) = flow(700, [A, FIXED])
    assert fixed[2] == 150
