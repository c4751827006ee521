"""Exercises whose answer is a letter: each wrong choice has its reason."""

from dataclasses import dataclass

from lessons.practice import answers as key
from lessons.practice.kinds.exercise import Exercise


@dataclass(frozen=True)
class Option:
    """One choice.

    Attributes
    ----------
    letter, text : str
        As they stand in the question.
    reason : str
        Why it is right, or which thought leads to it.
    mistake : str
        A short name of that thought ("" for the right choice).
    """

    letter: str
    text: str
    reason: str
    mistake: str = ""


@dataclass(frozen=True, kw_only=True, repr=False)
class Choice(Exercise):
    """Choose one of several statements.

    Attributes
    ----------
    options : tuple of Option
        In the order of the question; the right one's `reason` says why it is right.
    """

    options: tuple

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
            if option.letter == letter:
                return self._answer(option)
        letters = ", ".join(f'"{option.letter}"' for option in self.options)
        return self.wrong(f"Answer with one letter in quotation marks: {letters}.")

    def _answer(self, option):
        if option.letter == key.answer(self):
            return self.right(option.reason)
        return self.wrong(option.reason, option.mistake)
