"""Sample points: sizes, free indices, and a seeded random number for every letter that is met."""

import random
from functools import lru_cache
from itertools import product
from types import MappingProxyType

from sympy import Eq, Indexed, IndexedBase, Ne, Sum, Symbol

from lessons.proofs.arrays import free_indices
from lessons.proofs.cases import NoRule
from lessons.proofs.notation import LAST, SIZE_OF, K, M, d, n
from lessons.proofs.numeric.evaluation import digits, evaluator, value

# (K, d, n, M), never two alike
SIZES = ((3, 2, 4, 5), (2, 4, 3, 5), (4, 3, 2, 1), (1, 2, 3, 4), (6, 5, 3, 2))
EXAMPLE_SIZES = {K: 3, d: 2, n: 4, M: 5}
EVERY_INDEX_UP_TO = 4  # for more classes than this, a few choices of the free indices


class Point:
    """Sample point, where lines have values; a letter gets its number when first asked for.

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
    domain : dict of Symbol to (number, number), optional
        Between what the numbers of a letter lie.

    Attributes
    ----------
    letters : dict
        The numbers drawn so far, by `(letter,)` or `(letter, index, ...)`.
    asked : set of Symbol
        The free indices and sizes that some line asked for.
    """

    def __init__(self, whole, seed, definitions, simplex, domain=MappingProxyType({})):
        self.whole, self.seed, self.simplex, self.domain = whole, seed, simplex, domain
        self.letters, self.asked = {}, set()
        self._definitions = {_head(name): (name, body) for name, body in definitions.items()}
        self._touched = _touched(tuple(self._definitions.values()))
        # Numbers by key: what a derivative holds; all met so far; the values of whole lines.
        self._held, self._met, self._values = {}, {}, {}

    def value(self, line):
        """Work out a line's value here, once; None where it has none."""
        if line not in self._values:
            try:
                number = value(line, self)
            except NoRule:
                raise
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
        return evaluator(body)(self, bound)

    def _drawn(self, key):
        letter = key[0]
        if letter in self.simplex:
            return self._share(key, 1 + self.simplex[letter])
        if letter in self.domain:
            return _random_between(self.seed, key, *self.domain[letter])
        return _random(self.seed, key, positive=getattr(letter, "is_positive", False))

    def _share(self, key, place):
        """One part of a whole: K random numbers divided by their sum."""
        row = [(*key[:place], m, *key[place + 1 :]) for m in range(int(self.number((K,))))]
        parts = {other: _random(self.seed, other, positive=True) for other in row}
        return parts[key] / sum(parts.values())


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


def _random_between(seed, key, low, high):
    hundredths = random.Random(f"{seed} {key}").randint(1, 99)
    return low + (high - low) * digits.mpf(hundredths) / 100


# The points that assumptions and domain allow, and the readable example.


def places(lines, definitions, assumptions, domain):
    """List what `Point` needs, for every point that the assumptions and the domain allow.

    Raises
    ------
    ValueError
        An assumption that is neither Ne of two indices nor Eq of a sum over all classes and 1.
    """
    different, simplex = _sorted_out(assumptions)
    free = (free_indices(line, tuple(definitions.items())) for line in lines)
    indices = sorted(set().union(*free, *different), key=str)
    for first_seed, sizes in enumerate(SIZES):  # other sizes, other letters: each meets both signs
        sizes = dict(zip((K, d, n, M), sizes, strict=True))
        if any(not low <= sizes.get(size, low) <= high for size, (low, high) in domain.items()):
            continue
        choices = _choices(indices, sizes, definitions)
        choices = [c for c in choices if all(c[a] != c[b] for a, b in different)]
        seeds = (first_seed, first_seed + len(SIZES))[: 1 + 1 // max(1, len(choices))]
        for seed, choice in product(seeds, choices):
            yield sizes | choice, seed, definitions, simplex, domain


def kept_point(whole, seed, *tables):
    """Return the point of an earlier call with these arguments, and all worked out there."""
    return _kept(tuple(whole.items()), seed, *(tuple(table.items()) for table in tables))


@lru_cache(maxsize=4096)
def _kept(whole, seed, *tables):
    return Point(dict(whole), seed, *map(dict, tables))


def example_point(setting):
    """Make the point of a setting's readable example, with the sizes `EXAMPLE_SIZES`."""
    indices = {name: number for name, number in setting.example.items() if name in SIZE_OF}
    point = Point(EXAMPLE_SIZES | indices, 0, setting.definitions, {})
    for letter, number in setting.example.items():
        if letter not in indices:
            _give(point, (letter,), number)
    return point


def _give(point, key, number):
    if isinstance(number, tuple):
        for m, part in enumerate(number):
            _give(point, (*key, m), part)
    else:
        point.letters[key] = digits.mpf(str(number))


def _choices(indices, sizes, definitions):
    """Every choice of the free indices, or for many classes a few."""
    origin = Point(sizes, 0, definitions, {})
    ranges = [range(int(origin.number((SIZE_OF[index],)))) for index in indices]
    choices = [dict(zip(indices, choice, strict=True)) for choice in product(*ranges)]
    return choices if sizes[K] <= EVERY_INDEX_UP_TO else choices[:: 1 + len(choices) // 3]


def _sorted_out(assumptions):
    different, simplex = [], {}
    for assumption in assumptions:
        if isinstance(assumption, Ne):
            different.append(assumption.args)
        elif isinstance(assumption, Eq) and _is_whole_sum(assumption.lhs) and assumption.rhs == 1:
            (bound, _, _), term = assumption.lhs.limits[0], assumption.lhs.function
            simplex[term.base] = term.indices.index(bound)
        else:
            raise ValueError(f"expected Ne(index, index) or Eq(sum_over(t, …), 1): {assumption!r}")
    return different, simplex


def _is_whole_sum(line):
    return (
        isinstance(line, Sum)
        and isinstance(line.function, Indexed)
        and [limit[1:] for limit in line.limits] == [(0, LAST[K])]
    )
