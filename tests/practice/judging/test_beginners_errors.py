"""Every common Python error of a beginner gets a sentence of its own, and a true one."""

import re

import pytest

from lessons.practice import check

# What stands in the body of `softmax(z)`, and words of the sentence that it is answered with.
ERRORS = {
    "a name that is not there": ("return np.exp(x)", "A name in it is unknown"),
    "square brackets for round ones": ("return np.exp[z]", "called with round brackets"),
    "a number that is called": ("sum = 0\n    return sum(z)", "Round brackets stand behind"),
    "a lost star": ("e = 2.0\n    return e(z)", "Round brackets stand behind"),
    "an if on an array": ("if z > 0:\n        return z\n    return -z", "asks for one yes or no"),
    "too many values": ("a, b = z\n    return z", "more or fewer names"),
    "too few values": ("a, b, c, d = z\n    return z", "more or fewer names"),
    "a list that computes": ("return [1, 2, 3] / 2", "np.array"),
    "a list that is negated": ("return -[1, 2, 3]", "np.array"),
    "an argument too few elsewhere": ("return np.outer(z)", "other arguments than it takes"),
    "an argument too many elsewhere": ("return len(z, z)", "other arguments than it takes"),
    "a keyword that is not known": ("return np.exp(z, axes=1)", "other arguments than it takes"),
    "None that computes": ("return None + 1", "holds `None`"),
    "a text for a number": ("return z[0] + '1'", "quotation marks|number"),
    "a loop over a number": ("return sum(3.0)", "goes through many values"),
    "the length of a number": ("return len(2.0)", "has no length"),
    "a fraction for a count": ("return np.zeros(1.5)", "whole number"),
    "a place beyond the end": ("return z[len(z)]", "past the end"),
    "a fraction for a place": ("return z[0.5]", "whole numbers"),
    "a number that is indexed": ("return z[0][0]", "one number"),
    "too many axes": ("return z[0, 0]", "more axes"),
    "an axis that is not there": ("return z.sum(axis=1)", "no such axis"),
    "shapes that do not fit": ("return z + np.ones(len(z) + 1)", "do not fit"),
    "a name of NumPy's misspelt": ("return np.expp(z)", "no function of this name"),
    "a method that is none": ("return z.exp()", "is it a function"),
    "a list without a method": ("return [1.0, 2.0].sum()", "np.array"),
    "an array in one place": (
        "e = np.zeros(2)\n    e[0] = z\n    return e",
        "One place|do not fit",
    ),
    "math for an array": ("import math\n    return math.exp(z)", "`np.exp` takes a whole array"),
    "a division by zero": ("return 1 / 0", "divided by zero"),
    "a call without an end": ("return f(z)", "without end"),
    "a number beyond floats": ("return 10.0 ** 400", "range of floating point"),
    "a name used too early": ("e = e / 2\n    return e", "before the function has given it"),
    "fractions among whole numbers": ("e = np.arange(3)\n    e += 0.5\n    return e", "floats"),
}


@pytest.mark.parametrize(("body", "words"), ERRORS.values(), ids=ERRORS)
def test_a_beginners_error_is_explained(body, words, typed):
    said = check("softmax", typed(f"def f(z):\n    {body}\n")["f"])
    assert not said.passed
    assert re.search(words, said.message), said.message


def test_at_least_twenty_are_explained():
    assert len(ERRORS) >= 20


@pytest.mark.parametrize("text", ["``` <b>bold</b>", "a `lone backtick", "\ud800", "\x00\x1b[31m"])
def test_no_text_of_an_exception_breaks_its_box(text, typed):
    said = check("softmax", typed(f"def f(z):\n    raise ValueError({text!r})\n")["f"])
    assert said.message.count("`") % 2 == 0
    page = said._repr_html_()
    page.encode("utf-8")
    assert "<b>" not in page.replace("<strong>", "")
    assert page.count("<code>") == page.count("</code>")


def test_the_students_own_function_is_told_of_its_own_arguments(typed):
    said = check("softmax", typed("def f():\n    return 1\n")["f"])
    assert "arguments that the stub has" in said.message
