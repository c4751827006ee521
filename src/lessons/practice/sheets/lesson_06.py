"""Lesson 06: from one example to a batch."""

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
    violates,
)
from lessons.practice.kinds.function import Function
from lessons.practice.kinds.shapes import Shapes

_BATCH_SHAPES = Shapes(
    name="batch-shapes",
    lesson="06",
    skill="can say the shapes of a whole batch",
    minutes=4,
    difficulty=1,
    stub=('shapes = {"X": ..., "Z": ..., "G": ..., "grad_W": ..., "grad_b": ..., "L": ...}'),
    hints=(
        "Rows are examples in X, Z and G. Which numbers does one row of each hold?",
        "W and b are the same for all examples: does n appear in their gradients?",
    ),
    insight="n is in X, Z and G; the gradients have summed it away.",
    mistakes=(
        Mistake("examples as columns", "here each example is a row.", ("X", (4, 5))),
        Mistake("examples as columns", "here each example is a row.", ("Z", (3, 5))),
        Mistake("features for logits", "the features have been turned into logits.", ("Z", (5, 4))),
        Mistake("examples as columns", "here each example is a row.", ("G", (3, 5))),
        Mistake("summed too early", "G still has a row for each example.", ("G", (3,))),
        Mistake(
            "transposed", "a gradient is stored as its parameter, W (K, d).", ("grad_W", (4, 3))
        ),
        Mistake(
            "not summed",
            "one table for each example; the sum over n remains.",
            ("grad_W", (5, 3, 4)),
        ),
        Mistake(
            "summed along the row", "summed over the classes each row gives 0.", ("grad_b", (5,))
        ),
        Mistake(
            "not summed", "one row for each example; the sum over n remains.", ("grad_b", (5, 3))
        ),
        Mistake("summed over both", "there are K biases, so K derivatives.", ("grad_b", ())),
        Mistake("not averaged", "the mean over the examples is one number.", ("L", (5,))),
    ),
)

_LOST_AXIS = r"\((\d+),\d+\) \(\1,\)"  # what NumPy says of (n, K) beside (n,)


def _batch(seed, n, features, classes, scale=1.0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, features)).round(2)
    labels = rng.permutation(np.arange(n) % classes)
    W = scale * rng.normal(size=(classes, features)).round(2)
    return X, labels, W, rng.normal(size=classes).round(2)


def _logits(trial):
    X, _, W, b = trial.args
    return X @ W.T + b


def _hot(trial):
    return np.eye(trial.args[2].shape[0])[trial.args[1]]


def _from(trial, G):
    return G.T @ trial.args[0], G.sum(axis=0)


def _scaled(trial, factor):
    return tuple(factor * part for part in trial.expected)


def _sizes(trial):
    n = len(trial.args[1])
    return n, trial.args[2].shape[0]


def _columns(trial):
    G = softmax(_logits(trial))
    G[:, trial.args[1]] -= 1
    return G


def _last(trial, averaged):
    G = softmax(_logits(trial)) - _hot(trial)
    return tuple(
        part / (len(G) if averaged else 1) for part in (np.outer(G[-1], trial.args[0][-1]), G[-1])
    )


_OVERFLOW = (
    "With large weights your gradients are not right. Has every row's softmax a shift by that "
    "row's own largest logit?"
)

