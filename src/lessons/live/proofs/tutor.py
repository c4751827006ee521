"""The tutor on the page: one field a line, the answer beneath it."""

from html import escape
from threading import RLock

from ipywidgets import HTML, HBox, HTMLMath, Layout, Text, VBox

from lessons.colours import GRADIENT, LIGHT
from lessons.live.base.closing import close_all
from lessons.live.base.controls import button
from lessons.live.proofs.copy_button import CopyButton
from lessons.proofs.printing.latex import to_latex
from lessons.proofs.printing.reasons import reason_as_text, words_as_latex
from lessons.proofs.tutor.tutor import (
    ACCEPTED,
    NOT_UNDERSTOOD,
    REFUTED,
    SHOW_HOW,
    UNDECIDED,
    Tutor,
)
from lessons.student_files import (
    PROOF,
    add_line,
    lines_of,
    progress_file,
    proof_file,
    write_keeping,
    write_whole,
)

STYLE = f"""<style>
.lessons-tutor {{ container-type: inline-size; overflow: hidden; }}
.lessons-tutor .widget-html-content {{ line-height: 1.5; }}
.lessons-tutor input {{ font-family: var(--jp-code-font-family, monospace); }}
.lessons-tutor code {{ white-space: nowrap; }}
.lessons-tutor .lessons-math {{ overflow-x: auto; overflow-y: hidden; }}
.lessons-answer {{ border-left: 4px solid {LIGHT.axis}; padding-left: 8px; margin-left: 54px; }}
.lessons-accepted {{ display: flex; column-gap: 16px; }}
.lessons-accepted span {{ flex: 0 0 50px; text-align: right; }}
.lessons-accepted code {{ white-space: pre-wrap; overflow-wrap: anywhere; }}
.lessons-answer pre {{ margin: 0; white-space: pre; overflow-x: auto; }}
.lessons-answer[data-status="accepted"] {{ border-color: {GRADIENT}; }}
.lessons-answer[data-status="refuted"] {{ border-color: #CC3311; }}
</style>"""
SYNTAX = (
    "Type a line in plain text and press Enter: <code>{examples}</code>. "
    "An equation, <code>a = b</code>, is a side calculation."
)


FINISHED, UNFINISHED = "# finished", "# not finished yet"
MOST = 60  # lines that are read back from a file, which a hand may have edited


