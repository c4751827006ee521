"""Copy button: puts a text on the clipboard of the page."""

from pathlib import Path

from anywidget import AnyWidget
from traitlets import Unicode

SCRIPT = Path(__file__).with_name("copy_button.js").read_text(encoding="utf-8")


class CopyButton(AnyWidget):
    """A button that copies its `text`.

    Attributes
    ----------
    label, text : str
    """

    _esm = SCRIPT  # as text: of a file's path anywidget keeps a watch
    label = Unicode().tag(sync=True)
    text = Unicode().tag(sync=True)

    def __init__(self, label: str) -> None:
        super().__init__(label=label)
