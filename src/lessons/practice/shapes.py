"""Exercises whose answer is the shapes of things."""

from dataclasses import dataclass

from lessons.practice import key
from lessons.practice.exercise import Exercise


@dataclass(frozen=True, kw_only=True, repr=False)
class Shapes(Exercise):
    """Give the shape of each of several named arrays, as a dictionary of tuples.

    Attributes
    ----------
    slips : tuple of (array's name, Slip)
        Wrong shapes that are recognised, with the array that they belong to ("" for any array).
    """

    slips: tuple

    @property
    def kind(self):
        """Shapes."""
        return "shapes"

    def judge(self, answer):
        """Compare shape by shape and speak about the first that is wrong."""
        right = key.answer(self)
        if answer is ... or (
            isinstance(answer, dict) and any(shape is ... for shape in answer.values())
        ):
            return self.open()
        if not isinstance(answer, dict) or set(answer) != set(right):
            return self.wrong(
                f"The answer is a dictionary with the names {', '.join(right)}, as in the stub."
            )
        for name, shape in right.items():
            if not _is_shape(answer[name]):
                return self.wrong(
                    f"The shape of {name} is written as a tuple of whole numbers: `(3,)` for a "
                    "vector of 3 (the comma makes it a tuple), `(3, 4)` for 3 rows and 4 "
                    "columns, `()` for one number.",
                    "not a tuple",
                )
            if tuple(answer[name]) != shape:
                return self._wrong_shape(name, tuple(answer[name]), shape)
        return self.right()

    def _wrong_shape(self, name, given, right):
        for where, slip in self.slips:
            if where in ("", name) and given == slip.value:
                return self.wrong(f"{name}: {slip.thought}", slip.name)
        if given == right[::-1]:
            return self.wrong(
                f"{name}: rows and columns are exchanged. What does one row hold?", "transposed"
            )
        return self.wrong(
            f"{name} is not of shape {given}. What does each of its numbers belong to?"
        )


def _is_shape(value):
    return isinstance(value, (tuple, list)) and all(type(size) is int for size in value)
