"""A claim that two lines are equal: proved on one road and compared on the other, or refuted."""

from collections.abc import Mapping
from functools import cached_property

from sympy import Expr, Symbol, SympifyError, sympify
from sympy.logic.boolalg import Boolean

from lessons.proofs.numeric.comparison import Counterexample
from lessons.proofs.setting import Setting
from lessons.proofs.verdict import PROVED, Verdict, judge


class Claim:
    """lhs = rhs, for every K, d and n and all values of the letters. It is truthy if it holds.

    Parameters
    ----------
    lhs, rhs : Expr
        Lines; free indices stand for any value of their range.
    definitions : dict, optional
        What names in them mean: `{yhat[k]: exp(z[k])/S, S: sum_over(t, exp(z[t]))}`.
    assumptions : tuple of Ne and Eq, optional
        `Ne(j, i)`, or `Eq(sum_over(t, y[t]), 1)`.
    entry : tuple of Symbol, optional
        Where vectors and matrices are compared: `(k, q)` stands for every entry.
    setting : Setting, optional
        All of these in one, in their place.

    Raises
    ------
    ValueError
        A side is no expression.

    Examples
    --------
    >>> from sympy import exp
    >>> from lessons.proofs import logit
    >>> claim = Claim(exp(logit) * exp(-logit), 1)
    >>> claim.verdict
    'proved'
    >>> print(Claim(exp(2 * logit), 2 * exp(logit)).counterexample)
    at z = −1.67: 0.03544 against 0.3765
    """

    def __init__(
        self,
        lhs: Expr | complex,
        rhs: Expr | complex,
        definitions: Mapping[Expr, Expr] | None = None,
        assumptions: tuple[Boolean, ...] = (),
        entry: tuple[Symbol, ...] = (),
        *,
        setting: Setting | None = None,
    ) -> None:
        self.lhs, self.rhs = _line(lhs), _line(rhs)
        self.setting = setting or Setting(definitions or {}, assumptions, entry)

    @cached_property
    def _judged(self) -> Verdict:
        return judge(self.lhs, self.rhs, self.setting)

    @property
    def counterexample(self) -> Counterexample | None:
        """A point at which the two sides differ, found by the numeric road, or None."""
        return self._judged.counterexample

    @property
    def demand(self) -> str | None:
        """Of a claim that is not proved: what is not seen to hold, such as "z is never 0"."""
        return self._judged.demand

    @property
    def verdict(self) -> str:
        """'proved', 'refuted', or 'not proved': no counterexample, but no proof either.

        Raises
        ------
        RoadsDisagree
            One road proves what the other refutes: a mistake in this package.
        """
        return self._judged.status

    @property
    def proved(self) -> bool:
        """Whether the symbolic road proves it and the numeric one finds nothing against it."""
        return self.verdict == PROVED

    def __bool__(self):
        return self.proved

    def __repr__(self):
        where = f" {self.counterexample}" if self.counterexample else ""
        return f"{self.lhs} = {self.rhs}: {self.verdict}{where}"


def _line(side):
    """Return a side as an expression; a text, a list or nothing at all is none."""
    try:
        line = sympify(side, strict=True)
    except SympifyError:
        line = None
    if not isinstance(line, Expr):
        raise ValueError(f"a line is an expression of letters, such as exp(logit); got {side!r}")
    return line
