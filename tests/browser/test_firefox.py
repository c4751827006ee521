"""A deck in Firefox: its type is as large as in Chromium, its films move, its keys go on.

No driver is needed: the page is served with a script that walks through it and reports.
"""

import json
import os
import shutil
import subprocess
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from threading import Thread

import pytest

from .conftest import STAGE
from .lab import PATIENCE

LESSON = "03"
BROWSERS = ("firefox", "firefox-esr")
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


class Reporting(SimpleHTTPRequestHandler):
    """Serves a folder, and puts what is posted into the server's queue."""

    def do_POST(self):  # the name is the library's
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()
        self.server.reports.put(json.loads(body))

    def log_message(self, *_):
        """Stay quiet."""


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
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        pytest.skip("no Firefox here")
    address, reports = served
    profile = tmp_path_factory.mktemp("firefox")
    size = [f"--width={STAGE['width']}", f"--height={STAGE['height']}"]
    firefox = subprocess.Popen(
        [executable, "--headless", "--no-remote", "--profile", profile, *size, address],
        env=os.environ | {"HOME": str(profile)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield reports.get(timeout=3 * PATIENCE)
    finally:
        firefox.terminate()
        firefox.wait(timeout=PATIENCE)


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
