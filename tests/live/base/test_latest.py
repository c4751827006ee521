"""Drawing beside the answer to the page: nothing waits, and the last state is the one shown."""

import asyncio
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar, copy_context

import numpy as np
import pytest
from ipykernel.subshell import SubshellThread

from lessons import live
from lessons.colours import DARK, LIGHT
from lessons.live.base import latest
from lessons.live.base.film import frame_values
from lessons.live.base.latest import LatestOnly, answers_the_page, beside
from lessons.live.base.page import Page as Shown

NAMES = [name for name in live.__all__ if name.endswith("Explorer")]
SECONDS = 60  # of patience with a busy machine


class Page(SubshellThread):
    """A kernel's thread for the page's events, without the sockets of a kernel."""

    def __init__(self, work):
        threading.Thread.__init__(self)
        self.work = work

    def run(self):
        self.work()


def from_the_page(work):
    page = Page(work)
    page.start()
    page.join()


def wait_until(holds):
    deadline = time.monotonic() + SECONDS
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.001)
    assert holds()


def is_shown(explorer, values):
    with explorer.lock:  # not in the middle of an update, which reads the values first
        return explorer._drawn == values and not explorer._in_parts


def is_drawn(explorer):
    with explorer.lock:
        return explorer._drawn == explorer.values()


@pytest.fixture
def slow(monkeypatch):
    """A `LatestOnly` that knows no hurry.

    Its action begins, takes until the gate lets it go, and notes the state then.
    """
    state, seen, gate, begun = [0], [], threading.Semaphore(0), threading.Semaphore(0)

    def action(hurried):
        begun.release()
        gate.acquire()
        seen.append(state[0])

    monkeypatch.setattr(latest, "REST", 0)
    return LatestOnly(action), state, seen, gate, begun


@pytest.fixture
def unhurried(monkeypatch):
    """Requests count as close to one another on a busy machine too."""
    monkeypatch.setattr(latest, "REST", 3.0)


def test_asking_returns_while_the_action_runs(slow):
    asked, _, seen, gate, begun = slow
    asked.ask()
    assert begun.acquire(timeout=SECONDS)
    asked.ask()
    assert seen == []
    gate.release(2)
    wait_until(lambda: len(seen) == 2)


