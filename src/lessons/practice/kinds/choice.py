"""Exercises whose answer is a letter: each wrong choice has its reason."""

from dataclasses import dataclass

from lessons.practice import answers
from lessons.practice.judging.mistakes import Mistake
from lessons.practice.kinds.exercise import Exercise


@dataclass(frozen=True, kw_only=True, repr=False)
class Choice(Exercise):
    """Choose one of several statements.

    Attributes
    ----------
    options : tuple of Mistake
        In the order of the question, each with its letter; of the right one, which has no name,
        the thought says why it is right.
    """

    options: tuple[Mistake, ...]

    @property
    def kind(self):
        """A choice."""
        return "choose"

    def judge(self, answer):
        """Say why the chosen statement is right or wrong."""
        if answer is ...:
            return self.open()
        letter = answer.strip().lower().strip("().") if isinstance(answer, str) else None
        for option in self.options:
            if option.shows == letter:
                return self._answer(option)
        letters = ", ".join(f'"{option.shows}"' for option in self.options)
        return self.wrong(f"Answer with one letter in quotation marks: {letters}.")

    def _answer(self, option):
        if option.shows == answers.answer(self):
            return self.right(option.thought)
        return self.wrong(option.thought, option.name)
