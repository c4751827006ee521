"""The tutor, an interactive proof checker: a student's own derivation, judged line by line.

A line is accepted only if the symbolic road proves that it equals the line before, for any number
of classes and features; it is refused with numbers where the numeric road finds some. Where neither
decides, the tutor says so. That a line is *true* is not enough: the result of the task counts only
when the milestones on the way to it have been shown.
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from sympy import Expr, Mul, default_sort_key

from lessons.proofs.language.grammar import NotUnderstood, normalised, pointed
from lessons.proofs.language.reader import read
from lessons.proofs.language.size_limits import check_size
from lessons.proofs.numeric.comparison import NO_VALUE
from lessons.proofs.printing.latex import to_latex
from lessons.proofs.printing.reasons import reason_as_text
from lessons.proofs.printing.text import to_text
from lessons.proofs.tutor.milestones import (
    cancels_derivatives,
    goes_on_from,
    is_worked_out,
    same_form,
    shown_beside,
    shown_in_step,
    standing_of,
    states_the_result,
)
from lessons.proofs.tutor.tasks import catalogue as tasks
from lessons.proofs.tutor.tasks.task import Milestone
from lessons.proofs.verdict import judge

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

    def latex(self) -> str:
        """Write what was understood in LaTeX, without dollar signs; nothing if it was not."""
        return " = ".join(map(to_latex, self.sides))


@dataclass(frozen=True, eq=False)
class _Kept:
    """An accepted line: as typed, what the next line must equal and its number, what is shown.

    Begun is what the derivatives that stand will show when they are taken; sides are both of a side
    calculation.
    """

    text: str
    reached: Expr
    number: int
    shown: frozenset[str]
    begun: frozenset[str] = frozenset()
    sides: tuple[Expr, ...] = ()


class Tutor:
    """A derivation that a student writes, line by line.

    Parameters
    ----------
    name : str
        A task, such as "multiclass, j ≠ i"; `tutor.tasks.catalogue` has them all.

    Attributes
    ----------
    task : Task
        What is asked; `tutor.task.statement` says it in words.

    Raises
    ------
    ValueError
        No task has this name.

    Examples
    --------
    >>> tutor = Tutor("binary, y = 1")
    >>> tutor.line("-1/yhat * d/dz(yhat)")
    accepted: Line 2 follows from line 1. You have shown the chain rule through the logarithm.
    >>> tutor.line("-1/yhat * exp(-z)/(1 + exp(-z))")
    refuted: Line 3 does not follow from line 2: at z = 1, line 2 is −0.2689 and line 3 is −0.3679.
    """

    def __init__(self, name: str) -> None:
        self.task = tasks.find(name)
        self.restart()

    def restart(self) -> None:
        """Keep nothing but line 1, which is given, and forget the hints."""
        start = read(self.task.start, self.task.setting.vocabulary)[0]
        self._kept = [_Kept(self.task.start, start, 1, frozenset())]
        self._hints: dict[str, int] = {}

    def undo(self) -> None:
        """Take back the last accepted line; line 1 stays."""
        del self._kept[max(1, len(self._kept) - 1) :]

    @property
    def lines(self) -> list[str]:
        """The accepted lines as typed, line 1 first, side calculations among them."""
        return [kept.text for kept in self._kept]

    def as_text(self) -> str:
        """Write the proof as text: the task, and a numbered line for each that was accepted."""
        rows = (f"({number})  {text}" for number, text in enumerate(self.lines, start=1))
        return "\n".join([reason_as_text(self.task.statement), "", *rows])

    def as_latex(self) -> str:
        """Write the proof in LaTeX, aligned at its equals signs, for a document with amsmath."""
        start, *rest = self._kept
        rows = [rf"  & {_in_ink(start.reached)}"]
        for kept in rest:
            aside = " = ".join(map(_in_ink, kept.sides))
            rows.append(rf"  & \quad (\text{{aside: }} {aside})" if aside else "")
            rows[-1] = rows[-1] or rf"  ={{}} & {_in_ink(kept.reached)}"
        return "\n".join([r"\begin{align*}", " \\\\\n".join(rows), r"\end{align*}"])

    @property
    def reached(self) -> Expr:
        """The expression that the next line must equal."""
        return self._kept[-1].reached

    @property
    def missing(self) -> list[Milestone]:
        """The milestones that have not been shown yet."""
        return self._missing(self._kept[-1].shown)

    @property
    def finished(self) -> bool:
        """Whether all milestones are shown and the last line is the result, simplified."""
        return not self.missing and self._is_goal(self.reached)

    def line(self, text: str) -> Answer:
        """Check one more line, and keep it if it is accepted.

        Parameters
        ----------
        text : str
            An expression, which must equal the line before, or an equation ``a = b``: a side
            calculation, or with the line before on its left the next line.

        Returns
        -------
        Answer

        Raises
        ------
        TypeError
            `text` is not a string.
        """
        try:
            sides = read(text, self.task.setting.vocabulary)
            for side in sides:
                check_size(side)
        except NotUnderstood as problem:
            return Answer(NOT_UNDERSTOOD, _explained(text, problem))
        return self._equation(text, *sides) if len(sides) == 2 else self._next(text, *sides)

    def hint(self) -> str:
        """Return one more hint: first a question, then a line that may be typed."""
        if self.finished:
            return "The derivation is finished."
        if not self.missing:
            return f"What is left is to simplify to {self.task.goals[0]}."
        milestone = self.missing[0]
        given = self._hints[milestone.name] = self._hints.get(milestone.name, 0) + 1
        return milestone.question if given == 1 else f"You could write {milestone.line}"

    def __repr__(self):
        rows = [f"{number}: {text}" for number, text in enumerate(self.lines, start=1)]
        state = "finished" if self.finished else f"{len(self.missing)} milestones to show"
        return "\n".join(
            [f"{self.task.name}: {reason_as_text(self.task.statement)}", *rows, f"({state})"]
        )

    def _next(self, text, line):
        before = self._kept[-1]
        again = [kept.number for kept in self._kept if kept.reached == line]
        if again:
            sentence = f"Line {self._number} would be line {again[0]} again: write what follows."
            return Answer(SHOW_HOW, sentence, (line,))
        names = f"line {before.number}", f"line {self._number}"
        head = f"Line {self._number} does not follow from line {before.number}"
        refusal = self._refusal(before.reached, line, head, names, (line,))
        if refusal is None:
            return self._continued(text, line, (line,))
        loss, (by, _) = self._kept[0].reached.args
        if refusal.status == REFUTED and judge(loss, line, self.task.setting):
            ask = f" It is L itself: its derivative is written d/d{to_text(by)}(...)."
            return replace(refusal, text=refusal.text + ask)
        return refusal

    def _equation(self, text, left, right):
        names = "the left side", "the right side"
        refusal = self._refusal(left, right, "The two sides are not equal", names, (left, right))
        if refusal is not None:
            return refusal
        if self._goes_on(left) and not any(kept.reached == right for kept in self._kept):
            return self._continued(text, right, (left, right), by_way_of=left)
        before = self._kept[-1]
        shown = before.shown | shown_beside(left, right, self.task)
        if states_the_result(left, right, self.task) and self._missing(shown):
            return self._show_how("This", shown, (left, right))
        aside = left, right
        kept = _Kept(normalised(text), before.reached, before.number, shown, before.begun, aside)
        return self._accepted(kept, "The side calculation is right.", (left, right))

    def _goes_on(self, left):
        """Whether an equation starts from a line that stands, or the last one in another form."""
        if any(same_form(left, kept.reached) for kept in self._kept):
            return True
        last = self._kept[-1].reached
        if not goes_on_from(left, last, self.task):
            return False
        return bool(judge(last, left, self.task.setting))

    def _refusal(self, first, second, head, names, sides):
        """Answer a pair of lines that are not proved equal; None if they are."""
        verdict = judge(first, second, self.task.setting)
        if verdict:
            return None
        found = verdict.counterexample
        if not found:
            return Answer(UNDECIDED, _undecided(verdict.demand), sides)
        values = f"{names[0]} {_said(found.left)} and {names[1]} {_said(found.right)}"
        sentence = f"{head}: at {found.place}, {values}."
        turned = found.left != found.right and found.left.strip("−") == found.right.strip("−")
        if turned and judge(first, Mul(-1, second, evaluate=False), self.task.setting):
            sentence += " They differ by their sign alone."
        return Answer(REFUTED, sentence, sides)

    def _continued(self, text, line, sides, by_way_of=None):
        before = self._kept[-1]
        shown, begun = before.shown, before.begun
        for first, second in pairwise(filter(None, (before.reached, by_way_of, line))):
            new, begun = shown_in_step(first, second, self.task, shown, begun)
            shown |= new
        lines = [side for side in (by_way_of, line) if side is not None]
        missing = self._missing(before.shown)  # a line for show may seem to show all at once
        if missing and any(cancels_derivatives(each, self.task) for each in lines):
            sentence = "Terms that cancel show nothing: leave them out."
            return Answer(SHOW_HOW, sentence, sides)
        last = before.reached if by_way_of is None else by_way_of
        if self._missing(shown) and is_worked_out(line, self.task, last, before.shown):
            return self._show_how(f"Line {self._number}", shown, sides)
        kept = _Kept(normalised(text), line, self._number, shown, begun)
        sentence = f"Line {self._number} follows from line {before.number}."
        return self._accepted(kept, sentence, sides)

    def _show_how(self, subject, shown, sides):
        """Ask for what is missing: for the derivative that stands, if one does."""
        missing = self._missing(shown)[0]
        standing = standing_of(missing.name, self._kept[-1].reached, self.task)
        standing -= {self._kept[0].reached}
        question = missing.question
        if standing:
            question = f"What is {to_text(min(standing, key=default_sort_key))}?"
        sentence = f"{subject} is true, but {missing.name} is missing. {question}"
        return Answer(SHOW_HOW, sentence, sides)

    def _accepted(self, kept, sentence, sides):
        new = [m.name for m in self.missing if m not in self._missing(kept.shown)]
        self._kept.append(kept)
        sentences = [sentence, f"You have shown {', '.join(new)}." if new else ""]
        if self.finished:
            sentences.append("The derivation is finished.")
        elif not self.missing and is_worked_out(kept.reached, self.task):
            sentences.append(self.hint())
        return Answer(ACCEPTED, " ".join(filter(None, sentences)), sides, self.finished)

    def _missing(self, shown):
        return [milestone for milestone in self.task.milestones if milestone.name not in shown]

    def _is_goal(self, line):
        return any(same_form(line, goal) for goal in _goals(self.task.name))

    @property
    def _number(self):
        return len(self._kept) + 1


def _in_ink(line):
    """Write a line in LaTeX without colours, which need a package of their own."""
    return re.sub(r"\\textcolor\{#\w+\}\{((?:[^{}]|\{[^{}]*\})*)\}", r"\1", to_latex(line))


def _said(value):
    return f"has {value}" if value == NO_VALUE else f"is {value}"


def _undecided(demand):
    if demand is None:
        return "I cannot decide this line; write a smaller step."
    return f"I cannot see that {demand}, as it must be for this line to have a value."


def _explained(text, problem):
    if problem.position is None:
        return problem.sentence
    return f"{pointed(text, problem.position)}\n{problem.sentence}"


@cache
def _goals(name):
    task = tasks.find(name)
    return [read(goal, task.setting.vocabulary)[0] for goal in task.goals]
