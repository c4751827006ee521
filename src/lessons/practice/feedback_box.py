"""Feedback box: what was said, with buttons below it for a hint and for the solution.

Only a notebook that displays it loads this module, and ipywidgets with it.
"""

from threading import RLock

from ipywidgets import HTML, Button, HBox, Layout, VBox


class FeedbackBox(VBox):
    """What `check` says, and below it what is asked for by its buttons: nothing is ever hidden.

    Parameters
    ----------
    said : str
        HTML of what was said.
    aids : lessons.practice.aids.Aids
        Of the exercise that it was said about.
    """

    def __init__(self, said, aids):
        self._aids, self._lock = aids, RLock()
        self.hint = self._button("Hint", "One hint; more of them follow", self._hint)
        self.solution = self._button("Solution", "A solution with its reasoning", self._solution)
        self._buttons = HBox([self.hint, self.solution])
        super().__init__([HTML(said), self._buttons])
        self.add_class("lessons-feedback")
        self._offer()

    def _button(self, label, tooltip, action):
        layout = Layout(width="auto", flex="0 0 auto")
        button = Button(description=label, tooltip=tooltip, layout=layout)
        button.on_click(lambda _: self._add(action))
        return button

    def _hint(self):
        return self._aids.hint() if self._aids.more_hints else None

    def _solution(self):
        self.solution.disabled = True
        return self._aids.solution()

    def _add(self, action):
        """Add what an action returns, above the buttons, unless it has nothing more."""
        with self._lock:
            more = action()
            *above, buttons = self.children
            if more is not None:
                self.children = (*above, HTML(more._repr_html_()), buttons)
            self._offer()

    def _offer(self):
        self.hint.description = "Next hint" if self._aids.given else "Hint"
        self.hint.layout.display = None if self._aids.more_hints else "none"
        more = self._aids.solution_offered and not self.solution.disabled
        self.solution.layout.display = None if more else "none"
