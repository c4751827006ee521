"""One example, its weights and its label: ∇_W L = (ŷ − y)xᵀ as a table, and a step downhill."""

from collections.abc import Sequence
from functools import partial
from math import ceil, log
from typing import Any, NamedTuple

import numpy as np

from lessons.colours import GRADIENT, PREDICTION, TARGET
from lessons.live.base.array_html import Tint, apart, array, box, cell, handle, heading, symbol
from lessons.live.base.cell import Cell
from lessons.live.base.controls import (
    SUBSCRIPTS,
    button,
    checkbox,
    choice,
    count_slider,
    lay_out,
    row,
    slider,
    sliders,
    with_buttons,
)
from lessons.live.base.descent import runner
from lessons.live.base.explorer import Explorer
from lessons.live.base.handle import Handle, aim
from lessons.live.base.readout import number, readout
from lessons.live.drawing.canvas import Canvas
from lessons.live.drawing.flow import Frame
from lessons.live.drawing.marks import panel, point
from lessons.live.entry.number_controls import Number
from lessons.model import cross_entropy, cross_entropy_gradient, linear, linear_gradients, softmax

K, D = 3, 4
PANEL = Frame(50, 20, 60, 50, 190, 144)
MOST = 100  # steps
REST = 0.0005  # of a number with three decimals
LARGEST = 99  # of W and b
RATES = np.linspace(0, 1, 81)
SPOKEN_CLASS = heading("class", rows=2, kind="spoken")
START = ((0.5, -0.2, 0.1, 0.0), (-0.3, 0.4, 0.2, 0.1), (0.1, 0.0, -0.5, 0.3))


class Shown(NamedTuple):
    """The numbers in the picture: K = 3 classes, d = 4 features, losses in nats.

    `losses_along` belong to `RATES`, `losses` to the weights before each step that was taken.
    """

    weights: np.ndarray
    bias: np.ndarray
    inputs: np.ndarray
    targets: np.ndarray
    logits: np.ndarray
    probabilities: np.ndarray
    gradient: np.ndarray
    grad_W: np.ndarray
    grad_b: np.ndarray
    rate: float
    loss: float
    loss_after: float
    losses_along: np.ndarray
    losses: list[float]
    with_parameters: bool


