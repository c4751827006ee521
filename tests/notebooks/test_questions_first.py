"""A question waits for its reader: what comes next on the page does not answer it in plain sight.

A cell asks if its last paragraph ends in a question mark or tells the reader to predict. What comes
next may be folded, an exercise, a proof that opens line by line, more questions, or a new part.
"""

import json
import re

import pytest

from .conftest import PATHS

TOLD = re.compile(r"\b(predict|guess|estimate|decide)\b", re.IGNORECASE)
MORE_QUESTIONS = re.compile(r"^1\. .*\?", re.MULTILINE)
CLOSED = ("check(", "DerivationReveal(", "TutorPanel(")  # what shows an answer only to who acts
WAITS = ("<details>", "#", "**Why care?**")

# Cells that ask, are followed by plain text, and are still not answered by it: judged one by one.
NO_ANSWER_FOLLOWS = {
    "00 first-slider": "next is how to run a cell",
    "00 how-to": "says what a prediction is, and asks for none",
    "00 exp-log": "next are two rules; the question comes once more, and then its answer is folded",
    "01 predict": "asks for a first idea; next are such ideas, and what breaks each is to be found",
    "01 break-it": "next asks what has broken",
    "02 chance-read": "next is how to read any loss; the number is in the output",
    "04 predict": "next says to write it down",
    "04 soft": "next is what such a target is; the answer stands below the proof",
    "05 cast-read": "next is how to read the figure; which row wins is folded",
    "05 wire": "next is the whole loss, to work with; the answers are folded",
    "05 stack-numbers": "next is the product, a step later; size and sums are to be read off",
    "05 step-title": "next is the name of a letter; the answers are folded",
    "06 predict": "next is how to begin the proof that answers",
    "06 time": "next is a remark on one program, and asks for the order",
    "06 mini": "next is what mini-batches are; how far off they are is measured below",
    "07 complex": "next is the price; how small h may be is in the output",
    "07 two-ones-read": "next is the proof that answers, line by line",
    "08 penguins": "next is where the birds were measured",
    "08 loop": "next asks for a step; the loop itself is the answer",
    "08 loop-read": "next is how to read the figure; the answers are folded",
    "08 rates": "next is how to read the figure; the answer is folded",
    "09 second-road": "next is what the table of slopes is called; its entries stand below",
    "09 jacobian-numbers-title": "next is how the table is written; the sums are folded",
    "09 curvature": "next measures the table in numbers, and asks which it is",
    "10 m5": "next tells how to test what one would expect",
    "11 link": "next says for whom the part is; the answer is folded",
    "11 calibration": "next says which digits are sorted",
    "12 straight": "next is what a border is; the share is folded",
}


def kind(cell):
    return cell["metadata"].get("slideshow", {}).get("slide_type")


def text(cell):
    return "".join(cell["source"]).strip()


def asks(cell):
    """Whether a cell of text ends in a question, or in the words to predict."""
    if cell["cell_type"] != "markdown" or kind(cell) == "notes":
        return False
    last = text(cell).rpartition("</details>")[2].rpartition("\n\n")[2]
    return last.rstrip("*_) ").endswith("?") or TOLD.search(last) is not None


def is_answered(following):
    """Whether the first text among these cells stands open, with nothing closed before it."""
    for cell in following:
        if cell["cell_type"] == "code" and any(word in text(cell) for word in CLOSED):
            return False
        if cell["cell_type"] == "markdown" and kind(cell) != "notes":
            return not (text(cell).startswith(WAITS) or MORE_QUESTIONS.search(text(cell)))
    return False


def answered_too_early(cells):
    """Ids of the cells that ask and are followed by text that stands open."""
    return [c["id"] for n, c in enumerate(cells) if asks(c) and is_answered(cells[n + 1 :])]


def found_in(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [f"{path.name[:2]} {name}" for name in answered_too_early(cells)]


def test_no_question_is_answered_in_plain_sight(path):
    assert [name for name in found_in(path) if name not in NO_ANSWER_FOLLOWS] == []


def test_an_exception_is_still_one():
    assert NO_ANSWER_FOLLOWS.keys() - {name for path in PATHS for name in found_in(path)} == set()


def lesson(*cells):
    """Cells of a lesson from pairs of a kind and a source; the first one is named asked."""
    kinds = {"code": "code", "text": "markdown", "notes": "markdown"}
    return [
        {
            "id": "next" if n else "asked",
            "cell_type": kinds[which],
            "metadata": {"slideshow": {"slide_type": which}},
            "source": [source],
        }
        for n, (which, source) in enumerate(cells)
    ]


QUESTION, ANSWER = ("text", "## Predict\n\nWhat is the slope?"), ("text", "It is $\\hat y - y$.")


@pytest.mark.parametrize(
    "cells",
    [
        (QUESTION, ANSWER),
        (("text", "Does it rise? *(Or fall?)*"), ANSWER),
        (("text", "Predict the slope, then run."), ("code", "print(slope)"), ANSWER),
        (("text", "<details>One.</details>\n\nAnd **two?**"), ("notes", "Ask."), ANSWER),
    ],
)
def test_an_answer_in_plain_sight_is_found(cells):
    assert answered_too_early(lesson(*cells)) == ["asked"]


@pytest.mark.parametrize(
    "cells",
    [
        (QUESTION, ("text", "<details><summary>Answer</summary>\n\nIt is 1.\n\n</details>")),
        (QUESTION, ("code", 'check("slope", slope)'), ANSWER),
        (QUESTION, ("code", 'DerivationReveal("binary, y = 1")'), ANSWER),
        (QUESTION, ("text", "In this order:\n\n1. Move $z$. Which way?\n2. And $y$?")),
        (QUESTION, ("text", "## The next part\n\nA line.")),
        (("text", "Why?\n\n<details><summary>Answer</summary>\n\nSo.\n\n</details>"), ANSWER),
        (("text", "Which way? Up."), ("text", "That is all.")),
        (QUESTION,),
    ],
)
def test_what_waits_for_the_reader_is_let_through(cells):
    assert answered_too_early(lesson(*cells)) == []
