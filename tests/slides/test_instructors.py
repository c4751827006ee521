"""What the guide for instructors names exists, and its commands do what it says."""

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import paths
import pytest

from lessons.practice import exercises

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "INSTRUCTORS.md").read_text(encoding="utf-8")
CELL = re.compile(r"`(\d\d) ([a-z0-9-]+)`")


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
    assert len(named) > 30
    known = {number: slides(number) for number, _ in named}
    assert [f"{number} {name}" for number, name in named if name not in known[number]] == []


def test_every_exercise_that_is_named_exists():
    table = section("## What students get wrong, and where it is treated")
    named = re.findall(r"`([a-z]+[a-z0-9-]*)`", CELL.sub("", table))
    assert len(named) > 20
    assert set(named) - {exercise.name for exercise in exercises()} == set()


def test_the_paths_are_those_of_the_data_with_their_minutes_and_what_is_cut():
    told = section("## Paths")
    for path in paths.all_paths():
        if path is paths.VOTES:
            continue
        assert f"| `{path.name}` | {path.title} | {path.audience} | {path.minutes} |" in told
        cuts = [f"`{s.number} {s.slides[0]}` ({s.minutes})" for s in path.stops if s.late]
        assert f"| `{path.name}` | {', '.join(cuts)} |" in told


def test_every_make_command_is_a_target():
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    named = re.findall(r"`make ([a-z]+)", GUIDE)
    assert len(set(named)) >= 7
    assert set(named) - set(targets) == set()


# What a command leaves, under build/ of the tree; presenting has a test in a browser of its own.
LEAVES = {
    "slides --path 50": "slides/path_50.html",
    "slides 03": "slides/03_binary_gradient.html",
    "script 50": "script/path_50.pdf",
    "paper 03": "paper/03_worksheet.pdf",
    "handout 03": "handout/03_binary_gradient.pdf",
    "assignment 03": "assignment/release/lesson_03/03_binary_gradient.ipynb",
}


@pytest.mark.slow
@pytest.mark.parametrize("command", LEAVES)
def test_each_command_of_the_guide_leaves_what_it_says(command, tmp_path):
    tool, *asked = command.split()
    folder = tmp_path / tool
    program = [sys.executable, ROOT / "tools" / f"{tool}.py"]
    subprocess.run([*program, *asked, "--to", folder], check=True, capture_output=True)
    assert (tmp_path / LEAVES[command]).stat().st_size > 5000


def test_each_command_without_make_is_a_program_that_exists():
    named = re.findall(r"`python (tools/[a-z]+\.py)", GUIDE)
    assert len(set(named)) == 6
    assert [name for name in named if not (ROOT / name).exists()] == []
