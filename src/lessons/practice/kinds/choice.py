"""Choice of one of several statements: each wrong one has its reason."""

from dataclasses import dataclass

from lessons.practice import answers
from lessons.practice.feedback import Feedback
from lessons.practice.judging.mistakes import first_shown
from lessons.practice.kinds.exercise import Exercise


@dataclass(frozen=True, kw_only=True, repr=False)
class Choice(Exercise):
    """Choose one of several statements.

    Attributes
    ----------
    reason : str
        Why the right statement is right.
    mistakes : tuple of Mistake
        One for each wrong statement, shown by its letter.
    """

    reason: str

    @property
    def kind(self) -> str:
        """A choice."""
        return "choose"

    def judge(self, answer: object) -> Feedback:
        """Say why the chosen statement is right or wrong."""
        if answer is ...:
            return self.open()
        letter = answer.strip().lower().strip("().") if isinstance(answer, str) else None
        right = answers.right_answer(self)
        if letter == right:
            return self.right(self.reason)
        if mistake := first_shown(self.mistakes, lambda wrong: wrong == letter):
            return self.wrong(mistake.thought, mistake.name)
        letters = sorted([right, *(mistake.shown_by for mistake in self.mistakes)])
        among = ", ".join(f'"{each}"' for each in letters)
        return self.wrong(f"Answer with one letter in quotation marks: {among}.")
