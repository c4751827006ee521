"""Which letters each proof exercise knows, and what they mean."""

from dataclasses import dataclass

from sympy import Symbol, exp

from lessons.proofs.language.vocabulary import Vocabulary
from lessons.proofs.notation import (
    S,
    W,
    i,
    j,
    k,
    logit,
    prediction,
    q,
    sigma,
    sum_over,
    t,
    target,
    x,
    y,
    yhat,
    z,
)


@dataclass(frozen=True)
class Setting:
    """The names that may be typed, and what they stand for."""

    words: Vocabulary
    meanings: dict


_TOTAL = {S: sum_over(t, exp(z[t]))}
_SOFTMAX = {yhat[k]: exp(z[k]) / S, **_TOTAL}


def _words(numbers, families=None, free=()):
    families = families or {}
    return Vocabulary(numbers, families, free, frozenset((*numbers, *families)))


def logit_only():
    """One logit z."""
    return Setting(_words({"z": logit}), {})


def logit_and_target():
    """One logit z and a target y."""
    return Setting(_words({"z": logit, "y": target}), {})


def binary():
    """One logit z, its prediction ŷ = σ(z), a target y."""
    words = _words({"z": logit, "yhat": prediction, "y": target})
    return Setting(words, {prediction: sigma(logit)})


def two_classes():
    """Two logits, written z0 and z1."""
    return Setting(_words({name: Symbol(name, real=True) for name in ("z0", "z1")}), {})


def label():
    """K logits z[t], their S = sum(exp(z[t]), t), and the label's index i."""
    return Setting(_words({"S": S}, {"z": z[i], "yhat": yhat[i]}, (i,)), _SOFTMAX)


def label_and_another():
    """K logits, the label's index i and any other index j."""
    return Setting(_words({"S": S}, {"z": z[i], "yhat": yhat[i]}, (i, j)), _SOFTMAX)


def weights():
    """K logits, d features x[q], weights W[k, q], the indices k of a class and q of a feature."""
    families = {"z": z[k], "yhat": yhat[k], "y": y[k], "x": x[q], "W": W[k, q]}
    return Setting(_words({"S": S}, families, (k, q)), _SOFTMAX)
