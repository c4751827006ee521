"""Exercises that tell the student which thought went wrong.

`check("name", answer)` judges an answer, `hint("name")` gives one hint at a time,
`solution("name")` the solved exercise with its reasoning (without a name: of the exercise checked
last), `progress()` what is done, and `exercises(lesson="03")` lists what there is;
`review(("01", "02"), seed=1)` draws some of several lessons.
"""

from lessons.practice.api import check, exercises, hint, progress, solution
from lessons.practice.mixed_review import review

__all__ = ["check", "exercises", "hint", "progress", "review", "solution"]
