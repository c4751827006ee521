"""Execute the notebooks and store their outputs so that two runs in a row give the same bytes.

`python tools/notebooks.py [FILE ...]`, by default all of notebooks/.
"""

import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from series import CELL_SECONDS, lessons

# nbval skips it, and its model_id is random; the PNG beside it stays for readers without a kernel.
UNSTABLE = "application/vnd.jupyter.widget-view+json"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def joined_streams(outputs):
    """Join neighbouring pieces of one stream: where it is cut is chance."""
    joined = []
    for output in outputs:
        before = joined[-1] if joined else {}
        if output.output_type == "stream" and output.get("name") == before.get("name"):
            before.text += output.text
        else:
            joined.append(output)
    return joined


def settle_outputs(cell):
    """Keep of a code cell's outputs what the next run will give again."""
    ignored = "nbval-ignore-output" in cell.metadata.get("tags", [])
    cell.outputs = [] if ignored else joined_streams(cell.outputs)
    for output in cell.outputs:
        output.get("data", {}).pop(UNSTABLE, None)
        output.get("metadata", {}).pop(UNSTABLE, None)


def settle_metadata(notebook):
    """Drop what names this machine's Python or this run's widgets."""
    notebook.metadata = nbformat.from_dict(
        {"kernelspec": KERNEL, "language_info": {"name": "python"}}
        | {key: notebook.metadata[key] for key in ("title",) if key in notebook.metadata}
    )


def refresh(path: Path) -> None:
    """Execute one notebook from the top and store it; a failing cell stops with its traceback."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            settle_outputs(cell)
    settle_metadata(notebook)
    nbformat.validate(notebook)
    nbformat.write(notebook, path)


def main(arguments: list[str]) -> int:
    """Refresh the notebooks named, or all."""
    paths = [Path(name) for name in arguments] or list(lessons().values())
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LESSONS_PROGRESS"] = str(Path(folder) / "progress.txt")
        for path in paths:
            print(path.name, flush=True)
            refresh(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
