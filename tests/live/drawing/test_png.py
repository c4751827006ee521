"""Pictures survive their encoders, and equal pictures give equal bytes."""

import numpy as np
import pytest

from lessons.live.drawing.png import encode_png, encode_small_png


@pytest.fixture
def noise():
    picture = np.random.default_rng(0).integers(0, 256, (7, 11, 4), np.uint8)
    picture[..., 3] = 255
    return picture


def test_every_pixel_comes_back(noise, pixels):
    for level in (1, 9):
        np.testing.assert_array_equal(pixels(encode_png(noise, level)), noise)


def test_a_single_row_comes_back(noise, pixels):
    np.testing.assert_array_equal(pixels(encode_png(noise[:1])), noise[:1])


def test_up_to_256_colours_are_kept_exactly(noise, pixels):
    assert len(np.unique(noise.reshape(-1, 4), axis=0)) == 77
    np.testing.assert_array_equal(pixels(encode_small_png(noise)), noise)


def test_beyond_256_colours_the_frequent_ones_are_exact_and_the_others_near(pixels):
    white, blue, green = 255.0, np.array([0, 114, 178, 255]), np.array([0, 158, 115, 255])
    share = np.linspace(0, 1, 200)[:, np.newaxis]
    edges = np.stack([white + share * (blue - white), white + share * (green - white)])
    shades = np.concatenate([np.tile(blue, (3, 200, 1)), edges]).astype(np.uint8)
    kept = pixels(encode_small_png(shades)).astype(int)
    np.testing.assert_array_equal(kept[:3], shades[:3])
    assert len(np.unique(shades.reshape(-1, 4), axis=0)) > 256
    assert len(np.unique(kept.reshape(-1, 4), axis=0)) <= 256
    assert 0 < np.abs(kept - shades).max() < 8


@pytest.mark.parametrize("encode", [encode_png, encode_small_png])
def test_equal_pictures_give_equal_bytes(noise, encode):
    assert encode(noise) == encode(noise.copy())
    assert encode(noise) != encode(255 - noise)


@pytest.mark.parametrize("encode", [encode_png, encode_small_png])
@pytest.mark.parametrize(
    "bad", [np.zeros((3, 4, 3), np.uint8), np.zeros((3, 4), np.uint8), np.zeros((3, 4, 4))]
)
def test_other_arrays_are_refused_with_what_came(encode, bad):
    with pytest.raises(ValueError, match=rf"uint8 array.*got {bad.dtype} of shape"):
        encode(bad)
