"""Loss over the steps taken: the path that gradient descent leaves."""

from lessons.live.drawing.flow import Frame
from lessons.live.drawing.marks import panel, put

FRAME = Frame(46, 16, 52, 38, 266, 150, 0.6)
SHOWN = 20  # steps; more of them double this


class LossPath:
    """A panel that grows with the steps.

    Parameters
    ----------
    canvas : Canvas
        Whoever shows the panel arranges it first.
    """

    def __init__(self, canvas):
        self.canvas, colours = canvas, canvas.palette
        self.axes = panel(canvas, (0, 0, 1, 1), (0, 1), (0, 1), "loss $L$", "steps")
        look = {"color": colours.ink, "mec": colours.ground, "clip_on": False}
        (self._line,) = self.axes.plot([], [], "o-", lw=2, ms=7, **look)
        canvas.animate(self._line)

    def arrange(self, losses, place):
        """Put the panel into its place, with axes as `reach` says."""
        steps, loss = reach(losses)
        put(self.axes, place, self.canvas)
        self.axes.set(xlim=(0, steps), ylim=(0, loss))

    def draw(self, losses):
        """Show the loss before each step, and now."""
        self._line.set_data(range(len(losses)), losses)


def reach(losses):
    """Return how far the axes have to reach, in steps and in nats: a power of two of each."""
    steps, loss = SHOWN, 1
    while steps < len(losses) - 1:
        steps *= 2
    while loss < max(losses):
        loss *= 2
    return steps, loss
