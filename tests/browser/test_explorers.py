"""Each explorer under a hand in JupyterLab: by key, by typing, and dragged without a flicker."""

import re
import time
from hashlib import sha256
from itertools import pairwise

import nbformat
import numpy as np
import pytest

from lessons import live
from lessons.colours import DARK, Palette  # noqa: F401  # Palette: what the kernel says
from lessons.live.base.film import frame_values
from lessons.live.base.page import Page  # noqa: F401

from .access import RULES, violations
from .lab import PATIENCE

NAMES = [name for name in live.__all__ if name.endswith("Explorer")]
GRASPED = [name for name in NAMES if name != "BatchExplorer"]  # of that the tables are taken
ECHO = """
from ipywidgets import FloatSlider, Label, VBox
echo, label = FloatSlider(description="echo", tooltip="", min=-8, max=8, step=0.05), Label("0.0")
echo.observe(lambda change: setattr(label, "value", str(change.new)), "value")
VBox([echo, label]).add_class("lessons-explorer")
"""
# One look at all of it: what the kernel says, the numbers, the words, and a picture of this size as
# a digest of its pixels; one of another size is not there yet.
LOOK = """async ([root, expression, wide, high]) => {
    const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
    const said = { code: "", user_expressions: { said: expression } };
    const { content } = await kernel.requestExecute(said).done;
    const canvas = root.querySelector(".lessons-picture canvas");
    let digest = `${canvas.width} × ${canvas.height}`;
    if (canvas.width === wide && canvas.height === high) {
        const { data } = canvas.getContext("2d").getImageData(0, 0, wide, high);
        const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
        digest = [...bytes].map(byte => byte.toString(16).padStart(2, "0")).join("");
    }
    return {
        says: content.user_expressions.said.data["text/plain"],
        numbers: [...root.querySelectorAll("data")].map(d => [d.value, d.textContent]),
        words: canvas.getAttribute("aria-label"),
        digest,
    };
}"""
# What there is of the explorer in each animation frame: the number of its picture or of the echo's
# text, its height, and whether the picture is there completely.
WATCH = """root => {
    const image = root.querySelector('.lessons-picture canvas');
    const label = root.querySelector('.widget-label:not(.widget-slider *)');
    let last = null, number = 0;
    window.frames_seen = [];
    const look = () => {
        if (window.frames_seen === null) return;
        const shown = image ? image.dataset.pictures : label.textContent;
        if (shown !== last) number += 1;
        last = shown;
        const height = root.getBoundingClientRect().height;
        const complete = !image || (image.width > 0 && image.isConnected);
        window.frames_seen.push([number, height, complete]);
        requestAnimationFrame(look);
    };
    look();
}"""
CONTROLS = """root => {
    const all = '[role=slider], select, input, button';
    window.controls = [...root.querySelectorAll(all)].filter(c => !c.disabled && c.offsetParent);
    return window.controls.length;
}"""
# Parts of sliders that the browser has to keep in layers of their own.
LAYERS = """root => [...root.querySelectorAll('.noUi-target *')].map(n => getComputedStyle(n))
    .filter(style => style.willChange !== 'auto' || style.backfaceVisibility === 'hidden').length"""
