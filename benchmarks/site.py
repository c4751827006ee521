"""How fast an explorer follows the hand on the site, where Python runs in the page.

`make site` first: from a key on the slider to new pixels, in headless Chromium.
"""

import shutil
import statistics
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import BROWSERS, QUIET
from tests.browser.website import Site, open_live, run_all

SITE = Path(__file__).resolve().parents[1] / "build" / "site"
LESSON = "03_binary_gradient"
PRESSES = 40
# A picture is a canvas: what is seen has changed when the readout beneath has, a frame later.
PRESS = """async () => {
    const explorer = document.querySelector(".lessons-explorer");
    const texts = explorer.getElementsByClassName("widget-html-content");
    const seen = () => [...texts].map((each) => each.innerText).join();
    const handle = explorer.querySelector(".noUi-handle");
    handle.focus();
    const [before, start] = [seen(), performance.now()];
    handle.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
    const frame = () => new Promise(requestAnimationFrame);
    while (seen() === before && performance.now() - start < 5000) await frame();
    await frame();
    return performance.now() - start;
}"""
SHOW = """async () => {
    const { content } = window.jupyterapp.shell.currentWidget;
    const index = content.widgets.findIndex((cell) => cell.model.id === "explorer");
    await content.scrollToItem(index, "center");
}"""


def main() -> None:
    """Print the median and the worst of the presses."""
    if not (SITE / "lite" / "open.html").is_file():
        print("site: not built; `make site`, then `make bench` measures it too")
        return
    browser_path = next(filter(None, map(shutil.which, BROWSERS)))
    site = Site(SITE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=QUIET)
        frame = open_live(browser.new_page(viewport={"width": 1200, "height": 900}), site, LESSON)
        run_all(frame)
        frame.evaluate(SHOW)
        frame.wait_for_selector(".lessons-explorer .noUi-handle")
        times = sorted(frame.evaluate(PRESS) for _ in range(PRESSES))
        browser.close()
    site.stop()
    print(
        f"site: slider to pixels, median {statistics.median(times):.0f} ms, worst {times[-1]:.0f}"
    )


if __name__ == "__main__":
    main()
