"""Sandbox without fork: a timeout that is looked at between two lines of Python, and no more."""

import sys
import time

DONE, FAILED, SLOW, IDLE, DIED = "done", "failed", "too slow", "idle", "died"


class OutOfTimeError(BaseException):
    """Raised into code that has run for too long; no `except Exception` swallows it."""


def attempt(work):
    """Run `work()` and return how it went, an exception of its own as plain data.

    What it runs for a student catches that student's exceptions: any other is a mistake in it.
    Only memory and stack may give out through no fault of its own.
    """
    try:
        return DONE, work()
    except (MemoryError, RecursionError):
        return DIED, None
    except Exception as error:
        return FAILED, (type(error).__name__, str(error))


def run_until(work, seconds):
    """Run `work()` in this process; stop it between two Python lines once `seconds` have passed.

    A single call into C (`sum(repeat(1))`) cannot be interrupted this way, nor can a bare
    `except:` inside an endless loop; memory is not limited. Returns what `guarded` returns.
    """
    end = time.monotonic() + seconds

    def watch(frame, event, argument):
        if time.monotonic() > end:
            raise OutOfTimeError
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        return attempt(work)
    except OutOfTimeError:
        return SLOW, None
    except BaseException:
        return DIED, None
    finally:
        sys.settrace(before)
