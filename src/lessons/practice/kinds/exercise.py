"""What every exercise has, whatever its kind."""

import re
from dataclasses import dataclass

from lessons.practice.feedback import OPEN, RIGHT, STOPPED, WRONG, Feedback
from lessons.practice.judging.mistakes import Mistake

LEFT = "A `...` is still waiting to be filled in."


@dataclass(frozen=True, kw_only=True, repr=False)
class Exercise:
    """One exercise: its question, its hints, and (in the subclasses) how an answer is judged.

    Attributes
    ----------
    name : str
        Short slug, unique over the series.
    lesson : str
        Two digits, the notebook's number.
    skill : str
        What the student practises, as "can …".
    minutes : int
        Time that a first-timer needs.
    difficulty : int
        1 a worked example with a blank, 2 guided, 3 open.
    stub : str
        The code cell before an attempt, without its last line `check(…)`; the question itself
        stands in the notebook alone.
    hints : tuple of str
        Given one at a time; none is the answer.
    mistakes : tuple of Mistake
        The first that the answer shows is named.
    insight : str
        One sentence once it is solved: what has been gained.
    """

    name: str
    lesson: str
    skill: str
    minutes: int
    difficulty: int
    stub: str
    hints: tuple[str, ...]
    mistakes: tuple[Mistake, ...] = ()
    insight: str = ""

    def __repr__(self):
        return (
            f"{self.lesson} {self.name} ({self.kind}, {self.minutes} min, difficulty "
            f"{self.difficulty})"
        )

    @property
    def asked(self):
        """Name of the function or variable that is handed to `check`: the first one in the stub."""
        return re.match(r"(?:def )?(\w+)", self.stub)[1]

    @property
    def kind(self):
        """One of "write", "mend", "blank", "predict", "shapes", "choose"."""
        raise NotImplementedError

    def judge(self, answer):
        """Compare the answer with the exercise; return a Feedback, whatever came."""
        raise NotImplementedError

    def right(self, note=""):
        """Return the Feedback for a right answer."""
        return self._say(RIGHT, self.insight, note)

    def wrong(self, thought, mistake="", note="", code=""):
        """Return the Feedback for a wrong answer: the thought that went wrong."""
        where = f'`hint("{self.name}")` gives a hint.'
        return self._say(WRONG, thought, note, mistake=mistake, code=code, after=where)

    def open(self, what=""):
        """Return the Feedback for an answer that still has its blanks."""
        return self._say(OPEN, what)

    def open_in(self, parts):
        """Return the Feedback for parts of which some are blank, perhaps not all."""
        return self.open("" if all(part is ... for part in parts) else LEFT)

    def stopped(self, why, note=""):
        """Return the Feedback for code that had to be ended."""
        return self._say(STOPPED, why, note)

    def _say(self, status, *paragraphs, **more):
        return Feedback(self.name, status, "\n\n".join(p for p in paragraphs if p), **more)
