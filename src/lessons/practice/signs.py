"""Exercises whose answer is a sign, or several in order."""

from dataclasses import dataclass

import numpy as np

from lessons.practice import key
from lessons.practice.exercise import Exercise

_SIGNS = {
    "+": 1,
    "positive": 1,
    "plus": 1,
    "-": -1,
    "−": -1,
    "–": -1,
    "negative": -1,
    "minus": -1,
    "zero": 0,
    "0": 0,
}


@dataclass(frozen=True, kw_only=True, repr=False)
class Sign(Exercise):
    """Predict signs: "+", "-" or "0", one or several in order.

    Attributes
    ----------
    thoughts : tuple of (name, thought)
        For each place, what to say when that sign is the wrong one.
    """

    thoughts: tuple

    @property
    def kind(self):
        """A prediction."""
        return "predict"

    def judge(self, answer):
        """Compare the signs in order and speak about the first that is wrong."""
        if isinstance(answer, np.ndarray):
            answer = answer.ravel().tolist()
        given = tuple(answer) if isinstance(answer, (tuple, list)) else (answer,)
        if any(part is ... for part in given):
            return self.open_in(given)
        right = key.answer(self)
        signs = [_sign(part) for part in given]
        if len(signs) != len(right) or None in signs:
            return self.wrong(
                f"Answer with {len(right)} signs in brackets, divided by commas and in the order "
                'of the question; each is `"+"`, `"-"` or `"0"`.'
            )
        for sign, wanted, (name, thought) in zip(signs, right, self.thoughts, strict=True):
            if sign != wanted:
                return self.wrong(thought, name)
        return self.right()


def _sign(part):
    if isinstance(part, str):
        return _SIGNS.get(part.strip().lower())
    if isinstance(part, (int, float, np.number)) and part == part:
        return int(np.sign(part))
    return None
