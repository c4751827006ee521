"""Lesson 05: the gradients of the weights, the biases and the input."""

import numpy as np

from lessons.model import softmax
from lessons.practice.judging.mistakes import (
    Case,
    Mistake,
    blows_up,
    either,
    fails_only_at,
    of_whole_numbers,
    raises,
    returns,
)
from lessons.practice.judging.wording import SHAPES
from lessons.practice.kinds.blank import Blank
from lessons.practice.kinds.function import Function
from lessons.practice.kinds.shapes import Shapes

_ALL_SHAPES = Shapes(
    name="shapes-of-everything",
    lesson="05",
    skill="can say the shape of every gradient before computing it",
    minutes=4,
    difficulty=1,
    stub='shapes = {"z": ..., "grad_z": ..., "grad_W": ..., "grad_b": ..., "grad_x": ...}',
    hints=(
        "L is one number. Its gradient has one derivative for each number it is taken by.",
        "So every gradient takes the shape of its parameter: what is W's?",
    ),
    insight="A gradient takes the shape of what it is the gradient of: that alone finds most bugs.",
    mistakes=(
        Mistake(
            "transposed",
            "row k of W belongs to class k; its gradient is stored alike.",
            ("grad_W", (4, 3)),
        ),
        Mistake(
            "one derivative a row",
            "each row of W has d numbers, each with a derivative.",
            ("grad_W", (3,)),
        ),
        Mistake("summed up", "L is one number, but W has K·d of them.", ("grad_W", ())),
        Mistake(
            "summed up", "K biases have K derivatives; their sum says nothing.", ("grad_b", ())
        ),
        Mistake("bias by feature", "there is a bias for each class.", ("grad_b", (4,))),
        Mistake(
            "shape of the logits", "x has d numbers, and each has a derivative.", ("grad_x", (3,))
        ),
        Mistake(
            "Jacobian for gradient", "L is one number; z has K, L has not.", ("grad_x", (3, 4))
        ),
        Mistake(
            "Jacobian for gradient", "that is ∂ŷ/∂z; L itself is one number.", ("grad_z", (3, 3))
        ),
        Mistake("column in code", "in code a vector has one axis: (3,).", ("", (3, 1))),
        Mistake("column in code", "in code a vector has one axis: (4,).", ("", (4, 1))),
    ),
)


def _set(seed, classes, features, scale=1.0):
    rng = np.random.default_rng(seed)
    W = scale * rng.normal(size=(classes, features)).round(2)
    return rng.normal(size=features).round(2), W, rng.normal(size=classes).round(2)


_OVERFLOW = (
    "With large weights your result is not right. Has the softmax inside its shift by the largest "
    "logit?"
)
_ORDINARY = (
    Case((*_set(1, 3, 4), 0)),
    Case((*_set(2, 3, 4), 2)),
    Case((*_set(3, 5, 2), 1)),
)


def _outer(trial, rows):
    return np.outer(rows, trial.args[0])


def _rows(trial):
    return trial.expected[1]


def _label(trial):
    return (np.arange(_rows(trial).size) == trial.args[3]).astype(float)


def _probabilities(trial):
    return _rows(trial) + _label(trial)


def _from(trial, g):
    """Return both gradients as they would be if ŷ − y were g."""
    return _outer(trial, g), g


def _for_label(trial, label):
    return _from(trial, _probabilities(trial) - np.eye(_rows(trial).size)[label])


def _took_a_step(trials):
    """Whether W and b went downhill by one multiple of their gradients, whichever it is."""
    first = trials[0]
    moved, b = first.value[1:] if isinstance(first.value, tuple) else (), first.args[2]
    if len(moved) != 1 or not isinstance(moved[0], np.ndarray) or moved[0].shape != b.shape:
        return False
    rate = (b - moved[0])[0] / first.expected[1][0]
    step = returns(lambda t: (t.args[1] - rate * t.expected[0], t.args[2] - rate * t.expected[1]))
    return 0 < abs(rate) < np.inf and step(trials)


