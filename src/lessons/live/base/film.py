"""Film of an explorer: frames rendered beforehand, and a slider over them that needs no kernel.

An offline deck has no kernel, so an explorer becomes a film, joined in the page itself.
"""

from itertools import pairwise

from ipywidgets import (
    HTML,
    Image,
    Layout,
    SelectionSlider,
    Stack,
    ToggleButtons,
    VBox,
    jslink,
)
from traitlets import Unicode

from lessons.live.base.controls import row
from lessons.live.base.live_table import still
from lessons.live.base.readout import headline
from lessons.live.entry.number_controls import Number

FRAMES = 33
FRAMES_EACH = 17  # where there are several films


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
    if not isinstance(control, Number):
        raise ValueError(f"{control.description} has no range: give the values to draw")
    first, last = control.ends
    steps = round((last - first) / control.step)
    stride = max(1, -(-steps // (count - 1)))
    return [control.at(first + control.step * n) for n in (*range(0, steps, stride), steps)]


def slider_over(explorer, label, values, drawn):
    """Return a slider whose position selects one of the drawn (table, picture, readout, words).

    Parameters
    ----------
    explorer : Explorer
        Whose question stands above.
    label : str
        Name of the slider.
    values : sequence
        What each frame shows the control at.
    drawn : list of (str, bytes, str, str)
        Table, "" for none, picture, readout and text alternative of each frame.

    Returns
    -------
    ipywidgets.VBox
    """
    stack = Stack([_frame(explorer, *one) for one in drawn], selected_index=0)
    slider = SelectionSlider(
        options=[(_named(value), n) for n, value in enumerate(values)],
        description=label,
        tooltip="",
        layout=Layout(width="auto"),
    )
    box = VBox([HTML(headline(explorer.question)), slider, stack])
    box.link = jslink((slider, "index"), (stack, "selected_index"))
    return box.add_class("lessons-explorer")


def _frame(explorer, table, png, text, words):
    width, height = explorer.size
    wide = explorer.width_on_slides  # on which what is in the picture is larger
    seen = picture(wide, round(height * wide / width), value=png, tooltip=words)
    if table:
        layout = Layout(flex=f"0 1 {explorer.room}px")
        seen = row(HTML(still(table), layout=layout), seen).add_class("lessons-beside")
    return VBox([seen, HTML(text)])


def _named(value):
    """Return a value as a slider's caption; two frames with one caption could not be told apart."""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def film(explorer, move=None, item=0, each=None):
    """Return the film, or choice of films, that stands for an explorer where no kernel answers.

    Parameters
    ----------
    explorer : Explorer
    move : str, optional
        Attribute with the control that the film's slider moves, or with a group of controls; by
        default the explorer's own `lead`, and its `film` for `each`.
    item : int
        Which control of a group.
    each : dict, optional
        Name of a second control, and the values with a film of their own.

    Returns
    -------
    ipywidgets.VBox
    """
    if move is None:
        moving, each = explorer.leading, explorer.film
    else:
        group, each = getattr(explorer, move), next(iter((each or {}).items()), None)
        moving = group[item] if isinstance(group, tuple) else group
    if each is None:
        return _filmed(explorer, moving, FRAMES)
    name, values = each
    other, films = getattr(explorer, name), []
    kept = other.value
    for value in values:
        other.value = value
        films.append(_filmed(explorer, moving, FRAMES_EACH))
    other.value = kept
    return _choice(other, values, films)


def _filmed(explorer, control, count):
    """Film a control's range, beginning where it stands: the example that the slides speak of."""
    values = frame_values(control, count)
    start = min(range(len(values)), key=lambda n: abs(values[n] - control.value))
    values[start] = control.value
    filmed = explorer.frames(control, values)
    _, slider, stack = filmed.children
    slider.index = stack.selected_index = start
    slider.style = {"description_width": "initial"}
    return filmed


def _choice(control, values, films):
    """Put several films behind buttons that choose the second control's value."""
    start = values.index(control.value) if control.value in values else 0
    stack = Stack(films, selected_index=start)
    options = [f"{control.description} = {_named(value)}" for value in values]
    buttons = ToggleButtons(options=options, index=start, tooltip="")
    box = VBox([buttons, stack])
    sliders = [one.children[1] for one in films]
    # The first control stays where it is when the second one is changed.
    together = [jslink((one, "index"), (next_, "index")) for one, next_ in pairwise(sliders)]
    box.links = [jslink((buttons, "index"), (stack, "selected_index")), *together]
    return box
