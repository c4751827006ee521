"""Oracles that share nothing with `lessons.model`: the definitions, evaluated with 700 digits.

At 700 digits ŷ − y can be computed as it is written: e^{−1400} is about 1e−608, so what cancels in
16 digits leaves 90 here. The code under test has to rearrange; the oracle does not.
"""

from functools import cache
from itertools import product

import mpmath
import numpy as np
import pytest

SCALES = (1, 10, 100)
GAPS = (None, 0, 1, -1, 40, -40, 80, -80, 300, -300, 700, -700)


class Exact:
    """Textbook formulas for one example, in numbers of 700 digits."""

    def __init__(self):
        self.mp = mpmath.MPContext()
        self.mp.dps = 700

    def numbers(self, values):
        return [self.mp.mpf(float(v)) for v in values]

    def sigmoid(self, z):
        return 1 / (1 + self.mp.exp(-self.mp.mpf(float(z))))

    def binary_cross_entropy(self, z, y):
        p, y = self.sigmoid(z), self.mp.mpf(float(y))
        return -y * self.mp.log(p) - (1 - y) * self.mp.log(1 - p)

    def softmax(self, z):
        return self._softmax(tuple(map(float, z)))

    def log_softmax(self, z):
        return self._log_softmax(tuple(map(float, z)))

    @cache  # noqa: B019 (one oracle lives for the whole session, and many tests ask for the same logits)
    def _softmax(self, z):
        e = [self.mp.exp(v) for v in self.numbers(z)]
        total = sum(e)
        return [v / total for v in e]

    @cache  # noqa: B019
    def _log_softmax(self, z):
        return [self.mp.log(p) for p in self._softmax(z)]

    def softmax_jacobian(self, z):
        p = self.softmax(z)
        return [[pj * ((j == k) - pk) for k, pk in enumerate(p)] for j, pj in enumerate(p)]

    def cross_entropy(self, z, y):
        return -sum(
            t * log_p for t, log_p in zip(self.numbers(y), self.log_softmax(z), strict=True)
        )

    def cross_entropy_gradient(self, z, y):
        return [p - t for p, t in zip(self.softmax(z), self.numbers(y), strict=True)]

    def relative_error(self, got, expected):
        """Return the worst |got − expected|/|expected| over all entries that are normal numbers.

        Below the smallest normal number fewer digits exist; there the difference must be less than
        it.
        """
        tiny = self.mp.mpf(float(np.finfo(got.dtype).tiny))
        expected = np.asarray(expected, dtype=object)
        assert got.shape == expected.shape
        worst = 0.0
        for g, e in zip(got.ravel().tolist(), expected.ravel(), strict=True):
            difference = abs(self.mp.mpf(g) - e)
            if abs(e) >= tiny:
                worst = max(worst, float(difference / abs(e)))
            else:
                assert difference < tiny
        return worst


@pytest.fixture(scope="session")
def exact():
    return Exact()


@pytest.fixture(scope="session")
def hard_batches():
    """Return a function of the dtype: batches (logits, labels) for K from 2 to 50.

    Logits are drawn at scales 1, 10 and 100; then the label wins (or, if negative, loses) by a gap
    of up to 700 nats against the best of the others.
    """

    def batches(dtype):
        rng = np.random.default_rng(20)
        for classes in (2, 3, 7, 50):
            cases = list(product(SCALES, GAPS))
            scales, gaps = zip(*cases, strict=True)
            logits = rng.normal(size=(len(cases), classes)) * np.array(scales)[:, np.newaxis]
            labels = rng.permutation(len(cases)) % classes  # every class is a label
            for z, i, gap in zip(logits, labels, gaps, strict=True):
                if gap is not None:
                    z[i] = np.delete(z, i).max() + gap
            yield logits.astype(dtype), labels

    return batches


@pytest.fixture(scope="session")
def one_hot():
    def encode(labels, classes, dtype=np.float64):
        return np.eye(classes, dtype=dtype)[labels]

    return encode


@pytest.fixture(autouse=True)
def _no_floating_point_warning():
    """Make overflow, division by zero and invalid operations raise in every test of this folder."""
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        yield
