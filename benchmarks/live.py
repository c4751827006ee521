"""How fast the explorers follow the hand: in the kernel, and from key to pixels in JupyterLab.

Run by `make bench` on a quiet machine. Kernel: time from `control.value = v` to the new picture,
beside a naive version that builds a new pyplot figure of the same content for each value and
encodes it as the inline backend does. Browser: beside the bare echo, a slider with a Label.
"""

import shutil
import statistics
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import matplotlib
from IPython.core.pylabtools import print_figure
from playwright.sync_api import sync_playwright

from lessons import live
from lessons.live.base.film import frame_values
from lessons.live.drawing.canvas import CSS_DPI
from tests.browser import lab
from tests.browser import test_explorers as explorers

matplotlib.use("Agg")
import matplotlib.pyplot as plt

NAMES = [name for name in live.__all__ if name.endswith("Explorer")]
ALONE = (  # nothing of the browser's own while it is measured
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
UPDATES, NAIVE, PRESSES, SECONDS = 60, 9, 40, 3


def timed(action):
    start = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - start)


def update_times(name, scale):
    """Milliseconds of each update while one control goes over its range."""
    explorer = getattr(live, name)(scale=scale)
    control = explorer.leading
    values = frame_values(control, UPDATES + 1)
    times = [timed(lambda v=v: control.set_trait("value", v)) for v in values[1:] + values[-2::-1]]
    explorer.close()
    return times[len(times) // 2 :]  # on the way back: every state has been computed once


class PyplotCanvas:
    """A canvas with nothing kept: the figure is pyplot's and every artist is drawn."""

    def __init__(self, kept, scale):
        self.width, self.height = width, height = kept.width, kept.height
        self.places, self.palette = kept.places, kept.palette
        self.figure = plt.figure(figsize=(width / CSS_DPI, height / CSS_DPI), dpi=CSS_DPI * scale)
        self.background = lambda key: True

    def animate(self, *artists):
        """Do as `Canvas.animate`, but let every artist be drawn with the figure."""
        return artists


def naive_times(name, scale):
    """Milliseconds of computing, building a new figure of the same content, and inline's PNG."""
    explorer = getattr(live, name)(scale=scale)
    control = explorer.leading

    def once(value):
        explorer.canvas = PyplotCanvas(explorer.canvas, scale)
        explorer.paint(explorer.canvas)
        explorer.draw(explorer.compute(**explorer.values(control, value)))
        print_figure(explorer.canvas.figure, fmt="png")
        plt.close("all")

    return [timed(lambda v=v: once(v)) for v in frame_values(control, NAIVE)]


def kernel_table():
    print("kernel: median ms from control.value = v to the new picture (minimum in brackets)")
    print(f"{'':24}{'2×':>14}{'1×':>14}{'naive 2×':>10}{'naive/ours':>12}")
    for name in NAMES:
        twice, once = update_times(name, 2), update_times(name, 1)
        naive = naive_times(name, 2)
        ours = statistics.median(twice)
        print(
            f"{name:24}{ours:7.1f} ({min(twice):4.1f}){statistics.median(once):7.1f} "
            f"({min(once):4.1f}){statistics.median(naive):10.1f}"
            f"{statistics.median(naive) / ours:11.1f}×"
        )


@contextmanager
def open_page(folder):
    """Open the explorers' notebook in a real JupyterLab, in the first Chromium that there is."""
    (folder / "root").mkdir()
    explorers.write_notebook(folder / "root" / "explorers.ipynb")
    server = lab.Server(folder / "root", folder / "home")
    browsers = map(shutil.which, ("chromium", "google-chrome", "chromium-browser"))
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=next(filter(None, browsers)), args=ALONE
            )
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            notebook = lab.Notebook(page, server, "explorers.ipynb")
            notebook.run_all()
            yield notebook
            browser.close()
    finally:
        server.stop()


def browser_row(notebook, name):
    """Return the median latency of a key and the distinct frames of a drag."""
    label = getattr(live, name)().leading.description if name in NAMES else name
    root = notebook.cell(name).locator(".lessons-explorer").first
    handle = notebook.slider(label, root)
    keys = explorers.latencies(notebook, handle, PRESSES, root)
    frames = explorers.drag(notebook, handle, root, lambda _, seconds: seconds >= SECONDS)
    hand = explorers.hand_latencies(notebook, PRESSES, root)
    return statistics.median(keys), explorers.distinct(frames), hand and statistics.median(hand)


def browser_table():
    print(f"\nbrowser: median ms from key to new pixels, distinct frames of a {SECONDS} s drag;")
    print("and median ms from the pointer on a picture's handle to new pixels")
    print(f"{'':24}{'key':>8}{'− echo':>8}{'frames':>8}{'/ echo':>8}{'hand':>8}{'− echo':>8}")
    with tempfile.TemporaryDirectory() as folder, open_page(Path(folder)) as notebook:
        for name in NAMES:
            echo, echo_frames, _ = browser_row(notebook, "echo")
            key, frames, hand = browser_row(notebook, name)
            share = frames / echo_frames
            pointer = f"{hand:8.0f}{hand - echo:8.0f}" if hand else f"{'none':>8}"
            print(
                f"{name:24}{key:8.0f}{key - echo:8.0f}{frames:8d}{share:8.0%}{pointer}", flush=True
            )


if __name__ == "__main__":
    kernel_table()
    browser_table()
