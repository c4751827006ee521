"""The first and the last line of each derivation have the values that `lessons.model` computes."""

import numpy as np
import pytest
from sympy import Derivative, Integer

from lessons import model
from lessons.proofs import NAMES, Claim, derivation, notation
from lessons.proofs.arrays import at_same_entry
from lessons.proofs.notation import SIZE_OF, K, L, M, d, i, j, k, l, log_partition, n, q, r, unit
from lessons.proofs.numeric.points import Point

SIZES = {K: 4, d: 3, n: 5, M: 6}
LABEL = 2


class At:
    """The letters of a point as NumPy arrays in the model's shapes: `at.W` has shape (K, d)."""

    shapes = {  # noqa: RUF012 (never changed)
        **dict.fromkeys(("z", "y", "b", "v", "w", "change"), (K,)),
        **dict.fromkeys(("W", "V"), (K, d)),
        **dict.fromkeys(("a", "hidden"), (M,)),
        "x": (d,),
        "X": (n, d),
        "Y": (n, K),
    }

    def __init__(self, point):
        self._point = point

    def __getattr__(self, name):
        return self.read(name, self.shapes.get(name, ()))

    def read(self, name, sizes):
        """A letter in a shape that it has in one lesson alone."""
        letter = getattr(notation, name)
        shape = [int(self._point.number((size,))) for size in sizes]
        cells = [float(self._point.number((letter, *cell))) for cell in np.ndindex(*shape)]
        return np.array(cells).reshape(shape)


def label_gradient(at):
    return model.cross_entropy_gradient(at.z, LABEL)


def soft_gradient(at):
    return model.cross_entropy_gradient(at.z, at.y)


def label_weights(at):
    return model.linear_gradients(at.x, label_gradient(at))[0]


def soft_weights(at):
    return model.linear_gradients(at.x, soft_gradient(at))[0]


def batch(which):
    return lambda at: model.loss_and_gradients(at.X, at.Y, at.W, at.b)[which]


def batch_logits(at):
    return model.mean_cross_entropy_with_gradient(model.linear(at.X, at.W, at.b), at.Y)[1]


def binary(target):
    return lambda at: model.binary_cross_entropy_gradient(at.logit, np.float64(target))


def binary_any(at):
    return model.binary_cross_entropy_gradient(at.logit, at.target)


def squared(at):
    rising = model.sigmoid(at.logit)
    return 2 * (rising - at.target) * rising * model.sigmoid(-at.logit)


def label_loss(at):
    return model.cross_entropy(at.z, LABEL)


def logsumexp(at):
    return model.cross_entropy(at.z, LABEL) + at.z[LABEL]


def jacobian(at):
    return model.softmax_jacobian(at.z)


def curvature(at):
    return at.v @ model.softmax_jacobian(at.z + at.epsilon * at.v) @ at.v


def curvature_of_parameters(at):
    moved = model.linear(at.x, at.W + at.epsilon * at.V, at.b + at.epsilon * at.change)
    direction = at.V @ at.x + at.change
    return direction @ model.softmax_jacobian(moved) @ direction


def cold_gap(at):
    return model.cross_entropy_gradient(at.c * at.z, at.y)


def cold_slopes(at):
    return model.softmax_jacobian(at.c * at.z) @ at.z


def hidden_outputs(at):
    return model.linear_input_gradient(at.read("W", (K, M)), soft_gradient(at))


