"""Arrays on the numeric road: whole tables of numbers, multiplied row by column."""

from math import prod

from sympy import Add

from lessons.proofs.arrays import Diagonal, Entries, Entry, Ones, Transposed, is_array
from lessons.proofs.walk import inner, rule_for, whole


@rule_for(Entry)
def _entry(line, point, bound):
    array, *cell = line.args
    row, column = (whole(index, point, bound) for index in cell)
    if isinstance(array, Entries):
        return _cell(array, row, column, point, bound)
    return _table(array, point, bound)[row][column]


def _table(line, point, bound):
    """Work out every number of an array, as a list of rows."""
    if isinstance(line, Entries):
        return _filled(line, point, bound)
    if isinstance(line, Transposed):
        return [list(column) for column in zip(*_table(line.args[0], point, bound), strict=True)]
    if isinstance(line, Diagonal):
        return _diagonal([row[0] for row in _table(line.args[0], point, bound)])
    if isinstance(line, Ones):
        return [[1]] * whole(line.shape[0], point, bound)
    if isinstance(line, Add):
        return _added([_table(part, point, bound) for part in line.args])
    return _multiplied(line, point, bound)


def _filled(entries, point, bound):
    rows, columns = (range(whole(size, point, bound)) for size in entries.shape)
    return [[_cell(entries, row, column, point, bound) for column in columns] for row in rows]


def _cell(entries, row, column, point, bound):
    cell = dict(zip(entries.indices, (row, column), strict=False))
    return inner(entries.body, point, {**bound, **cell})


def _diagonal(numbers):
    count = len(numbers)
    return [[numbers[a] if a == b else 0 for b in range(count)] for a in range(count)]


def _added(tables):
    return [[sum(cells) for cells in zip(*rows, strict=True)] for rows in zip(*tables, strict=True)]


def _multiplied(line, point, bound):
    product = None
    scale = prod(inner(part, point, bound) for part in line.args if not is_array(part))
    for part in line.args:
        if is_array(part):
            table = _table(part, point, bound)
            product = table if product is None else _row_by_column(product, table)
    return [[scale * number for number in row] for row in product]


def _row_by_column(left, right):
    columns = list(zip(*right, strict=True))
    return [
        [sum(a * b for a, b in zip(row, column, strict=True)) for column in columns] for row in left
    ]
