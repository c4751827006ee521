"""Labelled controls that work by hand, by key and by typing, and all look alike."""

from ipywidgets import Button, FloatSlider, HBox, Layout


def slider(label, value, low, high, step, spec="+.2f"):
    """Return a slider with a number beside it that can be typed into.

    A number outside the range goes to the nearest end.

    Parameters
    ----------
    label : str
        Name that a screen reader says and a student sees.
    value, low, high, step : float
    spec : str
        Format of the number beside it.

    Returns
    -------
    ipywidgets.FloatSlider
    """
    return FloatSlider(
        value,
        min=low,
        max=high,
        step=step,
        description=label,
        readout_format=spec,
        style={"description_width": "2.2em"},
        layout=Layout(width="auto", flex="1 1 260px", min_width="220px"),
    )


def setter(control, value, label, tooltip):
    """Return a small button that sets a control to a value."""
    button = Button(description=label, tooltip=tooltip, layout=Layout(width="2.6em"))
    button.on_click(lambda _: control.set_trait("value", value))
    return button


def row(*widgets):
    """Put widgets side by side, wrapping where the page is narrow."""
    return HBox(widgets, layout=Layout(flex_flow="row wrap", align_items="center"))


def beside(control, *buttons):
    """Keep buttons on the line of the control that they set."""
    return HBox([control, *buttons], layout=Layout(flex="1 1 340px", align_items="center"))
