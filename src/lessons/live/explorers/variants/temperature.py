"""Softmax at a temperature: the probabilities of z/T, and their gradient (ŷ − y)/T."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from lessons.colours import GRADIENT, PREDICTION
from lessons.live.base.controls import choice, log_slider, row
from lessons.live.base.explorer import Explorer
from lessons.live.base.handle import Handle, aim
from lessons.live.base.readout import number, readout, table, vector
from lessons.live.drawing.canvas import Canvas
from lessons.live.drawing.flow import Frame
from lessons.live.drawing.marks import (
    bars,
    guide_line,
    label,
    move_label,
    panel,
    point,
    raise_bars,
    reach,
    show_classes,
)
from lessons.model import cross_entropy_gradient, softmax

COLDEST, HOTTEST = -3, 5  # powers of two
EXPONENTS = np.linspace(COLDEST, HOTTEST, 161)
PANELS = Frame(50, 74, 54, 44, 260, 220, 1.4), Frame(54, 30, 54, 44, 260, 160)


class Shown(NamedTuple):
    """The numbers in the picture; the last three are vectors over the classes."""

    temperature: float
    logits: np.ndarray
    probabilities: np.ndarray
    gradient: np.ndarray


class TemperatureExplorer(Explorer):
    """Move T: the order of the classes stays, but how sure the prediction is does not.

    Parameters
    ----------
    T : float
        Temperature, within [1/8, 32].
    label : int
        The class that is true.
    logits : sequence of float
        Of 2 to 6 classes; unless told, those with the probabilities 1/8, 2/8, 5/8.
    scale : float
        Pixels drawn per CSS pixel.

    Examples
    --------
    >>> TemperatureExplorer(T=0.5, label=1).gradient.round(4).tolist()
    [0.0667, -1.7333, 1.6667]
    """

    controls = ("T", "label")
    lead = "T"
    question = "What do the probabilities do towards cold and towards hot, and what the gradient?"

    def __init__(
        self,
        T: float = 2.0,
        label: int = 1,
        logits: Sequence[float] = tuple(np.log([1.0, 2.0, 5.0])),
        scale: float = 2,
    ) -> None:
        self._logits = np.array(logits, float)
        if self._logits.ndim != 1 or not 2 <= len(self._logits) <= 6:
            raise ValueError(f"logits must be those of 2 to 6 classes, got {logits}")
        if not np.isfinite(self._logits).all():
            raise ValueError(f"logits must be finite, got {logits}")
        self.T = log_slider("temperature T", T, COLDEST, HOTTEST, 0.25, base=2, spec=".3f")
        self.label = choice("true class", list(range(len(self._logits))), label)
        super().__init__([row(self.T, self.label)], scale)

    def panels(self, width: int, values: dict[str, Any]) -> Sequence[Frame]:
        """Return the probabilities over the temperature, and the gradient at one."""
        return PANELS

    def paint(self, canvas: Canvas) -> None:
        """Add the probabilities over T with a point on each, and a bar for each slope."""
        colours, K = canvas.palette, len(self._logits)
        names = r"$\hat{y}=\mathrm{softmax}(z/T)$", "temperature $T$"
        axes = panel(canvas, canvas.places[0], (COLDEST, HOTTEST), (0, 1.02), *names)
        ticks = range(COLDEST, HOTTEST + 1)
        axes.set_xticks(ticks, [f"{2.0**t:g}" if t >= 0 else f"1/{2**-t}" for t in ticks])
        curves = softmax(self._logits / 2.0 ** EXPONENTS[:, np.newaxis])
        axes.plot(EXPONENTS, curves, color=colours.prediction, lw=2.4)
        axes.axvline(0, color=colours.faint, lw=1, zorder=1)  # T = 1
        self._drop = guide_line(axes, colours.quiet)
        self._points = [point(axes, colours.prediction) for _ in range(K)]
        # Beyond the right end the curves have met, or nearly: there the names stand in their order.
        rank, middle = np.argsort(np.argsort(self._logits)), (K - 1) / 2
        apart = 20 / canvas.places[0][3]  # CSS pixels, of the axes' whole height
        for k in range(K):
            name, height = label(axes, colours.prediction), 1 / K + apart * (rank[k] - middle)
            move_label(name, f"class {k}", (HOTTEST + 0.15, height), 1)
        title = r"gradient $(\hat{y}-y)/T$"
        self._slopes = panel(canvas, canvas.places[1], (0, 1), (-1, 1), title, "class")
        self._slopes.axhline(0, color=colours.axis, lw=0.9)
        show_classes(self._slopes, K)
        self._bars = bars(self._slopes, K, colours.gradient)
        canvas.animate(self._drop, *self._points, *self._bars)

    def compute(self, T: float, label: int) -> Shown:
        """Return the probabilities at a temperature, and the gradient by the logits."""
        z = self._logits / T
        return Shown(T, self._logits, softmax(z), cross_entropy_gradient(z, label) / T)

    def draw(self, s: Shown) -> None:
        """Move the points and the bars, whose axis reaches to a power of two."""
        end = reach(s.gradient)
        if self.canvas.background(end):
            self._slopes.set_ylim(-1.05 * end, 1.05 * end)
        place = np.log2(s.temperature)
        self._drop.set_data([place, place], [0, 1])
        for mark, share in zip(self._points, s.probabilities, strict=True):
            mark.set_data([place], [share])
        raise_bars(self._bars, s.gradient)

    def handles(self, s: Shown) -> Sequence[Handle]:
        """Return the points, which stand above one another and move T."""
        place, nudge = np.log2(s.temperature), (self.T, None)

        def to(x, _):
            aim(self.T, x)

        _, _, _, high = self.canvas.places[0]
        return (Handle("T", self._drop.axes, (place, 0.5), to, "x", nudge, (24, high)),)

    def describe(self, s: Shown) -> tuple[str, str]:
        """Return the readout, and the picture in words."""
        text = readout(number("temperature", "T", s.temperature, "6.3f")) + table(
            [f"class {k}" for k in range(len(s.logits))],
            vector("probabilities", "ŷ", s.probabilities, ".4f", PREDICTION, total=False),
            vector("gradient", "(ŷ − y)/T", s.gradient, "+z.4f", GRADIENT, total=False),
        )
        shares = ", ".join(f"{share:.4f}" for share in s.probabilities)
        slopes = ", ".join(f"{slope:+.4f}".replace("-", "−") for slope in s.gradient)
        return text, (
            f"At the temperature {s.temperature:.3f} the classes have the probabilities {shares}, "
            f"and the gradient is {slopes}. Colder, the favourite takes all; hotter, all become "
            "equal and the gradient vanishes."
        )
