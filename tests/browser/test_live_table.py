"""Tables in JupyterLab: a hand drags, presses and types in cells that stay the same elements."""

import nbformat
import pytest

from .access import RULES
from .lab import write_notebook
from .test_explorers import Hand, by_mouse, touch

KERNEL = "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"
NAME, BATCH = "WeightsExplorer", "BatchExplorer"
# Of each cell of a table the least contrast of its ink with any of the colours behind it.
CONTRASTS = """root => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const page = getComputedStyle(document.querySelector(".jp-Notebook")).backgroundColor;
    const shade = (...colours) => {
        for (const colour of colours) {
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
        }
        const linear = v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(v => linear(v / 255));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    return [...root.querySelectorAll("td[data-name]")].map(cell => {
        const style = getComputedStyle(cell), ink = shade(style.color);
        const striped = style.backgroundImage.match(/(rgba?|color)\\([^()]*\\)/g) ?? [];
        const behind = [...striped, style.backgroundColor].map(colour => shade(page, colour));
        const ratios = behind.map(one => (Math.max(one, ink) + 0.05) / (Math.min(one, ink) + 0.05));
        return [cell.dataset.name, striped.length, Math.min(...ratios)];
    });
}"""


@pytest.fixture(scope="module")
def page(lab_server, open_notebook):
    start = "from lessons import live\nshown = {}"
    source = f"shown[{NAME!r}] = live.{NAME}(x=(2.0, -1.0, 0.0, 3.0)); shown[{NAME!r}]"
    cells = {
        "start": start,
        NAME: source,
        BATCH: f"shown[{BATCH!r}] = live.{BATCH}(examples=2); shown[{BATCH!r}]",
    }
    cells = [nbformat.v4.new_code_cell(source, id=name) for name, source in cells.items()]
    write_notebook(lab_server.root / "tables.ipynb", cells)
    notebook = open_notebook("tables.ipynb")
    notebook.run_all()
    yield notebook
    notebook.close()


@pytest.fixture
def hand(page):
    """The explorer as it opened, under a hand."""
    hand = Hand(page, NAME)
    start = {name: repr(value) for name, value in hand.twin.values().items()}
    start["x"] = "(2.0, -1.0, 0.0, 3.0)"
    page.says(
        f"[[setattr(c, 'value', v) for c, v in zip(*(h if isinstance(h, tuple) else (h,) for h in"
        f" (getattr(shown[{NAME!r}], n), eval(text))))] for n, text in {start!r}.items()] and 0",
    )
    page.answered()
    yield hand
    hand.twin.close()


def cell(hand, name):
    found = hand.root.locator(f".lessons-arrays [data-handle='{name}']")
    found.scroll_into_view_if_needed()
    return found


def middle(found):
    box = found.bounding_box()
    assert min(box["width"], box["height"]) >= 24
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def value(hand, name):
    found = hand.root.locator(f".lessons-arrays [data-name='{name}'] data")
    return float(found.get_attribute("value"))


@pytest.mark.parametrize("way", [by_mouse, touch])
def test_a_cell_of_x_is_dragged_and_all_follows_in_place(hand, way):
    found = cell(hand, "x1")
    found.evaluate("cell => { cell.planted = true; }")
    table = hand.root.locator(".lessons-arrays").bounding_box()
    x, y = middle(found)
    way(hand.notebook.page, [(x, y), (x, y - 10), (x + 3, y - 30), (x, y - 50)])
    hand.notebook.answered()
    hand.agreed()
    assert hand.kernel("values()")["x"] == pytest.approx((2.0, 1.0, 0.0, 3.0))
    assert found.evaluate("cell => cell.planted && document.activeElement === cell")
    assert "data-held" not in found.evaluate("cell => cell.outerHTML")
    assert hand.root.locator(".lessons-arrays").bounding_box() == table


@pytest.mark.parametrize("way", [by_mouse, touch])
def test_a_mere_press_on_a_cell_of_y_chooses_the_label(hand, way):
    way(hand.notebook.page, [middle(cell(hand, "y0"))])
    hand.notebook.answered()
    hand.agreed()
    assert hand.kernel("target.value") == 0
    framed = hand.root.locator(".lessons-framed th").all_inner_texts()
    assert [text.replace("\n", "") for text in framed] == ["k = 0 = i"] * 2


