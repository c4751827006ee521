"""Domain of a line: that no denominator is 0 and each logarithm's argument positive, by form.

Looked at is the form alone, never a number: a product of exponentials, a sum of positive terms, the
same without one of its terms, or what is positive at both ends of a letter's interval and runs
straight between them.
"""

from functools import lru_cache
from math import prod

from sympy import Add, Indexed, Mul, Pow, Sum, factor, factorial, together

from lessons.proofs.notation import LAST, SIZE_OF
from lessons.proofs.symbolic.rational import exponentials_as_generators


@lru_cache(maxsize=1024)
def sign(part, intervals=()):
    """Sign that a part has everywhere in the domain: 1, −1, or 0 where its form does not say.

    Parameters
    ----------
    part : Expr
        Expanded, evaluated.
    intervals : tuple of (Symbol, (number, number))
        Between what letters lie, both ends included.
    """
    generators = {}
    line = factor(together(exponentials_as_generators(part, generators)))
    back = {symbol: exponential for exponential, symbol in generators.items()}
    return _sign_of_product(line, intervals, back)


def _sign_of_product(line, intervals, back):
    if line.is_positive or isinstance(line, factorial):  # 1/(−1)! is 0, by convention
        return 1
    if line.is_negative:
        return -1
    if isinstance(line, Mul):
        return prod(_sign_of_product(part, intervals, back) for part in line.args)
    if isinstance(line, Pow) and line.exp.is_integer:
        return _sign_of_product(line.base, intervals, back) ** (1 if line.exp.is_odd else 2)
    if isinstance(line, Pow):
        return int(_sign_of_product(line.base, intervals, back) == 1)
    if not isinstance(line, Add):
        return 0
    return int(_lacks_one_term(line.xreplace(back), intervals)) or _sign_between_ends(
        line, intervals
    )


def _lacks_one_term(line, intervals):
    """Whether a line is a sum of positive terms, two at least, without a single one of them."""
    totals = [part for part in line.args if isinstance(part, Sum)]
    if len(totals) != 1 or len(totals[0].limits) != 1:
        return False
    (total,), ((index, low, high),) = totals, totals[0].limits
    least = {letter: ends[0] for letter, ends in intervals}
    if not total.function.is_positive or low != 0 or high not in LAST.values():
        return False
    if least.get(high + 1, 1) < 2:
        return False
    lacking = total - line
    chosen = {i for entry in lacking.atoms(Indexed) for i in entry.indices}
    chosen = {i for i in chosen if i in SIZE_OF and LAST[SIZE_OF[i]] == high}
    return any(lacking == total.function.xreplace({index: i}) for i in chosen)


def _sign_between_ends(line, intervals):
    """Sign of a sum that runs straight from one end of a letter's interval to the other."""
    for letter, ends in intervals:
        if line.has(letter) and line.diff(letter, 2) == 0:
            signs = {sign(line.subs(letter, end), intervals) for end in ends}
            return signs.pop() if len(signs) == 1 else 0
    return 0
