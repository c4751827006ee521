"""Live picture: swapped whole, described in words, with handles that a hand can drag."""

from traitlets import Bytes, Int, List, Unicode

from lessons.live.base.hand import HERE, Holdable, script


class LivePicture(Holdable):
    """A picture on the page, and the places on it that can be taken.

    Parameters
    ----------
    size : (int, int)
        Width and height in CSS pixels; on a narrower page it shrinks.

    Attributes
    ----------
    png : bytes
        The picture.
    alternative : str
        The picture in words.
    handles : list of dict
        Places to take hold of: `name`; `x`, `y` of the centre, `width` and `height`, in CSS pixels
        from the upper left corner; `cursor` as CSS names it.
    """

    _esm = script("live_picture.js")
    _css = (HERE / "live_picture.css").read_text(encoding="utf-8")
    png = Bytes().tag(sync=True)
    alternative = Unicode().tag(sync=True)
    size = List(Int()).tag(sync=True)
    handles: List = List().tag(sync=True)

    def __init__(self, size: tuple[int, int]) -> None:
        super().__init__(size=list(size))
