"""Shapes of several named arrays, in one dictionary."""

from dataclasses import dataclass

import numpy as np

from lessons.practice import answers
from lessons.practice.feedback import Feedback
from lessons.practice.judging.mistakes import first_shown
from lessons.practice.kinds.exercise import Exercise


@dataclass(frozen=True, kw_only=True, repr=False)
class Shapes(Exercise):
    """Give the shape of each of several named arrays, as a dictionary of tuples.

    Attributes
    ----------
    mistakes : tuple of Mistake
        Shown by (an array's name, or "" for any array; its wrong shape).
    """

    @property
    def kind(self) -> str:
        """Shapes."""
        return "shapes"

    def judge(self, answer: object) -> Feedback:
        """Compare shape by shape and speak about the first that is wrong."""
        right = answers.right_answer(self)
        if answer is ...:
            return self.open()
        if isinstance(answer, dict) and any(shape is ... for shape in answer.values()):
            return self.open_in(answer.values())
        if not isinstance(answer, dict) or set(answer) != set(right):
            return self.wrong(
                f"The answer is a dictionary with the names `{', '.join(right)}`, as in the stub."
            )
        for name, shape in right.items():
            given = _as_shape(answer[name])
            if given is None:
                return self.wrong(
                    f"The shape of `{name}` is written as a tuple of whole numbers: `(3,)` for a "
                    "vector of 3 (the comma makes it a tuple), `(3, 4)` for 3 rows and 4 "
                    "columns, `()` for one number.",
                    "not a tuple",
                )
            if given != shape:
                return self._wrong_shape(name, given, shape)
        return self.right()

    def _wrong_shape(self, name, given, right):
        wrong = ((name, given), ("", given))
        if mistake := first_shown(self.mistakes, lambda shape: shape in wrong):
            return self.wrong(f"`{name}`: {mistake.thought}", mistake.name)
        if given == right[::-1]:
            return self.wrong(
                f"`{name}`: rows and columns are exchanged. What does one row hold?", "transposed"
            )
        if tuple(size for size in given if size != 1) == right:
            return self.wrong(
                f"`{name}`: as many numbers as there should be, but with an axis of length 1 more "
                "than it has in code.",
                "an axis too many",
            )
        if given == ():
            return self.wrong(f"`{name}` is not one number. What has it one number for each of?")
        return self.wrong(
            f"`{name}` is not of shape {given}. What does each of its numbers belong to?"
        )


def _as_shape(value):
    """Return a shape as a tuple of Python's whole numbers, None if it is no shape."""
    if isinstance(value, np.ndarray):
        value = value.ravel().tolist()
    if not isinstance(value, (tuple, list)):
        return None
    if any(isinstance(size, bool) or not isinstance(size, (int, np.integer)) for size in value):
        return None
    return tuple(int(size) for size in value)
