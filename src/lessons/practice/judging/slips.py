"""Slips of Python that raise nothing, read from a wrong answer's compiled code.

What is said is what the code does, so it is true whether or not it is all that is wrong.
"""

import dis
from itertools import pairwise

import numpy as np

from lessons.practice.judging.mistakes import Mistake
from lessons.practice.judging.provenance import codes
from lessons.practice.judging.wording import NO_POWER
from lessons.practice.sandbox.calls import Failure, Other


def slip_behind(trials, answer):
    """Return the slip that may be why ordinary values are wrong, or None.

    Where Python has stopped with an exception, the exception is spoken of.
    """
    wrong = [t.value for t in trials if not t.right and not t.case.at]
    if not wrong or any(isinstance(value, Failure) for value in wrong):
        return None
    if any(isinstance(value, Other) and value.what == "None" for value in wrong):
        return Mistake("no return", _why_none(answer))
    return next((slip for slip in _SLIPS if slip.shown_by(answer)), None)


def _steps(answer):
    """Yield the instructions of the function, and of each function inside it, as a list."""
    for code in codes(getattr(answer, "__code__", None)):
        yield list(dis.get_instructions(code))


def _in_steps(seen):
    """Recognise a slip by two instructions in a row."""
    return lambda answer: any(
        seen(one, other) for steps in _steps(answer) for one, other in pairwise(steps)
    )


def _returns_in_first_round(answer):
    return any(
        _never_goes_round(steps, place)
        for steps in _steps(answer)
        for place, step in enumerate(steps)
        if step.opname == "FOR_ITER"
    )


def _never_goes_round(steps, place):
    """Whether the loop that begins there has no way back to its beginning, and returns."""
    loop = steps[place]
    before = max((s.offset for s in steps[:place] if s.opname != "EXTENDED_ARG"), default=-1)
    back = [s.argval for s in steps if "JUMP_BACKWARD" in s.opname]
    inside = [s for s in steps if loop.offset < s.offset < loop.argval]
    goes_round = any(before < target <= loop.offset for target in back)
    return not goes_round and any(s.opname.startswith("RETURN") for s in inside)


def _compares_and_drops(one, other):
    return one.opname == "COMPARE_OP" and "==" in one.argrepr and other.opname == "POP_TOP"


def _computes_and_drops(one, other):
    return one.opname == "BINARY_OP" and one.argrepr != "[]" and other.opname == "POP_TOP"


def _names_and_drops(one, other):
    return one.opname == "LOAD_ATTR" and other.opname == "POP_TOP"


def _adds_a_sign(one, other):
    return "UNARY_POSITIVE" in one.opname + one.argrepr and other.opname.startswith("STORE")


def _asks_for_identity(one, other):
    usual = one.opname == "LOAD_CONST" and type(one.argval) not in (int, float)  # `is None`
    return other.opname == "IS_OP" and not usual


def _operator(sign):
    return lambda one, other: other.opname == "BINARY_OP" and other.argrepr.rstrip("=") == sign


def _keeps_its_default(answer):
    kinds = list, dict, set, np.ndarray
    return any(isinstance(value, kinds) for value in getattr(answer, "__defaults__", None) or ())


_SLIPS = (
    Mistake(
        "returned too early",
        "`return` stands inside a loop, which ends in its first round: move it out by one "
        "indentation, below the loop.",
        _returns_in_first_round,
    ),
    Mistake(
        "compared, not written",
        "A line with `==` compares and throws the answer away: to write a value, use one `=`.",
        _in_steps(_compares_and_drops),
    ),
    Mistake(
        "computed, not kept",
        "A line computes something and throws it away: only `=`, or `+=` and its like, keep it.",
        _in_steps(_computes_and_drops),
    ),
    Mistake(
        "named, not called",
        "A line such as `e.sort` names a method and does nothing: `e.sort()` calls it.",
        _in_steps(_names_and_drops),
    ),
    Mistake(
        "set, not added",
        "`s =+ …` sets s anew each time, as `s = …` does: to add to what is there, `+=`.",
        _in_steps(_adds_a_sign),
    ),
    Mistake(
        "same object",
        "`is` asks whether two names mean one and the same object: numbers are compared with `==`.",
        _in_steps(_asks_for_identity),
    ),
    Mistake(
        "no power",
        NO_POWER,
        _in_steps(_operator("^")),
    ),
    Mistake(
        "whole quotient",
        "`//` divides and drops what stands behind the decimal point: is `/` meant?",
        _in_steps(_operator("//")),
    ),
    Mistake(
        "kept default",
        "A list or array in the line of `def` is made once and shared by all calls: does one call "
        "find there what the last has left?",
        _keeps_its_default,
    ),
)


_NOTHING = {"RESUME", "NOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"}


def _why_none(answer):
    """Say why a function hands back `None`, as far as its code tells."""
    code = getattr(answer, "__code__", None)
    steps = list(dis.get_instructions(code)) if code else []
    if steps and all(step.opname in _NOTHING for step in steps):
        return "Nothing stands in your function yet that it could hand back with `return`."
    if not steps or any(map(_returns_something, [None, *steps], steps)):
        return (
            "What your function hands back is `None`. Either the end is reached without a "
            "`return`, or what stands behind it gives nothing: `e.sort()`, `p.append(…)` and "
            "`print(…)` do their work and return `None`."
        )
    if "print" in code.co_names:
        return (
            "Your function hands nothing back: `print` shows a value on the page, `return` hands "
            "it to whoever has called."
        )
    return (
        "Your function computes something but hands nothing back: it lacks `return`, or nothing "
        "stands behind it."
    )


def _returns_something(before, step):
    if step.opname == "RETURN_CONST":
        return step.argval is not None
    of_none = before is not None and before.opname == "LOAD_CONST" and before.argval is None
    return step.opname == "RETURN_VALUE" and not of_none
