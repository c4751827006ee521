"""Calibration of a model: its reliability diagram, and the loss over the temperature."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lessons.colours import LIGHT, PREDICTION, TARGET
from lessons.datasets import digits, split
from lessons.live.base.controls import listed_slider, log_slider, row
from lessons.live.base.explorer import Explorer
from lessons.live.base.handle import Handle, aim
from lessons.live.base.readout import entries, number, readout, table
from lessons.live.drawing.canvas import Canvas
from lessons.live.drawing.flow import Frame
from lessons.live.drawing.marks import guide_line, panel, point
from lessons.model import fit, linear, reliability, softmax, tempered_cross_entropy

COLDEST, HOTTEST = -3, 3  # powers of two
EXPONENTS = np.linspace(COLDEST, HOTTEST, 97)
PANELS = Frame(58, 22, 54, 46, 270, 220), Frame(62, 26, 54, 46, 270, 200)
STEPS = 300  # and a learning rate of 2: the digits as lesson 08 learned them


class Shown(NamedTuple):
    """The numbers in the picture; the last three have an entry a bin, NaN where it is empty."""

    temperature: float
    loss: float
    calibration_error: float
    said: float
    right: float
    share: np.ndarray
    confidence: np.ndarray
    accuracy: np.ndarray


class CalibrationExplorer(Explorer):
    """Move T: what a model says of its guesses moves, and what happens stays.

    Parameters
    ----------
    logits : array, shape (n, K), optional
        Of examples that took no part in training; unless told, lesson 08's model of the digits.
    labels : int array, shape (n,), optional
        Their classes.
    T : float
        Temperature, within [1/8, 8].
    bins : int
        5, 10 or 15.
    scale : float
        Pixels drawn per CSS pixel.

    Examples
    --------
    >>> explorer = CalibrationExplorer([[1.0, 0.0], [0.0, 2.0], [0.5, 0.0]], [0, 1, 1])
    >>> round(explorer.right, 4)
    0.6667
    """

    controls = ("T", "bins")
    lead = "T"
    question = "Blue is what the model says, orange what happens: which way do they part?"

    def __init__(
        self,
        logits: ArrayLike | None = None,
        labels: ArrayLike | None = None,
        T: float = 1.0,
        bins: int = 10,
        scale: float = 2,
    ) -> None:
        if (logits is None) != (labels is None):
            raise ValueError("logits and labels come together, got only one of them")
        pair = _held_out() if logits is None else (np.array(logits, float), np.array(labels))
        self._logits: np.ndarray
        self._labels: np.ndarray
        self._logits, self._labels = pair
        self._losses = np.array([self._loss(2.0**at) for at in EXPONENTS])
        self.T = log_slider("temperature T", T, COLDEST, HOTTEST, 0.0625, base=2, spec=".3f")
        self.bins = listed_slider("bins", [5, 10, 15], bins)
        super().__init__([row(self.T, self.bins)], scale)

    def panels(self, width: int, values: dict[str, Any]) -> Sequence[Frame]:
        """Return the diagram, and the loss over the temperature."""
        return PANELS

    def paint(self, canvas: Canvas) -> None:
        """Add the diagonal with a point for each bin on it, and one where the accuracy is."""
        colours = canvas.palette
        names = "said (blue), and happened (orange)", "confidence"
        axes = panel(canvas, canvas.places[0], (0, 1), (0, 1.03), *names)
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_ticks([0, 0.5, 1], ["0", "0.5", "1"])
        axes.plot([0, 1], [0, 1], color=colours.faint, lw=1.2, zorder=1)
        (self._gaps,) = axes.plot([], [], color=colours.gradient, lw=3, zorder=3)
        self._said, self._happened = (
            axes.plot([], [], mark, ms=7, color=colour, mec=colours.ground, zorder=4)[0]
            for mark, colour in (("o", colours.prediction), ("s", colours.target))
        )
        top = 1.05 * self._losses.max()
        names = "mean loss, in nats", "temperature $T$"
        axes = panel(canvas, canvas.places[1], (COLDEST, HOTTEST), (0, top), *names)
        ticks = range(COLDEST, HOTTEST + 1)
        axes.set_xticks(ticks, [f"{2.0**t:g}" if t >= 0 else f"1/{2**-t}" for t in ticks])
        axes.plot(EXPONENTS, self._losses, color=colours.ink, lw=2.2)
        self._drop, self._point = guide_line(axes, colours.quiet), point(axes, colours.ink)
        canvas.animate(self._gaps, self._said, self._happened, self._drop, self._point)

    def compute(self, T: float, bins: int) -> Shown:
        """Return the bins and the means at a temperature."""
        z = self._logits / T
        share, confidence, accuracy = reliability(z, self._labels, bins)
        gaps = np.where(share > 0, abs(accuracy - confidence), 0)
        right = float((z.argmax(axis=1) == self._labels).mean())
        said = float(softmax(z).max(axis=1).mean())
        error = float((share * gaps).sum())
        return Shown(T, self._loss(T), error, said, right, share, confidence, accuracy)

    def draw(self, s: Shown) -> None:
        """Move the points, the lines between them, and the place on the curve."""
        self._said.set_data(s.confidence, s.confidence)
        self._happened.set_data(s.confidence, s.accuracy)
        apart = np.full_like(s.confidence, np.nan)
        self._gaps.set_data(
            np.stack((s.confidence, s.confidence, apart), axis=1).ravel(),
            np.stack((s.confidence, s.accuracy, apart), axis=1).ravel(),
        )
        place = np.log2(s.temperature)
        self._drop.set_data([place, place], [0, s.loss])
        self._point.set_data([place], [s.loss])

    def handles(self, s: Shown) -> Sequence[Handle]:
        """Return the point on the curve, which moves T."""
        place = np.log2(s.temperature), s.loss
        return (
            Handle("T", self._point.axes, place, lambda x, _: aim(self.T, x), "x", (self.T, None)),
        )

    def describe(self, s: Shown) -> tuple[str, str]:
        """Return the readout, and the picture in words."""
        filled = np.flatnonzero(s.share)
        rows = (
            entries(words, ((f"{name}[{k}]", getattr(s, name)[k]) for k in filled), ".3f", colour)
            for name, words, colour in (
                ("share", "share of all", "transparent"),
                ("confidence", "said", PREDICTION),
                ("accuracy", "happened", TARGET),
            )
        )
        bins = len(s.share)
        text = readout(
            number("temperature", "T", s.temperature, "6.3f"),
            number("loss", "mean loss", s.loss, ".4f"),
            number("said", "said, on average", s.said, ".4f", PREDICTION),
            number("right", "right", s.right, ".4f", TARGET),
            number(
                "calibration_error", "calibration error", s.calibration_error, ".4f", LIGHT.gradient
            ),
        ) + table([f"≥ {k / bins:.2f}" for k in filled], *rows)
        return text, (
            f"At the temperature {s.temperature:.3f} the model says {s.said:.3f} on average and is "
            f"right in {s.right:.3f} of its guesses; the calibration error is "
            f"{s.calibration_error:.3f} and the mean loss {s.loss:.3f}."
        )

    def _loss(self, T):
        return float(tempered_cross_entropy(self._logits, self._labels, float(T)).mean())


@cache
def _held_out():
    """Logits and labels of the digits that lesson 08's model has not seen."""
    data = digits()
    train, test = split(data.labels, test_fraction=1 / 3, seed=0)
    ink = data.X / 16
    W, b, _ = fit(ink[train], data.labels[train], learning_rate=2.0, steps=STEPS)
    return linear(ink[test], W, b), data.labels[test]
