"""Explorer: controls, a picture and a readout that always agree."""

import asyncio
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import copy_context
from html import escape
from math import isfinite
from threading import RLock
from typing import Any

import numpy as np
from ipywidgets import HTML, Layout, VBox, Widget
from numpy.typing import NDArray

from lessons.live.base.array_html import exact
from lessons.live.base.cell import Cell
from lessons.live.base.closing import close_all
from lessons.live.base.controls import button, row
from lessons.live.base.film import frame_values, slider_over
from lessons.live.base.handle import Handle
from lessons.live.base.latest import answers_the_page, beside
from lessons.live.base.live_picture import LivePicture
from lessons.live.base.live_table import LiveTable, still
from lessons.live.base.page import WIDEST, WIDTH, Page, flow_on, slide
from lessons.live.base.readout import headline, problem
from lessons.live.drawing.canvas import Canvas, own_style
from lessons.live.drawing.flow import Frame
from lessons.live.drawing.png import encode_png, encode_small_png

# The last digits differ from one processor to the next, and a stored output would with them.
LONG = re.compile(r"\d+\.\d{7,}")


class Explorer(VBox):
    """Controls above a picture above its numbers.

    A subclass names its `controls` (attributes that hold one control or a tuple of them; a change
    of any one's value is an update), the one of them that `lead`s, and its `question`, the one
    thing to look at; `film` may name a second control and those of its values that get a film of
    their own. It makes the controls, calls `__init__`, and says in five methods what it shows:
    `panels(width, values)` returns a `Frame` for each panel on a picture that wide;
    `paint(canvas)` adds axes, at `canvas.places`, and artists; `compute(**values)` returns the
    numbers (a named tuple) from the controls' values and nothing else; `draw(shown)` moves the
    artists; `describe(shown)` returns the readout's HTML and the picture's text alternative. A
    sixth, `handles(shown)`, may say what a hand can take in the picture. Every number can be read
    as an attribute of the explorer, and `dir` lists them.

    The page reports how wide and how sharp it shows the picture, how large its type is and whether
    it is dark; the picture is painted anew for that.

    Numbers that are to be read rather than seen stand in tables beside the picture, or above it
    where the page is narrow: `tabulate(shown)` returns their HTML, `cells(shown)` the cells that
    can be taken, `room` is the width that they have, in CSS pixels, and `width` that of the
    picture, until a page reports its own.

    The page's events run in a thread beside the cells, so each update computes, draws and publishes
    under `lock`. An event is acknowledged at once and drawn in one more thread, where an update
    shows the newest state and skips those before it: a hand that drags sends the next position
    while the last one is being drawn. While it drags, what changed in the picture is sent, and the
    whole when it rests. What a cell sets is drawn when the assignment returns.

    Parameters
    ----------
    rows : list of boxes
        The controls as laid out on the page; a button that puts them back ends the first row.
    scale : float
        Pixels drawn per CSS pixel, until a page reports its own.

    Attributes
    ----------
    page : Page
        What it is drawn for.
    size : (int, int)
        Width and height of the picture in CSS pixels.
    shown : named tuple or None
        All numbers of the current picture, taken together; None while an error is shown.
    error : Exception or None
        What the last update raised.
    """

    controls: tuple[str, ...]
    lead: str | tuple[str, int]
    film: tuple[str, tuple[float | str, ...]] | None = None
    question: str
    width = WIDTH
    room = 0

    def __init__(self, rows: list[Widget], scale: float) -> None:
        self.lock = RLock()
        self._beside = beside(self.update)
        self.shown = self.error = None
        self.notice: str | None = None
        self._held = 0
        self._drawn: dict[str, Any] | None = None
        self._on_page: Canvas | None = None  # which drew last what the page shows
        self._kept = self.page = Page(self.width, scale)
        self._loop = _running_loop()
        self._painted: tuple[Page, int] | None = None
        self.canvas: Canvas
        self._fit(self.values())
        self.headline = HTML()
        self.picture = LivePicture(self.size)
        self.picture.on_hand(self._move_by_hand)
        self.picture.on_page(self._follow_page)
        self._at_taking: dict[Widget, Any] = {}
        self._cells_at_taking: dict[str, Cell] = {}
        self._refused: dict[str, float] = {}  # what the cell shows that refused what was typed
        self.readout = HTML()
        reset = button("Reset", self.showing_errors(self.reset), "put everything back")
        rows[0].children += (reset,)
        super().__init__(
            [self.headline, *rows, self._stage(), self.readout],
            layout=Layout(max_width=f"{WIDEST + 4}px"),  # a widget has margins of 2 px
        )
        self.add_class("lessons-explorer")
        self._start = {control: control.value for control in self.every_control()}
        for control in self._start:
            control.observe(self._follow, "value")
        self.update()

    def _stage(self):
        """Return the picture, with the tables beside it if there are any."""
        self.tables = None
        if type(self).tabulate is Explorer.tabulate:
            return self.picture
        self.tables = LiveTable()
        self.tables.on_hand(self._move_by_hand)
        self.tables.layout.flex = f"0 1 {self.room}px"
        self.picture.layout.flex = f"1 1 {self.width}px"
        return row(self.tables, self.picture).add_class("lessons-beside")

    def values(self, control: Widget | None = None, value: object = None) -> dict[str, Any]:
        """Return the controls' values by name, with that of one control replaced by another."""

        def read(one):
            return value if one is control else one.value

        return {
            name: tuple(map(read, held)) if isinstance(held, tuple) else read(held)
            for name, held in ((name, getattr(self, name)) for name in self.controls)
        }

    def _follow(self, change=None):
        """Update at once; for an event of the page, after the answer that lets it send the next."""
        if answers_the_page():
            self._beside.ask()
        else:
            self.update()

    @property
    def png(self) -> bytes:
        """The current picture, whole."""
        with self.lock:
            if self._in_parts and self.canvas is not None:
                return self.canvas.png()
            return self.picture.png

    @property
    def _in_parts(self):
        """Whether the page has more than the last whole picture."""
        return bool(self.picture.patches)

    def update(self, hurried: bool = False) -> None:
        """Compute, draw and publish the current state; an error is shown in the explorer.

        In a hurry only what changed in the picture is sent, until the next update without.
        """
        with self.lock:
            if self._held or self.canvas is None:
                return
            values = self.values()
            whole_enough = hurried or not self._in_parts
            if values == self._drawn and whole_enough and not self.notice:
                return  # changed together, or there and back
            self._drawn = values
            try:
                shown = self._move_artists(values)
                self._publish(None, shown, self._draw_on_page(hurried), *self.describe(shown))
            except Exception as error:  # whatever it is, the person at the slider has to see it
                self._publish(error, None, self.canvas.png(moving=False), "", str(error))

    def render(
        self, values: dict[str, Any], encode: Callable[[NDArray[np.uint8]], bytes] = encode_png
    ) -> tuple[Any, bytes, str, str]:
        """Return the numbers, the picture, the readout and the alternative for these values."""
        shown = self._move_artists(values)
        return shown, self.canvas.png(encode), *self.describe(shown)

    def _move_artists(self, values):
        """Return the numbers for these values, with the artists where they belong."""
        _check_finite(values)
        self._fit(values)
        shown = self.compute(**values)
        with own_style():
            self.draw(shown)
        return shown

    def _draw_on_page(self, hurried):
        """Draw the picture; return it whole, or in a hurry what changed since the page's."""
        return (
            self.canvas.changes() if hurried and self.canvas is self._on_page else self.canvas.png()
        )

    def _fit(self, values):
        """Arrange the panels on the page; where it or the picture's height is another, paint."""
        page = self.page
        height, places = flow_on(page, self.panels(page.width, values))
        if (page, height) == self._painted:
            self.canvas.places = places
            return
        if self._painted is not None:
            self.canvas.close()
        self.size = (page.width, height)
        self.canvas = Canvas(*self.size, page.scale, page.palette)
        self.canvas.places = places
        with own_style():
            self.paint(self.canvas)
        self._painted = (page, height)

    def _follow_page(self, page):
        """Draw for what the page has become, between two cells: one that draws has to be alone."""
        if self._loop is not None and answers_the_page():
            self._loop.call_soon_threadsafe(self.show_on, page, context=copy_context())
        else:
            self.show_on(page)

    def show_on(self, page: Page) -> None:
        """Draw for another page: its width, its ratio of pixels and its ground."""
        with self.lock:
            if page != self.page:
                self.page, self._drawn = page, None
                self.update()

    @contextmanager
    def _drawn_for(self, other):
        """Draw for another page than the one that shows this explorer, and then for this again."""
        page, self.page = self.page, other
        try:
            yield
        finally:
            if page != other:
                self.page, self._drawn = page, None
                self.update()

    def _publish(self, error, shown, drawn, readout, alternative):
        self.shown, self.error, self._on_page = shown, error, self.canvas
        handles = [] if error else [handle.on_page() for handle in self.handles(shown)]
        with self.picture.hold_sync():  # one message
            self.picture.size = list(self.size)
            (self.picture.swap if isinstance(drawn, bytes) else self.picture.patch)(drawn)
            self.picture.alternative, self.picture.handles = alternative, handles
        if self.tables:
            self.tables.html = "" if error else self.tabulate(shown)
            self._forget_refusals()
        self.readout.value = readout
        trouble = f"{type(error).__name__}: {error}" if error else self.notice
        self.headline.value = problem(trouble) if trouble else headline(self.question)
        self.notice = None

    def panels(self, width: int, values: dict[str, Any]) -> Sequence[Frame]:
        """Return what room each panel needs in a picture of a width in CSS pixels."""
        raise NotImplementedError

    def handles(self, shown: Any) -> Sequence[Handle]:
        """Return the places of the picture that can be taken; none unless a subclass says so."""
        return ()

    def tabulate(self, shown: Any) -> str:
        """Return the HTML of the tables beside the picture; none unless a subclass says so."""
        return ""

    def cells(self, shown: Any) -> Sequence[Cell]:
        """Return the cells of the tables that can be taken; none unless a subclass says so."""
        return ()

    def reset(self) -> None:
        """Put every control back to where it stood at first."""
        if self.tables:
            self.tables.refusals = {}
        with self.hold_updates():
            for control, value in self._start.items():
                control.value = value

    def at_taking(self, control: Widget) -> Any:
        """Return the value that a control had when the hand took hold."""
        return self._at_taking.get(control, control.value)

    def _move_by_hand(self, message):
        """Do what a hand does on the picture; what it raises is shown as that of a control is."""
        with self.lock, _told_at_the_end(self.every_control()):
            self.showing_errors(self._obey)(message)
            moving = message["type"] == "move"
            self.update(hurried=moving)
        self._beside.ask(hurried=moving)  # the whole picture, once the hand rests

    def _obey(self, message):
        if self.shown is None:
            return
        kind = message["type"]
        if kind == "take":
            self._at_taking = {control: control.value for control in self.every_control()}
            self._cells_at_taking = {cell.name: cell for cell in self.cells(self.shown)}
            return
        with self.hold_updates():
            if kind == "undo":
                for control, value in self._at_taking.items():
                    control.value = value
                return
            taken = self._taken(message["name"], kind)
            if taken and kind == "move":
                taken.take_to(message["x"], message["y"])
            elif taken and kind == "nudge":
                taken.step(message["dx"], message["dy"])
            elif taken and kind == "type":
                self._take_typed(taken, message["text"])

    def _take_typed(self, cell, text):
        """Set a cell to what was typed; what is refused stays there, and is said below."""
        others = {n: said for n, said in self.tables.refusals.items() if n != cell.name}
        try:
            cell.type(text)
        except ValueError as refused:
            self._refused[cell.name] = cell.value
            others[cell.name] = [text, f"{refused} It stays {exact(cell.value)}."]
        self.tables.refusals = others

    def _forget_refusals(self):
        """Drop what was refused in cells that are gone, or show another number by now."""
        if self.tables.refusals:
            now = {} if self.shown is None else {c.name: c.value for c in self.cells(self.shown)}
            self.tables.refusals = {
                name: said
                for name, said in self.tables.refusals.items()
                if now.get(name) == self._refused[name]
            }

    def _taken(self, name, kind):
        """Return the handle or cell of a name; for a drag the cell as it was when it was taken."""
        found = {one.name: one for one in (*self.handles(self.shown), *self.cells(self.shown))}
        return (self._cells_at_taking if kind == "move" else {}).get(name, found.get(name))

    @property
    def leading(self) -> Widget:
        """The control that a first hand goes to; of a group the one that `lead` counts."""
        name, *item = self.lead if isinstance(self.lead, tuple) else (self.lead,)
        return getattr(self, name)[item[0]] if item else getattr(self, name)

    def every_control(self) -> list[Widget]:
        """List the controls, those of a group one by one."""
        held = (getattr(self, name) for name in self.controls)
        return [one for each in held for one in (each if isinstance(each, tuple) else (each,))]

    def showing_errors(self, action: Callable[..., Any]) -> Callable[..., None]:
        """Return a callback that does the same, and shows in the explorer what it raises."""

        def callback(*arguments):
            try:
                action(*arguments)
            except Exception as error:  # a kernel would only log it
                self.notice = f"{type(error).__name__}: {error}"
                self._follow()

        return callback

    @contextmanager
    def hold_updates(self) -> Iterator[None]:
        """Change several controls as one update."""
        with self.lock:
            self._held += 1
            try:
                yield
            finally:
                self._held -= 1
                self._follow()

    def frames(self, control: Widget, values: Sequence[Any] | None = None, count: int = 33) -> VBox:
        """Draw a control's range beforehand, for a page on which no kernel answers.

        Parameters
        ----------
        control : widget
            One of this explorer's controls; the others stay as they are.
        values : sequence, optional
            What to set it to; unless told, a slider's whole range or all choices of a list.
        count : int
            Largest number of frames across the range of a slider.

        Returns
        -------
        ipywidgets.VBox
            A slider over the frames, linked to them in the page itself.

        Raises
        ------
        ValueError
            A control of another explorer, or one without a range and without `values`.
        """
        if control not in self.every_control():
            raise ValueError(f"frames need one of the controls {self.controls} of this explorer")
        values = frame_values(control, count) if values is None else values
        with self.lock, self._drawn_for(slide(self.width_on_slides, self._kept.scale)):
            try:
                drawn = [self._frame(self.values(control, value)) for value in values]
            finally:
                self._drawn = None
                self.update()  # the artists are where the last frame left them
            return slider_over(self, control.description, values, drawn)

    @property
    def width_on_slides(self) -> int:
        """CSS pixels of the picture on a slide, which has more of them than a notebook."""
        return self.width if self.tables else WIDEST

    def _frame(self, values):
        shown, *seen = self.render(values, encode_small_png)
        return self.tabulate(shown), *seen

    def __getattr__(self, name):
        shown = self.__dict__.get("shown")
        if shown is not None and name in shown._fields:
            return getattr(shown, name)
        raise AttributeError(f"{type(self).__name__} shows no {name!r}")

    def __dir__(self):
        """List, beside what every object has, the numbers that are shown."""
        return sorted({*super().__dir__(), *(self.shown._fields if self.shown else ())})

    def __repr__(self):
        held = self.values()
        values = ", ".join(f"{name}={held[name]!r}" for name in self.controls)
        return f"{type(self).__name__}({values})"

    def _repr_mimebundle_(self, **kwargs):
        """Add the current picture, for readers that have no kernel."""
        bundle = super()._repr_mimebundle_(**kwargs)
        bundle["text/plain"] = LONG.sub(
            lambda found: f"{float(found[0]):.6g}", bundle["text/plain"]
        )
        with self.lock, self._drawn_for(self._kept):  # what is kept is seen on any page
            if self.page != self._painted[0] and self.error is None:
                self.render(self.values())
            png = self.canvas.png(encode_small_png, moving=self.error is None)
            width, height = self.size
        picture = bundle["image/png"] = b64encode(png).decode("ascii")
        if self.tables and self.tables.html:
            words = escape(self.picture.alternative)
            source = f"data:image/png;base64,{picture}"
            bundle["text/html"] = still(self.tables.html) + (
                f'<img src="{source}" width="{width}" height="{height}" alt="{words}">'
            )
        return bundle, {"image/png": {"width": width, "height": height}}

    def close(self) -> None:
        """Take the explorer and all it is made of off the page and out of memory."""
        with self.lock:
            close_all(self, *vars(self).values())
            if self.canvas is not None:
                self.canvas.close()
            self.canvas = None  # type: ignore[assignment]  # a closed explorer draws no more

    def __del__(self):
        # Widget's own would call `close`. ipywidgets' registry keeps open widgets alive, so this
        # comes only to one whose construction was refused, or at the end of the interpreter.
        pass


@contextmanager
def _told_at_the_end(controls):
    """Tell the page what changes in controls after all else: to show it delays the picture."""
    with ExitStack() as stack:
        for control in controls:
            for one in (control, *getattr(control, "children", ())):
                if isinstance(one, Widget):  # a number that stands in a table is none
                    stack.enter_context(one.hold_sync())
        yield


def _running_loop():
    """Return the loop of the thread that the cells run in; None outside a kernel."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _check_finite(values):
    for name, held in values.items():
        for value in held if isinstance(held, tuple) else (held,):
            if isinstance(value, float) and not isfinite(value):
                raise ValueError(f"{name} must be finite, got {value}")
