"""Expand definitions: each name becomes what it means, each derivative is taken, each entry read.

A definition is a pair in a dictionary: `{prediction: sigma(logit)}` for a single number, or
`{yhat[k]: exp(z[k])/S}` for every value of the indices on its left.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count
from types import MappingProxyType

from sympy import (
    Add,
    Derivative,
    Dummy,
    Expr,
    Indexed,
    Integer,
    KroneckerDelta,
    Mul,
    Piecewise,
    Pow,
    Sum,
    Symbol,
    exp,
    log,
    nan,
    zoo,
)

from lessons.proofs.arrays import (
    Diagonal,
    Entries,
    Entry,
    Hadamard,
    Ones,
    Transposed,
    is_array,
    shape_of,
)
from lessons.proofs.cases import equal_indices
from lessons.proofs.notation import LAST, SIZE_OF, Smooth, SumExcept, relu, sigma, step
from lessons.proofs.symbolic.closed_forms import closed_form
from lessons.proofs.symbolic.sums import InternedSum


def expand_definitions(line, definitions):
    """Replace names by their definitions and carry out each derivative.

    Inside a derivative the variable is independent, whatever defines it: in ∂(−log ŷ)/∂ŷ the letter
    ŷ stays while the derivative is taken, and is replaced in the result.

    Parameters
    ----------
    line : Expr
        A scalar line of a proof, usually unevaluated.
    definitions : dict
        From Symbol or Indexed (with distinct index symbols) to Expr.

    Returns
    -------
    Expr
        Evaluated, with neither names nor derivatives, each sum over an index of its own.

    Raises
    ------
    Undefined
        The line divides by 0, or takes the logarithm of 0.
    """
    return _expansion(line, tuple(definitions.items()))[0]


@dataclass(frozen=True)
class Demand:
    """Demand of a line on one of its parts, without which it has no value.

    Attributes
    ----------
    part : Expr
        A denominator, or what a logarithm or a root is taken of; expanded.
    written : Expr
        The same as it stands in the line.
    positive : bool
        Whether it must be positive, as in a logarithm; a denominator need only not be 0.
    """

    part: Expr
    written: Expr
    positive: bool


def demands(line, definitions):
    """Collect the demands of a line on its denominators and logarithms, which may not be 0.

    SymPy cancels u/u before anybody can ask whether u is 0; so it is noted while the line is read.
    """
    return _expansion(line, tuple(definitions.items()))[1]


@lru_cache(maxsize=1024)
def _expansion(line, definitions):
    expansion = _Expansion()
    return expansion.of(line, dict(definitions)), tuple(expansion.demands)


INSIDE = Symbol("#", integer=True, nonnegative=True)  # the index that a smooth function binds


class _ChainRule(Expr):
    """A smooth function of `size` entries, each of them `body` at a value of the index INSIDE.

    Its derivative is a sum over these entries: the function's slope in an entry, times what the
    entry itself does.
    """

    is_real = True

    def _eval_derivative(self, variable):
        body, size = self.args
        at = Dummy("at", integer=True, nonnegative=True)
        inner = body.diff(variable).xreplace({INSIDE: at})
        return Sum(_Slope(body, size, at) * inner, (at, 0, LAST[size]))


class _Slope(Expr):
    """The derivative of a smooth function by one of the entries that it takes."""

    is_real = True


class Undefined(ValueError):
    """A line that divides by 0 or takes its logarithm, whatever its letters are."""


class _Expansion:
    """Expansion of one line: it hands out index names, none of them twice, and notes demands."""

    def __init__(self):
        self.demands = []
        self._names = (Symbol(f"#{m}", integer=True, nonnegative=True) for m in count())

    def of(self, line, definitions):
        return self.apart(self._read(self.apart(line, as_written=True), definitions))

    def apart(self, line, names=MappingProxyType({}), as_written=False):
        """Rename bound indices (alpha conversion), so that substituting can never capture one.

        `names` holds the new names of the indices bound around this line. Kept as written,
        0·log 0 is not 0 before its logarithm is read.
        """
        if line in names:
            return names[line]
        if not names and not line.has(Sum, SumExcept, Entry, Smooth):
            return line
        if isinstance(line, Entry):
            return self.apart(
                entry_of(*(self.apart(part, names, as_written) for part in line.args))
            )
        if isinstance(line, Smooth):
            component, index = line.args
            line = _ChainRule(component.xreplace({index: INSIDE}), SIZE_OF[index])
        if isinstance(line, SumExcept):
            return self.apart(line.as_sum(), names, as_written)
        if isinstance(line, Indexed):
            return line.base[tuple(self.apart(index, names) for index in line.indices)]
        if isinstance(line, Sum):
            names = {**names, **{index: next(self._names) for index, _, _ in line.limits}}
            return InternedSum(*(self.apart(part, names, as_written) for part in line.args))
        if not line.args:
            return line
        parts = [self.apart(part, names, as_written) for part in line.args]
        if as_written and isinstance(line, (Add, Mul, Pow, exp, log)):
            return line.func(*parts, evaluate=False)
        return line.func(*parts)

    def _read(self, line, definitions):
        if isinstance(line, Derivative):
            return self._derivative(line, definitions)
        if isinstance(line, Indexed):
            return self._indexed(line, definitions)
        if line in definitions:
            return self._read(self.apart(definitions[line]), definitions)
        if isinstance(line, sigma):
            return 1 / (1 + exp(-self._read(line.args[0], definitions)))
        if isinstance(line, relu):
            argument = self._read(line.args[0], definitions)
            return argument * step(argument)
        if isinstance(line, Piecewise):
            return self._cases(line, definitions)
        return self._from_parts(line, definitions) if line.args else line

    def _from_parts(self, line, definitions):
        parts = [self._read(part, definitions) for part in line.args]
        result = closed_form(line.func(*parts))
        if result in (zoo, nan):
            raise Undefined(f"{line} has no value")
        if _is_risky(line) and not parts[0].is_positive:
            self.demands.append(Demand(parts[0], line.args[0], _needs_positive(line)))
        return result

    def _indexed(self, line, definitions):
        indices = [self._read(index, definitions) for index in line.indices]
        for name, body in definitions.items():
            if isinstance(name, Indexed) and name.base == line.base:
                values = dict(zip(name.indices, indices, strict=True))
                return self._read(self.apart(body).xreplace(values), definitions)
        return line.base[tuple(indices)]

    def _derivative(self, line, definitions):
        expression, *variables = line.args
        held = {_head(variable) for variable, _ in variables}
        others = {name: body for name, body in definitions.items() if _head(name) not in held}
        met = len(self.demands)
        result = self._read(expression, others).diff(*variables)
        if len(others) == len(definitions):
            return result
        inside, self.demands[met:] = self.demands[met:], []
        for demand in inside:
            part = self._read(self.apart(demand.part), definitions)
            self.demands.append(replace(demand, part=part))
        return self._read(self.apart(result), definitions)

    def _cases(self, line, definitions):
        """Cases by equal indices, as one formula: δ times one case plus (1 − δ) times the other."""
        *cases, (result, _) = line.args
        result = self._read(result, definitions)
        for value, condition in reversed(cases):
            delta = KroneckerDelta(*equal_indices(condition))
            result = delta * self._read(value, definitions) + (1 - delta) * result
        return result


def _is_risky(line):
    """Whether the line may have no value, which depends on its first part."""
    return isinstance(line, log) or (
        isinstance(line, Pow) and not (line.exp.is_integer and line.exp.is_nonnegative)
    )


def _needs_positive(line):
    return isinstance(line, log) or not line.exp.is_integer


def _head(name):
    """Letter of z[k], or the symbol itself."""
    return name.base if isinstance(name, Indexed) else name


# Vectors and matrices: an entry is read by the formula of its row and column.


def entry_of(line, row, column):
    """Write the formula of a line's entry at a row and a column, both counted from 0."""
    if isinstance(line, Entries):
        return line.body.xreplace(dict(zip(line.indices, (row, column), strict=False)))
    if isinstance(line, Transposed):
        return entry_of(line.args[0], column, row)
    if isinstance(line, Diagonal):
        return KroneckerDelta(row, column) * entry_of(line.args[0], row, Integer(0))
    if isinstance(line, Hadamard):
        return Mul(*(entry_of(part, row, column) for part in line.args))
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
