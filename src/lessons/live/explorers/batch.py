"""A batch and its gradients: GᵀX example by example, the sums of G, and a bias of a wrong shape."""

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from lessons.live.base.cell import Cell
from lessons.live.base.controls import choice, count_slider, row
from lessons.live.base.explorer import Explorer
from lessons.live.drawing.canvas import Canvas
from lessons.live.drawing.flow import Frame
from lessons.live.drawing.marks import (
    TYPE,
    arrow,
    bars,
    label,
    move_label,
    panel,
    raise_bars,
    show_classes,
    stretch,
)
from lessons.live.explorers import batch_tables
from lessons.model import (
    linear,
    linear_gradients,
    loss_and_gradients,
    mean_cross_entropy_with_gradient,
    softmax,
)

WEIGHTS, SUMS, BIAS = "∇W = GᵀX", "sums of G", "Z = XWᵀ + b"
QUESTIONS = {
    WEIGHTS: "Add one example at a time: which two numbers make its share of ∇W's framed cell?",
    SUMS: "∇b has K numbers. Which sum of G has K numbers, and what has become of the others?",
    BIAS: "Both shapes of b are added without an error. Which of the two moves a probability?",
}
AXES = {"axis 0, the examples": 0, "axis 1, the classes": 1, "no axis: everything": None}
PER_CLASS, PER_EXAMPLE = "(K,), a number a class", "(n, 1), a number an example"


BARS = {  # title, horizontal axis and limits of the bars
    SUMS: ("what the sum has left", "entry", (-1, 1)),
    BIAS: (r"$b$ moves a $\hat{y}$ by", "example $r$", (0, 1)),
}
PANEL = Frame(46, 26, 60, 50, 190, 120)
PLANE, ALONG = r"$\nabla_W$ of the mean loss", "along the whole batch's"


class Shown(NamedTuple):
    """The numbers of a batch of n examples with d features in K classes; losses in nats.

    `grad_W` is the sum of the outer products that have been added, `mini` and `whole` are the
    gradients of the mean loss of these examples alone and of all n, `change` is by how much b moves
    a probability of each example at most.
    """

    view: str
    added: int
    entry: tuple[int, int]
    axis: int | None
    X: np.ndarray
    G: np.ndarray
    grad_W: np.ndarray
    mini: np.ndarray
    whole: np.ndarray
    mini_length: float
    whole_length: float
    angle: float
    sums: np.ndarray
    largest_sum: float
    products: np.ndarray
    bias: np.ndarray
    logits: np.ndarray
    probabilities: np.ndarray
    change: np.ndarray
    largest_change: float


