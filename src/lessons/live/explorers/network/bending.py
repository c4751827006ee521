"""A network with one hidden layer learning: decision borders that bend, one step at a time."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from lessons.datasets import standardize
from lessons.live.base.controls import (
    button,
    choice,
    count_slider,
    listed_slider,
    row,
    with_buttons,
)
from lessons.live.base.handle import Handle, aim
from lessons.live.base.playing import PlayedExplorer
from lessons.live.base.readout import number, readout
from lessons.live.drawing.canvas import Canvas
from lessons.live.drawing.flow import Frame
from lessons.live.drawing.marks import label, move_label, panel, point
from lessons.live.drawing.tiles import Tiles
from lessons.live.drawing.training_panels import COLOURS, MARKS, pale
from lessons.model import two_layer_logits, two_layer_loss_and_gradients
from lessons.model.hidden_layer import TwoLayers, first_parameters

MOONS, RINGS, CHESS = "two moons", "rings", "chessboard"
NAMES = (MOONS, RINGS, CHESS)
MOST, REACH, FINE = 300, 2.6, 72  # steps, of both axes, and points of the map along each
RATES = (0.03, 0.1, 0.3, 1.0)
PANELS = Frame(60, 24, 60, 48, 300, 270), Frame(54, 30, 60, 48, 300, 215, 0.8)
RUNS = 8  # that are kept


class Shown(NamedTuple):
    """The numbers in the picture: losses in nats, after 0 … steps steps."""

    X: np.ndarray
    labels: np.ndarray
    parameters: TwoLayers
    activation: str
    winners: np.ndarray
    losses: list[float]
    loss: float
    accuracy: float
    wrong: np.ndarray


class BendingExplorer(PlayedExplorer):
    """Step or play: the border between the classes bends where the hidden units have their folds.

    Parameters
    ----------
    data : str
        "two moons", "rings" or "chessboard".
    units : int
        How many hidden units, 1 to 12.
    activation : str
        "relu" or "tanh".
    learning_rate : float
        One of 0.03, 0.1, 0.3, 1.
    steps : int
        Steps taken, 0 to 300.
    scale : float
        Pixels drawn per CSS pixel.
    """

    controls = ("data", "activation", "units", "learning_rate", "steps")
    lead = "steps"
    question = "Before you play: with one unit, how many straight pieces can the border have?"

    def __init__(
        self,
        data: str = MOONS,
        units: int = 6,
        activation: str = "relu",
        learning_rate: float = 0.3,
        steps: int = 0,
        scale: float = 2,
    ) -> None:
        self.data = choice("data", list(NAMES), data)
        self.activation = choice("activation", [("ReLU", "relu"), ("tanh", "tanh")], activation)
        self.units = count_slider("hidden units", units, 1, 12)
        self.learning_rate = listed_slider("learning rate", RATES, learning_rate)
        self.steps = count_slider("steps", steps, 0, MOST)
        self._runs: dict[tuple, _Run] = {}
        step = button("Step", self.showing_errors(self._step), "take one step")
        super().__init__(
            [
                row(self.data, self.activation),
                row(self.units, self.learning_rate),
                row(with_buttons(self.steps, step, self.player(interval=80))),
            ],
            scale,
        )

    def panels(self, width: int, values: dict[str, Any]) -> Sequence[Frame]:
        """Return the panel of the plane, and that of the loss."""
        return PANELS

    def paint(self, canvas: Canvas) -> None:
        """Add the map of the winners, the points, the folds of the units, and the loss."""
        colours, both = canvas.palette, (-REACH, REACH)
        axes = panel(
            canvas, canvas.places[0], both, both, "which class wins where", "$x_0$", "$x_1$"
        )
        shares = np.array([[*pale(colour, colours.ground), 1] for colour in COLOURS])
        self._pale = np.rint(255 * shares).astype(np.uint8)
        self._map = Tiles(axes, zorder=1)
        self._folds = [
            axes.plot([], [], color=colours.quiet, lw=1.3, dashes=(4, 3), zorder=2)[0]
            for _ in range(12)
        ]
        look = {"ls": "", "ms": 5.5, "mec": colours.ink, "mew": 0.6, "zorder": 4}
        self._dots = [
            axes.plot([], [], mark, color=colour, **look)[0]
            for mark, colour in zip(MARKS[:2], COLOURS[:2], strict=True)
        ]
        look = {"mfc": "none", "mec": colours.ink, "mew": 1.1, "zorder": 5}
        (self._rings,) = axes.plot([], [], "o", ms=10, **look)
        title = "mean loss on these examples"
        self._loss_axes = panel(canvas, canvas.places[1], (0, MOST), (0, 1.2), title, "steps")
        chance = float(np.log(2))
        self._loss_axes.axhline(chance, color=colours.quiet, lw=1.4, dashes=(5, 2.5))
        name = label(self._loss_axes, colours.quiet)
        move_label(name, r"chance: $\ln\,2$", (MOST, chance + 0.05), -1)
        (self._curve,) = self._loss_axes.plot([], [], color=colours.ink, lw=2.4)
        self._point = point(self._loss_axes, colours.ink)
        moving = (*self._folds, *self._dots, self._rings, self._curve, self._point)
        canvas.animate(self._map, *moving)

    def compute(
        self, data: str, activation: str, units: int, learning_rate: float, steps: int
    ) -> Shown:
        """Return the network after so many steps, and which class it prefers in the plane."""
        key = data, activation, units, learning_rate
        if key not in self._runs:
            if len(self._runs) == RUNS:
                del self._runs[next(iter(self._runs))]
            self._runs[key] = _Run(*key)
        run = self._runs[key]
        parameters, losses = run.after(steps)
        V, c, W, b = parameters
        line = np.linspace(-REACH, REACH, FINE)
        plane = np.stack(np.meshgrid(line, line), axis=-1)
        winners = two_layer_logits(plane, V, c, W, b, activation).argmax(axis=-1)
        predicted = two_layer_logits(run.X, V, c, W, b, activation).argmax(axis=-1)
        wrong = np.flatnonzero(predicted != run.labels)
        accuracy = 1 - len(wrong) / len(run.labels)
        shown = run.X, run.labels, parameters, activation, winners
        return Shown(*shown, losses, losses[-1], accuracy, wrong)

    def draw(self, s: Shown) -> None:
        """Paint the map, and move the folds, the points and the loss."""
        self._map.pixels = self._pale[s.winners]
        ends = fold_lines(s.parameters.V, s.parameters.c)
        for m, fold in enumerate(self._folds):
            fold.set_data(*(ends[m].T if m < len(ends) else ([], [])))
        for k, dots in enumerate(self._dots):
            dots.set_data(*s.X[s.labels == k].T)
        self._rings.set_data(*s.X[s.wrong].T)
        self._curve.set_data(range(len(s.losses)), s.losses)
        self._point.set_data([len(s.losses) - 1], [s.loss])

    def handles(self, s: Shown) -> Sequence[Handle]:
        """Return the loss's point, which moves along the steps."""
        at, move = (len(s.losses) - 1, min(s.loss, 1.2)), (self.steps, None)
        return (Handle("steps", self._loss_axes, at, lambda x, _: aim(self.steps, x), "x", move),)

    def describe(self, s: Shown) -> tuple[str, str]:
        """Return the readout, and the picture in words."""
        steps = len(s.losses) - 1
        text = readout(
            number("steps.value", "steps", steps, "3.0f"),
            number("loss", "mean loss", s.loss, ".6f", "currentColor"),
            number("accuracy", "right", s.accuracy, "6.1%"),
            number("wrong.size", "misclassified", len(s.wrong), "3.0f"),
        )
        return text, (
            f"{len(s.labels)} examples of 2 classes after {steps} steps, with "
            f"{len(s.parameters.c)} hidden units whose folds are dashed. The mean loss is "
            f"{s.loss:.4f}, {len(s.wrong)} examples are misclassified and ringed."
        )

    def _step(self):
        self.steps.value += 1


