"""What all wrong values have in common: some right digits, or a factor."""

import numpy as np

from lessons.practice.mistakes import same
from lessons.practice.words import describe_call


def pattern_problem(trials):
    """Say what all values have in common: nearly right, or right but for a factor."""
    wrong = [trial for trial in trials if not trial.right]
    if not wrong or any(trial.case.rule for trial in trials):
        return None
    if not all(trial.nearly for trial in trials):
        return _factor_problem(trials)
    return (
        f"For {describe_call(wrong[0])} your numbers agree with the right ones to some digits, and "
        "then no more. What changes the later ones: a rounding, a type with few digits, a small "
        "number that is added for safety, or an approximation?",
        "only some digits",
    )


def _factor_problem(trials):
    factors = [_factor(trial.value, trial.expected) for trial in trials]
    if None in factors:
        return None
    alike = np.ptp(factors) <= 1e-6 * np.max(np.abs(factors))
    if not alike and all(
        isinstance(trial.expected, np.ndarray) and not trial.expected.shape for trial in trials
    ):
        return None  # one number is always some multiple of another
    times = f"{factors[0]:.4g}".replace("-", "−") + " times"
    where = "All" if alike else f"For {describe_call(trials[0])} all"
    return (
        f"{where} your values are {times} what they should be: which factor is one too many, or "
        "missing?",
        "a factor",
    )


def _factor(value, wanted):
    """Return c if value = c·wanted, None if there is no such number."""
    if isinstance(wanted, tuple):
        value, wanted = (np.concatenate([np.ravel(p) for p in parts]) for parts in (value, wanted))
    value, wanted = np.ravel(value).astype(float), np.ravel(wanted)
    if not wanted.any():
        return None
    largest = np.argmax(np.abs(wanted))
    factor = float(value[largest] / wanted[largest])
    return factor if factor and same(value, factor * wanted) else None
