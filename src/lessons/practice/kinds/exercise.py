"""Exercise: what all kinds have in common, and the feedback that they give."""

from collections.abc import Iterable
from dataclasses import dataclass

from lessons.practice.feedback import OPEN, RIGHT, STOPPED, WRONG, Feedback
from lessons.practice.judging.mistakes import Mistake

LEFT = "A `...` is still waiting to be filled in."


@dataclass(frozen=True, kw_only=True, repr=False)
class Exercise:
    """One exercise: its stub, its hints, and (in the subclasses) how an answer is judged.

    The question itself stands in the notebook alone.

    Attributes
    ----------
    name : str
        Short slug, unique over the series.
    lesson : str
        Two digits, the notebook's number.
    skill : str
        What has been learned once it is solved, as "can …" or "knows …".
    minutes : int
        Time that a first-timer needs.
    difficulty : int
        1 a worked example with a blank, 2 guided, 3 open.
    stub : str
        The notebook's code cell before an attempt, without its last line `check(…)`.
    hints : tuple of str
        Given one at a time; none is the answer.
    insight : str
        One sentence once it is solved: what has been gained.
    mistakes : tuple of Mistake
        Those that are known; the first one that an answer shows is named.
    """

    name: str
    lesson: str
    skill: str
    minutes: int
    difficulty: int
    stub: str
    hints: tuple[str, ...]
    insight: str = ""
    mistakes: tuple[Mistake, ...] = ()

    def __repr__(self):
        return (
            f"{self.lesson} {self.name} ({self.kind}, {self.minutes} min, difficulty "
            f"{self.difficulty}): {self.skill}"
        )

    @property
    def kind(self) -> str:
        """One of "write", "mend", "blank", "predict", "shapes", "choose"."""
        raise NotImplementedError

    def judge(self, answer: object) -> Feedback:
        """Compare the answer with the exercise; return a Feedback, whatever came."""
        raise NotImplementedError

    def right(self, note: str = "") -> Feedback:
        """Return the Feedback for a right answer."""
        return self._say(RIGHT, self.insight, note)

    def wrong(self, thought: str, mistake: str = "", note: str = "", code: str = "") -> Feedback:
        """Return the Feedback for a wrong answer: the thought that went wrong."""
        where = f'`hint("{self.name}")` gives a hint.'
        return self._say(WRONG, thought, note, mistake=mistake, code=code, after=where)

    def open(self, what: str = "") -> Feedback:
        """Return the Feedback for an answer that still has its blanks."""
        return self._say(OPEN, what)

    def open_in(self, parts: Iterable) -> Feedback:
        """Return the Feedback for parts of which some are blank, perhaps not all."""
        return self.open("" if all(part is ... for part in parts) else LEFT)

    def stopped(self, why: str, note: str = "") -> Feedback:
        """Return the Feedback for code that had to be ended."""
        return self._say(STOPPED, why, note)

    def _say(self, status, *paragraphs, **more):
        return Feedback(self.name, status, "\n\n".join(p for p in paragraphs if p), **more)
