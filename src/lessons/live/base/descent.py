"""Gradient descent by hand: z ← z − η(ŷ − y), a step or many, and the path that they leave."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from ipywidgets import Play, Widget
from numpy.typing import ArrayLike

from lessons.live.base.controls import button, row, slider, with_buttons

if TYPE_CHECKING:
    from lessons.live.base.explorer import Explorer

REST = 0.005  # a step that moves no logit by more shows in no number: they have two decimals
INTERVAL = 70  # milliseconds between two steps of a run


def runner(explorer: "Explorer", step: Callable[[], bool]) -> Play:
    """Return buttons that call `step()` again and again, until it returns that there was none."""
    play = Play(max=10**6, interval=INTERVAL, show_repeat=False, tooltip="run until rest")

    def tick(change):
        if play.playing and not step():
            play.playing = False

    play.observe(explorer.showing_errors(tick), "value")
    return play


class Descent:
    """Steps downhill for the sliders of an explorer's logits.

    Parameters
    ----------
    explorer : Explorer
        Whose sliders they are.
    gradient : callable
        `gradient()` returns ŷ − y for the logits as the sliders stand, one number each.
    logits : callable
        `logits()` returns the sliders in use.
    followed : sequence of widgets
        All controls on which the loss depends: when a hand moves one, the path is no longer one of
        steps, and is taken away.
    rate : float
        Learning rate η at the start, within [0.1, 10].

    Attributes
    ----------
    rate : Slider
    path : tuple of tuples
        The logits before each of the steps.
    row : ipywidgets.HBox
        The rate, and buttons for one step and for a run until the logits rest.
    """

    def __init__(
        self,
        explorer: "Explorer",
        gradient: Callable[[], ArrayLike],
        logits: Callable[[], Sequence[Widget]],
        followed: Sequence[Widget],
        rate: float = 2.0,
    ) -> None:
        self._explorer, self._gradient, self._logits = explorer, gradient, logits
        self.path: tuple[tuple[float, ...], ...] = ()
        self._stepping = False
        self.rate = slider("learning rate η", rate, 0.1, 10, 0.1, ".1f")
        step = button("Step", explorer.showing_errors(self.step), "take one step z − η(ŷ − y)")
        self._run = runner(explorer, self.step)
        self.row = row(with_buttons(self.rate, step, self._run))
        for control in followed:
            control.observe(self._forget, "value")

    def step(self) -> bool:
        """Take one step; returns whether there was one to take, large enough to be seen."""
        logits = self._logits()
        here = tuple(slider.value for slider in logits)
        there = np.array(here) - self.rate.value * np.ravel(self._gradient())
        inside = [min(max(z, s.min), s.max) for z, s in zip(there, logits, strict=True)]
        if not np.array_equal(inside, there):
            self._explorer.notice = "A logit would leave its slider: the step ends at its end."
        if max(abs(np.subtract(inside, here))) < REST:
            return False
        with self._explorer.hold_updates():
            self._stepping = True
            try:
                for slider, z in zip(logits, inside, strict=True):
                    slider.value = float(z)
            finally:
                self._stepping = False
            self.path = (*self.path, here)
        return True

    def _forget(self, change):
        if not self._stepping:
            self.path = ()
            self._run.playing = False