_PARAMETER_GRADIENTS = Function(
    name="parameter-gradients",
    lesson="05",
    skill="can compute ∇_W L and ∇_b L of one example",
    minutes=10,
    difficulty=3,
    stub="def gradients(x, W, b, label):\n    return ..., ...",
    hints=(
        "First z = W @ x + b, then g = ŷ − y as in lesson 04.",
        "Row k of ∇_W L is g[k] times x. Which NumPy function makes a table of all products?",
        "z[k] moves exactly as b[k] moves: what does that make of ∇_b L?",
    ),
    insight="Every row of ∇_W L is a multiple of the same x: the whole table has rank one.",
    cases=(
        *_ORDINARY,
        *(
            Case((*_set(seed, 3, 4, scale=2000.0), 1), at="large logits", thought=_OVERFLOW)
            for seed in (4, 11, 12)
        ),
        of_whole_numbers(np.array([2, 1, 0, 3]), *_set(4, 3, 4)[1:], 0),
    ),
    mistakes=(
        Mistake(
            "wrong sign",
            "Every sign is turned: you started from y − ŷ. A gradient points uphill.",
            returns(lambda t: (-t.expected[0], -t.expected[1])),
        ),
        Mistake(
            "transposed",
            "Your ∇_W L is (d, K). Row k of W belongs to class k, and a gradient is stored as its "
            "parameter is: which vector comes first in the outer product?",
            returns(lambda t: (t.expected[0].T, t.expected[1])),
        ),
        Mistake(
            "x forgotten",
            "Every entry of a row is the same: the factor x[q] is missing. How fast does z[k] move "
            "when W[k, q] moves?",
            returns(lambda t: (_rows(t)[:, None] * np.ones(t.args[0].size), t.expected[1])),
        ),
        Mistake(
            "biases summed",
            "You summed ∇_b L over the classes: one number, and always 0. There are K biases.",
            either(
                returns(lambda t: (t.expected[0], np.array(0.0))),
                returns(lambda t: (t.expected[0], np.zeros(1))),
            ),
        ),
        Mistake(
            "label's row only",
            "Only row i is filled. The other logits stand in the denominator of the softmax: their "
            "rows move the loss as well.",
            returns(
                lambda t: (_outer(t, _rows(t) * _label(t)), _rows(t)),
            ),
        ),
        Mistake(
            "target forgotten",
            "You used ŷ where ŷ − y belongs: right for the rows k ≠ i. What is subtracted in row "
            "i?",
            returns(lambda t: _from(t, _probabilities(t))),
        ),
        Mistake(
            "order exchanged",
            "Both gradients are right, in the wrong order: ∇_W comes first.",
            returns(lambda t: t.expected[::-1]),
        ),
        Mistake(
            "bias: chain rule stopped early",
            "∇_W L is right. For b you have ∂z[k]/∂b[k] = 1; how does the loss move when z[k] "
            "moves?",
            returns(lambda t: (t.expected[0], np.ones(_rows(t).size))),
        ),
        Mistake(
            "bias left out",
            "Your logits are Wx: without b the probabilities are those of another model.",
            returns(lambda t: _from(t, softmax(t.args[1] @ t.args[0]) - _label(t))),
        ),
        Mistake(
            "weight for feature",
            "You multiplied row k by W's own row. Differentiating W·x by W leaves the other "
            "factor.",
            returns(lambda t: (_rows(t)[:, None] * t.args[1], _rows(t))),
        ),
        Mistake(
            "off-by-one label",
            "You took the 1 from the class before the label. Classes count from 0.",
            returns(lambda t: _for_label(t, t.args[3] - 1)),
        ),
        Mistake(
            "label for one-hot",
            "You subtracted the label itself. It says where the target's 1 stands; it is not a "
            "probability.",
            returns(lambda t: _from(t, _probabilities(t) - t.args[3])),
        ),
        Mistake(
            "took a step",
            "You went a step downhill already: these are new parameters. Return the two gradients "
            "alone; whoever trains chooses the learning rate.",
            _took_a_step,
        ),
        Mistake(
            "averaged over the classes",
            "You divided by K. A mean is taken over examples; this is one example.",
            returns(lambda t: tuple(part / _rows(t).size for part in t.expected)),
        ),
        Mistake(
            "layouts mixed",
            "Two shapes do not fit. W is (K, d), with a row for each class: in which order do W "
            "and x give K numbers? And which product of g (K,) and x (d,) is a table?",
            raises("ValueError", SHAPES),
        ),
        Mistake("missing shift", _OVERFLOW, fails_only_at("large logits", blows_up)),
    ),
    ours=("linear_gradients", "loss_and_gradients"),
)

