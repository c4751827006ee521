"""Clear a notebook's outputs: the lesson as students open it, made from the one CI compares."""

import json

from lessons import __version__


def student_notebook(source: str, notes: bool = False) -> str:
    """Return a lesson without outputs, counts and speaker notes, everything else byte for byte.

    Parameters
    ----------
    source : str
        Text of an `.ipynb` file.
    notes : bool
        Keep the cells of speaker notes: an instructor's copy.

    Returns
    -------
    str
        Text of an `.ipynb` file; its metadata say which edition it is.
    """
    notebook = json.loads(source)
    notebook["cells"] = [cell for cell in notebook["cells"] if notes or not _is_note(cell)]
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    notebook["metadata"]["lessons"] = {"edition": __version__}
    # as nbformat writes it
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _is_note(cell):
    return cell["metadata"].get("slideshow", {}).get("slide_type") == "notes"
