"""The loss of one example, against its label's probability and against its label's logit."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.patches import ConnectionPatch

from lessons.colours import PREDICTION
from lessons.live.base.controls import button, count_slider, row, slider
from lessons.live.base.explorer import Explorer
from lessons.live.base.handle import Handle, aim, log_odds
from lessons.live.base.readout import number, readout, written
from lessons.live.drawing.canvas import Canvas
from lessons.live.drawing.flow import Frame
from lessons.live.drawing.marks import label, move_label, panel, point
from lessons.model import cross_entropy, softmax

REACH = 4.0
CEILING = 10.0
GRID = np.linspace(-REACH, REACH, 241)
PANELS = Frame(58, 34, 54, 44, 272, 230), Frame(54, 34, 54, 44, 272, 230)
SHARES = np.geomspace(np.exp(-CEILING), 1, 400)


class Shown(NamedTuple):
    """The numbers in the picture, all scalars: losses in nats."""

    K: int
    label_logit: float
    other_logits: float
    probability: float
    loss: float
    chance: float


class LossExplorer(Explorer):
    """Move the label's logit and the others': the loss is −ln of the label's probability.

    Parameters
    ----------
    K : int
        Number of classes, 2 to 6.
    z_label, z_others : float
        Logit of the label, and the logit that all other classes have, within [−4, 4].
    scale : int
        Pixels drawn per CSS pixel.

    Examples
    --------
    >>> explorer = LossExplorer(K=4, z_label=1.0, z_others=1.0)
    >>> explorer.probability
    0.25
    """

    controls = ("K", "z_label", "z_others")
    lead = "z_label"
    question = "All logits equal is a guess among K classes: what does it cost? Then move one."

    def __init__(
        self, K: int = 3, z_label: float = 0.0, z_others: float = 0.0, scale: float = 2
    ) -> None:
        self.K = count_slider("K", K, 2, 6)
        self.z_label = slider("z of the label", z_label, -REACH, REACH, 0.1)
        self.z_others = slider("z of the others", z_others, -REACH, REACH, 0.1)
        equal = button("All equal", self._make_equal, "set all logits to 0")
        super().__init__([row(self.z_label, self.z_others, self.K, equal)], scale)

    def panels(self, width: int, values: dict[str, Any]) -> Sequence[Frame]:
        """Return the loss over the probability, and the loss over the logit."""
        return PANELS

    def paint(self, canvas: Canvas) -> None:
        """Add the loss over the probability, and the loss over the logit."""
        self._draw_probability_panel(canvas)
        self._draw_logit_panel(canvas)

    def compute(self, K: int, z_label: float, z_others: float) -> Shown:
        """Return the label's probability, the loss, and the loss of a guess, ln K."""
        z = np.array([z_label, *[z_others] * (K - 1)])
        loss = float(cross_entropy(z, 0))
        return Shown(K, z_label, z_others, float(softmax(z)[0]), loss, float(np.log(K)))

    def draw(self, s: Shown) -> None:
        """Move the points, the line between the panels and the right curve; for K, ln K."""
        if self.canvas.background(s.K):
            for line in self._chance:
                line.set_ydata([s.chance, s.chance])
            move_label(self._chance_name, rf"chance: $\ln\,{s.K}$", (1.02, s.chance + 0.45), -1)
        self._here.set_data([s.probability], [s.loss])
        self._there.set_data([s.label_logit], [s.loss])
        self._level.xy1, self._level.xy2 = (s.probability, s.loss), (s.label_logit, s.loss)
        z = np.full((len(GRID), s.K), s.other_logits)
        z[:, 0] = GRID
        self._curve.set_ydata(cross_entropy(z, np.zeros(len(GRID), int)))

    def handles(self, s: Shown) -> Sequence[Handle]:
        """Return the two points, which move the label's logit."""

        def by_probability(share, _):
            others = np.log(s.K - 1) + s.other_logits
            aim(self.z_label, log_odds(share) + others)

        height, move = min(s.loss, CEILING), (self.z_label, None)
        there = self._there.axes
        return (
            Handle(
                "z", there, (s.label_logit, height), lambda x, _: aim(self.z_label, x), "x", move
            ),
            Handle("ŷ", self._here.axes, (s.probability, height), by_probability, "x", move),
        )

    def describe(self, s: Shown) -> tuple[str, str]:
        """Return the readout, and the picture in words."""
        text = readout(
            number("label_logit", "z of the label", s.label_logit, "+z.2f"),
            number("other_logits", "z of the others", s.other_logits, "+z.2f"),
            number("probability", "ŷ of the label", s.probability, ".6f", PREDICTION),
            number("loss", "L", s.loss, "9.6f", "currentColor"),
            number("chance", f"ln {s.K}", s.chance, ".6f"),
        )
        return text, (
            f"Left: minus the logarithm of the label's probability {s.probability:.4f} is the loss "
            f"{s.loss:.4f}. Right: the same loss over the label's logit "
            f"{written(s.label_logit, '+z.2f')}, the others at {written(s.other_logits, '+z.2f')}. "
            f"A guess among {s.K} classes costs {s.chance:.4f}."
        )

    def _make_equal(self):
        with self.hold_updates():
            self.z_label.value = self.z_others.value = 0

    def _draw_probability_panel(self, canvas):
        colours = canvas.palette
        names = r"$L=-\ln\,\hat{y}_i$", r"probability $\hat{y}_i$ of the label"
        axes = panel(canvas, canvas.places[0], (-0.02, 1.02), (-0.3, CEILING), *names)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "", "0.5", "", "1"])
        axes.plot(SHARES, -np.log(SHARES), color=colours.ink, lw=2.6)
        self._here = point(axes, colours.prediction)
        self._chance = [axes.axhline(0, color=colours.quiet, lw=1.4, dashes=(5, 2.5))]
        self._chance_name = label(axes, colours.quiet)
        canvas.animate(self._here)

    def _draw_logit_panel(self, canvas):
        colours = canvas.palette
        names = r"$L=-z_i+\ln\,\Sigma_t\,e^{z_t}$", "logit $z_i$ of the label"
        limits = (-REACH - 0.2, REACH + 0.2)
        axes = panel(canvas, canvas.places[1], limits, (-0.3, CEILING), *names)
        (self._curve,) = axes.plot(GRID, 0 * GRID, color=colours.ink, lw=2.6, zorder=3)
        self._there = point(axes, colours.prediction)
        self._chance.append(axes.axhline(0, color=colours.quiet, lw=1.4, dashes=(5, 2.5)))
        left = self._here.axes
        self._level = ConnectionPatch((0, 0), (0, 0), "data", "data", axesA=left, axesB=axes)
        self._level.set(color=colours.prediction, linestyle=(0, (2, 2)), linewidth=1.4, zorder=2)
        canvas.figure.add_artist(self._level)
        self._level.set_visible(
            canvas.places[0][1] == canvas.places[1][1]
        )  # the panels' heights meet
        canvas.animate(self._curve, self._there, self._level)
