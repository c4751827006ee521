"""Printing a page to a PDF with an installed Chromium, or a relative of it."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

import nbformat

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
# Where their installers put them, outside the PATH.
MACOS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS = (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
MILLISECONDS = 60_000  # of the page's own time, for typesetting
CONTENT = re.compile(rb"/Type\s*/Page\b.*?/Contents (\d+) 0 R", re.DOTALL)
NEAR_EMPTY = 5_000  # bytes of drawing: about six lines of prose


def whole(markdown: str):
    """Return a cell of text that no page's or column's end divides."""
    return nbformat.v4.new_markdown_cell(markdown, metadata={"tags": ["whole"]})


def installed(platform: str = sys.platform) -> list[Path]:
    """Return where a browser's installer puts it on a system."""
    if platform == "darwin":
        roots = (Path("/Applications"), Path.home() / "Applications")
        return [root / name for root in roots for name in MACOS]
    if platform == "win32":
        roots = [os.environ[name] for name in WINDOWS_FOLDERS if name in os.environ]
        return [Path(root, *name.split("\\")) for root in roots for name in WINDOWS]
    return []


def browser(platform: str = sys.platform) -> str:
    """Return an installed Chromium, or a relative of it.

    Raises
    ------
    FileNotFoundError
        If none is on the PATH or where installers put it.
    """
    on_path = filter(None, map(shutil.which, NAMES))
    elsewhere = (str(path) for path in installed(platform) if path.exists())
    found = next(on_path, None) or next(elsewhere, None)
    if found is None:
        raise FileNotFoundError(f"To print, one of {', '.join(NAMES)} has to be installed.")
    return found


def print_page(page: Path) -> Path:
    """Print a page to a PDF beside it, and return its path."""
    pdf = page.with_suffix(".pdf")
    with tempfile.TemporaryDirectory() as profile:
        command = [browser(), "--headless", "--disable-gpu", f"--user-data-dir={profile}"]
        command += ["--no-pdf-header-footer", f"--virtual-time-budget={MILLISECONDS}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")  # Chromium refuses to run as root with it
        command += [f"--print-to-pdf={pdf}", page.as_uri()]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return pdf


def drawings(pdf: Path) -> list[bytes]:
    """Return what is drawn on each page of a PDF that Chromium has printed."""
    written = pdf.read_bytes()
    objects = [
        rb"\n%b 0 obj\b.*?stream\r?\n(.*?)\r?\nendstream" % n for n in CONTENT.findall(written)
    ]
    found = (re.search(pattern, written, re.DOTALL) for pattern in objects)
    return [zlib.decompress(match[1]) for match in found if match]


def near_empty(pdf: Path) -> list[int]:
    """Return the numbers of the pages with a few lines, or with no text but their number."""
    pages = enumerate(drawings(pdf), start=1)
    return [n for n, page in pages if len(page) < NEAR_EMPTY or page.count(b" Tj") < 2]
