"""A hidden layer: the gap ŷ − y pushed back through W and an activation (notebook 12).

The units a = Vx + c of the hidden layer give its outputs h = φ(a), which are the features of the
last layer, z = Wh + b. Two activations φ: the rectified linear unit, and the hyperbolic tangent.
"""

from sympy import KroneckerDelta, evaluate, exp

from lessons.proofs.arrays import Elementwise, Hadamard, Ones, Transposed, gradient, letter
from lessons.proofs.derivations.multiclass import GAP, TARGET_LOSS
from lessons.proofs.notation import (
    L,
    Partial,
    Smooth,
    V,
    W,
    a,
    b,
    hidden,
    k,
    other_unit,
    p,
    q,
    relu,
    s,
    shift,
    step,
    sum_over,
    unit,
    x,
    y,
    yhat,
    z,
)
from lessons.proofs.setting import SOFT_TARGETS, Setting
from lessons.proofs.steps import Derivation, Step

with evaluate(False):
    E, F = exp(a[unit]), exp(-a[unit])
    TANH = (E - F) / (E + F)
    LAST_LAYER = SOFT_TARGETS.with_(
        {z[k]: sum_over(unit, W[k, unit] * hidden[unit]) + b[k], L: TARGET_LOSS}
    )
    RELU_LAYER = LAST_LAYER.with_({hidden[unit]: relu(a[unit])})
    TANH_LAYER = LAST_LAYER.with_({hidden[unit]: TANH})
    ANY_LOSS = Smooth(a[unit], unit)
    UNITS = Setting({a[unit]: sum_over(p, V[unit, p] * x[p]) + shift[unit], L: ANY_LOSS})
    SEEN = sum_over(s, W[s, unit] * (yhat[s] - y[s]))  # the gap, seen through column m of W
    THROUGH_W = Transposed(letter(W[k, unit])) * GAP


def outputs():
    """See the gap ŷ − y through W: ∇_h L = Wᵀ(ŷ − y)."""
    with evaluate(False):
        steps = (
            Step(Partial(TARGET_LOSS, hidden[unit]), "the loss for any target that sums to 1"),
            Step(
                sum_over(s, Partial(L, z[s]) * Partial(z[s], hidden[unit])),
                "chain rule: through every logit `zₛ`",
            ),
            Step(
                sum_over(s, (yhat[s] - y[s]) * Partial(z[s], hidden[unit])),
                "by the logits the derivative is `ŷₛ − yₛ`",
            ),
            Step(SEEN, "every logit holds this unit, times its weight"),
            Step(
                THROUGH_W,
                "column `m` of `W` is row `m` of `Wᵀ`",
                left=gradient(L, hidden[unit]),
            ),
        )
    setting = LAST_LAYER.with_(entry=(unit,))
    return Derivation("Hidden outputs", Partial(L, hidden[unit]), steps, setting)


def _through_the_unit(title, setting, slope, because, slopes):
    """Pass one hidden unit: its own slope is all that the chain rule adds."""
    by = a[unit]
    with evaluate(False):
        steps = (
            Step(Partial(TARGET_LOSS, by), "the loss for any target that sums to 1"),
            Step(
                sum_over(
                    other_unit, Partial(L, hidden[other_unit]) * Partial(hidden[other_unit], by)
                ),
                "chain rule: through every output `h`",
            ),
            Step(
                Partial(L, hidden[unit]) * Partial(hidden[unit], by), "unit `m` moves only its own"
            ),
            Step(Partial(L, hidden[unit]) * slope, because),
            Step(SEEN * slope, "the gap, seen through column `m` of `W`"),
            Step(Hadamard(THROUGH_W, slopes), "unit by unit", left=gradient(L, by)),
        )
    return Derivation(title, Partial(L, by), steps, setting.with_(entry=(unit,)))


def relu_units():
    """Through rectified linear units: ∇_a L = Wᵀ(ŷ − y) ⊙ 1[a > 0]."""
    on = step(a[unit])
    because = "the slope of ReLU is 1 above 0, and 0 below"
    return _through_the_unit("Hidden units, ReLU", RELU_LAYER, on, because, Elementwise(on, unit))


