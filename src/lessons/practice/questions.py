"""Questions as the notebooks ask them: what each exercise is called there, and its text."""

import json
import re
from pathlib import Path
from typing import NamedTuple

from lessons.practice.contents import LESSONS

HEADING = re.compile(r"^### \d+ · (?P<title>.+)$", re.MULTILINE)
ASKED = re.compile(r"""\bcheck\(\s*["']([\w-]+)["']""")


class Question(NamedTuple):
    """What a notebook asks.

    Attributes
    ----------
    title : str
        The heading, without its number.
    text : str
        The Markdown between the heading and the exercise's cell.
    """

    title: str
    text: str


def link_to(lesson: str, folder: str | Path = ".") -> str:
    """Return the way from a folder to a lesson's notebook; "" if it is not there.

    It lies beside, or as nbgrader has it: each lesson in a folder of its own.
    """
    name = LESSONS[lesson].notebook
    ways = name, f"../lesson_{lesson}/{name}"
    return next((way for way in ways if (Path(folder) / way).is_file()), "")


def questions(lesson: str, folder: str | Path = ".") -> dict[str, Question]:
    """Return a lesson's questions by the exercise's name: those that its notebook still asks.

    None of a notebook that is not there or cannot be read.
    """
    heading, found = None, dict[str, Question]()
    for kind, source in _cells(Path(folder) / link_to(lesson, folder)):
        if kind == "markdown":
            heading = HEADING.search(source) or heading
        elif heading:
            text = heading.string[heading.end() :].strip()
            for name in ASKED.findall(source):
                found.setdefault(name, Question(heading["title"], text))
    return found


def _cells(path):
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return [(cell["cell_type"], "".join(cell["source"])) for cell in cells]
    except (OSError, ValueError, KeyError, TypeError):
        return []
