"""What the tutor says about one line."""

from dataclasses import dataclass

from sympy import Expr

from lessons.proofs.latex import latex

ACCEPTED = "accepted"
REFUTED = "refuted"
NOT_UNDERSTOOD = "not understood"
SHOW_HOW = "true, but show how"
UNDECIDED = "undecided"


@dataclass(frozen=True, eq=False)
class Answer:
    """The tutor's answer to one line; it is truthy if the line is accepted.

    Attributes
    ----------
    status : str
        "accepted", "refuted", "not understood", "true, but show how" or "undecided".
    text : str
        The answer in sentences; for "not understood" with a caret below the mistake.
    sides : tuple of Expr
        What was understood: nothing, one expression, or the two sides of an equation.
    finished : bool
        Whether the task ends with this line.
    """

    status: str
    text: str
    sides: tuple[Expr, ...] = ()
    finished: bool = False

    def __bool__(self):
        return self.status == ACCEPTED

    def __repr__(self):
        return f"{self.status}: {self.text}"

    def latex(self):
        """Write what was understood in LaTeX, without dollar signs; nothing if it was not."""
        return " = ".join(map(latex, self.sides))
