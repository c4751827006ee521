"""Write lessons or a path as decks that open with no network: `python tools/slides.py [03 ...]`.

With `--path 50` it is one deck of the slides of a path (slides/paths.toml). The decks go to
build/slides/, or to the folder given with --to, with an index of all that lie there.
"""

import argparse
import os
import re
import sys
from concurrent.futures import ProcessPoolExecutor
from html import escape
from pathlib import Path

import nbformat
from nbconvert import HTMLExporter
from npm_packages import MissingNpmError, package, pinned, text
from paths import all_paths, by_slide, minutes_of, path_notebook, paths_named, slide_type
from pygments.formatters import HtmlFormatter
from running import frame_count, run
from series import LESSONS, ROOT, chosen
from votes import with_votes

MOST_FRAMES = 200
MOST_BYTES = 15_000_000
PACKED = {
    "reset.css": ("reveal.js", "dist/reset.css"),
    "reveal.css": ("reveal.js", "dist/reveal.css"),
    "reveal.js": ("reveal.js", "dist/reveal.js"),
    "notes.js": ("reveal.js", "plugin/notes/notes.js"),
    "mathjax.js": ("mathjax", "es5/tex-svg-full.js"),
    "require.js": ("requirejs", "require.js"),
    "widgets.js": ("@jupyter-widgets/html-manager", "dist/embed-amd.js"),
}
OWN = {
    "deck.css": "deck/deck.css",
    "largest.js": "jupyterlab/static/largest.js",
    "pointing.js": "jupyterlab/static/pointing.js",
    "controls.js": "jupyterlab/static/controls.js",
    "talk.js": "deck/talk.js",
    "deck.js": "deck/deck.js",
    "handout.css": "handout/handout.css",
    "handout.js": "handout/handout.js",
    "mathjax.config.js": "mathjax.config.js",
}
DETAILS = re.compile(r"</?details>|<summary>.*?</summary>")


def assets() -> dict[str, str]:
    """Return everything that is inlined, by the name that the template uses."""
    own = {name: (ROOT / "slides" / path).read_text(encoding="utf-8") for name, path in OWN.items()}
    for name in ("largest.js", "controls.js", "pointing.js"):
        own[name] = own[name].replace("export ", "")  # inlined, it is no module
    packed = {name: text(*place) for name, place in PACKED.items()}
    code = {"pygments.css": HtmlFormatter(style="default").get_style_defs(".highlight")}
    return own | packed | code


def title(notebook) -> str:
    """Return a lesson's first heading."""
    return notebook.cells[0].source.splitlines()[0].lstrip("# ")


def place_on_slides(notebook) -> None:
    """Say for each cell what opens before it and closes after it; notes belong to their slide.

    A slide's id is its first cell's, which its address shows; its seconds pace the speaker's clock.
    """
    for name, cells in by_slide(notebook.cells).items():
        for cell in cells:
            cell.metadata["deck"] = {"kind": slide_type(cell), "before": "", "after": ""}
        seconds = 60 * minutes_of(cells)
        cells[0].metadata["deck"]["before"] = f'<section id="{name}" data-timing="{seconds}">'
        cells[-1].metadata["deck"]["after"] = "</section>"


def description(cell) -> str | None:
    """Return what is written of a cell's picture, or else the repr of what drew it, an explorer."""
    written = cell.metadata.get("lessons", {}).get("alt")
    shown = [output.get("data", {}) for output in cell.get("outputs", [])]
    drawn = [data["text/plain"] for data in shown if "image/png" in data]
    return written or next((text for text in drawn if not text.startswith("<")), None)


def link_and_describe(notebook) -> None:
    """Let links between lessons stay among the pages, and give pictures their descriptions."""
    for cell in notebook.cells:
        cell.source = re.sub(r"\]\((\d\d_\w+)\.ipynb", r"](\1.html", cell.source)
        if described := description(cell):
            cell.metadata["alt"] = described


