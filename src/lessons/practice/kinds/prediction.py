"""Prediction of a number or a sign, or of several in order."""

from dataclasses import dataclass

import numpy as np

from lessons.practice import answers
from lessons.practice.feedback import Feedback
from lessons.practice.judging.mistakes import first_shown
from lessons.practice.judging.wording import describe_shape
from lessons.practice.kinds.exercise import Exercise
from lessons.practice.sandbox.calls import Other, is_blank, observe

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
class Number(Exercise):
    """Predict a number, or several in order.

    Attributes
    ----------
    mistakes : tuple of Mistake
        Shown by the wrong numbers that people arrive at.
    within : float
        Absolute distance from the right value that still counts as right.
    otherwise : str
        What to say of any other value.
    """

    within: float = 5e-3
    otherwise: str

    @property
    def kind(self) -> str:
        """A prediction."""
        return "predict"

    def judge(self, answer: object) -> Feedback:
        """Compare the number with the right one, then with those that known slips lead to."""
        given = _as_given(answer)
        if is_blank(given):
            return self.open_in(answer if isinstance(answer, (tuple, list)) else (answer,))
        right = np.asarray(answers.right_answer(self), dtype=float)
        problem = _no_number(given, right.shape)
        if problem:
            return self.wrong(problem)
        if self._near(given, right):
            return self.right()
        if mistake := first_shown(self.mistakes, lambda wrong: self._near(given, wrong)):
            return self.wrong(mistake.thought, mistake.name)
        return self.wrong(self.otherwise)

    def _near(self, given, value):
        value = np.asarray(value, dtype=float)
        return given.shape == value.shape and bool((np.abs(given - value) <= self.within).all())


@dataclass(frozen=True, kw_only=True, repr=False)
class Sign(Exercise):
    """Predict signs: "+", "-" or "0", one or several in order.

    Attributes
    ----------
    mistakes : tuple of Mistake
        One for each place: what to say when that sign is the wrong one.
    """

    @property
    def kind(self) -> str:
        """A prediction."""
        return "predict"

    def judge(self, answer: object) -> Feedback:
        """Compare the signs in order and speak about the first that is wrong."""
        if isinstance(answer, np.ndarray):
            answer = answer.ravel().tolist()
        given = tuple(answer) if isinstance(answer, (tuple, list)) else (answer,)
        if any(part is ... for part in given):
            return self.open_in(given)
        right = answers.right_answer(self)
        signs = [_sign(part) for part in given]
        if len(signs) != len(right) or None in signs:
            return self.wrong(
                f"Answer with {len(right)} signs in brackets, divided by commas and in the order "
                'of the question; each is `"+"`, `"-"` or `"0"`.'
            )
        for sign, wanted, mistake in zip(signs, right, self.mistakes, strict=True):
            if sign != wanted:
                return self.wrong(mistake.thought, mistake.name)
        return self.right()


def _as_given(answer):
    """Look at the answer in the sandbox: whatever object it is, only plain data comes back."""
    made = observe(lambda: tuple(answer) if isinstance(answer, list) else answer, [()])
    value = made.outcomes[0].value if made.outcomes else Other("something else")
    return _as_array(value) if isinstance(value, tuple) else value


def _as_array(parts):
    if any(is_blank(part) for part in parts):
        return Other("...")
    if all(isinstance(part, np.ndarray) and part.shape == () for part in parts):
        return np.array(parts)
    strange = next(p for p in parts if not isinstance(p, np.ndarray) or p.shape)
    what = describe_shape(strange)
    return Other(what if what == "a str" else f"{what} among them")


def _no_number(given, shape):
    """Say why `given` cannot be compared with numbers of this shape, "" if it can."""
    wanted = f"{shape[0]} numbers, in order" if shape else "one number"
    if isinstance(given, Other) and given.what == "a set":
        return f"The answer is {wanted}: curly brackets make a set, which keeps no order."
    if isinstance(given, Other) and given.what == "a str":
        return f"The answer is {wanted}, without quotation marks."
    if not isinstance(given, np.ndarray):
        what = given.what if isinstance(given, Other) else "something that is no number"
        return f"The answer is {wanted}; you gave {what}."
    if shape == () and given.ndim and given.size == 1:
        return "The answer is one number, without brackets around it."
    if given.shape != shape:
        what = describe_shape(given) if given.ndim > 1 else given.size
        return f"The answer is {wanted}; you gave {what}."
    return "" if np.isfinite(given).all() else "The answer is finite: no inf and no nan."


def _sign(part):
    if isinstance(part, str):
        return _SIGNS.get(part.strip().lower())
    if isinstance(part, (int, float, np.number)) and part == part:
        return int(np.sign(part))
    return None
