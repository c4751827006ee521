"""Pictures drawn beforehand, and a slider over them that needs no kernel."""

from ipywidgets import HTML, Image, Layout, SelectionSlider, Stack, VBox, jslink
from traitlets import Unicode

from lessons.live.base.readout import look


class Picture(Image):
    """An image that can have a tooltip, for which ipywidgets 8.1 needs a `description`."""

    description = Unicode("").tag(sync=True)


def picture(width, height, **traits):
    """Return a picture of a size in CSS pixels, which shrinks with the page."""
    image = Picture(width=str(width), height=str(height), **traits)
    image.add_class("lessons-picture")
    return image


def frame_values(control, count):
    """Return at most `count` values over a control's range, whole numbers of its steps apart."""
    if hasattr(control, "options"):
        return [value for _, value in control._options_full]
    if not hasattr(control, "min"):
        raise ValueError(f"{control.description} has no range: give the values to draw")
    steps = round((control.max - control.min) / control.step)
    stride = max(1, -(-steps // (count - 1)))
    taken = [*range(0, steps, stride), steps]
    positions = [round(control.min + control.step * n, 10) for n in taken]
    return [control.base**at for at in positions] if hasattr(control, "base") else positions


def film(explorer, label, values, drawn):
    """Return a slider whose position selects one of the drawn (picture, readout, words).

    Parameters
    ----------
    explorer : Explorer
        Whose question stands above.
    label : str
        Name of the slider.
    values : sequence
        What each frame shows the control at.
    drawn : list of (bytes, str, str)
        Picture, readout and text alternative of each frame.

    Returns
    -------
    ipywidgets.VBox
    """
    stack = Stack(
        [
            VBox([picture(*explorer.size, value=png, tooltip=words), HTML(text)])
            for png, text, words in drawn
        ],
        selected_index=0,
    )
    slider = SelectionSlider(
        options=[(_named(value), n) for n, value in enumerate(values)],
        description=label,
        layout=Layout(width="auto"),
    )
    box = VBox([HTML(look(explorer.question)), slider, stack])
    box.link = jslink((slider, "index"), (stack, "selected_index"))
    return box.add_class("lessons-explorer")


def _named(value):
    """Return a value as a slider's caption; two frames with one caption could not be told apart."""
    return f"{value:.4g}" if isinstance(value, float) else str(value)
