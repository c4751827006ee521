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
    "a method that is not called": ("e = np.exp(z)\n    return e / e.sum", "with its brackets"),
    "a function that is not called": ("return np.exp(z) / np.sum", "with its brackets"),
    "a built-in that is not called": ("return np.exp(z) / len", "with its brackets"),
    "a method in a comparison": ("return z[z > z.max]", "with its brackets"),
    "a method for a function": ("return np.exp(z.sum)", "with its brackets"),
    "a loop over a method": ("return sum(np.exp)", "with its brackets"),
    "the length of a method": ("return len(z.tolist)", "with its brackets"),
    "a function before a dot": ("return np.exp(z) / np.exp.sum()", "with its brackets"),
    "a method behind /=": ("e = np.exp(z)\n    e /= e.sum\n    return e", "`e.sum` for"),
    "a product for a call": ("g = np.exp\n    return g*(z + 1)", "without a star"),
    "a product for a call, the other way": ("return (z + 1) * f", "without a star"),
    "square brackets for zeros": ("return np.zeros[len(z)]", "called with round brackets"),
    "a transpose that is not called": ("return z.transpose @ z", "for `W.transpose\\(\\)`"),
    "a hat for a power": ("return np.e ^ z", r"that is `\*\*`"),
    "a shape without brackets": ("return np.zeros(len(z), 5)", "brackets of its own"),
    "a range over an array": ("return [z[k] for k in range(z)]", r"`range\(len\(z\)\)`"),
    "a loop over a length": ("return [z[k] for k in len(z)]", "counts up to"),
    "an index by value": (
        "p = z.copy()\n    for k in z:\n        p[k] = 1\n    return p",
        "values",
    ),
    "writing into a number": ("p = 0.0\n    p[0] = 1\n    return p", "has no places"),
    "several names for one": ("a, b = 3\n    return z", "one thing"),
    "what append gives": ("p = []\n    p = p.append(1)\n    return p.sum()", "`append`"),
    "the log of a negative": ("import math\n    return math.log(-1)", "0 or negative"),
    "an assertion": ("assert len(z) == 7\n    return z", "does not hold"),
    "code that is still missing": ("raise NotImplementedError", "where your code should be"),
    "fractions among whole numbers": ("e = np.arange(3)\n    e += 0.5\n    return e", "floats"),
}


@pytest.mark.parametrize(("body", "words"), ERRORS.values(), ids=ERRORS)
def test_a_beginners_error_is_explained(body, words, typed):
    said = check("softmax", typed(f"def f(z):\n    {body}\n")["f"])
    assert not said.passed
    assert re.search(words, said.message), said.message


# Of what raises nothing, the value is wrong and the sentence says why.
SILENT = {
    "no brackets on what is returned": ("return np.exp(z).sum", "Are brackets missing"),
    "a text": ("return 'np.exp(z)'", "Quotation marks"),
    "a dictionary": ("return {k: np.exp(k) for k in z}", "Curly brackets"),
    "a set": ("return {np.exp(k) for k in z}", "keeps no order"),
    "several results": ("e = np.exp(z)\n    return e / e.sum(), z", "which one of them"),
    "a comma": ("e = np.exp(z)\n    return e / e.sum(),", "A comma behind"),
    "no return": ("e = np.exp(z)", "lacks `return`"),
    "a bare return": ("e = np.exp(z)\n    return", "nothing stands behind it"),
    "nothing": ("pass", "Nothing stands in your function"),
    "print for return": ("print(z)", "`print` shows"),
    "what print gives": ("return print(z)", "and return `None`"),
    "what sort gives": ("e = np.exp(z)\n    return e.sort()", "and return `None`"),
    "no return on one way": ("if z[0] == 1:\n        return z", "end is reached without"),
}


@pytest.mark.parametrize(("body", "words"), SILENT.values(), ids=SILENT)
def test_what_is_handed_back_instead_is_explained(body, words, typed):
    said = check("softmax", typed(f"def f(z):\n    {body}\n")["f"])
    assert not said.passed
    assert words in said.message


@pytest.mark.parametrize("body", ["return e.sort()", "if e[0] > 9:\n        return e"])
def test_a_return_that_is_there_is_not_said_to_be_lacking(body, typed):
    said = check("softmax", typed(f"def f(z):\n    e = np.exp(z)\n    {body}\n")["f"])
    assert "lacks" not in said.message


def test_a_method_without_self_is_told_of_it(typed):
    names = typed("class Model:\n    def f(z):\n        return z\n\n\nmodel = Model()")
    assert "`self`" in check("softmax", names["model"].f).message


def test_only_the_last_place_is_said_to_be_past_the_end(typed):
    wide = typed("def f(label, K):\n    y = np.zeros((label, K))\n    y[label] = 1\n    return y")[
        "f"
    ]
    assert check("one-hot", wide).mistake == ""


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