class _Run:
    """Gradient descent from random first weights, remembering every step it was asked for."""

    def __init__(self, data, activation, units, learning_rate):
        self.X, self.labels = examples(data)
        self._activation, self._learning_rate = activation, learning_rate
        self._states, self._losses = [first_parameters(2, units, 2, activation, seed=3)], []

    def after(self, steps):
        """Return the parameters after so many steps, and the losses after 0 … steps steps."""
        while len(self._losses) <= steps:
            now = self._states[-1]
            loss, slopes = two_layer_loss_and_gradients(self.X, self.labels, *now, self._activation)
            self._losses.append(float(loss))
            pairs = zip(now, slopes, strict=True)
            self._states.append(TwoLayers(*(p - self._learning_rate * g for p, g in pairs)))
        return self._states[steps], self._losses[: steps + 1]


@cache
def examples(name):
    """Return 120 points of two classes that no straight border parts, as features and labels."""
    random = np.random.default_rng(2)
    labels = np.repeat([0, 1], 60)
    if name == CHESS:
        X = random.uniform(-1, 1, (120, 2))
        labels = (X[:, 0] * X[:, 1] > 0).astype(int)
        X += 0.12 * np.sign(X)
    else:
        angle = random.uniform(0, np.pi if name == MOONS else 2 * np.pi, 120)
        circle = np.stack([np.cos(angle), np.sin(angle)], axis=1)
        if name == MOONS:
            X = np.where(labels[:, np.newaxis] == 0, circle, [1, 0.4] - circle)
        else:
            X = circle * np.where(labels == 0, 0.5, 1.3)[:, np.newaxis]
        X = X + 0.12 * random.standard_normal((120, 2))
    return standardize(X)[0], labels


def fold_lines(V, c):
    """Return both ends of each unit's fold, the line on which a = Vx + c is 0.

    Parameters
    ----------
    V : array, shape (M, 2)
    c : array, shape (M,)

    Returns
    -------
    array, shape (M, 2, 2)
        Far beyond the picture at either end.
    """
    lengths = np.linalg.norm(V, axis=1, keepdims=True)
    normals = V / lengths
    feet = -normals * (c[:, np.newaxis] / lengths)
    along = 9 * np.stack([-normals[:, 1], normals[:, 0]], axis=1)
    return np.stack([feet - along, feet + along], axis=1)
