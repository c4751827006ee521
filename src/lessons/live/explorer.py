"""What every explorer shares: controls, a picture and a readout that always agree."""

from base64 import b64encode
from contextlib import contextmanager
from threading import RLock

from ipywidgets import HTML, Image, Layout, VBox
from traitlets import Unicode

from lessons.live.closing import close_all
from lessons.live.readout import look, problem


class Picture(Image):
    """An image that can have a tooltip, for which ipywidgets 8.1 needs a `description`."""

    description = Unicode("").tag(sync=True)


class Explorer(VBox):
    """Controls above a picture above its numbers.

    A subclass makes its controls and artists, calls `__init__`, and says in three methods what an
    update is: `compute(**values)` returns the numbers (a named tuple) from the controls' values and
    nothing else, `draw(shown)` moves the artists, `describe(shown)` returns the readout's HTML and
    the picture's text alternative. Every number can be read as an attribute of the explorer.

    Callbacks run in a thread beside running cells, so each update computes, draws and publishes
    under `lock`.

    Parameters
    ----------
    canvas : Canvas
    controls : tuple of str
        Names of the attributes that hold the controls, each one or a tuple of them; a change of
        any one's value is an update.
    rows : list of widgets
        The controls as laid out on the page.
    question : str
        The one thing to look at.

    Attributes
    ----------
    shown : named tuple or None
        All numbers of the current picture, taken together; None while an error is shown.
    error : Exception or None
        What the last update raised.
    """

    def __init__(self, canvas, controls, rows, question):
        self.lock = RLock()
        self.shown = self.error = None
        self.canvas, self.controls, self.question = canvas, controls, question
        self.notice = None
        self._held = 0
        self._drawn = None
        self.look = HTML()
        self.picture = Picture(format="png", width=str(canvas.width), height=str(canvas.height))
        self.readout = HTML()
        super().__init__(
            [self.look, *rows, self.picture, self.readout],
            layout=Layout(max_width=f"{canvas.width}px"),
        )
        self.add_class("lessons-explorer")
        self.picture.add_class("lessons-picture")
        for control in self._all_controls():
            control.observe(self.update, "value")
        self.update()

    def values(self, control=None, value=None):
        """Return the controls' values by name, with that of one control replaced by another."""

        def read(one):
            return value if one is control else one.value

        return {
            name: tuple(map(read, held)) if isinstance(held, tuple) else read(held)
            for name, held in ((name, getattr(self, name)) for name in self.controls)
        }

    def update(self, change=None):
        """Compute, draw and publish the current state; an error is shown in the explorer."""
        with self.lock:
            if self._held or self.canvas is None:
                return
            values = self.values()
            if values == self._drawn and not self.notice:  # changed together, or there and back
                return
            self._drawn = values
            try:
                self._publish(None, *self.render(values))
            except Exception as error:  # whatever it is, the person at the slider has to see it
                self._publish(error, None, self.canvas.png(moving=False), "", str(error))

    def render(self, values, level=1):
        """Return the numbers, the picture, the readout and the alternative for these values."""
        shown = self.compute(**values)
        self.draw(shown)
        return shown, self.canvas.png(level), *self.describe(shown)

    def _publish(self, error, shown, picture, readout, alternative):
        self.shown, self.error = shown, error
        with self.picture.hold_sync():  # one message, so that the page decodes the picture once
            self.picture.value = picture
            self.picture.tooltip = alternative
        self.readout.value = readout
        trouble = f"{type(error).__name__}: {error}" if error else self.notice
        self.look.value = problem(trouble) if trouble else look(self.question)
        self.notice = None

    def _all_controls(self):
        held = (getattr(self, name) for name in self.controls)
        return [one for each in held for one in (each if isinstance(each, tuple) else (each,))]

    @contextmanager
    def together(self):
        """Change several controls as one update."""
        with self.lock:
            self._held += 1
            try:
                yield
            finally:
                self._held -= 1
                self.update()

    def __getattr__(self, name):
        shown = self.__dict__.get("shown")
        if shown is not None and name in shown._fields:
            return getattr(shown, name)
        raise AttributeError(f"{type(self).__name__} shows no {name!r}")

    def __repr__(self):
        values = ", ".join(f"{name}={value!r}" for name, value in self.values().items())
        return f"{type(self).__name__}({values})"

    def _repr_mimebundle_(self, **kwargs):
        """Add the current picture, for readers that have no kernel."""
        bundle = super()._repr_mimebundle_(**kwargs)
        size = {"width": self.canvas.width, "height": self.canvas.height}
        bundle["image/png"] = b64encode(self.picture.value).decode("ascii")
        return bundle, {"image/png": size}

    def close(self):
        """Take the explorer and all it is made of off the page and out of memory."""
        if "lock" not in self.__dict__:  # construction was refused; the garbage collector calls
            return super().close()
        with self.lock:
            close_all(self)
            self.canvas = None
        return None