def tanh_units():
    """Through hyperbolic tangents: ∇_a L = Wᵀ(ŷ − y) ⊙ (1 − h ⊙ h)."""
    with evaluate(False):
        h = letter(hidden[unit])
        slope, slopes = 1 - hidden[unit] ** 2, Ones(unit) - Hadamard(h, h)
    because = "the slope of tanh is 1 less the square of its value"
    return _through_the_unit("Hidden units, tanh", TANH_LAYER, slope, because, slopes)


def tanh_slope():
    """Find the slope of tanh from its own value: 1 − h²."""
    with evaluate(False):
        below = E + F
        steps = (
            Step(Partial(TANH, a[unit]), "what `tanh` is"),
            Step(
                Partial(E - F, a[unit]) / below - (E - F) * Partial(below, a[unit]) / below**2,
                "quotient rule: `(u/v)′ = u′/v − u v′/v²`",
            ),
            Step(below / below - (E - F) * (E - F) / below**2, "`(eᵃ)′ = eᵃ`, `(e⁻ᵃ)′ = −e⁻ᵃ`"),
            Step(1 - TANH**2, "cancel; the other fraction is a square"),
            Step(1 - hidden[unit] ** 2, "the fraction is `h` itself"),
        )
    setting = TANH_LAYER
    return Derivation("The slope of tanh", Partial(hidden[unit], a[unit]), steps, setting)


def _through_units(parameter, title, known, delta, because, picked, stacked, entry):
    """Pass from the units a = Vx + c to what they are made of; what comes after them is any."""
    with evaluate(False):
        steps = (
            Step(Partial(ANY_LOSS, parameter), "any loss that the units lead to"),
            Step(
                sum_over(other_unit, Partial(L, a[other_unit]) * Partial(a[other_unit], parameter)),
                "chain rule: through every unit",
            ),
            Step(sum_over(other_unit, Partial(L, a[other_unit]) * delta), because),
            Step(*picked),
            Step(stacked, known, left=gradient(L, parameter)),
        )
    return Derivation(title, Partial(L, parameter), steps, UNITS.with_(entry=entry))


def weights():
    """Weights of the hidden layer: ∇_V L = ∇_a L · xᵀ, the outer product of notebook 05 again."""
    with evaluate(False):
        return _through_units(
            V[unit, q],
            "Hidden weights",
            "row `m`, column `q`: a column times a row",
            KroneckerDelta(other_unit, unit) * x[q],
            "unit `m′` holds this weight only if `m′ = m`, times input `q`",
            (Partial(L, a[unit]) * x[q], "`δ` picks `m′ = m`"),
            gradient(L, a[unit]) * Transposed(letter(x[q])),
            (unit, q),
        )


def biases():
    """Biases of the hidden layer: ∇_c L = ∇_a L."""
    with evaluate(False):
        return _through_units(
            shift[unit],
            "Hidden biases",
            "stack the components",
            KroneckerDelta(other_unit, unit),
            "unit `m′` holds this bias only if `m′ = m`, with factor 1",
            (Partial(L, a[unit]), "`δ` picks `m′ = m`"),
            gradient(L, a[unit]),
            (unit,),
        )


def inputs():
    """Go on to the inputs of the network, ∇_x L = Vᵀ∇_a L, as a layer below would need."""
    with evaluate(False):
        return _through_units(
            x[q],
            "Inputs of the network",
            "column `q` of `V` is row `q` of `Vᵀ`",
            V[other_unit, q],
            "every unit holds this input, times its weight",
            (
                sum_over(other_unit, V[other_unit, q] * Partial(L, a[other_unit])),
                "change the order",
            ),
            Transposed(letter(V[unit, q])) * gradient(L, a[unit]),
            (q,),
        )


DERIVATIONS = {
    "hidden outputs": outputs,
    "hidden units, ReLU": relu_units,
    "tanh slope": tanh_slope,
    "hidden units, tanh": tanh_units,
    "hidden weights": weights,
    "hidden biases": biases,
    "network inputs": inputs,
}