# The indices of the lines, and what the model gives for them.
MODEL = {
    "shift invariance": ((j,), lambda at: model.softmax(at.z + at.c)),
    "two classes": ((), lambda at: model.softmax(at.z)[1]),
    "log odds": ((), lambda at: at.logit),
    "binary from two classes": ((), binary_any),
    "likelihood": ((), label_loss),
    "likelihood, binary": ((), lambda at: model.binary_cross_entropy(at.logit, at.target)),
    "likelihood, data set": ((), batch(0)),
    "logsumexp": ((), label_loss),
    "logsumexp of shifted logits": ((), lambda at: logsumexp(at) + at.m),
    "binary, y = 1": ((), binary(1)),
    "binary, y = 0": ((), binary(0)),
    "binary, y = 0 from y = 1": ((), binary(0)),
    "binary, any y": ((), binary_any),
    "multiclass, j = i": ((), lambda at: label_gradient(at)[LABEL]),
    "multiclass, j ≠ i": ((j,), label_gradient),
    "multiclass, both": ((j,), label_gradient),
    "multiclass, vector": ((j,), label_gradient),
    "multiclass, soft targets": ((j,), soft_gradient),
    "multiclass, any targets": ((j,), lambda at: at.y.sum() * model.softmax(at.z) - at.y),
    "Jacobian": ((j, l), jacobian),
    "multiclass by the Jacobian": ((j,), soft_gradient),
    "multiclass by the Jacobian, in matrices": ((j,), soft_gradient),
    "weights, row k = i": ((q,), lambda at: label_weights(at)[LABEL]),
    "weights, rows k ≠ i": ((k, q), label_weights),
    "weights, outer product": ((k, q), label_weights),
    "weights, any target": ((k, q), soft_weights),
    "bias": ((k,), soft_gradient),
    "gradient for x": ((q,), lambda at: at.W.T @ soft_gradient(at)),
    "batch, logits": ((r, k), batch_logits),
    "batch, weights": ((k, q), batch(1)),
    "batch, bias": ((k,), batch(2)),
    "batch, rows of G": ((r,), lambda at: batch_logits(at).sum(axis=1)),
    "stable label component": ((), lambda at: label_gradient(at)[LABEL]),
    "stable label component, shifted": ((), lambda at: label_gradient(at)[LABEL]),
    "stable component, any target": ((j,), soft_gradient),
    "stable binary, y = 1": ((), binary(1)),
    "stable binary, any y": ((), binary_any),
    "squared error": ((), squared),
    "squared error saturates": ((), squared),
    "cross-entropy does not saturate": ((), binary_any),
    "Hessian": ((j, l), jacobian),
    "Hessian times 1": ((j,), lambda at: jacobian(at).sum(axis=1)),
    "Hessian is a variance": ((), lambda at: at.v @ jacobian(at) @ at.v),
    "convexity in z": ((), curvature),
    "logits along a line": (
        (k,),
        lambda at: model.linear(at.x, at.W + at.epsilon * at.V, at.b + at.epsilon * at.change),
    ),
    "convexity in (W, b)": ((), curvature_of_parameters),
    "temperature": (
        (j,),
        lambda at: model.tempered_cross_entropy_gradient(at.z, at.y, float(at.T)),
    ),
    "coldness": ((j,), cold_slopes),
    "gradient for the coldness": ((), lambda at: cold_gap(at) @ at.z),
    "label smoothing": (
        (j,),
        lambda at: model.smoothed_cross_entropy_gradient(at.z, LABEL, float(at.epsilon)),
    ),
    "class weights": ((j,), lambda at: model.weighted_cross_entropy_gradient(at.z, LABEL, at.w)),
    "focal loss": ((j,), lambda at: model.focal_loss_gradient(at.z, LABEL, float(at.gamma))),
    "K sigmoids": ((j,), lambda at: model.multilabel_cross_entropy_gradient(at.z, at.y)),
    "distillation": (
        (j,),
        lambda at: model.distillation_loss_gradient(at.z, at.v, float(at.T)),
    ),
    "hidden outputs": ((unit,), hidden_outputs),
    "hidden units, ReLU": ((unit,), lambda at: hidden_outputs(at) * (at.a > 0)),
    "tanh slope": ((unit,), lambda at: 1 - np.tanh(at.a) ** 2),
    "hidden units, tanh": ((unit,), lambda at: hidden_outputs(at) * (1 - np.tanh(at.a) ** 2)),
    "Bernoulli": ((), lambda at: model.sigmoid(at.logit)),
    "categorical": ((j,), lambda at: model.softmax(at.z)),
    "Gaussian": ((), lambda at: at.logit),
    "Poisson": ((), lambda at: np.exp(at.logit)),
}
# About any exponential family, or any loss of hidden units: the model has none.
GENERAL = {"canonical link", "canonical mean", "hidden weights", "hidden biases", "network inputs"}


def test_every_derivation_is_compared():
    assert set(NAMES) == set(MODEL) | GENERAL


@pytest.mark.sampled(5)
@pytest.mark.parametrize("name", MODEL)
def test_first_and_last_line_have_the_models_value(name):
    proof, (indices, expected) = derivation(name), MODEL[name]
    equal = [step.expression for step in proof.steps if step.relation == "="]
    ends = at_same_entry(equal[0], equal[-1], proof.setting) if indices else (equal[0], equal[-1])
    sizes = {
        size: int(proof.setting.definitions.get(size, number)) for size, number in SIZES.items()
    }
    for cell in np.ndindex(*(sizes[SIZE_OF[index]] for index in indices)):
        choice = {i: LABEL} | dict(zip(indices, cell, strict=True))
        if any(
            choice[a.lhs] == choice[a.rhs] for a in proof.setting.assumptions if a.rhs in SIZE_OF
        ):
            continue
        point = Point(sizes | choice, 1, *point_of(proof))
        wanted = np.asarray(expected(At(point)))[cell]
        for line in ends:
            assert float(point.value(line)) == pytest.approx(wanted, rel=1e-12, abs=1e-14)


def point_of(proof):
    """What a sample point needs to know of a proof: definitions, simplex and domain."""
    return proof.setting.definitions, simplex_of(proof), proof.setting.domain


def simplex_of(proof):
    sums = [known for known in proof.setting.assumptions if known.rhs == Integer(1)]
    last_index = {known.lhs.function.base: len(known.lhs.function.indices) - 1 for known in sums}
    return last_index | {notation.Y: 1}  # which the model asks of every batch


@pytest.mark.sampled(5)
@pytest.mark.parametrize("name", NAMES)
def test_what_is_said_of_the_loss_begins_with_a_derivative_of_that_loss(name):
    proof = derivation(name)
    if isinstance(proof.left, Derivative) and proof.left.args[0] in (L, log_partition):
        first = proof.steps[0].expression
        assert isinstance(first, Derivative)
        assert first.args[1:] == proof.left.args[1:]
        assert Claim(first.args[0], proof.left.args[0], setting=proof.setting)
