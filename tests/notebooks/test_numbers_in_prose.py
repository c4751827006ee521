"""Every number in the lessons' prose is computed here, or said to be given; a new one must be, too.

A number is a decimal, or a whole number of three digits or more. It is right if what was computed
rounds to it, at the digits that are shown.
"""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from lessons.datasets import digits, penguins
from lessons.model import binary_cross_entropy, sigmoid, softmax

from .numbers import ELSEWHERE, GIVEN, PROSE, SOURCE

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"

LEFT_OUT = [r"```.*?```", r"`[^`]*`", r"\]\([^)]*\)", r"#[0-9A-Fa-f]{6}"]  # code, links, colours
NUMBER = re.compile(r"(?<![\w.\\])[−-]?\d+\.\d+(?:e[−-]?\d+)?|(?<![\w.\\])\d{3,}(?!\w)")
NAMES = {
    **{name: getattr(np, name) for name in ("exp", "log", "sum", "array", "finfo", "float32", "e")},
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
    text = re.sub(r"(?<=\d)(\\,| | )(?=\d{3}\b)", "", text)  # 50 000 is one number
    return NUMBER.findall(text)


def is_right(written, expression):
    """Whether a computed value rounds to a number, at the digits that are shown."""
    text = written.replace("−", "-")
    mantissa, _, power = text.partition("e")
    decimals = len(mantissa.partition(".")[2]) - int(power or 0)
    value = float(eval(expression, {"float": float, "len": len}, NAMES))
    return abs(value - float(text)) <= 0.5001 * 10.0**-decimals


def wrong_in(text, row):
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
        if expression not in (GIVEN, SOURCE) and not is_right(number, expression)
    ]


@pytest.fixture(scope="module")
def numbered():
    """The text of each cell that holds a number, by its name in the table."""
    return {
        f"{path.name[:2]} {cell['id']}": text
        for path in FOLDER.glob("*.ipynb")
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "markdown" and numbers_in(text := "".join(cell["source"]))
    }


@pytest.mark.parametrize("name", PROSE)
def test_the_numbers_of_a_cell_are_what_they_should_be(name, numbered):
    assert wrong_in(numbered[name], PROSE[name]) == []


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
    ],
)
def test_a_wrong_or_an_unmarked_number_is_seen(text, row):
    assert wrong_in(text, row)


def test_numbers_are_found_where_they_stand():
    text = "In $-0.5$ of 344 (not `0.7`, `12345` or [x](a_1.25)) it is 50 000, −4.2e−18, $K = 10$."
    assert numbers_in(text) == ["-0.5", "344", "50000", "−4.2e−18"]
