"""Write the site, a folder for any web server, to build/site: `python tools/website.py`.

Pages to read are made by Sphinx, the live edition by JupyterLite with the Pyodide that
`tools/pyodide_distribution.py` assembles. `--pyodide FOLDER` takes Pyodide's wheels from a folder.
"""

import argparse
import io
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from html import escape
from pathlib import Path

import nbformat
import npm_packages
import pyodide_distribution
import series
from addresses import addresses
from environment import LAB, LITE
from npm_packages import MissingNpmError
from PIL import Image, ImageColor
from pyodide_distribution import KERNEL_EXTENSION, WrongWheelError
from series import ROOT

from lessons.colours import DARK, LIGHT
from lessons.live import BinaryExplorer
from lessons.live.base.page import Page
from lessons.student_notebooks import student_notebook
from slides import description, slide_type, title

DOCS = ROOT / "docs"
WORK, SITE = ROOT / "build" / "website", ROOT / "build" / "site"
FILM = {"frames": 33, "columns": 3, "from": -4.0, "to": 4.0}
MOST_FILM_BYTES = 300_000
DARK_PAGE = "#14181E"  # the theme's ground
EXTENSIONS = (  # of JupyterLab, among all that are installed here, and JupyterLite's own
    f"{LITE}/{KERNEL_EXTENSION}",
    f"{LAB}/@jupyter-widgets/jupyterlab-manager",
    f"{LAB}/anywidget",
    f"{LAB}/lessons",
)
ROOMS = ("model", "proofs", "live", "practice", "datasets")
KERNEL = f"{KERNEL_EXTENSION}:kernel"
MINUTES = re.compile(r"\*\*(\d+) minutes in all\*\*")


