"""The solutions agree with the model, which is tested against references of its own."""

import math

import numpy as np
import pytest

from lessons import model
from lessons.practice import answers, check, solution
from lessons.practice.catalogue import catalogue
from lessons.practice.kinds.function import Function


def _hessian_along(z, v, h=1e-30):
    """How softmax moves along v, by a complex step: no K × K table."""
    e = np.exp(z - z.max() + 1j * h * v)
    return (e / e.sum()).imag / h


def _parameter_gradients(x, W, b, label):
    return model.linear_gradients(x, model.cross_entropy_gradient(model.linear(x, W, b), label))


def _batch_gradients(X, labels, W, b):
    return model.loss_and_gradients(X, labels, W, b)[1:]


def _step(X, labels, W, b, rate):
    return tuple(
        p - rate * g for p, g in zip((W, b), _batch_gradients(X, labels, W, b), strict=True)
    )


def _with_probabilities(z, label):
    return model.softmax(z), model.cross_entropy_gradient(z, label)


def _squared_error_slope(z, y):
    return model.complex_step_gradient(lambda t: (1 / (1 + np.exp(-t)) - y) ** 2, np.array(z))


def _slope(f, x, h):
    return math.fsum((f(x + h), -f(x - h))) / (2 * h)


def _boundary(x0, w, b):
    return np.array(
        [np.linalg.solve([[w[1]]], [-(w[0] * v + b)])[0] for v in np.ravel(x0)]
    ).reshape(np.shape(x0))


def _focal_factor(p, gamma, h=1e-30):
    """What a complex step says: ∂L/∂ŷ_i times −ŷ_i."""
    p = np.asarray(p, float) + 1j * h
    return -p.real * (-((1 - p) ** gamma) * np.log(p)).imag / h


def _weighted_batch(Z, labels, w):
    rows = model.weighted_cross_entropy_gradient(Z, labels, w)
    return rows / sum(float(w[label]) for label in labels)


def _through_units(W, G, slopes):
    return np.einsum("nk,km,nm->nm", G, W, slopes)


def _summed_over_examples(X, D):
    rows = [np.outer(d, x) for d, x in zip(D, X, strict=True)]
    return np.add.reduce(rows), np.add.reduce(list(D))


ORACLES = {
    "one-hot": lambda label, K: np.eye(K)[label],
    "softmax": lambda z: model.softmax(z.astype(float)),
    "stable-softmax": lambda z: model.softmax(z.astype(float)),
    "shift-sign": model.softmax,
    "loss-from-logits": model.cross_entropy,
    "binary-loss": model.binary_cross_entropy,
    "binary-gradient": model.binary_cross_entropy_gradient,
    "sigmoid-bug": model.sigmoid,
    "softmax-jacobian": model.softmax_jacobian,
    "multiclass-gradient": model.cross_entropy_gradient,
    "overwritten-probabilities": _with_probabilities,
    "parameter-gradients": _parameter_gradients,
    "input-gradient": lambda W, g: np.einsum("kd,k->d", W, g),
    "weights-layout": model.linear,
    "batch-gradients": _batch_gradients,
    "bias-sum": lambda G: np.einsum("nk->k", G),
    "unequal-parts": lambda G, n: np.average(G, axis=0, weights=n),
    "softmax-axis": model.softmax,
    "central-difference": _slope,
    "numerical-gradient": lambda f, x, h: model.numerical_gradient(f, x.astype(float)),
    "training-step": _step,
    "accuracy": lambda Z, labels: (
        sum(int(np.argsort(z)[-1] == k) for z, k in zip(Z, labels, strict=True)) / len(Z)
    ),
    "boundary-slope": _boundary,
    "squared-error-gradient": _squared_error_slope,
    "hessian-times-vector": _hessian_along,
    "smoothed-gap": lambda z, label, eps: model.smoothed_cross_entropy_gradient(z, label, eps),
    "weighted-batch": _weighted_batch,
    "focal-factor": _focal_factor,
    "relu-backward": lambda W, G, A: _through_units(W, G, np.heaviside(A, 0)),
    "tanh-backward": lambda W, G, H: _through_units(W, G, np.cosh(np.arctanh(H)) ** -2.0),
    "hidden-gradients": _summed_over_examples,
}
DRAWN = {"drawn-labels"}  # random: its rule is what the test of the planted answers holds it to
COARSE = {"numerical-gradient": 0.2}  # a coarse step by design, against a fine one

FUNCTIONS = [e for e in catalogue().values() if isinstance(e, Function)]


def test_every_function_has_an_oracle():
    assert set(ORACLES) | DRAWN == {e.name for e in FUNCTIONS}


@pytest.mark.parametrize("name", ORACLES)
def test_a_solution_agrees_with_an_independent_one(name):
    exercise = catalogue()[name]
    for case, expected in zip(exercise.cases, answers.right_answer(exercise), strict=True):
        other = ORACLES[name](*case.args)
        pairs = (
            zip(expected, other, strict=True) if isinstance(other, tuple) else [(expected, other)]
        )
        for one, two in pairs:
            close = {"rtol": COARSE[name]} if name in COARSE else {"rtol": 1e-9, "atol": 1e-300}
            if case.at != "every digit":
                close.setdefault("atol", 1e-12)
                close["atol"] = max(close["atol"], 1e-12)
            np.testing.assert_allclose(one, two, **close)


def test_the_shown_source_is_what_runs():
    shown = solution("binary-gradient")
    assert shown.status == "solution"
    assert not shown.passed
    assert "def gradient(z, y):" in shown.code
    assert shown.message


def test_a_solution_of_a_value_shows_the_value():
    assert solution("gap-vector").code == "answer = (0.1, -0.4, 0.3)"


def test_our_solution_handed_in_is_ours():
    for name in ORACLES:
        assert check(name, answers.solution(catalogue()[name]).answer).mistake == "that is ours"
