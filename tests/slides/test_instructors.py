"""What the guide for instructors names exists, and its commands do what it says."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from functools import cache
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


# What a command leaves, under build/ of the tree.
LEAVES = {
    "slides --path 50": "slides/path_50.html",
    "slides --path 2x90": "slides/path_2x90-2.html",
    "slides --path votes": "slides/path_votes.html",
    "slides 03": "slides/03_binary_gradient.html",
    "slides": "slides/12_one_hidden_layer.html",
    "script 50": "script/path_50.pdf",
    "script 2x90": "script/path_2x90-2.pdf",
    "paper 03": "paper/03_worksheet.pdf",
    "handout 03": "handout/03_binary_gradient.pdf",
    "handout": "handout/12_one_hidden_layer.pdf",
    "assignment 03": "assignment/release/lesson_03/03_binary_gradient.ipynb",
}
_ASSIGNMENT = "tests/practice/test_assignment.py"
_WEEKS = f"{_ASSIGNMENT}::test_three_weeks_are_released_handed_in_and_graded_one_after_the_other"
_TOOLS = "tests/slides/test_tools.py"
_ROOM = "tests/slides/test_instructors.py::test_a_room_with_no_network_is_set_up_as_the_guide_says"
# Commands that a test of their own runs.
TESTED = {
    "present": f"{_TOOLS}::test_without_a_number_the_first_lesson_is_presented",
    "present 03": "tests/browser/test_presenting.py"
    "::test_make_present_runs_the_lesson_and_shows_its_first_slide_alone",
    "present --path 50": f"{_TOOLS}"
    "::test_the_slides_of_a_path_are_presented_and_written_anew_until_somebody_changes_them",
    "present --path 2x90-2": f"{_TOOLS}"
    "::test_the_first_of_two_sessions_is_presented_and_the_other_named",
    "present --path votes": f"{_TOOLS}::test_the_votes_are_presented",
    "paper": "tests/slides/test_printed.py"
    "::test_every_sheet_has_the_pages_that_are_promised_and_none_is_nearly_empty",
    "assignment 03 --again": f"{_ASSIGNMENT}"
    "::test_an_assignment_that_was_handed_in_is_not_released_again_unasked",
    "lab": "tests/project/test_lab.py"
    "::test_the_last_thing_said_is_an_address_with_its_token_on_this_machine_only",
    "make bench-hub": "tests/hub/test_load.py"
    "::test_two_students_enter_drag_and_answer_without_a_failure",
    "make clean": "tests/project/test_clean.py"
    "::test_clean_keeps_what_somebody_works_on_and_removes_the_rest",
    "nbgrader autograde lesson_03": _WEEKS,
    "nbgrader generate_feedback lesson_03": _WEEKS,
    "python -m lessons": "tests/project/test_package.py"
    "::test_with_jupyterlab_it_opens_at_the_first_lesson",
    "pip install -c constraints.txt '.[lab]'": _ROOM,
}
SPAN = re.compile(r"`((?:make|python|pip|nbgrader) [^`]+)`")
BOTH = {"PATH=2x90": ("make slides PATH=2x90", "make script PATH=2x90")}
TOOL = re.compile(r"python tools/(?!environment)(\w+)\.py(.*)")


@cache
def run_by_make(command):
    """What `make` would run: the tools of this tree with their arguments, or the command itself."""
    said = subprocess.run(
        ["make", "-n", *command.split()[1:]], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return tuple(" ".join([t, *shlex.split(rest)]) for t, rest in TOOL.findall(said)) or (command,)


def commands(guide):
    """All commands that a guide names in a line, as tools with their arguments."""
    spans = {
        *SPAN.findall(guide),
        *(c for name, made in BOTH.items() if f"`{name}`" in guide for c in made),
    }
    named = set()
    for span in spans:
        if span.startswith("make "):
            named |= set(run_by_make(span))
        else:
            tool = TOOL.fullmatch(span)
            named.add(f"{tool[1]}{tool[2]}" if tool else span)
    return named


def test_every_command_of_the_guide_is_run_by_a_test():
    named = commands(GUIDE)
    assert len(named) > 20
    assert named - set(LEAVES) - set(TESTED) == set()
    for place in TESTED.values():
        file, _, test = place.partition("::")
        assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), place


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("`make paper NB=04`", {"paper 04"}),
        ("`make present PATH=2x90`", {"present --path 2x90"}),
        ("`make assignment AGAIN=1`", {"assignment --again"}),
        ("`python tools/script.py 90`", {"script 90"}),
        ("`nbgrader collect lesson_03`", {"nbgrader collect lesson_03"}),
    ],
)
def test_a_command_that_no_test_runs_is_found(said, left):
    assert commands(f"{GUIDE}\n{said}") - set(LEAVES) - set(TESTED) == left


@pytest.mark.slow
@pytest.mark.parametrize("command", LEAVES)
def test_each_command_of_the_guide_leaves_what_it_says(command, tmp_path):
    tool, *asked = command.split()
    folder = tmp_path / tool
    folder.mkdir()
    (folder / "07_checking_gradients.html").touch()  # as if made before
    program = [sys.executable, ROOT / "tools" / f"{tool}.py"]
    subprocess.run([*program, *asked, "--to", folder], check=True, capture_output=True)
    assert (tmp_path / LEAVES[command]).stat().st_size > 5000
    if tool == "slides":
        links = re.findall(r'href="([^"]+)"', (folder / "index.html").read_text(encoding="utf-8"))
        assert {"07_checking_gradients.html", Path(LEAVES[command]).name} <= set(links)


def fenced():
    """Lines of the guide's blocks of shell commands."""
    blocks = re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)
    return [line.strip() for block in blocks for line in block.splitlines() if line.strip()]


def test_what_is_installed_for_the_room_has_jupyterlab():
    asked = [line for line in fenced() if " pip wheel " in line or " pip install " in line]
    assert len(asked) == 2
    assert [line for line in asked if not line.endswith("[lab]'")] == []


@pytest.mark.slow
def test_a_room_with_no_network_is_set_up_as_the_guide_says(tmp_path):
    unwanted = shutil.ignore_patterns(".*", "build", "work", "__pycache__", "node_modules")
    shutil.copytree(ROOT, tmp_path / "copy", ignore=unwanted)
    *lines, start = fenced()
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    own = {"cwd": tmp_path / "copy", "env": os.environ | {"PATH": path}, "check": True}
    for line in lines:
        subprocess.run(line, shell=True, **own)
    python, *tool = start.split()
    subprocess.run([python, *tool, "copy"], **own)  # all but the start itself
    subprocess.run([python, "-m", "jupyterlab", "--version"], **own)
    assert (tmp_path / "copy" / "work" / "03_binary_gradient.ipynb").exists()


def test_each_command_without_make_is_a_program_that_exists():
    named = re.findall(r"`python (tools/[a-z]+\.py)", GUIDE)
    assert len(set(named)) == 6
    assert [name for name in named if not (ROOT / name).exists()] == []
