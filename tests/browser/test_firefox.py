"""A deck in Firefox: its type is as large as in Chromium, its films move, its keys go on.

No driver is needed: the page is served with a script that walks through it and reports.
"""

from functools import partial
from http.server import ThreadingHTTPServer
from queue import Queue
from threading import Thread

import pytest

from .conftest import STAGE
from .firefox import Reporting, firefox
from .lab import PATIENCE

LESSON = "03"
WALK = """
<script>
async function walk() {
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  while (!document.documentElement.dataset.ready) await new Promise((done) => setTimeout(done, 50));
  const slides = [];
  for (let n = 0; n < Reveal.getTotalSlides(); n += 1) {
    Reveal.slide(n);
    await frame();
    const slide = Reveal.getCurrentSlide();
    refit();
    slides.push({ id: slide.id, scale: Number(slide.style.getPropertyValue("--scale")),
                  inline: slide.querySelectorAll("p mjx-container:not([display=true])").length });
  }
  const film = document.querySelector(".film");
  Reveal.slide(Reveal.getSlides().indexOf(film.closest("section")));
  while (!film.querySelector("img.widget-image")) await frame();
  const [handle, picture] = ["[role=slider]", "img.widget-image"].map((s) => film.querySelector(s));
  const before = picture.src;
  const press = (target, key, keyCode) =>
    target.dispatchEvent(new KeyboardEvent("keydown", { key, keyCode, bubbles: true }));
  press(handle, "ArrowLeft", 37);
  while (film.querySelector("img.widget-image[src]")?.src === before) await frame();
  const stays = Reveal.getIndices().h;
  press(handle, " ", 32);
  await frame();
  const report = { slides, moved: Reveal.getIndices().h - stays };
  await fetch("/report", { method: "POST", body: JSON.stringify(report) });
}
walk();
</script>
"""


@pytest.fixture(scope="module")
def served(deck_file):
    """Address of the deck with its walking script, and the queue of what it reports."""
    walking = deck_file.with_name("walking.html")
    deck, end, rest = deck_file.read_text("utf-8").rpartition("</body>")  # one is the speaker's
    walking.write_text(f"{deck}{WALK}{end}{rest}", "utf-8")
    handler = partial(Reporting, directory=deck_file.parent)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.reports = Queue()
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/walking.html", server.reports
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def in_firefox(served, tmp_path_factory):
    """What the deck reports from Firefox."""
    address, reports = served
    with firefox(address, tmp_path_factory.mktemp("firefox"), **STAGE):
        yield reports.get(timeout=3 * PATIENCE)


@pytest.fixture(scope="module")
def in_chromium(served, chromium):
    """What the deck reports from Chromium."""
    address, reports = served
    page = chromium.new_context(viewport=STAGE).new_page()
    page.goto(address)
    yield reports.get(timeout=3 * PATIENCE)
    page.context.close()


@pytest.mark.slow
def test_type_is_as_large_in_firefox_as_in_chromium(in_firefox, in_chromium):
    pairs = list(zip(in_firefox["slides"], in_chromium["slides"], strict=True))
    assert any(slide["inline"] for slide, _ in pairs)
    # Their fonts differ by a little, one step of the scale: 1.3, 1.2, 1.1, 1, 0.92, 0.84 …
    assert [a["id"] for a, b in pairs if a["scale"] < 0.9 * b["scale"]] == []


@pytest.mark.slow
def test_a_film_moves_in_firefox_and_space_goes_on_from_its_slider(in_firefox):
    assert in_firefox["moved"] == 1