IN_VAIN = 2000  # milliseconds after which an event is taken to change nothing
# Milliseconds from the next event to the first animation frame with another picture or text.
LATENCY = """([root, event]) => {
    const image = root.querySelector('.lessons-picture canvas');
    const label = root.querySelector('.widget-label:not(.widget-slider *)');
    const shown = () => image ? image.dataset.pictures : label.textContent;
    const complete = () => !image || (image.width > 0 && image.isConnected);
    const before = shown();
    window.latency = new Promise(resolve => {
        setTimeout(() => resolve(null), IN_VAIN);  // of an event that changes nothing
        document.addEventListener(event, () => {
            const start = performance.now();
            const look = () => shown() !== before && complete()
                ? resolve(performance.now() - start) : requestAnimationFrame(look);
            requestAnimationFrame(look);
        }, { capture: true, once: true });
    });
}""".replace("IN_VAIN", str(IN_VAIN))
# Whether the picture has been drawn for the width at which it is shown; one that a slide makes
# smaller is drawn at its full width.
FITTED = """root => {
    const canvas = root.querySelector('.lessons-picture canvas');
    const shown = Math.max(canvas.clientWidth, canvas.getBoundingClientRect().width);
    return Math.abs(canvas.width - shown * devicePixelRatio) < 3;
}"""
PICTURES_SEEN = "() => (window.frames_seen.at(-1)?.[0] ?? 1) - 1"
TO_AND_FRO = 80  # moves from end to end and back
STOP = "() => { const seen = window.frames_seen; window.frames_seen = null; return seen; }"


def sources():
    """Code of the cells by id: one for each explorer, and one for the bare echo."""
    cells = {name: f"shown[{name!r}] = live.{name}(); shown[{name!r}]" for name in NAMES}
    return {"start": "from lessons import live\nshown = {}", "echo": ECHO.strip()} | cells


def write_notebook(path):
    """Write a notebook of the explorers, which are no lesson's and have nothing beside them."""
    cells = [nbformat.v4.new_code_cell(source, id=name) for name, source in sources().items()]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, path)


