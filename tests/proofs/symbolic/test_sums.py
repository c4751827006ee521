"""The symbolic road's sums: SymPy's in all but name, and one object however often built."""

from sympy import Integer, Sum, nan, oo

from lessons.proofs.notation import K, p, s, t, x, y, z
from lessons.proofs.symbolic.sums import InternedSum

LIMITS = (t, Integer(0), K - 1)


def test_equal_sums_are_one_object_and_others_are_not():
    assert InternedSum(z[t], LIMITS) is InternedSum(z[t], LIMITS)
    assert InternedSum(z[t], LIMITS) != InternedSum(y[t], LIMITS)
    assert InternedSum(z[t], LIMITS) != InternedSum(z[s], (s, *LIMITS[1:]))


def test_what_is_free_in_a_sum_is_what_sympy_says_is_free():
    bounds = [(LIMITS,), ((t, 0, s), (s, 0, K)), ((s, 0, K), (t, 0, s)), ((p, 1, 3), (t, 0, oo))]
    for limits in bounds:
        for term in (z[t], z[t] * x[p] * y[s], Integer(2), t + p):
            assert InternedSum(term, *limits).free_symbols == Sum(term, *limits).free_symbols
            assert InternedSum(term, *limits).is_number == Sum(term, *limits).is_number


def test_what_is_free_cannot_be_changed_from_outside():
    InternedSum(z[t], LIMITS).free_symbols.clear()
    assert K in InternedSum(z[t], LIMITS).free_symbols


def test_a_sum_inside_a_sum_becomes_one_sum_as_in_sympy():
    inner, plain = InternedSum(z[t] * y[s], LIMITS), Sum(z[t] * y[s], LIMITS)
    assert InternedSum(inner, (s, 0, 3)).args == Sum(plain, (s, 0, 3)).args


def test_a_sum_of_no_number_is_no_number():
    assert InternedSum(nan, LIMITS) is nan
