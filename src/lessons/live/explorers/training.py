"""Softmax regression learning from real data by ŷ − y alone, one step at a time."""

from collections.abc import Sequence
from functools import partial
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
from lessons.live.drawing.training_panels import MARKS, PixelPanel, RegionPanel
from lessons.live.entry.number_controls import Number
from lessons.live.explorers.training_runs import (
    CLOUDS,
    DIGITS,
    NAMES,
    Run,
    Table,
    feature_choices,
    load,
    movable,
    moved,
)
from lessons.model import linear

MOST = 200
REACH = -6.0, 6.0  # of a point that is moved: farther than any of the data
RUNS = 12  # that are kept; a point that is dragged begins a new one at each place
PANELS = Frame(66, 30, 60, 48, 304, 270), Frame(54, 30, 60, 48, 304, 215, 0.8)
LOW = 247  # CSS pixels of axes on a slide, where the numbers of three classes are four lines
UNDER_THE_RATES = 70  # CSS pixels at the top of the loss's axes, which the scale of rates takes
RATES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)


class Shown(NamedTuple):
    """The numbers in the picture: losses in nats, after 0 … steps steps."""

    rate: float
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
        Within [0.01, 10].
    steps : int
        Steps taken, 0 to 200.
    scale : int
        Pixels drawn per CSS pixel.

    Examples
    --------
    >>> round(TrainingExplorer(steps=0).loss, 6)  # log 3: three classes, no step taken
    1.098612
    """

    controls = ("data", "features", "learning_rate", "steps", "points")
    lead = "steps"
    question = "Before you play: where will the borders move first, and which points stay ringed?"

    def __init__(
        self, data: str = CLOUDS, learning_rate: float = 0.3, steps: int = 0, scale: float = 2
    ) -> None:
        self.data = choice("data", list(NAMES), data)
        self.features = choice("features", feature_choices(data), feature_choices(data)[0][1])
        self.learning_rate = listed_slider("learning rate", RATES, learning_rate)
        self.steps = count_slider("steps", steps, 0, MOST)
        # Coordinates of the examples that a hand can move; no slider of these is on the page.
        self.points = tuple(
            Number(f"{axis} of class {k}'s large point", 0.0, *REACH, 0.05)
            for k in range(len(MARKS))
            for axis in "xy"
        )
        for coordinate, value in zip(self.points, self._places(), strict=False):
            coordinate.value = value
        self._runs: dict[tuple, Run] = {}
        step = button("Step", self.showing_errors(self._step), "take one step")
        self.data.observe(self.showing_errors(self._follow_data), "value")
        self.features.observe(self.showing_errors(self._put_points_back), "value")
        super().__init__(
            [
                row(self.data, self.features, self.learning_rate),
                row(with_buttons(self.steps, step, self.player(interval=80))),
            ],
            scale,
        )

    def panels(self, width: int, values: dict[str, Any]) -> Sequence[Frame]:
        """Return the panel of the model, and that of its loss."""
        if values["data"] == DIGITS:
            return [panel._replace(lowest=0.7) for panel in PANELS]
        if self.page.height < 1:
            return [panel._replace(height=LOW) for panel in PANELS]
        return PANELS

    def paint(self, canvas: Canvas) -> None:
        """Add the regions or pictures of the weights, and the loss curve."""
        place = canvas.places[0]
        self._panels: dict[bool, RegionPanel | PixelPanel]
        self._panels = {False: RegionPanel(canvas, place), True: PixelPanel(canvas, place)}
        self._draw_loss_panel(canvas)
        self._draw_rates(canvas)

    def compute(
        self,
        data: str,
        features: tuple[int, int],
        learning_rate: float,
        steps: int,
        points: tuple[float, ...],
    ) -> Shown:
        """Return the model after so many steps, and how it does on the examples it learns from."""
        key = data, features, learning_rate, points
        if key not in self._runs:
            if len(self._runs) == RUNS:
                del self._runs[next(iter(self._runs))]
            table = load(data, features)
            self._runs[key] = Run(moved(table, points) if movable(table) else table, learning_rate)
        run = self._runs[key]
        W, b, losses = run.after(steps)
        predicted = linear(run.table.X, W, b).argmax(axis=1)
        wrong = np.flatnonzero(predicted != run.table.labels)
        accuracy = 1 - len(wrong) / len(predicted)
        return Shown(learning_rate, W, b, losses, losses[-1], accuracy, predicted, wrong, run.table)

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
        self._rate.set_data([self.learning_rate.scale.place(s.rate)], [0])
        self._point.set_data([len(s.losses) - 1], [s.loss])
        self._point.set_visible(s.loss <= self._loss_axes.get_ylim()[1])

    def handles(self, s: Shown) -> Sequence[Handle]:
        """Return one point of each class, the loss's, which moves along the steps, and the rate."""
        region = self._panels[False].axes
        handles = [
            Handle(
                f"class {k}", region, tuple(s.table.X[row]), partial(self._to, x, y), "xy", (x, y)
            )
            for k, (row, x, y) in enumerate(
                zip(movable(s.table), self.points[::2], self.points[1::2], strict=False)
            )
        ]
        at, move = (len(s.losses) - 1, s.loss), (self.steps, None)
        if self._point.get_visible():
            to_step = partial(_along, self.steps)
            handles.append(Handle("steps", self._loss_axes, at, to_step, "x", move))
        at, to_rate = (self.learning_rate.position, 0), partial(_along, self.learning_rate)
        handles.append(Handle("η", self._rates, at, to_rate, "x", (self.learning_rate, None)))
        return handles

    def _to(self, horizontal, vertical, x, y):
        """Move a point by whole steps from where it was taken: it may lie between two."""
        for coordinate, place in ((horizontal, x), (vertical, y)):
            start = self.at_taking(coordinate)
            steps = round((place - start) / coordinate.step)
            coordinate.value = start + steps * coordinate.step if steps else start

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

    def _draw_rates(self, canvas):
        """Add the learning rates as a scale, above all losses, with a point on the one in use."""
        left, bottom, width, height = canvas.places[1]
        place = (left + 40, bottom + height - 12, min(width - 54, 180), 1)
        self._rates = panel(canvas, place, (0, len(RATES) - 1), (-1, 1), "")
        self._rates.set_xticks(
            range(len(RATES)), ["" if n % 2 else f"{rate:g}" for n, rate in enumerate(RATES)]
        )
        self._rates.set_yticks([])
        self._rates.spines["left"].set_visible(False)
        label(self._rates, canvas.palette.ink)
        move_label(self._rates.texts[-1], r"$\eta$", (-0.4, 0), -1)
        self._rate = point(self._rates, canvas.palette.ink)
        canvas.animate(self._rate)

    def _arrange_loss(self, K):
        chance = float(np.log(K))
        height = self.canvas.places[1][3]
        self._loss_axes.set_ylim(0, chance * height / (height - UNDER_THE_RATES))
        self._chance.set_ydata([chance, chance])
        move_label(self._chance_name, rf"chance: $\ln\,{K}$", (MOST, 1.05 * chance), -1)

    def _step(self):
        self.steps.value += 1

    def reset(self) -> None:
        """Go back to W = 0 and b = 0, on the same data, its points where they were."""
        with self.hold_updates():
            self._put_points_back()
            self.steps.value = 0

    def _follow_data(self, change):
        with self.hold_updates():
            self.features.options = feature_choices(change.new)
            self._put_points_back()
            self.steps.value = 0

    def _put_points_back(self, change=None):
        with self.hold_updates():
            for coordinate, value in zip(self.points, self._places(), strict=False):
                coordinate.value = value

    def _places(self):
        """Return the coordinates of the movable examples as they are in the data."""
        table = load(self.data.value, self.features.value)
        return table.X[movable(table)].ravel().tolist()


def _along(control, x, _):
    """Set a slider to a place on the horizontal axis."""
    aim(control, x)
