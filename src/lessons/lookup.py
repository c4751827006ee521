"""Look-up by name: of derivations, of the tutor's tasks, of exercises, of the sketch's lines."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import TypeVar

Found = TypeVar("Found")


def look_up(kind: str, name: str, table: Mapping[str, Found]) -> Found:
    """Look up a name; ``!=`` may stand for ≠, and spaces count as one.

    Parameters
    ----------
    kind : str
        What the table holds, in the singular: "derivation".
    name : str
    table : dict from str
        What there is, by name.

    Returns
    -------
    object
        What the table holds under this name.

    Raises
    ------
    ValueError
        The name is none of the table's: it says the nearest one, or if none is near all of them.

    Examples
    --------
    >>> look_up("derivation", "j != i", {"j = i": 1, "j ≠ i": 2})
    2
    """
    wanted = " ".join(name.replace("!=", "≠").split()) if isinstance(name, str) else ""
    if wanted in table:
        return table[wanted]
    near = get_close_matches(wanted, table, n=1)
    known = ", ".join(f"`{each}`" for each in table)
    there = f"Did you mean `{near[0]}`?" if near else f"There are {known}."
    raise ValueError(f"There is no {kind} named `{name}`. {there}")
