"""Slopes of a function by numerical differentiation, each with the error that it may have.

What `check_gradient` compares with. Central differences at many steps are extrapolated to a step of
0 (Richardson); by how much that is off is seen from its neighbours and from the rounding of f.
"""

from typing import NamedTuple

import numpy as np

# The steps, times max(1, |x_j|): from the first down to the finest, each 1/4 of the one before,
# and, where these settle nothing, up to the widest. All are powers of 2.
_FIRST, _FINEST, _WIDEST, _RATIO = 2.0**-10, 2.0**-80, 2.0**50, 4.0
_STAIR = 1e-3  # of f: a jump that is no rounding any more
DOUBT = 5  # errors are estimates: nothing is decided by less than so many of them


def one_number(value, kinds, kind):
    """Return the one number in a value; raise if it holds several, or of another kind."""
    array = np.asarray(value)
    if array.shape != ():
        raise ValueError(f"f must return one number, got shape {array.shape}")
    if array.dtype.kind not in kinds:
        raise TypeError(f"f must return a {kind} number, got {value!r}")
    return array[()]


class _Sample(NamedTuple):
    """f at both ends of a step h, NaN where it has no value."""

    h: float
    up: float
    down: float

    def move(self, centre):
        return max(abs(self.up - centre), abs(self.down - centre))

    def stands_still(self, centre):
        return self.up == self.down == centre


class Slope(NamedTuple):
    """A slope, how far it may be off, the largest slope not far from x, and a kink.

    The value is NaN if f is not finite. `sides` are the slopes to the left and to the right where
    they differ; `level` tells that f stands still around x, `moves` that it is seen to move at the
    steps that a smooth f needs.
    """

    value: float
    error: float
    nearby: float
    sides: tuple[float, float] | None = None
    level: bool = False
    moves: bool = True

    def is_sharp(self, tolerance, size=0):
        """Tell whether it is known well beside itself, or, where f is level, beside `nearby`."""
        return DOUBT * self.error <= tolerance * max(abs(self.value), self.nearby, size)


def slopes_of(f, x, tolerance):
    """Return an object array of the slope of f along each coordinate of x."""
    centre = float(one_number(f(x.copy()), "iuf", "real"))
    slopes = np.empty(x.shape, object)
    for j in np.ndindex(x.shape):
        with np.errstate(all="ignore"):  # steps may leave the domain of f; that is seen below
            slopes[j] = _slope(_along(f, x, j), max(1, abs(x[j])), centre, tolerance)
    return slopes


def _along(f, x, j):
    """Return f along coordinate j as a function of the step, which takes a sample."""

    def value(moved):
        try:
            return float(one_number(f(moved), "iuf", "real"))
        except Exception:  # as f of a point outside its domain may do
            return np.nan

    def sample(h):
        up, down = x.copy(), x.copy()
        up[j] += h
        h = up[j] - x[j]  # the step that is really taken, after rounding
        down[j] -= h
        return _Sample(h, value(up), value(down))

    return sample


def _slope(sample, unit, centre, tolerance):
    """Return the slope from ever finer steps; where these are not sharp enough, also from wider."""
    samples = _finer_samples(sample, unit, centre)
    grain = _grain(sample, centre, samples)
    narrow, h = len(samples), _FIRST * _RATIO
    slope = _extrapolated(samples, unit, narrow, centre, grain, tolerance)
    while h <= _WIDEST and not (slope.is_sharp(tolerance) and _moves(samples, centre)):
        wider = sample(h * unit)
        if not np.isfinite(wider).all():
            break
        samples, h = [wider, *samples], h * _RATIO
        grain = grain or _grain(sample, centre, samples)
        slope = _extrapolated(samples, unit, narrow, centre, grain, tolerance)
    near = [one for one in samples if one.h <= unit]
    if not (_moves(near, centre) or slope.is_sharp(1)):
        widest = None if _moves(samples, centre) else samples[0].h
        return _level(slope, grain, centre, unit, widest)
    jump = max(grain, samples[-1].move(centre))  # at a later step, or at x itself
    if jump > _STAIR * max([abs(centre), *(one.move(centre) for one in near)]):
        return slope._replace(error=np.inf)  # a staircase, whose slope is not that of its rise
    return slope._replace(moves=_moves(samples[-narrow:], centre))


def _moves(samples, centre):
    return not all(one.stands_still(centre) for one in samples)


