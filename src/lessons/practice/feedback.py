"""Feedback as the student sees it: a quiet box in the notebook, the same words in plain text."""

import html
import os
import re
import sys
from dataclasses import dataclass, field

RIGHT, WRONG, OPEN, STOPPED = "right", "wrong", "not attempted", "stopped"
HINT, SOLUTION = "hint", "solution"

# The mark says what the colour says, so that nothing hangs on seeing colours. JupyterLab's own
# variables follow its light and dark themes; the value after the comma serves other pages.
_LOOK = {
    RIGHT: ("✓", "Right", "var(--jp-success-color1, #2e7d32)"),
    WRONG: ("✗", "Not yet", "var(--jp-warn-color1, #b35900)"),
    OPEN: ("○", "Not attempted yet", "var(--jp-border-color1, #8a8a8a)"),
    STOPPED: ("■", "Stopped", "var(--jp-warn-color1, #b35900)"),
    HINT: ("?", "Hint", "var(--jp-info-color1, #0072b2)"),
    SOLUTION: ("✓", "Solution", "var(--jp-info-color1, #0072b2)"),
}


@dataclass(frozen=True)
class Feedback:
    """What `check`, `hint` and `solution` return: a box in JupyterLab, text in a terminal.

    Attributes
    ----------
    exercise : str
        The exercise's name.
    status : str
        "right", "wrong", "not attempted", "stopped", "hint" or "solution".
    message : str
        Paragraphs divided by empty lines; code in `backticks`.
    mistake : str
        The name of the mistake that was recognised, "" if none was.
    code : str
        Source, or a line with a mark below it, to show under the message.
    after : str
        A last line, such as where a hint is.
    before : tuple of Feedback
        What was said earlier in the same cell, which shows its last value alone.
    aids : lessons.practice.aids.Aids, optional
        What buttons below the box offer in a notebook.
    """

    exercise: str
    status: str
    message: str = ""
    mistake: str = ""
    code: str = ""
    after: str = ""
    before: tuple["Feedback", ...] = ()
    aids: object = field(default=None, repr=False, compare=False)
    _displayed: list[bool] = field(default_factory=list, repr=False, compare=False)

    @property
    def displayed(self) -> bool:
        """Whether it was displayed or printed."""
        return bool(self._displayed)

    @property
    def passed(self) -> bool:
        """Whether the answer is right; what a graded cell asserts."""
        return self.status == RIGHT

    def __repr__(self):
        for said in (*self.before, self):
            said._displayed.append(True)
        return "\n\n".join(said._text() for said in (*self.before, self))

    def _text(self):
        mark, title, _ = _LOOK[self.status]
        parts = [_plain(self.message), self.code, _plain(self.after)]
        return "\n\n".join([f"{mark} {title} · {self.exercise}", *filter(None, parts)])

    def _repr_html_(self):
        return "".join(said._html() for said in (*self.before, self))

    def _html(self):
        mark, title, colour = _LOOK[self.status]
        code = f"<pre style='{_CODE}'>{html.escape(self.code)}</pre>" if self.code else ""
        return (
            f"<div role='status' style='border-left:4px solid {colour};padding:.3em .9em;"
            "max-width:46em'>"
            f"<strong><span style='color:{colour}' aria-hidden='true'>{mark}</span> "
            f"{title}</strong>"
            f" · <code>{html.escape(self.exercise)}</code>"
            f"{_paragraphs(self.message)}{code}{_paragraphs(self.after)}</div>"
        )

    def _repr_mimebundle_(self, include=None, exclude=None):
        """Return text and HTML, and in a notebook that is alive the box with its buttons."""
        bundle = {"text/plain": repr(self), "text/html": self._repr_html_()}
        aids = self.aids
        if _in_a_notebook() and aids and (aids.more_hints or aids.solution_offered):
            from lessons.practice.feedback_box import FeedbackBox  # loads widgets

            bundle = FeedbackBox(bundle["text/html"], aids)._repr_mimebundle_() | bundle
        return bundle


def running_shell():
    """Return IPython's shell that runs this code, None outside one, without loading IPython."""
    return sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None


def _in_a_notebook():
    """Whether a kernel runs this whose page may have a hand on it: nbgrader's has none."""
    kernel = getattr(running_shell(), "kernel", None)
    return kernel is not None and "NBGRADER_EXECUTION" not in os.environ


_CODE = "margin:.4em 0;white-space:pre;overflow-x:auto"


def _paragraphs(text):
    parts = [part for part in text.split("\n\n") if part]
    return "".join(f"<p style='margin:.3em 0'>{inline_html(part)}</p>" for part in parts)


def inline_html(text: str) -> str:
    """Escape a sentence for HTML and turn `code`, e^{−z}, z_i and line ends into their tags."""
    pieces = html.escape(text).split("`")
    pieces[::2] = (_raised(piece) for piece in pieces[::2])
    pieces[1::2] = (f"<code>{piece}</code>" for piece in pieces[1::2])
    return "".join(pieces).replace("\n", "<br>")


def _raised(text):
    for sign, tag in (("\\^", "sup"), ("_", "sub")):
        text = re.sub(sign + r"\{([^{}]*)\}", rf"<{tag}>\1</{tag}>", text)
        text = re.sub(sign + r"([A-Za-z0-9]+)", rf"<{tag}>\1</{tag}>", text)
    return text


def _plain(text):
    """Write e^{−z} as e^(−z)."""
    return re.sub(r"([\^_])\{([^{}]*)\}", r"\1(\2)", text)
