"""The harness sees what is planted: an error, a complaint, a request, letters no eye can read."""

import nbformat
import pytest

from .access import RULES, violations
from .lab import write_notebook

CODE = {
    "widget": """
import io, ipywidgets, matplotlib.figure, time
from lessons.live.base.live_picture import LivePicture
def picture(z):
    figure = matplotlib.figure.Figure(figsize=(2, 1))
    figure.subplots().plot([0, z])
    with io.BytesIO() as file:
        figure.savefig(file)
        return file.getvalue()
z = ipywidgets.FloatSlider(description="z", min=-8, max=8, step=0.5)
readout, image = ipywidgets.HTML("z = 0.0"), LivePicture((200, 100))
image.png = picture(0)
def follow(change):
    time.sleep(change.new < 0)  # as on a very slow machine
    readout.value, image.png = f"z = {change.new}", picture(change.new)
z.observe(follow, "value")
ipywidgets.VBox([z, readout, image])""",
    "unreadable": """
from IPython.display import HTML
HTML("<p style='color: #aaa; background: #bbb'>pale</p><button></button>")""",
    "error": "1 / 0",
    "after-error": "print('never printed')",
}
COMPLAINT = """() => {
    console.error('planted complaint');
    fetch('https://example.org/planted').catch(() => {});
    setTimeout(() => { throw new Error('planted error'); });
}"""


@pytest.fixture(scope="module")
def planted(lab_server, open_notebook):
    cells = [nbformat.v4.new_code_cell(source.strip(), id=name) for name, source in CODE.items()]
    write_notebook(lab_server.root / "planted.ipynb", cells)
    opened = open_notebook("planted.ipynb")
    opened.run_all()
    yield opened
    opened.close()


def test_a_planted_error_in_a_cell_is_seen(planted):
    assert planted.errors() == [("error", "division by zero")]
    assert planted.counts() == [1, 2, 3, None]


def test_a_key_on_a_slider_moves_its_readout_and_picture(planted):
    cell = planted.cell("widget")
    before = planted.pictures(cell)
    planted.slider("z", cell).focus()
    planted.page.keyboard.press("ArrowRight")
    planted.wait_for_new_picture(before, cell)
    assert cell.locator(".widget-html").inner_text() == "z = 0.5"


def test_a_kernel_that_is_slow_to_answer_is_waited_for(planted):
    planted.says("z.observe(lambda _: __import__('time').sleep(0.5), 'value')")
    planted.slider("z", planted.cell("widget")).focus()
    for _ in range(4):
        planted.page.keyboard.press("ArrowLeft")
    before = planted.says("z.value")
    planted.answered()
    assert (before != "-1.5", planted.says("z.value")) == (True, "-1.5")


def test_both_themes_can_be_shown(planted):
    for name, light in [("JupyterLab Dark", "false"), ("JupyterLab Light", "true")]:
        planted.theme(name)
        assert planted.page.locator("body").get_attribute("data-jp-theme-light") == light


@pytest.mark.parametrize("theme", RULES)
def test_pale_letters_and_a_nameless_button_are_seen(planted, theme):
    planted.theme(theme)
    planted.cell("unreadable")
    found = {rule for rule, _ in violations(planted.page, ".jp-OutputArea-output", theme)}
    assert found >= ({"color-contrast"} | ({"button-name"} if "Light" in theme else set()))


def test_complaints_and_outside_requests_are_recorded(planted):
    assert planted.record.outside() == []
    planted.page.evaluate(COMPLAINT)
    record = planted.record
    planted.wait_until(lambda: record.outside() == ["https://example.org/planted"])
    for kind, texts in (("complaint", record.console_errors), ("error", record.page_errors)):
        said = f"planted {kind}"
        planted.wait_until(lambda s=said, t=texts: any(s in text for text in t), lambda k=kind: k)
