"""What the guide for instructors names exists, and its minutes add up."""

import re
from pathlib import Path

import nbformat
import pytest

from lessons.practice import exercises

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "INSTRUCTORS.md").read_text(encoding="utf-8")
CELL = re.compile(r"`(\d\d) ([a-z0-9-]+)`")
ROW = re.compile(r"^\| (\d+) \|", re.MULTILINE)


def slides(number):
    """Ids of the cells that begin a slide of a lesson."""
    (path,) = (ROOT / "notebooks").glob(f"{number}_*.ipynb")
    cells = nbformat.read(path, as_version=4).cells
    return {c.id for c in cells if c.metadata["slideshow"].get("slide_type") == "slide"}


def section(heading):
    """Text from a heading to the next one of any level."""
    return re.split(r"^#+ ", GUIDE.partition(heading)[2], maxsplit=1, flags=re.MULTILINE)[0]


def test_every_slide_that_is_named_begins_a_slide():
    named = CELL.findall(GUIDE)
    assert len(named) > 50
    known = {number: slides(number) for number, _ in named}
    assert [f"{number} {name}" for number, name in named if name not in known[number]] == []


def test_every_exercise_that_is_named_exists():
    table = section("## What students get wrong, and where it is treated")
    named = re.findall(r"`([a-z]+[a-z0-9-]*)`", CELL.sub("", table))
    assert len(named) > 20
    assert set(named) - {exercise.name for exercise in exercises()} == set()


@pytest.mark.parametrize(("heading", "minutes"), [("### 50", 50), ("### 90", 90), ("### 2 ×", 180)])
def test_the_minutes_of_a_path_add_up(heading, minutes):
    assert sum(map(int, ROW.findall(section(heading)))) == minutes
