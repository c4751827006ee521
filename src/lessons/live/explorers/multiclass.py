"""K classes: ŷ, y and their difference side by side, for hard and for soft targets."""

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from ipywidgets import Widget

from lessons.colours import GRADIENT, PREDICTION, TARGET
from lessons.live.base.controls import checkbox, choice, count_slider, lay_out, row, sliders
from lessons.live.base.descent import Descent
from lessons.live.base.explorer import Explorer
from lessons.live.base.handle import Handle, aim, aim_share, log_odds
from lessons.live.base.readout import number, readout, table, vector, written
from lessons.live.drawing.canvas import Canvas
from lessons.live.drawing.difference_panels import DifferencePanels, frames
from lessons.live.drawing.flow import Frame
from lessons.live.drawing.loss_path import FRAME as LOSSES
from lessons.live.drawing.loss_path import LossPath, reach
from lessons.live.drawing.marks import bar_size, put
from lessons.live.drawing.simplex import CORNERS, Simplex, shares_at
from lessons.live.drawing.simplex import FRAME as SIMPLEX
from lessons.model import cross_entropy, cross_entropy_gradient, numerical_gradient, softmax

MOST = 6
SOFT = "soft"


class Shown(NamedTuple):
    """The numbers in the picture; vectors have shape (K,), the loss is in nats.

    `finite_differences` is None unless they are asked for: they are most of the work. `path` are
    the probabilities before each step and now, shape (steps + 1, K); `losses` belong to them.
    """

    targets: np.ndarray
    probabilities: np.ndarray
    loss: float
    loss_after: float
    gradient: np.ndarray
    finite_differences: np.ndarray | None
    with_simplex: bool
    path: np.ndarray
    losses: np.ndarray


