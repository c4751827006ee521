"""Softmax regression learning from real data by ŷ − y alone, one step at a time."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

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
from lessons.live.base.readout import number, readout, table, vector
from lessons.live.drawing.canvas import Canvas
from lessons.live.drawing.flow import Frame
from lessons.live.drawing.marks import label, move_label, panel, point
from lessons.live.drawing.training_panels import PixelPanel, RegionPanel
from lessons.live.explorers.training_runs import CLOUDS, NAMES, Run, Table, feature_choices, load
from lessons.model import linear

MOST = 200
PANELS = Frame(66, 30, 60, 48, 312, 270), Frame(54, 30, 60, 48, 312, 215, 0.8)
RATES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)


class Shown(NamedTuple):
    """The numbers in the picture: losses in nats, after 0 … steps steps."""

    weights: np.ndarray
    bias: np.ndarray
    losses: list[float]
    loss: float
    accuracy: float
    predicted: np.ndarray
    wrong: np.ndarray
    table: Table


class TrainingExplorer(PlayedExplorer):
    """Step or play: decision regions and loss advance, and what is misclassified is marked.

    Parameters
    ----------
    data : str
        "three clouds", "penguins" or "digits".
    learning_rate : float
        One of 0.01, 0.03, 0.1, 0.3, 1, 3, 10.
    steps : int
        Steps taken, 0 to 200.
    scale : int
        Pixels drawn per CSS pixel.

    Examples
    --------
    >>> TrainingExplorer(steps=0).loss == float(np.log(3))
    True
    """

    controls = ("data", "features", "learning_rate", "steps")
    lead = "steps"
    question = "Before you play: where will the borders move first, and which points stay ringed?"

    def __init__(
        self, data: str = CLOUDS, learning_rate: float = 0.3, steps: int = 0, scale: float = 2
    ) -> None:
        self.data = choice("data", list(NAMES), data)
        self.features = choice("features", feature_choices(data), feature_choices(data)[0][1])
        self.learning_rate = listed_slider("learning rate", RATES, learning_rate)
        self.steps = count_slider("steps", steps, 0, MOST)
        self._runs: dict[tuple, Run] = {}
        step = button("Step", self.showing_errors(self._step), "take one step")
        self.data.observe(self.showing_errors(self._follow_data), "value")
        super().__init__(
            [
                row(self.data, self.features, self.learning_rate),
                row(with_buttons(self.steps, step, self.player(interval=80))),
            ],
            scale,
        )

    def panels(self, width: int, values: dict[str, Any]) -> Sequence[Frame]:
        """Return the panel of the model, and that of its loss."""
        return PANELS

    def paint(self, canvas: Canvas) -> None:
        """Add the regions or pictures of the weights, and the loss curve."""
        place = canvas.places[0]
        self._panels: dict[bool, RegionPanel | PixelPanel]
        self._panels = {False: RegionPanel(canvas, place), True: PixelPanel(canvas, place)}
        self._draw_loss_panel(canvas)

    def compute(
        self, data: str, features: tuple[int, int], learning_rate: float, steps: int
    ) -> Shown:
        """Return the model after so many steps, and how it does on the examples it learns from."""
        key = data, features, learning_rate
        if key not in self._runs:
            self._runs[key] = Run(load(data, features), learning_rate)
        run = self._runs[key]
        W, b, losses = run.after(steps)
        predicted = linear(run.table.X, W, b).argmax(axis=1)
        wrong = np.flatnonzero(predicted != run.table.labels)
        accuracy = 1 - len(wrong) / len(predicted)
        return Shown(W, b, losses, losses[-1], accuracy, predicted, wrong, run.table)

    def draw(self, s: Shown) -> None:
        """Move the regions or repaint the weights, and lengthen the loss curve."""
        pixels = len(s.table.features) > 2
        if self.canvas.background((s.table.features, s.table.classes)):
            for kind, shown in self._panels.items():
                shown.axes.set_visible(kind == pixels)
            self._panels[pixels].arrange(s.table)
            self._arrange_loss(len(s.table.classes))
        self._panels[pixels].draw(s)
        self._curve.set_data(range(len(s.losses)), s.losses)
        self._point.set_data([len(s.losses) - 1], [s.loss])
        self._point.set_visible(s.loss <= self._loss_axes.get_ylim()[1])

    def handles(self, s: Shown) -> Sequence[Handle]:
        """Return the point on the loss curve, which moves along the steps."""
        if not self._point.get_visible():
            return ()
        at, move = (len(s.losses) - 1, s.loss), (self.steps, None)
        return (Handle("steps", self._loss_axes, at, lambda x, _: aim(self.steps, x), "x", move),)

    def describe(self, s: Shown) -> tuple[str, str]:
        """Return the readout, and the picture in words."""
        n, steps = len(s.predicted), len(s.losses) - 1
        text = readout(
            number("steps.value", "steps", steps, "3.0f"),
            number("loss", "mean loss", s.loss, ".6f", "currentColor"),
            number("accuracy", "right", s.accuracy, "6.1%"),
            number("wrong.size", "misclassified", len(s.wrong), "3.0f"),
            f"<span>of {n} examples</span>",
        )
        if len(s.table.features) == 2:
            rows = [
                vector(f"weights[:, {j}]", f"w, {feature} feature", column, "+z.3f", total=False)
                for j, (feature, column) in enumerate(zip(("1st", "2nd"), s.weights.T, strict=True))
            ]
            rows.append(vector("bias", "bias", s.bias, "+z.3f", total=False))
            text += table(s.table.classes, *rows)
        return text, (
            f"{n} examples of {len(s.table.classes)} classes after {steps} steps of gradient "
            f"descent. The mean loss is {s.loss:.4f}, {len(s.wrong)} examples are misclassified "
            "and marked."
        )

    def _draw_loss_panel(self, canvas):
        colours = canvas.palette
        title = "mean loss on these examples"
        self._loss_axes = panel(canvas, canvas.places[1], (0, MOST), (0, 1), title, "steps")
        self._chance = self._loss_axes.axhline(0, color=colours.quiet, lw=1.4, dashes=(5, 2.5))
        self._chance_name = label(self._loss_axes, colours.quiet)
        (self._curve,) = self._loss_axes.plot([], [], color=colours.ink, lw=2.4)
        self._point = point(self._loss_axes, colours.ink)
        canvas.animate(self._curve, self._point)

    def _arrange_loss(self, K):
        chance = float(np.log(K))
        self._loss_axes.set_ylim(0, 1.3 * chance)
        self._chance.set_ydata([chance, chance])
        move_label(self._chance_name, rf"chance: $\ln\,{K}$", (MOST, 1.05 * chance), -1)

    def _step(self):
        self.steps.value += 1

    def reset(self) -> None:
        """Go back to W = 0 and b = 0, on the same data."""
        self.steps.value = 0

    def _follow_data(self, change):
        with self.hold_updates():
            self.features.options = feature_choices(change.new)
            self.steps.value = 0
