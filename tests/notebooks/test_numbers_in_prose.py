"""Every number in the lessons' prose is computed here, or said to be given; a new one must be, too.

A number is a decimal, or a whole number of three digits or more. It is right if what was computed
rounds to it, at the digits that are shown.
"""

import json
import re
from functools import cache
from pathlib import Path

import mpmath
import numpy as np
import pytest
from scipy.optimize import brentq, minimize_scalar

from lessons.datasets import digits, penguins, split, standardize
from lessons.live import TrainingExplorer
from lessons.model import (
    binary_cross_entropy,
    calibration_error,
    fit,
    fit_temperature,
    linear,
    sigmoid,
    softmax,
)

from .numbers import ELSEWHERE, GIVEN, PRINTED, PROSE, SOURCE

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"

LEFT_OUT = [r"```.*?```", r"`[^`]*`", r"\]\([^)]*\)", r"#[0-9A-Fa-f]{6}"]  # code, links, colours
NUMBER = re.compile(r"(?<![\w.\\])[−-]?\d+\.\d+(?:e[−-]?\d+)?|(?<![\w.\\])\d{3,}(?!\w)")
VALLEYS = np.array([6, 2, -4, -5, -10.0]), np.array([1, 0, 1, 1, 0.0])  # x and y


def squared(b):
    x, y = VALLEYS
    return ((sigmoid(x + b) - y) ** 2).mean()


def birds():
    """The penguins that were measured, as lesson 08 divides them."""
    measured = penguins()
    complete = ~np.isnan(measured.X).any(axis=1)
    X, labels = measured.X[complete], measured.labels[complete]
    train, test = split(labels, test_fraction=1 / 3, seed=0)
    return *standardize(X[train], X[test]), labels[train], labels[test]


def bird_loss(steps):
    train, _, labels, _ = birds()
    return fit(train, labels, 0.3, steps)[2][-1]


@cache
def scores():
    """The logits of the real digit that runs through lessons 00 to 05."""
    ink, labels = digits().X / 16, digits().labels
    W, b, _ = fit(ink, labels, 1.0, steps=30)
    return linear(ink[122], W, b)


def slow_loss():
    train, _, labels, _ = birds()
    return fit(train[:, 2:], labels, 0.01, steps=40)[2][-1]


def focal(p):
    """What the focal loss with γ = 2 multiplies the gap by."""
    return (1 - p) ** 2 - 2 * p * (1 - p) * np.log(p)


def highest(function, low, high):
    return minimize_scalar(lambda p: -function(p), bounds=(low, high)).x


def focal_best(share):
    """The probability with the smallest mean focal loss, where a share of what looks alike is 1."""

    def gain(p):
        return share * (1 - p) ** 2 * np.log(p) + (1 - share) * p**2 * np.log(1 - p)

    return highest(gain, 0.01, 0.99)


@cache
def honest_errors():
    """Calibration errors of lesson 11's model, if labels came from the probabilities it says."""
    ink, labels = digits().X / 16, digits().labels
    rows, unseen = split(labels, 1 / 3, seed=0)
    W, b, _ = fit(ink[rows], labels[rows], 2.0, steps=300)
    choose, judge = (unseen[half] for half in split(labels[unseen], 1 / 2, seed=1))
    Z = linear(ink, W, b) / fit_temperature(linear(ink[choose], W, b), labels[choose])
    sums, random = softmax(Z[judge]).cumsum(axis=1), np.random.default_rng(0)
    drawn = ((sums > random.random((len(judge), 1))).argmax(axis=1) for _ in range(400))
    return [calibration_error(Z[judge], made) for made in drawn]


NAMES = {
    "exact_exp": mpmath.exp,
    "gap": lambda z: -2 * mpmath.exp(-z) / (1 + 2 * mpmath.exp(-z)),  # of three classes
    "hill": lambda low, high: -minimize_scalar(lambda b: -squared(b), bounds=(low, high)).fun,
    "valley": lambda low, high: minimize_scalar(squared, bounds=(low, high)).x,
    "explored": lambda **how: TrainingExplorer(**how).loss,
    "bird_loss": bird_loss,
    "birds": birds,
    "score": lambda k: float(scores()[k]),
    "share": lambda k: float(softmax(scores())[k]),
    "slow_loss": slow_loss,
    "focal": focal,
    "focal_one": lambda: brentq(lambda p: focal(p) - 1, 0.2, 0.5),
    "focal_top": lambda: highest(focal, 0.001, 0.5),
    "pull_top": lambda: highest(lambda p: focal(p) * (1 - p), 0.001, 0.5),
    "focal_best": focal_best,
    "honest_error": lambda part: np.quantile(honest_errors(), part),
    **{
        name: getattr(np, name)
        for name in ("exp", "log", "sum", "array", "finfo", "float32", "floor", "e")
    },
    "sigma": sigmoid,
    "softmax": lambda z: softmax(np.array(z, dtype=float)),
    "loss": lambda z, y: binary_cross_entropy(np.array(z), np.array(float(y))),
    "square": lambda z: 2 * (sigmoid(z) - 1) * sigmoid(z) * sigmoid(-z),
    "penguins": penguins,
    "digits": digits,
}


