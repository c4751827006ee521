"""Our own work handed in is recognised however it is reached; a student's own never is."""

import functools
import importlib
import os
import sys
import threading

import numpy as np
import pytest

from lessons import model
from lessons.model import (
    binary_cross_entropy_gradient,
    exponentials,
    gradcheck,
    mean_cross_entropy_with_gradient,
)
from lessons.practice import answers, check
from lessons.practice.catalogue import catalogue
from lessons.practice.solutions import lesson_01


def thin(z, y):
    return model.binary_cross_entropy_gradient(z, y)


def imports(z, y):
    from lessons.model import binary_cross_entropy_gradient as ours

    return ours(z, y)


def imports_by_name(z, y):
    return importlib.import_module("lessons.model").binary_cross_entropy_gradient(z, y)


def through_a_helper(z, y):
    return thin(z, y)


def in_a_comprehension(z, y):
    (value,) = [model.binary_cross_entropy_gradient(z, y) for _ in range(1)]
    return value


def by_default(z, y, gradient=binary_cross_entropy_gradient):
    return gradient(z, y)


def by_getattr(z, y):
    return getattr(model, "binary_cross_entropy" + "_gradient")(z, y)


def by_map(z, y):
    return next(map(binary_cross_entropy_gradient, [z], [y]))


def in_a_thread(z, y):
    found = []
    thread = threading.Thread(target=lambda: found.append(thin(z, y)))
    thread.start()
    thread.join()
    return found[0]


class Callable:
    def __call__(self, z, y):
        return thin(z, y)


@pytest.fixture(params=["in a child", "without fork"])
def each_road(request, monkeypatch):
    """Take both roads of the sandbox in turn."""
    if request.param == "without fork":
        monkeypatch.delattr(os, "fork")


@pytest.mark.parametrize(
    "answer",
    [
        *(binary_cross_entropy_gradient, thin, imports, imports_by_name, through_a_helper),
        *(in_a_comprehension, by_default, by_getattr, by_map, in_a_thread, Callable()),
        functools.partial(binary_cross_entropy_gradient),
        functools.partial(thin),
        lambda z, y: binary_cross_entropy_gradient(z, y),
    ],
    ids=lambda answer: getattr(answer, "__name__", type(answer).__name__),
)
def test_our_function_is_found_however_it_is_reached(answer, each_road):
    said = check("binary-gradient", answer)
    assert (said.mistake, said.passed) == ("that is ours", False)


def pair(z):
    return np.array([0.0, z])


def rows(z):
    return np.atleast_2d(z)


def right_answer(name):
    return answers.right_answer(catalogue()[name])


OTHER_NAMES = [
    ("input-gradient", lambda W, g: model.linear_input_gradient(W, g)),
    ("input-gradient", lambda W, g: -2 * model.linear_input_gradient(W, -g / 2)),
    ("loss-from-logits", lambda z, i: model.smoothed_cross_entropy(z, i, 0.0)),
    ("loss-from-logits", lambda z, i: model.tempered_cross_entropy(z, i, 1.0)),
    ("loss-from-logits", lambda z, i: mean_cross_entropy_with_gradient(rows(z), np.array([i]))[0]),
    ("loss-from-logits", lambda z, i: model.focal_loss(z, i, 0.0)),
    ("loss-from-logits", lambda z, i: model.weighted_cross_entropy(z, i, np.ones(len(z)))),
    ("multiclass-gradient", lambda z, i: model.smoothed_cross_entropy_gradient(z, i, 0.0)),
    ("multiclass-gradient", lambda z, i: 2 * model.tempered_cross_entropy_gradient(2 * z, i, 2.0)),
    ("multiclass-gradient", lambda z, i: model.focal_loss_gradient(z, i, 0.0)),
    ("binary-loss", lambda z, y: model.multilabel_cross_entropy([z], [y])),
    (
        "binary-loss",
        lambda z, y: mean_cross_entropy_with_gradient(rows(pair(z)), rows([1 - y, y]))[0],
    ),
    ("binary-gradient", lambda z, y: model.multilabel_cross_entropy_gradient([z], [y])[0]),
    ("softmax-axis", lambda Z: np.apply_along_axis(model.softmax, 1, Z)),
    ("softmax-axis", lambda Z: np.vectorize(model.softmax, signature="(k)->(k)")(Z)),
    ("softmax-axis", np.vectorize(model.softmax, signature="(k)->(k)")),
    ("stable-softmax", lambda z: (e := exponentials.shifted_exponentials(z)[1]) / e.sum()),
    ("sigmoid-bug", lambda z: model.binary_cross_entropy_gradient(z, np.zeros(np.shape(z)))),
    ("softmax", lambda z: np.exp(-model.cross_entropy(np.tile(z, (len(z), 1)), np.arange(len(z))))),
    (
        "weighted-batch",
        lambda Z, i, w: model.smoothed_cross_entropy_gradient(Z, i, 0) * w[i][:, None] / w[i].sum(),
    ),
    ("softmax", lambda z: lesson_01.softmax(z)),
    ("softmax", lambda z: lesson_01.SOLUTIONS["softmax"].answer(z)),
    ("softmax", lambda z: right_answer("softmax")[0]),
    ("numerical-gradient", lambda f, x, h: gradcheck._central_differences(f, x.astype(float), h)),
]


