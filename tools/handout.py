"""Write each lesson as a PDF to print, and as the page it is made from.

`python tools/handout.py [03 ...]`: they go to build/handout/, or to the folder given with --to.
Outputs are those stored in the notebooks.
"""

import re
import sys
from pathlib import Path

import nbformat
from npm_packages import MissingNpmError
from printing import browser, print_page
from series import ROOT, chosen

from slides import arguments, assets, exporter, link_and_describe, title

# What can be moved, opened or asked in the notebook lies still on paper; say what to do instead.
STILL = {
    "Explorer": "This picture stands still. In the notebook it moves, with its numbers below it.",
    "DerivationReveal": "Paper has no <i>Next</i>: cover the lines, and uncover one at a time.",
    "SketchPanel": "Write your verdict beside each line, and a number that refutes it.",
    "TutorPanel": "Write each line below the one before, with the reason why they are equal.",
}
REPR = re.compile(rf"\w*?({'|'.join(STILL)})\(")
TYPING = re.compile(r"<div>Type a line in plain text.*?</div>")


def lay_still(cell) -> None:
    """Put above what a cell shows how to use it on paper, if the notebook has another way."""
    for output in cell.get("outputs", [])[:1]:
        data = output.get("data", {})
        if kind := REPR.match(data.get("text/plain", "")):
            words = {"text/html": f'<p class="still">{STILL[kind[1]]}</p>'}
            cell.outputs.insert(0, nbformat.v4.new_output("display_data", words))
        if "text/html" in data:
            data["text/html"] = TYPING.sub("", data["text/html"])


def for_paper(notebook) -> None:
    """Drop what paper cannot do: move, answer, and lead to another file."""
    for cell in notebook.cells:
        lay_still(cell)
        if cell.get("id") == "next":  # older notebooks have none
            cell.source = cell.source.rsplit("\n\n", 1)[0]


def write_page(lesson: Path, folder: Path) -> Path:
    """Write a lesson as one page with everything in it, and return its path."""
    notebook = nbformat.read(lesson, as_version=4)
    link_and_describe(notebook)
    for_paper(notebook)
    resources = {"title": title(notebook), "assets": assets()}
    content, _ = exporter("handout").from_notebook_node(notebook, resources)
    page = folder / f"{lesson.stem}.html"
    page.write_text(content, encoding="utf-8")
    return page


def main() -> int:
    """Write the handouts that the command line asks for; return an exit status."""
    asked = arguments(__doc__, ROOT / "build" / "handout")
    folder = asked.to
    folder.mkdir(parents=True, exist_ok=True)
    try:
        browser()
        for lesson in chosen(asked.lesson):
            print(print_page(write_page(lesson, folder.resolve())).name, flush=True)
    except (ValueError, FileNotFoundError, MissingNpmError) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
