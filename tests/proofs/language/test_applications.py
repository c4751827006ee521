"""Function notation: which brackets behind a letter hold its argument, and which are a factor."""

import pytest
import sympy

from lessons.proofs.language.grammar import NotUnderstood
from lessons.proofs.language.reader import read
from lessons.proofs.notation import L as loss
from lessons.proofs.notation import Partial, logit, prediction
from lessons.proofs.tutor.tasks import binary, multiclass

BINARY, MULTICLASS = binary.VOCABULARY, multiclass.ANY.vocabulary


def same(text, vocabulary, other):
    """Whether two spellings are read alike."""
    return read(text, vocabulary) == read(other, vocabulary)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("yhat(z)", "yhat"),
        ("ŷ((z))", "yhat"),
        ("y_hat (z)", "yhat"),
        ("L(yhat)", "L"),
        ("L(yhat(z))", "L"),
        ("L(y)", "L"),
        ("z(yhat)", "z"),
        ("yhat(-z)", "sigma(-z)"),
        ("yhat(−z)^2", "sigma(-z)^2"),
        ("yhat(z)^2", "yhat^2"),
        ("2yhat(z)²", "2yhat²"),
        ("L(z)'", "L'"),
        ("yhat'(z)", "yhat'"),
        ("yhat(z)(1 - yhat(z))", "yhat*(1 - yhat)"),
        ("-1/yhat(z) * yhat'(z)", "-1/yhat * yhat'"),
        ("L'(yhat)", "d/dyhat(L)"),
        ("z'(yhat)", "dz/dyhat"),
    ],
)
def test_what_a_letter_is_a_function_of_is_its_argument(text, other):
    assert same(text, BINARY, other)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("S(z)", "S"),
        ("yhat_i(z)", "yhat[i]"),
        ("yhat[i](z)^2", "yhat[i]^2"),
        ("L(yhat)", "L"),
        ("L'(z)", "dL/dz[j]"),
        ("L'(z[i])", "dL/dz[i]"),
        ("L'(S)", "dL/dS"),
        ("yhat[i]'(z[j])", "dyhat[i]/dz[j]"),
    ],
)
def test_so_it_is_where_letters_have_indices(text, other):
    assert same(text, MULTICLASS, other)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("yhat(1 - yhat)", "yhat*(1 - yhat)"),
        ("yhat(1 - yhat(z))", "yhat*(1 - yhat)"),
        ("yhat(1 - yhat)^2", "yhat*(1 - yhat)^2"),
        ("yhat²(1 - yhat)", "yhat²*(1 - yhat)"),
        ("yhat(1 + exp(-z))", "yhat*(1 + exp(-z))"),
        ("yhat(1 + z(1 - yhat))", "yhat*(1 + z*(1 - yhat))"),
        ("yhat(y - 1)", "yhat*(y - 1)"),
        ("yhat(y)", "yhat*(y)"),
        ("y(log(yhat))", "y*(log(yhat))"),
        ("y(1 - yhat)'", "y*(1 - yhat)'"),
        ("z(1 - yhat)", "z*(1 - yhat)"),
        ("2(z)", "2*(z)"),
        ("(yhat)(z)", "(yhat)*(z)"),
        ("exp(-z)(z)", "exp(-z)*(z)"),
    ],
)
def test_what_can_be_no_argument_is_a_factor(text, other):
    assert same(text, BINARY, other)


@pytest.mark.parametrize(
    "text",
    [
        "yhat(0)",
        "yhat(1)",
        "yhat(-1)",
        "yhat(1/2)",
        "yhat(2z)",
        "yhat(z + 1)",
        "L(0)",
        "L(-z)",
        "L(1 - yhat)",
        "L(L)",
        "y(z)",
        "y(-z)",
        "y(0)",
        "z(2)",
        "ŷ(0)^2",
        "1/yhat(1)",
    ],
)
def test_what_may_be_either_is_asked_for(text):
    with pytest.raises(
        NotUnderstood, match=r"read in two ways: write .*\*\(\.\.\.\) for a product"
    ):
        read(text, BINARY)


@pytest.mark.parametrize("text", ["yhat[i](z[i])", "S(z[j])", "yhat[i](S)", "y[j](z)", "S(2)"])
def test_so_is_an_argument_with_an_index(text):
    with pytest.raises(NotUnderstood, match="read in two ways"):
        read(text, MULTICLASS)


@pytest.mark.parametrize("text", ["yhat'(-z)", "yhat'(0)", "yhat'(1 - yhat)", "L'(1)", "y'(yhat)"])
def test_a_prime_before_brackets_needs_a_variable_in_them(text):
    with pytest.raises(NotUnderstood, match="By what is differentiated here"):
        read(text, BINARY)


@pytest.mark.parametrize("text", ["yhat^2(z)", "yhat²(z)", "yhat²(-z)", "yhat^(2)(z)"])
def test_a_power_stands_behind_the_argument(text):
    with pytest.raises(NotUnderstood, match="behind the brackets"):
        read(text, BINARY)


def test_brackets_are_read_once_however_deep_they_stand():
    text = "y(" * 24 + "1 - yhat" + ")" * 24
    assert read(text, BINARY)[0].has(prediction)


def test_an_argument_is_no_second_factor_of_a_fraction():
    assert read("1/yhat(z)", BINARY) == read("1/yhat", BINARY)
    with pytest.raises(NotUnderstood, match="a/\\(b"):
        read("1/yhat(1 - yhat)", BINARY)


@pytest.mark.parametrize(
    "text",
    [
        "d^2L/dz^2",
        "d²L/dz²",
        "dL^2/dz^2",
        "d/dz^2(L)",
        "d/dz²(L)",
        "L''",
        "dL(z)/dz",
        "∂²L/∂z²",
        "dL/dz^2",
        "dL/dz²",
        "dL/dz**2",
        "dyhat/dz^2",
        "d(L)/dz^2",
        "d/dz(1 + exp(-z))^2",
    ],
)
def test_a_second_derivative_and_a_power_of_one_are_told_how_they_are_written(text):
    with pytest.raises(NotUnderstood, match=r"the second one d/dz\(dL/dz\)"):
        read(text, BINARY)


def test_as_they_are_told_they_are_read():
    with sympy.evaluate(False):
        square, second = Partial(loss, logit) ** 2, Partial(Partial(loss, logit), logit)
    assert read("(dL/dz)^2", BINARY) == (square,)
    assert read("d/dz(dL/dz)", BINARY) == (second,)


@pytest.mark.parametrize("text", ["relu(z)", "d/dz(step(z))", "ReLU'(z)", "step(yhat - y)"])
def test_a_unit_of_a_hidden_layer_is_none_of_a_task_without_one(text):
    with pytest.raises(NotUnderstood, match="hidden layer"):
        read(text, BINARY)
