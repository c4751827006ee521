"""Students' edition of a notebook: outputs, execution counts and speaker notes removed.

`notebooks/` holds outputs, for readers without a kernel and for the comparison with the next run.
What a student opens must not: each question would stand above its answer.
"""

import json
from typing import Any

from lessons import __version__


def student_notebook(source: str, notes: bool = False) -> str:
    """Students' edition of a notebook; all that it keeps stays as it is, byte for byte.

    Parameters
    ----------
    source : str
        Text of an .ipynb file of format 4.
    notes : bool
        Whether to keep the cells of speaker notes, as in an instructor's copy.

    Returns
    -------
    str
        Text as Jupyter writes it, the package's version in `metadata.lessons.edition`.

    Raises
    ------
    ValueError
        The text is no notebook of format 4.
    """
    notebook = _parsed(source)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    if not notes:
        notebook["cells"] = [cell for cell in notebook["cells"] if not is_speaker_note(cell)]
    lessons = notebook["metadata"].get("lessons", {})
    notebook["metadata"]["lessons"] = lessons | {"edition": __version__}
    text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True)  # as nbformat does
    return f"{text}\n"


def is_speaker_note(cell: dict[str, Any]) -> bool:
    """Whether a cell, as parsed from JSON, holds speaker notes."""
    return cell["metadata"].get("slideshow", {}).get("slide_type") == "notes"


def _parsed(source):
    try:
        notebook = json.loads(source)
    except json.JSONDecodeError as error:
        raise ValueError(f"expected a notebook's text, which is JSON; {error}") from None
    form = notebook.get("nbformat") if isinstance(notebook, dict) else type(notebook).__name__
    if form != 4:
        raise ValueError(f"expected a notebook of format 4; got {form!r}")
    return notebook
