"""Looks at a function without running it: is it still the stub, or ours under another name."""

import contextlib
import types


def is_still(answer, stub):
    """Whether `answer` is the stub's function, untouched (its compiled code is compared)."""
    if not isinstance(answer, types.FunctionType):
        return False
    try:
        code = compile(stub, answer.__code__.co_filename, "exec")
    except SyntaxError:
        return False
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


def is_our_own(answer, names):
    """Whether `answer` is a function of this package, or calls one of `names` from it."""
    if str(getattr(answer, "__module__", "")).split(".")[0] == "lessons":
        return True
    code, known = getattr(answer, "__code__", None), getattr(answer, "__globals__", {})
    if code is None:
        return False
    used = set(code.co_names)
    reachable = [known[name] for name in used if name in known] + list(_closed_over(answer))
    if any(_is_ours(thing) and getattr(thing, "__name__", "") in names for thing in reachable):
        return True
    modules = {thing.__name__ for thing in reachable if isinstance(thing, types.ModuleType)}
    return bool(used & set(names)) and any(m.split(".")[0] == "lessons" for m in modules | used)


def _closed_over(function):
    for cell in function.__closure__ or ():
        with contextlib.suppress(ValueError):  # a cell whose name is not bound yet
            yield cell.cell_contents


def _is_ours(thing):
    return str(getattr(thing, "__module__", "")).split(".")[0] == "lessons"
