"""Cases of a `Piecewise`, which are told apart by equal indices alone, in one reader for all."""

from sympy import Eq, true


class NoRule(ValueError):
    """A line that holds something which the language of the proofs has not."""


def equal_indices(condition):
    """Return the two indices that a case of a `Piecewise` says are equal; none for "otherwise".

    Raises
    ------
    NoRule
        The case is another relation, such as < or ≠, which neither road nor printer knows.
    """
    if condition == true:
        return ()
    if not isinstance(condition, Eq):
        raise NoRule(f"expected cases by equal indices, got the case {condition}")
    return condition.args
