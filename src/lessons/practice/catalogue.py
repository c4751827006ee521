"""Catalogue of all exercises of the series, by name."""

import functools
import importlib
import pkgutil

from lessons.lookup import look_up
from lessons.practice import sheets


@functools.cache
def catalogue():
    """Return {name: exercise}, in the order of the series."""
    found = {}
    for module in sorted(info.name for info in pkgutil.iter_modules(sheets.__path__)):
        for exercise in importlib.import_module(f"{sheets.__name__}.{module}").EXERCISES:
            if exercise.name in found:
                raise ValueError(f"two exercises are named {exercise.name!r}")
            found[exercise.name] = exercise
    return found


def find(name):
    """Return the exercise of this name.

    Raises
    ------
    ValueError
        No exercise has this name.
    """
    return look_up("exercise", name, catalogue())