class TutorPanel(VBox):
    """A derivation to be written in the notebook, each line answered when it is entered.

    What was accepted is kept in the student's own folder, beside the progress, and stands there
    again when the panel is opened the next time: its lines are judged anew, as if typed. A proof
    that was finished, or that this panel does not hold, is kept beside before another replaces it.

    Callbacks run in a thread beside running cells, so each reads, decides and publishes under
    `lock`.

    Parameters
    ----------
    name : str
        A task of `lessons.proofs.tutor.tutor.Tutor`.

    Attributes
    ----------
    tutor : Tutor
        What decides.
    line : ipywidgets.Text
        The field that waits for the next line; to set its value is to enter the line.
    answer : Answer or None
        The answer to what was entered last.
    error : Exception or None
        What the last callback raised; it is shown below the line.

    Examples
    --------
    >>> panel = TutorPanel("binary, y = 1")
    >>> panel.line.value = "-1/yhat * d/dz(yhat)"
    >>> panel.answer
    accepted: Line 2 follows from line 1. You have shown the chain rule through the logarithm.
    """

    def __init__(self, name: str) -> None:
        self.lock = RLock()
        self.tutor = Tutor(name)
        self.answer = self.error = None
        self.rows, self.hints = VBox(), HTML()
        self.copies = CopyButton("Copy as LaTeX"), CopyButton("Copy as text")
        buttons = HBox(
            [
                button("Hint", self.hint, "One more hint"),
                button("Take back a line", self.undo, "Take back the last accepted line"),
                button("Start again", self.restart, "Keep line 1 alone"),
                *self.copies,
            ],
            layout=Layout(flex_flow="row wrap", align_items="center"),
        )
        super().__init__([HTMLMath(STYLE + _head(self.tutor.task)), self.rows, buttons, self.hints])
        self.add_class("lessons-tutor")
        self.restart()
        self._safely(self._restore)

    def hint(self) -> None:
        """Show one more hint."""
        self._safely(lambda: self._say(f"Hint: {self.tutor.hint()}"))

    def undo(self) -> None:
        """Take back the last accepted line and open its field again."""
        self._safely(self._undo)

    def restart(self) -> None:
        """Keep line 1 alone."""
        self._safely(self._restart)

    @property
    def line(self) -> Text:
        """The field that waits for the next line, or the last field once all is finished."""
        return self.rows.children[-1].field

    def _safely(self, action):
        with self.lock:
            try:
                self.error = None
                action()
            except Exception as error:  # whatever it is, the person who typed has to see it
                self.error = error
                self._say(f"⚠ {type(error).__name__}: {error}")

    def _entered(self, row):
        with self.lock:
            if row.field.disabled:
                row.restore()
            elif row in self.rows.children:
                self._safely(lambda: self._check(row, row.field.value))

    def _check(self, row, text):
        self._say("")
        if not text.strip():
            row.clear()
            return
        self.answer = self.tutor.line(text)
        row.show(self.answer, text)
        if self.answer:
            if not self.answer.finished:
                self._open_field()
            self._follow()
            self._keep()

    def _follow(self):
        """Give the buttons the proof as it stands, to be copied."""
        latex, text = self.copies
        latex.text, text.text = self.tutor.as_latex(), self.tutor.as_text()

    def _keep(self):
        """Write the proof down; a proof of line 1 alone leaves what was kept before."""
        lines = self.tutor.lines[1:]
        if not lines:
            return
        task, finished = self.tutor.task, self.tutor.finished
        about = [
            f"# {task.name}",
            f"# {reason_as_text(task.statement)}",
            FINISHED if finished else UNFINISHED,
        ]
        try:
            text = "".join(f"{line}\n" for line in (*about, *lines))
            self._write(proof_file(task.name), text)
            self._held = lines
            if finished and f"{PROOF}{task.name}" not in lines_of(progress_file()):
                add_line(progress_file(), f"{PROOF}{task.name}")
        except OSError as error:
            reason = error.strerror or type(error).__name__
            place = proof_file(task.name)
            self._say(f"(This proof cannot be saved in {place}: {reason}. Copy it before you go.)")

    def _write(self, path, text):
        """Replace a proof; one that would be lost, and not by this panel's hand, is kept beside."""
        kept = lines_of(path)
        old, new = _typed(kept), self.tutor.lines[1:]
        if new[: len(old)] == old or (old == self._held and FINISHED not in kept):
            write_whole(path, text)
        else:
            place = write_keeping(path, text)
            self._say(f"(The proof that was here is kept in {place.parent.name}/{place.name}.)")

    def _restore(self):
        """Enter the lines that were kept, up to the first that is not accepted."""
        lines = _typed(lines_of(proof_file(self.tutor.task.name)))
        for text in lines[:MOST]:
            row = self.rows.children[-1]
            self.answer = self.tutor.line(text)
            row.show(self.answer, text)
            if not self.answer:
                row.field.value = text
            if not self.answer or self.answer.finished:
                break
            self._open_field(focus=False)
        self._follow()
        self._held = self.tutor.lines[1:]
        if len(self.tutor.lines) > 1:
            self._say("These lines are yours from last time; Start again puts them away.")

    def _undo(self):
        if len(self.tutor.lines) == 1:
            self._say("Line 1 is given: there is nothing to take back.")
            return
        kept = len(self.tutor.lines) - 1
        self.tutor.undo()
        for row in self.rows.children[kept:]:
            close_all(row)
        self.rows.children = self.rows.children[:kept]
        self.answer = None
        self._open_field()
        self._follow()
        self._keep()

    def _restart(self):
        self.tutor.restart()
        self._held = []
        for row in self.rows.children:
            close_all(row)
        given = Row(1, self.tutor.task.start)
        given.field.observe(lambda _: self._entered(given), "value")
        given.accept(self.tutor.task.start)
        given.math.value = rf"$\displaystyle {to_latex(self.tutor.reached)}$"
        self.rows.children, self.answer = (given,), None
        self._say("")
        self._open_field()
        self._follow()

    def _open_field(self, focus=True):
        row = Row(len(self.rows.children) + 1)
        row.field.observe(lambda _: self._entered(row), "value")
        self.rows.children = (*self.rows.children, row)
        if focus:
            row.field.focus()

    def _say(self, text):
        self.hints.value = f"<div>{escape(text)}</div>" if text else ""

    def __repr__(self):
        lines, finished = len(self.tutor.lines), self.tutor.finished
        return f"TutorPanel({self.tutor.task.name!r}, lines={lines}, finished={finished})"

    def _repr_mimebundle_(self, **kwargs):
        """Add the task and the lines as they stand, for readers that have no kernel."""
        bundle = super()._repr_mimebundle_(**kwargs)
        rows = "".join(f"<li>{row.as_html()}</li>" for row in self.rows.children)
        bundle["text/html"] = f"{_head(self.tutor.task)}<ol>{rows}</ol>"
        return bundle

    def close(self) -> None:
        """Take the panel and all it is made of off the page and out of memory."""
        with self.lock:
            close_all(self)


