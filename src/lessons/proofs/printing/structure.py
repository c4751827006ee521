"""Structure of an unevaluated line, as it was written: factors, terms, fractions, the gap ŷ − y."""

from sympy import Add, Indexed, Mul, Pow, Symbol, evaluate

from lessons.proofs.arrays import Letter
from lessons.proofs.notation import Y, Yhat, prediction, target, y, yhat

PREDICTIONS = frozenset({prediction, yhat, Yhat})
TARGETS = frozenset({target, y, Y})


def factors_of(product):
    """Factors as written: a·b·c is stored as (a·b)·c, while a·(b·c) keeps its group."""
    first, *rest = product.args
    return [*(factors_of(first) if isinstance(first, Mul) else [first]), *rest]


def terms_of(total):
    """Terms as written: a + b + c is stored as (a + b) + c."""
    first, *rest = total.args
    return [*(terms_of(first) if isinstance(first, Add) else [first]), *rest]


def is_inverse(factor):
    """Whether the factor belongs below a fraction's bar."""
    return isinstance(factor, Pow) and factor.exp.is_Integer and factor.exp < 0


def inverse(factor):
    """Whatever stands below the bar for such a factor."""
    return factor.base if factor.exp == -1 else Pow(factor.base, -factor.exp, evaluate=False)


def head(name):
    """Letter of z[k] or of a whole vector; other expressions are their own head."""
    component = name.body if isinstance(name, Letter) else name
    return component.base if isinstance(component, Indexed) else component


def without_indices(array):
    """Write the body of an array over its vectors as wholes: a > 0 for the entries a[m] > 0."""
    entries = [each for each in array.body.atoms(Indexed) if each.indices == array.indices]
    with evaluate(False):
        return array.body.xreplace({each: Symbol(str(each.base)) for each in entries})


def gap_of(total):
    """Return the pair ŷ, y if the sum is ŷ − y, of scalars, components or arrays; else None."""
    if len(total.args) != 2:
        return None
    first, second = total.args
    negated = second.args[1] if isinstance(second, Mul) and second.args[0] == -1 else None
    is_gap = head(first) in PREDICTIONS and head(negated) in TARGETS
    return (first, negated) if is_gap else None
