"""A derivation that opens line by line: the reason first, to predict from, and then the line."""

from html import escape
from threading import RLock

from IPython import get_ipython
from ipywidgets import HTML, HTMLMath, VBox

from lessons.live.base.closing import close_all
from lessons.live.base.controls import button, row
from lessons.proofs import derivation
from lessons.proofs.printing.page import latex_of_view
from lessons.proofs.printing.reasons import reason_as_text

STYLE = """<style>
.lessons-reveal { overflow: hidden; }
.lessons-reveal .widget-html-content { line-height: 1.5; }
.lessons-reveal .lessons-math { overflow-x: auto; overflow-y: hidden; }
.lessons-reveal .lessons-idle { cursor: default; opacity: 0.45; }
</style>"""
OPENED: dict[str, tuple] = {}  # by the cell that showed it: what it is of, and how many lines stand


class DerivationReveal(VBox):
    """A derivation, verified, of which each press of Next shows one line more.

    The line to come is an empty box with its reason beside it: predict it, then press Next. Without
    a kernel all lines are there. Whose cell is run again keeps the lines that were opened.

    Callbacks run in a thread beside running cells, so each publishes under `lock`.

    Parameters
    ----------
    name : str
        A derivation's name, such as "binary, y = 1".
    shown : int, optional
        Number of the last line that stands at first; unless told, the first one of `lines`.
    lines : tuple of (int, int), optional
        Numbers of the first and the last line, for a part of a long derivation.

    Attributes
    ----------
    derivation : Derivation
        What is shown.
    shown : int
        How many lines stand; the next one is the empty box.

    Raises
    ------
    ValueError
        There is no derivation of that name, or it has no such lines.
    TypeError
        A number of a line that is not a whole number.

    Examples
    --------
    >>> reveal = DerivationReveal("binary, y = 1")
    >>> reveal.forward()
    >>> reveal
    DerivationReveal('binary, y = 1', shown=2)
    """

    def __init__(
        self, name: str, shown: int | None = None, lines: tuple[int, int] | None = None
    ) -> None:
        self.lock = RLock()
        self.name, self.derivation = name, derivation(name)
        self._begin, self._end = 1, len(self.derivation)
        if lines is not None:
            begin, end = (self._checked(number) for number in lines)
            self._begin, self._end = begin, self._checked(end, begin)
        self.shown = self._first = self._begin if shown is None else self._checked(shown)
        self.task, self.lines = HTML(), HTMLMath()
        self.lines.add_class("lessons-math")
        self.next = button("Next", self.forward, "Show the line in the box")
        self.back = button("Back", self.backward, "Hide the last line again")
        self.all = button("Show all", self.finish, "Show every line")
        self.again = button("Start again", self.restart, "Show the first line alone")
        for each, way in ((self.next, "next"), (self.back, "back"), (self.again, "first")):
            each.add_class(f"lessons-{way}-step")  # by which the keys of a slide find it
        buttons = row(self.next, self.back, self.all, self.again)
        super().__init__([HTML(STYLE + self._title()), self.lines, self.task, buttons])
        self.add_class("lessons-reveal")
        self._call, self._cell = (name, shown, lines), _cell()
        call, opened = OPENED.get(self._cell, (None, self._first))
        self._show(opened if call == self._call else self._first)

    def forward(self) -> None:
        """Show one line more; after the last one nothing happens."""
        self._move(1)

    def backward(self) -> None:
        """Hide the last line again; the first one stays."""
        self._move(-1)

    def finish(self) -> None:
        """Show every line."""
        self._show(self._end)

    def restart(self) -> None:
        """Show as many lines as at first."""
        self._show(self._first)

    def _move(self, lines):
        with self.lock:
            self._show(self.shown + lines)

    def _checked(self, number, least=None):
        if isinstance(number, bool) or not isinstance(number, int):
            raise TypeError(f"expected shown to be a whole number, got {number!r}")
        least = self._begin if least is None else least
        if not least <= number <= self._end:
            raise ValueError(f"expected shown from {least} to {self._end}, got {number}")
        return number

    def _show(self, count):
        """Publish that many lines, and the box for the next one."""
        with self.lock:
            self.shown = max(self._begin, min(count, self._end))
            done = self.shown == self._end
            view = self.derivation[self._begin - 1 : min(self.shown + 1, self._end)]
            view = view if done else view.blank(self.shown + 1)
            self.lines.value = escape(latex_of_view(view, steady=True), quote=False)
            self.task.value = f"<div>{self._task(done)}</div>"
            for each, idle in (
                (self.next, done),
                (self.all, done),
                (self.back, self.shown == self._begin),
            ):
                _set_idle(each, idle)
            if self._cell:
                OPENED[self._cell] = self._call, self.shown

    def _task(self, done):
        count = self._end
        if done:
            last = "All" if count == len(self.derivation) else f"The first {count} of"
            return f"{last} {len(self.derivation)} lines stand, each of them proved."
        # In a narrow cell the reason beside the box is out of sight, to be scrolled to.
        reason = escape(reason_as_text(self.derivation.steps[self.shown].because))
        return (
            f"Line {self.shown} of {count}. Write line {self.shown + 1} on paper, from its reason "
            f"(<em>{reason}</em>); then press Next."
        )

    def _title(self):
        return f"<b>{escape(self.derivation.title)}</b>"

    def __repr__(self):
        return f"DerivationReveal({self.name!r}, shown={self.shown})"

    def _repr_mimebundle_(self, **kwargs):
        """Add the whole derivation, for readers that have no kernel."""
        bundle = super()._repr_mimebundle_(**kwargs)
        bundle["text/latex"] = self.derivation[self._begin - 1 : self._end]._repr_latex_()
        return bundle

    def close(self) -> None:
        """Take the derivation and its buttons off the page and out of memory."""
        with self.lock:
            close_all(self)


def _cell():
    """Return the id of the notebook's cell that runs, "" where no page has named it."""
    parent = getattr(get_ipython(), "get_parent", dict)()
    return parent.get("metadata", {}).get("cellId", "")


def _set_idle(pressed, idle):
    """Show that a button has nothing to do; a disabled one would lose the focus, and the keys."""
    (pressed.add_class if idle else pressed.remove_class)("lessons-idle")
