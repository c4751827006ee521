"""A concrete point: sizes, free indices, and a number for every letter that is met."""

import random
from functools import lru_cache

from sympy import Indexed, IndexedBase, Symbol

from lessons.proofs.notation import K, d, n
from lessons.proofs.walk import digits, total, value, walk


class Point:
    """Where lines have values; a letter gets its number when it is first asked for.

    Parameters
    ----------
    whole : dict of Symbol to int
        Sizes and free indices.
    seed : int
        Letters get random numbers between −2 and 2, the same for the same seed.
    definitions : dict
        Names and what they stand for: these numbers are worked out, not drawn.
    simplex : dict of IndexedBase to int
        Letters whose numbers are positive and sum to 1 along that index.

    Attributes
    ----------
    letters : dict
        The numbers drawn so far, by `(letter,)` or `(letter, index, ...)`.
    asked : set of Symbol
        The free indices, and the sizes that some line asked for.
    """

    def __init__(self, whole, seed, definitions, simplex):
        self.whole, self.seed, self.simplex = whole, seed, simplex
        self.letters, self.asked = {}, set(whole) - {K, d, n}
        self._definitions = {_head(name): (name, body) for name, body in definitions.items()}
        self._touched = _touched(tuple(self._definitions.values()))
        # Numbers by key: what a derivative holds; all met so far; the values of whole lines.
        self._held, self._met, self._values = {}, {}, {}

    def value(self, line):
        """Work out a line's value here, once; None where it has none."""
        if line not in self._values:
            try:
                number = value(line, self)
            except (ZeroDivisionError, ValueError):
                number = digits.nan
            self._values[line] = number if digits.isfinite(number) else None
        return self._values[line]

    def holding(self, key, number):
        """Copy this point with one number replaced, as a derivative needs."""
        moved = object.__new__(Point)
        moved.__dict__.update(self.__dict__)
        touched = self._touched.get(key[0], ())
        moved._held = self._held | {key: number}
        moved._met = {k: met for k, met in self._met.items() if k[0] not in touched} | moved._held
        return moved

    def number(self, key):
        """Look up `(letter,)` or `(letter, index, ...)`: held, worked out, given or drawn."""
        number = self._met.get(key)
        if number is None:
            number = self._met[key] = self._first_met(key)
        return number

    def _first_met(self, key):
        if key[0] in self._definitions:
            return self._from_definition(key)
        if key[0] in self.whole:
            self.asked.add(key[0])
            return self.whole[key[0]]
        if key not in self.letters:
            self.letters[key] = self._drawn(key)
        return self.letters[key]

    def _from_definition(self, key):
        name, body = self._definitions[key[0]]
        bound = dict(zip(name.indices, key[1:], strict=True)) if key[1:] else {}
        return walk(body)(self, bound)

    def _drawn(self, key):
        letter = key[0]
        if letter in self.simplex:
            return self._share(key, 1 + self.simplex[letter])
        return _random(self.seed, key, positive=getattr(letter, "is_positive", False))

    def _share(self, key, place):
        """One part of a whole: K random numbers divided by their sum."""
        row = [(*key[:place], m, *key[place + 1 :]) for m in range(int(self.number((K,))))]
        parts = {other: _random(self.seed, other, positive=True) for other in row}
        return parts[key] / total(list(parts.values()))


def _head(name):
    return name.base if isinstance(name, Indexed) else name


@lru_cache(maxsize=1024)
def _touched(definitions):
    """Names whose numbers change with a letter, by letter: those that use it, and their users."""
    uses = {_head(name): body.atoms(Symbol, IndexedBase) for name, body in definitions}
    touched = {}
    for letter in set().union(*uses.values()):
        names, more = set(), {letter}
        while more:
            more = {name for name, used in uses.items() if used & more} - names
            names |= more
        touched[letter] = frozenset(names)
    return touched


def _random(seed, key, positive):
    source = random.Random(f"{seed} {key}")
    hundredths = source.randint(1, 200)
    sign = 1 if positive else source.choice((1, -1))
    return sign * digits.mpf(hundredths) / 100