_BATCH_GRADIENTS = Function(
    name="batch-gradients",
    lesson="06",
    skill="can compute the gradients of a batch's mean loss without a loop",
    minutes=15,
    difficulty=3,
    stub="def gradients(X, labels, W, b):\n    return ..., ...",
    hints=(
        "Z = X @ W.T + b has a row for each example. The softmax runs along each row: "
        "keepdims=True.",
        "G = (Ŷ − Y)/n. Subtract the 1 of each label: `G[np.arange(n), labels]` picks one per row.",
        "∇_W = GᵀX sums over the examples by itself. Over which axis is ∇_b summed?",
    ),
    insight="GᵀX adds n outer products in one matrix product: the loop is inside.",
    cases=(
        Case(_batch(1, 5, 4, 3)),
        Case(_batch(2, 7, 2, 4)),
        Case(_batch(3, 2, 5, 3)),
        Case(_batch(4, 6, 4, 3, scale=800.0), at="large logits", thought=_OVERFLOW),
        of_whole_numbers(np.array([[2, 1], [0, 3]]), *_batch(5, 2, 2, 3)[1:]),
    ),
    mistakes=(
        Mistake(
            "missing mean",
            "Your gradients are n times too large: they belong to the sum of the losses. With "
            "twice the batch the step would be twice as long.",
            returns(lambda t: _scaled(t, _sizes(t)[0])),
        ),
        Mistake(
            "K for n",
            "You divided by the number of classes. The mean is over examples: how many rows has X?",
            returns(lambda t: _scaled(t, _sizes(t)[0] / _sizes(t)[1])),
        ),
        Mistake(
            "mean over the classes too",
            "You divided by n and by K (`np.mean` over everything does). Only examples are "
            "averaged.",
            returns(lambda t: _scaled(t, 1 / _sizes(t)[1])),
        ),
        Mistake(
            "divided by n twice",
            "You divided G by n, and then took a mean once more.",
            either(
                returns(lambda t: _scaled(t, 1 / _sizes(t)[0])),
                returns(lambda t: (t.expected[0], t.expected[1] / _sizes(t)[0])),
            ),
        ),
        Mistake("wrong sign", "You started from Y − Ŷ.", returns(lambda t: _scaled(t, -1))),
        Mistake(
            "transposed",
            "Your ∇_W is (d, K). A gradient takes its parameter's shape: which factor is "
            "transposed?",
            returns(lambda t: (t.expected[0].T, t.expected[1])),
        ),
        Mistake(
            "summed over both",
            "Your ∇_b is one number near 0: you summed over the classes as well. There should be "
            "K.",
            returns(lambda t: (t.expected[0], np.array(0.0))),
        ),
        Mistake(
            "summed along the row",
            "Your ∇_b has n numbers, all near 0: each row of Ŷ − Y sums to 0. Over which axis do "
            "the examples lie?",
            returns(lambda t: (t.expected[0], np.zeros(_sizes(t)[0]))),
        ),
        Mistake(
            "softmax over the examples",
            "Your softmax runs down the columns: the examples compete with one another. Who "
            "competes within one example?",
            returns(lambda t: _from(t, (softmax(_logits(t), axis=0) - _hot(t)) / _sizes(t)[0])),
        ),
        Mistake(
            "off-by-one label",
            "You took the 1 from the class before the label. Classes count from 0.",
            returns(
                lambda t: _from(
                    t, (softmax(_logits(t)) - np.roll(_hot(t), -1, axis=1)) / _sizes(t)[0]
                )
            ),
        ),
        Mistake(
            "labels as columns",
            "`G[:, labels] -= 1` takes 1 from whole columns, in every row. Each row has one label: "
            "the row's number has to stand beside it.",
            returns(lambda t: _from(t, _columns(t) / _sizes(t)[0])),
        ),
        Mistake(
            "target forgotten",
            "You used Ŷ where Ŷ − Y belongs: nothing pulls the label's logit up.",
            returns(lambda t: _from(t, softmax(_logits(t)) / _sizes(t)[0])),
        ),
        Mistake(
            "bias left out",
            "Your logits are XWᵀ: without b the probabilities are those of another model.",
            returns(lambda t: _from(t, (softmax(_logits(t) - t.args[3]) - _hot(t)) / _sizes(t)[0])),
        ),
        Mistake(
            "last example only",
            "Only the last example counts: in each round the loop overwrites what was there. What "
            "has to be done with it instead?",
            either(*(returns(lambda t, c=c: _last(t, c)) for c in (False, True))),
        ),
        Mistake(
            "not averaged alike",
            "One of your two gradients is of the mean loss, the other of the sum: divide G by n "
            "once, before both.",
            either(
                returns(lambda t: (t.expected[0], _sizes(t)[0] * t.expected[1])),
                returns(lambda t: (_sizes(t)[0] * t.expected[0], t.expected[1])),
            ),
        ),
        Mistake(
            "label for one-hot",
            "You subtracted the labels themselves. They say where the 1 stands; Y has n rows and K "
            "columns.",
            either(
                raises("ValueError", "broadcast", r"-=?\s*labels"),
                returns(
                    lambda t: _from(t, (softmax(_logits(t)) - t.args[1][:, None]) / _sizes(t)[0])
                ),
            ),
        ),
        Mistake(
            "axis dropped",
            "A sum or a largest over axis 1 has shape (n,), which lines up with the columns. Which "
            "option keeps it (n, 1)?",
            raises("ValueError", _LOST_AXIS, r"\b(sum|max|amax)\b"),
        ),
        Mistake("missing shift", _OVERFLOW, fails_only_at("large logits", blows_up)),
    ),
    ours=("loss_and_gradients", "mean_cross_entropy_with_gradient", "linear_gradients"),
)


def _gap(seed, n, classes):
    rng = np.random.default_rng(seed)
    targets = np.eye(classes)[rng.permutation(np.arange(n) % classes)]
    return softmax(rng.normal(size=(n, classes)).round(2)), targets


def _mean_gap(seed, n, classes):
    predictions, targets = _gap(seed, n, classes)
    return ((predictions - targets) / n,)


