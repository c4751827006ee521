"""Symbolic equality, proved by algebra: only if the difference is identically 0.

The symbolic road looks at no numbers. Where it finds no proof it answers False, which means "not
proved", never "wrong": refuting is what the numeric road does, which shares no code with this one.
"""

from functools import lru_cache

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

from lessons.proofs.symbolic.definitions import Undefined, demands, expand_definitions
from lessons.proofs.symbolic.domain import sign
from lessons.proofs.symbolic.rational import replace_generators, split_logs
from lessons.proofs.symbolic.sums import canonical, named_by_content


def equal(lhs, rhs, definitions=None, assumptions=(), domain=None):
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
    domain : dict, optional
        Between what letters lie, both ends included.

    Returns
    -------
    bool
        True: proved, and both lines have a value wherever the letters may be. False: not proved,
        which may be the road's own limit.

    Raises
    ------
    ValueError
        An assumption of another form.
    """
    different, known_sums = _sorted_out(assumptions)
    pairs = tuple((definitions or {}).items())
    with evaluate(True):
        try:
            left, right = (_normal(side, pairs, known_sums) for side in (lhs, rhs))
        except Undefined:
            return False
        return _is_zero(left - right, different, known_sums) and not any(
            unproved_demand(side, definitions, assumptions, domain) for side in (lhs, rhs)
        )


def nonnegative(line, definitions=None, domain=None):
    """Whether line ≥ 0 is proved from its form: a sum of squares with positive weights, say."""
    with evaluate(True):
        proved = expand_definitions(line, definitions or {}).is_nonnegative is True
        return proved and not unproved_demand(line, definitions, domain=domain)


def tends_to(line, limit, towards, definitions=None, domain=None):
    """Whether line → limit is proved, as a letter goes to ±oo: `towards` is `(logit, oo)`."""
    with evaluate(True):
        reached = sympy_limit(expand_definitions(line, definitions or {}), *towards)
        proved = not reached.has(Limit) and equal(reached, limit, definitions)
        return proved and not unproved_demand(line, definitions, domain=domain)


def unproved_demand(line, definitions=None, assumptions=(), domain=None):
    """Find the first part of a line that is not proved to have the sign that the line demands.

    Parameters
    ----------
    line, definitions, assumptions, domain
        As for `equal`.

    Returns
    -------
    Demand or None
        None if all are proved, or if the line has no value whatever its letters are.
    """
    different, known_sums = _sorted_out(assumptions)
    apart = {KroneckerDelta(*pair): Integer(0) for pair in different}
    intervals = tuple((domain or {}).items())
    with evaluate(True):
        try:
            asked = demands(line, definitions or {})
        except Undefined:
            return None
        for demand in asked:
            found = sign(_tidy(demand.part, known_sums).xreplace(apart), intervals)
            if found != 1 and (demand.positive or found == 0):
                return demand
    return None


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
    if any(side.is_Integer for side in pattern.indices) and term != pattern:
        return False  # said of one row alone
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
