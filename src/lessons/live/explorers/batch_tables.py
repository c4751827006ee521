"""Tables of a batch: X, G and GᵀX; G and its sums; what a bias adds. And the numbers below them."""

import numpy as np

from lessons.colours import GRADIENT, PREDICTION
from lessons.live.base.array_html import Tint, apart, array, cell, handle, heading, symbol
from lessons.live.base.readout import number, readout, written

GAP = "<var>G</var> = (<var>Ŷ</var> − <var>Y</var>)/<var>n</var>"
WITHOUT_BIAS = "<var>XW</var>ᵀ"
FRAME = "var(--ink)"  # of the theme


def products(s):
    """Return X and G, and the sum of the outer products that have been added."""
    (n, d), K, (k, q) = s.X.shape, s.G.shape[1], s.entry
    newest, tint = (s.added - 1 if s.added else None), Tint(GRADIENT, 1 / n)
    X = [_row(r) + _numbers(f"X[{r}]", s.X[r], lit=q) for r in range(n)]
    G = [
        _row(r, "spoken") + _numbers(f"G[{r}]", s.G[r], tint if r < s.added else None, lit=k)
        for r in range(n)
    ]
    whole = "∇<sub><var>W</var></sub><var>L</var> = <var>G</var>ᵀ<var>X</var>"
    return (
        array("X, an example a row", [_head("x", d)], X, newest, FRAME, _foot("<var>X</var>", d))
        + array("G, an example a row", [_head("class", K)], G, newest, FRAME, _foot(GAP, K))
        + array(
            "the gradient of W, as far as it has been added",
            [_head("x", d)],
            [_class(j) + _gradient_row(s, j) for j in range(K)],
            foot=_foot(whole if s.added == n else f"{s.added} of its {n} examples", d),
        )
    )


def _gradient_row(s, k):
    return "".join(
        cell(
            f"grad_W[{k}][{q}]",
            value,
            Tint(GRADIENT, 0.5),
            handle(f"W{k}{q}", press=True, chosen=(k, q) == s.entry),
            lit=(k, q) == s.entry,
        )
        for q, value in enumerate(s.grad_W[k])
    )


def describe_products(s):
    """Write the chosen entry out as a dot product, and compare the gradients; and in words."""
    k, q = s.entry
    terms = [
        f"{_bracketed(g)} · {_bracketed(x)}" for g, x in zip(s.G[:, k], s.X[:, q], strict=True)
    ]
    dot = " + ".join(terms[: s.added]) or "nothing yet"
    written_out = f"<div>column {k} of G · column {q} of X = {dot}</div>"
    numbers = [
        number(f"grad_W[{k}][{q}]", f"their sum, ∇W[{k}, {q}]", s.grad_W[k, q], "+z.3f", GRADIENT),
        number("whole_length", f"length, all {len(s.X)}", s.whole_length, ".3f"),
    ]
    if s.added:
        first = the_first(s.added)
        numbers += [
            number("mini_length", f"length, {first}", s.mini_length, ".3f"),
            number("angle", "degrees between them", s.angle, ".1f"),
        ]
    words = f"Gradients of the mean loss. That of all {len(s.X)} has length {s.whole_length:.3f}."
    if s.added:
        words += f" That of {first} has {s.mini_length:.3f}, at {s.angle:.1f} degrees to it."
    return written_out + readout(*numbers), words


def sums(s):
    """Return G with its sum below it, beside it or in the corner, as the axis says."""
    n, K = s.G.shape
    tint, of = Tint(GRADIENT, 1 / n), np.atleast_1d(s.sums)
    head = _head("class", K) + apart(n + 1) + heading("sum" if s.axis == 1 else "")
    rows = [
        _row(r)
        + _numbers(f"G[{r}]", s.G[r], tint)
        + (cell(f"sums[{r}]", of[r], Tint(GRADIENT), lit=True) if s.axis == 1 else "<td></td>")
        for r in range(n)
    ]
    below = {0: _numbers("sums", of, Tint(GRADIENT), lit=range(K)), 1: f'<td colspan="{K}"></td>'}
    below = below.get(s.axis, f'<td colspan="{K}"></td>')
    corner = cell("sums", s.sums, Tint(GRADIENT), lit=True) if s.axis is None else "<td></td>"
    foot = (
        heading("sum" if s.axis != 1 else "", scope="row", kind="name")
        + below
        + "<td></td>"
        + corner
    )
    return array("G and its sum", [head], rows, foot=foot)


