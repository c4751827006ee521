"""Lesson 12: one hidden layer, and the gap pushed back through it."""

import numpy as np

from lessons.practice.judging.mistakes import Case, Mistake, either, raises, returns
from lessons.practice.judging.wording import SHAPES
from lessons.practice.kinds.choice import Choice
from lessons.practice.kinds.function import Function
from lessons.practice.kinds.prediction import Number
from lessons.practice.kinds.shapes import Shapes

_THROUGH_COLUMN = Number(
    name="through-column",
    lesson="12",
    skill="can see the gap through a column of W",
    minutes=3,
    difficulty=1,
    stub="blame = ...",
    hints=(
        "Unit 1 reaches every logit: with which weight each?",
        "The weights of unit 1 stand below each other. Multiply each by its class's ŷ − y.",
    ),
    insight="A unit's blame is the gap weighted by its own column of W.",
    mistakes=(
        Mistake("off-by-one unit", "That is unit 0. Units count from 0.", -0.15),
        Mistake("prediction for gap", "You took ŷ. The target's 1 has to be subtracted.", 0.8),
        Mistake("wrong sign", "Every sign is turned: y − ŷ.", 1.2),
        Mistake("weights alone", "You summed the weights. How wrong is each class?", 1.5),
        Mistake("label only", "The unit reaches the other two logits as well.", -1.0),
    ),
    otherwise="Write the three products W[k, 1]·(ŷ − y)[k] down, then add them.",
)

_SHAPES = Shapes(
    name="two-layer-shapes",
    lesson="12",
    skill="can say the shape of every gradient of a network with one hidden layer",
    minutes=3,
    difficulty=1,
    stub='shapes = {"grad_V": ..., "grad_c": ..., "grad_h": ..., "grad_W": ...}',
    hints=(
        "Each gradient has the shape of its own letter.",
        "V takes 2 features to 5 units, W takes 5 units to 3 classes; n = 4.",
    ),
    insight="Parameters keep their shapes in a batch; what belongs to examples has n rows.",
    mistakes=(
        Mistake("transposed", "row m of V belongs to unit m.", ("grad_V", (2, 5))),
        Mistake("layers exchanged", "that is W's shape: V takes features.", ("grad_V", (3, 5))),
        Mistake("bias by feature", "each unit has one bias.", ("grad_c", (2,))),
        Mistake("bias by example", "the examples are summed in a parameter.", ("grad_c", (4,))),
        Mistake("summed over examples", "each example has outputs of its own.", ("grad_h", (5,))),
        Mistake("examples as columns", "one example a row.", ("grad_h", (5, 4))),
        Mistake("transposed", "row k of W belongs to class k.", ("grad_W", (5, 3))),
    ),
)


def _batch(seed, n, d, units, classes):
    """Return W, G and the units of a batch, some near 0 on either side: the gate has no width."""
    rng = np.random.default_rng(seed)
    G = rng.normal(size=(n, classes))
    A = rng.choice([-1.0, 1.0], size=(n, units)) * 10 ** rng.uniform(-3, 0.3, (n, units))
    return rng.normal(size=(classes, units)), G - G.mean(axis=1, keepdims=True), A


_CASES = (Case(_batch(1, 4, 2, 5, 3)), Case(_batch(2, 2, 3, 6, 4)), Case(_batch(3, 5, 4, 2, 3)))

_RELU_BACKWARD = Function(
    name="relu-backward",
    lesson="12",
    skill="can push a batch's gap back through W and rectified units",
    minutes=7,
    difficulty=2,
    stub="def relu_backward(W, G, A):\n    return ...",
    hints=(
        "G has a row for each example; so has what you return, with a column for each unit.",
        "G @ W is the gap seen through W. Which of its entries does a closed unit let through?",
    ),
    insight="The gate asks whether the unit was on, and never how far.",
    cases=_CASES,
    mistakes=(
        Mistake(
            "gate forgotten",
            "That arrives at the outputs h. Which units were closed, a ≤ 0?",
            returns(lambda t: t.args[1] @ t.args[0]),
        ),
        Mistake(
            "output for slope",
            "You multiplied by ReLU(a), the unit's output. Its slope is 1 or 0.",
            returns(lambda t: (t.args[1] @ t.args[0]) * np.maximum(t.args[2], 0)),
        ),
        Mistake(
            "gate turned round",
            "You let through where a is negative. Where is ReLU flat?",
            returns(lambda t: (t.args[1] @ t.args[0]) * (t.args[2] < 0)),
        ),
        Mistake(
            "gate on the gradient",
            "You cut off negative gradients. The gate looks at a, from the forward pass.",
            returns(lambda t: np.maximum(t.args[1] @ t.args[0], 0)),
        ),
        Mistake(
            "number for slope",
            "You multiplied by a itself. How fast does ReLU(a) move with a?",
            returns(lambda t: (t.args[1] @ t.args[0]) * t.args[2]),
        ),
        Mistake(
            "mean taken again",
            "Divided by n once too often: G holds its 1/n already.",
            returns(lambda t: t.expected / len(t.args[1])),
        ),
        Mistake("wrong sign", "Every sign is turned.", returns(lambda t: -t.expected)),
        Mistake("layouts mixed", "G is (n, K), W is (K, M).", raises("ValueError", SHAPES)),
    ),
)


