"""Print the script of a talk to build/script: `python tools/script.py 50`.

Each slide stands there small, with its notes, the minutes that it has and what is cut first when
time is short. Which paths there are is in slides/paths.toml.
"""

import argparse
import sys
from fnmatch import fnmatch
from pathlib import Path

from handout import for_paper
from npm_packages import MissingNpmError
from paths import by_slide, minutes_of, path_notebook, paths_named, slide_type
from printing import browser, print_page
from series import ROOT

from slides import assets, exporter, link_and_describe, open_notes


def lay_out(notebook, path) -> None:
    """Put each slide's cells, without what is hidden, beside its notes, under its minutes."""
    late = [f"{stop.number}-{name}" for stop in path.stops if stop.late for name in stop.slides]
    minute, cells = 0, []
    for name, own in by_slide(notebook.cells).items():
        shown = [cell for cell in own if slide_type(cell) not in ("notes", "skip")]
        notes = [cell for cell in own if slide_type(cell) == "notes"]
        minutes = minutes_of(own)
        span = f"minute {minute} to {minute + minutes}" if minutes else "the same minutes"
        span = span if cells else "before it begins"
        cut = " · cut first when late" if any(fnmatch(name, one) for one in late) else ""
        minute += minutes
        for cell in shown + notes:
            cell.metadata["script"] = {"before": "", "after": ""}
            cell.metadata["slideshow"] = {}  # on this paper notes are shown
        head = f"<header>{span} · {name}{cut}</header>"
        _wrap(shown, f'<section class="stop">{head}<div class="shown">', "</div>")
        _wrap(notes, '<div class="said">', "</div>")
        (notes or shown)[-1].metadata["script"]["after"] += "</section>"
        cells += shown + notes
    notebook.cells = cells


def _wrap(cells, before, after):
    if cells:
        cells[0].metadata["script"]["before"] = before
        cells[-1].metadata["script"]["after"] = after


def write_script(path, folder: Path) -> Path:
    """Write a path's script as a page, print it, and return where the PDF is."""
    notebook = path_notebook(path)
    open_notes(notebook)
    link_and_describe(notebook)
    for_paper(notebook)
    lay_out(notebook, path)
    resources = {"title": path.title, "assets": assets()}
    page, _ = exporter("script").from_notebook_node(notebook, resources)
    html = folder / f"{path.file_name}.html"
    html.write_text(page, encoding="utf-8")
    return print_page(html)


def main() -> int:
    """Print the script that the command line asks for; return an exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", nargs="?", default="", help="name of a path, such as 50")
    parser.add_argument("--to", type=Path, default=ROOT / "build" / "script", metavar="FOLDER")
    asked = parser.parse_args()
    try:
        browser()
        paths = paths_named(asked.path)
        asked.to.mkdir(parents=True, exist_ok=True)
        for path in paths:
            print(write_script(path, asked.to.resolve()).name, flush=True)
    except (ValueError, FileNotFoundError, MissingNpmError) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
