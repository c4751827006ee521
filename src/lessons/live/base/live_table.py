"""Live table: numbers as HTML tables, renewed in place, with cells that a hand can drag."""

import re

from traitlets import Dict, Unicode

from lessons.live.base.hand import HERE, Holdable, script

CSS = (HERE / "live_table.css").read_text(encoding="utf-8")
BEYOND_WHAT_IS_SHOWN = re.compile(r'</?data\b[^>]*>| data-exact="[^"]*"')


class LiveTable(Holdable):
    """Tables on the page, whose cells with `data-handle` can be taken.

    A cell that also has `data-press` answers to a mere press. One that is a box is typed into.

    Attributes
    ----------
    html : str
        The tables, as `lessons.live.base.array_html` writes them.
    refusals : dict of str to list
        By the box's name what was typed and why it is not taken: the one stays in the box, the
        other stands below the tables.
    """

    _esm = script("live_table.js")
    _css = CSS
    html = Unicode().tag(sync=True)
    refusals = Dict().tag(sync=True)


def still(html: str) -> str:
    """Return tables as HTML that stands alone, where no widget brings the style sheet.

    Its numbers have only the digits that are shown: the last of all differ from one processor to
    the next, and a stored output would with them.
    """
    shown = BEYOND_WHAT_IS_SHOWN.sub("", html)
    return f'<style>{CSS}</style><div class="lessons-arrays">{shown}</div>'
