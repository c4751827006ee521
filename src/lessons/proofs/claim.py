"""A claim that two lines are equal: proved on one road and compared on the other, or refuted."""

from dataclasses import dataclass, field
from functools import cached_property

from sympy import Expr, sympify

from lessons.proofs.arrays import at_same_entry
from lessons.proofs.numeric import comparison as numeric
from lessons.proofs.symbolic import equality as symbolic


@dataclass(frozen=True, eq=False)
class Claim:
    """lhs = rhs, for every K, d and n and all values of the letters. It is truthy if it holds.

    Parameters
    ----------
    lhs, rhs : Expr
        Scalar lines; free indices stand for any value of their range.
    definitions : dict, optional
        What names in them mean: `{yhat[k]: exp(z[k])/S, S: sum_over(t, exp(z[t]))}`.
    assumptions : tuple of Ne and Eq, optional
        `Ne(j, i)`, or `Eq(sum_over(t, y[t]), 1)`.
    entry : tuple of Symbol, optional
        Where vectors and matrices are compared: `(k, q)` stands for every entry.

    Examples
    --------
    >>> claim = Claim(exp(logit) * exp(-logit), 1)
    >>> claim.verdict
    'proved'
    >>> print(Claim(exp(2 * logit), 2 * exp(logit)).counterexample)
    at z = −1.67: 0.03544 against 0.3765
    """

    lhs: Expr
    rhs: Expr
    definitions: dict = field(default_factory=dict)
    assumptions: tuple = ()
    entry: tuple = ()

    def __post_init__(self):
        for side in ("lhs", "rhs"):
            object.__setattr__(self, side, sympify(getattr(self, side)))

    @property
    def _sides(self):
        return at_same_entry(self.lhs, self.rhs, self.entry)

    @cached_property
    def proved(self):
        """Whether the symbolic road proves it; False says only that it finds no proof."""
        return symbolic.equal(*self._sides, self.definitions, self.assumptions)

    @cached_property
    def counterexample(self):
        """A point at which the two sides differ, found by the numeric road, or None."""
        return numeric.counterexample(*self._sides, self.definitions, self.assumptions)

    @property
    def verdict(self):
        """'proved', 'refuted', or 'not proved': no counterexample, but no proof either.

        Raises
        ------
        RuntimeError
            One road proves what the other refutes: a mistake in this package.
        """
        if self.counterexample is None:
            return "proved" if self.proved else "not proved"
        if self.proved and not self.counterexample.undefined:
            raise RuntimeError(f"the two roads disagree: {self.counterexample}")
        return "refuted"

    def __bool__(self):
        return self.verdict == "proved"

    def __repr__(self):
        where = f" {self.counterexample}" if self.counterexample else ""
        return f"{self.lhs} = {self.rhs}: {self.verdict}{where}"