def run_apart(work):
    """Run a coroutine in a thread: where a page was tested before, this one has its loop still."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(copy_context().run, asyncio.run, work).result()


@pytest.fixture
def in_a_browser(monkeypatch):
    monkeypatch.setattr(sys, "platform", "emscripten")
    monkeypatch.setattr(latest, "REST", 0.05)


def test_in_a_browser_an_action_runs_at_once_and_once_more_when_requests_rest(in_a_browser):
    done = []

    async def ask_three_times():
        asked = beside(done.append)
        for _ in range(3):
            asked.ask()
        assert done == [False, True, True]
        await asyncio.sleep(0.2)
        assert done == [False, True, True, False]
        asked.ask(hurried=True)
        asked.ask()
        await asyncio.sleep(0.2)
        assert done[4:] == [True, True, False]
        asked.ask()
        await asyncio.sleep(0.2)
        assert done[7:] == [False]

    run_apart(ask_three_times())


def test_in_a_browser_a_slider_sends_what_changed_and_at_rest_the_whole(
    in_a_browser, unhurried, followed, pixels
):
    assert answers_the_page()

    async def slide():
        explorer, seen = followed("BinaryExplorer")
        for z in (1.0, 2.0, 3.0):
            explorer.z.value = z
            assert explorer.shown.logit == z
            np.testing.assert_array_equal(seen[-1], pixels(explorer.png))
        assert explorer._in_parts
        async with asyncio.timeout(SECONDS):
            while explorer._in_parts:
                await asyncio.sleep(0.05)
        np.testing.assert_array_equal(seen[-1], pixels(explorer.picture.png))

    run_apart(slide())


def test_all_requests_made_meanwhile_are_served_by_one_action_that_sees_the_last_state(slow):
    asked, state, seen, gate, begun = slow
    asked.ask()
    assert begun.acquire(timeout=SECONDS)
    for n in range(1, 101):
        state[0] = n
        asked.ask()
    gate.release(100)
    wait_until(lambda: len(seen) == 2)
    assert begun.acquire(timeout=SECONDS)
    assert not begun.acquire(timeout=0.1)
    assert seen == [100, 100]


def test_an_action_that_raises_is_told_and_the_next_request_is_served(slow, monkeypatch):
    told, (asked, state, seen, gate, begun) = [], slow
    monkeypatch.setattr(threading, "excepthook", lambda one: told.append(repr(one.exc_value)))
    asked._action = lambda hurried: (begun.release(), gate.acquire(), seen.append(1 / state[0]))
    state[0] = 0
    asked.ask()
    assert begun.acquire(timeout=SECONDS)
    asked.ask()  # comes while the first is failing, and fails too
    gate.release(2)
    wait_until(lambda: len(told) == 2)
    state[0] = 4
    asked.ask()
    gate.release()
    wait_until(lambda: seen == [0.25])
    assert told == ["ZeroDivisionError('division by zero')"] * 2


def test_the_thread_ends_when_nothing_comes_and_the_next_request_starts_another(monkeypatch):
    monkeypatch.setattr(latest, "PATIENCE", 0.01)
    seen = []
    asked = LatestOnly(lambda hurried: seen.append(threading.current_thread()))
    asked.ask()
    wait_until(lambda: seen and asked._thread is None)
    seen[0].join(SECONDS)
    asked.ask()
    wait_until(lambda: len(seen) == 2)
    assert seen[0] is not seen[1]


def test_the_action_runs_in_the_context_of_the_last_request(unhurried):
    parent, seen = ContextVar("parent", default="cell"), []
    asked = LatestOnly(lambda hurried: seen.append((parent.get(), hurried)))
    parent.set("event")
    asked.ask()
    wait_until(lambda: seen == [("event", False)])
    parent.set("next")
    asked.ask()
    wait_until(lambda: seen[1:] == [("next", True), ("next", False)])


def test_only_what_follows_closely_is_in_a_hurry_and_is_done_again_at_rest(unhurried):
    seen = []
    asked = LatestOnly(lambda hurried: seen.append((hurried, time.monotonic())))
    for n in range(1, 4):
        asked.ask()
        wait_until(lambda n=n: len(seen) == n)
    wait_until(lambda: len(seen) == 4)
    assert [hurried for hurried, _ in seen] == [False, True, True, False]
    assert seen[3][1] - seen[2][1] >= latest.REST
    time.sleep(1.2 * latest.REST)
    assert len(seen) == 4
    asked.ask()
    wait_until(lambda: len(seen) == 5)
    assert not seen[4][0]


def test_only_a_kernels_thread_for_the_page_answers_the_page(monkeypatch):
    found = []
    from_the_page(lambda: found.append(answers_the_page()))
    assert found == [True]
    assert not answers_the_page()
    monkeypatch.delitem(sys.modules, "ipykernel.subshell")  # an older kernel, or Pyodide
    from_the_page(lambda: found.append(answers_the_page()))
    assert found == [True, False]


@pytest.mark.sampled(4)
def test_the_last_position_of_a_fast_drag_is_the_one_shown(explorer, make):
    sliders = [c for c in explorer.every_control() if hasattr(c, "step")]
    control = max(sliders, key=lambda c: (c.max - c.min) / c.step)
    low, high = (0, 16) if hasattr(control, "base") else (control.min, control.max)
    positions = [type(control.value)(v) for v in np.linspace(low, high, 40)]
    drawn, draw, half_way = [], explorer.draw, threading.Event()

    def draw_slowly(shown):
        half_way.wait(SECONDS)  # as if the first picture took so long, on however fast a machine
        half_way.set()
        drawn.append(shown)
        draw(shown)

    explorer.draw = draw_slowly

    def drag():
        for n, value in enumerate(positions + positions[-2:3:-1]):  # most of the way back too
            control.value = control.base**-value if hasattr(control, "base") else value
            if n == 35:
                half_way.set()

    from_the_page(drag)
    values = explorer.values()
    wait_until(lambda: is_shown(explorer, values))
    _, png, readout, words = make(type(explorer).__name__).render(values)
    with explorer.lock:
        shown = explorer.png, explorer.readout.value, explorer.picture.alternative
    assert shown == (png, readout, words)
    assert 0 < len(drawn) < 50  # of 75 positions: those in between were passed over


def test_the_page_and_a_cell_at_once_leave_one_state(make, readings):
    explorer = make("BinaryExplorer", scale=0.5)
    random = np.random.default_rng(1)

    def move(control, values):
        for value in values:
            control.value = float(value)

    page = Page(lambda: move(explorer.z, random.uniform(-8, 8, 200)))
    page.start()
    move(explorer.y, np.random.default_rng(2).uniform(0, 1, 200))
    page.join()
    values = explorer.values()
    wait_until(lambda: is_shown(explorer, values))
    with explorer.lock:
        found = readings(explorer)
        assert (explorer.shown.logit, explorer.shown.target) == (values["z"], values["y"])
        assert found["gradient"][0] == explorer.shown.gradient
        assert explorer.canvas.png() == explorer.png


def fail_beyond(limit, explorer, monkeypatch):
    """Let an explorer of z fail where z is above a limit."""
    compute = explorer.compute

    def failing(z, **others):
        if z > limit:
            raise ValueError("a planted error")
        return compute(z=z, **others)

    monkeypatch.setattr(explorer, "compute", failing)


def test_an_error_of_an_event_of_the_page_is_shown_and_clears(make, monkeypatch):
    explorer = make("BinaryExplorer")
    fail_beyond(2, explorer, monkeypatch)
    from_the_page(lambda: explorer.z.set_trait("value", 3.0))
    wait_until(lambda: "ValueError: a planted error" in explorer.headline.value)
    from_the_page(lambda: explorer.z.set_trait("value", 1.5))
    wait_until(lambda: "planted" not in explorer.headline.value)
    assert explorer.logit == 1.5


@pytest.fixture
def followed(make, pixels, laid_on):
    """Call with a name and a scale: an explorer, and the pictures that a page shows of it."""

    def following(name, scale=1):
        explorer = make(name, scale=scale)
        seen = [pixels(explorer.png)]

        def swap(_):
            seen.append(pixels(explorer.picture.png))

        def patch(change):
            if not change.new:
                swap(change)
            seen.append(laid_on(seen[-1], [part.values() for part in change.new]))

        explorer.picture.observe(swap, "png")
        explorer.picture.observe(patch, "patches")
        return explorer, seen

    return following


def test_a_hand_that_moves_is_sent_what_changed_and_one_that_rests_the_whole(
    followed, pixels, unhurried
):
    explorer, seen = followed("BinaryExplorer", scale=2)
    for z in (2.0, 3.0, 4.0):
        from_the_page(lambda z=z: explorer.z.set_trait("value", z))
        wait_until(lambda: is_drawn(explorer))
    assert explorer._in_parts
    assert sum(len(patch["pixels"]) for patch in explorer.picture.patches) < len(explorer.png) / 2
    wait_until(lambda: is_shown(explorer, explorer.values()))
    np.testing.assert_array_equal(pixels(explorer.picture.png), seen[-1])
    assert explorer.picture.patches == []


def hurry(explorer, value, hurried=True):
    """Move the leading control as a hand on the picture does, or undo that."""
    with explorer.lock:
        explorer._held += 1
        explorer.leading.value = value
        explorer._held -= 1
        explorer.update(hurried)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_moving_hand_sees_is_the_picture(make, followed, pixels, name):
    explorer, seen = followed(name)
    twin = make(name, scale=1)
    for value in frame_values(twin.leading, 4)[::-1]:
        hurry(explorer, value)
        twin.leading.value = value
        np.testing.assert_array_equal(seen[-1], pixels(twin.png))
        np.testing.assert_array_equal(pixels(explorer.png), seen[-1])
    assert explorer._in_parts
    explorer.update()
    np.testing.assert_array_equal(pixels(explorer.picture.png), seen[-1])


def test_a_hand_that_rests_or_comes_back_to_where_it_was_sees_that_picture(followed, pixels):
    explorer, seen = followed("BinaryExplorer")
    start = explorer.leading.value
    for hurried in (False, True):
        hurry(explorer, 3.0)
        moved = seen[-1]
        assert (moved != seen[0]).any()
        explorer.notice = "a notice, which draws the same picture again"
        explorer.update(hurried=True)
        np.testing.assert_array_equal(seen[-1], moved)
        np.testing.assert_array_equal(pixels(explorer.png), moved)
        hurry(explorer, start, hurried)
        np.testing.assert_array_equal(seen[-1], seen[0])


def test_a_picture_for_another_page_comes_whole_and_moves_go_on_from_there(followed, pixels):
    explorer, seen = followed("BinaryExplorer")
    for page in (Shown(700, 1.5, DARK), Shown(700, 1.5, LIGHT), Shown(500, 1.0, LIGHT)):
        hurry(explorer, 1.0)
        explorer.show_on(page)
        assert not explorer._in_parts
        np.testing.assert_array_equal(seen[-1], pixels(explorer.picture.png))
        hurry(explorer, 2.5)
        assert explorer._in_parts
        np.testing.assert_array_equal(seen[-1], pixels(explorer.png))


def test_moves_go_on_from_a_film_a_stored_picture_and_an_error(followed, pixels, monkeypatch):
    explorer, seen = followed("BinaryExplorer")
    fail_beyond(5, explorer, monkeypatch)
    meanwhile = (
        lambda: explorer.frames(explorer.z, [-1.0, 1.0]).close(),
        lambda: explorer._repr_mimebundle_(),
        lambda: hurry(explorer, 6.0),
    )
    for doing in meanwhile:
        hurry(explorer, 1.0)
        doing()
        hurry(explorer, 2.5)
        np.testing.assert_array_equal(seen[-1], pixels(explorer.png))
        explorer.update()
        np.testing.assert_array_equal(seen[-1], pixels(explorer.picture.png))


@pytest.mark.parametrize("attempt", range(5))
def test_closing_while_the_page_draws_raises_nothing(make, monkeypatch, attempt):
    told = []
    monkeypatch.setattr(threading, "excepthook", told.append)
    explorer = make("BinaryExplorer", scale=0.5)
    page = Page(lambda: [explorer.z.set_trait("value", z) for z in np.linspace(-8, 8, 20)])
    page.start()
    time.sleep(0.004 * attempt)
    explorer.close()
    page.join()
    wait_until(lambda: explorer._beside._request is None)
    with explorer.lock:
        assert told == []
