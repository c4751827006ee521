"""Domain of a line: that no denominator is 0 and each logarithm's argument positive, by form.

Looked at is the form alone, never a number: a product of exponentials, a sum of positive terms, or
what is positive at both ends of a letter's interval and runs straight between them.
"""

from functools import lru_cache
from math import prod

from sympy import Add, Mul, Pow, factor, factorial, together

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
    line = factor(together(exponentials_as_generators(part, {})))
    return _sign_of_product(line, intervals)


def _sign_of_product(line, intervals):
    if line.is_positive or isinstance(line, factorial):  # 1/(−1)! is 0, by convention
        return 1
    if line.is_negative:
        return -1
    if isinstance(line, Mul):
        return prod(_sign_of_product(part, intervals) for part in line.args)
    if isinstance(line, Pow) and line.exp.is_integer:
        return _sign_of_product(line.base, intervals) ** (1 if line.exp.is_odd else 2)
    if isinstance(line, Pow):
        return int(_sign_of_product(line.base, intervals) == 1)
    return _sign_between_ends(line, intervals) if isinstance(line, Add) else 0


def _sign_between_ends(line, intervals):
    """Sign of a sum that runs straight from one end of a letter's interval to the other."""
    for letter, ends in intervals:
        if line.has(letter) and line.diff(letter, 2) == 0:
            signs = {sign(line.subs(letter, end), intervals) for end in ends}
            return signs.pop() if len(signs) == 1 else 0
    return 0
