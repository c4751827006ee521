"""One line of the tutor on the page: a field, what was understood, and the answer."""

from html import escape

from ipywidgets import HTML, HBox, HTMLMath, Layout, Text, VBox

from lessons.proofs.answer import ACCEPTED, NOT_UNDERSTOOD, REFUTED, SHOW_HOW, UNDECIDED

# The answer in a sign, for it must not be told by colour alone.
SIGNS = {ACCEPTED: "✓", REFUTED: "✗", NOT_UNDERSTOOD: "?", SHOW_HOW: "…", UNDECIDED: "…"}


class Row(VBox):
    """A numbered field, what was understood beside it, and the answer beneath."""

    def __init__(self, number, text=""):
        self.field = Text(
            text,
            description=f"line {number}",
            placeholder="type a line, then Enter",
            continuous_update=False,
            style={"description_width": "50px"},
            layout=Layout(flex="1 1 320px", max_width="520px"),
        )
        self.math, self.answer = HTMLMath(layout=Layout(flex="1 1 260px")), HTML()
        self.math.add_class("lessons-math")
        together = Layout(flex_flow="row wrap", align_items="center")
        super().__init__([HBox([self.field, self.math], layout=together), self.answer])

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


def _answer(answer):
    sign, (*pointed, sentences) = SIGNS[answer.status], answer.text.split("\n")
    place = f"<pre>{escape(chr(10).join(pointed))}</pre>" if pointed else ""
    return (
        f'<div class="lessons-answer" data-status="{answer.status}">{place}'
        f"{sign} <b>{answer.status}</b>: {escape(sentences)}</div>"
    )