def test_escape_undoes_a_drag_of_a_cell_and_lets_go(hand):
    page, before = hand.notebook.page, hand.kernel("values()")["x"]
    x, y = middle(cell(hand, "x0"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y + 40)
    hand.notebook.answered()
    assert hand.kernel("values()")["x"] != pytest.approx(before)
    page.keyboard.press("Escape")
    page.mouse.move(x, y + 90)
    page.mouse.up()
    hand.notebook.answered()
    assert hand.kernel("values()")["x"] == pytest.approx(before)
    hand.agreed()


def test_keys_step_the_cell_enter_goes_on_and_the_focus_is_seen(hand):
    keyboard, counts = hand.notebook.page.keyboard, hand.notebook.counts()
    cell(hand, "x0").focus()
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    keyboard.press("ArrowUp")
    hand.notebook.answered()
    hand.agreed()
    assert hand.kernel("values()")["x"] == pytest.approx((1.9, -0.9, 0.0, 3.0))
    focused = hand.notebook.page.locator("[data-handle='x1']:focus-visible")
    assert focused.evaluate("cell => getComputedStyle(cell).outlineStyle") == "solid"
    cell(hand, "y2").focus()
    keyboard.press("ArrowUp")
    hand.notebook.answered()
    assert hand.kernel("target.value") == 1
    assert hand.notebook.page.locator("[data-handle='y1']:focus").count() == 1
    assert hand.notebook.counts() == counts  # the keys stayed in the table


def test_what_is_typed_into_a_box_is_the_new_start(hand):
    hand.root.get_by_label("W and b").check()
    hand.root.get_by_role("button", name="Step").click()
    hand.notebook.answered()
    before = hand.kernel("weights.tolist()")
    assert value(hand, "weights[0][1]") == before[0][1]
    box = cell(hand, "W01")
    cell(hand, "W00").focus()
    hand.notebook.page.keyboard.press("Tab")  # selects all digits, to be typed over
    hand.notebook.page.keyboard.type("nonsense")
    box.press("Enter")
    hand.notebook.answered()
    refusal = hand.root.locator(".lessons-live + .lessons-refusal")
    exact = repr(before[0][1]).replace("-", "−")
    assert "“nonsense” is no number" in refusal.inner_text()
    assert f"It stays {exact}." in refusal.inner_text()
    assert box.input_value() == "nonsense"
    hand.root.get_by_role("button", name="Reset").click()
    hand.notebook.answered()
    assert refusal.inner_text() == ""
    hand.root.get_by_label("W and b").check()
    hand.root.get_by_role("button", name="Step").click()
    hand.notebook.answered()
    before = hand.kernel("weights.tolist()")
    assert box.input_value() == f"{before[0][1]:.3f}".replace("-", "−")
    box.focus()
    assert box.input_value() == repr(before[0][1]).replace("-", "−")
    box.fill("−5/2")
    box.press("Enter")
    hand.notebook.answered()
    hand.agreed()
    assert refusal.inner_text() == ""
    before[0][1] = -2.5
    assert hand.kernel("weights.tolist()") == before
    assert hand.kernel("steps.value") == 0
    assert hand.notebook.page.locator("[data-handle='W02']:focus").count() == 1
    x, y = middle(box)
    by_mouse(hand.notebook.page, [(x, y), (x, y - 10), (x, y - 35)])  # 25 from where it gave way
    hand.notebook.answered()
    assert hand.kernel("weights[0, 1]") == pytest.approx(-1.5)


def test_what_is_typed_and_stepped_while_the_kernel_is_busy_is_all_taken(hand):
    hand.root.get_by_label("W and b").check()
    cell(hand, "W00").wait_for()
    kernel = hand.notebook.page.evaluate_handle(KERNEL)
    kernel.evaluate("kernel => { kernel.requestExecute({ code: 'import time; time.sleep(2)' }); }")
    for name, text in {"W00": "1/3", "W01": "2", "b2": "-4", "W10": "abc"}.items():
        cell(hand, name).focus()
        cell(hand, name).fill(text)
        cell(hand, name).press("Tab")
    cell(hand, "x0").focus()
    for key in ["ArrowUp"] * 30 + ["ArrowDown"]:
        hand.notebook.page.keyboard.press(key)
    hand.notebook.answered()
    hand.agreed()
    assert hand.kernel("weights[0].tolist()[:2]") == [1 / 3, 2]
    assert hand.kernel("bias[2]") == -4
    assert hand.kernel("x[0].value") == pytest.approx(2.9)  # at the end of its track 3
    assert "abc" in hand.root.locator(".lessons-live + .lessons-refusal").inner_text()
    assert cell(hand, "W10").input_value() == "abc"


def test_what_is_selected_stays_selected_while_numbers_move(hand):
    hand.root.locator("tfoot th").evaluate("one => getSelection().selectAllChildren(one)")
    before = hand.notebook.pictures(hand.root)
    hand.notebook.says(f"setattr(shown[{NAME!r}].x[0], 'value', 1.0)")
    hand.notebook.wait_for_new_picture(before, hand.root)
    hand.agreed()
    assert "xᵀ" in hand.notebook.page.evaluate("getSelection().toString()")


def test_a_finger_beside_the_cells_scrolls_the_page(hand):
    assert cell(hand, "x0").evaluate("cell => getComputedStyle(cell).touchAction") == "none"
    place = hand.root.locator("[data-name='grad_W[0][0]']")
    assert place.evaluate("cell => getComputedStyle(cell).touchAction") == "auto"


@pytest.mark.parametrize("theme", RULES)
def test_ink_stands_out_from_every_tint_and_stripe(hand, theme):
    hand.notebook.theme(theme)
    found = hand.root.evaluate(CONTRASTS)
    assert len(found) > 30
    assert sum(stripes > 0 for _, stripes, _ in found) >= 5
    assert [(name, ratio) for name, _, ratio in found if ratio < 4.5] == []


def test_a_pressed_entry_of_a_gradient_is_chosen_and_arrow_keys_take_the_focus_along(page):
    hand = Hand(page, BATCH)
    by_mouse(page.page, [middle(cell(hand, "W12"))])
    page.answered()
    hand.agreed()
    assert hand.kernel("entry.value") == (1, 2)
    for key in ("ArrowRight", "ArrowDown"):
        page.page.keyboard.press(key)
        page.answered()
    hand.agreed()
    assert hand.kernel("entry.value") == (2, 3)
    assert page.page.locator("[data-handle='W23']:focus").count() == 1
    columns = hand.root.locator(".lessons-lit").evaluate_all("all => all.map(c => c.dataset.name)")
    assert len(columns) == 5 + 5 + 1
    hand.twin.close()


def test_nothing_went_wrong_on_the_page(page):
    assert page.errors() == []
    assert page.record.page_errors == page.record.console_errors == []
