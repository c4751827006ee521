"""The symbolic road's sums: SymPy's, but equal sums are one object.

SymPy keeps what it finds out about an object (can it be 0? is it positive?) with that object, makes
a new one whenever an equal sum is built again, and rebuilds a sum's whole term to see what is free
in it. In the proofs, which build the same few sums thousands of times, that took a third of the
time of this road.
"""

from functools import lru_cache

from sympy import Sum, Tuple


class Total(Sum):
    """A `Sum` whose indices are plain symbols; it is built once, and so is what is free in it."""

    def __new__(cls, function, *limits):
        """Return the one object for this sum, or what SymPy makes of it (NaN for a term NaN)."""
        return _built(cls, function, *(Tuple(*limit) for limit in limits))

    @property
    def free_symbols(self):
        """Symbols that no index of this sum binds."""
        return set(self._free)

    @property
    def is_number(self):
        """Whether nothing is free in the sum."""
        return not self._free


@lru_cache(maxsize=4096)
def _built(cls, function, *limits):
    total = Sum.__new__(cls, function, *limits)
    if not isinstance(total, cls):
        return total
    free = set(total.function.free_symbols)
    for index, low, high in total.limits:
        free = free - {index} | low.free_symbols | high.free_symbols
    total._free = frozenset(free)
    return total