def run(*command, cwd=ROOT) -> None:
    """Run a command, and show what it says only if it fails."""
    told = [str(part) for part in command]
    done = subprocess.run(told, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(
            f"{' '.join(told[:4])} failed:\n{done.stdout[-4000:]}{done.stderr[-4000:]}"
        )


def build_wheel(folder: Path) -> Path:
    """Build the package's wheel."""
    shutil.rmtree(folder, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--no-deps"]
    run(*pip, "--no-build-isolation", "-w", folder, ROOT)
    (wheel,) = folder.glob("lessons-*.whl")
    return wheel


def live_link(lesson: str, cell: str, text: str, style: str = "live-link") -> str:
    """Return a link from a lesson's page to one of its cells in the live edition."""
    address = f"../lite/open.html?lesson={lesson}#{cell}"
    return f'<a class="{style}" href="{address}">{text}</a>'


def readable(path: Path):
    """Return a lesson to read: as stored, without speaker notes, its pictures described."""
    notebook = nbformat.read(path, as_version=4)
    cells = []
    for cell in notebook.cells:
        if slide_type(cell) == "notes":
            continue
        cells.append(cell)
        if cell.cell_type == "code" and (words := description(cell)):
            cell.metadata["mystnb"] = {"image": {"alt": words}}
            if any("Explorer" in out.get("data", {}).get("text/plain", "") for out in cell.outputs):
                link = live_link(path.stem, cell.id, "Open live, and move it")
                cells.append(nbformat.v4.new_markdown_cell(link, id=f"{cell.id}-live"[:64]))
    button = live_link(path.stem, cells[0].id, "Open live", "btn btn-primary")
    cells.insert(1, nbformat.v4.new_markdown_cell(button, id="open-live"))
    notebook.cells = cells
    return notebook


def subjects() -> dict[str, str]:
    """Return what each lesson is about, by its number, as README's list of them says."""
    row = r"^\| (\d\d) \| \[.+\]\(notebooks/.+\) \| (.+) \|$"
    return dict(re.findall(row, (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE))


def minutes(notebook) -> str:
    """Return how long a lesson takes, as its first speaker notes say."""
    found = MINUTES.search("\n".join(cell.source for cell in notebook.cells[:3]))
    return f"{found[1]}&nbsp;min" if found else ""


def lesson_rows(lessons: dict[str, Path], page: str) -> str:
    """Return a table of the lessons: title, what it is about, minutes."""
    rows = ["| | lesson | what it is about | time |", "|---|---|---|---|"]
    about = subjects()
    for number, path in lessons.items():
        notebook = nbformat.read(path, as_version=4)
        name = title(notebook).partition("· ")[2] or title(notebook)
        link = page.format(path.stem)
        rows.append(f"| {number} | [{name}]({link}) | {about[number]} | {minutes(notebook)} |")
    return "\n".join(rows)


def few_colours(picture, ground: str):
    """Return a picture in 64 colours, its ground the page's own and not one near it."""
    few = picture.quantize(64, dither=Image.Dither.NONE)
    _, most = max(few.getcolors())
    colours = few.getpalette()
    colours[3 * most : 3 * most + 3] = ImageColor.getrgb(ground)
    few.putpalette(colours)
    return few.convert("RGB")


def film_sheet(palette, file: Path) -> tuple[int, int]:
    """Write all frames of the landing page's film as one sheet, in rows; return a frame's size.

    Raises
    ------
    ValueError
        If the sheet is larger than a first screen should wait for.
    """
    explorer = BinaryExplorer(z=FILM["from"], y=1.0)
    explorer.show_on(Page(width=720, scale=2.0, palette=palette))
    frames = []
    for number in range(FILM["frames"]):
        share = number / (FILM["frames"] - 1)
        explorer.z.value = FILM["from"] + share * (FILM["to"] - FILM["from"])
        frames.append(Image.open(io.BytesIO(explorer.picture.png)).convert("RGB"))
    (width, height), columns = frames[0].size, FILM["columns"]
    sheet = Image.new("RGB", (width * columns, height * -(-len(frames) // columns)))
    for number, frame in enumerate(frames):
        row, column = divmod(number, columns)
        sheet.paste(frame, (column * width, row * height))
    few_colours(sheet, palette.ground).save(file, lossless=True)
    if file.stat().st_size > MOST_FILM_BYTES:
        raise ValueError(f"{file.name}: expected at most {MOST_FILM_BYTES} bytes, it has more")
    return width, height


def film_html(width: int, height: int) -> str:
    """Return the landing page's film: frames, a slider over them, and a button that stops it."""
    data = " ".join(f'data-{name}="{value}"' for name, value in FILM.items())
    words = (
        "Two panels. Left, the sigmoid: an arrow from the target 1 to the prediction is the gap. "
        "Right, the loss: the slope of its tangent is the same number."
    )
    return f"""\
<div class="film" {data} style="--width:{width};--height:{height};--columns:{FILM["columns"]}">
<div class="frame" role="img" aria-label="{words}"></div>
<div class="hand"><button class="play btn btn-outline-secondary btn-sm" type="button">Play</button>
<label for="film-z">z</label><input class="slider" id="film-z" type="range" min="0"
max="{FILM["frames"] - 1}" value="0"></div>
</div>
<script type="module" src="_static/film.js"></script>"""


def fill(page: Path, **parts: str) -> None:
    """Put parts in place of the comments that name them in a page.

    Raises
    ------
    ValueError
        The page has no such comment.
    """
    text = page.read_text(encoding="utf-8")
    for name, part in parts.items():
        if f"<!-- {name} -->" not in text:
            raise ValueError(f"{page.name} has no place for {name}")
        text = text.replace(f"<!-- {name} -->", part)
    page.write_text(text, encoding="utf-8")


def room_pages(folder: Path) -> str:
    """Write the reference's page of each room; return the list of them."""
    for room in ROOMS:
        words = (
            f"# lessons.{room}\n\n```{{eval-rst}}\n.. automodule:: lessons.{room}\n   :members:\n"
        )
        text = f"{words}   :imported-members:\n```\n"
        (folder / f"{room}.md").write_text(text, encoding="utf-8")
    return "```{toctree}\n" + "\n".join(ROOMS) + "\n```"


def counts() -> str:
    """Return how much is checked, counted by the tests' own collection."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    rooms = {
        "derivations, and every mutant of each of their steps": "tests/proofs",
        "the model: digits, shapes, bad input": "tests/model",
        "exercises, and planted answers to each": "tests/practice",
        "explorers": "tests/live",
        "what notebooks say and show": "tests/notebooks",
    }
    done = subprocess.run(
        [*command, *rooms.values()], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = Counter("/".join(line.split("/")[:2]) for line in done.stdout.splitlines())
    return "\n".join(
        ["| what | checks |", "|---|---|"]
        + [f"| {what} | {found[folder]} |" for what, folder in rooms.items()]
    )


def deck_links() -> str:
    """Return links to the decks and handouts, as far as they have been made."""
    made = {
        "Decks": [ROOT / "build" / "slides", "html"],
        "Handouts": [ROOT / "build" / "handout", "pdf"],
    }
    lines = []
    for name, (folder, suffix) in made.items():
        files = sorted(folder.glob(f"[0-9][0-9]_*.{suffix}"))
        links = ", ".join(f'<a href="{folder.name}/{f.name}">{f.stem[:2]}</a>' for f in files)
        lines += [f"**{name}** to open or download: {links}."] if files else []
    return "\n\n".join(lines)


def with_repository_links(text: str) -> str:
    """Let links to files that are no pages of the site lead to them in the repository."""
    return re.sub(r"\]\(([\w/.-]+)\)", rf"]({addresses()['source']}/blob/HEAD/\1)", text)


def write_source(source: Path, lessons: dict[str, Path]) -> None:
    """Write what Sphinx reads."""
    shutil.copytree(DOCS, source)
    for path in lessons.values():
        nbformat.write(readable(path), source / "lessons" / path.name)
    instructors = (ROOT / "INSTRUCTORS.md").read_text(encoding="utf-8").partition("\n")[2]
    instructors = with_repository_links(instructors).replace("- [ ] ", "- ")
    (source / "INSTRUCTORS.md").write_text(instructors, encoding="utf-8")
    (size,) = {
        film_sheet(palette, source / "_static" / f"film-{name}.webp")
        for name, palette in (("light", LIGHT), ("dark", DARK._replace(ground=DARK_PAGE)))
    }
    mathjax = npm_packages.package("mathjax") / "es5"
    (source / "_static" / "mathjax").mkdir()
    shutil.copy(mathjax / "tex-svg-full.js", source / "_static" / "mathjax")
    rows = lesson_rows(lessons, "lessons/{}.ipynb")
    fill(source / "index.md", film=film_html(*size), lessons=rows)
    listed = "\n".join(path.stem for path in lessons.values())
    fill(
        source / "lessons" / "index.md",
        lessons=lesson_rows(lessons, "{}.ipynb"),
        tree=f"```{{toctree}}\n:hidden:\n{listed}\n```",
    )
    fill(source / "reference" / "index.md", rooms=room_pages(source / "reference"))
    fill(source / "checked.md", counts=counts())
    fill(source / "teach.md", decks=deck_links())


def lite_settings(packages: list[str]) -> dict:
    """Return the live edition's `jupyter-lite.json`."""
    kernel = {"disablePyPIFallback": True, "loadPyodideOptions": {"packages": packages}}
    overrides = json.loads((ROOT / "slides" / "jupyterlab" / "overrides.json").read_text())
    config = {
        "appName": project(),
        "exposeAppInBrowser": True,
        "litePluginSettings": {KERNEL: kernel},
        "settingsOverrides": overrides,
    }
    return {"jupyter-lite-schema-version": 0, "jupyter-config-data": config}


def project() -> str:
    """Return the name that the site bears."""
    return re.search(r'^project = "(.+)"', (DOCS / "conf.py").read_text(), re.MULTILINE)[1]


def build_lite(folder: Path, target: Path, wheel: Path, lessons, pyodide: Path | None) -> None:
    """Write the live edition: JupyterLite with the students' notebooks, and the pages around it.

    Everything is made anew in an empty folder: with what a build before has left in it,
    JupyterLite drops settings without a word.
    """
    (folder / "files").mkdir(parents=True)
    for path in lessons.values():
        text = student_notebook(path.read_text(encoding="utf-8"))
        (folder / "files" / path.name).write_text(text, encoding="utf-8")
    packages = pyodide_distribution.assemble(folder / "static" / "pyodide", wheel, pyodide)
    settings = lite_settings(packages)
    (folder / "jupyter-lite.json").write_text(json.dumps(settings))
    place = Path(sys.prefix, "share", "jupyter")
    building = {
        "contents": ["files"],
        "no_sourcemaps": True,
        "apps": ["lab", "notebooks", "tree"],
        "ignore_sys_prefix": ["federated_extensions"],
        "federated_extensions": [str(place / name) for name in EXTENSIONS],
    }
    (folder / "jupyter_lite_config.json").write_text(json.dumps({"LiteBuildConfig": building}))
    run(sys.executable, "-m", "jupyterlite_core.app", "build", "--output-dir", target, cwd=folder)
    built = json.loads((target / "jupyter-lite.json").read_text())["jupyter-config-data"]
    kept = built.get("litePluginSettings", {}).get(KERNEL, {})
    if kept.get("loadPyodideOptions", {}).get("packages") != packages:
        raise RuntimeError("JupyterLite dropped the settings of its kernel")
    for path in target.rglob("*"):
        old = path.match("fa-*.*") and path.suffix not in (".woff2", ".css")  # browsers' fonts
        if path.suffix == ".map" or old:
            path.unlink()
    date_lessons(target / "api" / "contents" / "all.json")
    add_own_pages(target, lessons)


def date_lessons(listing: Path) -> None:
    """Date the lessons by their edition: two builds of the same tree give the same site."""
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    (day,) = re.findall(r"^date-released: (\S+)$", citation, re.MULTILINE)
    told = json.loads(listing.read_text(encoding="utf-8"))
    for each in (told, *told["content"]):
        each["created"] = each["last_modified"] = f"{day}T00:00:00Z"
    listing.write_text(json.dumps(told), encoding="utf-8")


def add_own_pages(target: Path, lessons: dict[str, Path]) -> None:
    """Add the page around a lesson, and the worker that keeps everything for offline."""
    names = {path.stem: title(nbformat.read(path, as_version=4)) for path in lessons.values()}
    for name in ("open.html", "open.css", "open.js", "store.js"):
        shutil.copy(DOCS / "live" / name, target / name)
    options = "\n".join(f'<option value="{k}">{escape(v)}</option>' for k, v in names.items())
    fill(target / "open.html", lessons=options)
    (target / "service-worker.js").rename(target / "jupyterlite-worker.js")
    shutil.copy(DOCS / "live" / "service-worker.js", target / "service-worker.js")


def list_files(site: Path) -> None:
    """Write the list of what has to be kept for offline, and which build it is of."""
    left_out = (".map", ".js.LICENSE.txt")
    apart = ("slides", "handout")
    places = sorted(path.relative_to(site) for path in site.rglob("*") if path.is_file())
    # A server may keep files to itself whose names begin with a point.
    kept = [
        place.as_posix()
        for place in places
        if not place.name.startswith(".")
        and not place.name.endswith(left_out)
        and place.parts[0] not in apart
    ]
    version = sha256(b"".join((site / name).read_bytes() for name in kept)).hexdigest()
    text = json.dumps({"version": version, "files": kept})
    (site / "lite" / "kept-offline.json").write_text(text, encoding="utf-8")


def build_pages(source: Path, pages: Path, lessons: dict[str, Path]) -> None:
    """Write the pages to read; MyST-NB leaves a folder of its own beside theirs."""
    write_source(source, lessons)
    run(sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", source, pages)
    for name in (".doctrees", "_sources"):
        shutil.rmtree(pages / name, ignore_errors=True)
    for path in (pages / "_static").rglob("*.map"):
        path.unlink()


def check_target(site: Path) -> None:
    """Refuse a folder with anything but a site in it, for it is removed.

    Raises
    ------
    ValueError
        There is something else.
    """
    if not site.exists() or site == SITE or (site / "lite" / "kept-offline.json").is_file():
        return
    if site.is_file() or any(site.iterdir()):
        raise ValueError(
            f"--to is to be a folder that is absent, empty or a site made before, which is removed "
            f"first; {site} has something else in it"
        )


def build(site: Path, pyodide: Path | None) -> None:
    """Build the whole site anew."""
    check_target(site)
    for folder in (WORK, site):
        shutil.rmtree(folder, ignore_errors=True)
    WORK.mkdir(parents=True)
    lessons = series.lessons()
    wheel = build_wheel(WORK / "wheel")
    with ThreadPoolExecutor() as pool:  # each waits for programs of its own
        live = pool.submit(build_lite, WORK / "lite", WORK / "live", wheel, lessons, pyodide)
        build_pages(WORK / "source", WORK / "pages", lessons)
        live.result()
    site.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(WORK / "pages", site)
    shutil.move(WORK / "live", site / "lite")
    for made in (ROOT / "build" / "slides", ROOT / "build" / "handout"):
        if made.is_dir():
            shutil.copytree(made, site / made.name)
    (site / ".nojekyll").touch()
    list_files(site)


def size(folder: Path) -> int:
    """Return the bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> int:
    """Write the site and say how large it is; return an exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pyodide", type=Path, default=None, metavar="FOLDER")
    parser.add_argument("--to", type=Path, default=SITE, metavar="FOLDER")
    read = parser.parse_args()
    try:
        build(read.to, read.pyodide)
    except (ValueError, RuntimeError, MissingNpmError, WrongWheelError) as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"{read.to}: {size(read.to) / 1e6:.1f} MB. Serve it: python -m http.server -d {read.to}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