def drag(notebook, handle, root, enough):
    """Drag a slider to and fro until that is `enough(moves, seconds)`.

    Returns what each animation frame showed. The mouse moves as often as the page listens, and each
    move is a new value on every slider. Playwright's own mouse asks the page before each move
    whether something is being dragged, which slows the hand down on just the page that is busy.
    """
    handle.scroll_into_view_if_needed()  # which waits until it stands still
    track = handle.locator("xpath=ancestor::*[contains(@class, 'noUi-base')]").bounding_box()
    y, left, width = track["y"] + track["height"] / 2, track["x"], track["width"]
    start = handle.bounding_box()
    devtools = notebook.page.context.new_cdp_session(notebook.page)

    def mouse(kind, x):
        event = {"type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1}
        devtools.send("Input.dispatchMouseEvent", event)

    mouse("mousePressed", start["x"] + start["width"] / 2)
    notebook.page.evaluate(WATCH, root.element_handle())
    began, step = time.monotonic(), 0
    while not enough(step, time.monotonic() - began):
        step += 1
        there = abs(step % TO_AND_FRO - TO_AND_FRO / 2) / (TO_AND_FRO / 2)
        mouse("mouseMoved", left + width * (0.02 + 0.96 * there))
        time.sleep(0.004)
    frames = notebook.page.evaluate(STOP)
    mouse("mouseReleased", left + width * (0.02 + 0.96 * there))
    devtools.detach()
    return frames


def latencies(notebook, handle, presses, root):
    """Press arrow keys on a slider; returns milliseconds from each key to what it changed.

    To and fro, since a key that leads beyond the slider's end would change nothing.
    """
    handle.focus()
    found = []
    for n in range(presses):
        notebook.page.evaluate(LATENCY, [root.element_handle(), "keydown"])
        notebook.page.keyboard.press("ArrowLeft" if n % 2 else "ArrowRight")
        found.append(notebook.page.evaluate("window.latency"))
    return found


def hand_latencies(notebook, moves, root):
    """Drag a picture's first handle to and fro; returns milliseconds from each move to new pixels.

    Without any where the picture has no handle; a move that changes nothing is left out.
    """
    handle = root.locator(".lessons-handle").first
    if not handle.count():
        return []
    handle.scroll_into_view_if_needed()
    box, mouse = handle.bounding_box(), notebook.page.mouse
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse.move(x, y)
    mouse.down()
    found = []
    for n in range(moves):
        notebook.page.evaluate(LATENCY, [root.element_handle(), "pointermove"])
        mouse.move(x - 12 * (n % 2), y + 12 * (n % 2))
        found.append(notebook.page.evaluate("window.latency"))
    mouse.up()
    return [each for each in found if each is not None]


def distinct(frames):
    """Return how many times a frame showed another picture or text than the one before it."""
    return sum(now[0] != before[0] for before, now in pairwise(frames))


class Hand:
    """One explorer on the page, and its twin in this process to compare with."""

    def __init__(self, notebook, name):
        self.notebook, self.name = notebook, name
        self.root = notebook.cell(name).locator(".lessons-explorer").first
        self.root.locator(".lessons-picture canvas[data-pictures]").wait_for()
        self.notebook.wait_until(lambda: self.root.evaluate(FITTED))
        self.twin = getattr(live, name)()
        self.handle = notebook.slider(self.twin.leading.description, self.root)

    def kernel(self, expression):
        return eval(self.notebook.says(f"shown[{self.name!r}].{expression}"))

    def agreed(self):
        """Return the controls' values, and the picture in words, once everyone agrees on them.

        Everyone is the kernel, the page, and an explorer of our own, which must have every number,
        every word and every pixel in common.
        """
        self.notebook.answered()
        meant = {}  # the kernel knows all by now: it is drawing, or the page is decoding

        def agree():
            nonlocal found, wanted
            found = self._look()
            values, page = found["values"], found.pop("page")
            if meant.get("values") != values or page != self.twin.page:
                self.twin.show_on(page)
                meant.update(self._meant(values))
            wanted = meant
            return found == wanted

        found = wanted = None
        self.notebook.wait_until(agree, lambda: (found, wanted))
        return found["values"], found["words"]

    def _look(self):
        shown = f"shown[{self.name!r}]"
        size = self.twin.canvas._agg.get_renderer()
        expression = f"({shown}.values(), {shown}.picture.alternative, {shown}.page)"
        place = [self.root.element_handle(), expression, int(size.width), int(size.height)]
        found = self.notebook.page.evaluate(LOOK, place)
        values, told, page = eval(found.pop("says"))
        return found | {"values": values, "told": told, "page": page}

    def _meant(self, values):
        shown, digest, readout, words = self.twin.render(values, digest_of)
        text = self.twin.tabulate(shown) + readout
        written = re.findall('<data value="(.*?)">(.*?)</data>', text)
        numbers = [[value, re.sub("<.*?>", "", number)] for value, number in written]
        meant = {"values": values, "numbers": numbers, "words": words, "told": words}
        return meant | {"digest": digest}


def digest_of(rgba):
    """Digest the pixels as a page has them, on which nothing is transparent."""
    pixels = np.array(rgba)
    pixels[..., 3] = 255
    return sha256(pixels.tobytes()).hexdigest()


@pytest.fixture(scope="module")
def page_of_explorers(lab_server, open_notebook):
    write_notebook(lab_server.root / "explorers.ipynb")
    notebook = open_notebook("explorers.ipynb")
    notebook.run_all()
    yield notebook
    notebook.close()


@pytest.fixture(scope="module")
def hands(page_of_explorers):
    """Every explorer's hand; to make a twin takes longer than most of the tests."""
    hands = {name: Hand(page_of_explorers, name) for name in NAMES}
    yield hands
    for hand in hands.values():
        hand.twin.close()


@pytest.fixture(params=NAMES)
def hand(request, hands):
    hand = hands[request.param]
    hand.root.scroll_into_view_if_needed()
    return hand


@pytest.mark.sampled(5)
def test_keys_move_picture_and_numbers(hand):
    seen = [hand.agreed()]
    hand.handle.focus()
    for key in ("ArrowRight", "PageUp", "ArrowLeft"):
        hand.notebook.page.keyboard.press(key)
        seen.append(hand.agreed())
    assert all(before != after for before, after in pairwise(seen))


@pytest.mark.sampled(5)
def test_a_page_without_an_image_decoder_shows_the_same_pixels(hand):
    page = hand.notebook.page
    lend = "() => { window.lent = window.ImageDecoder; window.ImageDecoder = undefined; }"
    page.evaluate(lend)
    assert page.evaluate("typeof window.lent") == "function"
    hand.handle.focus()
    try:
        seen = []
        for key in ("ArrowRight", "ArrowLeft"):
            page.keyboard.press(key)
            seen.append(hand.agreed())
        assert seen[0] != seen[1]
    finally:
        page.evaluate("() => { window.ImageDecoder = window.lent; }")


def box_of(hand, label):
    """The box beside the slider with this label."""
    return hand.root.get_by_label(f"{label}, typed", exact=True)


TAKING = {  # the ways in which a number that was typed is taken
    "Enter": lambda hand, box: box.press("Enter"),
    "Tab": lambda hand, box: box.press("Tab"),
    "a click elsewhere": lambda hand, box: hand.root.locator(".lessons-look").first.click(),
}


@pytest.mark.sampled(5)
def test_a_typed_number_is_taken_in_every_way_and_one_beyond_the_range_is_refused(hand):
    box = box_of(hand, hand.twin.leading.description)
    places = frame_values(hand.twin.leading, 5)[1:4]
    for way, number in zip(TAKING.values(), places, strict=True):
        typed = f"{number:g}"
        box.fill(typed.replace("-", "−"))
        way(hand, box)
        hand.agreed()
        assert hand.kernel("leading.value") == float(typed)
    before, shown = hand.agreed(), box.input_value()
    box.fill("1e6")
    box.press("Tab")
    hand.notebook.answered()
    refusal = hand.root.locator(".lessons-slider .lessons-refusal")
    assert "goes from" in refusal.inner_text()
    assert hand.agreed() == before
    box.fill(shown)
    box.press("Enter")
    refusal.wait_for(state="detached")


@pytest.mark.parametrize("hand", ["BinaryExplorer"], indirect=True)
def test_what_is_typed_between_two_steps_stays_until_a_hand_snaps_it(hand):
    box = box_of(hand, "y")
    for typed, value, shown in (("0,99", 0.99, "0.99"), ("1/3", 1 / 3, repr(1 / 3))):
        box.fill(typed)
        box.press("Tab")
        values, _ = hand.agreed()
        assert (values["y"], box.input_value()) == (value, shown)
    hand.notebook.slider("y", hand.root).focus()
    hand.notebook.page.keyboard.press("ArrowRight")
    values, _ = hand.agreed()
    assert (values["y"], box.input_value()) == (0.4, "0.40")
    titled = hand.notebook.page.locator("[title='null']:visible")
    assert titled.evaluate_all("found => found.map(node => node.outerHTML)") == []


@pytest.mark.sampled(7)
def test_a_drag_flickers_nowhere_shows_what_it_passes_and_ends_where_the_hand_does(hand):
    """How many pictures a second there are is no test's business: benchmarks/live.py prints it."""

    def enough(moves, seconds):
        if moves < 2 * TO_AND_FRO or moves % 10:
            return False
        return hand.notebook.page.evaluate(PICTURES_SEEN) >= 5 or seconds > PATIENCE

    frames = drag(hand.notebook, hand.handle, hand.root, enough)
    assert {complete for _, _, complete in frames} == {True}
    assert len({height for _, height, _ in frames}) == 1
    assert distinct(frames) >= 5
    hand.agreed()


def grip(hand, name):
    """Where the middle of a handle is on the page, its picture scrolled into view."""
    hand.root.locator(".lessons-picture").scroll_into_view_if_needed()
    box = hand.root.locator(f".lessons-picture [data-handle='{name}']").bounding_box()
    assert min(box["width"], box["height"]) >= 24
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def touch(page, points):
    """Drag one finger from the first of the points to the last, as a touch screen tells it."""
    devtools = page.context.new_cdp_session(page)
    kinds = ["touchStart", *["touchMove"] * (len(points) - 1)]
    for kind, (x, y) in zip(kinds, points, strict=True):
        event = {"type": kind, "touchPoints": [{"x": x, "y": y}]}
        devtools.send("Input.dispatchTouchEvent", event)
        time.sleep(0.03)
    devtools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    devtools.detach()


def by_mouse(page, points):
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point)
    page.mouse.up()


