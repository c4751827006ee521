"""The symbolic road's reading of arrays: the formula of one entry."""

from sympy import Add, Dummy, Integer, KroneckerDelta, Mul, Sum

from lessons.proofs.arrays import Diagonal, Entries, Ones, Transposed, is_array, shape_of
from lessons.proofs.notation import LAST


def entry_of(line, row, column):
    """Write the formula of a line's entry at a row and a column, both counted from 0."""
    if isinstance(line, Entries):
        return line.body.xreplace(dict(zip(line.indices, (row, column), strict=False)))
    if isinstance(line, Transposed):
        return entry_of(line.args[0], column, row)
    if isinstance(line, Diagonal):
        return KroneckerDelta(row, column) * entry_of(line.args[0], row, Integer(0))
    if isinstance(line, Ones):
        return Integer(1)
    if isinstance(line, Add):
        return Add(*(entry_of(part, row, column) for part in line.args))
    return _entry_of_product(line, row, column)


def _entry_of_product(product, row, column):
    scale = Mul(*(part for part in product.args if not is_array(part)))
    first, *rest = [part for part in product.args if is_array(part)]
    if not rest:
        return scale * entry_of(first, row, column)
    others, inner = Mul(*rest, evaluate=False), shape_of(first)[1]
    if inner == 1:
        return scale * entry_of(first, row, Integer(0)) * entry_of(others, Integer(0), column)
    m = Dummy("m", integer=True, nonnegative=True)
    terms = entry_of(first, row, m) * entry_of(others, m, column)
    return scale * Sum(terms, (m, 0, LAST[inner]))
