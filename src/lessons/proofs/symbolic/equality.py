"""Symbolic equality, proved by algebra: only if the difference is identically 0.

The symbolic road looks at no numbers. Where it finds no proof it answers False, which means "not
proved", never "wrong": refuting is what the numeric road does, which shares no code with this one.
"""

from functools import lru_cache
from itertools import combinations

from sympy import (
    Eq,
    Indexed,
    Integer,
    KroneckerDelta,
    Limit,
    Ne,
    Sum,
    cancel,
    default_sort_key,
    evaluate,
    together,
)
from sympy import limit as sympy_limit

from lessons.proofs.symbolic.definitions import Undefined, expand_definitions, must_not_vanish
from lessons.proofs.symbolic.rational import replace_generators, split_logs
from lessons.proofs.symbolic.sums import canonical, named_by_content


def equal(lhs, rhs, definitions=None, assumptions=()):
    """Whether lhs = rhs is proved for every K, d and n and all values of the letters.

    Parameters
    ----------
    lhs, rhs : Expr
        Scalar lines, usually unevaluated. Free indices stand for any value of their range.
    definitions : dict, optional
        What the names in them mean (see `expand_definitions`).
    assumptions : sequence of Ne and Eq
        `Ne(j, i)`: the two indices differ. `Eq(sum_over(t, y[t]), 1)`: y sums to 1; with a further
        free index, as in `Eq(sum_over(t, Y[r, t]), 1)`, for each of its values.

    Returns
    -------
    bool
        True: proved. False: not proved, which may be the road's own limit.

    Raises
    ------
    ValueError
        An assumption of another form.
    """
    different, known_sums = _sorted_out(assumptions)
    definitions = tuple((definitions or {}).items())
    with evaluate(True):
        try:
            left, right = (_normal(side, definitions, known_sums) for side in (lhs, rhs))
        except Undefined:
            return False
        return (
            _is_zero(left - right, different, known_sums)
            and _has_values(lhs, definitions, different, known_sums)
            and _has_values(rhs, definitions, different, known_sums)
        )


def nonnegative(line, definitions=None):
    """Whether line ≥ 0 is proved from its form: a sum of squares with positive weights, say."""
    definitions = tuple((definitions or {}).items())
    with evaluate(True):
        proved = expand_definitions(line, dict(definitions)).is_nonnegative is True
        return proved and _has_values(line, definitions)


def tends_to(line, limit, towards, definitions=None):
    """Whether line → limit is proved, as a letter goes to ±oo: `towards` is `(logit, oo)`."""
    pairs = tuple((definitions or {}).items())
    with evaluate(True):
        reached = sympy_limit(expand_definitions(line, dict(pairs)), *towards)
        proved = not reached.has(Limit) and equal(reached, limit, definitions)
        return proved and _has_values(line, pairs)


def _sorted_out(assumptions):
    different, known_sums = set(), []
    for assumption in assumptions:
        if isinstance(assumption, Ne):
            different.add(frozenset(assumption.args))
        elif isinstance(assumption, Eq) and isinstance(assumption.lhs, Sum):
            known_sums.append((assumption.lhs, assumption.rhs))
        else:
            raise ValueError(f"expected Ne(index, index) or Eq(sum, value), got {assumption!r}")
    return different, tuple(known_sums)


@lru_cache(maxsize=1024)
def _normal(line, definitions, known_sums):
    return _tidy(expand_definitions(line, dict(definitions)), known_sums)


def _tidy(line, known_sums):
    return split_logs(canonical(line, lambda total: _rewritten(total, known_sums)))


def _rewritten(total, known_sums):
    """Value that an assumption gives to this sum, or the sum itself."""
    for known, value in known_sums:
        if _same_up_to_free_indices(total, named_by_content(known)):
            return value
    return total


def _same_up_to_free_indices(total, known):
    term, pattern = total.function, known.function
    if total.limits != known.limits or not isinstance(term, Indexed) or term.base != pattern.base:
        return False
    ((bound, _, _),) = known.limits
    places = [[index == bound for index in side.indices] for side in (term, pattern)]
    return places[0] == places[1]


def _is_zero(line, different, known_sums):
    """Zero for every choice of the free indices: each δ_ab left is split into a ≠ b and a = b."""
    delta = _first_free_delta(line)
    if delta is None:
        return cancel(together(replace_generators(line, {}))) == 0
    apart = _tidy(line.xreplace({delta: Integer(0)}), known_sums)
    if not _is_zero(apart, different, known_sums):
        return False
    if frozenset(delta.args) in different:
        return True
    same = _merged(delta.args)
    still_different = _still_different(different, delta.args)
    return _is_zero(_tidy(line.xreplace(same), known_sums), still_different, known_sums)


def _merged(pair):
    """Make two indices one: what to replace, a symbol, by what, perhaps a number."""
    return dict([sorted(pair, key=lambda side: (side.is_Integer, default_sort_key(side)))])


def _still_different(different, pair):
    same = _merged(pair)
    return frozenset(frozenset(same.get(side, side) for side in other) for other in different)


def _first_free_delta(line):
    bound = {index for total in line.atoms(Sum) for index in total.bound_symbols}
    free = [
        delta
        for delta in line.atoms(KroneckerDelta)
        if not delta.free_symbols & bound and any(side.is_Symbol for side in delta.args)
    ]
    return min(free, key=default_sort_key, default=None)


def _has_values(line, definitions, different=frozenset(), known_sums=()):
    """Whether nothing that the line divides by, or takes the logarithm of, is identically 0.

    Neither as it stands nor for any choice of its indices: 1/(zᵢ − zⱼ) has no value for i = j.
    """
    parts = must_not_vanish(line, dict(definitions))
    return not any(_vanishes(part, frozenset(different), known_sums) for part in parts)


@lru_cache(maxsize=1024)
def _vanishes(line, different, known_sums):
    line = _tidy(line, known_sums)
    indices = _indices_met(line)
    pairs = [frozenset(pair) for pair in combinations(indices, 2)]
    apart = {KroneckerDelta(*pair): Integer(0) for pair in pairs}
    if cancel(together(replace_generators(_tidy(line.xreplace(apart), known_sums), {}))) == 0:
        return True
    return any(
        _vanishes(line.xreplace(_merged(pair)), _still_different(different, pair), known_sums)
        for pair in pairs
        if pair not in different and any(side.is_Symbol for side in pair)
    )


def _indices_met(line):
    """Collect the indices that stand in z[j] or δ_ij, but for those that a sum runs over."""
    bound = {index for total in line.atoms(Sum) for index in total.bound_symbols}
    members, deltas = line.atoms(Indexed), line.atoms(KroneckerDelta)
    met = {index for member in members for index in member.indices}
    met |= {index for delta in deltas for index in delta.args}
    return sorted(met - bound, key=default_sort_key)
