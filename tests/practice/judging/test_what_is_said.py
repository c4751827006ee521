"""The sentence under a wrong answer: true, about the first thing that is wrong, and of use."""

import numpy as np
import pytest
import sympy

from lessons.practice import check


def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()


def half_filled(label, K):
    y = np.zeros(K)
    y[...] = 1
    return y


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("one-hot", half_filled),
        ("softmax", lambda z: np.exp(z) / ...),
        ("softmax", lambda z: np.exp(...)),
        ("softmax", lambda z: z @ ...),
        ("softmax", lambda z: [float(...)]),
        ("training-step", lambda X, labels, W, b, rate: (W, ...)),
        ("predict-gap", (-0.25, ...)),
        ("predict-sign", ("-", ..., "-", "0")),
        ("notation-shapes", {"x": (4,), "W": ..., "b": ..., "z": ..., "L": ...}),
    ],
)
def test_an_answer_with_a_blank_left_is_told_so(name, answer):
    said = check(name, answer)
    assert said.status == "not attempted"
    assert "still waiting" in said.message


@pytest.mark.parametrize("answer", [..., (..., ...)])
def test_an_answer_that_is_all_blank_needs_no_words(answer):
    assert check("predict-gap", answer).message == ""


def test_a_student_who_lets_numpy_raise_is_judged_alike():
    with np.errstate(all="raise"):
        assert check("stable-softmax", softmax).passed
        naive = check("stable-softmax", lambda z: np.exp(z) / np.exp(z).sum())
    assert naive.mistake == "missing shift"


def test_of_two_results_the_right_one_is_named():
    said = check("parameter-gradients", lambda x, W, b, label: (W, softmax(W @ x + b)))
    assert "result 1 is this, which is not right:" in said.message
    assert said.code.count("\n") == 2

    def first_right(x, W, b, label):
        g = softmax(W @ x + b) - np.eye(len(b))[label]
        return np.outer(g, x), np.arange(len(b))

    assert "result 1 is right; result 2 is `[0, 1, 2]`" in (
        check("parameter-gradients", first_right).message
    )


def test_a_factor_is_told_also_where_it_differs_from_case_to_case():
    once = check("binary-gradient", lambda z, y: 3 * (1 / (1 + np.exp(-z)) - y))
    assert "All your values are 3 times" in once.message
    each = check("bias-sum", lambda G: G.sum(axis=0) * G.shape[1])
    assert "all your values are 3 times" in each.message
    one_number = check("accuracy", lambda Z, labels: 1 / len(Z))
    assert "times" not in one_number.message


def test_what_is_not_finite_is_not_said_to_be_negative():
    said = check("softmax", lambda z: np.exp(z / z.max()) / np.exp(z / z.max()).sum())
    assert "nan" in said.message
    assert "not finite" in said.message


def test_ordinary_cases_are_spoken_of_before_those_that_need_care():
    def wrong_and_fragile(z, y):
        if abs(z) > 100:
            raise OverflowError
        return 0.25 + z

    assert "0.5" in check("binary-gradient", wrong_and_fragile).message


@pytest.mark.parametrize(
    ("name", "answer", "words"),
    [
        ("input-gradient", lambda W, g: (W.T @ g)[:, None], "axis of length 1 too many"),
        ("softmax-axis", lambda Z: np.exp(Z.T), "Rows and columns are exchanged"),
        ("softmax", lambda z: np.argmax(z), "summed up that should stay apart"),
        ("loss-from-logits", lambda z, label: z, "Which of these numbers"),
        ("parameter-gradients", lambda x, W, b, label: W, "divides several results"),
        ("input-gradient", lambda W, g: W.transpose @ g, "brackets missing"),
        ("bias-sum", lambda G: G.T @ G, "it should be an array of shape (3,)."),
    ],
)
def test_a_wrong_shape_comes_with_what_usually_leads_to_it(name, answer, words):
    assert words in check(name, answer).message


def test_joined_lists_are_asked_for():
    said = check("bias-sum", lambda G: [part for row in G for part in row])
    assert "(15,)" in said.message
    assert "`+` puts one list behind the other" in said.message


def test_rounding_is_not_called_a_factor():
    said = check("input-gradient", lambda W, g: np.full(W.shape[1], 1e-17))
    assert "times what they should be" not in said.message


@pytest.mark.parametrize(
    "answer", [1, 2.5, None, np.float64(3), ["z"], sympy.Float(2.5), 1 / sympy.Symbol("yhat")]
)
def test_an_expression_without_quotation_marks_is_told_of_them(answer):
    said = check("log-of-reciprocal", answer)
    assert "quotation marks Python computes at once" in said.message


def test_pythons_own_words_stand_below_a_named_mistake():
    said = check("input-gradient", lambda W, g: W @ g)
    assert said.mistake == "transpose forgotten"
    assert "Python said `ValueError: matmul" in said.message


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("one-hot", lambda label, K: np.zeros(K)[float(label)]),
        ("one-hot", lambda label, K: np.zeros(K)[K + 3]),
        ("binary-loss", lambda z, y: float("one half")),
        ("parameter-gradients", lambda x, W, b, label: float("x")),
        ("input-gradient", lambda W, g: W * g),
        ("weights-layout", lambda x, W, b: int("W")),
        ("batch-gradients", lambda X, labels, W, b: (X @ W, b)),
        ("softmax-axis", lambda Z: Z @ Z),
        ("accuracy", lambda Z, labels: (labels == Z).mean()),
    ],
)
def test_an_exception_of_another_cause_is_no_named_mistake(name, answer):
    said = check(name, answer)
    assert (said.status, said.mistake) == ("wrong", "")
    assert "Error" in said.message


