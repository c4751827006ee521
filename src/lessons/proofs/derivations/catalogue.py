"""Catalogue of derivations: each by name, verified when it is asked for."""

from functools import cache

from lessons.lookup import look_up
from lessons.proofs.derivations import (
    batch,
    binary,
    canonical_link,
    convexity,
    every_digit,
    hessian,
    jacobian,
    likelihood,
    loss_variants,
    multiclass,
    softmax,
    squared_error,
    weights,
)
from lessons.proofs.steps import Derivation

_TOPICS = (
    softmax,
    likelihood,
    binary,
    multiclass,
    jacobian,
    weights,
    batch,
    every_digit,
    squared_error,
    hessian,
    convexity,
    loss_variants,
    canonical_link,
)
_BUILDERS = {name: cache(build) for topic in _TOPICS for name, build in topic.DERIVATIONS.items()}

NAMES: tuple[str, ...] = tuple(_BUILDERS)


def derivation(name: str) -> Derivation:
    """Look up a derivation by name, verified.

    Parameters
    ----------
    name : str
        Such as "multiclass, j ≠ i", or "multiclass, j != i"; `NAMES` lists them.

    Returns
    -------
    Derivation

    Raises
    ------
    ValueError
        There is no derivation of that name.
    WrongStep
        A step does not follow from the one before.
    """
    return look_up("derivation", name, _BUILDERS)().verify()


def all_derivations() -> dict[str, Derivation]:
    """All derivations by name, each verified."""
    return {name: derivation(name) for name in _BUILDERS}