@pytest.mark.parametrize(("name", "answer"), OTHER_NAMES)
def test_what_returns_the_answer_is_ours_by_any_name(name, answer, each_road):
    said = check(name, answer)
    assert (said.mistake, said.passed) == ("that is ours", False)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def by_the_logits(x, W, b, label):
    g = model.cross_entropy_gradient(model.linear(x, W, b), label)
    return np.outer(g, x), g


def by_the_gradients(X, labels, W, b, rate):
    _, grad_W, grad_b = model.loss_and_gradients(X, labels, W, b)
    return W - rate * grad_W, b - rate * grad_b


def by_the_gap(z, y):
    return 2 * model.binary_cross_entropy_gradient(z, y) * sigmoid(z) * sigmoid(-z)


def binary_gradient(z, y):
    return (1 - y) * sigmoid(z) - y * sigmoid(-z)


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("binary-gradient", lambda z, y: binary_gradient(z, y)),
        ("binary-gradient", lambda z, y: (1 - y) * model.sigmoid(z) - y * model.sigmoid(-z)),
        ("binary-gradient", functools.partial(binary_gradient)),
        ("hessian-times-vector", lambda z, v: (p := model.softmax(z)) * v - p * (p @ v)),
        ("parameter-gradients", by_the_logits),
        ("training-step", by_the_gradients),
        ("squared-error-gradient", by_the_gap),
        ("input-gradient", lambda W, g: model.linear(g, W.T, np.zeros(W.shape[1]))),
        ("relu-backward", lambda W, G, A: model.linear_input_gradient(W, G) * (A > 0)),
        ("tanh-backward", lambda W, G, H: model.linear_input_gradient(W, G) * (1 - H**2)),
        ("central-difference", lambda f, x, h: (f(x + h) - f(x - h)) / (2 * h)),
    ],
)
def test_a_right_answer_of_ones_own_is_not_accused(name, answer, each_road):
    """Not even where it calls a function of ours that the exercise does not ask for."""
    assert check(name, answer).passed


def a_function_of_the_same_name(z, y):
    def binary_cross_entropy_gradient(z, y):
        return binary_gradient(z, y)

    return binary_cross_entropy_gradient(z, y)


def test_a_name_alone_accuses_nobody(each_road):
    assert check("binary-gradient", a_function_of_the_same_name).passed


def test_what_our_functions_call_among_themselves_is_not_the_students(each_road):
    """Our Jacobian may call our softmax, which this exercise forbids: the student does not."""
    said = check("softmax", lambda z: model.softmax_jacobian(z).sum(axis=0))
    assert said.mistake != "that is ours"


def test_a_profiler_that_was_on_is_on_again(each_road):
    seen = []

    def profiler(frame, event, argument):
        seen.append(event)

    before = sys.getprofile(), threading.getprofile()
    try:
        sys.setprofile(profiler)
        threading.setprofile(profiler)
        check("binary-gradient", lambda z, y: 0.0)
        after = sys.getprofile(), threading.getprofile()
    finally:
        sys.setprofile(before[0])
        threading.setprofile(before[1])
    assert after == (profiler, profiler)
    assert seen
