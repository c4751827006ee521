"""Setting of a line: the definitions, assumptions and domain under which it is meant and judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sympy import Eq, Expr, KroneckerDelta, Symbol, evaluate, exp
from sympy.logic.boolalg import Boolean

from lessons.proofs.language.vocabulary import Vocabulary
from lessons.proofs.notation import (
    G,
    S,
    W,
    X,
    Y,
    Yhat,
    Z,
    b,
    i,
    j,
    k,
    logit,
    n,
    p,
    prediction,
    q,
    r,
    row_sum,
    sigma,
    sum_over,
    t,
    target,
    x,
    y,
    yhat,
    z,
)


@dataclass(frozen=True, eq=False)
class Setting:
    """What the letters of a line mean, wherever one is proved, typed or read.

    Parameters
    ----------
    definitions : dict from Symbol or Indexed to Expr
        What names mean: `{yhat[k]: exp(z[k])/S, S: sum_over(t, exp(z[t]))}`.
    assumptions : tuple of Ne and Eq
        `Ne(j, i)`: the two indices differ. `Eq(sum_over(t, y[t]), 1)`: y sums to 1.
    entry : tuple of Symbol
        Where vectors and matrices are compared: `(k, q)` stands for every entry.
    domain : dict from Symbol to (number, number)
        Between what a letter or size lies: `{target: (0, 1)}`. No counterexample lies outside.
    vocabulary : Vocabulary, optional
        The letters that may be typed.
    example : dict, optional
        A readable point at which a line is tried first: for each letter a number or a nested tuple
        of numbers, for each free index one.

    Raises
    ------
    ValueError
        An index stands in `entry` twice: only the entries with equal indices would be compared.
    """

    definitions: Mapping[Expr, Expr] = field(default_factory=dict)
    assumptions: tuple[Boolean, ...] = ()
    entry: tuple[Symbol, ...] = ()
    domain: Mapping[Expr, tuple[float, float]] = field(default_factory=dict)
    vocabulary: Vocabulary | None = None
    example: Mapping[Expr, float | tuple[Any, ...]] | None = None

    def __post_init__(self):
        twice = {index for index in self.entry if self.entry.count(index) > 1}
        if twice:
            names = ", ".join(sorted(map(str, twice)))
            raise ValueError(f"expected different indices in entry, got {names} twice")

    def with_(self, *more: "Setting | Mapping[Expr, Expr]", **changes: Any) -> "Setting":
        """Add the definitions of further settings, or bare ones; other fields are replaced."""
        definitions = dict(self.definitions)
        for added in more:
            definitions |= added.definitions if isinstance(added, Setting) else added
        return replace(self, **{"definitions": definitions, **changes})


def _vocabulary(numbers, families=None, free=()):
    """Return letters that may all be typed, and by all of which one may differentiate."""
    families = families or {}
    return Vocabulary(numbers, families, free, frozenset((*numbers, *families)))


with evaluate(False):
    # One logit z, its prediction ŷ = σ(z), and a target y between 0 and 1.
    BINARY = Setting(
        {prediction: sigma(logit)},
        domain={target: (0, 1)},
        vocabulary=_vocabulary({"z": logit, "yhat": prediction, "y": target}),
    )
    # K logits z[k] and their softmax ŷ; the targets y are any numbers.
    SOFTMAX = Setting({S: sum_over(t, exp(z[t])), yhat[k]: exp(z[k]) / S})
    # The target is 1 at the label i, and 0 elsewhere.
    ONE_HOT = SOFTMAX.with_({y[k]: KroneckerDelta(i, k)})
    # The target is K numbers that sum to 1.
    SOFT_TARGETS = SOFTMAX.with_(assumptions=(Eq(sum_over(t, y[t]), 1),))
    # The logits come from d features: z = Wx + b.
    LINEAR = Setting({z[k]: sum_over(p, W[k, p] * x[p]) + b[k]})
    # n examples, one a row.
    BATCH = Setting(
        {
            Z[r, k]: sum_over(p, X[r, p] * W[k, p]) + b[k],
            Yhat[r, k]: exp(Z[r, k]) / row_sum[r],
            row_sum[r]: sum_over(t, exp(Z[r, t])),
            G[r, k]: (Yhat[r, k] - Y[r, k]) / n,
        }
    )

# What the blanks of the exercises may be filled with; an exercise names one of them.
LOGIT = Setting(vocabulary=_vocabulary({"z": logit}))
LOGIT_AND_TARGET = Setting(vocabulary=_vocabulary({"z": logit, "y": target}))
TWO_LOGITS = Setting(
    vocabulary=_vocabulary({name: Symbol(name, real=True) for name in ("z0", "z1")})
)
LABEL = SOFTMAX.with_(vocabulary=_vocabulary({"S": S}, {"z": z[i], "yhat": yhat[i]}, (i,)))
LABEL_AND_ANOTHER = SOFTMAX.with_(
    vocabulary=_vocabulary({"S": S}, {"z": z[i], "yhat": yhat[i]}, (i, j))
)
ANY_ROW = SOFTMAX.with_(
    vocabulary=_vocabulary(
        {"S": S},
        {"z": z[k], "yhat": yhat[k], "y": y[k], "x": x[q], "W": W[k, q]},
        (k, q),
    )
)
