"""All exercises of the series, by name."""

import difflib
import functools
import importlib
import pkgutil

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


def unknown(name):
    """Say that there is no such exercise, and which name is nearest."""
    near = difflib.get_close_matches(str(name), catalogue(), n=1)
    return f"There is no exercise named `{name}`." + (f" Did you mean `{near[0]}`?" if near else "")
