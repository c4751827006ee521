"""Canonical form of sums over a symbolic number of terms: equal sums look the same.

Three moves, each exact for every K, d and n: a sum of terms becomes a sum of sums; factors that do
not depend on the index leave the sum; Σ_t δ_tj f(t) becomes f(j). Then the index gets its name.
"""

from functools import lru_cache

from sympy import (
    Add,
    Integer,
    KroneckerDelta,
    Mul,
    Sum,
    Symbol,
    Tuple,
    exp,
    expand,
    expand_log,
    log,
    oo,
)

from lessons.proofs.notation import SIZE_OF


def canonical(line, rewrite):
    """Canonical form: each sum linear, δ collapsed, logarithms expanded and indices renamed.

    Parameters
    ----------
    line : Expr
        Without names or derivatives, each sum over an index of its own (see `expand_definitions`).
    rewrite : callable
        Takes a sum over one index and returns what the assumptions make of it (Σy = 1 gives 1).
    """
    ranges = {index: (Integer(0), size - 1) for index, size in SIZE_OF.items()}
    return _logs_expanded(_linear(_logs_expanded(line), ranges, rewrite))


def _logs_expanded(line):
    """`expand_log`, but not asked where it has nothing to do, as it rebuilds the line even then."""
    return expand_log(line) if line.has(log) else line


def _linear(line, ranges, rewrite):
    if not line.has(Sum):
        return line
    if not isinstance(line, Sum):
        return line.func(*(_linear(part, ranges, rewrite) for part in line.args))
    if line.limits[0][2] == oo:  # taken apart, it might not converge
        return named_by_content(line)
    inside = ranges | {index: (low, high) for index, low, high in line.limits}
    result = _linear(line.function, inside, rewrite)
    for limit in line.limits:
        terms = Add.make_args(_expanded(result))
        result = Add(*(_sum_of_term(term, limit, inside, rewrite) for term in terms))
    return result


def _expanded(line):
    """Multiplied out, but with exponentials and logarithms left whole."""
    return expand(line, log=False, power_exp=False, power_base=False)


def _sum_of_term(term, limit, ranges, rewrite):
    index, low, high = limit
    if low.is_Integer and high.is_Integer:
        return Add(*(term.xreplace({index: Integer(m)}) for m in range(int(low), int(high) + 1)))
    constant, dependent = _split(term, index)
    for factor in Mul.make_args(dependent):
        value = _picked_value(factor, index, ranges)
        if value is not None:
            return constant * (dependent / factor).xreplace({index: value})
    if dependent == 1:
        return constant * (high - low + 1)
    return constant * rewrite(named_by_content(InternedSum(dependent, limit)))


def _split(term, index):
    """Part of a product without the index, and part with it; e^(a + b_t) is split as well."""
    rest, exponent = exponent_apart(term)
    without, within = exponent.as_independent(index, as_Add=True)
    constant, dependent = rest.as_independent(index, as_Add=False)
    return constant * exp(without), dependent * exp(within)


def exponent_apart(term):
    """Write a product as a pair (rest, u): its value is rest·e^u, with all exponentials in u."""
    factors = Mul.make_args(term)
    exponent = Add(*(factor.args[0] for factor in factors if isinstance(factor, exp)))
    return Mul(*(factor for factor in factors if not isinstance(factor, exp))), _expanded(exponent)


def _picked_value(factor, index, ranges):
    """Value of the index at which a factor δ is 1, if it surely lies in the sum's range."""
    if not isinstance(factor, KroneckerDelta) or index not in factor.args:
        return None
    (value,) = (side for side in factor.args if side != index)
    low, high = ranges[index]
    if value.is_Integer:
        inside = (value - low).is_nonnegative and (high - value).is_nonnegative
    else:
        inside = ranges.get(value) == (low, high)
    return value if inside else None


def named_by_content(total):
    """Name the outermost index of a sum by the sums inside it, so that equal sums are identical."""
    *others, (index, low, high) = total.limits  # a sum of a sum has two limits
    taken, m = {symbol.name for symbol in total.function.atoms(Symbol)}, 0
    while f"_{m}" in taken:
        m += 1
    name = Symbol(f"_{m}", integer=True, nonnegative=True)
    return InternedSum(total.function.xreplace({index: name}), *others, (name, low, high))


# One object a sum: what SymPy works out for it is worked out once.


class InternedSum(Sum):
    """An interned `Sum`, its indices plain symbols: built once, as is what is free in it."""

    def __new__(cls, function, *limits):
        """Return the one object for this sum, or what SymPy makes of it (NaN for a term NaN)."""
        return _interned(cls, function, *(Tuple(*limit) for limit in limits))

    @property
    def free_symbols(self):
        """Symbols that no index of this sum binds."""
        return set(self._free)

    @property
    def is_number(self):
        """Whether nothing is free in the sum."""
        return not self._free


@lru_cache(maxsize=4096)
def _interned(cls, function, *limits):
    total = Sum.__new__(cls, function, *limits)
    if not isinstance(total, cls):
        return total
    free = set(total.function.free_symbols)
    for index, low, high in total.limits:
        free = free - {index} | low.free_symbols | high.free_symbols
    total._free = frozenset(free)
    return total
