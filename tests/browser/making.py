"""Decks and handouts, made by the tools' own command lines in one process for all lessons.

Loading nbconvert takes longer than many a page that it makes.
"""

import importlib
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context


def _main(tool, arguments):
    sys.argv = [tool, *arguments]
    return importlib.import_module(tool).main()


class Workshop:
    """A process of its own: a test's settings stay here, and what a tool changes stays there."""

    def __init__(self):
        # Not forked, since this process has a browser's threads; it looks for modules as this does.
        self.pool = ProcessPoolExecutor(1, get_context("spawn"))

    def make(self, tool, *arguments):
        """Run a program of tools/, named without its ending; returns its exit status."""
        return self.pool.submit(_main, tool, list(map(str, arguments))).result()

    def close(self):
        """End the process."""
        self.pool.shutdown()
