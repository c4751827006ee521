"""Close a widget together with all that it holds, which `Widget.close` leaves open."""

from ipywidgets import DOMWidget, Widget


def close_all(widget, *held):
    """Close a widget, its children, its layout and style, and the widgets among what it holds.

    ipywidgets keeps every open widget in a registry, so one that is left open is never freed.

    Parameters
    ----------
    widget : ipywidgets.Widget
    *held : objects
        Attributes of the widget, of which widgets and tuples of them are closed too.
    """
    for one in held:
        for part in one if isinstance(one, tuple) else (one,):
            if isinstance(part, Widget):
                close_all(part)
    if isinstance(widget, DOMWidget):
        close_all(widget.layout, getattr(widget, "style", None), *getattr(widget, "children", ()))
    Widget.close(widget)
