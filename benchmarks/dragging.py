"""What minutes of dragging leave behind: `python -m benchmarks.dragging [--minutes 10]`.

Lesson 03's explorer in one JupyterLab, and the same pictures through `ipywidgets.Image` in another,
are dragged at the same time. Printed are the kernel's memory, the page's heap after a collection of
garbage, and the memory of the page's process, each after the first minute and at the end; the
distinct frames a second; and the bytes on the wire for each.
"""

import argparse
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil
from playwright.sync_api import sync_playwright

from benchmarks.live import ALONE
from tests.browser import lab
from tests.browser import test_explorers as explorers
from tests.browser.conftest import BROWSERS

STRETCH = 10  # seconds of a drag whose frames are counted
MEGABYTE = 1e6
OURS = "from lessons.live import BinaryExplorer\nexplorer = BinaryExplorer()\nexplorer"
# The label tells `drag`, which looks at the first, that there is another picture.
IMAGE = """\
from ipywidgets import Image, Label, VBox
from lessons.live import BinaryExplorer

explorer = BinaryExplorer()
image, label = Image(value=explorer.picture.png), Label()


def show(change):
    image.value, label.value = explorer.png, f"z = {explorer.leading.value}"


explorer.picture.observe(show, ["png", "patches"])
explorer.picture.send_state = lambda *_: None  # the page hears of the other alone
VBox([label, explorer.leading, image]).add_class("lessons-explorer")"""
KERNEL = "(__import__('gc').collect(), __import__('psutil').Process().memory_info().rss)[1]"


@dataclass
class Memory:
    """Bytes of the kernel, of the page's heap, and of the page's process."""

    kernel: int
    heap: int
    process: int


def memory(notebook, browser):
    """Measure what there is now, garbage left out."""
    devtools = notebook.page.context.new_cdp_session(notebook.page)
    devtools.send("HeapProfiler.collectGarbage")
    heap = devtools.send("Runtime.getHeapUsage")["usedSize"]
    devtools.detach()
    running = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    pages = [psutil.Process(each["id"]) for each in running if each["type"] == "renderer"]
    largest = max(page.memory_info().rss for page in pages)
    return Memory(int(notebook.says(KERNEL)), int(heap), largest)


def dragged(source, minutes):
    """Drag the slider of a cell's explorer; return memories by the minute, frames, bytes."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = Path(folder, "root")
        root.mkdir()
        cell = nbformat.v4.new_code_cell(source, id="dragged")
        lab.write_notebook(root / "dragged.ipynb", [cell])
        server = lab.Server(root, Path(folder, "home"))
        path = next(filter(None, map(shutil.which, BROWSERS)))
        browser = playwright.chromium.launch(executable_path=path, args=ALONE)
        try:
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            received = []
            page.on(
                "websocket", lambda ws: ws.on("framereceived", lambda f: received.append(len(f)))
            )
            notebook = lab.Notebook(page, server, "dragged.ipynb")
            notebook.run_all()
            return drag_for(notebook, browser, minutes, received)
        finally:
            browser.close()
            server.stop()


def drag_for(notebook, browser, minutes, received):
    """Drag for some minutes, and measure after each."""
    root = notebook.cell("dragged").locator(".lessons-explorer").first
    handle = notebook.slider("z", root)
    found, frames = [], 0
    for _ in range(minutes):
        for _ in range(60 // STRETCH):
            seen = explorers.drag(notebook, handle, root, lambda _, seconds: seconds >= STRETCH)
            frames += explorers.distinct(seen)
        notebook.answered()
        found.append(memory(notebook, browser))
    return found, frames, sum(received)


def main() -> None:
    """Print both, side by side."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=int, default=10)
    minutes = parser.parse_args().minutes
    with ThreadPoolExecutor() as both:
        runs = [both.submit(dragged, source, minutes) for source in (OURS, IMAGE)]
    print(f"{minutes} minutes of dragging: MB after one minute → at the end")
    print(f"{'':18}{'kernel':>18}{'heap':>18}{'process':>18}{'frames/s':>10}{'kB a frame':>12}")
    for name, run in zip(("LivePicture", "ipywidgets.Image"), runs, strict=True):
        found, frames, received = run.result()
        row = "".join(
            f"{getattr(found[0], part) / MEGABYTE:9.1f} →{getattr(found[-1], part) / MEGABYTE:7.1f}"
            for part in ("kernel", "heap", "process")
        )
        rate, size = frames / (60 * minutes), received / frames / 1000
        print(f"{name:18}{row}{rate:10.1f}{size:12.1f}")


if __name__ == "__main__":
    main()
