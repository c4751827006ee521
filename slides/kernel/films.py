"""Runs beside a lesson while its deck is made: pictures drawn beforehand in an explorer's place.

An offline deck has no kernel, so an explorer becomes a film: one slider over pictures, joined in
the page itself.
"""

from IPython.display import display
from ipywidgets import Stack, ToggleButtons, VBox, jslink

from lessons.live.base.explorer import Explorer
from lessons.live.base.film import frame_values

# What moves in a film of each kind of explorer, unless the cell's metadata say otherwise.
FILMS = {
    "BinaryExplorer": {"move": "z", "each": {"y": [0, 0.5, 1]}},
    "GradientCheckExplorer": {"move": "h"},
    "LossExplorer": {"move": "z_label"},
    "MulticlassExplorer": {"move": "logits", "item": 1},
    "ProbabilitiesExplorer": {"move": "logits", "item": 0},
    "SaturationExplorer": {"move": "z", "each": {"y": [0, 0.5, 1]}},
    "TrainingExplorer": {"move": "steps"},
    "WeightsExplorer": {"move": "x", "item": 0},
}
FRAMES = 33
FRAMES_EACH = 17  # where there are several films


def nearest(values, own):
    """Return the index of the value that lies nearest to the control's own."""
    distances = [abs(value - own) for value in values]
    return distances.index(min(distances))


def filmed(explorer, control, count):
    """Film a control's range, beginning where it stands: the example that the slides speak of."""
    values = frame_values(control, count)
    start = nearest(values, control.value)
    values[start] = control.value
    film = explorer.frames(control, values)
    _, slider, stack = film.children
    slider.index = stack.selected_index = start
    slider.style = {"description_width": "initial"}
    return film


def choice(control, values, films):
    """Put several films behind buttons that choose the second control's value."""
    stack = Stack(
        films, selected_index=values.index(control.value) if control.value in values else 0
    )
    buttons = ToggleButtons(
        options=[f"{control.description} = {value:g}" for value in values],
        index=stack.selected_index,
    )
    box = VBox([buttons, stack])
    box.link = jslink((buttons, "index"), (stack, "selected_index"))
    return box


def film(explorer, move, item=None, each=None):
    """Return the film, or choice of films, that stands for an explorer in an offline deck.

    Parameters
    ----------
    explorer : Explorer
    move : str
        Attribute with the control that the film's slider moves, or with a group of controls.
    item : int, optional
        Which control of the group.
    each : dict, optional
        Name of a second control, and the values with a film of their own.

    Returns
    -------
    ipywidgets.VBox
    """
    moving = getattr(explorer, move) if item is None else getattr(explorer, move)[item]
    if each is None:
        return filmed(explorer, moving, FRAMES)
    ((name, values),) = each.items()
    other, films = getattr(explorer, name), []
    kept = other.value
    for value in values:
        other.value = value
        films.append(filmed(explorer, moving, FRAMES_EACH))
    other.value = kept
    return choice(other, values, films)


def show_film(shown, **wanted):
    """Display the film of what a cell has shown, if that is an explorer.

    Raises
    ------
    KeyError
        A kind of explorer for which neither `FILMS` nor `wanted` say what moves.
    """
    if isinstance(shown, Explorer):
        display(film(shown, **(wanted or FILMS[type(shown).__name__])))
