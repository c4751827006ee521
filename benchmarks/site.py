"""How fast the lessons are on the site, where Python runs in the page.

`make site` first. For each lesson, in headless Chromium with a local server: seconds until Python
answers (the first lesson finds nothing kept, the others what it has kept), seconds for Run All,
median milliseconds from a key on the first explorer's slider and from the pointer on its picture to
new pixels, and what was printed as an error.
"""

import shutil
import statistics
from pathlib import Path
from time import perf_counter
from types import SimpleNamespace

from playwright.sync_api import sync_playwright

from tests.browser import test_explorers as explorers
from tests.browser.conftest import BROWSERS, QUIET
from tests.browser.website import ERRORS, Site, open_live, run_all

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "build" / "site"
TIMES = 30
# Scroll to the first cell that shows an explorer with a picture; whether there is one.
SHOW = """async () => {
    const { content } = window.jupyterapp.shell.currentWidget;
    const index = content.widgets.findIndex((cell) =>
        cell.model.type === "code" && /^\\w+Explorer\\(/m.test(cell.model.sharedModel.source));
    if (index >= 0) await content.scrollToItem(index, "center");
    return index >= 0;
}"""


def row(page, site, lesson):
    """Return seconds to Python, seconds of Run All, milliseconds by key and hand, and errors."""
    start = perf_counter()
    frame = open_live(page, site, lesson)
    opened = perf_counter()
    run_all(frame)
    ran = perf_counter()
    errors = frame.evaluate(ERRORS)
    key = hand = None
    if frame.evaluate(SHOW):
        root = frame.locator(".lessons-explorer").first
        inside = SimpleNamespace(
            evaluate=frame.evaluate, mouse=page.mouse, keyboard=page.keyboard, context=page.context
        )
        notebook = SimpleNamespace(page=inside)
        handle = root.locator(".noUi-handle").first
        root.locator(".lessons-picture canvas[data-pictures]").wait_for()
        key = _median(explorers.latencies(notebook, handle, TIMES, root))
        hand = _median(explorers.hand_latencies(notebook, TIMES, root))
    return opened - start, ran - opened, key, hand, errors


def _median(times):
    known = [each for each in times if each is not None]
    return statistics.median(known) if known else None


def main() -> None:
    """Print one row a lesson."""
    if not (SITE / "lite" / "open.html").is_file():
        print("site: not built; `make site`, then `make bench` measures it too")
        return
    site = Site(SITE)
    print(f"site\n{'lesson':28}{'to Python':>10}{'Run All':>9}{'key':>6}{'hand':>6}  errors")
    with sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, BROWSERS)))
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        context = browser.new_context(viewport={"width": 1200, "height": 900})
        for lesson in sorted(each.stem for each in (ROOT / "notebooks").glob("*.ipynb")):
            page = context.new_page()
            opened, ran, key, hand, errors = row(page, site, lesson)
            page.close()
            moved = "".join(f"{'–' if each is None else f'{each:.0f}':>6}" for each in (key, hand))
            print(f"{lesson:28}{opened:8.1f} s{ran:7.1f} s{moved}  {errors or 'none'}", flush=True)
        browser.close()
    site.stop()


if __name__ == "__main__":
    main()
