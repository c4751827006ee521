"""Notation, the symbols of every proof: one object a letter, and what each index runs over.

Everything here is a plain SymPy object, so a line of a proof is written as in SymPy. Two things are
added: `Partial`, a derivative that waits to be carried out, and `sum_over`, a sum over all classes,
features or examples.
"""

from sympy import (
    Derivative,
    Expr,
    Function,
    IndexedBase,
    Integer,
    KroneckerDelta,
    Product,
    Sum,
    Symbol,
    Tuple,
    sympify,
)


def _size(name):
    return Symbol(name, integer=True, positive=True)


def _index(name):
    return Symbol(name, integer=True, nonnegative=True)


# Sizes: K classes, d features, n examples, M hidden units, each any positive whole number.
K, d, n, M = (_size(name) for name in "KdnM")

i, j, k, l, s, t, u = (_index(name) for name in "ijklstu")  # noqa: E741 (the subject's own letter)
p, q = (_index(name) for name in "pq")
r, other_r = _index("r"), _index("r'")
unit, other_unit = _index("m"), _index("m'")

# An index counts from 0 to its size − 1, both when it is free and when a sum runs over it.
SIZE_OF = dict.fromkeys((i, j, k, l, s, t, u), K) | dict.fromkeys((p, q), d) | {r: n, other_r: n}
SIZE_OF |= {unit: M, other_unit: M}

LAST = {size: size - 1 for size in (K, d, n, M)}  # made here, where SymPy still evaluates

# One logit, one target, one prediction: the binary case.
logit = Symbol("z", real=True)
target = Symbol("y", real=True)
prediction = Symbol("yhat", positive=True)

# Further single numbers: a shift, a temperature, a step along a line, a mean, another logit.
m, T = Symbol("m", real=True), Symbol("T", positive=True)
epsilon, mean, other = (Symbol(name, real=True) for name in ("epsilon", "vbar", "u"))
gamma = Symbol("gamma", positive=True)  # the exponent of the focal loss

# What a distribution is about: its outcomes, the mean of its statistic, its base measure h(y).
outcome = _index("y")
expectation = Symbol("E[R]", real=True)
base = Symbol("h(y)", positive=True)
statistic = IndexedBase("R(y)", real=True)
log_partition = Symbol("A", real=True)
theta, statistics = IndexedBase("theta", real=True), IndexedBase("R", real=True)
h = IndexedBase("h", positive=True)

# One example with K classes and d features, and (capitals) a batch of n examples, one per row.
z, y, x, b, v, a, W, V, H = (IndexedBase(name, real=True) for name in "zyxbvaWVH")
yhat = IndexedBase("yhat", positive=True)
w = IndexedBase("w", positive=True)  # the weight of a class in the loss
X, Y, Z, G = (IndexedBase(name, real=True) for name in "XYZG")
Yhat = IndexedBase("Yhat", positive=True)
row_sum = IndexedBase("S", positive=True)  # the softmax's denominator of one example
change = IndexedBase("u", real=True)  # the direction in which b moves, as V is that of W

# A hidden layer: its units a = Vx + c, its outputs h, the next layer's features; `a`, `V` as above.
hidden, shift = IndexedBase("h", real=True), IndexedBase("c", real=True)

L = Symbol("L", real=True)  # the loss of one example, in nats
S = Symbol("S", positive=True)  # the softmax's denominator, the sum of exp(z[t]) over all classes
c = Symbol("c", real=True)  # a number that does not depend on the class


class sigma(Function):
    """The sigmoid σ(z) = 1/(1 + e^(−z)), kept as one symbol until a proof needs its definition."""

    nargs = 1
    is_real = True
    is_positive = True


class Smooth(Expr):
    """Any smooth function of all entries of a vector, of which nothing else is known: L(a).

    Parameters
    ----------
    component : Indexed
        One entry, such as `a[unit]`; it may have a definition.
    index : Symbol
        Its index, bound here.
    """

    is_real = True


class relu(Function):
    """The rectified linear unit max(a, 0), kept as one symbol until a proof needs its definition.

    It is a·1[a > 0], and its derivative is 1[a > 0] wherever it has one: a ≠ 0.
    """

    nargs = 1
    is_real = True


class step(Function):
    """The indicator 1[a > 0], the unit step: 1 where a is positive, 0 where it is not."""

    nargs = 1
    is_real = True

    def fdiff(self, argindex=1):
        """Give its slope, which is 0 on either side of the jump."""
        return Integer(0)


class Partial(Derivative):
    """A derivative that waits: ∂f/∂v, also when f depends on v only through a name.

    SymPy's own `Derivative` is 0 at once when v is not visible in f, so ∂ŷ/∂z would vanish before
    ŷ is replaced by σ(z). While the derivative is taken, the variable counts as independent;
    afterwards it takes its own definition. That is the partial derivative of the chain rule.

    Parameters
    ----------
    expression : Expr
        What is differentiated.
    *variables : Symbol, Indexed or (variable, order)
        By what, and how often.
    """

    def __new__(cls, expression, *variables):
        """Keep the parts as they are: nothing is evaluated, sorted or found to be 0."""
        pairs = (
            Tuple(*v) if isinstance(v, (tuple, Tuple)) else Tuple(v, Integer(1)) for v in variables
        )
        return Expr.__new__(cls, sympify(expression), *pairs)


class SumExcept(Expr):
    """The sum over a whole range with one index left out: `SumExcept(exp(z[t]), t, i)`."""

    is_real = True

    def as_sum(self):
        """Write the same sum with a factor that is 0 for the index left out."""
        body, index, excluded = self.args
        return sum_over(index, body * (1 - KroneckerDelta(index, excluded)))


class LogPartition(Expr):
    """A(z): any smooth function of all the entries of a letter, of which nothing else is known."""

    is_real = True

    def _eval_derivative(self, variable):
        return Partial(self, variable)


def product_over(index, expression):
    """Product of `expression` over the whole range of `index`."""
    return over(Product, expression, index, 0, last(index))


def sum_over(index, expression):
    """Sum of `expression` over the whole range of `index`: all classes, features or examples."""
    return over(Sum, expression, index, 0, last(index))


def over(kind, body, index, low, high):
    """Build a `Sum`, `Product` or `Integral` whose body stays as written."""
    body = sympify(body)
    whole = Expr.__new__(kind, body, Tuple(index, low, high))  # kind(…) would rearrange it
    whole.is_commutative = body.is_commutative
    return whole


def last(index):
    """Last value of an index: K − 1 for a class, d − 1 for a feature, n − 1 for an example."""
    return LAST[SIZE_OF[index]]