def describe_sums(s):
    """Say which line of NumPy this is, the shape that it leaves, and what stands there."""
    line = "np.sum(G)" if s.axis is None else f"np.sum(G, axis={s.axis})"
    what = {
        0: "a number a class, as b has: this is ∇b",
        1: "a number an example, each of them 0 but for rounding; b has no such numbers",
        None: "one number, 0 but for rounding; a step with it is no error, and b stands still",
    }[s.axis]
    text = f"<div><code>{line}</code> has the shape {s.sums.shape}: {what}.</div>"
    return text + readout(
        number("largest_sum", "its largest entry", s.largest_sum, ".3e", GRADIENT)
    ), (f"Bars of the entries of {line}, shape {s.sums.shape}; the largest is {s.largest_sum:.3e}.")


def added_bias(s):
    """Return XWᵀ, what b adds to it, and the probabilities that come of it."""
    n, K = s.G.shape
    tables = (
        ("products", s.products, WITHOUT_BIAS, None, "name"),
        ("bias", np.broadcast_to(s.bias, (n, K)), "+ <var>b</var>", None, "spoken"),
        ("probabilities", s.probabilities, "<var>Ŷ</var>", Tint(PREDICTION), "spoken"),
    )
    return "".join(
        array(
            title,
            [_head("class", K)],
            [_row(r, kind) + _broadcast(name, r, values[r], tint, s) for r in range(n)],
            foot=_foot(title, K),
        )
        for name, values, title, tint, kind in tables
    )


def _broadcast(name, r, values, tint, s):
    if name != "bias":
        return _numbers(f"{name}[{r}]", values, tint)
    places = [f"[{r}][0]" if s.bias.ndim == 2 else f"[{k}]" for k in range(len(values))]
    return "".join(cell(f"bias{at}", value) for at, value in zip(places, values, strict=True))


def describe_bias(s):
    """Say what each row gets, and by how much a probability moves."""
    n, K = s.G.shape
    each = (
        f"every row gets the same {K} numbers"
        if s.bias.ndim == 1
        else f"each row gets one number, {K} times over, and softmax does not see it"
    )
    text = f"<div>{(n, K)} + {s.bias.shape}: {each}.</div>"
    return (
        text
        + readout(
            number(
                "largest_change",
                "largest change of a probability",
                s.largest_change,
                ".3e",
                PREDICTION,
            )
        ),
        f"Bars of what b moves a probability by in each example, at most {s.largest_change:.3e}.",
    )


def _numbers(name, values, tint=None, lit=None):
    lit = () if lit is None else (lit,) if isinstance(lit, int) else lit
    return "".join(cell(f"{name}[{j}]", v, tint, lit=j in lit) for j, v in enumerate(values))


def _head(letter, count):
    names = [symbol("x", j) if letter == "x" else f"<var>k</var> = {j}" for j in range(count)]
    return heading("row", kind="spoken") + "".join(map(heading, names))


def _row(r, kind="name"):
    return heading(f"<var>r</var> = {r}", scope="row", kind=kind)


def _class(k):
    return heading(f"<var>k</var> = {k}", scope="row", kind="name")


def _foot(title, columns):
    return "<td></td>" + heading(title, columns=columns)


def the_first(count):
    """Name the first examples."""
    return f"the first {count}" if count > 1 else "the first" if count else ""


def _bracketed(value):
    text = written(value, "z.3f")
    return f"({text})" if text.startswith("−") else text
