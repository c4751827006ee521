"""The audit of the original sketch: its lines by number, in the order of the page."""

from lessons.lookup import look_up
from lessons.proofs.original.line import SketchLine
from lessons.proofs.original.logits import BINARY_LINES, MULTICLASS_LINES
from lessons.proofs.original.parameters import LINES as _SECOND_PAGE

LINES = {line.number: line for line in (*BINARY_LINES, *MULTICLASS_LINES, *_SECOND_PAGE)}


def sketch(number: str) -> SketchLine:
    """Return a line of the sketch: shown as it reads, and with `audit()` its verdict.

    Parameters
    ----------
    number : str
        B1 to B5, M1 to M7, W1 to W4, C1.

    Returns
    -------
    SketchLine

    Raises
    ------
    ValueError
        There is no line of that number.

    Examples
    --------
    >>> sketch("B4").audit()
    B4: false as scanned (at z = 1, the left side is −0.2689, the right side is 0.1437)
    """
    return look_up("line of the sketch", number, LINES)
