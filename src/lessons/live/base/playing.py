"""Playing: the steps of an explorer advance by themselves, from where a hand left them."""

from ipywidgets import Play

from lessons.live.base.explorer import Explorer
from lessons.live.entry.number_controls import Slider


class PlayedExplorer(Explorer):
    """An explorer whose `steps` can be played; what it holds otherwise, a subclass says."""

    steps: Slider

    def player(self, interval: int) -> Play:
        """Return buttons that play `steps`, a slider of whole numbers or over a list.

        Parameters
        ----------
        interval : int
            Milliseconds between two of its places.
        """
        most = round(self.steps.ends[1])
        self._play = Play(self._place, min=0, max=most, interval=interval, show_repeat=False)
        self._play.observe(self.showing_errors(self._follow_play), "value")
        self._play_follows = False
        return self._play

    def update(self, hurried: bool = False) -> None:
        """Do as every explorer; where a hand rests is where playing goes on.

        A link in the page would make every move of the slider two events that wait for each other.
        """
        super().update(hurried)
        with self.lock:
            if not hurried and not self._play.playing:
                self._play_follows = True
                self._play.value = self._place
                self._play_follows = False

    @property
    def _place(self):
        return round(self.steps.position)

    def _follow_play(self, change):
        with self.lock:
            if not self._play_follows:
                self.steps.aim(change.new)
