"""Cell of a table that a hand can take, and what moving it sets."""

from collections.abc import Callable
from dataclasses import dataclass

from lessons.live.entry.typed_number import read_number

PIXELS_PER_UNIT = 25


@dataclass(frozen=True)
class Cell:
    """A cell to take hold of.

    Attributes
    ----------
    name : str
        Different from every other cell's and handle's.
    put : callable
        `put(value)` sets controls so that the cell shows a value; its end is for `put` to keep.
    value : float
        What the cell shows.
    by : float
        What an arrow key adds, and the least that a hand does.
    go : callable, optional
        `go(dx, dy)` does instead what so many arrow keys do, to the right and up.
    read : callable
        `read(text)` returns the number that a typed text means, or says why it means none.
    """

    name: str
    put: Callable[[float], None]
    value: float = 1.0
    by: float = 0.0
    go: Callable[[int, int], None] | None = None
    read: Callable[[str], float] = read_number

    def take_to(self, x: float, y: float) -> None:
        """Add what a hand has moved since it took hold, in CSS pixels to the right and down."""
        steps = round(-y / PIXELS_PER_UNIT / self.by) if self.by else 0
        self.put(round(self.value + steps * self.by, 10))

    def step(self, dx: int, dy: int) -> None:
        """Do what so many arrow keys do."""
        if self.go:
            self.go(dx, dy)
        else:
            self.put(round(self.value + dy * self.by, 10))

    def type(self, text: str) -> None:
        """Set the number that was typed.

        Raises
        ------
        ValueError
            The text means no number, or one that cannot be set here.
        """
        self.put(self.read(text))
