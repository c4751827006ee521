"""Paths through the lessons: each names slides that exist, and its minutes add up."""

import pickle
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import nbformat
import paths
import pytest
import running
import series

ROOT = Path(__file__).resolve().parents[2]
TALKS = [path for path in paths.all_paths() if path is not paths.VOTES]


@pytest.fixture(params=TALKS, ids=[path.name for path in TALKS], scope="module")
def path(request):
    return request.param


@pytest.fixture(scope="module")
def notebook(path):
    """Return a path's notebook, made once for the tests that only read it."""
    return paths.path_notebook(path)


def test_minutes_of_the_stops_add_up_to_the_path(path):
    assert sum(stop.minutes for stop in path.stops) == path.minutes


def test_a_path_s_notebook_shows_its_slides_in_order_and_plans_its_minutes(path, notebook):
    nbformat.validate(notebook)
    shown = [
        name
        for name, cells in paths.by_slide(notebook.cells).items()
        if paths.slide_type(cells[0]) == "slide"
    ]
    assert shown[0] == "title"
    stops = [
        n
        for name in shown[1:]
        for n, stop in enumerate(path.stops)
        if any(fnmatch(name, f"{stop.number}-{pattern}") for pattern in stop.slides)
    ]
    assert len(stops) == len(shown) - 1  # each is of one stop
    assert stops == sorted(stops)
    assert set(stops) == set(range(len(path.stops)))
    slides = paths.by_slide(notebook.cells).values()
    assert sum(map(paths.minutes_of, slides)) == path.minutes


def test_each_stop_has_a_note_with_the_minute_at_which_it_ends(path, notebook):
    notes = [c.source for c in notebook.cells if c.id.endswith("-path")]
    assert len(notes) == len(path.stops)
    assert f"until minute {path.minutes}:" in notes[-1]
    assert sum("Cut this first" in note for note in notes) == sum(s.late for s in path.stops) > 0


def test_the_only_minutes_that_stand_out_are_those_of_the_path(path, notebook):
    """A slide's notes tell how long it takes in its lesson, which a path may change."""
    notes = [cell for cell in notebook.cells if paths.slide_type(cell) == "notes"]
    bold = [cell.id for cell in notes if paths.MINUTES.search(cell.source)]
    assert bold == [cell.id for cell in notes if cell.id.endswith("-path")]
    assert any("In its lesson" in cell.source for cell in notes)
    assert [cell.id for cell in notes if "Within the minutes" in cell.source] == []


def test_every_slide_of_a_path_has_notes(notebook):
    slides = paths.by_slide(notebook.cells)
    assert [n for n, cells in slides.items() if "notes" not in map(paths.slide_type, cells)] == []


def test_the_paths_that_are_promised_exist():
    names = {"50", "90", "2x90-1", "2x90-2", "06-08", "09-10", "11-12"}
    assert names == {path.name for path in TALKS}
    assert [path.name for path in paths.paths_named("2x90")] == ["2x90-1", "2x90-2"]


def walked(talks):
    """Numbers of the lessons that some talk shows slides of."""
    return {stop.number for path in talks for stop in path.stops}


def test_each_lesson_is_on_a_path():
    assert walked(TALKS) == set(series.lessons())
    assert set(series.lessons()) - walked(TALKS[:-1]) == {"11", "12"}  # without the last path


@pytest.mark.parametrize("name", ["", "51", "90-", "2x", "06", "../50"])
def test_an_unknown_path_is_answered_with_those_there_are(name):
    with pytest.raises(ValueError, match=r"expected the name of a path \(50, 90, .*\), as in PATH"):
        paths.paths_named(name)


def test_the_votes_are_a_path_for_the_process_that_makes_decks_as_well():
    sent = pickle.loads(pickle.dumps(paths.VOTES))
    assert paths.path_notebook(sent).cells[0].source == "# Votes"


def test_a_vote_is_a_stop_with_minutes_and_its_own_steps():
    stops = (paths.Stop("03", ("see",), 8, ""), paths.Stop("03", ("vote-03-zero",), 3, "all hands"))
    slides = paths.by_slide(paths.path_notebook(paths.Path("odd", "", "", 11, stops)).cells)
    vote = slides["03-vote-03-zero"]
    assert [paths.slide_type(c) for c in vote] == [
        "slide",
        "notes",
        "notes",
        "fragment",
        "fragment",
    ]
    assert "until minute 11:** all hands" in vote[1].source
    assert paths.minutes_of(vote) == 3


def test_a_slide_that_a_lesson_lacks_is_answered_with_those_it_has():
    stop = paths.Stop("03", ("see", "nowhere"), 5, "")
    path = paths.Path("odd", "", "", 5, (stop,))
    with pytest.raises(ValueError, match=r"path odd: lesson 03 has no slide 'nowhere'; it has"):
        paths.path_notebook(path)


@pytest.mark.parametrize(
    ("notes", "minutes"),
    [
        ("**45 minutes in all**: 5 for this", 0),
        ("**1 minute.** Ask", 1),
        ("**6 minutes**, of which 4 are theirs.", 6),
        ("about 5 minutes", 0),
    ],
)
def test_minutes_are_read_off_the_notes(notes, minutes):
    slide, spoken = ({"slideshow": {"slide_type": kind}} for kind in ("slide", "notes"))
    title = nbformat.v4.new_markdown_cell("# Slide", metadata=slide)
    note = nbformat.v4.new_markdown_cell(notes, metadata=spoken)
    assert paths.minutes_of([title, note]) == minutes
    title.metadata["lessons"] = {"minutes": 9}  # a path knows better
    assert paths.minutes_of([title, note]) == 9


@pytest.mark.slow
def test_a_path_runs_from_top_to_bottom_without_an_error(path):
    notebook = running.run(paths.path_notebook(path), series.LESSONS)  # raises where a cell fails
    assert running.frame_count(notebook) > 0


@pytest.mark.sampled(3)
@pytest.mark.parametrize("tool", ["slides.py", "present.py", "script.py"])
def test_each_tool_says_which_paths_there_are(tool, tmp_path):
    option = [] if tool == "script.py" else ["--path"]
    made = subprocess.run(
        [sys.executable, ROOT / "tools" / tool, *option, "55"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 1
    assert "expected the name of a path (50, 90" in made.stderr
    assert len(made.stderr.strip().splitlines()) == 1


MAKEFILE = """\
include {root}/Makefile
talk:
\t@echo "$(TALK) $$PATH"
"""


@pytest.mark.parametrize("asked", [[], ["PATH=50"]])
def test_make_takes_a_path_and_still_finds_programs(asked, tmp_path, monkeypatch):
    (tmp_path / "Makefile").write_text(MAKEFILE.format(root=ROOT))
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    said = subprocess.run(
        ["make", "-s", "-C", tmp_path, "talk", *asked], capture_output=True, text=True, check=True
    )
    talk = "50" if asked else ""
    assert said.stdout.splitlines()[-1] == f"{talk} {tmp_path}:/usr/bin:/bin"
