"""Students of a hub as a load: each works in a thread of its own, at the pace of a class.

Most speak to their kernel as JupyterLab's page does (its protocol, its subshell for what a hand
does), without a page; some sit before a real one in Chromium. A picture is as sharp as on a screen
with two pixels to a CSS pixel, which costs most; Chromium's has one.
"""

import json
import random
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import psutil
import requests
import websocket
from playwright.sync_api import sync_playwright

from tests.browser import test_explorers as explorers
from tests.browser.conftest import BROWSERS, QUIET
from tests.hub.hub import ROOT
from tests.hub.page import log_in, open_lesson
from tests.hub.student import Student

LESSON = "03_binary_gradient.ipynb"
MOVES, GAP = 20, 0.05  # of one drag, and seconds from each move to the next
# What a page that is in front asks for every ten seconds.
POLLED = ("kernels", "sessions", "terminals", "contents/lessons?content=1&hash=0")
POLL = 10.0
BACK_TO_BACK = 60  # moves, each as soon as the picture of the one before is there
LEAST_URGENT = 19  # as `nice` counts
IN_VAIN = 20  # seconds after which a move has failed; every 30 the server asks who is there
LOST = "connection lost, and back"
CUT = (ConnectionError, requests.ConnectionError, websocket.WebSocketConnectionClosedException)
CHECK = """
def loss(z, y):
    {body}
print(check("binary-loss", loss).status)
"""
ANSWERS = {
    "right": "return y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z)",
    "wrong": "return y * np.logaddexp(0, -z)",
    "stopped": "while True: pass",
}


@dataclass(frozen=True)
class Pace:
    """What a student does: drags of MOVES moves, some time to look, an answer now and then.

    Attributes
    ----------
    think : float
        Seconds between two drags, between half and one and a half of it by chance.
    drags_an_answer : int
        After so many drags one wrong answer is checked and then a right one; 0: never.
    endless : float
        Seconds within which each student checks one answer that never ends, one after the other.
    """

    think: float
    drags_an_answer: int
    endless: float


# A class in the middle of a lesson: a drag of a second, ten seconds to read and think, and again.
MIX = Pace(think=10.0, drags_an_answer=3, endless=180.0)
# "And now everybody drags": two seconds to look at what it did, and again.
DRAGGING = Pace(think=2.0, drags_an_answer=0, endless=float("inf"))