def numbers_in(text):
    """List the numbers of a text as they are written."""
    for pattern in LEFT_OUT:
        text = re.sub(pattern, "", text, flags=re.DOTALL)
    text = re.sub(r"(?<=\d)(\\,| | )(?=\d{2,3}\b)", "", text)  # 50 000 is one number
    return NUMBER.findall(text)


def is_right(written, expression):
    """Whether a computed value rounds to a number, at the digits that are shown."""
    text = written.replace("−", "-")
    mantissa, _, power = text.partition("e")
    decimals = len(mantissa.partition(".")[2]) - int(power or 0)
    with mpmath.workdps(40):
        value = mpmath.mpmathify(eval(expression, {"float": float, "len": len}, NAMES))
        return abs(value - mpmath.mpf(text)) <= 0.5001 * mpmath.mpf(10) ** -decimals


def wrong_in(text, row, printed=()):
    """Say which numbers of a text are not what they should be, by its row of the table."""
    written = numbers_in(text)
    if row in (GIVEN, SOURCE):
        return []
    expressions = [part.strip() for part in row.split(";")]
    if len(expressions) != len(written):
        return [f"{len(written)} numbers, of which {len(expressions)} are computed: {written}"]
    return [
        f"{number} is not {expression}"
        for number, expression in zip(written, expressions, strict=True)
        if expression not in (GIVEN, SOURCE)
        and not (number in printed if expression == PRINTED else is_right(number, expression))
    ]


@pytest.fixture(scope="module")
def cells():
    """The cells of each lesson, by its number."""
    return {
        path.name[:2]: json.loads(path.read_text(encoding="utf-8"))["cells"]
        for path in FOLDER.glob("*.ipynb")
    }


@pytest.fixture(scope="module")
def numbered(cells):
    """Each text that holds a number, by its name in the table."""
    texts = {
        f"{lesson} {cell['id']}": "".join(cell["source"])
        for lesson, all_of_it in cells.items()
        for cell in all_of_it
        if cell["cell_type"] == "markdown"
    }
    texts["INSTRUCTORS"] = FOLDER.with_name("INSTRUCTORS.md").read_text(encoding="utf-8")
    return {name: text for name, text in texts.items() if numbers_in(text)}


def printed_in(cells):
    """The numbers that these cells print."""
    outputs = (made for cell in cells for made in cell.get("outputs", ()))
    texts = ("".join(made.get("text", "")) for made in outputs)
    return set(re.findall(r"\d[\d.]*", " ".join(texts)))


@pytest.mark.parametrize("name", PROSE)
def test_the_numbers_of_a_cell_are_what_they_should_be(name, numbered, cells):
    assert wrong_in(numbered[name], PROSE[name], printed_in(cells.get(name[:2], ()))) == []


def test_every_cell_with_a_number_is_in_the_table(numbered):
    assert sorted(numbered.keys() - PROSE.keys() - ELSEWHERE.keys()) == []


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("about $2.719$", "e"),
        ("$0.70$ and 2.718", "e; e"),
        ("50\\,000 numbers", "50001"),
        ("a new one: 1.25", "given; given"),
        ("−4.3e−18", "-exp(-40)"),
        ("111 of 114", "printed; printed"),
    ],
)
def test_a_wrong_or_an_unmarked_number_is_seen(text, row):
    assert wrong_in(text, row, {"110", "114"})


def test_numbers_are_found_where_they_stand():
    text = "In $-0.5$ of 344 (not `0.7`, `12345` or [x](a_1.25)) it is 50 000, −4.2e−18, $K = 10$."
    assert numbers_in(text) == ["-0.5", "344", "50000", "−4.2e−18"]