def _typed(kept):
    """Return a kept proof's own lines, without what is said about it."""
    return [line for line in kept if line and not line.startswith("#")]


def _head(task):
    examples = "</code>, <code>".join(map(escape, task.setting.vocabulary.examples))
    asked = words_as_latex(escape(task.statement, quote=False))
    return f"<div><b>{asked}</b></div><div>{SYNTAX.format(examples=examples)}</div>"


# The answer in a sign, for it must not be told by colour alone.
SIGNS = {ACCEPTED: "✓", REFUTED: "✗", NOT_UNDERSTOOD: "?", SHOW_HOW: "…", UNDECIDED: "…"}


class Row(VBox):
    """A numbered field, what was understood beside it, and the answer beneath."""

    def __init__(self, number, text=""):
        self.field = Text(
            text,
            description=f"line {number}",
            placeholder="type a line, then Enter",
            tooltip="",
            continuous_update=False,
            style={"description_width": "50px"},
            layout=Layout(flex="1 1 320px", max_width="520px"),
        )
        self.math, self.answer = HTMLMath(layout=Layout(flex="1 1 260px")), HTML()
        self.math.add_class("lessons-math")
        together = Layout(flex_flow="row wrap", align_items="center")
        self._line = HBox([self.field, self.math], layout=together)
        super().__init__([self._line, self.answer])

    def show(self, answer, text):
        """Show the answer to a text; an accepted line can no longer be changed."""
        if answer:
            self.accept(text)
        lead = "= " if len(answer.sides) == 1 else ""
        formula = rf"$\displaystyle {lead}{escape(answer.latex(), quote=False)}$"
        self.math.value = formula if answer.sides else ""
        self.answer.value = _answer(answer)

    def accept(self, text):
        """Close the field on the text that was checked, whatever was typed into it since."""
        self._accepted, self.field.disabled = text, True
        self.restore()
        # As text, which wraps: a field would cut a long line.
        written = HTML(_accepted(self.field.description, text), layout=Layout(flex="1 1 320px"))
        self.field.layout.display = "none"
        self._line.children = self.field, written, self.math

    def restore(self):
        """Put back what was accepted, should anything else have been written there."""
        self.field.value = self._accepted

    def clear(self):
        """Show no answer."""
        self.math.value = self.answer.value = ""

    def as_html(self):
        """Return the line, what it means and the answer without any widget."""
        typed = f"<code>{escape(self.field.value)}</code>" if self.field.value else "…"
        return f"{typed} {self.math.value}{self.answer.value}"


def _accepted(name, text):
    return f'<div class="lessons-accepted"><span>{name}</span><code>{escape(text)}</code></div>'


def _answer(answer):
    sign, (*pointed, sentences) = SIGNS[answer.status], answer.text.split("\n")
    place = f"<pre>{escape(chr(10).join(pointed))}</pre>" if pointed else ""
    return (
        f'<div class="lessons-answer" data-status="{answer.status}">{place}'
        f"{sign} <b>{answer.status}</b>: {escape(sentences)}</div>"
    )
