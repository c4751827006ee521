"""Hostile and huge lines get an answer within two seconds each, and none is accepted.

Seconds of processor time, so that a busy machine fails no test.
"""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lessons.proofs.tutor.tutor import Tutor

LETTERS = ("yhat[i]", "yhat[k]", "exp(z[i])", "z[k]", "x[q]", "b[k]", "b[i]", "W[k,q]", "log(S)")
MANY = "+".join(LETTERS)
REFUSED = {
    "import": "__import__('os').system('true')",
    "attributes": "S.__class__",
    "a million open brackets": "(" * 10**6,
    "a million nested brackets": "(" * 10**6 + "S" + ")" * 10**6,
    "tower": "9**9**9",
    "tower in brackets": "2^(9^99999)",
    "tower from the left": "(" * 20 + "9" + "^6)" * 20,
    "large number": "9" * 200,
    "large product": "9999*" * 59 + "1",
    "exponential of a tower": "exp((9^6)^6)",
    "exponentials": "exp(exp(exp(exp(9))))",
    "high degree": "exp(20*20*20*20*z[i]) + 1",
    "many terms": f"({MANY})^6",
    "many terms twice": f"({MANY})^6 - ({MANY})^6",
    "many denominators": "+".join(f"1/({one}+{n})" for n, one in enumerate(LETTERS)),
    "derivative of a large quotient": f"d/dW[k,q](({MANY})^3/({MANY})^2)",
    "nested sums": "sum(" * 20 + "1" + ",t)" * 20,
    "nested derivatives": "D(" * 20 + "L" + ",z[i])" * 20,
    "nested logarithms": "log(" * 24 + "S+3" + ")" * 24,
    "division by zero": "1/0",
    "no number": "0/0 = 0/0",
    "logarithm of zero": "log(0)",
    "Cyrillic letters": "ехр(z[k])",
    "full width": "ｅxp(z[k])",
    "Greek nu for v": "ν[k]",
    "mathematical letters": "𝑥[q]",
    "minus look-alike": "x[q] ‒ 1",
    "right to left": "\u202ex[q]",
    "null": "x[q]\x00",
    "a megabyte of letters": "x" * 2**20,
    "a megabyte of blanks": " " * 2**20,
    "accents": "y" + "\u0302" * 10**6,
}
# Equal on both sides, so that the symbolic road has to work; what it decides is its own affair.
LABORIOUS = {
    "powers": "(yhat[i]+yhat[k]+exp(z[i])+z[k])^4 = (yhat[i]+yhat[k]+exp(z[i])+z[k])^2*"
    "(z[k]+exp(z[i])+yhat[k]+yhat[i])^2",
    "denominators": "1/(z[i]+x[q])+1/(z[k]+b[k])+1/(W[k,q]+1) = "
    "1/(x[q]+z[i])+1/(b[k]+z[k])+1/(1+W[k,q])",
    "derivative": "d/dW[k,q](S/(1+yhat[i])^2/(2+yhat[k])) = d/dW[k,q](S/(yhat[i]+1)^2/(yhat[k]+2))",
    "double sum": "sum(sum((delta(s,t)+yhat[t]+z[s]+1)^2,s),t) = "
    "sum(sum((1+delta(s,t)+yhat[t]+z[s])^2,s),t)",
    "logarithms": "log(log(log(log(S+3)+3)+3)+3) = log(3+log(log(3+log(S+3))+3))",
    "high powers": "(exp(20*20*z[i])^6-1) = (exp(20*20*z[i])^3-1)*(exp(20*20*z[i])^3+1)",
}


@pytest.fixture(scope="module")
def tutor():
    tutor = Tutor("weights, rows k ≠ i")
    tutor.line("dL/dW[k,q]")  # everything is loaded before time is taken
    tutor.restart()
    return tutor


def timed(tutor, line):
    start = time.process_time()
    answer = tutor.line(line)
    return answer, time.process_time() - start


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_line_is_refused_within_two_seconds(name, tutor):
    answer, seconds = timed(tutor, REFUSED[name])
    assert not answer
    assert seconds < 2
    assert len(answer.text) < 700
    assert tutor.lines == [tutor.task.start]


@pytest.mark.parametrize("name", LABORIOUS)
def test_a_laborious_line_is_answered_within_two_seconds(name):
    answer, seconds = timed(Tutor("weights, rows k ≠ i"), LABORIOUS[name])
    assert answer.status in ("accepted", "undecided")
    assert seconds < 2


ATOMS = st.sampled_from(["S", "K", "L", "2", "0", "yhat[k]", "y[i]", "z[i]", "x[q]", "delta(i,k)"])


def larger(inner):
    pair = st.tuples(inner, inner)
    return st.one_of(
        pair.map("({0[0]} + {0[1]})".format),
        pair.map("{0[0]}*({0[1]})".format),
        pair.map("({0[0]})/({0[1]})".format),
        inner.map("-({0})".format),
        inner.map("exp({0})".format),
        inner.map("log({0})".format),
        inner.map("sum({0}, t)".format),
        inner.map("({0})^-2".format),
        inner.map("d/dz[k]({0})".format),
        inner.map("sigma({0})".format),
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.recursive(ATOMS, larger, max_leaves=6))
def test_any_line_of_the_language_is_answered(line):
    tutor = Tutor("weights, rows k ≠ i")
    for text in (line, f"{line} = {line} + 0*S"):
        answer, seconds = timed(tutor, text)
        assert answer.status in (
            "accepted",
            "refuted",
            "not understood",
            "undecided",
            "true, but show how",
        )
        assert seconds < 2
