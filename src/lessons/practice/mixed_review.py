"""A mixed review: exercises drawn from several lessons, their questions read in the notebooks."""

import json
import random
import re
from dataclasses import dataclass
from pathlib import Path

from lessons.practice.catalogue import catalogue
from lessons.practice.kinds.exercise import Exercise

HEADING = re.compile(r"^### \d+ · (?P<title>.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Question:
    """An exercise, and what its notebook asks.

    Attributes
    ----------
    exercise : Exercise
    title : str
        Its heading, without the number.
    text : str
        The Markdown between its heading and its cell.
    notebook : str
        File name of the lesson.
    """

    exercise: Exercise
    title: str
    text: str
    notebook: str


@dataclass(frozen=True)
class Review:
    """Questions drawn from several lessons, shown as Markdown with a stub for each answer.

    Attributes
    ----------
    questions : tuple of Question
    seed : int
        The same seed draws the same questions.
    """

    questions: tuple[Question, ...]
    seed: int

    def _repr_markdown_(self):
        return "\n\n---\n\n".join(map(_shown, self.questions))

    def __repr__(self):
        return f"Review(seed={self.seed}): {', '.join(q.exercise.name for q in self.questions)}"


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
        Where the notebooks are: beside the one that asks, unless told otherwise.

    Returns
    -------
    Review

    Raises
    ------
    ValueError
        A lesson that has no exercise, or more questions than there are.
    FileNotFoundError
        A lesson's notebook is not in the folder.
    """
    asked = {number: [e for e in catalogue().values() if e.lesson == number] for number in lessons}
    if missing := [number for number in lessons if not asked[number]]:
        raise ValueError(f"expected lessons that have exercises, such as '01', got {missing}")
    total = sum(map(len, asked.values()))
    if not 1 <= count <= total:
        raise ValueError(f"expected from 1 to {total} questions, got {count}")
    drawn = _drawn(asked, random.Random(seed))[:count]
    return Review(tuple(_question(exercise, Path(folder)) for exercise in drawn), seed)


def _drawn(asked, chance):
    """Order all exercises at random, in rounds that take one of each lesson."""
    piles = [chance.sample(pile, len(pile)) for pile in asked.values()]
    rounds = [[pile[n] for pile in piles if n < len(pile)] for n in range(max(map(len, piles)))]
    return [exercise for each in rounds for exercise in chance.sample(each, len(each))]


def _question(exercise, folder):
    path = next(iter(sorted(folder.glob(f"{exercise.lesson}_*.ipynb"))), None)
    if path is None:
        raise FileNotFoundError(f"no notebook of lesson {exercise.lesson} in {folder.resolve()}")
    heading = None
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            heading = HEADING.search(source) or heading
        elif heading and f'check("{exercise.name}"' in source:
            text = heading.string[heading.end() :].strip()
            return Question(exercise, heading["title"], text, path.name)
    raise ValueError(f"expected {path.name} to ask {exercise.name} below a numbered heading")


def _shown(question):
    exercise = question.exercise
    answer = re.match(r"(?:def )?(\w+)", exercise.stub)[1]
    return (
        f"**{question.title}** (lesson [{exercise.lesson}]({question.notebook}), about "
        f"{exercise.minutes} minutes)\n\n{question.text}\n\n"
        f'```python\n{exercise.stub}\n\n\ncheck("{exercise.name}", {answer})\n```'
    )
