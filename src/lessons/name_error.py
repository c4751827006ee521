"""NameError with help: an IPython extension that says which cell makes the missing name.

After a restart of the kernel a notebook looks as if it had been run, and its names are gone. The
kernels of this environment load the extension (`slides/ipython`).
"""

from importlib import import_module

from IPython.core.interactiveshell import InteractiveShell

DOORS = tuple(f"lessons.{room}" for room in ("model", "proofs", "live", "practice", "datasets"))
USUAL = {"np", "plt"}
WAY = "Run → Run All Above Selected Cell does it."


def help_for(name: str) -> str:
    """Return what to do about a name that is not defined.

    Parameters
    ----------
    name : str
        The name, such as "check".

    Returns
    -------
    str
        One sentence or two; for what the lessons export it names the cell with the imports.
    """
    if name in USUAL or any(name in import_module(door).__all__ for door in DOORS):
        return f"`{name}` comes with the lesson's imports: run that cell first. {WAY}"
    return f"If a cell above makes `{name}`, run that cell first. {WAY}"


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Add a line of help to each NameError that a cell ends in."""

    def explain(shell, kind, error, traceback, tb_offset=None):
        if error.name and not isinstance(error, UnboundLocalError):
            error.add_note(help_for(error.name))
        shell.showtraceback((kind, error, traceback), tb_offset=tb_offset)

    shell.set_custom_exc((NameError,), explain)
