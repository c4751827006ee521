"""Readout of the numbers as HTML text, in fixed width so that nothing jumps."""

from html import escape

# noUiSlider asks for layers of its own for each handle and track: with a few sliders on the page,
# arranging layers is the largest part of what the browser does in a frame of a drag.
STYLE = """<style>
.lessons-explorer { container-type: inline-size; overflow: hidden; }
.lessons-explorer .widget-html-content { line-height: 1.5; }
.lessons-look, .lessons-problem { font-weight: 600; }
.lessons-problem::before { content: "⚠ "; }
.lessons-picture { border-radius: 6px; }
.lessons-explorer .noUi-connect, .lessons-explorer .noUi-origin { will-change: auto; }
.lessons-explorer .noUi-handle { backface-visibility: visible; }
.lessons-explorer .lessons-number-box > .widget-text { flex: 0 0 auto; }
.lessons-explorer .lessons-number-box input {
  width: calc(5.6 * var(--jp-widgets-font-size, 13px)); text-align: right; text-overflow: ellipsis;
  font-variant-numeric: tabular-nums;
}
.lessons-explorer .lessons-long input { width: calc(13 * var(--jp-widgets-font-size, 13px)); }
.lessons-explorer .lessons-slider > .widget-text > label {
  clip-path: inset(50%); overflow: hidden; position: absolute; width: 1px;
}
.lessons-refusal { color: var(--jp-error-color1, #b00020); line-height: 1.3; }
.lessons-readout { display: flex; flex-wrap: wrap; gap: 4px 26px; }
.lessons-number { white-space: pre; border-left: 4px solid transparent; padding-left: 7px; }
.lessons-explorer data, .lessons-sum { font-family: var(--jp-code-font-family, monospace); }
.lessons-table { border-collapse: collapse; }
.lessons-table th, .lessons-table td { padding: 1px 14px 1px 8px; white-space: pre; }
.lessons-table th, .lessons-table td { text-align: right; }
.lessons-table th { font-weight: 600; }
@container (max-width: 480px) { .lessons-table th, .lessons-table td { padding: 1px 4px; } }
.lessons-explorer .widget-html-content { overflow-x: auto; }
.lessons-table th[scope="row"] { border-left: 4px solid transparent; text-align: left; }
</style>"""


def number(name, label, value, spec="+z.6f", colour="transparent"):
    """Return one labelled number as HTML.

    Parameters
    ----------
    name : str
        The number as Python reads it from the explorer, for `data-name`.
    label : str
    value : float
    spec : str
        Python format of fixed width: with a sign wherever both occur (`+z.6f`).
    colour : str
        Of the bar beside the number, the same as in the picture.

    Returns
    -------
    str
    """
    return (
        f'<span class="lessons-number" data-name="{name}" style="border-color:{colour}">'
        f'{escape(label)} = <data value="{float(value)!r}">{written(value, spec)}</data></span>'
    )


def written(value, spec):
    """Format a number with a true minus sign ; a `z` in the format drops it before a zero."""
    return format(float(value), spec).replace("-", "−")


def readout(*numbers):
    """Return labelled numbers as one block of HTML."""
    return f'<div class="lessons-readout">{"".join(numbers)}</div>'


def headline(text):
    """Return the line that says what to look at, with the style sheet of the whole explorer."""
    return f'{STYLE}<div class="lessons-look">{escape(text)}</div>'


def problem(text):
    """Return the same line telling what went wrong."""
    return f'{STYLE}<div class="lessons-problem">{escape(text)}</div>'


def table(columns, *rows):
    """Return labelled vectors as an HTML table, one a row.

    Parameters
    ----------
    columns : list of str
        Headings of the components.
    *rows : str
        Made by `vector`.

    Returns
    -------
    str
    """
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    return f'<table class="lessons-table"><tr><td></td>{head}</tr>{"".join(rows)}</table>'


def vector(name, label, values, spec="+z.4f", colour="transparent", total=True):
    """Return one labelled vector as a row of a `table`, with its sum in the last column.

    Parameters
    ----------
    name : str
        The vector as Python reads it from the explorer; component k has `data-name` name[k].
    label : str
    values : array, shape (K,)
    spec : str
        Python format of fixed width.
    colour : str
        Of the bar beside the row, the same as in the picture.
    total : bool
        Whether the sum means something.

    Returns
    -------
    str
    """
    named = ((f"{name}[{k}]", value) for k, value in enumerate(values))
    return entries(label, named, spec, colour, written(sum(values), spec) if total else "")


def entries(label, named, spec="+z.4f", colour="transparent", total=""):
    """Return labelled numbers of any names as one row of a `table`.

    Parameters
    ----------
    label : str
    named : iterable of (str, float)
        Each number's name as Python reads it from the explorer, for `data-name`, and its value.
    spec : str
        Python format of fixed width.
    colour : str
        Of the bar beside the row, the same as in the picture.
    total : str
        What to write in one more column, "" for none.

    Returns
    -------
    str
    """
    cells = "".join(
        f'<td data-name="{name}"><data value="{float(value)!r}">{written(value, spec)}</data></td>'
        for name, value in named
    )
    last = f'<td class="lessons-sum">{total}</td>' if total else ""
    return (
        f'<tr><th scope="row" style="border-color:{colour}">{escape(label)}</th>{cells}{last}</tr>'
    )
