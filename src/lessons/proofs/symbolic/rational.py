"""Rational functions of generators: each exponential, sum and letter becomes a symbol of its own.

If that function is 0 for independent symbols, it is 0 for the values they stand for.
"""

from sympy import (
    Add,
    Dummy,
    Integer,
    Mul,
    Pow,
    exp,
    expand,
    expand_log,
    factor,
    log,
    together,
)


def split_logs(line):
    """Split logarithms of fractions: log(1 + e^(−z)) becomes log(1 + e^z) − z."""
    if not line.has(log) or not line.args:
        return line
    if not isinstance(line, log):
        return line.func(*(split_logs(part) for part in line.args))
    generators = {}
    argument = factor(together(exponentials_as_generators(split_logs(line.args[0]), generators)))
    back = {symbol: exponential for exponential, symbol in generators.items()}
    return expand_log(log(argument)).xreplace(back)


def exponentials_as_generators(line, generators):
    """Write e^(a + 2b) as E_a·E_b², with one positive symbol for each independent exponent."""
    if isinstance(line, exp):
        product = Integer(1)
        for term in Add.make_args(expand(line.args[0])):
            coefficient, exponent = term.as_coeff_Mul()
            symbol = generators.setdefault(exp(exponent), Dummy(positive=True))
            product *= symbol**coefficient
        return product
    if not isinstance(line, (Add, Mul, Pow)):
        return line
    return line.func(*(exponentials_as_generators(part, generators) for part in line.args))


def replace_generators(line, generators):
    """Replace generators: what is not rational becomes a symbol of its own.

    Parameters
    ----------
    line : Expr
        Evaluated, as `canonical` leaves it.
    generators : dict
        Filled with the symbol of each generator.
    """
    if isinstance(line, exp):
        return exponentials_as_generators(line, generators)
    if line.is_Symbol or line.is_Rational:
        return line
    if isinstance(line, (Add, Mul)) or (isinstance(line, Pow) and line.exp.is_Integer):
        return line.func(*(replace_generators(part, generators) for part in line.args))
    if isinstance(line, Pow):  # u^(g − 1) is u^g/u
        whole, rest = line.exp.as_coeff_Add()
        if whole.is_Integer and whole != 0:
            return replace_generators(line.base, generators) ** whole * replace_generators(
                line.base**rest, generators
            )
    return generators.setdefault(line, Dummy())
