"""Proofs: every line of every derivation, machine-checked before it is shown.

>>> from lessons.proofs import derivation
>>> derivation("binary, y = 1")

A line is proved symbolically, for every number of classes and features, and compared again by a
numeric walk that shares nothing with the first road. Importing this package verifies nothing;
asking for a derivation verifies that one.
"""

from functools import cache

from lessons.proofs import (
    batch,
    binary,
    convexity,
    curvature,
    jacobian,
    likelihood,
    link,
    multiclass,
    softmax,
    squared,
    stable,
    weights,
)
from lessons.proofs.claim import Claim
from lessons.proofs.derivation import Derivation, Step, View, WrongStep

__all__ = [
    "NAMES",
    "Claim",
    "Derivation",
    "Step",
    "View",
    "WrongStep",
    "all_derivations",
    "derivation",
]

_TOPICS = (
    softmax,
    likelihood,
    binary,
    multiclass,
    jacobian,
    weights,
    batch,
    stable,
    squared,
    curvature,
    convexity,
    link,
)
_BUILDERS = {name: build for topic in _TOPICS for name, build in topic.DERIVATIONS.items()}

NAMES = tuple(_BUILDERS)


@cache
def derivation(name):
    """One derivation by name, verified.

    Parameters
    ----------
    name : str
        Such as "binary, y = 1"; `all_derivations()` lists them.

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
    if name not in _BUILDERS:
        raise ValueError(f"expected one of {', '.join(map(repr, _BUILDERS))}, got {name!r}")
    return _BUILDERS[name]().verify()


def all_derivations():
    """All derivations by name, each verified."""
    return {name: derivation(name) for name in _BUILDERS}
