"""The original sketch as a page to be audited: a typeset facsimile, each line judged by a button.

The student's verdict comes first. Then the engine's stands beside it, with the point where the line
fails; why, and the mended line, are one button further.
"""

from html import escape
from threading import RLock

from ipywidgets import HTML, HBox, HTMLMath, Layout, VBox

from lessons.live.base.closing import close_all
from lessons.live.base.controls import button, row
from lessons.proofs.original.catalogue import sketch
from lessons.proofs.original.line import FALSE, MENDED, REMARK, TRUE
from lessons.proofs.original.pages import PAGES, TITLE

STYLE = """<style>
.lessons-sketch { background: color-mix(in srgb, var(--jp-layout-color1, #fff) 90%, #b8860b);
  padding: 8px 16px; overflow: hidden; }
.lessons-sketch .widget-html-content { line-height: 1.4; }
.lessons-sketch .lessons-math { overflow-x: auto; overflow-y: hidden; }
.lessons-sketch .MathJax_Display, .lessons-sketch mjx-container[display="true"] { margin: 2px 0; }
.lessons-sketch i { font-family: "Segoe Print", "Bradley Hand", cursive, serif; }
.lessons-verdict { border-left: 4px solid; padding-left: 8px; }
</style>"""
# What a line can be called, and the button that says so.
CHOICES = {TRUE: "true", MENDED: "true once mended", FALSE: "false", REMARK: "no formula"}


class SketchPanel(VBox):
    """A page of the original sketch, line by line as scanned, to be judged before it is audited.

    Callbacks run in a thread beside running cells, so each publishes under `lock`.

    Parameters
    ----------
    page : int
        1, the logits; or 2, the weights and biases.

    Attributes
    ----------
    rows : dict of str to JudgedLine
        The page's lines by their number.

    Raises
    ------
    ValueError
        There is no such page.

    Examples
    --------
    >>> panel = SketchPanel(2)
    >>> panel.rows["W2"].choices["true"].click()
    >>> panel
    SketchPanel(2, judged=1 of 5, right=0)
    """

    def __init__(self, page: int) -> None:
        self.lock = RLock()
        self.page, self.rows, self.judged, self.right = page, {}, 0, 0
        if isinstance(page, bool) or page not in PAGES:
            raise ValueError(f"expected page 1 or 2 of the sketch, got {page!r}")
        self.score = HTML()
        parts = [HTML(f"{STYLE}<b>{TITLE}</b>, {page}")]
        for section in PAGES[page]:
            parts.append(HTMLMath(f"<b>{section.heading}</b>"))
            for number, words in section.lines:
                self.rows[number] = JudgedLine(number, words, self.lock, self._count)
                parts.append(self.rows[number])
        super().__init__([*parts, self.score])
        self.add_class("lessons-sketch")
        self._count()

    def _count(self):
        judged = [one for one in self.rows.values() if one.said]
        self.judged, self.right = len(judged), sum(one.said == one.line.verdict for one in judged)
        self.score.value = (
            f"<div>Judged {self.judged} of {len(self.rows)} lines; in {self.right} "
            "the proof engine agrees with you.</div>"
        )

    def __repr__(self):
        return (
            f"SketchPanel({self.page}, judged={self.judged} of {len(self.rows)}, "
            f"right={self.right})"
        )

    def _repr_mimebundle_(self, **kwargs):
        """Add the page as it reads, without a verdict, for readers that have no kernel."""
        bundle = super()._repr_mimebundle_(**kwargs)
        lines = "\n\n".join(one.as_markdown() for one in self.rows.values())
        bundle["text/markdown"] = f"**{TITLE}**, {self.page}\n\n{lines}"
        return bundle

    def close(self) -> None:
        """Take the page and all its buttons off the screen and out of memory."""
        with self.lock:
            close_all(self)


class JudgedLine(VBox):
    """One line of the page, its buttons, and what they have brought to light.

    Attributes
    ----------
    line : lessons.proofs.original.line.SketchLine
    choices : dict of str to ipywidgets.Button
        By what each says.
    said : str
        The verdict that the student gave first; empty before.
    """

    def __init__(self, number, words, lock, judged):
        self.line, self.words, self.said = sketch(number), words, ""
        self._lock, self._judged = lock, judged
        self.choices = {
            text: button(text, lambda verdict=verdict: self.judge(verdict), f"{number} is {text}")
            for verdict, text in CHOICES.items()
        }
        self.why = button("Why, and mended", self.mend, f"The reason, and {number} as it should be")
        self.why.layout.display = "none"
        self.formula = HTMLMath(self._as_html(), layout=Layout(flex="3 1 380px"))
        self.verdict, self.mended = HTML(), HTMLMath()
        for part in (self.formula, self.mended):
            part.add_class("lessons-math")
        buttons = row(*self.choices.values(), self.why)
        beside = VBox([buttons, self.verdict], layout=Layout(flex="1 1 300px"))
        whole = HBox([self.formula, beside], layout=Layout(flex_flow="row wrap"))
        super().__init__([whole, self.mended])

    def judge(self, verdict):
        """Take the first verdict for the student's, and set the engine's beside it."""
        with self._lock:
            if self.said:
                return
            self.said = verdict
            for text, choice in self.choices.items():
                choice.disabled = True
                choice.button_style = "info" if text == CHOICES[verdict] else ""
            self.verdict.value = self._answer()
            self.why.layout.display = None
            self._judged()

    def mend(self):
        """Show the reason, and the line as it should be."""
        with self._lock:
            self.why.disabled = True
            self.mended.value = escape(self.line.audit().explanation, quote=False)

    def as_markdown(self):
        """Return the line as it reads."""
        formula = f"\n\n$$\\begin{{aligned}}{self.line.as_read}\\end{{aligned}}$$"
        return f"{self.line.number} · {self._remark()}{formula if self.line.chains else ''}"

    def _remark(self):
        original = f"*{self.words}*: " if self.words else ""
        return f"{original}{self.line.page}"

    def _as_html(self):
        original = f"<i>{escape(self.words)}</i> — " if self.words else ""
        formula = rf"$$\begin{{aligned}}{self.line.as_read}\end{{aligned}}$$"
        shown = escape(formula, quote=False) if self.line.chains else ""
        return f"<b>{self.line.number}</b> {original}{escape(self.line.page)}{shown}"

    def _answer(self):
        line = self.line
        agrees = "✓ So says" if self.said == line.verdict else "✗ Not so says"
        vote = CHOICES[self.said]
        place = f" It fails {line.counterexample}." if line.counterexample else ""
        return (
            f'<div class="lessons-verdict">You: {vote}. {agrees} the engine: <b>{line.verdict}</b>.'
            f"{escape(place)}</div>"
        )
