"""Variants of the loss: the gap ŷ − y beside what each of them makes of it."""

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from lessons.colours import GRADIENT, LIGHT, PREDICTION, TARGET
from lessons.live.base.controls import choice, row, slider, sliders
from lessons.live.base.explorer import Explorer
from lessons.live.base.handle import Handle, aim_share
from lessons.live.base.readout import number, readout, table, vector
from lessons.live.drawing.canvas import Canvas
from lessons.live.drawing.flow import Frame
from lessons.live.drawing.marks import bar_size, bars, inked, panel, raise_bars, reach, show_classes
from lessons.model import (
    cross_entropy_gradient,
    focal_loss_gradient,
    multilabel_cross_entropy_gradient,
    sigmoid,
    smoothed_cross_entropy_gradient,
    softmax,
    tempered_cross_entropy_gradient,
    weighted_cross_entropy_gradient,
)

K = 3
FRAME = Frame(46, 16, 50, 40, 230, 160)
BENDS = {  # what the amount is called, its least and largest value, and where it starts
    "temperature": ("T", 0.25, 4.0, 2.0),
    "label smoothing": ("ε", 0.0, 1.0, 0.3),
    "class weights": ("w of the true class", 0.0, 4.0, 3.0),
    "focal loss": ("γ", 0.0, 5.0, 2.0),
    "K sigmoids": ("(no number)", 0.0, 1.0, 1.0),
}
TITLES = {
    "temperature": r"$(\hat{y}-y)/T$",
    "label smoothing": r"$\hat{y}-y_\varepsilon$",
    "class weights": r"$w_i\,(\hat{y}-y)$",
    "focal loss": r"$f\cdot(\hat{y}-y)$",
    "K sigmoids": r"$\sigma(z)-y$",
}


class Shown(NamedTuple):
    """The numbers in the picture: vectors over the classes, before and after, and one ratio."""

    probabilities: np.ndarray
    targets: np.ndarray
    gap: np.ndarray
    bent_probabilities: np.ndarray
    bent_targets: np.ndarray
    bent_gap: np.ndarray
    factor: float
    bend: str