# A touch screen's finger is told of as a mouse is: one explorer in `make test` shows that it is.
WAYS = [
    *((name, by_mouse) for name in GRASPED),
    *(
        pytest.param(name, touch, marks=[pytest.mark.slow] * (n > 0))
        for n, name in enumerate(GRASPED)
    ),
]


@pytest.mark.sampled(7)
@pytest.mark.parametrize(("hand", "way"), WAYS, indirect=["hand"])
def test_each_handle_is_dragged_and_the_sliders_follow(hand, way):
    handles = hand.twin.handles(hand.twin.shown)
    assert handles
    values, _ = hand.agreed()
    for handle in handles if way is by_mouse else handles[:1]:
        before = values
        for end in (-16, 16):  # it may stand at one of its ends
            x, y = grip(hand, handle.name)
            on_the_way = [(x + n * 3, y + n * 3) for n in range(5)]
            way(hand.notebook.page, [*on_the_way, (x + end, y + end)])
            values, _ = hand.agreed()
            if values != before:
                break
        assert values != before, handle.name


@pytest.mark.sampled(5)
@pytest.mark.parametrize("hand", GRASPED, indirect=True)
def test_escape_undoes_a_drag_and_lets_go(hand):
    before, _ = hand.agreed()
    name = hand.twin.handles(hand.twin.shown)[-1].name
    x, y = grip(hand, name)
    page = hand.notebook.page
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 20, y - 20)
    hand.notebook.answered()
    page.keyboard.press("Escape")
    page.mouse.move(x - 60, y - 40)
    page.mouse.up()
    after, _ = hand.agreed()
    assert after == before


