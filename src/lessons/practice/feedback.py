"""What the student sees: one quiet box in the notebook, the same words as plain text elsewhere."""

import html
import re
from dataclasses import dataclass

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
    """

    exercise: str
    status: str
    message: str = ""
    mistake: str = ""
    code: str = ""

    @property
    def passed(self):
        """Whether the answer is right; what a graded cell asserts."""
        return self.status == RIGHT

    def __repr__(self):
        mark, title, _ = _LOOK[self.status]
        parts = [f"{mark} {title} · {self.exercise}", self.message, self.code]
        return "\n\n".join(part for part in parts if part)

    def _repr_html_(self):
        mark, title, colour = _LOOK[self.status]
        paragraphs = [
            f"<p style='margin:.3em 0'>{_inline(p)}</p>" for p in self.message.split("\n\n") if p
        ]
        code = (
            f"<pre style='margin:.4em 0'><code>{html.escape(self.code)}</code></pre>"
            if self.code
            else ""
        )
        return (
            f"<div role='status' style='border-left:4px solid {colour};padding:.3em "
            f".9em;max-width:46em'><strong><span style='color:{colour}' "
            f"aria-hidden='true'>{mark}</span> {title}</strong> · "
            f"<code>{html.escape(self.exercise)}</code>{''.join(paragraphs)}{code}</div>"
        )


def _inline(text):
    """Escape the text for HTML and turn `code` and line ends into their tags."""
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))
    return text.replace("\n", "<br>")
