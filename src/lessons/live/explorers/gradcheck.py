"""The error of a numerical derivative over its step h: a V, and the reasons for both arms."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from lessons.colours import GRADIENT
from lessons.live.base.controls import choice, log_slider, row
from lessons.live.base.explorer import Explorer
from lessons.live.base.handle import Handle, aim
from lessons.live.base.readout import number, readout, written
from lessons.live.drawing.canvas import Canvas
from lessons.live.drawing.flow import Frame
from lessons.live.drawing.marks import guide_line, label, move_label, panel, point
from lessons.live.explorers.step_errors import (
    CENTRAL,
    COMPLEX,
    CURVES,
    FORMULAS,
    FORWARD,
    LOSS,
    estimate,
    rounding,
    truncation,
)

EXPONENTS = np.linspace(-16, 0, 321)
PANEL = Frame(76, 34, 54, 46, 300, 200)
WIDE = 560  # CSS pixels, in which a name fits on every second power of ten
FLOOR, CEILING = -18.0, 2.0
NO_ARM = "nothing is subtracted: no arm"
ZERO = -17.4  # where an error of exactly 0 is drawn


class Shown(NamedTuple):
    """The numbers in the picture; `errors`, `truncations` and `roundings` are over `EXPONENTS`."""

    step: float
    estimate: float
    exact: float
    absolute_error: float
    right_digits: float
    errors: np.ndarray
    truncations: np.ndarray
    roundings: np.ndarray
    formula: str
    left_arm: str
    right_arm: str


class GradientCheckExplorer(Explorer):
    """Move h over sixteen powers of ten: both too large and too small a step spoil the check.

    Parameters
    ----------
    h : float
        Step, within [1e−16, 1].
    function : str
        A key of `lessons.live.explorers.step_errors.CURVES`.
    method : str
        "central", "forward" or "complex step".
    scale : int
        Pixels drawn per CSS pixel.

    Examples
    --------
    >>> GradientCheckExplorer(h=1e-5).absolute_error < 1e-9
    True
    """

    controls = ("h", "function", "method")
    lead = "h"
    film = "method", (FORWARD, CENTRAL)
    question = "Make h smaller, and smaller still: where does the error stop falling, and why?"

    def __init__(
        self, h: float = 1e-2, function: str = LOSS, method: str = CENTRAL, scale: float = 2
    ) -> None:
        self.h = log_slider("h", h, -16, 0, 0.25)
        self.function = choice("function", list(CURVES), function)
        self.method = choice("method", list(FORMULAS), method)
        super().__init__([row(self.h, self.method, self.function)], scale)

    def panels(self, width: int, values: dict[str, Any]) -> Sequence[Frame]:
        """Return the one panel."""
        return (PANEL,)

    def paint(self, canvas: Canvas) -> None:
        """Add the curve of the error with its two causes."""
        self._draw_panel(canvas)

    def compute(self, h: float, function: str, method: str) -> Shown:
        """Return the estimate at h, and the error with its two causes over all steps."""
        curve, steps = CURVES[function], 10.0**EXPONENTS
        here, exact = float(estimate(curve, method, h)), float(curve.slope)
        return Shown(
            h,
            here,
            exact,
            abs(here - exact),
            _right_digits(here, exact),
            abs(estimate(curve, method, steps) - curve.slope),
            truncation(curve, method, steps),
            rounding(curve, method, steps),
            FORMULAS[method],
            "" if method == COMPLEX else r"rounding $\varepsilon\,|L|\,/\,h$",
            "truncation " + (r"$\propto h$" if method == FORWARD else r"$\propto h^2$"),
        )

    def draw(self, s: Shown) -> None:
        """Move the point at h; with another function or method, the curve and its two causes."""
        if self.canvas.background((s.formula, s.exact)):
            self._arrange(s)
        x, y = np.log10(s.step), float(_log(s.absolute_error, ZERO))
        self._point.set_data([x], [y])
        self._drop.set_data([x, x], [FLOOR, y])

    def _arrange(self, s):
        self._curve.set_ydata(_log(s.errors, ZERO))
        self._truncation.set_ydata(_log(s.truncations))
        self._rounding.set_ydata(_log(s.roundings))
        # Both between the arms: below them the line from the point down would cross the words.
        _name_above(self._left, s.left_arm or NO_ARM, -11.6, s.roundings, 1.3, 1)
        _name_above(self._right, s.right_arm, -2.6, s.truncations, 1.6, -1)
        if self.canvas.width < WIDE:  # there it would reach the other arm
            move_label(self._right, s.right_arm, (0, 0.8), -1)

    def handles(self, s: Shown) -> Sequence[Handle]:
        """Return the point on the curve, which moves h."""
        at = np.log10(s.step), float(_log(s.absolute_error, ZERO))
        axes, move = self._point.axes, (self.h, None)
        return (Handle("h", axes, at, lambda x, _: aim(self.h, x), "x", move),)

    def describe(self, s: Shown) -> tuple[str, str]:
        """Return the readout, and the picture in words."""
        text = readout(
            number("step", "h", s.step, ".1e"),
            number("estimate", s.formula, s.estimate, "+z.16f", GRADIENT),
            number("exact", "exact derivative", s.exact, "+z.16f"),
            number("absolute_error", "error", s.absolute_error, ".1e", "currentColor"),
            number("right_digits", "right digits", s.right_digits, "4.1f"),
        )
        return text, (
            f"The error of {s.formula} over h, both axes logarithmic. At h = {s.step:.1e} the "
            f"estimate is {written(s.estimate, '+z.10f')}, the error "
            f"{s.absolute_error:.1e}. To the right it grows by truncation, to the left "
            f"{'by rounding' if s.left_arm else 'not at all'}."
        )

    def _draw_panel(self, canvas):
        colours = canvas.palette
        names = "error of the numerical derivative", "step $h$"
        axes = panel(canvas, canvas.places[0], (-16.2, 0.2), (FLOOR, CEILING), *names)
        ticks = range(-16, 1, 2 if canvas.width >= WIDE else 4)
        axes.set_xticks(ticks, [f"$10^{{{t}}}$" for t in ticks], math_fontfamily="stix")
        ticks = range(-16, 1, 4)
        axes.set_yticks(ticks, [f"$10^{{{t}}}$" for t in ticks], math_fontfamily="stix")
        axes.grid(color=colours.faint, lw=0.6)
        axes.set_axisbelow(True)
        (self._curve,) = axes.plot(EXPONENTS, EXPONENTS, color=colours.gradient, lw=2.2, zorder=4)
        look = {"lw": 2, "zorder": 3, "color": colours.quiet}
        (self._truncation,) = axes.plot(EXPONENTS, EXPONENTS, dashes=(6, 3), **look)
        (self._rounding,) = axes.plot(EXPONENTS, EXPONENTS, dashes=(2, 2), **look)
        self._point, self._drop = point(axes, colours.ink), guide_line(axes, colours.quiet)
        self._left, self._right = label(axes, colours.ink), label(axes, colours.ink)
        canvas.animate(self._point, self._drop)


def _right_digits(value, exact):
    """Return how many decimal digits two numbers share, between 0 and float64's 17."""
    share = max(abs(value - exact) / abs(exact), 1e-17)
    return float(max(0.0, -np.log10(share)))


def _log(values, zero=np.nan):
    """Return powers of ten; what is too small for the picture is drawn at `zero`, or not at all."""
    visible = np.asarray(values) > 10.0**FLOOR
    return np.where(visible, np.log10(np.where(visible, values, 1.0)), zero)


def _name_above(text, words, exponent, values, above, side):
    """Name a dashed line at one power of ten of h, so far above it, to one side."""
    height = np.interp(exponent, EXPONENTS, _log(values))
    text.set_visible(bool(words) and np.isfinite(height))
    move_label(text, words, (exponent, height + above), side)
