"""Fallback sandbox, where there is no fork: a timeout, looked at between two Python lines."""

import sys
import time


class PackageError(RuntimeError):
    """A mistake in this package, met while an answer was looked at: nobody's answer is to blame."""


class OutOfTimeError(BaseException):
    """Raised into code that has run for too long; no `except Exception` swallows it."""


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
        value = work()
    except OutOfTimeError:
        return "too slow", None
    except Exception as error:
        raise PackageError(f"{type(error).__name__}: {error}") from error
    except BaseException:
        return "died", None
    finally:
        sys.settrace(before)
    return "done", value
