"""One look-up for every name: the same tolerance, the same error, the same sentence."""

import doctest
import re

import pytest

from lessons import lookup
from lessons.live import DerivationReveal
from lessons.practice import check, exercises, hint, solution
from lessons.proofs import LINES, NAMES, Tutor, derivation, sketch


def said_by(function):
    """What `check`, which never raises, says of a name."""

    def raising(name):
        raise ValueError(function(name).message)

    return raising


BY_NAME = {
    "derivation": (derivation, "derivation", "binary, y = 1", "binary, y = 11"),
    "DerivationReveal": (DerivationReveal, "derivation", "binary, y = 1", "binary y = 1"),
    "Tutor": (Tutor, "task", "multiclass, j ≠ i", "multiclass, j ≠≠ i"),
    "sketch": (sketch, "line of the sketch", "B4", "B44"),
    "check": (said_by(check), "exercise", "binary-gradient", "binary-gradien"),
    "hint": (said_by(hint), "exercise", "binary-gradient", "binary gradient"),
    "solution": (said_by(solution), "exercise", "binary-gradient", "Binary-gradient"),
}


@pytest.mark.parametrize(("asked", "kind", "right", "near"), BY_NAME.values(), ids=BY_NAME)
def test_an_unknown_name_is_answered_with_the_nearest(asked, kind, right, near):
    sentence = f"There is no {kind} named `{near}`. Did you mean `{right}`?"
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        asked(near)


NAMELESS = "@", "", None, 3, ("binary, y = 1",), ["binary, y = 1"]
LAST = "hint", "solution"  # without a name they mean the exercise checked last


@pytest.mark.parametrize(
    ("by", "name"),
    [(by, name) for by in BY_NAME for name in NAMELESS if name is not None or by not in LAST],
    ids=repr,
)
def test_what_is_near_nothing_is_answered_with_all_names(by, name):
    asked, kind, right, _ = BY_NAME[by]
    with pytest.raises(ValueError, match=rf"^There is no {kind} named `.*`\. .*`{right}`"):
        asked(name)


def test_not_equal_may_be_typed_with_the_keyboard():
    assert derivation("multiclass, j != i") is derivation("multiclass, j ≠ i")
    assert Tutor(" multiclass,  j != i ").task is Tutor("multiclass, j ≠ i").task


def test_every_name_finds_its_own():
    for name in LINES:
        assert sketch(name).number == name
    assert len({id(derivation(name)) for name in NAMES}) == len(NAMES)
    assert all(check(e.name).exercise == e.name for e in exercises())


def test_the_examples_are_true():
    assert doctest.testmod(lookup).failed == 0