_BIAS_SUM = Function(
    name="bias-sum",
    lesson="06",
    skill="can sum over the examples and keep the classes",
    minutes=4,
    difficulty=1,
    given=True,
    stub="def bias_gradient(G):\n    return np.sum(G)",
    hints=(
        "How many biases are there, and how many numbers does it return?",
        "Each row of G sums to 0. What does the sum of everything come to?",
    ),
    insight="Along a row G sums to 0, down a column it does not: the axis is the whole meaning.",
    cases=(Case(_mean_gap(1, 5, 3)), Case(_mean_gap(2, 7, 4)), Case(_mean_gap(3, 2, 6))),
    mistakes=(
        Mistake(
            "summed over both",
            "Still one number, and always 0: you sum over the classes as well. There should be K.",
            returns(lambda t: np.array(t.args[0].sum())),
        ),
        Mistake(
            "summed along the row",
            "Now there are n numbers, and all are 0: a row of ŷ − y sums to 0. Axis 0 counts the "
            "examples, axis 1 the classes: which is summed away?",
            either(
                returns(lambda t: t.args[0].sum(axis=1)),
                returns(lambda t: t.args[0].sum(axis=1, keepdims=True)),
            ),
        ),
        Mistake(
            "summed over both",
            "All your K numbers are 0, up to rounding. That is what the sum of all of G comes to, "
            "and of each row: which axis counts the examples?",
            returns(lambda t: np.zeros(t.args[0].shape[1])),
        ),
        Mistake(
            "mean for sum",
            "You took a mean. G is divided by n already.",
            returns(lambda t: t.expected / len(t.args[0])),
        ),
        Mistake(
            "an axis too many",
            "The numbers are right, in a table of one row. b has one axis, so has its gradient.",
            either(returns(lambda t: t.expected[None, :]), returns(lambda t: t.expected[:, None])),
        ),
        Mistake(
            "not summed",
            "There is still a row for each example; b is the same for all of them.",
            returns(lambda t: t.args[0]),
        ),
    ),
    ours=("linear_gradients",),
)


def _parts(seed, sizes, classes, features):
    shape = len(sizes), classes, features
    return np.random.default_rng(seed).normal(size=shape).round(2), np.array(sizes)


def _weighted(trial, weights):
    return np.tensordot(weights, trial.args[0], axes=1)


_UNEQUAL_PARTS = Function(
    name="unequal-parts",
    lesson="06",
    skill="can join the mean gradients of unequal parts",
    minutes=6,
    difficulty=2,
    stub="def joined(gradients, sizes):\n    return ...",
    hints=(
        "How many examples are there in all? How much should each of them count?",
        "A mean times its number of examples is a sum, and sums may be added.",
        "Add up `sizes[r] * gradients[r]` over the machines. By what is that divided?",
    ),
    insight="Means are weighted by how many they are means of; with equal parts nobody notices.",
    cases=(
        Case(_parts(1, (3, 2), 3, 4)),
        Case(_parts(2, (5, 1, 2), 4, 2)),
        Case(_parts(3, (2, 7, 4, 1), 2, 3)),
        of_whole_numbers(
            np.array([[[1, 2], [0, 3], [4, 1]], [[2, 2], [5, 0], [1, 1]]]), np.array([3, 2])
        ),
    ),
    mistakes=(
        Mistake(
            "mean of means",
            "You took the mean of the means. With 3 examples here and 2 there, one counts a sixth, "
            "another a quarter: how much should each count?",
            returns(lambda t: t.args[0].mean(axis=0)),
        ),
        Mistake(
            "means added",
            "You added the gradients as they are. Each is a mean: sums may be added, means not.",
            returns(lambda t: t.args[0].sum(axis=0)),
        ),
        Mistake(
            "missing mean",
            "That is the gradient of the sum of all losses. How many examples are there in all?",
            returns(lambda t: _weighted(t, t.args[1])),
        ),
        Mistake(
            "machines for examples",
            "You divided by the number of machines. The mean is over examples: how many have all "
            "machines together?",
            returns(lambda t: _weighted(t, t.args[1]) / len(t.args[1])),
        ),
        Mistake(
            "divided by n twice",
            "You divided by the sizes. Each gradient is a mean, so that was done already: what "
            "makes a sum of it again?",
            either(
                returns(lambda t: _weighted(t, 1 / t.args[1])),
                returns(lambda t: _weighted(t, 1 / t.args[1]) / len(t.args[1])),
            ),
        ),
        Mistake(
            "the small ones count most",
            "Your weights are upside down: the machine with the fewest examples counts most.",
            returns(lambda t: _weighted(t, 1 / t.args[1]) / (1 / t.args[1]).sum()),
        ),
        Mistake(
            "not summed",
            "There is still a table for each machine: add them up, axis 0.",
            returns(
                lambda t: t.args[0] * np.reshape(t.args[1], (-1, 1, 1)) / np.sum(t.args[1]),
            ),
        ),
        Mistake(
            "summed over everything",
            "One number is left: you summed over the classes and the features as well. Which axis "
            "counts the machines?",
            returns(lambda t: np.array(t.expected.sum())),
        ),
        Mistake(
            "sizes along the features",
            "`sizes` is (m,), and NumPy lines it up with the last axis, the features. The machines "
            "lie along axis 0: go through them in a loop, or make it (m, 1, 1).",
            raises("ValueError", "broadcast"),
        ),
        Mistake(
            "axis missing",
            "Say along which axis the weights lie: the machines lie along axis 0.",
            raises("TypeError", "[Aa]xis must be specified"),
        ),
    ),
)


