"""Patches laid on the picture before give the picture after, and are no larger than need be."""

import zlib

import numpy as np
import pytest

from lessons.live.drawing.changes import CLOSE, changes

SIZE = 60, 300, 4


@pytest.fixture
def before():
    picture = np.random.default_rng(0).integers(0, 256, SIZE, np.uint8)
    picture[..., 3] = 255
    return picture


def placed(patches):
    return [patch[:4] for patch in patches]


def test_equal_pictures_need_no_patch(before):
    assert changes(before, before.copy()) == []


def test_pixels_that_did_not_change_are_not_sent(before):
    after = before.copy()
    after[[3, 40], [10, 13], 0] ^= 255
    [patch] = changes(before, after)
    behind = [0, 37 * patch.width + 3]
    sent = np.frombuffer(zlib.decompress(patch.pixels), "<u4")
    np.testing.assert_array_equal(sent[:2], behind)
    np.testing.assert_array_equal(sent[2:], after[[3, 40], [10, 13]].view("<u4")[:, 0])


def test_a_patch_holds_what_changed_and_nothing_else(before, laid_on):
    after = before.copy()
    after[7:20, 40:52, :3] ^= 1
    patches = changes(before, after)
    assert placed(patches) == [(40, 7, 12, 13)]
    np.testing.assert_array_equal(laid_on(before, patches), after)


@pytest.mark.parametrize(("gap", "parts"), [(CLOSE, 1), (CLOSE + 1, 2)])
def test_changes_whose_columns_are_close_are_one_patch(before, laid_on, gap, parts):
    after = before.copy()
    after[3, 10, 0] ^= 255
    after[50, 11 + gap, 2] ^= 255
    patches = changes(before, after)
    assert len(patches) == parts
    if parts == 1:
        assert placed(patches) == [(10, 3, 2 + gap, 48)]
    else:
        assert placed(patches) == [(10, 3, 1, 1), (11 + gap, 50, 1, 1)]
    np.testing.assert_array_equal(laid_on(before, patches), after)


@pytest.mark.parametrize("corner", [(0, 0), (0, -1), (-1, 0), (-1, -1)])
def test_a_pixel_in_a_corner_is_seen(before, corner):
    after = before.copy()
    after[*corner, 1] ^= 1
    patches = changes(before, after)
    assert placed(patches) == [(299 * -corner[1], 59 * -corner[0], 1, 1)]


@pytest.mark.parametrize("seed", range(8))
def test_any_two_pictures_are_joined_by_their_patches(before, laid_on, seed):
    rng = np.random.default_rng(seed)
    after = before.copy()
    for _ in range(seed):
        y, x = rng.integers(0, SIZE[:2])
        after[y : y + rng.integers(1, 30), x : x + rng.integers(1, 30), :3] = rng.integers(256)
    patches = changes(before, after)
    np.testing.assert_array_equal(laid_on(before, patches), after)
    inside = np.zeros(SIZE[:2], bool)
    for x, y, wide, high in placed(patches):
        inside[y : y + high, x : x + wide] = True
    assert not (before != after).any(axis=2)[~inside].any()


def test_pictures_of_two_sizes_are_refused(before):
    with pytest.raises(
        ValueError, match=r"of one size, got shapes \(60, 300, 4\) and \(59, 300, 4\)"
    ):
        changes(before, before[1:])
