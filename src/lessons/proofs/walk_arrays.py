"""Arrays on the numeric road: whole tables of numbers, multiplied row by column."""

from sympy import Add

from lessons.proofs.arrays import Diagonal, Entries, Entry, Ones, Transposed, is_array
from lessons.proofs.walk import product, rule_for, total, walk, whole


@rule_for(Entry)
def _entry(line):
    array, *cell = line.args
    row, column = (whole(index) for index in cell)
    if isinstance(array, Entries):
        number = _cell(array)
        return lambda point, bound: number(row(point, bound), column(point, bound), point, bound)
    rows = _table(array)
    return lambda point, bound: rows(point, bound)[row(point, bound)][column(point, bound)]


def _table(line):
    """Lay out how every number of an array is worked out, as a list of rows."""
    if isinstance(line, Entries):
        return _filled(line)
    if isinstance(line, Transposed):
        rows = _table(line.args[0])
        return lambda point, bound: [
            list(column) for column in zip(*rows(point, bound), strict=True)
        ]
    if isinstance(line, Diagonal):
        rows = _table(line.args[0])
        return lambda point, bound: _diagonal([row[0] for row in rows(point, bound)])
    if isinstance(line, Ones):
        count = whole(line.shape[0])
        return lambda point, bound: [[1]] * count(point, bound)
    if isinstance(line, Add):
        parts = [_table(part) for part in line.args]
        return lambda point, bound: _added([part(point, bound) for part in parts])
    return _multiplied(line)


def _filled(entries):
    height, width = (whole(size) for size in entries.shape)
    number = _cell(entries)

    def rows(point, bound):
        columns = range(width(point, bound))
        return [
            [number(row, column, point, bound) for column in columns]
            for row in range(height(point, bound))
        ]

    return rows


def _cell(entries):
    body, indices = walk(entries.body), entries.indices

    def number(row, column, point, bound):
        return body(point, {**bound, **dict(zip(indices, (row, column), strict=False))})

    return number


def _diagonal(numbers):
    count = len(numbers)
    return [[numbers[a] if a == b else 0 for b in range(count)] for a in range(count)]


def _added(tables):
    return [
        [total(cells) for cells in zip(*rows, strict=True)] for rows in zip(*tables, strict=True)
    ]


def _multiplied(line):
    scales = [walk(part) for part in line.args if not is_array(part)]
    first, *rest = [_table(part) for part in line.args if is_array(part)]

    def rows(point, bound):
        table = first(point, bound)
        for part in rest:
            table = _row_by_column(table, part(point, bound))
        scale = product([part(point, bound) for part in scales])
        return [[scale * number for number in row] for row in table]

    return rows


def _row_by_column(left, right):
    columns = list(zip(*right, strict=True))
    return [
        [total([a * b for a, b in zip(row, column, strict=True)]) for column in columns]
        for row in left
    ]