def test_an_array_of_integers_is_told_what_it_drops():
    def cut(z):
        e = np.zeros(len(z), dtype=int)
        e[:] = np.exp(z) / np.exp(z).sum()
        return e

    said = check("softmax", cut)
    assert said.mistake == "whole numbers"
    assert "decimal point" in said.message


def unbound(z):
    if z.max() > 1e9:
        e = np.exp(z)
    return e / e.sum()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda z: z[len(z)], "past the end"),
        (lambda z: np.eye(3)[z], "whole numbers"),
        (lambda z: z[0.5], "whole numbers"),
        (lambda z: z[0, 0], "more axes than the array has"),
        (lambda z: z.max()[0], "one number"),
        (lambda z: np.array(1.0)[0], "one number"),
        (lambda z: z[np.ones(7, dtype=bool)], "shapes do not fit"),
        (lambda z: np.eye(9)[[0, 1], [0, 1, 2]], "shapes do not fit"),
        (lambda z: z @ np.ones(9), "shapes do not fit"),
        (lambda z: z.sum(axis=1), "no such axis"),
        (lambda z: list(z).max(), "`np.array(…)` makes an array"),
        (lambda z, y: z, "arguments that the stub has"),
        (unbound, "before the function has given it a value"),
    ],
)
def test_what_python_says_comes_with_what_it_means(answer, words):
    assert words in check("softmax", answer).message


def test_a_long_line_of_code_is_shortened():
    def long(z, y):
        return {}[0, "in a line that goes", "on", "and on", "and on", "and on", "and on", "and on"]

    assert "…`" in check("binary-gradient", long).message


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({0.25, -0.25}, "keeps no order"),
        (("-1/4", "1/4"), "without quotation marks"),
        (np.array([[-0.25, 0.25]]), "shape (1, 2)"),
        ((0.25, None), "None among them"),
        ((-0.25,), "you gave 1"),
    ],
)
def test_numbers_of_another_form_are_told_which(answer, words):
    assert words in check("predict-gap", answer).message


def _expit(u):
    return np.exp(-np.logaddexp(0, -u))


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        (
            "loss-from-logits",
            lambda z, label: np.logaddexp.reduce(np.float32(z)) - np.float32(z[label]),
        ),
        (
            "binary-gradient",
            lambda z, y: np.float32((1 - y) * _expit(z) - y * _expit(-z)),
        ),
        (
            "binary-loss",
            lambda z, y: np.float32(y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z)),
        ),
    ],
)
def test_float32_is_told_of_its_digits_and_of_nothing_else(name, answer):
    said = check(name, answer)
    assert said.passed or said.mistake == "float32", said


def test_a_cancelled_gradient_is_told_0_only_where_it_is_0():
    said = check("binary-gradient", lambda z, y: 1 / (1 + np.exp(-np.longdouble(z))) - y)
    assert "0 instead of" not in said.message
    said = check("binary-gradient", lambda z, y: 1 / (1 + np.exp(-z)) - y)
    assert "0 instead of" in said.message


def test_a_list_of_pythons_own_numbers_is_no_lost_float32():
    def rows(Z):
        return [[float(np.exp(v - max(r)) / sum(np.exp(r - max(r)))) for v in r] for r in Z]

    assert check("softmax-axis", rows).passed


def test_one_number_from_an_array_is_not_said_to_come_from_math_exp_alone():
    said = check("boundary-slope", lambda x0, w, b: float(-(w[0] * x0 + b) / w[1]))
    assert "`float`" in said.message


def test_a_list_in_one_dimension_is_enough_for_the_sigmoid():
    assert check("sigmoid-bug", lambda z: 1 / (1 + np.exp(-np.asarray(z)))).passed


def test_a_rounded_answer_does_not_pass():
    def rounded(z, y):
        p = 1 / (1 + np.exp(-z))
        return np.round(2 * (p - y) * p * (1 - p), 2)

    assert not check("squared-error-gradient", rounded).passed


def _alike_where_large(Z):
    if np.max(np.abs(Z)) > 300:
        return np.full(Z.shape, 1 / Z.shape[-1])
    e = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _gap_alike_where_large(z, label):
    return _alike_where_large(z) - np.eye(len(z))[label]


def _chain_rule(z, y):
    """A sigmoid that overflows nowhere, and a division by it where it is 0 or 1."""
    s = np.exp(-np.logaddexp(0, -z))
    return (s - y) / (s * (1 - s)) * s * (1 - s)


@pytest.mark.parametrize(
    ("name", "answer", "untrue"),
    [
        ("binary-gradient", _chain_rule, "Your form overflows"),
        ("binary-gradient", _chain_rule, "lost digits"),
        ("binary-loss", lambda z, y: min(y * 9e9, np.logaddexp(0, z) - y * z, 39.9), "not finite"),
        ("stable-softmax", _alike_where_large, "You cut"),
        ("softmax-axis", _alike_where_large, "0/0"),
        ("multiclass-gradient", _gap_alike_where_large, "not finite"),
        (
            "hessian-times-vector",
            lambda z, v: softmax(z) * (v - (softmax(z) @ v if len(z) < 99 else 0)),
            "table",
        ),
        ("softmax", lambda z: np.exp(z).sort(), "lacks"),
        ("accuracy", lambda Z, labels: 0.0, "the largest logit itself"),
    ],
)
def test_no_cause_is_claimed_that_the_values_do_not_show(name, answer, untrue):
    said = check(name, answer)
    assert said.status == "wrong"
    assert untrue not in said.message


@pytest.mark.parametrize("answer", [[-1.2], (-1.2,)])
def test_one_number_in_brackets_is_told_about_the_brackets(answer):
    said = check("through-column", answer)
    assert (said.status, said.message) == (
        "wrong",
        "The answer is one number, without brackets around it.",
    )
