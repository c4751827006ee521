"""Seconds and peak memory of each notebook, run from top to bottom in a kernel of its own.

The goals are 12 s and 250 MB a notebook.
"""

import os
import tempfile
from pathlib import Path
from time import perf_counter

import nbformat
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
# ru_maxrss counts kilobytes on Linux and bytes on macOS.
PEAK = """
import resource, sys
unit = 1 if sys.platform == "darwin" else 1024
print(unit * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def measure(path):
    """Return the seconds of a whole run, start of the kernel included, and its peak in bytes."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(PEAK))
    client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(NOTEBOOKS)}})
    start = perf_counter()
    client.execute()
    return perf_counter() - start, int(notebook.cells[-1].outputs[0].text)


def main():
    """Print one row a notebook."""
    print(f"{'notebook':28}{'seconds':>9}{'peak MB':>9}")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LESSONS_PROGRESS"] = str(Path(folder) / "progress.txt")
        for path in sorted(NOTEBOOKS.glob("*.ipynb")):
            seconds, peak = measure(path)
            print(f"{path.stem:28}{seconds:9.1f}{peak / 1e6:9.0f}", flush=True)


if __name__ == "__main__":
    main()
