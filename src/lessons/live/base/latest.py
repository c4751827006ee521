"""Coalesce requests in a worker thread: of many that come while it is busy only the last counts."""

import asyncio
import sys
import threading
import time
from contextvars import copy_context

REST = 0.15  # seconds without a request after which a hand is taken to have come to rest
PATIENCE = 2.0  # seconds that the thread waits for another request; a drag needs one thread only


class _Requests:
    """An action that is asked for, and whether there is a hurry."""

    def __init__(self, action):
        self._action = action
        self._time = -REST

    def _in_a_hurry(self, hurried):
        """Note a request; return whether it says so, or follows another within REST."""
        before, self._time = self._time, time.monotonic()
        return hurried or self._time - before < REST


class LatestOnly(_Requests):
    """Runs an action in a thread of its own, once for all requests that came while it was busy.

    A request that says so, or follows another within REST, is in a hurry: its action may do less,
    and runs once more without hurry when no other request has come for that long.

    What the action sends is sent in the name of the last request: from a kernel, an answer without
    that context would take the page's replies to the thread of the cells, behind a running cell.
    An action that raises is told about as any thread is, and the next request is served.

    Parameters
    ----------
    action : function
        Takes whether there is a hurry, and acts on the state as it is when it runs.
    """

    def __init__(self, action):
        super().__init__(action)
        self._asked = threading.Condition()
        self._request = self._thread = None

    def ask(self, hurried=False):
        """Let the action run soon, on a state at least as new as this call's; return at once."""
        with self._asked:
            self._request = copy_context(), self._in_a_hurry(hurried)
            self._asked.notify()
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, daemon=True)
                self._thread.start()

    def _serve(self):
        request = self._next(PATIENCE)
        while request is not None:
            context, hurried = request
            try:
                context.run(self._action, hurried)
            except Exception:  # whatever it is, the state that comes next has to be acted upon
                told = threading.ExceptHookArgs([*sys.exc_info(), threading.current_thread()])
                threading.excepthook(told)
            request = self._next(REST, (context, False)) if hurried else self._next(PATIENCE)

    def _next(self, seconds, otherwise=None):
        """Wait for a request; without one return the other, and end the thread if that is None."""
        with self._asked:
            self._asked.wait_for(lambda: self._request is not None, seconds)
            request, self._request = self._request or otherwise, None
            if request is None:
                self._thread = None
            return request


class InTurn(_Requests):
    """Does as `LatestOnly` in a browser, which has no threads: the action runs when asked for.

    Parameters
    ----------
    action : function
        As above.
    """

    def __init__(self, action):
        super().__init__(action)
        self._rest = None

    def ask(self, hurried=False):
        """Run the action, and if it is in a hurry once more when requests rest."""
        hurried = self._in_a_hurry(hurried)
        if self._rest is not None:
            self._rest.cancel()
        if hurried:
            self._rest = asyncio.get_running_loop().call_later(REST, self._action, False)
        self._action(hurried)


def beside(action):
    """Return what runs an action beside the cells, or where that cannot be between them."""
    return InTurn(action) if _in_browser() else LatestOnly(action)


def answers_the_page():
    """Whether this thread answers the page's events one after the other: in a browser the only one.

    A kernel has one beside that of the cells.
    """
    if _in_browser():
        return True
    subshell = sys.modules.get("ipykernel.subshell")  # from ipykernel 7 on, and not in a browser
    return subshell is not None and isinstance(threading.current_thread(), subshell.SubshellThread)


def _in_browser():
    return sys.platform == "emscripten"
