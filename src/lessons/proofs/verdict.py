"""Verdict: whether one line follows from another, decided by both roads or not at all."""

from dataclasses import dataclass
from fractions import Fraction

from sympy import Expr, Float, PolynomialError, Rational, Sum, Symbol, default_sort_key

from lessons.proofs.arrays import at_same_entry
from lessons.proofs.notation import d, p, q, s, t, u
from lessons.proofs.numeric import comparison as numeric
from lessons.proofs.numeric.comparison import Counterexample
from lessons.proofs.printing.text import to_text
from lessons.proofs.setting import Setting
from lessons.proofs.symbolic import equality as symbolic

PROVED, REFUTED, NOT_PROVED = "proved", "refuted", "not proved"

# What a road raises where a line leads it out of its domain. It has then decided nothing; whatever
# else is raised is a mistake, in the question or in this package, and is not caught.
SYMBOLIC_LIMITS = (NotImplementedError, PolynomialError, RecursionError)
NUMERIC_LIMITS = (OverflowError, RecursionError)


class RoadsDisagree(RuntimeError):
    """One road proves what the other refutes: a mistake in this package."""


@dataclass(frozen=True)
class Verdict:
    """What both roads say together; it is truthy if the line is proved.

    Attributes
    ----------
    status : str
        "proved": by the symbolic road, and the numeric one found nothing against it. "refuted": by
        a counterexample. "not proved": neither.
    counterexample : Counterexample or None
        Where it fails; of a refuted line alone.
    demand : str or None
        What is not seen to hold, though the lines have no value where it does not: "z is never 0".
        Of a line that is not proved alone.
    """

    status: str
    counterexample: Counterexample | None = None
    demand: str | None = None

    def __bool__(self):
        return self.status == PROVED


def judge(
    lhs: Expr,
    rhs: Expr,
    setting: Setting,
    relation: str = "=",
    towards: tuple[Expr, Expr] | None = None,
) -> Verdict:
    """Decide whether `lhs = rhs` holds, or another relation; both roads are asked, always.

    Parameters
    ----------
    lhs, rhs : Expr
        Lines, scalar or arrays; free indices stand for any value of their range.
    setting : Setting
        What is meant by them, and where.
    relation : str
        "=": both are equal. "≥": lhs is at least rhs, which must be 0. "→": lhs tends to rhs as
        `towards` says.
    towards : pair, optional
        For "→": a letter and where it goes, `(logit, oo)`.

    Returns
    -------
    Verdict

    Raises
    ------
    ValueError
        Another relation, or "≥" something other than 0; arrays that cannot be compared; something
        for which there is no rule, such as a sine.
    RoadsDisagree
        One road proves what the other refutes.
    """
    if relation not in _ROADS:
        raise ValueError(f"expected a relation of {', '.join(_ROADS)}, got {relation!r}")
    if relation == "≥" and rhs != 0:
        raise ValueError(f"expected ≥ 0, got ≥ {rhs}")
    prove, refute = _ROADS[relation]
    sides = at_same_entry(exact(lhs), exact(rhs), setting)
    refuted, compared = _asked(refute, NUMERIC_LIMITS, *sides, setting, towards)
    proved, _ = _asked(prove, SYMBOLIC_LIMITS, *sides, setting, towards)
    if proved and refuted and not refuted.undefined:
        raise RoadsDisagree(f"the two roads disagree: proved, yet refuted {refuted}")
    if refuted:
        return Verdict(REFUTED, refuted)
    if proved and compared:
        return Verdict(PROVED)
    demands, _ = _asked(_unproved_demands, SYMBOLIC_LIMITS, *sides, setting)
    return Verdict(NOT_PROVED, demand=next(map(_said, filter(None, demands or ())), None))


def exact(line: Expr) -> Expr:
    """Return the line with each decimal as the rational number that it shows: 0.1 is 1/10.

    What Python makes of 1/3 is one third: the float shows no other fraction of small numbers.
    """
    return line.xreplace({number: _shown_by(number) for number in line.atoms(Float)})


def _shown_by(number):
    simple = Fraction(float(number)).limit_denominator(1000)
    return Rational(simple) if float(simple) == float(number) else Rational(str(number))


def _asked(road, limits, *question):
    """Return a road's answer and whether it came to one within its limits."""
    try:
        return road(*question), True
    except limits:
        return None, False


def _unproved_demands(lhs, rhs, setting):
    return [
        symbolic.unproved_demand(side, setting.definitions, setting.assumptions, setting.domain)
        for side in (lhs, rhs)
    ]


def _said(demand):
    always = "is always positive" if demand.positive else "is never 0"
    return f"{to_text(_readable(demand.written))} {always}"


def _readable(line):
    """Give letters to the indices of sums, which were named apart by numbers."""
    sums = sorted(line.atoms(Sum), key=default_sort_key)
    features = {index for total in sums for index, _, high in total.limits if high.has(d)}
    letters = {True: iter((p, q)), False: iter((t, s, u))}
    indices = {each for each in line.free_symbols | _bound(sums) if isinstance(each, Symbol)}
    numbered = sorted((index for index in indices if "#" in index.name), key=str)
    names = {index: next(letters[index in features], index) for index in numbered}
    line = line.replace(lambda part: isinstance(part, Sum), lambda part: Sum(*part.args))
    return line.xreplace(names)


def _bound(sums):
    return {index for total in sums for index, *_ in total.limits}


def _prove_equal(lhs, rhs, setting, towards):
    return symbolic.equal(lhs, rhs, setting.definitions, setting.assumptions, setting.domain)


def _refute_equal(lhs, rhs, setting, towards):
    return numeric.example_counterexample(lhs, rhs, setting) or numeric.counterexample(
        lhs, rhs, setting.definitions, setting.assumptions, setting.domain
    )


def _prove_nonnegative(line, zero, setting, towards):
    return symbolic.nonnegative(line, setting.definitions, setting.domain)


def _refute_nonnegative(line, zero, setting, towards):
    return numeric.negative_point(line, setting.definitions, setting.assumptions, setting.domain)


def _prove_limit(line, limit, setting, towards):
    return symbolic.tends_to(line, limit, towards, setting.definitions, setting.domain)


def _refute_limit(line, limit, setting, towards):
    return numeric.limit_counterexample(
        line, limit, towards, setting.definitions, setting.assumptions, setting.domain
    )


_ROADS = {
    "=": (_prove_equal, _refute_equal),
    "≥": (_prove_nonnegative, _refute_nonnegative),
    "→": (_prove_limit, _refute_limit),
}
