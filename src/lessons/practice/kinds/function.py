"""Function written from a stub, or a program with a bug to mend: tried on cases, diagnosed."""

from dataclasses import dataclass

import numpy as np

from lessons.practice import answers
from lessons.practice.feedback import Feedback
from lessons.practice.judging.diagnosis import (
    first,
    form_problem,
    has_blank,
    pattern_problem,
    precision_problem,
    value_problem,
    what_python_said,
    why_stopped,
)
from lessons.practice.judging.mistakes import Case, Mistake, Trial, blows_up, first_shown
from lessons.practice.judging.provenance import is_our_work, is_still, leaves_blank
from lessons.practice.judging.slips import slip_behind
from lessons.practice.kinds.exercise import LEFT, Exercise
from lessons.practice.sandbox.calls import fitted, observe


@dataclass(frozen=True, kw_only=True, repr=False)
class Function(Exercise):
    """Write (or mend) a function.

    Attributes
    ----------
    cases : tuple of Case
        Ordinary ones first, then labelled ones that need care.
    properties : tuple of Mistake
        Properties that every right value has: looked for on the ordinary cases, before any value.
    mistakes : tuple of Mistake
        Misconceptions, shown by all trials.
    ours : tuple of str
        Names in the package whose call would be handing in our work, though what they return is
        not yet the answer: what returns it is recognised by that.
    given : bool
        True for a bug hunt: the stub is a whole program with a bug.
    """

    cases: tuple[Case, ...]
    properties: tuple[Mistake, ...] = ()
    ours: tuple[str, ...] = ()
    given: bool = False

    @property
    def kind(self) -> str:
        """The kind: "mend" for a bug hunt, otherwise "write"."""
        return "mend" if self.given else "write"

    def judge(self, answer: object) -> Feedback:
        """Try the function on every case: properties first, named mistakes next, values last."""
        if answer is ... or is_still(answer, self.stub):
            return self.open(
                "This is the program as it was given: its bug is still in it." if self.given else ""
            )
        if not callable(answer):
            return self.wrong(
                "The answer is a function: hand over its name without brackets or arguments, as in "
                f'`check("{self.name}", f)`, so that it can be tried on many inputs.',
                "called too early",
            )
        seen = observe(answer, [case.args for case in self.cases], self._is_ours)
        if seen.borrowed:
            return self.wrong(
                "That function was there before. Build your own from NumPy's, line by line.",
                "that is ours",
            )
        note = f"It also printed: `{seen.printed.strip()}`" if seen.printed.strip() else ""
        if seen.state != "done":
            return self.stopped(why_stopped(seen.state), note)
        name = getattr(answer, "__name__", "f")
        trials = self._trials(seen.outcomes, name if name.isidentifier() else "f")
        with np.errstate(all="ignore"):  # also where the student lets NumPy raise
            return self._weigh(trials, note, answer)

    def _is_ours(self, place, module, name, returned):
        wanted = answers.right_answer(self)[place]
        return is_our_work(module, name, returned, wanted, self.ours)

    def _trials(self, outcomes, name):
        rows = zip(self.cases, outcomes, answers.right_answer(self), strict=True)
        return [
            Trial(
                case,
                fitted(made.value, expected),
                expected,
                made.changed,
                made.overwritten,
                made.listed,
                made.overflowed,
                name,
            )
            for case, made, expected in rows
        ]

    def _weigh(self, trials, note, answer):
        if any(has_blank(t.value) for t in trials):
            return self.open("\n\n".join(filter(None, (LEFT, note))))
        problem = self._first_problem(trials)
        if problem is None:
            return self.right(note)
        if precision := precision_problem(trials):
            return self.wrong(*precision, note)
        if mistake := first_shown(self.mistakes, lambda seen: seen(trials)):
            said = "\n\n".join(filter(None, (mistake.thought, what_python_said(trials))))
            return self.wrong(said, mistake.name, note)
        if leaves_blank(answer):
            return self.open(LEFT)
        if slip := slip_behind(trials, answer):
            return self.wrong(slip.thought, slip.name, note)
        thought, mistake, *code = problem
        return self.wrong(thought, mistake, note, *code)

    def _first_problem(self, trials):
        """Return thought, mistake's name and perhaps code of what does not hold first, or None."""
        ordinary = [t for t in trials if not t.case.at]
        rest = [t for t in trials if t.case.at]
        return (
            first(form_problem, ordinary)
            or self._property_problem([t for t in ordinary if not blows_up(t)])
            or first(value_problem, filter(blows_up, ordinary))
            or pattern_problem(ordinary)
            or first(value_problem, ordinary)
            or first(form_problem, rest)
            or first(value_problem, rest)
        )

    def _property_problem(self, trials):
        lacking = first_shown(self.properties, lambda seen: seen(trials))
        return lacking and (lacking.thought, lacking.name)
