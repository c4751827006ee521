"""Profiler of a student's function: which functions of this package it calls, and what they return.

Only what the student's own code calls counts, by itself or through NumPy and other libraries: what
the package's functions call among themselves is none of the student's doing.
"""

from sysconfig import get_path

_LIBRARIES = tuple({path for name in ("stdlib", "purelib", "platlib") if (path := get_path(name))})


def noting_borrowed(borrowed, given, starter, is_ours):
    """Return a profiler that adds to `borrowed` the names of our functions that do the work asked.

    Parameters
    ----------
    borrowed : set of str
    given : tuple
        The arguments of the student's function: one that is a function is theirs to call.
    starter : code
        Of what calls the student's function: where it calls ours, ours was handed in.
    is_ours : callable
        `is_ours(module, name, returned)` says whether such a call is the work that is asked for.
    """
    handed = {getattr(argument, "__code__", None) for argument in given}

    def profile(frame, event, returned):
        name = frame.f_code.co_name
        if event != "return" or name == "<module>" or not _is_of_package(frame):
            return
        caller = _caller(frame)
        handed_in = caller is not None and caller.f_code is starter
        by_ours = caller is not None and not handed_in and _is_of_package(caller)
        if frame.f_code in handed or by_ours:
            return
        if handed_in or is_ours(frame.f_globals["__name__"], name, returned):
            borrowed.add(name)

    return profile


def _caller(frame):
    """Return the frame that called this one, by way of libraries; None of a thread's first."""
    caller = frame.f_back
    while caller is not None and _is_of_library(caller):
        caller = caller.f_back
    return caller


def _is_of_package(frame):
    return str(frame.f_globals.get("__name__")).partition(".")[0] == "lessons"


def _is_of_library(frame):
    of_library = frame.f_code.co_filename.startswith((*_LIBRARIES, "<frozen"))
    return of_library and not _is_of_package(frame)
