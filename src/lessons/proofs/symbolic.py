"""The symbolic road: an equality counts as proved only if the difference is identically 0.

Nothing here looks at numbers. Where the road finds no proof it answers False, which means "not
proved", never "wrong": refuting is what the numeric road does, which shares no code with this one.
"""

from sympy import (
    Add,
    Dummy,
    Eq,
    Indexed,
    Integer,
    KroneckerDelta,
    Ne,
    Pow,
    Sum,
    cancel,
    default_sort_key,
    exp,
    expand,
    expand_log,
    factor,
    log,
    together,
)

from lessons.proofs.meaning import meaning
from lessons.proofs.sums import canonical, named_by_content


def equal(lhs, rhs, definitions=None, assumptions=()):
    """Whether lhs = rhs is proved for every K, d and n and all values of the letters.

    Parameters
    ----------
    lhs, rhs : Expr
        Scalar lines, usually unevaluated. Free indices stand for any value of their range.
    definitions : dict, optional
        What the names in them mean (see `meaning`).
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
    definitions = definitions or {}
    difference = meaning(lhs, definitions) - meaning(rhs, definitions)
    return _is_zero(difference, different, lambda total: _rewritten(total, known_sums))


def nonnegative(line, definitions=None):
    """Whether line ≥ 0 is proved from its form: a sum of squares with positive weights, say."""
    return meaning(line, definitions or {}).is_nonnegative is True


def _sorted_out(assumptions):
    different, known_sums = set(), []
    for assumption in assumptions:
        if isinstance(assumption, Ne):
            different.add(frozenset(assumption.args))
        elif isinstance(assumption, Eq) and isinstance(assumption.lhs, Sum):
            known_sums.append((assumption.lhs, assumption.rhs))
        else:
            raise ValueError(f"expected Ne(index, index) or Eq(sum, value), got {assumption!r}")
    return different, known_sums


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
    return [index == bound for index in term.indices] == [
        index == bound for index in pattern.indices
    ]


def _is_zero(line, different, rewrite):
    """Zero for every choice of the free indices: each δ_ab left is split into a ≠ b and a = b."""
    line = _logs_apart(canonical(line, rewrite))
    delta = _first_free_delta(line)
    if delta is None:
        return cancel(together(_independent(line, {}))) == 0
    first, second = delta.args
    if not _is_zero(line.xreplace({delta: Integer(0)}), different, rewrite):
        return False
    if frozenset((first, second)) in different:
        return True
    return _is_zero(line.xreplace({second: first}), different, rewrite)


def _first_free_delta(line):
    bound = {index for total in line.atoms(Sum) for index in total.bound_symbols}
    free = [delta for delta in line.atoms(KroneckerDelta) if not delta.free_symbols & bound]
    return min(free, key=default_sort_key, default=None)


def _logs_apart(line):
    """Take logarithms of fractions apart: log(1 + e^(−z)) becomes log(1 + e^z) − z."""
    if not line.has(log) or not line.args:
        return line
    if not isinstance(line, log):
        return line.func(*(_logs_apart(part) for part in line.args))
    generators = {}
    argument = factor(together(_exponentials_as_generators(_logs_apart(line.args[0]), generators)))
    back = {symbol: exponential for exponential, symbol in generators.items()}
    return expand_log(log(argument)).xreplace(back)


def _exponentials_as_generators(line, generators):
    """Write e^(a + 2b) as E_a·E_b², with one positive symbol for each independent exponent."""
    if isinstance(line, exp):
        product = Integer(1)
        for term in Add.make_args(expand(line.args[0])):
            coefficient, exponent = term.as_coeff_Mul()
            symbol = generators.setdefault(exp(exponent), Dummy(positive=True))
            product *= symbol**coefficient
        return product
    if isinstance(line, Sum) or not line.args:
        return line
    return line.func(*(_exponentials_as_generators(part, generators) for part in line.args))


def _independent(line, symbols):
    """Rational function in which each exponential, sum and letter is a symbol of its own.

    If that function is 0 for independent symbols, it is 0 for the values they stand for.
    """
    if isinstance(line, exp):
        return _exponentials_as_generators(line, symbols)
    if isinstance(line, (Sum, Indexed, log)) or _is_root(line):
        return symbols.setdefault(line, Dummy())
    if not line.args:
        return line
    return line.func(*(_independent(part, symbols) for part in line.args))


def _is_root(line):
    return isinstance(line, Pow) and not line.exp.is_Integer
