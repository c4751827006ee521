"""Import from the libraries first and from the notebook's folder, `/drive`, last.

A look at that folder is a message to the page, which waits where the page is busy; Python looks at
each import, over a hundred times while a kernel starts. Python itself runs a module of this name.
"""

import sys
from importlib.machinery import PathFinder


class LibrariesFinder:
    """A finder of modules everywhere on `sys.path` but in the current folder."""

    @staticmethod
    def find_spec(fullname, path=None, target=None):
        """Return the spec of a library, else None; what is in a package is found as ever."""
        if path is not None:
            return None
        return PathFinder.find_spec(fullname, [folder for folder in sys.path if folder], target)


sys.meta_path.insert(sys.meta_path.index(PathFinder), LibrariesFinder)
