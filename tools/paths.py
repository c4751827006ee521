"""Paths through the lessons: talks of slides of several lessons, which slides/paths.toml names."""

import fnmatch
import re
import tomllib
from dataclasses import dataclass
from functools import cache, partial

import nbformat
from series import LESSONS, ROOT, lesson
from votes import votes_notebook, with_votes

FILE = ROOT / "slides" / "paths.toml"
MINUTES = re.compile(r"\*\*(\d+) minutes?\b(?! in all)")  # as slides/jupyterlab/static/speaker.js
BOLD_MINUTES = re.compile(r"\*\*(\d+ minutes?)(\.?)\*\*")
OTHERS_MINUTES = re.compile(r"Within the minutes of [^.]*\.\s*")  # of a slide of its lesson
BEFORE = (
    "Before it begins: the worksheet to everybody, at the door. With your first word start the "
    "clock of this view anew."
)

SESSION = re.compile(r"-\d$")


@dataclass(frozen=True)
class Stop:
    """Slides of one lesson, by name or pattern, that are shown in some minutes."""

    number: str
    slides: tuple[str, ...]
    minutes: int
    what: str
    late: bool = False  # cut first when time is short


@dataclass(frozen=True)
class Path:
    """A talk: its stops in order."""

    name: str
    title: str
    audience: str
    minutes: int
    stops: tuple[Stop, ...]

    @property
    def file_name(self) -> str:
        """Name of its notebook and deck, without an ending."""
        return f"path_{self.name}"


VOTES = Path("votes", "Votes for every lesson", "any class", 0, ())


def _stop(entry: dict) -> Stop:
    number, _, slides = entry["slides"].partition(":")
    return Stop(
        number, tuple(slides.split()), entry["minutes"], entry["what"], entry.get("late", False)
    )


@cache
def all_paths() -> tuple[Path, ...]:
    """Return all paths, in the order of the file."""
    entries = tomllib.loads(FILE.read_text(encoding="utf-8"))["path"]
    talks = [
        Path(e["name"], e["title"], e["for"], e["minutes"], tuple(map(_stop, e["stops"])))
        for e in entries
    ]
    return (*talks, VOTES)


def paths_named(name: str) -> list[Path]:
    """Return the path of a name, or its sessions in order: `2x90` gives `2x90-1` and `2x90-2`.

    Raises
    ------
    ValueError
        No path has the name: it says which there are.
    """
    found = [path for path in all_paths() if name in (path.name, SESSION.sub("", path.name))]
    if not found:
        names = ", ".join(path.name for path in all_paths())
        raise ValueError(f"expected the name of a path ({names}), as in PATH=50; got {name!r}")
    return found


def slide_type(cell) -> str:
    """Return a cell's slide type; empty for a cell that stays on the slide before it."""
    return cell.metadata.get("slideshow", {}).get("slide_type", "")


def minutes_of(cells) -> int:
    """Return how many minutes a slide plans: its first cell's metadata, or else the notes."""
    planned = cells[0].metadata.get("lessons", {}).get("minutes")
    notes = [cell.source for cell in cells if slide_type(cell) == "notes"]
    said = sum(int(found) for text in notes for found in MINUTES.findall(text))
    return said if planned is None else planned


def by_slide(cells) -> dict[str, list]:
    """Return a notebook's cells by the id of the cell that begins their slide."""
    slides: dict[str, list] = {}
    for cell in cells:
        if slide_type(cell) == "slide" or not slides:
            slides[cell.id] = []
        slides[next(reversed(slides))].append(cell)
    return slides


def path_notebook(path: Path):
    """Return one notebook of a path's slides, which runs from top to bottom.

    Of each lesson it keeps the slides of the path with their notes, and all programs before the
    last of them, since a slide may need what they define. Ids begin with the lesson's number.

    Raises
    ------
    ValueError
        A slide that its lesson does not have: it says which there are.
    """
    if path == VOTES:  # no identity: a deck is made in a process of its own
        return votes_notebook()
    numbers = list(dict.fromkeys(stop.number for stop in path.stops))
    notebooks = {n: _with_votes(n) for n in numbers}
    cells = _title(path)
    for number in numbers:
        cells += _cells_on(path, number, by_slide(notebooks[number].cells))
    return nbformat.v4.new_notebook(cells=cells, metadata=notebooks[numbers[0]].metadata)


def _with_votes(number):
    return with_votes(nbformat.read(lesson(number, LESSONS), as_version=4), number)


def _title(path):
    metadata = {"slideshow": {"slide_type": "slide"}}
    source = f"# {path.title}\n\n$$\\nabla_z L = \\hat y - y$$"
    slide = nbformat.v4.new_markdown_cell(source, id="title", metadata=metadata)
    return [slide, _spoken(BEFORE, "title-notes")]


def _cells_on(path, number, slides):
    stops = {n: s for s in path.stops if s.number == number for n in names_on(path, s, slides)}
    kept = []
    for name in list(slides)[: max(map(list(slides).index, stops)) + 1]:
        own = slides[name]
        if name in stops:
            begins = name == names_on(path, stops[name], slides)[0]
            kept += _on_path(path, stops[name], own, begins)
        else:
            kept += _off(own)
    for cell in kept:
        cell.id = f"{number}-{cell.id}"[:64]
    return kept


def names_on(path, stop, slides) -> list[str]:
    """Return the names of the slides that a stop's patterns stand for, in the lesson's order.

    Raises
    ------
    ValueError
        A pattern that no slide of the lesson fits.
    """
    for pattern in stop.slides:
        if not fnmatch.filter(slides, pattern):
            raise ValueError(
                f"path {path.name}: lesson {stop.number} has no slide {pattern!r}; "
                f"it has {', '.join(slides)}"
            )
    return [name for name in slides if any(map(partial(fnmatch.fnmatch, name), stop.slides))]


def _off(cells):
    """Return the programs among cells that no slide shows, hidden."""
    programs = [cell for cell in cells if cell.cell_type == "code"]
    for cell in programs:
        cell.metadata["slideshow"] = {"slide_type": "skip"}
    return programs


def _on_path(path, stop, cells, begins):
    """Return a slide's cells with the path's minutes, and what the path says of it as a note."""
    shown = [c for c in cells if slide_type(c) != "skip" or c.cell_type == "code"]
    for cell in shown:
        if slide_type(cell) == "notes":
            cell.source = BOLD_MINUTES.sub(r"In its lesson \1\2", cell.source)
            cell.source = OTHERS_MINUTES.sub("", cell.source)
    own = shown[0].metadata.get("lessons", {})
    shown[0].metadata["lessons"] = own | {"minutes": stop.minutes if begins else 0}
    return [shown[0], _note(path, stop, shown[0].id), *shown[1:]] if begins else shown


def _note(path, stop, name):
    end = sum(earlier.minutes for earlier in path.stops[: path.stops.index(stop) + 1])
    what = stop.what if stop.what.endswith(("?", "!", ".")) else f"{stop.what}."
    late = " Cut this first when time is short." if stop.late else ""
    text = f"**{stop.minutes} minutes on this path, until minute {end}:** {what}{late}"
    return _spoken(text, f"{name}-path")


def _spoken(text, name):
    metadata = {"slideshow": {"slide_type": "notes"}}
    return nbformat.v4.new_markdown_cell(text, id=name, metadata=metadata)
