"""Whether a typed line *is* one of the simplified forms, not merely equal to one."""

from sympy import Add, Mul, Pow, Sum, exp

from lessons.proofs.notation import Partial, S, t, z


def same_form(first, second):
    """Whether two lines differ at most in the order of their parts and in how S is written."""
    return _form(first) == _form(second)


def is_worked_out(line):
    """Whether no derivative is left to be taken."""
    return not line.has(Partial)


def _form(line):
    """Write the line as nested tuples, sums and products flat and in one order."""
    if _is_denominator(line):
        return str(S)
    for kind in (Add, Mul):
        if isinstance(line, kind):
            return kind.__name__, *sorted(_members(line, kind), key=repr)
    if isinstance(line, Pow) and isinstance(line.base, Pow):
        return _form(Pow(line.base.base, line.base.exp * line.exp, evaluate=False))
    if not line.args:
        return str(line)
    return type(line).__name__, *map(_form, line.args)


def _members(line, kind):
    for part in line.args:
        if isinstance(part, kind):
            yield from _members(part, kind)
        else:
            yield _form(part)


def _is_denominator(line):
    if not isinstance(line, Sum):
        return False
    index = line.limits[0][0]
    return line.function.xreplace({index: t}) == exp(z[t])
