"""Where the numeric road looks: several sizes, every choice of the free indices, random letters."""

from functools import lru_cache
from itertools import product

from sympy import Eq, Indexed, Ne, Sum

from lessons.proofs.arrays import Entries
from lessons.proofs.notation import LAST, SIZE_OF, K, SumExcept, d, n
from lessons.proofs.point import Point

SIZES = ((3, 2, 4), (2, 4, 3), (4, 3, 2), (1, 2, 3), (6, 5, 3))  # (K, d, n), never two alike
EVERY_INDEX_UP_TO = 4  # for more classes than this, a few choices of the free indices


def places(lines, definitions, assumptions):
    """List what `Point` needs, for every point that the assumptions allow.

    Raises
    ------
    ValueError
        An assumption that is neither Ne of two indices nor Eq of a sum over all classes and 1.
    """
    different, simplex = _sorted_out(assumptions)
    free = (_free_indices(line, tuple(definitions.items())) for line in lines)
    indices = sorted(set().union(*free, *different), key=str)
    for first_seed, sizes in enumerate(SIZES):  # other sizes, other letters: each meets both signs
        sizes = dict(zip((K, d, n), sizes, strict=True))
        choices = _choices(indices, sizes, definitions)
        choices = [c for c in choices if all(c[a] != c[b] for a, b in different)]
        seeds = (first_seed, first_seed + len(SIZES))[: 1 + 1 // max(1, len(choices))]
        for seed, choice in product(seeds, choices):
            yield sizes | choice, seed, definitions, simplex


@lru_cache(maxsize=4096)
def _kept(whole, seed, definitions, simplex):
    return Point(dict(whole), seed, dict(definitions), dict(simplex))


def kept_point(whole, seed, definitions, simplex):
    """Return the point of an earlier call with these arguments, and all worked out there."""
    return _kept(tuple(whole.items()), seed, tuple(definitions.items()), tuple(simplex.items()))


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


@lru_cache(maxsize=1024)
def _free_indices(line, definitions):
    """Collect the indices in a line, or in the definitions it uses, that no sum runs over."""
    if line in SIZE_OF:
        return {line}
    found = set().union(*(_free_indices(part, definitions) for part in line.args))
    for name, body in definitions:
        if line == name or (isinstance(line, Indexed) and line.base == getattr(name, "base", None)):
            found |= _free_indices(body, definitions) - set(getattr(name, "indices", ()))
    return found - _bound_here(line)


def _bound_here(line):
    if isinstance(line, Sum):
        return {limit[0] for limit in line.limits}
    if isinstance(line, SumExcept):
        return {line.args[1]}
    return set(line.indices) if isinstance(line, Entries) else set()
