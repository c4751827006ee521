"""The numbers of a picture as ordinary text beside it, in fixed width so that nothing jumps."""

from html import escape

STYLE = """<style>
.lessons-explorer { container-type: inline-size; overflow: hidden; }
.lessons-explorer .widget-html-content { line-height: 1.5; }
.lessons-look, .lessons-problem { font-weight: 600; }
.lessons-problem::before { content: "⚠ "; }
.lessons-picture { border-radius: 6px; }
.lessons-readout { display: flex; flex-wrap: wrap; gap: 4px 26px; }
.lessons-number { white-space: pre; border-left: 4px solid transparent; padding-left: 7px; }
.lessons-number data { font-family: var(--jp-code-font-family, monospace); }
</style>"""


def number(name, label, value, spec="+z.6f", colour="transparent"):
    """Return one labelled number as HTML.

    Parameters
    ----------
    name : str
        Attribute of the explorer that holds the number, for `data-name`.
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


def look(text):
    """Return the line that says what to look at, with the style sheet of the whole explorer."""
    return f'{STYLE}<div class="lessons-look">{escape(text)}</div>'


def problem(text):
    """Return the same line telling what went wrong."""
    return f'{STYLE}<div class="lessons-problem">{escape(text)}</div>'
