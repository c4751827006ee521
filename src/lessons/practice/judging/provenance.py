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
    answer = getattr(answer, "func", answer)  # of a functools.partial
    if str(getattr(answer, "__module__", "")).split(".")[0] == "lessons":
        return True
    return any(_uses(function, names) for function in _helpers(answer, set()))


def leaves_blank(answer):
    """Whether a bare `...` stands in the function, as a stub's blank does."""
    code = getattr(answer, "__code__", None)
    return code is not None and any(... in part.co_consts for part in _codes(code))


def _uses(function, names):
    used = _names(function)
    reachable = _reachable(function)
    if any(_is_ours(thing) and getattr(thing, "__name__", "") in names for thing in reachable):
        return True
    modules = {thing.__name__ for thing in reachable if isinstance(thing, types.ModuleType)}
    return bool(used & set(names)) and any(m.split(".")[0] == "lessons" for m in modules | used)


def _helpers(function, known):
    """Yield a function and all functions of the student that it calls, however indirectly."""
    if isinstance(function, types.FunctionType) and function not in known:
        known.add(function)
        yield function
        for thing in _reachable(function):
            if getattr(thing, "__globals__", None) is function.__globals__:  # not into libraries
                yield from _helpers(thing, known)


def _codes(code):
    """Yield a function's code and that of the functions and comprehensions written inside it."""
    yield code
    for part in code.co_consts:
        if isinstance(part, types.CodeType):
            yield from _codes(part)


def _names(function):
    return {name for code in _codes(function.__code__) for name in code.co_names}


def _reachable(function):
    known = function.__globals__
    called = (known[name] for name in _names(function) if name in known)
    return [*called, *_closed_over(function), *(function.__defaults__ or ())]


def _closed_over(function):
    for cell in function.__closure__ or ():
        with contextlib.suppress(ValueError):  # a cell whose name is not bound yet
            yield cell.cell_contents


def _is_ours(thing):
    return str(getattr(thing, "__module__", "")).split(".")[0] == "lessons"
