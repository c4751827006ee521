"""Doing something beside the thread that asked, where only the last of many requests counts."""

import sys
import threading
from contextvars import copy_context

PATIENCE = 2.0  # seconds that the thread waits for another request; a drag needs one thread only


class Latest:
    """Runs an action in a thread of its own, once for all requests that came while it was busy.

    What the action sends is sent in the name of the last request: from a kernel, an answer without
    that context would take the page's replies to the thread of the cells, behind a running cell.
    An action that raises is told about as any thread is, and the next request is served.

    Parameters
    ----------
    action : function
        Takes nothing, and acts on the state as it is when it runs.
    """

    def __init__(self, action):
        self._action = action
        self._asked = threading.Condition()
        self._context = self._thread = None

    def ask(self):
        """Let the action run soon, on a state at least as new as this call's; return at once."""
        with self._asked:
            self._context = copy_context()
            self._asked.notify()
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, daemon=True)
                self._thread.start()

    def _serve(self):
        while (context := self._next()) is not None:  # an empty context counts as false
            try:
                context.run(self._action)
            except Exception:  # whatever it is, the state that comes next has to be acted upon
                told = threading.ExceptHookArgs([*sys.exc_info(), threading.current_thread()])
                threading.excepthook(told)

    def _next(self):
        """Wait for a request and return its context; without one for long, end the thread."""
        with self._asked:
            self._asked.wait_for(lambda: self._context is not None, PATIENCE)
            context, self._context = self._context, None
            if context is None:
                self._thread = None
            return context


def answers_the_page():
    """Whether this is a kernel's thread that answers the page's events one after the other."""
    subshell = sys.modules.get("ipykernel.subshell")  # from ipykernel 7 on, and not in a browser
    return subshell is not None and isinstance(threading.current_thread(), subshell.SubshellThread)
