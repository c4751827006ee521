"""What the tests of the proofs share: a third evaluation of lines, in NumPy's ordinary floats."""

import numpy as np
import pytest
from sympy import (
    Add,
    Derivative,
    Indexed,
    Integral,
    KroneckerDelta,
    Mul,
    Piecewise,
    Pow,
    Product,
    Rational,
    Sum,
    Symbol,
    exp,
    factorial,
    log,
    oo,
    pi,
)

from lessons.proofs import arrays
from lessons.proofs.notation import (
    SIZE_OF,
    K,
    LogPartition,
    Smooth,
    SumExcept,
    relu,
    sigma,
    step,
)


class Floats:
    """Values of lines in float64 at one random point: derivatives are central differences."""

    def __init__(self, sizes, definitions, simplex=(), seed=0):
        self.known = dict(sizes)  # sizes, indices, and whatever a derivative moves
        self.definitions, self.simplex = definitions, simplex
        self.letters, self.random = {}, np.random.default_rng(seed)

    def of(self, line):
        """The float that a scalar line stands for."""
        if line in self.known:
            return self.known[line]
        if isinstance(line, (Symbol, Indexed)):
            return self._letter(line)
        if isinstance(line, Derivative):
            return self._difference(line)
        if isinstance(line, (Sum, Product, SumExcept, Integral)):
            return self._all_terms(line)
        if isinstance(line, Piecewise):
            return self._case(line)
        if isinstance(line, arrays.Entry):
            array, *cell = line.args
            row, column = (int(self.of(index)) for index in cell)
            return self.table(array)[row, column]
        if isinstance(line, LogPartition):
            return np.log1p(sum(self._number((line.args[0], m)) ** 2 for m in range(self.of(K))))
        if isinstance(line, Smooth):
            component, index = line.args
            entries = (
                self._within([index], [m], component) for m in range(self.of(SIZE_OF[index]))
            )
            return sum(np.cos((m + 1) * entry) for m, entry in enumerate(entries))
        return self._arithmetic(line)

    def _arithmetic(self, line):
        if isinstance(line, Rational) or line == pi:
            return float(line)
        parts = [self.of(part) for part in line.args]
        rules = {
            Add: lambda: np.sum(parts),
            Mul: lambda: np.prod(parts),
            Pow: lambda: np.power(parts[0], parts[1]),
            exp: lambda: np.exp(parts[0]),
            log: lambda: np.log(parts[0]),
            sigma: lambda: (1 + np.tanh(parts[0] / 2)) / 2,
            relu: lambda: np.maximum(parts[0], 0),
            step: lambda: float(parts[0] > 0),
            KroneckerDelta: lambda: float(parts[0] == parts[1]),
            factorial: lambda: float(np.prod(np.arange(1, parts[0] + 1))),
        }
        return rules[line.func]()

    def _within(self, names, values, line):
        before = dict(self.known)
        self.known.update(zip(names, values, strict=True))
        try:
            return self.of(line)
        finally:
            self.known = before

    def _letter(self, letter):
        indices = tuple(int(self.of(index)) for index in getattr(letter, "indices", ()))
        key = (getattr(letter, "base", letter), *indices)
        if key in self.known:
            return self.known[key]
        for name, body in self.definitions.items():
            if getattr(name, "base", name) == key[0]:
                return self._within(getattr(name, "indices", ()), indices, body)
        return self._number(key)

    def _number(self, key):
        if key in self.known:
            return self.known[key]
        if key not in self.letters:
            self._draw(key)
        return self.letters[key]

    def _draw(self, key):
        if key[0] in self.simplex:
            shares = self.random.dirichlet(np.ones(self.known[K]))
            self.letters.update({(*key[:-1], m): share for m, share in enumerate(shares)})
        else:
            low = 0.1 if getattr(key[0], "is_positive", False) else -1.5
            self.letters[key] = self.random.uniform(low, 1.5)

    def _difference(self, line):
        expression, *others, (variable, order) = line.args
        inside = type(line)(expression, *others) if others else expression
        indices = tuple(int(self.of(index)) for index in getattr(variable, "indices", ()))
        key = (getattr(variable, "base", variable), *indices)
        here, step = self.of(variable), 1e-5 if order == 1 and not others else 1e-3
        names = [variable if isinstance(variable, Symbol) else key]
        moved = [self._within(names, [here + m * step], inside) for m in (-1, 0, 1)]
        if order == 1:
            return (moved[2] - moved[0]) / (2 * step)
        return (moved[2] - 2 * moved[1] + moved[0]) / step**2

    def _all_terms(self, line):
        if isinstance(line, SumExcept):
            body, index, left_out = line.args
            values = [m for m in range(self.of(SIZE_OF[index])) if m != self.of(left_out)]
            return np.sum([self._within([index], [m], body) for m in values])
        *others, (index, low, high) = line.limits
        body = type(line)(line.function, *others) if others else line.function
        if isinstance(line, Integral):
            grid = np.linspace(-12, 12, 481)
            return np.sum([self._within([index], [x], body) for x in grid]) * (grid[1] - grid[0])
        first, final = int(self.of(low)), 60 if high == oo else int(self.of(high))
        terms = [self._within([index], [m], body) for m in range(first, final + 1)]
        return np.prod(terms) if isinstance(line, Product) else np.sum(terms)

    def _case(self, line):
        for value, condition in line.args:
            sides = [self.of(side) for side in condition.args]
            if not sides or sides[0] == sides[1]:
                return self.of(value)
        raise ValueError(line)

    def table(self, line):
        """The NumPy matrix that a line of arrays stands for."""
        if isinstance(line, arrays.Entries):
            return self._filled(line)
        if isinstance(line, arrays.Transposed):
            return self.table(line.args[0]).T
        if isinstance(line, arrays.Diagonal):
            return np.diagflat(self.table(line.args[0]))
        if isinstance(line, arrays.Hadamard):
            return self.table(line.args[0]) * self.table(line.args[1])
        if isinstance(line, arrays.Ones):
            return np.ones((self.of(line.shape[0]), 1))
        if isinstance(line, Add):
            return np.sum([self.table(part) for part in line.args], axis=0)
        scale = np.prod([self.of(part) for part in line.args if not arrays.is_array(part)])
        factors = [self.table(part) for part in line.args if arrays.is_array(part)]
        return scale * (factors[0] if len(factors) == 1 else np.linalg.multi_dot(factors))

    def _filled(self, line):
        sizes = [int(self.of(size)) for size in line.shape]
        cells = [line.indices, sizes[: len(line.indices)]]
        numbers = [self._within(cells[0], cell, line.body) for cell in np.ndindex(*cells[1])]
        return np.array(numbers).reshape(sizes)


@pytest.fixture(scope="session")
def floats():
    """The class whose objects give lines their values in NumPy's floats."""
    return Floats