def _outputs(seed, n, units, classes):
    W, G, A = _batch(seed, n, 2, units, classes)
    return W, G, np.tanh(A)


_TANH_BACKWARD = Function(
    name="tanh-backward",
    lesson="12",
    skill="can use a unit's own output to find its slope",
    minutes=6,
    difficulty=2,
    stub="def tanh_backward(W, G, H):\n    return ...",
    hints=(
        "H holds tanh(A) already: the forward pass has kept it.",
        "The slope of tanh at a is 1 − tanh²(a). What is that, in H?",
    ),
    insight="The forward pass keeps what the backward pass needs: here the outputs are enough.",
    cases=(
        Case(_outputs(4, 4, 5, 3)),
        Case(_outputs(5, 2, 6, 4)),
        Case(_outputs(6, 5, 2, 3)),
    ),
    mistakes=(
        Mistake(
            "tanh taken twice",
            "H is tanh(A) already, and you took tanh of it once more.",
            returns(lambda t: (t.args[1] @ t.args[0]) * (1 - np.tanh(t.args[2]) ** 2)),
        ),
        Mistake(
            "slope of the sigmoid",
            "h(1 − h) is the slope of the sigmoid. What is that of tanh?",
            returns(lambda t: (t.args[1] @ t.args[0]) * t.args[2] * (1 - t.args[2])),
        ),
        Mistake(
            "square forgotten",
            "1 − h would make a unit at −1 steep. The slope is the same on both sides.",
            returns(lambda t: (t.args[1] @ t.args[0]) * (1 - t.args[2])),
        ),
        Mistake(
            "slope forgotten",
            "That arrives at the outputs. How do they answer to a?",
            returns(lambda t: t.args[1] @ t.args[0]),
        ),
        Mistake(
            "gate of ReLU",
            "That is a gate, open where h > 0. A tanh is never quite shut.",
            returns(lambda t: (t.args[1] @ t.args[0]) * (t.args[2] > 0)),
        ),
        Mistake("wrong sign", "Every sign is turned.", returns(lambda t: -t.expected)),
        Mistake("layouts mixed", "G is (n, K), W is (K, M).", raises("ValueError", SHAPES)),
    ),
)


def _last(seed, n, d, units):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, d)), rng.normal(size=(n, units))


_HIDDEN_GRADIENTS = Function(
    name="hidden-gradients",
    lesson="12",
    skill="can find the gradients of the first layer from those of its units",
    minutes=7,
    difficulty=3,
    stub="def hidden_gradients(X, D):\n    return ..., ...",
    hints=(
        "D has a row for each example: ∂L/∂a of each unit. Lesson 06 knew it as G.",
        "Row m of ∇_V L sums D[r, m] times row r of X over the examples.",
    ),
    insight="The same two rules as in the last layer: a layer never asks who handed it its gap.",
    cases=(Case(_last(7, 4, 2, 5)), Case(_last(8, 2, 3, 6)), Case(_last(9, 5, 4, 3))),
    mistakes=(
        Mistake(
            "transposed",
            "Your ∇_V L is (d, M). Row m of V belongs to unit m.",
            returns(lambda t: (t.expected[0].T, t.expected[1])),
        ),
        Mistake(
            "bias summed over units",
            "You summed over the units: one bias for each example? There are M biases.",
            returns(lambda t: (t.expected[0], t.args[1].sum(axis=1))),
        ),
        Mistake(
            "one bias",
            "One number for all: there are M biases.",
            returns(lambda t: (t.expected[0], np.array(t.args[1].sum()))),
        ),
        Mistake(
            "mean taken again",
            "Divided by n once too often: D holds its 1/n already.",
            returns(lambda t: tuple(part / len(t.args[0]) for part in t.expected)),
        ),
        Mistake(
            "mean of the biases",
            "∇_c L is a sum: D holds its 1/n already.",
            returns(lambda t: (t.expected[0], t.args[1].mean(axis=0))),
        ),
        Mistake(
            "order exchanged",
            "Both are right, in the wrong order: ∇_V comes first.",
            returns(lambda t: t.expected[::-1]),
        ),
        Mistake(
            "wrong sign",
            "Every sign is turned.",
            either(returns(lambda t: (-t.expected[0], -t.expected[1]))),
        ),
        Mistake("layouts mixed", "D is (n, M), X is (n, d).", raises("ValueError", SHAPES)),
    ),
    ours=("linear_gradients",),
)

_SAME_START = Choice(
    name="same-start",
    lesson="12",
    skill="can say why training starts from random weights",
    minutes=3,
    difficulty=2,
    stub="answer = ...",
    hints=(
        "Two units with the same row of V and the same column of W: do their outputs differ?",
        "And what is each one's gradient, by the formula?",
    ),
    insight="Alike units get alike gradients: randomness is what tells them apart.",
    reason="Same row, same output; same column, same blame: every step leaves them alike.",
    mistakes=(
        Mistake("training tells them apart", "By what? Both gradients are the same numbers.", "a"),
        Mistake("nothing moves", "The gap is not 0, nor need their column be: both move.", "c"),
        Mistake("one is switched off", "Both have the same a: both are on, or both off.", "d"),
    ),
)

EXERCISES = (
    _SHAPES,
    _THROUGH_COLUMN,
    _RELU_BACKWARD,
    _TANH_BACKWARD,
    _HIDDEN_GRADIENTS,
    _SAME_START,
)