def _level(slope, grain, centre, unit, widest):
    """Return the slope of an f that stands still: none, or one that a constant in f hides.

    Where it does so up to the widest step, no constant could hide a slope that is worth a name.
    """
    if widest is not None:
        error = np.finfo(float).eps * abs(centre) / widest
        return slope._replace(value=0.0, error=error, level=True, moves=False)
    if grain > 100 * np.finfo(float).eps * abs(centre):
        return slope._replace(error=np.inf)  # rounded: any slope may hide in the first jump
    error = 1e-3 * abs(centre) / unit  # a slope that would be seen, if it were one for a mere step
    return slope._replace(value=0.0, error=error, level=True, moves=False)


def _finer_samples(sample, unit, centre):
    """Return samples down to where x or f no longer moves."""
    samples, still, h = [], 0, _FIRST
    while h >= _FINEST and still < 4:
        finer = sample(h * unit)
        if finer.h == 0:
            break
        still = still + 1 if finer.stands_still(centre) else 0
        samples, h = [*samples, finer], h / _RATIO
    return samples


def _grain(sample, centre, samples):
    """Return the jump with which f begins to move, where it stands still at finer steps; else 0.

    A rounded f jumps. One that is level around x, as of a unit that is off, creeps away.
    """
    moves = [not one.stands_still(centre) for one in samples]
    last = max(np.flatnonzero(moves), default=-1)
    if last in (-1, len(samples) - 1):
        return 0.0
    moving, still = samples[last : last + 2]
    for _ in range(50):
        if moving.move(centre) < 100 * np.finfo(float).eps * abs(centre):
            break  # as f in float64 is rounded in any case
        middle = sample((still.h + moving.h) / 2)
        still, moving = (middle, moving) if middle.stands_still(centre) else (still, middle)
    grain = moving.move(centre)
    return grain if grain > 1e-6 * samples[last].move(centre) else 0.0


def _extrapolated(samples, unit, narrow, centre, grain, tolerance):
    """Extrapolate the central differences to a step of 0, each two in a row, and return the best.

    D(h) is off by c·h² and less, so that D(h) + (D(h) − D(4h))/15 is without it (Richardson);
    by how much it is off is seen from the extrapolation before, and from the rounding of f. It
    counts only if the differences at all finer steps agree: else f has more structure there.
    """
    h, up, down = np.array(samples).reshape(-1, 3).T
    bad = np.flatnonzero(~np.isfinite(up + down))
    h, up, down = (values[bad.max(initial=-1) + 1 :] for values in (h, up, down))
    if len(h) < 3 or not np.isfinite(centre):
        return Slope(np.nan, np.inf, 0)
    central, bend = (up - down) / (2 * h), abs((up - centre) + (down - centre))
    size = np.maximum(abs(centre), np.maximum(abs(up), abs(down)))
    # What a smooth f does not do at the finest steps, where it is straight, is rounding in f.
    bumps = max(bend[-3:].max(), abs(2 * h[1:] * np.diff(central))[-3:].max(), grain)
    usual = size[-narrow:][0]
    bumps *= np.maximum(1, size / usual) if usual else 1.0  # f in float32 is rounded in proportion
    rounding = np.maximum(np.finfo(float).eps * size, bumps) / (2 * h)
    refined = central[1:] + np.diff(central) / (_RATIO**2 - 1)
    value, error = refined[1:], abs(np.diff(refined)) + rounding[2:]
    off = abs(central[2:] - value[:, np.newaxis]) > DOUBT * (rounding[2:] + error[:, np.newaxis])
    error = np.where(np.triu(off, 1).any(axis=1), np.inf, error)
    best = int(np.argmin(error))
    left, right = (centre - down) / h, (up - centre) / h
    seen = np.maximum(abs(left), abs(right))
    near = (seen > DOUBT * rounding) & (h <= unit)
    nearby = np.where(near, seen, 0)[max(0, best - 3) :].max()
    sides = _kink(left[best + 2 :], right[best + 2 :], rounding[best + 2 :], tolerance)
    return Slope(value[best], error[best], nearby, sides)


def _kink(left, right, rounding, tolerance):
    """Return the slopes on both sides if they differ, and do so at all finer steps that can tell.

    Of a smooth f the gap is h·f'', a fourth at the next step; of a kink it stays.
    """
    gap, rounding = abs(right - left), 4 * rounding  # of f(x + h) − 2f(x) + f(x − h), over h
    size = np.maximum(abs(left), abs(right))
    real = gap > np.maximum(4 * DOUBT * rounding, tolerance * size)
    if not real[0] or (gap + rounding).min() < gap[0] / 2:
        return None
    finest = np.flatnonzero(real)[-1]
    return float(left[finest]), float(right[finest])
