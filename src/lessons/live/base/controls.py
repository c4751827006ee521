"""Controls (sliders, boxes, buttons), all labelled: they work by hand, by key and by typing."""

from ipywidgets import (
    Button,
    Checkbox,
    Dropdown,
    FloatLogSlider,
    HBox,
    IntSlider,
    Layout,
    SelectionSlider,
)

from lessons.live.entry.number_controls import Slider, listed_scale, log_scale

SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"


def slider(label, value, low, high, step, spec="+.2f"):
    """Return a slider with the number beside it, which can be typed into.

    What is dragged goes from step to step; what is typed or set is kept with all its digits.

    Parameters
    ----------
    label : str
        Name that a screen reader says and a student sees.
    value, low, high, step : float
    spec : str
        Format of the number where it says the number exactly.

    Returns
    -------
    Slider

    Raises
    ------
    ValueError
        A starting value outside the range.
    """
    ends = {"min": low, "max": high, "step": step}
    return Slider(label, float(value), low, high, step, spec, **ends)


def log_slider(label, value, low, high, step, base=10, spec=".1e"):
    """Return a slider over base**low … base**high whose step is a step of the exponent.

    What is dragged is the number as `spec` writes it.
    """
    base = float(base)
    ends = {"min": low, "max": high, "step": step, "base": base}
    numbers = float(value), base**low, base**high
    scale = log_scale(base, spec)
    return Slider(label, *numbers, step, spec, scale=scale, track=FloatLogSlider, **ends)


def listed_slider(label, values, value):
    """Return a slider over a rising list of numbers, such as a few learning rates.

    What is typed may lie between two of them; of whole numbers it has to be one.
    """
    options = [(f"{one:g}", n) for n, one in enumerate(values)]
    numbers = type(values[0])(value), values[0], values[-1]
    scale = listed_scale(values)
    control = Slider(label, *numbers, 1, "g", scale=scale, track=SelectionSlider, options=options)
    control.layout.flex, control.layout.min_width = "1 1 290px", "260px"  # for a long label
    return control


def count_slider(label, value, low, high):
    """Return a slider over the integers from low to high."""
    return Slider(label, value, low, high, 1, "d", track=IntSlider, min=low, max=high)


def sliders(letter, values, low, high, step, spec="+.2f"):
    """Return one slider for each component of a vector, labelled z₀, z₁, …, as a tuple."""
    return tuple(
        slider(letter + SUBSCRIPTS[k], value, low, high, step, spec)
        for k, value in enumerate(values)
    )


def choice(label, options, value):
    """Return a drop-down list of (text, value) pairs, or of texts that are the values."""
    _require_one_of(label, value, [o[1] if isinstance(o, tuple) else o for o in options])
    return Dropdown(
        options=options,
        value=value,
        description=label,
        tooltip="",  # of None ipywidgets makes the title "null"
        style={"description_width": "auto"},
        layout=Layout(width="auto"),
    )


def checkbox(label, value=False):
    """Return a box to tick."""
    layout = Layout(width="auto", flex="0 0 auto", margin="2px 8px")
    return Checkbox(value, description=label, tooltip="", indent=False, layout=layout)


def button(label, action, tooltip):
    """Return a button that calls `action()` when it is pressed."""
    layout = Layout(width="auto", flex="0 0 auto")  # its label is never cut
    button = Button(description=label, tooltip=tooltip, layout=layout)
    button.on_click(lambda _: action())
    return button


def setter(control, value, label, tooltip):
    """Return a small button that sets a control to a value."""
    return button(label, lambda: control.set_trait("value", value), tooltip)


def row(*widgets):
    """Put widgets side by side, wrapping where the page is narrow."""
    return HBox(widgets, layout=Layout(flex_flow="row wrap", align_items="center"))


def with_buttons(control, *buttons):
    """Keep buttons on the line of the control that they set, where it is wide enough."""
    layout = Layout(flex="1 1 340px", flex_flow="row wrap", align_items="center")
    return HBox([control, *buttons], layout=layout)


def lay_out(line, components):
    """Let a `row` hold the sliders of a vector: on one line, or on two from five on.

    A row that holds them already is left alone: its sliders may be under a hand.
    """
    per_line = len(components) if len(components) < 5 else 3
    for component in components:
        component.layout.flex = f"1 1 {100 // max(1, per_line) - 3}%"
        component.layout.min_width = "190px"
    line.children = components
    return line


def _require_one_of(label, value, values):
    if value not in values:
        raise ValueError(f"{label} must be one of {', '.join(map(repr, values))}, got {value!r}")
