"""Whether one step follows: each relation asks both roads, and both must agree that it holds."""

from lessons.proofs.arrays import at_same_entry
from lessons.proofs.numeric import comparison as numeric
from lessons.proofs.symbolic import equality as symbolic


def failure_of(proof, step, reached):
    """Say why a step does not follow from the line reached before it, or None if it does.

    Parameters
    ----------
    proof : Derivation
        Gives the definitions, the assumptions and the entry at which arrays are compared.
    step : Step
    reached : Expr
        The last line reached by "=".

    Returns
    -------
    str or None
        A counterexample in words, or that there is no proof.

    Raises
    ------
    ValueError
        The step has a relation other than "=", "≥" and "→", or "≥" something other than 0.
    """
    if step.relation not in _CHECKS:
        raise ValueError(f"expected a relation of {', '.join(_CHECKS)}, got {step.relation!r}")
    setting = (proof.definitions, proof.assumptions)
    sides = at_same_entry(reached, step.expression, proof.entry)
    failure = _CHECKS[step.relation](step, *sides, setting)
    if failure or step.left is None:
        return failure
    return _not_equal(step, *at_same_entry(step.left, step.expression, proof.entry), setting)


def _not_equal(_, reached, line, setting):
    refuted = numeric.counterexample(reached, line, *setting)
    return _verdict(refuted, symbolic.equal(reached, line, *setting))


def _negative(_, reached, line, setting):
    if line != 0:
        raise ValueError(f"expected ≥ 0, got ≥ {line}")
    refuted = numeric.negative_point(reached, *setting)
    return _verdict(refuted, symbolic.nonnegative(reached, setting[0]))


def _another_limit(step, reached, line, setting):
    refuted = numeric.limit_counterexample(reached, line, step.towards, *setting)
    return _verdict(refuted, symbolic.tends_to(reached, line, step.towards, setting[0]))


def _verdict(refuted, proved):
    if refuted and proved and not refuted.undefined:
        raise RuntimeError(f"the two roads disagree: proved, yet refuted {refuted}")
    if refuted:
        return str(refuted)
    return None if proved else "not proved, though no counterexample was found"


_CHECKS = {"=": _not_equal, "≥": _negative, "→": _another_limit}
