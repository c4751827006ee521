"""Sandbox: run a student's code in a forked child, with a timeout and a limit of memory.

Whatever happens there, an endless loop in C, a recursion that overflows the stack, an array that
fills the machine (memory is limited on Linux alone), the kernel goes on and no variable is lost.
Where there is no fork (Windows, the browser) only a deadline between two Python lines is left.
"""

import contextlib
import faulthandler
import gc
import logging
import os
import pickle
import selectors
import signal
import sys
import time
import warnings
from pathlib import Path

import numpy  # noqa: F401 (brings the library whose threads are limited below)

from lessons.practice.sandbox.fallback import DIED, IDLE, SLOW, attempt, run_until

SECONDS = 3.0  # the timeout, in processor time
PATIENCE = 3  # the wall clock may show this many times as much: the machine may be busy elsewhere
LOOK = 0.05  # seconds between two looks at the child's clock
WATCHED = sys.platform == "linux"
MEBIBYTES = 512
HEADER = 8


class CheckFailedError(RuntimeError):
    """The package's own work failed in the sandbox: the answer is neither right nor wrong."""


def isolated():
    """Whether code runs in a child of its own here, so that even endless C code is stopped."""
    return hasattr(os, "fork") and sys.platform not in ("emscripten", "wasi")


if isolated():
    from threadpoolctl import threadpool_limits

    # A fork waits for ever while another thread, a dragged explorer's, is in a product that
    # OpenBLAS has shared out among threads of its own. The lessons' arrays gain nothing by these.
    threadpool_limits(1, user_api="blas")


def guarded(work):
    """Run `work()` in the sandbox, within a timeout, and return how it went and what it returned.

    Parameters
    ----------
    work : callable without arguments
        Returns plain data that pickles. It sees a copy of this process's memory: what it changes
        stays there.

    Returns
    -------
    (state, value)
        `("done", value)`; `("failed", (type's name, text))` of an exception that `work` itself
        raised; `("too slow", None)`; on Linux `("idle", None)` of work that was over its time and
        had computed less than half of it; `("died", None)` when memory or stack gave out or the
        child ended without a word.
    """
    if not isolated():
        return run_until(work, SECONDS)
    reader, writer = os.pipe()
    pid = _fork()
    if pid == 0:
        _be_the_child(work, reader, writer)
    os.close(writer)
    try:
        state, value = _receive(reader, _clock(pid))
        if state == SLOW and WATCHED and _processor_time(pid) < SECONDS / 2:
            state = IDLE
    finally:
        os.close(reader)
        signal_number = _end(pid)
    out_of_time = signal_number in (signal.SIGPROF, signal.SIGALRM)
    return (SLOW if state == DIED and out_of_time else state), value


def _clock(pid):
    """Return a function that says whether the child has had its time.

    On Linux this process watches the child's processor time too: once the child's own timer has
    ended it, nothing tells which processes it has started.
    """
    end = time.monotonic() + PATIENCE * SECONDS
    return lambda: _processor_time(pid) > SECONDS or time.monotonic() > end


def _processor_time(pid):
    """Return how many seconds the child has computed, 0 where nothing tells or it has ended."""
    if WATCHED:
        with contextlib.suppress(OSError):
            return time.clock_gettime(~pid << 3 | 2)  # see clock_getcpuclockid(3)
    return 0.0


def _fork():
    with warnings.catch_warnings():
        # Python ≥ 3.12 (and JAX) warn of threads; the child runs a few lines and leaves by _exit.
        warnings.simplefilter("ignore")
        return os.fork()


def _be_the_child(work, reader, writer):
    try:
        os.close(reader)
        _leave_the_kernel_alone()
        _limit_memory()
        data = pickle.dumps(attempt(work))
        data = len(data).to_bytes(HEADER, "big") + data
        while data:
            data = data[os.write(writer, data) :]
        signal.pause()  # to be ended together with all that the student's code has started
    finally:
        os._exit(0)


def _leave_the_kernel_alone():
    os.setsid()  # a group of its own: "interrupt kernel" passes it by, its children end with it
    logging.disable()  # the kernel would warn of pictures that its copy cannot send
    faulthandler.disable()  # a crash here is an answer, not news for the terminal
    gc.disable()  # collecting would finalise the kernel's sockets, of which this is a mere copy
    for alarm in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(alarm, signal.SIG_DFL)
    # Where the kernel watches, these are for the case that it has gone by then.
    signal.setitimer(signal.ITIMER_PROF, SECONDS + 1 if WATCHED else SECONDS)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE * SECONDS + 1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def _limit_memory():
    """Let the child grow by MEBIBYTES beyond what it inherited (Linux alone says what that is)."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        with open("/proc/self/statm") as table:
            pages = int(table.read().split()[0])
    except OSError:
        return
    limit = pages * os.sysconf("SC_PAGE_SIZE") + MEBIBYTES * 2**20
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _receive(reader, is_over):
    size = _read(reader, HEADER, is_over)
    if len(size or b"") < HEADER:
        return (SLOW if size is None else DIED), None
    length = int.from_bytes(size, "big")
    data = _read(reader, length, is_over)
    if data is None or len(data) < length:
        return (SLOW if data is None else DIED), None
    return pickle.loads(data)


def _read(reader, length, is_over):
    """Read `length` bytes: fewer when the writer has gone, None when its time is over."""
    data = b""
    with selectors.DefaultSelector() as selector:
        selector.register(reader, selectors.EVENT_READ)
        while len(data) < length:
            while not selector.select(LOOK):
                if is_over():
                    return None
            chunk = os.read(reader, min(65536, length - len(data)))
            if not chunk:
                break
            data += chunk
    return data


def _end(pid):
    """End the child and all its own; return the number of the signal that it died of, 0 if none."""
    below = _family(pid)
    _kill(os.killpg, pid)
    _kill(os.kill, pid)
    _, status = os.waitpid(pid, 0)
    for other in below:
        _kill(os.kill, other)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def _kill(kill, process):
    # It may be gone already, or (macOS) be a group whose only member has ended.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        kill(process, signal.SIGKILL)


def _family(pid):
    """Return the processes below this one, in sessions of their own too (Linux alone tells)."""
    found = []
    for table in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, table.read_text().split()):
                found += [child, *_family(child)]
    return found
