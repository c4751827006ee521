"""One example, its weights and its label: ∇_W L = (ŷ − y)xᵀ as a table, and a step downhill."""

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from ipywidgets import GridBox, Layout

from lessons.colours import GRADIENT
from lessons.live.base.controls import (
    SUBSCRIPTS,
    button,
    checkbox,
    choice,
    count_slider,
    lay_out,
    number_box,
    row,
    slider,
    sliders,
    with_buttons,
)
from lessons.live.base.explorer import Explorer
from lessons.live.base.handle import Handle, aim
from lessons.live.base.readout import entries, number, readout, table, written
from lessons.live.drawing.canvas import Canvas
from lessons.live.drawing.flow import Frame
from lessons.live.drawing.marks import panel, point
from lessons.live.drawing.outer_product import HEIGHT, WIDTH, OuterProduct
from lessons.model import cross_entropy, cross_entropy_gradient, linear, linear_gradients, softmax

K, D = 3, 4
PIXELS_PER_UNIT = 25  # of a cell of x that is dragged up or down
RATES = np.linspace(0, 1, 81)
CEILINGS = (4, 16, 64, 256)  # of the loss panel; no W, b and x here lose more than 234 + ln 3 nats
START = ((0.5, -0.2, 0.1, 0.0), (-0.3, 0.4, 0.2, 0.1), (0.1, 0.0, -0.5, 0.3))


class Shown(NamedTuple):
    """The numbers in the picture: K = 3 classes, d = 4 features, losses in nats."""

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
    with_parameters: bool


