"""A point at which a line fails, told to the student in numbers."""

from dataclasses import dataclass
from itertools import product

from lessons.proofs.plain import name_of
from lessons.proofs.walk import digits

NO_VALUE = "no value"


@dataclass(frozen=True)
class Counterexample:
    """A point at which two lines differ.

    Attributes
    ----------
    whole : dict of str to int
        The sizes and free indices.
    letters : dict of str to nested tuple or float
        The numbers of the letters: `{"z": (0.3, -1.2, 0.8)}`.
    left, right : str
        The two values, with enough digits to tell them apart; "no value" for a division by 0.
    """

    whole: dict
    letters: dict
    left: str
    right: str

    @property
    def undefined(self):
        """Whether a side has no value here, so that the lines differ in where they make sense."""
        return NO_VALUE in (self.left, self.right)

    def __str__(self):
        numbers = {**self.whole, **self.letters}
        place = ", ".join(f"{name} = {_written(number)}" for name, number in numbers.items())
        return f"at {place}: {self.left} against {self.right}"


def described(point, left, right):
    """Counterexample at this point; a side that has no value there is None."""
    whole = {str(name): number for name, number in point.whole.items() if name in point.asked}
    for places in range(4, 30):
        shown = [_shown(side, places) for side in (left, right)]
        if shown[0] != shown[1]:
            break
    return Counterexample(whole, _arrays(point.letters), *shown)


def _shown(number, places):
    return NO_VALUE if number is None else digits.nstr(number, places).replace("-", "−")


def _arrays(letters):
    """Numbers of the letters as nested tuples where all were met, else one by one."""
    arrays = {}
    for head in dict.fromkeys(key[0] for key in letters):
        keys = sorted(key[1:] for key in letters if key[0] == head)
        full = list(product(*(range(m + 1) for m in keys[-1]))) == keys
        if full:
            arrays[name_of(head)] = _nested(head, letters, keys[-1])
        else:
            for key in keys:
                arrays[f"{name_of(head)}{list(key)}"] = float(letters[(head, *key)])
    return arrays


def _nested(head, letters, last, first=()):
    if len(first) == len(last):
        return float(letters[(head, *first)])
    return tuple(_nested(head, letters, last, (*first, m)) for m in range(last[len(first)] + 1))


def _written(number):
    if isinstance(number, tuple):
        return f"({', '.join(_written(part) for part in number)})"
    return f"{number:.3g}".replace("-", "−")
