"""HTML of arrays as tables: tinted cells, exact numbers, headings; `LiveTable` shows them."""

from html import escape
from typing import NamedTuple

EXACT = 1e-9
LONGEST = 6  # characters of a number
PALEST, DEEPEST = 12, 62  # per cent of the colour in a cell, so that ink on it stays legible


class Tint(NamedTuple):
    """The colour of an array's cells, and the size of value at which it is deepest."""

    colour: str
    full: float = 1.0


def cell(name, value, tint=None, more="", lit=False):
    """Return one number as a cell of a table.

    Parameters
    ----------
    name : str
        The number as Python reads it from the explorer, for `data-name`.
    value : float
    tint : Tint, optional
        None for a cell that stays plain. A negative number's cell is striped.
    more : str
        Further attributes, such as `handle` makes.
    lit : bool
        Whether it has a frame of its own.

    Returns
    -------
    str
    """
    return f'<td data-name="{name}"{_look(value, tint, lit)}{more}>{_number(value)}</td>'


def box(name, value, handle, label):
    """Return one number as a cell with a box to type into, which is also a handle.

    Where the focus is, it shows all digits.
    """
    digits = exact(value)
    return (
        f'<td data-name="{name}"><data value="{float(value)!r}">'
        f'<input data-handle="{handle}" aria-label="{label}" value="{written(value)}" '
        f'data-exact="{digits}" size="{len(digits)}" autocomplete="off"></data></td>'
    )


def handle(name, press=False, chosen=False):
    """Return the attributes of a cell that can be taken; of one to press, whether it is chosen."""
    kind = " data-press" if press else ""
    current = ' aria-current="true"' if chosen else ""
    return f' data-handle="{name}"{kind}{current}'


def heading(text, colour="", rows=1, columns=1, scope="col", kind=""):
    """Return a heading of a column or row.

    Parameters
    ----------
    text : str
        HTML.
    colour : str
        Of the line under it, the same as in the cells.
    rows, columns : int
        What it spans.
    scope : str
        "col" or "row".
    kind : str
        "name" for one as wide as its text, "spoken" for one that is read aloud and not seen.

    Returns
    -------
    str
    """
    mark = f' class="lessons-mark" style="--colour:{colour}"' if colour else ""
    span = (f' rowspan="{rows}"' if rows > 1 else "") + (
        f' colspan="{columns}"' if columns > 1 else ""
    )
    named = f' class="lessons-{kind}"' if kind else ""
    return f'<th scope="{scope}"{named}{span}><span{mark}>{text}</span></th>'


def apart(rows, text=""):
    """Return what keeps two columns apart, over so many rows: a sign between them, or nothing."""
    return f'<td class="lessons-name" rowspan="{rows}">{text}</td>'


def symbol(letter, index=""):
    """Return a letter of mathematics with its index as HTML."""
    return f"<var>{letter}</var>" + (f"<sub>{index}</sub>" if index != "" else "")


def array(label, heads, rows, framed=None, colour="", foot=""):
    """Return a table of numbers.

    Parameters
    ----------
    label : str
        What it is, for who hears it.
    heads, rows : list of str
        The cells of each row of headings, and of each row of numbers.
    framed : int, optional
        The row with a frame, in this `colour`.
    foot : str
        The cells of a row below the numbers.

    Returns
    -------
    str
    """
    frame = f' class="lessons-framed" style="--colour:{colour}"'
    above = "".join(f"<tr>{cells}</tr>" for cells in heads)
    numbers = "".join(
        f"<tr{frame if n == framed else ''}>{cells}</tr>" for n, cells in enumerate(rows)
    )
    below = f"<tfoot><tr>{foot}</tr></tfoot>" if foot else ""
    return (
        f'<table class="lessons-array" aria-label="{escape(label)}">'
        f"<thead>{above}</thead><tbody>{numbers}</tbody>{below}</table>"
    )


def exact(value):
    """Return a number with all its digits."""
    return f"{float(value)!r}".replace("-", "−")


def written(value):
    """Return a number with the most decimals, three or fewer, that leave it short enough.

    Where fewer say it exactly, these are all: 0.125 × 2 is 0.25.
    """
    texts = [f"{value:z.{decimals}f}".replace("-", "−") for decimals in range(4)]
    exact = (d for d in range(4) if abs(round(value, d) - value) < EXACT)
    short = (d for d in (3, 2, 1) if len(texts[d]) <= LONGEST)
    return texts[min(next(exact, 3), next(short, 0))]


def _number(value):
    return f'<data value="{float(value)!r}">{written(value)}</data>'


def _look(value, tint, lit):
    tinted = tint is not None and abs(value) >= EXACT  # and not where a rounding error shows as 0
    names = "lessons-lit" if lit else ""
    if tinted and value < 0:
        names = f"{names} lessons-negative".strip()
    look = f' class="{names}"' if names else ""
    if tinted:
        share = PALEST + (DEEPEST - PALEST) * min(1, abs(value) / tint.full)
        look += f' style="--colour:{tint.colour};--share:{share:.0f}%"'
    return look
