"""Wrong and right answers to lesson 07's exercises."""

import numpy as np


def one_by_one(rise, run=2, start=np.zeros_like):
    def gradient(f, x, h):
        slopes = start(x.astype(float))
        for k in range(len(x)):
            e = np.zeros(len(x))
            e[k] = h
            slopes[k] = rise(f, x, e) / (run * h)
        return slopes

    return gradient


def central(f, x, e):
    return f(x + e) - f(x - e)


def never_back(f, x, h):
    moved, slopes = x.astype(float), np.zeros(len(x))
    for k in range(len(x)):
        moved[k] += h
        above = f(moved)
        moved[k] -= 2 * h
        slopes[k] = (above - f(moved)) / (2 * h)
    return slopes


def with_copies(f, x, h):
    slopes = []
    for k in range(len(x)):
        right, left = x.astype(float), x.astype(float)
        right[k] += h
        left[k] -= h
        slopes.append((f(right) - f(left)) / (2 * h))
    return slopes


def copies_like_x(f, x, h):
    slopes = []
    for k in range(len(x)):
        right, left = x.copy(), x.copy()
        right[k] = right[k] + h
        left[k] = left[k] - h
        slopes.append((f(right) - f(left)) / (2 * h))
    return np.array(slopes)


def copies_added_in_place(f, x, h):
    slopes = []
    for k in range(len(x)):
        right, left = x.copy(), x.copy()
        right[k : k + 1] += h
        left[k : k + 1] -= h
        slopes.append((f(right) - f(left)) / (2 * h))
    return np.array(slopes)


def leaves_x_moved(f, x, h):
    slopes = np.zeros(len(x))
    for k in range(len(x)):
        before = x[k]
        x[k] = before + h
        above = f(x)
        x[k] = before - h
        slopes[k] = (above - f(x)) / (2 * h)
        x[k] = before + 1e-9
    return slopes


WRONG = {
    "central-difference": {
        "forward difference": lambda f, x, h: (f(x + h) - f(x)) / h,
        "backward difference": lambda f, x, h: (f(x) - f(x - h)) / h,
        "from left to right": lambda f, x, h: (f(x + h) - f(x - h)) / 2 * h,
        "divided by 2 only": lambda f, x, h: (f(x + h) - f(x - h)) / 2,
        "half a step": lambda f, x, h: (f(x + h / 2) - f(x - h / 2)) / h,
        "half the run": lambda f, x, h: (f(x + h) - f(x - h)) / h,
        "never divided": lambda f, x, h: f(x + h) - f(x - h),
        "forward rise over the double run": lambda f, x, h: (f(x + h) - f(x)) / (2 * h),
        "wrong sign": lambda f, x, h: (f(x - h) - f(x + h)) / (2 * h),
        "step outside the function": lambda f, x, h: ((f(x) + h) - (f(x) - h)) / (2 * h),
        "": lambda f, x, h: f(x),
    },
    "choose-step": {
        "bending ignored": "a",
        "rounding ignored": "c",
        "smaller is better": "d",
    },
    "numerical-gradient": {
        "all entries at once": [
            lambda f, x, h: (f(x + h) - f(x - h)) / (2 * h),
            one_by_one(lambda f, x, e: f(x + max(e)) - f(x - max(e))),
        ],
        "step never taken back": never_back,
        "forward difference": one_by_one(lambda f, x, e: f(x + e) - f(x), run=1),
        "from left to right": lambda f, x, h: np.array(with_copies(f, x, h)) * h * h,
        "never divided": lambda f, x, h: np.array(with_copies(f, x, h)) * 2 * h,
        "half the run": one_by_one(central, run=1),
        "one array twice": one_by_one(lambda f, x, e: 0.0),
        "forward rise over the double run": one_by_one(lambda f, x, e: f(x + e) - f(x)),
        "returned too early": lambda f, x, h: np.eye(len(x))[0] * with_copies(f, x, h),
        "summed up": lambda f, x, h: np.sum(with_copies(f, x, h)),
        "wrong sign": one_by_one(lambda f, x, e: f(x - e) - f(x + e)),
        "whole numbers": [copies_like_x, copies_added_in_place],
        "writes into its input": leaves_x_moved,
    },
    "drawn-labels": {
        "only zeros": [
            lambda rng, n: np.zeros(n, dtype=int),
            lambda rng, n: rng.integers(0, 1, n),
        ],
        "only ones": lambda rng, n: rng.integers(1, 2, size=n),
        "a third class": lambda rng, n: rng.integers(0, 3, size=n),
        "a negative label": lambda rng, n: rng.integers(-1, 2, size=n),
        "not labels": [
            lambda rng, n: rng.random(n),
            lambda rng, n: rng.random(n) < 0.5,
        ],
        "not drawn": [lambda rng, n: np.arange(n) % 2, lambda rng, n: np.arange(n) // 3 % 2.0],
        "a pattern": [
            lambda rng, n: (np.arange(n) + rng.integers(2)) % 2,
            lambda rng, n: np.roll(np.arange(n) // 2 % 2, rng.integers(n)),
            lambda rng, n: np.tile(rng.permutation([0, 0, 1, 1, 1]), n)[:n],
            lambda rng, n: (np.arange(n) >= n // 2) ^ rng.integers(2),
        ],
        "another generator": [
            lambda rng, n: np.random.default_rng().integers(0, 2, size=n),
            lambda rng, n: np.random.default_rng().permutation(np.arange(n) % 2),
        ],
        "one draw for all": [
            lambda rng, n: np.repeat(rng.integers(0, 2), n),
            lambda rng, n: [rng.integers(0, 2)] * n,
        ],
        "one label rare": [
            lambda rng, n: (rng.random(n) > 0.95).astype(int),
            lambda rng, n: np.arange(n) // (n - 1),
        ],
        "": [lambda rng, n: rng.integers(0, 2), lambda rng, n: rng.integers(0, 2, size=60)],
    },
    "silent-assertion": {
        "green means right": "a",
        "tolerance first": "c",
        "comparison for assertion": "d",
    },
}

RIGHT = {
    "central-difference": [
        lambda f, x, h: (f(x + h) - f(x - h)) / (2 * h),
        lambda f, x, h: f(x + h) / 2 / h - f(x - h) / 2 / h,
    ],
    "choose-step": ["b"],
    "numerical-gradient": [
        one_by_one(central),
        with_copies,
        lambda f, x, h: [(f(x + h * e) - f(x - h * e)) / (2 * h) for e in np.eye(len(x))],
    ],
    "drawn-labels": [
        lambda rng, n: rng.integers(0, 2, size=n),
        lambda rng, n: rng.integers(0, 1, size=n, endpoint=True),
        lambda rng, n: rng.choice([0, 1], n),
        lambda rng, n: (rng.random(n) < 0.5).astype(int),
        lambda rng, n: (rng.random(n) < 0.5) * 1.0,
        lambda rng, n: rng.permutation(np.arange(n) % 2),
    ],
    "silent-assertion": ["b"],
}
