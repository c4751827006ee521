"""Exercises whose answer is a function: written from a stub, or a program with a bug to mend."""

from dataclasses import dataclass

import numpy as np

from lessons.practice import answers
from lessons.practice.judging.diagnosis import (
    first,
    form_problem,
    has_blank,
    pattern_problem,
    value_problem,
    what_python_said,
    why_stopped,
)
from lessons.practice.judging.mistakes import Case, Mistake, Trial, blows_up
from lessons.practice.judging.provenance import is_still, leaves_blank
from lessons.practice.kinds.exercise import LEFT, Exercise
from lessons.practice.sandbox.calls import ITSELF, fitted, observe


@dataclass(frozen=True, kw_only=True, repr=False)
class Function(Exercise):
    """Write (or mend) a function.

    Attributes
    ----------
    cases : tuple of Case
        Ordinary ones first, then labelled ones that need care.
    properties : tuple of Mistake
        Looked for in the ordinary cases, before any value: what every right value has is broken.
    mistakes : tuple of Mistake
        The first that is seen is named.
    ours : tuple of str
        Names in the package that would be handing in our work.
    given : bool
        True for a bug hunt: the stub is a whole program with a bug.
    """

    cases: tuple[Case, ...]
    properties: tuple[Mistake, ...] = ()
    ours: tuple[str, ...] = ()
    given: bool = False

    @property
    def kind(self):
        """The kind: "mend" for a bug hunt, otherwise "write"."""
        return "mend" if self.given else "write"

    def judge(self, answer):
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
        seen = observe(answer, [case.args for case in self.cases])
        note = f"It also printed: `{seen.printed.strip()}`" if seen.printed.strip() else ""
        if seen.state != "done":
            return self.stopped(why_stopped(seen.state), note)
        if seen.called & {ITSELF, *self.ours}:
            return self.wrong(
                "That is ours. Build it from `np.exp` and `np.log`, line by line.", "that is ours"
            )
        name = getattr(answer, "__name__", "f")
        trials = self._trials(seen.outcomes, name if name.isidentifier() else "f")
        with np.errstate(all="ignore"):  # also where the student lets NumPy raise
            return self._weigh(trials, note, leaves_blank(answer))

    def _trials(self, outcomes, name):
        rows = zip(self.cases, outcomes, answers.answer(self), strict=True)
        return [
            Trial(case, fitted(made.value, expected), expected, made.changed, name)
            for case, made, expected in rows
        ]

    def _weigh(self, trials, note, blank):
        if any(has_blank(t.value) for t in trials):
            return self.open("\n\n".join(filter(None, (LEFT, note))))
        problem = self._first_problem(trials)
        if problem is None:
            return self.right(note)
        for mistake in self.mistakes:
            if mistake.shows(trials):
                said = "\n\n".join(filter(None, (mistake.thought, what_python_said(trials))))
                return self.wrong(said, mistake.name, note)
        if blank:
            return self.open(LEFT)
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
        broken = (each for each in self.properties if each.shows(trials))
        return next(((each.thought, each.name) for each in broken), None)
