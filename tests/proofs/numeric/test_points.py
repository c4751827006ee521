"""Sample points: every choice of indices and sizes that the assumptions allow, and no other."""

import pytest
from sympy import Eq, Integer, Ne, Symbol

from lessons.proofs.notation import SIZE_OF, Partial, i, j, k, p, sum_over, t, x, y, z
from lessons.proofs.numeric import comparison as numeric
from lessons.proofs.numeric.points import SIZES
from lessons.proofs.setting import SOFT_TARGETS

(SUMS_TO_1,) = SOFT_TARGETS.assumptions


def test_every_choice_of_free_indices_is_tried():
    only_here = sum_over(t, z[t]) * 0 + Partial(z[j], z[i])  # differs from 0 only where i = j
    assert numeric.counterexample(only_here, Integer(0)).whole["i"] == 0
    assert numeric.counterexample(only_here, Integer(0), {}, (Ne(i, j),)) is None


def test_letters_that_sum_to_1_do():
    assert numeric.counterexample(sum_over(t, y[t]), Integer(1), {}, (SUMS_TO_1,)) is None
    assert numeric.counterexample(y[j], Integer(1), {}, (SUMS_TO_1,)).letters["y"] != (1,)


def test_sizes_always_differ():
    assert all(len({*sizes}) == 4 for sizes in SIZES)


@pytest.mark.parametrize(
    "assumption",
    [Eq(sum_over(t, y[t]), 2), Eq(y[j], 1), Eq(sum_over(p, x[p]), 1)],
    ids=["another sum", "one letter", "a sum over features"],
)
def test_assumptions_that_no_point_can_be_drawn_for_are_refused(assumption):
    with pytest.raises(ValueError, match=r"expected Ne\(index, index\) or Eq\(sum_over"):
        numeric.counterexample(y[j], y[j], {}, (assumption,))


def test_an_index_of_unknown_range_is_not_guessed():
    assert k in SIZE_OF
    stranger = Symbol("w", integer=True)
    assert "w = " in str(numeric.counterexample(stranger, Integer(0)))
