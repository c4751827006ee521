"""Hand on a widget: the messages of who takes hold of something in it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from anywidget import AnyWidget

HERE = Path(__file__).parent


def script(name: str) -> str:
    """Return the front-end code of a widget, with that of the hand before it.

    As text: of a file's path anywidget keeps a watch that holds on to every widget for ever.
    """
    return "".join((HERE / file).read_text(encoding="utf-8") for file in ("hand.js", name))


class Holdable(AnyWidget):
    """A widget with handles: places that can be taken, dragged, and stepped by keys."""

    def on_hand(self, action: Callable[[dict[str, Any]], None]) -> None:
        """Call `action(message)` for each message of a hand, and then ask the page for the next.

        A message has a `type`: "take", "move" (to `x`, `y`), "nudge" (by so many
        steps `dx`, `dy`), "type" (a `text`) or "undo"; and, but for the last, the handle's `name`.
        """

        def answer(_, message, buffers):
            if message["type"] == "page":  # no hand's
                return
            try:
                action(message)
            finally:
                if message["type"] != "take":
                    self.send({})

        self.on_msg(answer)
