"""Votes: peer-instruction questions of each lesson (slides/votes.toml), as slides and on paper."""

import tomllib
from dataclasses import dataclass
from functools import cache

import nbformat
from printing import whole
from series import ROOT

FILE = ROOT / "slides" / "votes.toml"


NOTES = (
    "About three minutes. Alone and in silence, then all hands at once. Between 30 and 70 % right: "
    "let them discuss in pairs, and vote again. Fewer: go back one slide. More: on to the answer."
)


@dataclass(frozen=True)
class Vote:
    """A question with four options, of which one is right and three are known misconceptions."""

    id: str
    ask: str
    options: dict[str, str]
    right: str
    why: str
    thoughts: dict[str, str]

    @property
    def lesson(self) -> str:
        """Number of the lesson that the question belongs to."""
        return self.id[:2]


@cache
def all_votes() -> tuple[Vote, ...]:
    """Return all questions, in the order of the file."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))["vote"]
    return tuple(Vote(**entry) for entry in entries)


def votes_of(number: str) -> list[Vote]:
    """Return a lesson's questions."""
    return [vote for vote in all_votes() if vote.lesson == number]


def question(vote: Vote) -> str:
    """Return a question with its options as Markdown."""
    options = "\n".join(f"- **{letter}** {text}" for letter, text in vote.options.items())
    return f"{vote.ask}\n\n{options}"


def answer(vote: Vote) -> str:
    """Return the answer, and what led to each wrong choice, as Markdown."""
    thoughts = "\n".join(f"- {letter}: {text}" for letter, text in vote.thoughts.items())
    return f"**{vote.right}.** {vote.why}\n\n{thoughts}"


def slide(vote: Vote) -> list:
    """Return a question's cells: vote; discuss and vote again; the answer and the thoughts."""
    steps = [
        ("slide", f"## Vote\n\n{question(vote)}"),
        ("notes", NOTES),
        ("fragment", "*Find someone who voted otherwise. Convince each other. Then vote again.*"),
        ("fragment", answer(vote)),
    ]
    return [
        nbformat.v4.new_markdown_cell(
            source, id=f"vote-{vote.id}-{n}" if n else f"vote-{vote.id}", metadata=_place(kind)
        )
        for n, (kind, source) in enumerate(steps)
    ]


def _place(kind):
    return {"slideshow": {"slide_type": kind}}


def with_votes(notebook, number: str):
    """Put a lesson's questions before its recap, or at its end, and return the lesson."""
    ids = [cell.id for cell in notebook.cells]
    at = ids.index("recap") if "recap" in ids else len(ids)
    notebook.cells[at:at] = [cell for vote in votes_of(number) for cell in slide(vote)]
    return notebook


def votes_notebook():
    """Return a notebook of all questions, lesson by lesson."""
    title = nbformat.v4.new_markdown_cell("# Votes", id="title", metadata=_place("slide"))
    cells = [cell for vote in all_votes() for cell in slide(vote)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(cells=[title, *cells], metadata={"kernelspec": kernel})


def vote_sheets():
    """Return the notebooks of the questions and of their answers, to print."""
    sheets = (("# Votes", question), ("# Votes: answers", answer))
    return [
        nbformat.v4.new_notebook(
            cells=[whole(heading), *(whole(f"**{vote.id}** {text(vote)}") for vote in all_votes())]
        )
        for heading, text in sheets
    ]
