"""A derivation that opens line by line: the reason first, to predict from, and then the line."""

from html import escape
from threading import RLock

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
</style>"""


class DerivationReveal(VBox):
    """A derivation, verified, of which each press of Next shows one line more.

    The line to come is an empty box with its reason beside it: predict it, then press Next. Without
    a kernel all lines are there.

    Callbacks run in a thread beside running cells, so each publishes under `lock`.

    Parameters
    ----------
    name : str
        A derivation's name, such as "binary, y = 1".
    shown : int
        How many lines to show at first.

    Attributes
    ----------
    derivation : Derivation
        What is shown.
    shown : int
        How many lines stand; the next one is the empty box.

    Raises
    ------
    ValueError
        There is no derivation of that name, or it has not so many lines.
    TypeError
        `shown` is not a whole number.

    Examples
    --------
    >>> reveal = DerivationReveal("binary, y = 1")
    >>> reveal.forward()
    >>> reveal
    DerivationReveal('binary, y = 1', shown=2)
    """

    def __init__(self, name: str, shown: int = 1) -> None:
        self.lock = RLock()
        self.name, self.derivation = name, derivation(name)
        self.shown = self._first = self._checked(shown)
        self.task, self.lines = HTML(), HTMLMath()
        self.lines.add_class("lessons-math")
        self.next = button("Next", self.forward, "Show the line in the box")
        self.back = button("Back", self.backward, "Hide the last line again")
        self.all = button("Show all", self.finish, "Show every line")
        self.again = button("Start again", self.restart, "Show the first line alone")
        buttons = row(self.next, self.back, self.all, self.again)
        super().__init__([HTML(STYLE + self._title()), self.lines, self.task, buttons])
        self.add_class("lessons-reveal")
        self._show(self._first)

    def forward(self) -> None:
        """Show one line more; after the last one nothing happens."""
        self._move(1)

    def backward(self) -> None:
        """Hide the last line again; the first one stays."""
        self._move(-1)

    def finish(self) -> None:
        """Show every line."""
        self._show(len(self.derivation))

    def restart(self) -> None:
        """Show as many lines as at first."""
        self._show(self._first)

    def _move(self, lines):
        with self.lock:
            self._show(self.shown + lines)

    def _checked(self, shown):
        if isinstance(shown, bool) or not isinstance(shown, int):
            raise TypeError(f"expected shown to be a whole number, got {shown!r}")
        if not 1 <= shown <= len(self.derivation):
            raise ValueError(f"expected shown from 1 to {len(self.derivation)}, got {shown}")
        return shown

    def _show(self, count):
        """Publish that many lines, and the box for the next one."""
        with self.lock:
            self.shown = max(1, min(count, len(self.derivation)))
            done = self.shown == len(self.derivation)
            view = self.derivation[: self.shown + 1]
            view = view if done else view.blank(self.shown + 1)
            self.lines.value = escape(latex_of_view(view, steady=True), quote=False)
            self.task.value = f"<div>{self._task(done)}</div>"
            self.next.disabled = self.all.disabled = done
            self.back.disabled = self.shown == 1

    def _task(self, done):
        count = len(self.derivation)
        if done:
            return f"All {count} lines stand, each of them proved."
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
        bundle["text/latex"] = self.derivation._repr_latex_()
        return bundle

    def close(self) -> None:
        """Take the derivation and its buttons off the page and out of memory."""
        with self.lock:
            close_all(self)
