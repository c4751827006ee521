"""Controls (sliders, boxes, buttons), all labelled: they work by hand, by key and by typing."""

from ipywidgets import (
    BoundedFloatText,
    Button,
    Checkbox,
    Dropdown,
    FloatLogSlider,
    FloatSlider,
    HBox,
    IntSlider,
    Layout,
    SelectionSlider,
)

SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"


def slider(label, value, low, high, step, spec="+.2f", kind=FloatSlider):
    """Return a slider with a number beside it that can be typed into.

    A number outside the range goes to the nearest end.

    Parameters
    ----------
    label : str
        Name that a screen reader says and a student sees.
    value, low, high, step : float
    spec : str
        Format of the number beside it.
    kind : type
        `FloatSlider`, or `IntSlider` for counts.

    Returns
    -------
    ipywidgets.FloatSlider or ipywidgets.IntSlider

    Raises
    ------
    ValueError
        A starting value outside the range.
    """
    _require_inside(label, value, low, high)
    return kind(
        value,
        min=low,
        max=high,
        step=step,
        description=label,
        readout_format=spec,
        style={"description_width": "auto"},
        layout=Layout(width="auto", flex="1 1 250px", min_width="210px"),
    )


def log_slider(label, value, low, high, step, base=10, spec=".1e"):
    """Return a slider over base**low … base**high whose step is a step of the exponent."""
    _require_inside(label, value, float(base) ** low, float(base) ** high)
    return FloatLogSlider(
        value,
        base=base,
        min=low,
        max=high,
        step=step,
        description=label,
        readout_format=spec,
        style={"description_width": "auto"},
        layout=Layout(width="auto", flex="1 1 250px", min_width="210px"),
    )


def listed_slider(label, values, value):
    """Return a slider over a list of numbers, such as a few learning rates."""
    _require_one_of(label, value, values)
    return SelectionSlider(
        options=[(f"{one:g}", one) for one in values],
        value=value,
        description=label,
        style={"description_width": "auto"},
        layout=Layout(width="auto", flex="1 1 290px", min_width="260px"),  # for a long label
    )


def count_slider(label, value, low, high):
    """Return a slider over the integers from low to high."""
    return slider(label, value, low, high, 1, "d", IntSlider)


def sliders(letter, values, low, high, step, spec="+.2f"):
    """Return one slider for each component of a vector, labelled z₀, z₁, …, as a tuple."""
    return tuple(
        slider(letter + SUBSCRIPTS[k], value, low, high, step, spec)
        for k, value in enumerate(values)
    )


def number_box(label, value, low=-9.0, high=9.0, step=0.1):
    """Return a box for one number, typed or changed by the arrow keys."""
    _require_inside(label, value, low, high)
    return BoundedFloatText(
        value,
        min=low,
        max=high,
        step=step,
        description=label,
        style={"description_width": "auto"},
        layout=Layout(width="auto"),
    )


def choice(label, options, value):
    """Return a drop-down list of (text, value) pairs, or of texts that are the values."""
    _require_one_of(label, value, [o[1] if isinstance(o, tuple) else o for o in options])
    return Dropdown(
        options=options,
        value=value,
        description=label,
        style={"description_width": "auto"},
        layout=Layout(width="auto"),
    )


def checkbox(label, value=False):
    """Return a box to tick."""
    layout = Layout(width="auto", flex="0 0 auto", margin="2px 8px")
    return Checkbox(value, description=label, indent=False, layout=layout)


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


def _require_inside(label, value, low, high):
    if not low <= value <= high:
        raise ValueError(f"{label} must start between {low} and {high}, got {value}")


def _require_one_of(label, value, values):
    if value not in values:
        raise ValueError(f"{label} must be one of {', '.join(map(repr, values))}, got {value!r}")
