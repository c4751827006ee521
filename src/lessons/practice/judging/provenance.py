"""Provenance of a function, from its compiled code: still the stub, or with a blank left."""

import types


def is_still(answer, stub):
    """Whether `answer` is the stub's function, untouched (its compiled code is compared)."""
    if not isinstance(answer, types.FunctionType):
        return False
    code = compile(stub, answer.__code__.co_filename, "exec")
    return any(
        _alike(part, answer.__code__) for part in code.co_consts if isinstance(part, types.CodeType)
    )


def _alike(one, other):
    return (one.co_code, _constants(one), one.co_names, one.co_varnames) == (
        (other.co_code, _constants(other), other.co_names, other.co_varnames)
    )


def _constants(code):
    return tuple(
        (_constants(c), c.co_code) if isinstance(c, types.CodeType) else (type(c), c)
        for c in code.co_consts
    )


def leaves_blank(answer):
    """Whether a bare `...` stands in the function, as a stub's blank does."""
    code = getattr(answer, "__code__", None)
    return code is not None and any(... in part.co_consts for part in _codes(code))


def _codes(code):
    """Yield a function's code and that of the functions and comprehensions written inside it."""
    yield code
    for part in code.co_consts:
        if isinstance(part, types.CodeType):
            yield from _codes(part)