@pytest.mark.sampled(5)
@pytest.mark.parametrize("hand", GRASPED, indirect=True)
def test_arrow_keys_on_the_picture_step_the_handle_that_is_chosen(hand):
    steps = [h for h in hand.twin.handles(hand.twin.shown) if any(h.nudge)][:2]
    canvas = hand.root.locator(".lessons-picture canvas")
    canvas.focus()
    notebook, counts, moved = hand.notebook, hand.notebook.counts(), []
    for _ in steps:
        before, _ = hand.agreed()
        # One of each two is the handle's own direction, and it may stand at one of its ends.
        for keys in (("ArrowLeft", "ArrowDown"), ("ArrowRight", "ArrowUp")):
            for key in keys:
                notebook.page.keyboard.press(key)
            values, _ = hand.agreed()
            moved.append(values != before)
        notebook.page.keyboard.press("Enter")
    assert any(moved)
    assert notebook.counts() == counts  # Enter and arrows stayed in the picture
    assert canvas.evaluate("canvas => document.activeElement === canvas")


@pytest.mark.parametrize("hand", ["BinaryExplorer"], indirect=True)
def test_a_run_goes_on_in_the_page_until_the_logit_rests(hand):
    for label, value in (("y", "0.5"), ("z", "-3")):
        box_of(hand, label).fill(value)
        box_of(hand, label).press("Enter")
    hand.agreed()
    hand.root.get_by_role("button", name="Step").click()
    hand.agreed()
    assert len(hand.kernel("descent.path")) == 1  # the page has sent back what it was told
    hand.root.locator(".widget-play button").first.click()
    hand.notebook.wait_until(lambda: len(hand.kernel("descent.path")) > 3)
    hand.notebook.wait_until(lambda: not hand.kernel("descent._run.playing"))
    values, _ = hand.agreed()
    assert abs(values["z"]) < 0.05  # where ŷ is y
    assert values["path"][0] == (-3.0,)


def _is_dark(hand):
    page = hand.kernel("page")
    return page.width < 560 and page.palette == DARK


