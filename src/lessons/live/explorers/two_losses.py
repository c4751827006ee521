"""Gradient descent by cross-entropy and by squared error, side by side, from one place."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from lessons.colours import LIGHT
from lessons.live.base.controls import listed_slider, row, slider, with_buttons
from lessons.live.base.handle import Handle, aim
from lessons.live.base.playing import PlayedExplorer
from lessons.live.base.readout import entries, number, readout, table, written
from lessons.live.drawing.canvas import Canvas
from lessons.live.drawing.flow import Frame
from lessons.live.drawing.marks import panel, point
from lessons.model import binary_cross_entropy, binary_cross_entropy_gradient, sigmoid

REACH = 8.0  # beyond the outermost place where an example's logit is 0
RATES = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0)
# Every step at first, and then about a fifth more each time.
STEPS = (*range(11), *(int(n) for n in np.geomspace(12, 2000, 30)))
PANEL = Frame(46, 20, 54, 40, 236, 190)
NAMES = "cross-entropy", "squared error"
COLOURS = "currentColor", LIGHT.other


class Shown(NamedTuple):
    """The numbers in the picture: of each loss the path, and where it ends; losses are means."""

    entropy_path: np.ndarray
    squared_path: np.ndarray
    entropy_place: float
    squared_place: float
    entropy_loss: float
    squared_loss: float
    entropy_slope: float
    squared_slope: float


FIELDS = Shown._fields[2::2], Shown._fields[3::2]  # of either loss


class TwoLossesExplorer(PlayedExplorer):
    """Drop b anywhere and play: each loss leads downhill to the bottom of the valley it began in.

    The logits are z = x + b; only b learns.

    Parameters
    ----------
    x, y : sequence of float
        Of each example what its logit is without b, and its target within [0, 1].
    start : float
        Where both descents begin, within 8 of some −x.
    rate : float
        Learning rate η, within [1, 1000].
    steps : int
        Steps taken, at most 2000.
    letter : str
        What b is called: of one example with x = 0 it is the logit z itself.
    scale : float
        Pixels drawn per CSS pixel.

    Examples
    --------
    >>> explorer = TwoLossesExplorer(x=(0,), y=(1,), start=0.0, steps=1, rate=1.0)
    >>> explorer.entropy_path.tolist(), explorer.squared_path.tolist()
    ([0.0, 0.5], [0.0, 0.25])
    """

    controls = ("start", "steps", "rate")
    lead = "start"
    film = "steps", (0, STEPS[-1])
    question = "Take a ring to where both begin, and play: where does each loss lead, and how soon?"

    def __init__(
        self,
        x: Sequence[float] = (6, 2, -4, -5, -10),
        y: Sequence[float] = (1, 0, 1, 1, 0),
        start: float = -1.0,
        rate: float = 10.0,
        steps: int = 0,
        letter: str = "b",
        scale: float = 2,
    ) -> None:
        self._x, self._y = np.array(x, float), np.array(y, float)
        if self._x.shape != self._y.shape or self._x.ndim != 1 or not len(self._x):
            raise ValueError(f"x and y must have one number for each example, got {x} and {y}")
        if not (np.isfinite(self._x).all() and (abs(self._y - 0.5) <= 0.5).all()):
            raise ValueError(f"x must be finite and y within [0, 1], got {x} and {y}")
        self._range = float(min(-self._x)) - REACH, float(max(-self._x)) + REACH
        self._grid = np.linspace(*self._range, 401)
        self._letter = letter
        self._walked: tuple[Any, list[np.ndarray]] = None, []  # start and rate, and b of each step
        self.start = slider(f"start of {letter}", start, *self._range, 0.25)
        self.steps = listed_slider("steps", STEPS, steps)
        self.rate = listed_slider("learning rate η", RATES, rate)
        super().__init__(
            [row(self.start, self.rate), row(with_buttons(self.steps, self.player(150)))], scale
        )

    def panels(self, width: int, values: dict[str, Any]) -> Sequence[Frame]:
        """Return both losses, and the way over the steps."""
        return (PANEL,) * 3

    def paint(self, canvas: Canvas) -> None:
        """Add both losses with the bottoms of their valleys, and the way over the steps."""
        colours = canvas.palette
        looks = {"color": colours.ink}, {"color": colours.other, "dashes": (5, 2)}
        curves = self._losses(self._grid)
        self._balls = [
            self._loss_panel(canvas, k, curve, look)
            for k, (curve, look) in enumerate(zip(curves, looks, strict=True))
        ]
        self._ways_panel(canvas, looks)

    def compute(self, start: float, steps: int, rate: float) -> Shown:
        """Return where each loss leads in so many steps, and what it says there."""
        if self._walked[0] != (start, rate):
            self._walked = (start, rate), [np.full(2, start)]
        path = self._walked[1]
        while len(path) <= steps:  # each loss has its own b: the diagonal
            there = path[-1] - rate * np.diag(self._slopes(path[-1]))
            at_rest = np.array_equal(path[-1], there)
            path += [there] * (STEPS[-1] if at_rest else 1)
        paths = np.array(path[: steps + 1]).T
        ends = paths[:, -1]
        losses, slopes = np.diag(self._losses(ends)), np.diag(self._slopes(ends))
        return Shown(*paths, *map(float, (*ends, *losses, *slopes)))

    def draw(self, s: Shown) -> None:
        """Move the rings, both paths and both points."""
        for k, path in enumerate((s.entropy_path, s.squared_path)):
            ring, trail, ball = self._balls[k]
            height = self._losses(path)[k]
            for line, part in ((ring, slice(1)), (trail, slice(-1)), (ball, slice(-1, None))):
                line.set_data(path[part], height[part])
            low, high = self._range
            ball.set_visible(low <= path[-1] <= high)
            self._ways[k].set_data(_along(np.arange(len(path))), path)
        now = _along(len(s.entropy_path) - 1)
        self._now.set_data([now, now], self._range)

    def handles(self, s: Shown) -> Sequence[Handle]:
        """Return the ring of each loss, which is where both begin, and the number of steps."""

        def to_start(x, _):
            aim(self.start, x)

        def to_steps(x, _):
            aim(self.steps, int(np.argmin(abs(_along(np.array(STEPS)) - x))))

        start, nudge = s.entropy_path[0], (self.start, None)
        rings = [
            Handle(f"start on {name}", ball.axes, (start, float(loss)), to_start, "x", nudge)
            for name, (*_, ball), loss in zip(
                NAMES, self._balls, self._losses(s.entropy_path[:1])[:, 0], strict=True
            )
        ]
        low, high = self._range
        at = float(_along(len(s.entropy_path) - 1)), (low + high) / 2
        nudge = self.steps, None
        return (*rings, Handle("steps", self._now.axes, at, to_steps, "x", nudge, (24, 150)))

    def describe(self, s: Shown) -> tuple[str, str]:
        """Return the readout, and the picture in words."""
        steps, b = len(s.entropy_path) - 1, self._letter
        text = readout(
            number("start.value", f"start of {b}", s.entropy_path[0], "+z.2f"),
            number("steps.value", "steps", steps, "4.0f"),
        ) + table(
            [f"{b} now", "loss", "slope"],
            *(
                entries(name, [(f, getattr(s, f)) for f in fields], "+z.4f", colour)
                for name, fields, colour in zip(NAMES, FIELDS, COLOURS, strict=True)
            ),
        )
        return text, (
            f"Two losses over {b}, and {b} over the steps of gradient descent. From {b} = "
            f"{written(s.entropy_path[0], '+z.2f')}, {steps} steps lead cross-entropy to "
            f"{written(s.entropy_place, '+z.2f')}, where the loss is {s.entropy_loss:.4f}, and "
            f"squared error to {written(s.squared_place, '+z.2f')}, where it is "
            f"{s.squared_loss:.4f}."
        )

    def _losses(self, b):
        """Return the mean cross-entropy and the mean squared error, one row each, for each b."""
        z, y = self._examples(b)
        error = sigmoid(z) - y
        return np.array([binary_cross_entropy(z, y).mean(axis=1), (error**2).mean(axis=1)])

    def _slopes(self, b):
        """Return their derivatives by b."""
        z, y = self._examples(b)
        gap, (p, q) = binary_cross_entropy_gradient(z, y), sigmoid(np.array([z, -z]))
        return np.array([gap, 2 * gap * p * q]).mean(axis=2)

    def _examples(self, b):
        z = self._x + np.asarray(b)[:, np.newaxis]
        return z, np.broadcast_to(self._y, z.shape)

    def _loss_panel(self, canvas, k, curve, look):
        """Add one loss, a mark at each bottom; return its ring, the steps before and the point."""
        colours = canvas.palette
        limits = -0.04 * curve.max(), 1.06 * curve.max()
        axes = panel(canvas, canvas.places[k], self._range, limits, NAMES[k], f"${self._letter}$")
        axes.set_title(NAMES[k], loc="left", pad=9, color=look["color"])
        axes.plot(self._grid, curve, lw=2.6, zorder=3, **look)
        rising = self._slopes(self._grid)[k] >= 0
        bottoms = 1 + np.flatnonzero(~rising[:-1] & rising[1:])
        for bottom in self._grid[bottoms]:
            axes.axvline(bottom, color=colours.quiet, lw=1.2, dashes=(2, 2), zorder=1)
        ball = point(axes, look["color"])
        (trail,) = axes.plot([], [], "o", ms=4.5, zorder=4, color=colours.quiet)
        look = {"ms": 15, "mfc": "none", "mew": 1.8, "clip_on": False, "color": colours.quiet}
        (ring,) = axes.plot([], [], "o", zorder=5, **look)
        canvas.animate(ring, trail, ball)
        return ring, trail, ball

    def _ways_panel(self, canvas, looks):
        """Add b over the steps, whose axis is logarithmic but for its beginning at 0."""
        ends = float(_along(0)), float(_along(STEPS[-1])) + 0.05
        title = f"${self._letter}$ over the steps"
        axes = panel(canvas, canvas.places[2], ends, self._range, title, "steps")
        ticks = 0, 1, 10, 100, 1000
        axes.set_xticks(_along(np.array(ticks)), [str(t) for t in ticks])
        axes.yaxis.get_major_locator().set_params(integer=True, steps=[1, 2, 4, 5, 10])
        axes.axhline(0, color=canvas.palette.faint, lw=1, zorder=1)
        end = {"marker": "o", "ms": 9, "mec": canvas.palette.ground, "markevery": [-1]}
        self._ways = [axes.plot([], [], lw=2.6, zorder=4, **end, **look)[0] for look in looks]
        (self._now,) = axes.plot([], [], color=canvas.palette.quiet, lw=1.2, dashes=(2, 2))
        canvas.animate(self._now, *self._ways)


def _along(steps):
    """Return where a number of steps lies on the axis: its power of ten, and 0 left of 1."""
    return np.log10(np.maximum(steps, 0.4))
