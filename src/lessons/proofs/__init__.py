"""Proofs: every line of every derivation, machine-checked before it is shown.

>>> from lessons.proofs import derivation
>>> print(derivation("binary, y = 1")[8:])
Binary case, y = 1
(9) ∂L/∂z = 1/(1 + exp(−z)) − 1   [split the fraction]
(10) = ŷ − y   [σ(z) is ŷ, and 1 is y]

A line is proved symbolically, for every number of classes and features, and compared again by a
numeric evaluator that shares nothing with the first road. Importing this package verifies nothing;
asking for a derivation verifies that one.
"""

from importlib import import_module

# What is imported from here, by its module: loaded, with SymPy, when it is asked for.
_HOMES = {
    "derivations.catalogue": ("NAMES", "all_derivations", "derivation"),
    "formula_sheet": ("FormulaSheet",),
    "steps": ("Derivation", "Step", "View", "WrongStep"),
    "claim": ("Claim",),
    "notation": ("logit", "prediction", "target"),
    "original.catalogue": ("LINES", "sketch"),
    "tutor.tutor": ("Tutor",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = sorted(_HOME_OF)


def __getattr__(name):
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)


def __dir__():
    return sorted({*globals(), *__all__})
