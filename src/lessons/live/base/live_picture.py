"""Live picture: swapped or patched, described in words, with handles that a hand can drag."""

from collections.abc import Callable, Sequence

from traitlets import Bytes, Int, List, Unicode

from lessons.live.base.hand import HERE, Holdable, script
from lessons.live.base.page import Page, reported
from lessons.live.drawing.changes import Patch


class LivePicture(Holdable):
    """A picture on the page, and the places on it that can be taken.

    Parameters
    ----------
    size : (int, int)
        Width and height in CSS pixels. It is shown as wide as the page lets it; until it has been
        drawn for that width it is stretched.

    Attributes
    ----------
    png : bytes
        The picture when it was last sent whole.
    patches : list of dict
        What changed since the picture before, sent in its place: the fields of each `Patch`.
        Without any, `png` is what is shown.
    size : list of int
        As above, at each picture.
    alternative : str
        The picture in words.
    handles : list of dict
        Places to take hold of: `name`; `x`, `y` of the centre, `width` and `height`, in CSS pixels
        from the upper left corner; `cursor` as CSS names it.
    """

    _esm = script("live_picture.js")
    _css = (HERE / "live_picture.css").read_text(encoding="utf-8")
    png = Bytes().tag(sync=True)
    patches: List = List().tag(sync=True)
    alternative = Unicode().tag(sync=True)
    size = List(Int()).tag(sync=True)
    handles: List = List().tag(sync=True)

    def __init__(self, size: tuple[int, int]) -> None:
        super().__init__(size=list(size))

    def swap(self, png: bytes) -> None:
        """Show another picture."""
        self.png, self.patches = png, []

    def patch(self, patches: Sequence[Patch]) -> None:
        """Show the same picture, but for these parts of it."""
        if patches:
            self.patches = [patch._asdict() for patch in patches]

    def on_page(self, action: Callable[[Page], None]) -> None:
        """Call `action(page)` whenever the page tells how it shows the picture."""

        def follow(_, message, buffers):
            if message["type"] == "page":
                action(reported(message))

        self.on_msg(follow)