def open_notes(notebook) -> None:
    """Take the fold off the speaker's notes, which a student sees closed."""
    for cell in notebook.cells:
        if slide_type(cell) == "notes":
            cell.source = DETAILS.sub("", cell.source).strip()


def exporter(template: str) -> HTMLExporter:
    """Return an exporter for one of the templates in slides/."""
    return HTMLExporter(
        template_name=template,
        extra_template_basedirs=[str(ROOT / "slides")],
        exclude_anchor_links=True,
        embed_images=True,
    )


def lesson_deck(lesson: Path, folder: Path) -> str:
    """Execute a lesson, write its deck and return a line that says how large it is."""
    notebook = nbformat.read(lesson, as_version=4)
    name = title(notebook)
    notebook = with_votes(notebook, lesson.name[:2])
    return write_deck(notebook, folder / f"{lesson.stem}.html", name)


def path_deck(path, folder: Path) -> str:
    """Execute what a path needs, write its deck and return a line that says how large it is."""
    most = MOST_FRAMES * len({stop.number for stop in path.stops})
    return write_deck(path_notebook(path), folder / f"{path.file_name}.html", path.title, most)


def write_deck(notebook, file: Path, name: str, most: int = MOST_FRAMES) -> str:
    """Execute a notebook, write its deck and return a line that says how large it is.

    Raises
    ------
    ValueError
        If the deck has too many frames or bytes.
    """
    notebook = run(notebook, LESSONS)
    frames = frame_count(notebook)
    place_on_slides(notebook)
    link_and_describe(notebook)
    open_notes(notebook)
    resources = {"title": name, "assets": assets(), "films": frames > 0}
    page, _ = exporter("deck").from_notebook_node(notebook, resources)
    size = len(page.encode())
    if frames > most or size > MOST_BYTES:
        raise ValueError(
            f"{file.stem}: expected at most {most} frames and {MOST_BYTES / 1e6:g} MB, "
            f"got {frames} and {size / 1e6:.1f} MB"
        )
    file.write_text(page, encoding="utf-8")
    return f"{file.name}  {size / 1e6:.1f} MB, {frames} frames"


def titles() -> dict[str, str]:
    """Return the title of each deck that can be made, by its file's name."""
    lessons = {f"{p.stem}.html": title(nbformat.read(p, as_version=4)) for p in chosen([])}
    return lessons | {f"{path.file_name}.html": path.title for path in all_paths()}


def write_index(folder: Path) -> None:
    """Write the page that leads to each deck in a folder, whenever it was made."""
    items = "\n".join(
        f'<li><a href="{name}">{escape(text)}</a></li>'
        for name, text in titles().items()
        if (folder / name).exists()
    )
    page = (ROOT / "slides" / "deck" / "contents.html").read_text(encoding="utf-8")
    (folder / "index.html").write_text(page.replace("<!-- items -->", items), encoding="utf-8")


def write_all(write, sources: list, folder: Path) -> None:
    """Write decks, two at a time where there are two processors, and the index."""
    for name in pinned():
        package(name)
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(min(len(sources), os.cpu_count())) as pool:
        for line in pool.map(write, sources, [folder] * len(sources)):
            print(line, flush=True)
    write_index(folder)


def arguments(description: str, folder: Path):
    """Read numbers of lessons, or a path, and the folder to write to from the command line."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("lesson", nargs="*", help="number of a lesson; all of them unless told")
    parser.add_argument("--path", help="name of a path in slides/paths.toml, such as 50")
    parser.add_argument("--to", type=Path, default=folder, metavar="FOLDER")
    return parser.parse_args()


def main() -> int:
    """Write the decks that the command line asks for; return an exit status."""
    asked = arguments(__doc__, ROOT / "build" / "slides")
    try:
        if asked.path:
            write_all(path_deck, paths_named(asked.path), asked.to)
        else:
            write_all(lesson_deck, chosen(asked.lesson), asked.to)
    except (ValueError, MissingNpmError) as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"Open {asked.to / 'index.html'}. In a deck: S opens the speaker view.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
