"""Training runs that can be looked at after any number of steps, and the data they train on."""

from typing import NamedTuple

import numpy as np

from lessons.datasets import digits, penguins, standardize
from lessons.model import loss_and_gradients

CLOUDS, PENGUINS, DIGITS = "three clouds", "penguins", "digits"
NAMES = (CLOUDS, PENGUINS, DIGITS)


class Table(NamedTuple):
    """Features, shape (n, d), labels, shape (n,), and what both are called."""

    X: np.ndarray
    labels: np.ndarray
    features: tuple[str, ...]
    classes: tuple[str, ...]


class Run:
    """Gradient descent from W = 0 and b = 0, remembering every step it was asked for.

    Parameters
    ----------
    table : Table
    learning_rate : float
    """

    def __init__(self, table, learning_rate):
        K, d = len(table.classes), table.X.shape[1]
        self.table, self.learning_rate = table, learning_rate
        self.states = [(np.zeros((K, d)), np.zeros(K))]
        self.losses = []

    def after(self, steps):
        """Return W and b after so many steps, and the losses after 0 … steps steps."""
        while len(self.losses) <= steps:
            W, b = self.states[-1]
            loss, grad_W, grad_b = loss_and_gradients(self.table.X, self.table.labels, W, b)
            self.losses.append(float(loss))
            self.states.append((W - self.learning_rate * grad_W, b - self.learning_rate * grad_b))
        return *self.states[steps], self.losses[: steps + 1]


def movable(table):
    """Return the row of one example a class, the first, that can be moved; of pictures none."""
    if table.X.shape[1] > 2:
        return []
    return [int(np.flatnonzero(table.labels == k)[0]) for k in range(len(table.classes))]


def moved(table, points):
    """Return the table with its movable examples elsewhere: x and y of one after the other."""
    X = table.X.copy()
    X[movable(table)] = np.reshape(points, (-1, 2))
    return table._replace(X=X)


def feature_choices(name):
    """Return the feature sets of a data set as (text, column numbers) pairs."""
    if name == PENGUINS:
        names = [_readable(feature) for feature in penguins().feature_names]
        pairs = [(i, j) for i in range(len(names)) for j in range(i + 1, len(names))]
        return [(f"{names[i]}, {names[j]}", (i, j)) for i, j in pairs]
    if name == DIGITS:
        return [("64 pixels", tuple(range(64)))]
    return [("both coordinates", (0, 1))]


def load(name, columns):
    """Return a data set with the chosen columns, as a `Table`.

    Digits are every fourth picture, with ink from 0 to 1, so that a step takes a fraction of a
    millisecond; penguins are those that were measured, standardised.
    """
    if name == CLOUDS:
        return _clouds()
    if name == DIGITS:
        data = digits()
        return Table(data.X[::4] / 16, data.labels[::4], data.feature_names, data.class_names)
    data = penguins()
    X = data.X[:, list(columns)]
    rows = ~np.isnan(X).any(axis=1)
    names = tuple(_readable(data.feature_names[c]) for c in columns)
    return Table(standardize(X[rows])[0], data.labels[rows], names, data.class_names)


def _readable(feature):
    """Return a feature's name without its unit, which standardising takes away."""
    return feature.rsplit("_", 1)[0].replace("_", " ")


def _clouds():
    """Three overlapping clouds of 40 points, drawn here: the same for everyone."""
    random = np.random.default_rng(4)
    centres = np.array([[-1.0, -0.6], [1.1, -0.4], [0.1, 1.2]])
    X = np.concatenate([c + 0.62 * random.standard_normal((40, 2)) for c in centres])
    return Table(
        standardize(X)[0], np.repeat(np.arange(3), 40), ("$x_0$", "$x_1$"), ("0", "1", "2")
    )