class WeightsExplorer(Explorer):
    """Move x, the label, W and b: the gradient of W is an outer product; then step downhill.

    Parameters
    ----------
    x : sequence of 4 floats
        Features, within [−3, 3].
    W : sequence of 3 rows of 4 floats
        Weights before the first step, within [−9, 9]; row k belongs to class k.
    b : sequence of 3 floats
        Biases before the first step, within [−9, 9]; `parameters` shows W and b before and after.
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
            number_box(f"W{SUBSCRIPTS[k]}{SUBSCRIPTS[j]}", W[k][j])
            for k in range(K)
            for j in range(D)
        )
        self.b = tuple(number_box(f"b{SUBSCRIPTS[k]}", b[k]) for k in range(K))
        self.target = choice("label i", [(f"class {k}", k) for k in range(K)], target)
        self.learning_rate = slider("learning rate η", learning_rate, 0, 1, 0.01, ".2f")
        self.steps = count_slider("steps", 0, 0, 20)
        self.parameters = checkbox("W and b")
        walk = with_buttons(
            self.steps, button("Step", self.showing_errors(self._step), "take one step downhill")
        )
        # The rate's name is long: of one line it needs as much as the steps with their button.
        for part in (self.learning_rate, walk):
            part.layout.flex, part.layout.min_width = "1 1 280px", "280px"
        self._fields = GridBox(
            layout=Layout(grid_template_columns=f"repeat({D + 1}, minmax(0, 1fr))")
        )
        self.parameters.observe(self.showing_errors(self._show_fields), "value")
        super().__init__(
            [
                row(self.target, self.learning_rate, walk, self.parameters),
                lay_out(row(), self.x),
                self._fields,
            ],
            scale,
        )

    def panels(self, width: int, values: dict[str, Any]) -> Sequence[Frame]:
        """Return the table and the loss panel."""
        return (Frame(0, 0, 0, 0, 306, 706, 0), Frame(50, 20, 62, 44, 200, 144, 0))

    def paint(self, canvas: Canvas) -> None:
        """Add the table of the outer product, and the loss along the step."""
        self._product = OuterProduct(canvas, K, D)
        self._draw_loss_panel(canvas)

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
        for _ in range(steps):
            grad_W, grad_b = linear_gradients(x, cross_entropy_gradient(linear(x, W, b), target))
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
            parameters,
        )

    def draw(self, s: Shown) -> None:
        """Fill the cells, frame the label's row, and move the step on its curve."""
        self._product.draw(s)
        ceiling = next(c for c in CEILINGS if s.loss <= c)
        if self.canvas.background(ceiling):
            self._loss_axes.set_ylim(-0.02 * ceiling, ceiling)
            self._loss_axes.set_yticks([n * ceiling // 4 for n in range(5)])
        self._curve.set_ydata(s.losses_along)
        self._before.set_data([0], [s.loss])
        self._after.set_data([s.rate], [s.loss_after])

    def handles(self, s: Shown) -> Sequence[Handle]:
        """Return the cells of x, dragged up and down, those of y to press, and η on its curve."""
        table, cell = self._product, (WIDTH, HEIGHT)

        def centre(corner):
            return corner[0] + WIDTH / 2, corner[1] + HEIGHT / 2

        handles = []
        for j, corner in enumerate(table.places["inputs"]):
            move = partial(self._to_input, j, centre(corner)[1])
            nudge = (None, self.x[j])
            handles.append(Handle(f"x{j}", table.axes, centre(corner), move, "y", nudge, cell))
        for k, corner in enumerate(table.places["targets"]):
            move = partial(self._to_label, k)
            handles.append(Handle(f"y{k}", table.axes, centre(corner), move, "", size=cell))
        at, axes = (s.rate, s.loss_after), self._loss_axes
        if at[1] <= axes.get_ylim()[1]:
            nudge = (self.learning_rate, None)
            handles.append(Handle("η", axes, at, self._to_rate, "x", nudge))
        return handles

    def _to_input(self, j, middle, _, y):
        before = self.at_taking(self.x[j])
        aim(self.x[j], before + (y - middle) / PIXELS_PER_UNIT)

    def _to_label(self, k, *_):
        self.target.value = k

    def _to_rate(self, x, _):
        aim(self.learning_rate, x)

    def describe(self, s: Shown) -> tuple[str, str]:
        """Return the readout, and the picture in words."""
        text = readout(
            number("loss", "L before", s.loss, ".6f", "currentColor"),
            number("loss_after", "L after the next step", s.loss_after, ".6f", GRADIENT),
        )
        if s.with_parameters:
            text += _parameters(s.weights, s.bias)
        label = int(np.argmax(s.targets))
        vectors = (("z", s.logits), ("ŷ − y", s.gradient), ("x", s.inputs))
        words = "; ".join(
            f"{symbol} = ({', '.join(written(v, '+z.2f') for v in vector)})"
            for symbol, vector in vectors
        )
        return text, (
            f"Outer product of {words}; the label is class {label}. The loss is {s.loss:.4f} "
            f"before and {s.loss_after:.4f} after the next step."
        )

    def _step(self):
        self.steps.value += 1

    def _show_fields(self, change):
        rows = zip((self.W[k * D : (k + 1) * D] for k in range(K)), self.b, strict=True)
        self._fields.children = [f for w, b in rows for f in (*w, b)] if change.new else ()

    def _draw_loss_panel(self, canvas):
        title, label = "loss after a step of $\\eta$", "learning rate $\\eta$"
        axes = panel(canvas, canvas.places[1], (-0.04, 1.04), (0, 1), title, label)
        (self._curve,) = axes.plot(RATES, 0 * RATES, color=canvas.palette.ink, lw=2.6)
        self._before, self._after = (
            point(axes, canvas.palette.ink),
            point(axes, canvas.palette.gradient),
        )
        self._loss_axes = axes
        canvas.animate(self._curve, self._before, self._after)


def _parameters(W, b):
    """Return W and b as they are after the steps, one row a class, in the readout's HTML."""
    rows = [
        entries(
            f"k = {k}",
            [*((f"weights[{k}][{j}]", W[k, j]) for j in range(D)), (f"bias[{k}]", b[k])],
            "+z.3f",
        )
        for k in range(K)
    ]
    headings = [*(f"Wₖ{SUBSCRIPTS[j]}" for j in range(D)), "bₖ"]
    return f"<div>After the steps, W and b are</div>{table(headings, *rows)}"
