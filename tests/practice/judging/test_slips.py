"""Slips that raise nothing are read from the code, and only where an ordinary value is wrong."""

import pytest

from lessons.practice import check
from lessons.practice.judging.slips import slip_behind

SLIPS = [
    (
        "softmax",
        "returned too early",
        "p = []\n    for t in z:\n        p += [t]\n        return p",
    ),
    (
        "softmax",
        "returned too early",
        "p = z * 0\n    for k in range(len(z)):\n        p[k] = 1\n        return p",
    ),
    (
        "softmax",
        "returned too early",
        "for a in z:\n        for b in z:\n            c = a + b\n        return z * c",
    ),
    (
        "softmax",
        "returned too early",
        "def total(e):\n        for t in e:\n            s = t\n            return s\n"
        "    return np.exp(z) / total(np.exp(z))",
    ),
    ("softmax", "computed, not kept", "p = z * 0 + 1\n    p[0] + 1\n    return p"),
    ("softmax", "named, not called", "p = abs(z) + 1\n    p.sort\n    return p"),
    ("softmax", "compared, not written", "p = z * 0 + 1\n    p[0] == 2\n    return p"),
    (
        "softmax",
        "set, not added",
        "s = 0\n    for t in z:\n        s =+ abs(t)\n    return np.exp(z) / s",
    ),
    ("softmax", "same object", "return z if z[0] is 1.0 else 2 * abs(z) + 1"),
    ("softmax", "no power", "n = 2 ^ len(z)\n    return np.exp(z) / n"),
    ("softmax", "whole quotient", "e = np.exp(z)\n    return e // e.sum()"),
    (
        "softmax",
        "kept default",
        "z = list(z)\n    e.append(1)\n    return np.exp(z) / len(e)",
    ),
]


@pytest.mark.parametrize(("name", "mistake", "body"), SLIPS)
@pytest.mark.filterwarnings("ignore::SyntaxWarning")
def test_a_slip_is_named(name, mistake, body, typed):
    said = check(name, typed(f"def f(z, e=[]):\n    {body}\n")["f"])
    if mistake != "kept default":
        said = check(name, typed(f"def f(z):\n    {body}\n")["f"])
    assert (said.passed, said.mistake) == (False, mistake)


LONG = "        e = e * 1\n" * 200

NO_SLIPS = {
    "a loop that is left when something is found": (
        "for t in z:\n        if t > 9:\n            return z\n    return z"
    ),
    "a long loop": f"e = np.exp(z)\n    for t in z:\n{LONG}    return e",
    "a loop that goes on": (
        "for t in z:\n        if t:\n            continue\n        return z\n    return z"
    ),
    "a chain of comparisons": "return z if 0 < z[0] < 1 else -z",
    "a comparison that is used": "return (z == z[0]) * 1.0",
    "identity with None": "e = None\n    if e is None:\n        return z\n    return e is not None",
    "a plus sign": "return +z",
    "a power": "return z**2",
}


@pytest.mark.parametrize("body", NO_SLIPS.values(), ids=NO_SLIPS)
def test_what_is_no_slip_is_not_called_one(body, typed):
    f = typed(f"def f(z, n=1, c=None):\n    {body}\n")["f"]
    assert slip_behind([_Wrong], f) is None


class _Wrong:
    """A trial whose ordinary value is wrong."""

    right = False
    value = 0.0

    class case:
        at = ""


def test_a_right_answer_may_use_them_all(typed):
    source = """
def f(z, kept=[]):
    kept == []
    for t in z:
        e = +np.exp(z)
        n = (len(z) // 1) ^ 0
        return e / e.sum() if n is n else e
"""
    assert check("softmax", typed(source)["f"]).passed


@pytest.mark.parametrize(
    ("name", "mistake", "source"),
    [
        (
            "accuracy",
            "set, not added",
            "def f(Z, labels):\n    c = 0\n    for r in range(len(Z)):\n"
            "        if Z[r].argmax() == labels[r]:\n            c =+ 1\n    return c / len(Z)",
        ),
        (
            "accuracy",
            "returned too early",
            "def f(Z, labels):\n    c = 0\n    for r in range(len(Z)):\n"
            "        c += Z[r].argmax() == labels[r]\n        return c / len(Z)",
        ),
        (
            "multiclass-gradient",
            "returned too early",
            "def f(z, label):\n    e = np.exp(z - z.max())\n    p = e / e.sum()\n"
            "    for j in range(len(z)):\n        p[j] -= j == label\n        return p",
        ),
        (
            "numerical-gradient",
            "one array twice",
            "def f(g, x, h):\n    d = np.zeros(len(x))\n    for k in range(len(x)):\n"
            "        up = x\n        dn = x\n        up[k] += h\n        dn[k] -= h\n"
            "        d[k] = (g(up) - g(dn)) / (2 * h)\n    return d",
        ),
        (
            "numerical-gradient",
            "forward rise over the double run",
            "def f(g, x, h):\n    x = x.astype(float)\n    d = np.zeros(len(x))\n"
            "    for k in range(len(x)):\n        up = x\n        up[k] += h\n"
            "        above = g(up)\n        dn = x\n        dn[k] -= h\n"
            "        d[k] = (above - g(dn)) / (2 * h)\n    return d",
        ),
    ],
)
def test_a_slip_is_named_where_it_happens(name, mistake, source, typed):
    assert check(name, typed(source)["f"]).mistake == mistake