class WeightsExplorer(Explorer):
    """Move x, the label, W and b: the gradient of W is an outer product; then step downhill.

    Parameters
    ----------
    x : sequence of 4 floats
        Features, within [−3, 3].
    W : sequence of 3 rows of 4 floats
        Weights before the first step, within [−99, 99]; row k belongs to class k.
    b : sequence of 3 floats
        Biases before the first step, within [−99, 99]. `parameters` shows W and b as they are now:
        who changes one of them starts anew from there, with no step taken.
    target : int
        The label, 0, 1 or 2.
    learning_rate : float
        Within [0, 1].
    scale : int
        Pixels drawn per CSS pixel.

    Examples
    --------
    >>> explorer = WeightsExplorer(x=(0.0, 0.0, 0.0, 1.0))
    >>> explorer.grad_W[:, :3].any()
    np.False_
    """

    width = 276
    room = 604
    controls = ("x", "W", "b", "target", "learning_rate", "steps", "parameters")
    lead = "x", 0
    question = "Look at the framed row k = i: why does it alone have the other sign of x?"

    def __init__(
        self,
        x: Sequence[float] = (1.0, -2.0, 0.5, 1.5),
        W: Sequence[Sequence[float]] = START,
        b: Sequence[float] = (0.1, 0.0, -0.1),
        target: int = 2,
        learning_rate: float = 0.05,
        scale: float = 2,
    ) -> None:
        for letter, value, shape in (("x", x, (D,)), ("W", W, (K, D)), ("b", b, (K,))):
            if np.shape(value) != shape:
                raise ValueError(f"{letter} must have shape {shape}, got {np.shape(value)}")
        self.x = sliders("x", x, -3, 3, 0.1)
        self.W = tuple(
            _parameter(f"W{SUBSCRIPTS[k]}{SUBSCRIPTS[j]}", W[k][j])
            for k in range(K)
            for j in range(D)
        )
        self.b = tuple(_parameter(f"b{SUBSCRIPTS[k]}", b[k]) for k in range(K))
        self.target = choice("label i", [(f"class {k}", k) for k in range(K)], target)
        self.learning_rate = slider("learning rate η", learning_rate, 0, 1, 0.01, ".2f")
        self.steps = count_slider("steps", 0, 0, MOST)
        self.parameters = checkbox("W and b")
        self._run = runner(self, self._step_that_shows)
        walk = with_buttons(
            self.steps,
            button("Step", self.showing_errors(self._step), "take one step downhill"),
            self._run,
        )
        for part, width in ((self.learning_rate, "280px"), (walk, "400px")):
            part.layout.flex, part.layout.min_width = f"1 1 {width}", f"min(100%, {width})"
        controls = row(self.target, self.learning_rate, walk, self.parameters)
        super().__init__([controls, lay_out(row(), self.x)], scale)

    def panels(self, width: int, values: dict[str, Any]) -> Sequence[Frame]:
        """Return the loss panel."""
        return (PANEL,)

    def paint(self, canvas: Canvas) -> None:
        """Add the loss along the step."""
        title, label = "loss after a step of $\\eta$", "learning rate $\\eta$"
        axes = panel(canvas, canvas.places[0], (-0.04, 1.04), (0, 1), title, label)
        (self._curve,) = axes.plot(RATES, 0 * RATES, color=canvas.palette.ink, lw=2.6)
        self._before, self._after = (
            point(axes, canvas.palette.ink),
            point(axes, canvas.palette.gradient),
        )
        self._loss_axes = axes
        look = {"ls": "", "ms": 7, "color": canvas.palette.quiet, "mec": canvas.palette.ground}
        (self._path,) = axes.plot([], [], "o", clip_on=False, **look)
        canvas.animate(self._curve, self._path, self._before, self._after)

    def compute(
        self,
        x: Any,
        W: Any,
        b: Any,
        target: int,
        learning_rate: float,
        steps: int,
        parameters: bool,
    ) -> Shown:
        """Return everything about the example after so many steps from W and b."""
        x, W, b = np.array(x), np.array(W).reshape(K, D), np.array(b)
        losses = []
        for _ in range(steps):
            z = linear(x, W, b)
            losses.append(float(cross_entropy(z, target)))
            grad_W, grad_b = linear_gradients(x, cross_entropy_gradient(z, target))
            W, b = W - learning_rate * grad_W, b - learning_rate * grad_b
        z = linear(x, W, b)
        gradient = cross_entropy_gradient(z, target)
        grad_W, grad_b = linear_gradients(x, gradient)
        after = linear(x, W - learning_rate * grad_W, b - learning_rate * grad_b)
        # A step of η moves z by −η(‖x‖² + 1)(ŷ − y): the weights' share and the bias's.
        along = z - np.outer(RATES, gradient) * (x @ x + 1)
        return Shown(
            W,
            b,
            x,
            np.eye(K)[target],
            z,
            softmax(z),
            gradient,
            grad_W,
            grad_b,
            learning_rate,
            float(cross_entropy(z, target)),
            float(cross_entropy(after, target)),
            cross_entropy(along, np.full(len(RATES), target)),
            losses,
            parameters,
        )

    def draw(self, s: Shown) -> None:
        """Move the step on its curve."""
        ceiling = 4 ** max(1, ceil(log(max(s.loss, *s.losses, 1), 4)))
        if self.canvas.background(ceiling):
            self._loss_axes.set_ylim(-0.02 * ceiling, ceiling)
            self._loss_axes.set_yticks([n * ceiling // 4 for n in range(5)])
        self._curve.set_ydata(s.losses_along)
        self._before.set_data([0], [s.loss])
        self._path.set_data(np.zeros(len(s.losses)), s.losses)
        self._after.set_data([s.rate], [s.loss_after])

    def tabulate(self, s: Shown) -> str:
        """Return z, ŷ and y, then the outer product (ŷ − y)xᵀ beside ∇_b L, then W and b."""
        return _vectors(s) + _product(s) + (_parameters(s) if s.with_parameters else "")

    def cells(self, s: Shown) -> Sequence[Cell]:
        """Return the cells of x, of y to press, and those of W and b."""
        x = (
            Cell(f"x{j}", partial(setattr, x, "value"), s.inputs[j], 0.1, read=x.read)
            for j, x in enumerate(self.x)
        )
        y = (Cell(f"y{k}", partial(self._to_label, k), go=self._move_label) for k in range(K))
        named = {
            f"W{k}{j}": (self.W[k * D + j], s.weights[k, j]) for k in range(K) for j in range(D)
        }
        named |= {f"b{k}": (self.b[k], s.bias[k]) for k in range(K)}
        parameters = (
            Cell(name, partial(self._to_parameter, control), value, 0.1, read=control.read)
            for name, (control, value) in named.items()
        )
        return [*x, *y, *parameters]

    def _to_label(self, k, _):
        self.target.value = k

    def _move_label(self, _, up):
        self.target.value = min(max(self.target.value - up, 0), K - 1)

    def _to_parameter(self, control, value):
        """Set one of W and b; what the steps have made of the others is the new start."""
        if self.steps.value:
            now = (*self.shown.weights.flat, *self.shown.bias)
            for other, start in zip((*self.W, *self.b), now, strict=True):
                other.value = start
            self.steps.value = 0
        control.value = value

    def handles(self, s: Shown) -> Sequence[Handle]:
        """Return η on its curve, where it is inside the panel."""
        at, axes = (s.rate, s.loss_after), self._loss_axes
        if at[1] > axes.get_ylim()[1]:
            return ()
        return (Handle("η", axes, at, self._to_rate, "x", (self.learning_rate, None)),)

    def _to_rate(self, x, _):
        aim(self.learning_rate, x)

    def describe(self, s: Shown) -> tuple[str, str]:
        """Return the readout, and the picture in words."""
        text = readout(
            number("loss", "L before", s.loss, ".6f", "currentColor"),
            number("loss_after", "L after the next step", s.loss_after, ".6f", GRADIENT),
        )
        return text, (
            f"The loss over the learning rate of the next step: {s.loss:.4f} before it, "
            f"{s.loss_after:.4f} after a step of {s.rate:.2f}."
        )

    def _step(self):
        self.steps.value += 1

    def _step_that_shows(self):
        """Take a step; returns whether there was one to take, that shows in some number."""
        shown = self.compute(**self.values())
        moved = shown.rate * max(abs(shown.grad_W).max(), abs(shown.grad_b).max())
        if self.steps.value == MOST or moved < REST:
            return False
        self._step()
        return True


def _parameter(label, value):
    """Return one of W and b: its box stands in the table."""
    return Number(label, float(value), -LARGEST, LARGEST, 0.1)


def _vectors(s):
    """Return the table of z, ŷ and y: a class a row, the label's framed."""
    names = (symbol("z"), ""), (symbol("ŷ"), PREDICTION), (symbol("y"), TARGET)
    head = SPOKEN_CLASS + "".join(heading(*name, rows=2) for name in names)
    rows = [
        _class(k, s)
        + cell(f"logits[{k}]", s.logits[k])
        + cell(f"probabilities[{k}]", s.probabilities[k], Tint(PREDICTION))
        + cell(f"targets[{k}]", y, Tint(TARGET), handle(f"y{k}", press=True, chosen=y))
        for k, y in enumerate(s.targets)
    ]
    return _array("z, ŷ and y", [head, ""], rows, s)


def _product(s):
    """Return the table of (ŷ − y)xᵀ, its two factors at its left and above, and ∇_b L."""
    gap = f"{symbol('ŷ')} − {symbol('y')}"
    head = (
        SPOKEN_CLASS
        + heading(gap, GRADIENT, rows=2)
        + heading("", kind="name")
        + "".join(heading(symbol("x", j)) for j in range(D))
        + apart(2)
        + heading(f"∇<sub>{symbol('b')}</sub>{symbol('L')}", GRADIENT, rows=2)
    )
    x = heading(f"{symbol('x')}ᵀ", scope="row", kind="name") + "".join(
        cell(f"inputs[{j}]", x, more=handle(f"x{j}")) for j, x in enumerate(s.inputs)
    )
    rows = [
        _class(k, s, "spoken")
        + cell(f"gradient[{k}]", s.gradient[k], Tint(GRADIENT))
        + (apart(K, "×") if k == 0 else "")
        + "".join(cell(f"grad_W[{k}][{j}]", s.grad_W[k, j], Tint(GRADIENT, 2)) for j in range(D))
        + (apart(K) if k == 0 else "")
        + cell(f"grad_b[{k}]", s.grad_b[k], Tint(GRADIENT))
        for k in range(K)
    ]
    product = f"({gap}) {symbol('x')}ᵀ = ∇<sub>{symbol('W')}</sub>{symbol('L')}"
    foot = '<td colspan="3"></td>' + heading(product, columns=D) + '<td colspan="2"></td>'
    return _array("the outer product of ŷ − y and x", [head, x], rows, s, foot)


def _parameters(s):
    """Return the table of W and b as they are now, to type into."""
    names = [symbol("W", f"{symbol('k')}{j}") for j in range(D)]
    head = SPOKEN_CLASS + "".join(heading(name) for name in (*names, symbol("b", symbol("k"))))
    rows = [
        _class(k, s)
        + "".join(
            box(f"weights[{k}][{j}]", s.weights[k, j], f"W{k}{j}", f"W {k} {j}") for j in range(D)
        )
        + box(f"bias[{k}]", s.bias[k], f"b{k}", f"b {k}")
        for k in range(K)
    ]
    return _array("weights and biases as they are now", [head], rows, s)


def _class(k, s, kind="name"):
    """Return the heading of a class's row; the label's is called i."""
    label = " = <var>i</var>" if s.targets[k] else ""
    return heading(f"<var>k</var> = {k}{label}", scope="row", kind=kind)


def _array(label, heads, rows, s, foot=""):
    return array(label, heads, rows, int(np.argmax(s.targets)), TARGET, foot)