class BentGapExplorer(Explorer):
    """Bend the loss: temperature, label smoothing, class weights, focal loss or K sigmoids.

    Parameters
    ----------
    bend : str
        Which of the five.
    amount : float, optional
        T within [1/4, 4], ε within [0, 1], the true class's weight within [0, 4], γ within [0, 5].
    label : int
        The true class, of three.
    logits : sequence of 3 floats
        In nats, within [−6, 6].
    scale : float
        Pixels drawn per CSS pixel.

    Examples
    --------
    >>> explorer = BentGapExplorer("temperature", 2.0, label=1, logits=(0.0, 0.0, 0.0))
    >>> (explorer.bent_gap / explorer.gap).round(12).tolist()
    [0.5, 0.5, 0.5]
    """

    controls = ("bend", "amount", "label", "logits")
    lead = "amount"
    question = "Which bars of the gap change, by how much, and does their sum stay 0?"

    def __init__(
        self,
        bend: str = "label smoothing",
        amount: float | None = None,
        label: int = 0,
        logits: Sequence[float] = (1.0, 0.0, -1.0),
        scale: float = 2,
    ) -> None:
        if len(logits) != K:
            raise ValueError(f"logits must be those of {K} classes, got {logits}")
        self.bend = choice("loss", list(BENDS), bend)
        name, low, high, start = BENDS[bend]
        self.amount = slider(name, start if amount is None else amount, low, high, 0.05, ".2f")
        self.amount.disabled = bend == "K sigmoids"
        self.label = choice("true class", list(range(K)), label)
        self.logits = sliders("z", logits, -6, 6, 0.1)
        self.bend.observe(self.showing_errors(self._follow_bend), "value")
        super().__init__([row(self.bend, self.amount, self.label), row(*self.logits)], scale)

    def panels(self, width: int, values: dict[str, Any]) -> Sequence[Frame]:
        """Return the prediction, the gap, and the bent gap."""
        return (FRAME,) * 3

    def paint(self, canvas: Canvas) -> None:
        """Add the bars of three vectors; the last panel's axis follows its bars."""
        colours = canvas.palette
        titles = r"prediction $\hat{y}$", r"gap $\hat{y}-y$", ""
        limits = (0, 1.05), (-1.05, 1.05), (-1.05, 1.05)
        marks = colours.prediction, colours.gradient, colours.other
        self._axes = [
            panel(canvas, place, (0, 1), limit, title, "class")
            for place, limit, title in zip(canvas.places, limits, titles, strict=True)
        ]
        for axes in self._axes:
            axes.axhline(0, color=colours.axis, lw=0.9)
            show_classes(axes, K)
        self._bars = [bars(axes, K, m) for axes, m in zip(self._axes, marks, strict=True)]
        canvas.animate(*(bar for group in self._bars for bar in group))

    def compute(self, bend: str, amount: float, label: int, logits: Sequence[float]) -> Shown:
        """Return prediction, target and gap, before and after."""
        z, y = np.array(logits), np.eye(K)[label]
        p, gap = softmax(z), cross_entropy_gradient(z, label)
        bent_p, bent_y = p, y
        if bend == "temperature":
            bent_p, bent = softmax(z / amount), tempered_cross_entropy_gradient(z, label, amount)
        elif bend == "label smoothing":
            bent = smoothed_cross_entropy_gradient(z, label, amount)
            bent_y = (1 - amount) * y + amount / K
        elif bend == "class weights":
            weights = np.where(y == 1, amount, 1.0)
            bent = weighted_cross_entropy_gradient(z, label, weights)
        elif bend == "focal loss":
            bent = focal_loss_gradient(z, label, amount)
        else:
            bent_p, bent = sigmoid(z), multilabel_cross_entropy_gradient(z, y)
        return Shown(p, y, gap, bent_p, bent_y, bent, float(bent[label] / gap[label]), bend)

    def draw(self, s: Shown) -> None:
        """Raise all bars; the last axis reaches to a power of two."""
        end = reach(s.bent_gap)
        if self.canvas.background((s.bend, end)):
            axes = self._axes[2]
            axes.set_ylim(-1.05 * end, 1.05 * end)
            axes.set_title(TITLES[s.bend], loc="left", fontsize=13, pad=9, **inked(self.canvas))
        for group, heights in zip(self._bars, (s.probabilities, s.gap, s.bent_gap), strict=True):
            raise_bars(group, heights)

    def handles(self, s: Shown) -> Sequence[Handle]:
        """Return the tops of the prediction's bars, which move the logits."""
        axes = self._axes[0]
        size = bar_size(axes, K)
        return [
            Handle(f"ŷ{k}", axes, (k, p), partial(self._to_share, k), "y", (None, z), size)
            for k, (p, z) in enumerate(zip(s.probabilities, self.logits, strict=True))
        ]

    def _to_share(self, k, _, y):
        aim_share(self.logits, k, y)

    def describe(self, s: Shown) -> tuple[str, str]:
        """Return the readout, and the picture in words."""
        text = table(
            [*(f"class {k}" for k in range(K)), "sum"],
            vector("probabilities", "ŷ", s.probabilities, ".4f", PREDICTION),
            vector("targets", "y", s.targets, ".4f", TARGET),
            vector("gap", "ŷ − y", s.gap, "+z.4f", GRADIENT),
            vector("bent_probabilities", "ŷ, bent", s.bent_probabilities, ".4f", PREDICTION),
            vector("bent_targets", "y, bent", s.bent_targets, ".4f", TARGET),
            vector("bent_gap", "gradient, bent", s.bent_gap, "+z.4f", LIGHT.other),
        ) + readout(number("factor", "true class, after by before", s.factor, "+z.4f"))
        before, after = (
            ", ".join(f"{one:+.3f}".replace("-", "−") for one in gap) for gap in (s.gap, s.bent_gap)
        )
        return text, f"The gap is {before}. With {s.bend} the gradient is {after}."

    def _follow_bend(self, change):
        """Let the slider stand for the new loss's own number."""
        name, low, high, start = BENDS[change.new]
        with self.hold_updates():
            self.amount.become(name, start, low, high)
        self.amount.disabled = change.new == "K sigmoids"