class MulticlassExplorer(Explorer):
    """Move K logits and the target: ŷ − y, its loss, and for K = 3 the arrow in the simplex.

    Parameters
    ----------
    logits : sequence of 2 to 6 floats
        In nats, within [−6, 6]; their number is K.
    target : int or "soft"
        The label, or a soft target y = u/Σu with a weight u ≥ 0 for each class.
    scale : int
        Pixels drawn per CSS pixel.

    Examples
    --------
    >>> explorer = MulticlassExplorer(logits=(0.0, 0.0), target=1)
    >>> explorer.gradient.tolist()
    [0.5, -0.5]
    """

    controls = ("K", "logits", "target", "weights", "simplex", "differences", "rate")
    lead = "logits", 1
    question = "Look at the green bars: which one points down, and what do they sum to?"

    def __init__(
        self, logits: Sequence[float] = (1.0, 0.0, -1.0), target: int | str = 0, scale: float = 2
    ) -> None:
        K = len(logits)
        self.K = count_slider("K", K, 2, MOST)
        self.logits = sliders("z", [*logits, *[0.0] * (MOST - K)], -6, 6, 0.1)
        self.target = choice("target", _targets(K), target)
        self.weights = sliders("u", (0.6, 0.3, 0.1, 0.0, 0.0, 0.0), 0, 1, 0.05, ".2f")
        self.simplex = checkbox("simplex")
        self.differences = checkbox("finite differences")
        self._vectors = row(), row()
        for control in (self.K, self.target, *self.weights):
            control.observe(self.showing_errors(self._keep_possible), "value")
        self._show_controls()
        moved = (self.K, *self.logits, self.target, *self.weights)
        self.descent = Descent(self, self._gradient, lambda: self.logits[: self.K.value], moved)
        self.rate = self.descent.rate
        first = row(self.K, self.target, self.simplex, self.differences)
        super().__init__([first, *self._vectors, self.descent.row], scale)

    def panels(self, width: int, values: dict[str, Any]) -> Sequence[Frame]:
        """Return three bar charts, and the simplex where three classes have one."""
        with_simplex = values["simplex"] and values["K"] == 3
        if not (with_simplex or values["path"]):
            return frames(width)
        more = SIMPLEX if with_simplex else LOSSES
        beside = width >= 3 * 150 + more.least
        return (*frames(width - more.least if beside else width), more)

    def paint(self, canvas: Canvas) -> None:
        """Add the bars, and the simplex that is shown on request."""
        self._panels = DifferencePanels(canvas, MOST)
        self._triangle = Simplex(canvas)
        self._losses = LossPath(canvas)

    def values(self, control: Widget | None = None, value: object = None) -> dict[str, Any]:
        """Return the controls' values; logits and weights of the K classes in use."""
        values = super().values(control, value)
        K = values["K"]
        values |= {name: values[name][:K] for name in ("logits", "weights")}
        values["path"] = self.descent.path
        return values

    def compute(
        self,
        K: int,
        logits: Sequence[float],
        target: int | str,
        weights: Sequence[float],
        simplex: bool,
        differences: bool,
        rate: float,
        path: tuple[tuple[float, ...], ...],
    ) -> Shown:
        """Return all numbers for K logits and a label or the weights of a soft target."""
        z = np.array(logits)
        u = np.array(weights) if target == SOFT else np.eye(K)[int(target)]
        y = u / u.sum()
        gradient = cross_entropy_gradient(z, y)
        passed = np.array([*path, z])
        return Shown(
            y,
            softmax(z),
            float(cross_entropy(z, y)),
            float(cross_entropy(z - rate * gradient, y)),
            gradient,
            numerical_gradient(lambda t: cross_entropy(t, y), z) if differences else None,
            simplex and K == 3,
            softmax(passed),
            cross_entropy(passed, np.tile(y, (len(passed), 1))),
        )

    def _gradient(self):
        return self.compute(**self.values()).gradient

    def draw(self, s: Shown) -> None:
        """Raise the bars and move the arrow in the simplex."""
        with_losses = len(s.path) > 1 and not s.with_simplex
        key = len(s.targets), s.with_simplex, reach(s.losses) if with_losses else None
        if self.canvas.background(key):
            self._panels.arrange(len(s.targets), self.canvas.places[:3])
            self._triangle.axes.set_visible(s.with_simplex)
            if s.with_simplex:
                put(self._triangle.axes, self.canvas.places[3], self.canvas)
            self._losses.axes.set_visible(with_losses)
            if with_losses:
                self._losses.arrange(s.losses, self.canvas.places[3])
        self._panels.draw(s.probabilities, s.targets, s.gradient)
        if s.with_simplex:
            self._triangle.draw(s.probabilities, s.targets, s.path)
        if with_losses:
            self._losses.draw(s.losses)

    def handles(self, s: Shown) -> Sequence[Handle]:
        """Return the tops of ŷ's bars and, of a soft target, of y's; the points of the simplex."""
        K, soft = len(s.targets), self.target.value == SOFT
        size = bar_size(self._panels.axes[0], K)
        handles = []
        for k, (p, y) in enumerate(zip(s.probabilities, s.targets, strict=True)):
            axes, nudge = self._panels.axes, (None, self.logits[k])
            move = partial(self._to_share, k)
            handles.append(Handle(f"ŷ{k}", axes[0], (k, p), move, "y", nudge, size))
            if soft:
                move, nudge = partial(self._to_target, k), (None, self.weights[k])
                handles.append(Handle(f"y{k}", axes[1], (k, y), move, "y", nudge, size))
        if s.with_simplex:
            ends = {"ŷ": (s.probabilities, self._to_point)}
            ends |= {"y": (s.targets, self._to_soft_target)} if soft else {}
            triangle = self._triangle.axes
            handles += [
                Handle(name, triangle, tuple(shares @ CORNERS), move, "xy")
                for name, (shares, move) in ends.items()
            ]
        return handles

    def _to_share(self, k, _, y):
        aim_share(self.logits[: self.K.value], k, y)

    def _to_target(self, k, _, y):
        others = sum(u.value for j, u in enumerate(self.weights[: self.K.value]) if j != k)
        aim(self.weights[k], others * np.exp(log_odds(y)))

    def _to_point(self, x, y):
        """Set the three logits, of unchanged mean, so that their softmax is this point."""
        mean = sum(z.value for z in self.logits[:3]) / 3
        logs = np.log(shares_at(x, y))
        for z, log_share in zip(self.logits[:3], logs - logs.mean(), strict=True):
            aim(z, mean + log_share)

    def _to_soft_target(self, x, y):
        for u, share in zip(self.weights[:3], shares_at(x, y), strict=True):
            aim(u, share)

    def describe(self, s: Shown) -> tuple[str, str]:
        """Return the readout, and the picture in words."""
        rows = [
            vector("probabilities", "ŷ", s.probabilities, ".4f", PREDICTION),
            vector("targets", "y", s.targets, ".4f", TARGET),
            vector("gradient", "ŷ − y", s.gradient, "+z.4f", GRADIENT),
        ]
        if s.finite_differences is not None:
            quotients = "[L(z+h) − L(z−h)] / 2h"
            rows.append(vector("finite_differences", quotients, s.finite_differences))
        headings = [f"class {k}" for k in range(len(s.targets))]
        text = table([*headings, "sum"], *rows) + readout(
            number("loss", "L", s.loss, ".6f"),
            number("loss_after", "L after a step of η", s.loss_after, ".6f"),
        )
        return text, "Bars over the classes. " + "; ".join(
            f"class {k}: ŷ {p:.3f} minus y {y:.3f} is {written(g, '+z.3f')}"
            for k, (p, y, g) in enumerate(zip(s.probabilities, s.targets, s.gradient, strict=True))
        )

    def _keep_possible(self, change):
        """Undo what would leave a soft target without any weight, then follow K and the target."""
        with self.hold_updates():
            if self.target.value == SOFT and not any(u.value for u in self.weights[: self.K.value]):
                change.owner.value = change.old
                self.notice = "At least one weight u has to be positive: the change was undone."
            if change.owner is self.K:
                self._follow_K()
            self._show_controls()

    def _follow_K(self):
        target = self.target.value
        self.target.options = _targets(self.K.value)
        self.target.value = target if target == SOFT else min(target, self.K.value - 1)

    def _show_controls(self):
        K, soft = self.K.value, self.target.value == SOFT
        logit_row, weight_row = self._vectors
        lay_out(logit_row, self.logits[:K])
        lay_out(weight_row, self.weights[:K] if soft else ())
        self.simplex.disabled = K != 3


def _targets(K):
    return [*((f"class {k}", k) for k in range(K)), ("soft: y = u/Σu", SOFT)]