class BatchExplorer(Explorer):
    """Add examples one at a time until GᵀX stands; sum G over an axis; add a b of another shape.

    Parameters
    ----------
    X : array, shape (n, d)
        Features, one example a row; the batch of lesson 06 unless all four arrays are given.
    labels : int array, shape (n,)
        Classes, 0 ≤ label < K.
    W : array, shape (K, d)
        Weights.
    b : array, shape (K,)
        Biases.
    examples : int
        How many have been added, 0 to n.
    scale : float
        Pixels drawn per CSS pixel.

    Raises
    ------
    ValueError
        Some of the four arrays without the others; shapes that do not match, a label that is no
        class, a NaN; fewer than two classes.

    Examples
    --------
    >>> explorer = BatchExplorer(examples=5)
    >>> bool(abs(explorer.grad_W - explorer.whole).max() < 1e-12)
    True
    """

    width = 276
    room = 604
    controls = ("view", "examples", "entry", "axis", "shape")
    lead = "examples"

    def __init__(
        self,
        X: ArrayLike | None = None,
        labels: ArrayLike | None = None,
        W: ArrayLike | None = None,
        b: ArrayLike | None = None,
        examples: int = 1,
        scale: float = 2,
    ) -> None:
        self._batch = _checked(X, labels, W, b)
        self._n, self._K = len(self._batch[0]), len(self._batch[3])
        self._d = self._batch[0].shape[1]
        self.view = choice("look at", [WEIGHTS, SUMS, BIAS], WEIGHTS)
        self.examples = count_slider("examples", examples, 0, self._n)
        entries = [(k, q) for k in range(self._K) for q in range(self._d)]
        self.entry = choice(
            "entry of ∇W", [(f"k = {k}, q = {q}", (k, q)) for k, q in entries], (0, 0)
        )
        self.axis = choice("sum G over", list(AXES), next(iter(AXES)))
        self.shape = choice("shape of b", [PER_CLASS, PER_EXAMPLE], PER_CLASS)
        self._controls = row()
        self._controls.layout.flex = "1 1 250px"
        self.view.observe(self.showing_errors(self._show_controls), "value")
        self._show_controls()
        super().__init__([row(self.view, self._controls)], scale)

    @property
    def question(self) -> str:  # type: ignore[override]
        """The one thing to look at in what is chosen."""
        return QUESTIONS[self.view.value]

    def _show_controls(self, change=None):
        used = {WEIGHTS: (self.examples, self.entry), SUMS: (self.axis,), BIAS: (self.shape,)}
        self._controls.children = used[self.view.value]

    def _mini(self, m):
        """Return the gradient by W of the mean loss of the first m examples."""
        X, labels, W, b = self._batch
        return loss_and_gradients(X[:m], labels[:m], W, b)[1] if m else np.zeros_like(W)

    def _limits(self, shape):
        """Return limits in which all arrows fit, of one scale: angles are true."""
        whole = self._mini(self._n)
        tips = np.array([_in_plane(self._mini(m), whole) for m in range(1, self._n + 1)])
        low, high = tips.min(axis=0).clip(max=0), tips.max(axis=0)
        span = 1.3 * max(high[0] - low[0], shape * (high[1] - low[1])) or 1.0
        left, bottom = low[0] - 0.12 * span, low[1] - 0.12 * span / shape
        return (left, left + span), (bottom, bottom + span / shape)

    def panels(self, width: int, values: dict[str, Any]) -> Sequence[Frame]:
        """Return the one panel."""
        return (PANEL,)

    def paint(self, canvas: Canvas) -> None:
        """Add the plane of two gradients, and the bars of what is left."""
        place, colours = canvas.places[0], canvas.palette
        x, y = self._limits(place[2] / place[3])
        self._plane = panel(canvas, place, x, y, PLANE, ALONG)
        self._arrows = [arrow(self._plane, colour) for colour in (colours.quiet, colours.gradient)]
        self._names = [label(self._plane, colour) for colour in (colours.quiet, colours.gradient)]
        self._left = panel(canvas, place, (-0.6, 0.6), (-1, 1), "")
        self._left.axhline(0, color=colours.ink, lw=0.9)
        self._bars = bars(self._left, max(self._n, self._K), colours.gradient)
        canvas.animate(*self._arrows, *self._names, *self._bars)

    def compute(
        self, view: str, examples: int, entry: tuple[int, int], axis: str, shape: str
    ) -> Shown:
        """Return the gradients, the sums of G, and what a b of this shape adds."""
        X, labels, W, b = self._batch
        _, G = mean_cross_entropy_with_gradient(linear(X, W, b), labels)
        mini, whole = self._mini(examples), self._mini(self._n)
        products = linear(X, W, np.zeros_like(b))
        bias = b if shape == PER_CLASS else np.resize(b, self._n)[:, np.newaxis]
        logits = products + bias
        probabilities = softmax(logits)
        change = abs(probabilities - softmax(products)).max(axis=1)
        sums = G.sum(axis=AXES[axis])
        return Shown(
            view,
            examples,
            entry,
            AXES[axis],
            X,
            G,
            linear_gradients(X[:examples], G[:examples])[0],
            mini,
            whole,
            _length(mini),
            _length(whole),
            float(np.degrees(np.arctan2(*_in_plane(mini, whole)[::-1]))),
            sums,
            float(abs(sums).max()),
            products,
            bias,
            logits,
            probabilities,
            change,
            float(change.max()),
        )

    def draw(self, s: Shown) -> None:
        """Move the arrows, or raise the bars."""
        left = np.atleast_1d(s.sums if s.view == SUMS else s.change)
        if self.canvas.background((s.view, len(left))):
            self._plane.set_visible(s.view == WEIGHTS)
            self._left.set_visible(s.view != WEIGHTS)
            if s.view != WEIGHTS:
                self._set_axes(*BARS[s.view], len(left))
        if s.view == WEIGHTS:
            self._draw_arrows(s)
        else:
            raise_bars(self._bars, left.round(12))  # what rounding leaves is no bar

    def _set_axes(self, title, xlabel, limits, count):
        show_classes(self._left, count)
        self._left.set_ylim(limits)
        self._left.set_title(title, loc="left", **TYPE)
        self._left.set_xlabel(xlabel, **TYPE)

    def _draw_arrows(self, s):
        height = np.diff(self._plane.get_ylim()).item()
        names = f"all {self._n}", batch_tables.the_first(s.added)
        for patch, text, name, gradient, side in zip(
            self._arrows, self._names, names, (s.whole, s.mini), (0, 1), strict=True
        ):
            tip = _in_plane(gradient, s.whole)
            stretch(patch, (0, 0), tip, _length(gradient) / height)
            above = (1 if side else -1) * 0.07 * height
            move_label(text, name, (tip[0], tip[1] + above), -1 if tip[0] > 0.4 * height else 1)

    def tabulate(self, s: Shown) -> str:
        """Return the tables of what is looked at."""
        tables = {
            WEIGHTS: batch_tables.products,
            SUMS: batch_tables.sums,
            BIAS: batch_tables.added_bias,
        }
        return f'<div class="lessons-dense">{tables[s.view](s)}</div>'

    def cells(self, s: Shown) -> Sequence[Cell]:
        """Return the cells of ∇W: to be pressed, or reached by the arrow keys."""
        return [
            Cell(f"W{k}{q}", partial(self._choose, (k, q)), go=self._move)
            for k in range(self._K)
            for q in range(self._d)
            if s.view == WEIGHTS
        ]

    def _choose(self, entry, _=None):
        self.entry.value = entry

    def _move(self, right, up):
        k, q = self.entry.value
        self._choose((min(max(k - up, 0), self._K - 1), min(max(q + right, 0), self._d - 1)))

    def describe(self, s: Shown) -> tuple[str, str]:
        """Return the readout, and the picture in words."""
        describe = {
            WEIGHTS: batch_tables.describe_products,
            SUMS: batch_tables.describe_sums,
            BIAS: batch_tables.describe_bias,
        }
        return describe[s.view](s)


def _checked(X, labels, W, b):
    """Return the four arrays, those of lesson 06 for none; what is wrong is a ValueError."""
    given = [one is not None for one in (X, labels, W, b)]
    if not any(given):
        rng = np.random.default_rng(6)
        n, d, K = 5, 4, 3
        X, labels = rng.normal(size=(n, d)), np.array([0, 2, 1, 1, 2])
        W, b = rng.normal(size=(K, d)), rng.normal(size=K)
    elif not all(given):
        raise ValueError("X, labels, W and b belong together: give all four, or none of them")
    X, labels, W, b = (np.array(one) for one in (X, labels, W, b))
    if X.ndim != 2 or W.ndim != 2 or len(W) < 2:
        raise ValueError(
            f"X must have shape (n, d), and W (K, d) with K at least 2, got {X.shape} and {W.shape}"
        )
    loss_and_gradients(X, labels, W, b)  # which says what else is wrong
    return X, labels, W, b


def _length(gradient):
    return float(np.linalg.norm(gradient))


def _in_plane(gradient, whole):
    """Return a gradient's parts along another and across it: in the plane that the two span."""
    direction = whole / (_length(whole) or 1.0)
    along = float((gradient * direction).sum())
    return along, _length(gradient - along * direction)
