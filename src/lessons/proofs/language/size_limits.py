"""Size limits of a typed line: what could take minutes to decide is refused beforehand."""

from math import comb

from sympy import Add, Derivative, Mul, Number, Pow, Sum, exp

from lessons.proofs.language.grammar import NotUnderstood

MAX_TERMS = 100
MAX_DEGREE = 40
MAX_DEGREE_IN_EXPONENT = 3
MAX_NUMBER_IN_EXPONENT = 20


def check_size(line):
    """Refuse a line that becomes too large once it is multiplied out.

    Parameters
    ----------
    line : Expr
        A line as typed, unevaluated.

    Raises
    ------
    NotUnderstood
        More than `MAX_TERMS` terms, powers beyond the degree `MAX_DEGREE`, or an exponential of a
        large number. No step of a derivation needs one.
    """
    if max(_terms(line)) > MAX_TERMS:
        raise NotUnderstood(
            f"Multiplied out, this line has more than {MAX_TERMS} terms: write a smaller step."
        )
    if _degree(line) > MAX_DEGREE:
        raise NotUnderstood("Too many powers of powers: write a smaller step.")
    for exponential in line.atoms(exp):
        _check_exponent(exponential.args[0])


def _check_exponent(exponent):
    sizes = [max(abs(number.p), number.q) for number in exponent.atoms(Number)]
    if max(sizes, default=0) > MAX_NUMBER_IN_EXPONENT or _degree(exponent) > MAX_DEGREE_IN_EXPONENT:
        raise NotUnderstood("An exponential of so large a number appears in no step here.")


def _degree(line):
    """Bound the degree; a number counts as a letter, because its powers grow as well."""
    if isinstance(line, Pow):
        return abs(int(line.exp)) * _degree(line.base)
    inside = [_degree(part) for part in line.args]
    return sum(inside) if isinstance(line, Mul) else max([1, *inside])


def _terms(line):
    """Bound the terms of numerator and denominator over a common denominator."""
    if isinstance(line, Add):
        return _of_sum([_terms(part) for part in line.args])
    if isinstance(line, Mul):
        return _of_product([_terms(part) for part in line.args])
    if isinstance(line, Pow) and line.exp.is_Integer:
        return _of_power(*_terms(line.base), int(line.exp))
    if isinstance(line, Derivative):
        above, below = _terms(line.expr)
        rules = 3 if below == 1 else 6  # the product and quotient rules, generously
        return rules * above * below, below**2
    if isinstance(line, Sum):
        return _terms(line.function)
    inside = [max(_terms(part)) for part in line.args]
    return max([1, *inside]), 1


def _of_sum(parts):
    above, below = 0, 1
    for numerator, denominator in parts:
        above, below = above * denominator + numerator * below, below * denominator
    return above, below


def _of_product(parts):
    above, below = 1, 1
    for numerator, denominator in parts:
        above, below = above * numerator, below * denominator
    return above, below


def _of_power(above, below, exponent):
    if exponent < 0:
        above, below = below, above
    exponent = abs(exponent)
    return comb(above + exponent - 1, exponent), comb(below + exponent - 1, exponent)
