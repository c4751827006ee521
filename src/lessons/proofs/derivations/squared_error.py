"""Squared error after a sigmoid: its gradient dies where ŷ is most wrong (notebook 09)."""

from sympy import Integer, evaluate, log, oo

from lessons.proofs.notation import L, Partial, logit, prediction, target
from lessons.proofs.setting import BINARY
from lessons.proofs.steps import Derivation, Step

with evaluate(False):
    _gap = prediction - target
    _gradient = 2 * _gap * prediction * (1 - prediction)


def gradient():
    """Two factors more than cross-entropy has."""
    with evaluate(False):
        loss = _gap**2
        steps = (
            Step(Partial(loss, logit), "squared error"),
            Step(2 * _gap * Partial(_gap, logit), "chain rule: `(u²)′ = 2 u u′`"),
            Step(2 * _gap * Partial(prediction, logit), "`y` does not depend on `z`"),
            Step(_gradient, "the slope of `σ`: lesson 03"),
        )
    return Derivation("Squared error", Partial(L, logit), steps, BINARY.with_({L: loss}))


def saturates():
    """For any target the gradient of squared error dies on both sides."""
    with evaluate(False):
        loss = _gap**2
        steps = (
            Step(Partial(loss, logit), "squared error"),
            Step(_gradient, "its gradient"),
            Step(Integer(0), "`1 − ŷ` tends to 0, even if `y = 0`", "→", towards=(logit, oo)),
            Step(Integer(0), "`ŷ` tends to 0, even if `y = 1`", "→", towards=(logit, -oo)),
        )
    return Derivation("Squared error saturates", Partial(L, logit), steps, BINARY.with_({L: loss}))


def cross_entropy_does_not():
    """Cross-entropy keeps the whole gap."""
    with evaluate(False):
        loss = -target * log(prediction) - (1 - target) * log(1 - prediction)
        steps = (
            Step(Partial(loss, logit), "cross-entropy"),
            Step(_gap, "its gradient"),
            Step(1 - target, "`ŷ` tends to 1: the whole gap", "→", towards=(logit, oo)),
            Step(-target, "`ŷ` tends to 0: the whole gap", "→", towards=(logit, -oo)),
        )
    setting = BINARY.with_({L: loss})
    return Derivation("Cross-entropy does not saturate", Partial(L, logit), steps, setting)


DERIVATIONS = {
    "squared error": gradient,
    "squared error saturates": saturates,
    "cross-entropy does not saturate": cross_entropy_does_not,
}
