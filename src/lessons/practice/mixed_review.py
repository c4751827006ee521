"""A mixed review: exercises drawn from several lessons, their questions read in the notebooks."""

import random
import re
from dataclasses import dataclass
from pathlib import Path

from lessons.practice.catalogue import catalogue
from lessons.practice.contents import LESSONS
from lessons.practice.kinds.exercise import Exercise
from lessons.practice.questions import Question, link_to, questions


@dataclass(frozen=True)
class Drawn:
    """An exercise that was drawn, and what its notebook asks.

    Attributes
    ----------
    exercise : Exercise
    question : Question or None
        None where the notebook is not there, or does not ask it any more.
    link : str
        The way to the notebook, "" if it is not there.
    """

    exercise: Exercise
    question: Question | None
    link: str


@dataclass(frozen=True)
class Review:
    """Questions drawn from several lessons, shown as Markdown with a stub for each answer.

    Attributes
    ----------
    drawn : tuple of Drawn
    seed : int
        The same seed draws the same questions.
    """

    drawn: tuple[Drawn, ...]
    seed: int

    def _repr_markdown_(self):
        return "\n\n---\n\n".join(map(_shown, self.drawn))

    def __repr__(self):
        return f"Review(seed={self.seed}): {', '.join(each.exercise.name for each in self.drawn)}"


def review(lessons: tuple[str, ...], seed: int, count: int = 5, folder: str | Path = ".") -> Review:
    """Draw a mixed review of several lessons: no second exercise of one before each has had one.

    Parameters
    ----------
    lessons : tuple of str
        Two digits each, such as ("01", "02").
    seed : int
        Another seed draws other questions.
    count : int
        How many, at most as many as the lessons have.
    folder : str or path
        From where the notebooks are looked for, by default that of the notebook that asks. Of one
        that is not found, a sentence stands in the question's place.

    Returns
    -------
    Review

    Raises
    ------
    ValueError
        A lesson that has no exercise, or more questions than there are.
    """
    asked = {number: [e for e in catalogue().values() if e.lesson == number] for number in lessons}
    if missing := [number for number in lessons if not asked[number]]:
        raise ValueError(f"expected lessons that have exercises, such as '01', got {missing}")
    total = sum(map(len, asked.values()))
    if not 1 <= count <= total:
        raise ValueError(f"expected from 1 to {total} questions, got {count}")
    drawn = _drawn(asked, random.Random(seed))[:count]
    asking = {number: questions(number, folder) for number in lessons}
    return Review(
        tuple(Drawn(e, asking[e.lesson].get(e.name), link_to(e.lesson, folder)) for e in drawn),
        seed,
    )


def _drawn(asked, chance):
    """Order all exercises at random, in rounds that take one of each lesson."""
    piles = [chance.sample(pile, len(pile)) for pile in asked.values()]
    rounds = [[pile[n] for pile in piles if n < len(pile)] for n in range(max(map(len, piles)))]
    return [exercise for each in rounds for exercise in chance.sample(each, len(each))]


def _shown(drawn):
    exercise, notebook = drawn.exercise, LESSONS[drawn.exercise.lesson].notebook
    place = f"[{exercise.lesson}]({drawn.link})" if drawn.link else exercise.lesson
    if drawn.question:
        title, text = drawn.question
    else:
        title = exercise.name
        text = f"(What is asked stands in `{notebook}`, where it was not found from here.)"
    answer = re.match(r"(?:def )?(\w+)", exercise.stub)[1]
    return (
        f"**{title}** (lesson {place}, about {exercise.minutes} minutes)\n\n{text}\n\n"
        f'```python\n{exercise.stub}\n\n\ncheck("{exercise.name}", {answer})\n```'
    )
