"""Write each lesson as one file that opens with no network: `python tools/slides.py [03 ...]`.

The decks go to build/slides/, or to the folder given with --to, with an index beside them.
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
from pygments.formatters import HtmlFormatter
from running import frame_count, run, slide_type
from series import ROOT, chosen

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
    "deck.js": "deck/deck.js",
    "handout.css": "handout/handout.css",
    "handout.js": "handout/handout.js",
    "mathjax.config.js": "mathjax.config.js",
}
DETAILS = re.compile(r"</?details>|<summary>.*?</summary>")


def assets() -> dict[str, str]:
    """Return everything that is inlined, by the name that the template uses."""
    own = {name: (ROOT / "slides" / path).read_text(encoding="utf-8") for name, path in OWN.items()}
    own["largest.js"] = own["largest.js"].replace("export ", "")  # inlined, it is no module
    packed = {name: text(*place) for name, place in PACKED.items()}
    code = {"pygments.css": HtmlFormatter(style="default").get_style_defs(".highlight")}
    return own | packed | code


def title(notebook) -> str:
    """Return a lesson's first heading."""
    return notebook.cells[0].source.splitlines()[0].lstrip("# ")


def place_on_slides(notebook) -> None:
    """Say for each cell what opens before it and closes after it; notes belong to their slide."""
    starts = [n for n, cell in enumerate(notebook.cells) if slide_type(cell) == "slide"]
    last = len(notebook.cells) - 1
    for index, cell in enumerate(notebook.cells):
        cell.metadata["deck"] = {
            "kind": slide_type(cell),
            "before": "<section>" if index in starts else "",
            "after": "</section>" if index + 1 in starts or index == last else "",
        }


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


def write_deck(lesson: Path, folder: Path) -> str:
    """Execute a lesson, write its deck and return a line that says how large it is.

    Raises
    ------
    ValueError
        If the deck has too many frames or bytes.
    """
    notebook = run(lesson)
    frames = frame_count(notebook)
    place_on_slides(notebook)
    link_and_describe(notebook)
    open_notes(notebook)
    resources = {"title": title(notebook), "assets": assets(), "films": frames > 0}
    page, _ = exporter("deck").from_notebook_node(notebook, resources)
    size = len(page.encode())
    if frames > MOST_FRAMES or size > MOST_BYTES:
        raise ValueError(
            f"{lesson.name}: expected at most {MOST_FRAMES} frames and {MOST_BYTES / 1e6:g} MB, "
            f"got {frames} and {size / 1e6:.1f} MB"
        )
    (folder / f"{lesson.stem}.html").write_text(page, encoding="utf-8")
    return f"{lesson.stem}.html  {size / 1e6:.1f} MB, {frames} frames"


def write_index(lessons: list[Path], folder: Path) -> None:
    """Write the page that leads to each deck."""
    titles = [title(nbformat.read(lesson, as_version=4)) for lesson in lessons]
    items = "\n".join(
        f'<li><a href="{lesson.stem}.html">{escape(name)}</a></li>'
        for lesson, name in zip(lessons, titles, strict=True)
    )
    page = (ROOT / "slides" / "deck" / "contents.html").read_text(encoding="utf-8")
    (folder / "index.html").write_text(page.replace("<!-- items -->", items), encoding="utf-8")


def write_all(lessons: list[Path], folder: Path) -> None:
    """Write the decks, two at a time where there are two processors, and the index."""
    for name in pinned():
        package(name)
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(min(len(lessons), os.cpu_count())) as pool:
        for line in pool.map(write_deck, lessons, [folder] * len(lessons)):
            print(line, flush=True)
    write_index(lessons, folder)


def arguments(description: str, folder: Path) -> tuple[list[str], Path]:
    """Read numbers of lessons and the folder to write to from the command line."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("lesson", nargs="*", help="number of a lesson; all of them unless told")
    parser.add_argument("--to", type=Path, default=folder, metavar="FOLDER")
    read = parser.parse_args()
    return read.lesson, read.to


def main() -> int:
    """Write the decks that the command line asks for; return an exit status."""
    numbers, folder = arguments(__doc__, ROOT / "build" / "slides")
    try:
        write_all(chosen(numbers), folder)
    except (ValueError, MissingNpmError) as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"Open {folder / 'index.html'}. In a deck: S opens the speaker view.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
