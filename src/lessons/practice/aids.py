"""Aids to an exercise: its hints one at a time, its solution, and when which is offered."""

import inspect

from lessons.practice import answers
from lessons.practice.feedback import HINT, RIGHT, SOLUTION, WRONG, Feedback
from lessons.practice.kinds.exercise import Exercise

ENOUGH = 3  # attempts after which the solution is offered


class Aids:
    """Hints and solution of an exercise, and how far a student has come without them.

    Parameters
    ----------
    exercise : Exercise

    Attributes
    ----------
    attempts : int
        Answers that were judged, and were not right. One that was stopped, by a hand or because it
        took too long, was not judged.
    given : int
        Hints that were given.
    """

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.attempts = self.given = 0
        self._passed = False

    def count(self, said: Feedback) -> None:
        """Count an attempt."""
        self._passed = self._passed or said.status == RIGHT
        self.attempts += said.status == WRONG

    @property
    def more_hints(self) -> bool:
        """Whether there is a hint that was not given, to who has not solved the exercise."""
        return not self._passed and self.given < len(self.exercise.hints)

    @property
    def solution_offered(self) -> bool:
        """Whether a button may show the solution: after all hints, enough attempts, or one's own.

        Never in a copy that was released without solutions.
        """
        tried = self._passed or self.attempts >= ENOUGH or self.given == len(self.exercise.hints)
        return tried and answers.solution(self.exercise) is not None

    def hint(self) -> Feedback:
        """Return the next hint; after the last one, the last again."""
        name, hints = self.exercise.name, self.exercise.hints
        self.given = min(self.given + 1, len(hints))
        text = f"{self.given} of {len(hints)}: {hints[self.given - 1]}"
        if self.given == len(hints):
            text += "\n\nThat was the last one"
            solved = answers.solution(self.exercise) is not None
            shows = f'; `solution("{name}")` shows a solution with its reasoning.'
            text += shows if solved else "."
        return Feedback(name, HINT, text)

    def solution(self) -> Feedback:
        """Return a solution with its reasoning: for a function the source that the tests run."""
        name, solved = self.exercise.name, answers.solution(self.exercise)
        if solved is None:
            words = "This copy was released without solutions: ask who gave it to you."
            return Feedback(name, HINT, words)
        if callable(solved.answer):
            code = inspect.getsource(solved.answer).rstrip()
        else:
            code = f"answer = {solved.answer!r}"
        return Feedback(name, SOLUTION, solved.reasoning, code=code)
