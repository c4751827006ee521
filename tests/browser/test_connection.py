"""On a hub a page whose connection was lost for a moment goes on by itself."""

import re
from itertools import cycle

import pytest

from .conftest import STAGE
from .lab import Notebook, wait_until

LESSON = "00_start_here.ipynb"
# The page as a hub's server gives it.
ON_A_HUB = """document.addEventListener("readystatechange", () => {
    const told = document.getElementById("jupyter-config-data");
    told.textContent = JSON.stringify({ ...JSON.parse(told.textContent), hubPrefix: "/hub/" });
}, { once: true })"""


class Cable:
    """All between a page and its kernel: it can lose what the kernel says, and be cut."""

    def __init__(self):
        self.ends, self.loses = [], False

    def connect(self, page_end):
        """Pass on what both sides send."""
        server_end = page_end.connect_to_server()
        page_end.on_message(server_end.send)
        server_end.on_message(lambda said: None if self.loses else page_end.send(said))
        self.ends.append((page_end, server_end))

    def cut(self):
        """Close the connections that there are; those made later lose nothing."""
        ends, self.ends, self.loses = self.ends, [], False
        for each in (end for pair in ends for end in pair):
            each.close()


@pytest.fixture
def lesson(chromium, lab_server):
    """A lesson on a hub's page, and the cable to its kernel."""
    page, cable = chromium.new_page(viewport=STAGE), Cable()
    page.add_init_script(ON_A_HUB)
    page.route_web_socket("**/channels**", cable.connect)
    opened = Notebook(page, lab_server, LESSON)
    opened.run_all()
    yield opened, cable
    opened.close()


def test_a_slider_goes_on_though_the_answer_to_its_last_move_was_lost(lesson):
    notebook, cable = lesson
    explorer = notebook.page.locator(".lessons-explorer").first
    handle = notebook.slider("z", explorer)
    before = notebook.pictures(explorer)
    handle.press("ArrowRight")
    notebook.wait_for_new_picture(before, explorer)

    cable.loses = True
    handle.press("ArrowRight")
    handle.press("ArrowRight")  # held until the one before is answered
    notebook.page.wait_for_timeout(500)
    cable.cut()
    wait_until(notebook.page, lambda: cable.ends)
    before, keys = notebook.pictures(explorer), cycle(["ArrowRight"] * 7 + ["ArrowLeft"] * 7)

    def follows():  # one picture comes by itself, with the state that the page asks for anew
        handle.press(next(keys))
        return notebook.pictures(explorer) > before + 3

    wait_until(notebook.page, follows)


API = re.compile("/api")
ASK = "() => void window.jupyterapp.serviceManager.sessions.refreshRunning().catch(() => {})"


def test_what_was_said_of_a_server_that_is_reached_again_is_withdrawn(lesson):
    page = lesson[0].page
    handle = lesson[0].slider("z", page.locator(".lessons-explorer").first)
    handle.focus()
    page.route(API, lambda route: route.abort())
    page.evaluate(ASK)
    page.wait_for_selector(".jp-Dialog >> text=/is not running/")
    page.wait_for_timeout(1000)
    assert page.locator(".jp-Dialog").count() == 1
    page.unroute(API)
    page.wait_for_selector(".jp-Dialog", state="detached")
    assert handle.evaluate("(handle) => handle === document.activeElement")
