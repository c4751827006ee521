"""Closing a widget together with all that it holds, which `Widget.close` leaves open."""

from ipywidgets import Widget


def close_all(widget):
    """Close a widget, its children, its layout and its style.

    ipywidgets keeps every open widget in a registry, so one that is left open is never freed.
    """
    parts = [*getattr(widget, "children", ()), widget.layout, getattr(widget, "style", None)]
    for part in parts:
        if isinstance(part, Widget) and hasattr(part, "layout"):
            close_all(part)
        elif isinstance(part, Widget):
            part.close()
    Widget.close(widget)
