"""The table of what is done, lesson by lesson."""

import html


class Progress:
    """Which exercises are done: a table in the notebook, text elsewhere.

    Attributes
    ----------
    lessons : dict
        {lesson: {exercise's name: done or not}}, in the order of the series.
    done, total : int
        Numbers of exercises.
    """

    def __init__(self, exercises, done):
        self.lessons = {exercise.lesson: {} for exercise in exercises}
        for exercise in exercises:
            self.lessons[exercise.lesson][exercise.name] = exercise.name in done
        self.total = len(exercises)
        self.done = sum(sum(names.values()) for names in self.lessons.values())

    def __repr__(self):
        rows = [f"{lesson}  {count}  {names}" for lesson, count, names in self._rows()]
        return "\n".join([self._sum(), *rows])

    def _repr_html_(self):
        left = "style='text-align:left'"
        rows = "".join(
            f"<tr><td>{lesson}</td><td>{count}</td><td {left}>{_together(names)}</td></tr>"
            for lesson, count, names in self._rows()
        )
        head = f"<tr><th>lesson</th><th>done</th><th {left}>exercises</th></tr>"
        return f"<p>{self._sum()}</p><table>{head}{rows}</table>"

    def _sum(self):
        return f"{self.done} of {self.total} exercises done"

    def _rows(self):
        for lesson, names in self.lessons.items():
            ticked = ", ".join(f"{'✓' if done else '○'} {name}" for name, done in names.items())
            yield lesson, f"{sum(names.values())}/{len(names)}", ticked


def _together(names):
    """Keep each name in one piece, together with its mark."""
    names = html.escape(names).split(", ")
    return ", ".join(f"<span style='white-space:nowrap'>{name}</span>" for name in names)