_OTHER_ROW = Blank(
    name="other-row",
    lesson="05",
    skill="can derive the rows k ≠ i of ∇_W L",
    minutes=5,
    difficulty=2,
    stub="derivative = ...",
    hints=(
        "Chain rule: ∂L/∂W[k, q] = ∂L/∂z[k] · ∂z[k]/∂W[k, q].",
        "For k ≠ i the target y[k] is 0. And z[k] = W[k, 0] x[0] + … + b[k].",
    ),
    insight="Row k ≠ i gets ŷ[k] times x, row i gets (ŷ[i] − 1) times x: one formula, (ŷ − y)xᵀ.",
    setting="ANY_ROW",
    mistakes=(
        Mistake(
            "the label's row",
            "That is row i. In a row k ≠ i, what is the target y[k]?",
            "(yhat[k] - 1)*x[q]",
        ),
        Mistake(
            "x forgotten",
            "That is ∂L/∂z[k]. One more factor: how fast does z[k] move when W[k, q] moves?",
            "yhat[k]",
        ),
        Mistake("first factor forgotten", "That is ∂z[k]/∂W[k, q]. And ∂L/∂z[k]?", "x[q]"),
        Mistake(
            "wrong sign",
            "If a wrong class gains weight, does the loss rise or fall?",
            "-yhat[k]*x[q]",
        ),
        Mistake(
            "weight for feature",
            "Differentiating W·x by W leaves the other factor. Which one is that?",
            "yhat[k]*W[k, q]",
        ),
        Mistake(
            "target left in",
            "That holds in every row. In a row k ≠ i you know what y[k] is: put it in.",
            "(yhat[k] - y[k])*x[q]",
        ),
        Mistake("rows thought apart", "z[k] stands in the denominator: its row is not idle.", "0"),
    ),
)


def _pair(seed, classes, features):
    _, W, b = _set(seed, classes, features)
    return W, b - b.mean()


_INPUT_GRADIENT = Function(
    name="input-gradient",
    lesson="05",
    skill="can pass a gradient back through a linear layer",
    minutes=6,
    difficulty=2,
    stub="def input_gradient(W, g):\n    return ...",
    hints=(
        "x[q] reaches L through every logit: ∂L/∂x[q] = Σ_k g[k]·∂z[k]/∂x[q].",
        "∂z[k]/∂x[q] is W[k, q]. Over which index is the sum, rows or columns?",
    ),
    insight="Wᵀ(ŷ − y): the same W that carries x forward carries the gradient back.",
    cases=(
        Case(_pair(5, 3, 4)),
        Case(_pair(6, 5, 2)),
        Case(_pair(7, 2, 6)),
    ),
    mistakes=(
        Mistake(
            "transpose forgotten",
            "W @ g does not fit: g has K numbers and W has d columns. The sum runs over the "
            "classes, down the rows of W: which arrangement of W does that?",
            raises("ValueError", "core dimension|aligned"),
        ),
        Mistake(
            "not summed",
            "You have every product g[k]·W[k, q] in a table. x[q] acts through all classes at "
            "once: over which axis is the sum?",
            either(
                returns(lambda t: t.args[1][:, None] * t.args[0]),
                returns(lambda t: t.args[1] * t.args[0].T),
            ),
        ),
        Mistake(
            "weights alone",
            "You summed the rows of W, each with the same weight. How much does each class matter?",
            returns(lambda t: t.args[0].sum(axis=0)),
        ),
        Mistake(
            "averaged over the classes",
            "You divided by K. The influences of the classes on one x[q] add up.",
            returns(lambda t: t.expected / t.args[1].size),
        ),
        Mistake("wrong sign", "Every sign is turned.", returns(lambda t: -t.expected)),
    ),
)

_LAYOUT = Function(
    name="weights-layout",
    lesson="05",
    skill="can find out in which layout a program stores its weights",
    minutes=5,
    difficulty=2,
    given=True,
    stub="def logits(x, W, b):\n    return x @ W + b",
    hints=(
        "Write the shapes below the names: (4,) @ (3, 4) + (3,). Which two numbers must agree?",
        "Row k of W times x is the logit of class k.",
    ),
    insight="Both conventions are common. Only an example with K ≠ d tells them apart.",
    cases=(
        Case(_set(8, 3, 4)),
        Case(_set(9, 2, 5)),
        Case(_set(10, 6, 3)),
        of_whole_numbers(np.array([2, 1, 0, 3]), *_set(4, 3, 4)[1:]),
    ),
    mistakes=(
        Mistake(
            "still mixed",
            "The shapes do not fit yet: with W (K, d) the d features of x must meet its columns.",
            raises("ValueError", SHAPES),
        ),
        Mistake(
            "reshaped",
            "`reshape` makes the shapes fit and shuffles the numbers: row k no longer belongs to "
            "class k. What keeps every number with its class and feature?",
            returns(lambda t: t.args[0] @ t.args[1].reshape(t.args[0].size, -1) + t.args[2]),
        ),
        Mistake(
            "bias forgotten",
            "The products are right; the head start b of each class is missing.",
            returns(lambda t: t.expected - t.args[2]),
        ),
        Mistake(
            "not summed",
            "That is a table of products W[k, q]·x[q]. A logit is their sum over the features.",
            either(
                returns(lambda t: t.args[1] * t.args[0] + t.args[2][:, None]),
                returns(lambda t: t.args[1] * t.args[0]),
            ),
        ),
    ),
    ours=("linear",),
)

EXERCISES = (_ALL_SHAPES, _OTHER_ROW, _INPUT_GRADIENT, _PARAMETER_GRADIENTS, _LAYOUT)