def _rows_of_logits(seed, n, classes):
    return (np.random.default_rng(seed).normal(size=(n, classes)).round(2),)


def _by(trial, shift_axis, sum_axis):
    (Z,) = trial.args
    e = np.exp(Z - Z.max(axis=shift_axis, keepdims=True))
    return e / e.sum(axis=sum_axis, keepdims=True)


_FAR_APART = np.array(
    [[0.0, 1.0, 2.0, -1.0], [-900.0, -901.0, -899.0, -902.0], [5.0, 3.0, 4.0, 4.0]]
)


def _leader_lost(trial):
    return not np.isfinite(trial.value[0]).all()


_SOFTMAX_AXIS = Function(
    name="softmax-axis",
    lesson="06",
    skill="can run a softmax along the right axis",
    minutes=5,
    difficulty=2,
    given=True,
    stub=("def softmax_rows(Z):\n    e = np.exp(Z - Z.max(axis=0))\n    return e / e.sum(axis=0)"),
    hints=(
        "What should each row of the result sum to? What sums to 1 now?",
        "The largest of each row is wanted: axis 1. Its shape (n,) does not fit (n, K) by itself: "
        "`keepdims=True` keeps it (n, 1).",
    ),
    insight="With zeros and n = K every axis gives 1/K: such a test cannot fail.",
    cases=(
        Case(_rows_of_logits(1, 5, 3)),
        Case(_rows_of_logits(2, 2, 4)),
        Case(_rows_of_logits(3, 7, 2)),
        Case(
            (_FAR_APART,),
            at="rows far apart",
            thought=(
                "When one row lies 900 below the others, its probabilities are not right. Has each "
                "row a shift of its own?"
            ),
        ),
        of_whole_numbers(np.array([[1, 3, 0], [2, 0, 0]])),
        Case((_rows_of_logits(4, 4, 3)[0].astype("float32"),), at="float32", rtol=1e-5, atol=1e-6),
        Case(
            (np.array([[0.0, 2000.0, -5.0], [1.0, 0.5, 2.0]]),),
            at="wide spread",
            thought=(
                "When one logit leads its row by 2000, your softmax is not right: is an exponent "
                "still large after the shift?"
            ),
        ),
    ),
    properties=(
        Mistake(
            "rows do not sum to 1",
            "The rows of your result do not sum to 1. Each example has its own probabilities.",
            violates(lambda t: bool(np.allclose(t.value.sum(axis=1), 1))),
        ),
    ),
    mistakes=(
        Mistake(
            "over the examples",
            "Every column sums to 1: the examples still compete with one another. Who competes "
            "within one example, and along which axis do they lie?",
            returns(lambda t: _by(t, 0, 0)),
        ),
        Mistake(
            "all at once",
            "All numbers of the table together sum to 1. Each example has its own probabilities.",
            returns(lambda t: _by(t, None, None)),
        ),
        Mistake(
            "shift by column",
            "You shift every column by its own maximum. A softmax feels no shift that is common to "
            "its own row; this one differs within the row.",
            returns(lambda t: _by(t, 0, 1)),
        ),
        Mistake(
            "half mended",
            "The shift is by row now, but the sum still runs down the columns.",
            returns(lambda t: _by(t, 1, 0)),
        ),
        Mistake(
            "axis dropped",
            "The axis is right, but a sum over axis 1 has shape (n,) and lines up with the "
            "columns. Which option keeps it (n, 1)?",
            raises("ValueError", _LOST_AXIS),
        ),
        Mistake(
            "missing shift",
            "The axis is right, but the shift by each row's largest logit is gone. Where every "
            "e^z is 0, or one is inf, the quotient is no number.",
            lambda trials: (
                fails_only_at("rows far apart")(trials)
                and fails_only_at("wide spread", _leader_lost)(trials)
            ),
        ),
        Mistake(
            "one shift for all rows",
            "When one row lies 900 below the others, its probabilities are not finite. Are all "
            "rows shifted by the largest number of the table? Each row needs its own.",
            fails_only_at("rows far apart", blows_up),
        ),
    ),
    ours=("softmax", "log_softmax"),
)

EXERCISES = (_BIAS_SUM, _BATCH_SHAPES, _BATCH_GRADIENTS, _SOFTMAX_AXIS, _UNEQUAL_PARTS)