@dataclass
class Measured:
    """What one run has measured, in seconds."""

    times: dict[str, list[float]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def note(self, name, seconds):
        """Note how long something took."""
        self.times.setdefault(name, []).append(seconds)

    def timed(self, name, action):
        """Do something and note how long it took; return what it returned."""
        start = time.perf_counter()
        result = action()
        self.note(name, time.perf_counter() - start)
        return result


class Someone:
    """One student; all that one does is done in one thread, one thing after the other."""

    def __init__(self, hub, name, measured):
        self.hub, self.name, self.measured = hub, name, measured
        self.thread = ThreadPoolExecutor(1)
        self.chance = random.Random(name)
        self.end = 0.0  # of the work, by the monotonic clock

    def do(self, action, *arguments):
        """Do something in this student's thread; what fails is noted. Return the future."""

        def one():
            try:
                action(*arguments)
            except Exception as error:  # any failure of the hub is a finding
                said = str(error).partition("\n")[0]
                self.measured.failures.append(f"{self.name}: {type(error).__name__}: {said}")

        return self.thread.submit(one)

    def work(self, pace, endless_at):
        """Drag, look and answer until the end, and once, at a time, check what never ends.

        A lost connection is made anew, as a page does, and noted.
        """
        time.sleep(self.chance.uniform(0, pace.think))
        self.connect_again()  # who has answered no ping during a long ramp has been cut off
        drags = 0
        while time.monotonic() < self.end:
            try:
                self.drag()
                drags += 1
                if pace.drags_an_answer and drags % pace.drags_an_answer == 0:
                    self.answer("wrong")
                    self.answer("right")
                if time.monotonic() > endless_at:
                    self.answer("stopped")
                    endless_at = float("inf")
                self.pause(pace.think * self.chance.uniform(0.5, 1.5))
            except CUT:
                self.measured.timed(LOST, self.connect_again)

    def pause(self, seconds):
        """Wait for some seconds, or until the end if that comes first."""
        time.sleep(max(0.0, min(seconds, self.end - time.monotonic())))

    def leave(self):
        """Leave without a word, as a tab is closed."""

    def connect_again(self):
        """Connect to the same kernel again; a page does that by itself."""


class Visitor(Someone):
    """A simulated student: the hub's pages by HTTP, the kernel by its WebSocket."""

    def __init__(self, hub, name, measured):
        super().__init__(hub, name, measured)
        self.student = Student(hub.address, name)
        self.kernel = self.slider = None
        self.value = self.polled = 0.0

    def enter(self):
        """Log in, start the server, and run lesson 03 to its end."""
        start = time.perf_counter()
        if self.student.log_in() != 200:
            raise RuntimeError("the login failed")
        self.measured.timed("server started", self.student.open_server)
        self.run_lesson()
        self.measured.note("login to lesson run", time.perf_counter() - start)

    def run_lesson(self):
        """Run lesson 03 in a new kernel."""
        self.kernel, self.slider = self.student.kernel(), None
        for code in lesson_cells():
            _, said = self.kernel.run(code)
            self.slider = self.slider or slider_in(said)
        self.kernel.open_subshell()

    def pause(self, seconds):
        """Wait, and ask for what a page asks for if it is time."""
        now = time.monotonic()
        if now > self.polled + POLL:
            self.polled = now
            for path in POLLED:
                self.student.ask("GET", f"api/{path}")
        super().pause(seconds + now - time.monotonic())

    def drag(self):
        """Move the slider of z, at a hand's pace, and wait for the picture of each move."""
        for _ in range(MOVES):
            next_move = time.perf_counter() + GAP
            self.move("slider to picture")
            time.sleep(max(0.0, next_move - time.perf_counter()))

    def move(self, name):
        """Move the slider of z by one step, and wait for the picture of it."""
        # Never there and back: a picture of where it stands already would not be drawn.
        self.value = -3.0 if self.value >= 3 else self.value + 0.25
        data = {"method": "update", "state": {"value": self.value}, "buffer_paths": []}
        start = time.perf_counter()
        asked = self.kernel.send("comm_msg", {"comm_id": self.slider, "data": data})
        self.kernel.socket.settimeout(IN_VAIN)
        taken = shown = False  # a picture that comes before the move is taken is of an earlier one
        while not (taken and shown):
            message = self.kernel.receive()
            taken = taken or message["parent_header"].get("msg_id") == asked
            shown = shows_picture(message)
        self.measured.note(name, time.perf_counter() - start)

    def answer(self, verdict):
        """Check an answer and see that the verdict is the expected one."""
        code = CHECK.format(body=ANSWERS[verdict])
        said, _ = self.measured.timed(f"check, {verdict}", lambda: self.kernel.run(code))
        if said.partition("\n")[0] != verdict:  # below it stands what `check` shows of itself
            raise RuntimeError(f"expected the verdict {verdict!r}, got {said!r}")

    def connect_again(self):
        """Connect to the same kernel, as soon as it is reached."""
        while time.monotonic() < self.end:
            try:
                self.kernel = self.student.kernel(self.kernel.id)
                self.kernel.open_subshell()
                return
            except (OSError, websocket.WebSocketException):
                time.sleep(0.2)

    def back_to_back(self, name):
        """Move as fast as pictures come."""
        for _ in range(BACK_TO_BACK):
            self.move(f"moves back to back, {name}")


class InChromium(Someone):
    """A student before a real page, who runs lesson 03 there and moves its slider by keys."""

    browser = notebook = None
    gives_way = False  # to the hub: then nothing is known of how long this student waits

    def __init__(self, hub, name, measured):
        super().__init__(hub, name, measured)
        self.seen = []

    def enter(self):
        """Log in, start the server, and run lesson 03 to its end."""
        self.playwright = sync_playwright().start()
        path = next(filter(None, map(shutil.which, BROWSERS)))
        self.browser = self.playwright.chromium.launch(executable_path=path, args=QUIET)
        if self.gives_way:
            give_way()
        page = self.browser.new_page(viewport={"width": 1280, "height": 720})
        start = time.perf_counter()
        log_in(page, self.hub.address, self.name)
        self.notebook = open_lesson(page, self.hub.address, self.name, LESSON)
        self.notebook.run_all()
        self.measured.note("login to lesson run, Chromium", time.perf_counter() - start)
        self.explorer = page.locator(".lessons-explorer").first
        self.explorer.scroll_into_view_if_needed()

    def drag(self):
        """Press keys on the slider, and note when new pixels are there."""
        self.press(MOVES, "key to pixels, Chromium")

    def press(self, count, name):
        """Press keys, and note the seconds from each to new pixels."""
        handle = self.notebook.slider("z", self.explorer)
        found = explorers.latencies(self.notebook, handle, count, self.explorer)
        for milliseconds in found:
            self.measured.note(name, (milliseconds or explorers.IN_VAIN) / 1000)

    def answer(self, verdict):
        """Leave answers to the others."""

    def watch(self):
        """Press keys until the end; note when, and how many pictures there were by then."""
        self.notebook.slider("z", self.explorer).focus()
        while time.monotonic() < self.end:
            for key in ("ArrowRight", "ArrowLeft"):
                self.notebook.page.keyboard.press(key)
                time.sleep(0.1)
                self.seen.append((time.monotonic(), self.notebook.pictures(self.explorer)))

    def back_to_back(self, name):
        """Press the next key as soon as new pixels are there."""
        self.press(BACK_TO_BACK, f"keys back to back in Chromium, {name}")

    def leave(self):
        """Close the browser."""
        if self.browser:
            self.browser.close()
        self.playwright.stop()


def give_way():
    """Let browsers have the processors only where the hub leaves them: theirs are elsewhere."""
    for process in psutil.Process().children(recursive=True):
        try:
            if "chrom" in process.name():
                process.nice(LEAST_URGENT)
        except psutil.NoSuchProcess:
            continue


def lesson_cells():
    """Code of lesson 03, cell by cell."""
    text = (ROOT / "notebooks" / LESSON).read_text(encoding="utf-8")
    cells = json.loads(text)["cells"]
    return ["".join(each["source"]) for each in cells if each["cell_type"] == "code"]


def slider_in(messages):
    """Comm of the first slider that was opened, None without one."""
    for message in messages:
        state = message["content"].get("data", {}).get("state", {})
        opened = message["header"]["msg_type"] == "comm_open"
        if opened and state.get("_model_name") == "FloatSliderModel":
            return message["content"]["comm_id"]
    return None


def shows_picture(message):
    """Whether a message brings new pixels."""
    data = message["content"].get("data", {})
    return any(path[-1] in ("png", "pixels") for path in data.get("buffer_paths", []))