@pytest.mark.parametrize("hand", ["MulticlassExplorer"], indirect=True)
def test_a_page_that_turns_dark_and_narrow_gets_a_picture_that_is(hand):
    notebook, size = hand.notebook, hand.notebook.page.viewport_size
    light = hand.agreed()
    notebook.theme("JupyterLab Dark")
    notebook.page.set_viewport_size({"width": 640, "height": size["height"]})
    notebook.wait_until(lambda: _is_dark(hand))
    assert hand.agreed() == light
    notebook.theme("JupyterLab Light")
    notebook.page.set_viewport_size(size)
    notebook.wait_until(lambda: hand.kernel("page").width > 700)
    assert hand.agreed() == light


FLICKERS = {  # a picture that is gone for a moment, and a layout that jumps; and what undoes them
    "complete": (
        "root => { const image = root.querySelector('.lessons-picture canvas');"
        " window.kept = image.width; image.width = 0; }",
        "root => { root.querySelector('.lessons-picture canvas').width = window.kept; }",
    ),
    "height": (
        "root => { root.style.paddingTop = '9px'; }",
        "root => { root.style.paddingTop = ''; }",
    ),
}


@pytest.mark.parametrize("name", FLICKERS)
def test_the_watch_over_a_drag_sees_a_planted_flicker(page_of_explorers, name):
    root = page_of_explorers.cell("BinaryExplorer").locator(".lessons-explorer").first
    root.evaluate(WATCH)
    for change in FLICKERS[name]:
        root.evaluate(change)
        root.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    frames = page_of_explorers.page.evaluate(STOP)
    whole = {complete for _, _, complete in frames} == {True}
    steady = len({height for _, height, _ in frames}) == 1
    assert (whole, steady) == (name != "complete", name != "height")


@pytest.mark.sampled(7)
def test_tab_reaches_every_control(hand):
    count = hand.root.evaluate(CONTROLS)
    assert count >= 2
    hand.notebook.page.evaluate("window.controls[0].focus()")
    reached = set()
    for _ in range(3 * count):  # a slider's number takes the focus too, between two controls
        reached.add(hand.notebook.page.evaluate("controls.indexOf(document.activeElement)"))
        hand.notebook.page.keyboard.press("Tab")
    assert reached - {-1} == set(range(count))


@pytest.mark.sampled(4)
def test_sliders_are_painted_with_the_page_and_in_no_layers_of_their_own(hand):
    assert hand.root.evaluate(LAYERS) == 0
    hand.handle.evaluate("handle => handle.style.willChange = 'transform'")
    assert hand.root.evaluate(LAYERS) == 1
    hand.handle.evaluate("handle => handle.style.willChange = ''")


@pytest.mark.sampled(5)
def test_the_picture_has_words_that_follow(hand):
    said = []
    hand.handle.focus()
    for key in ("Home", "End"):
        hand.notebook.page.keyboard.press(key)
        said.append(hand.agreed()[1])
    assert said[0] != said[1]


@pytest.mark.slow
@pytest.mark.parametrize("theme", RULES)
def test_nothing_serious_is_inaccessible_with_every_control_shown(page_of_explorers, theme):
    notebook = page_of_explorers
    notebook.theme(theme)
    for name, label in [
        ("MulticlassExplorer", "simplex"),
        ("MulticlassExplorer", "finite differences"),
        ("WeightsExplorer", "W and b"),
    ]:
        cell = notebook.cell(name)
        cell.get_by_label(label).check()
    found = []
    for name in NAMES:
        notebook.cell(name)
        found += violations(notebook.page, ".lessons-explorer", theme)
    assert found == []


def test_nothing_went_wrong_on_the_page(page_of_explorers):
    assert page_of_explorers.errors() == []
    assert page_of_explorers.record.page_errors == []
    assert page_of_explorers.record.console_errors == []
    assert page_of_explorers.record.outside() == []
