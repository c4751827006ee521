"""Blank in a line of a proof: every equal expression is right, because it is proved equal."""

from dataclasses import dataclass

from lessons.practice import answers
from lessons.practice.feedback import Feedback
from lessons.practice.kinds.exercise import Exercise
from lessons.practice.sandbox.calls import is_blank
from lessons.practice.sandbox.fallback import DONE, FAILED
from lessons.practice.sandbox.process import CheckFailedError, guarded


@dataclass(frozen=True, kw_only=True, repr=False)
class Blank(Exercise):
    """Fill the blank in a line of a proof.

    The student types the missing piece as plain text, `"exp(-z)/(1 + exp(-z))"`, in the language of
    the tutor (`lessons.proofs.language.grammar`); a SymPy expression in the letters of
    `lessons.proofs.notation` will do as well.

    Attributes
    ----------
    setting : str
        Which names the line may use and what they mean: a Setting of `lessons.proofs.setting`.
    mistakes : tuple of Mistake
        Shown by the wrong expressions, as text, that people arrive at.
    """

    setting: str

    @property
    def kind(self) -> str:
        """A blank."""
        return "blank"

    def judge(self, answer: object) -> Feedback:
        """Parse the expression, then prove it equal to the right one or to a known mistake.

        Raises
        ------
        CheckFailedError
            The proof engine contradicts itself.
        """
        if is_blank(answer) or (isinstance(answer, str) and answer.strip() in ("", "...", "…")):
            return self.open()
        if callable(answer) and not hasattr(answer, "free_symbols"):
            return self.wrong("The answer is an expression in quotation marks, not a function.")
        from lessons.practice.kinds import expression  # here, because it loads SymPy

        known = [answers.right_answer(self), *(mistake.shown_by for mistake in self.mistakes)]
        state, said = guarded(lambda: expression.decide(answer, known, self.setting))
        if state == FAILED:
            raise CheckFailedError(": ".join(said))
        if state != DONE:
            return self.stopped("Your line could not be decided in time: try a shorter form of it.")
        return self._answer(*said)

    def _answer(self, verdict, detail):
        if verdict == "not understood":
            sentence, place = detail
            return self.wrong(sentence, "not understood", code=place)
        if verdict == "derivative left":
            return self.wrong(
                "A derivative is still waiting in your line: carry it out.", "derivative left"
            )
        if verdict == "different":
            return self.wrong(detail)
        if detail == 0:
            return self.right()
        mistake = self.mistakes[detail - 1]
        return self.wrong(mistake.thought, mistake.name)
