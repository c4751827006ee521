"""Arrays, vectors and matrices in a line: `(ŷ − y) xᵀ` is one expression and means its entries.

An array is a non-commutative SymPy object, so sums and products of arrays are ordinary `Add` and
`Mul`. Each road reads an array in its own way: the symbolic one by the formula of an entry, the
numeric one by multiplying tables of numbers.
"""

from functools import lru_cache
from itertools import pairwise

from sympy import Add, Expr, Indexed, Integer, Mul, Sum

from lessons.proofs.notation import SIZE_OF, Partial, Smooth, SumExcept


class Array(Expr):
    """A vector or matrix; `shape` holds two symbolic sizes, and a vector is a column."""

    is_commutative = False


class Entries(Array):
    """The array whose entry is `body` at each value of its indices: `Entries(z[k] + c, k)`.

    Parameters
    ----------
    body : Expr
        The formula of one entry.
    *indices : Symbol
        The row's index, and for a matrix the column's.
    """

    @property
    def body(self):
        """The formula of one entry."""
        return self.args[0]

    @property
    def indices(self):
        """The row's index, and for a matrix the column's."""
        return self.args[1:]

    @property
    def shape(self):
        """Rows and columns."""
        sizes = [SIZE_OF[index] for index in self.indices]
        return (*sizes, Integer(1))[:2]


class Letter(Entries):
    """A whole letter: `Letter(W[k, q], k, q)` is shown as W."""


class Column(Entries):
    """A vector shown from its first entry to its last."""


class Gradient(Entries):
    """∇: the array of derivatives by each entry of a letter, in the letter's shape."""


class Jacobian(Entries):
    """The matrix of derivatives of each entry of one vector by each entry of another."""


class Hessian(Entries):
    """∇²: the matrix of second derivatives."""


class Transposed(Array):
    """Rows as columns: xᵀ."""

    @property
    def shape(self):
        """Rows and columns."""
        return shape_of(self.args[0])[::-1]


class Diagonal(Array):
    """The square matrix with a vector on its diagonal and 0 elsewhere."""

    @property
    def shape(self):
        """Rows and columns."""
        return (shape_of(self.args[0])[0],) * 2


class Elementwise(Entries):
    """A function of each entry of a vector, shown by the vector alone: 1[a > 0]."""


class Hadamard(Array):
    """The elementwise product of two arrays of one shape: u ⊙ v."""

    @property
    def shape(self):
        """Rows and columns, which both have."""
        first, second = (shape_of(part) for part in self.args)
        if first != second:
            raise ValueError(f"expected two factors of one shape in {self}, got {first}, {second}")
        return first


class Ones(Array):
    """The vector of ones, as long as its index's range."""

    @property
    def shape(self):
        """Rows and columns."""
        return SIZE_OF[self.args[0]], Integer(1)


class Entry(Expr):
    """One entry of an array, as a scalar line: `Entry(array, row, column)`."""


def letter(component):
    """Make the whole vector or matrix of a letter: `letter(W[k, q])` is W."""
    return Letter(component, *component.indices)


def gradient(loss, component):
    """∇ of a loss by a whole letter: `gradient(L, W[k, q])` is ∇_W L."""
    return Gradient(Partial(loss, component), *component.indices)


def is_array(line):
    """Whether the line is a vector or matrix."""
    return isinstance(line, Array) or (
        isinstance(line, (Add, Mul)) and any(is_array(part) for part in line.args)
    )


def shape_of(line):
    """Rows and columns of a line of arrays.

    Raises
    ------
    ValueError
        A sum of different shapes, or a product whose inner sizes differ.
    """
    if isinstance(line, Array):
        return line.shape
    shapes = [shape_of(part) for part in line.args if is_array(part)]
    if isinstance(line, Add):
        if len(shapes) < len(line.args) or len(set(shapes)) > 1:
            raise ValueError(f"expected terms of one shape in {line}, got {shapes}")
        return shapes[0]
    for (_, inner), (other, _) in pairwise(shapes):
        if inner != other:
            raise ValueError(f"expected inner sizes that agree in {line}, got {shapes}")
    return shapes[0][0], shapes[-1][1]


@lru_cache(maxsize=1024)
def free_indices(line, definitions=()):
    """Collect the indices in a line, or in the definitions it uses, that nothing in it binds.

    Parameters
    ----------
    line : Expr
    definitions : tuple of (name, Expr)
        The items of a setting's definitions.
    """
    if line in SIZE_OF:
        return frozenset((line,))
    found = set().union(*(free_indices(part, definitions) for part in line.args))
    for name, body in definitions:
        if line == name or (isinstance(line, Indexed) and line.base == getattr(name, "base", None)):
            found |= free_indices(body, definitions) - set(getattr(name, "indices", ()))
    return frozenset(found - _bound_here(line))


def _bound_here(line):
    if isinstance(line, Sum):
        return {limit[0] for limit in line.limits}
    if isinstance(line, (SumExcept, Smooth)):
        return {line.args[1]}
    if isinstance(line, Ones):
        return set(line.args)
    return set(line.indices) if isinstance(line, Entries) else set()


def at_same_entry(lhs, rhs, setting):
    """Take two lines at one entry: arrays become scalar lines, scalar lines stay as they are.

    Raises
    ------
    ValueError
        Arrays of different shapes; too few indices, or one over another size than an array has; an
        array that holds one of the indices free, and so would be another one at each entry.
    """
    indices = setting.entry
    for line in filter(is_array, (lhs, rhs)):
        caught = free_indices(line, tuple(setting.definitions.items())) & set(indices)
        if caught:
            names = ", ".join(sorted(map(str, caught)))
            raise ValueError(f"expected an array without a free {names}, its own entry, got {line}")
    shapes = [shape_of(line) for line in (lhs, rhs) if is_array(line)]
    if len(set(shapes)) > 1:
        raise ValueError(f"expected two arrays of one shape, got {shapes[0]} and {shapes[1]}")
    return tuple(_at_entry(line, indices) for line in (lhs, rhs))


def _at_entry(line, indices):
    if not is_array(line):
        return line
    chosen, remaining = [], list(indices)
    for size in shape_of(line):
        index = Integer(0) if size == 1 else remaining.pop(0) if remaining else None
        if index is None or (size != 1 and SIZE_OF[index] != size):
            raise ValueError(f"expected an index of size {size} for {line}, got {indices}")
        chosen.append(index)
    return Entry(line, *chosen)
