"""A stage that cannot fall: no key or click on a slide changes, restarts or ends anything.

Every key is really pressed: on a slide, on a slider, on a button and on a picture.
"""

import string

import nbformat
import pytest

from .lab import wait_until, write_notebook

NAMED = ("Enter", "Delete", "Backspace", "Escape", "Insert", "Home", "End", "F1", "F2", "F3", "F5")
KEYS = [*(key for key in string.printable if key.isprintable() and key != " "), *NAMED]
# What a notebook is, and who answers it.
STATE = """() => {
    const { content, sessionContext, model } = window.jupyterapp.shell.currentWidget;
    return {
        cells: model.toJSON().cells.map(({ id, cell_type, source }) => [id, cell_type, source]),
        rendered: content.widgets.map(cell => cell.rendered ?? null),
        kernel: sessionContext.session.kernel.id,
        restarts: window.restarts,
        dialogs: document.querySelectorAll(".jp-Dialog, .lm-Menu-content").length,
        presenting: document.body.dataset.jpDeckMode,
    };
}"""
COUNT_RESTARTS = """() => {
    const ends = ["restarting", "autorestarting", "terminating", "dead"];
    const { sessionContext } = window.jupyterapp.shell.currentWidget;
    window.restarts = 0;
    sessionContext.statusChanged.connect((_, status) => window.restarts += ends.includes(status));
}"""
SEQUENCES = """() => window.jupyterapp.commands.keyBindings
    .map(({ keys }) => keys).filter(keys => keys.length > 1)"""
CHORDS = """() => [...new Set(window.jupyterapp.commands.keyBindings
    .filter(({ keys }) => keys.length === 1 && / ./.test(keys[0]))
    .map(({ keys }) => keys[0]))]"""
SHOWN = """() => window.jupyterapp.shell.currentWidget.content.widgets
    .filter(cell => cell.hasClass("jp-deck-mod-visible")).map(cell => cell.model.id)"""
SELECT = """id => {
    const { content } = window.jupyterapp.shell.currentWidget;
    content.activeCellIndex = content.widgets.findIndex(cell => cell.model.id === id);
}"""
SCROLL = """async id => {
    const { content } = window.jupyterapp.shell.currentWidget;
    const index = content.widgets.findIndex(cell => cell.model.id === id);
    await content.scrollToItem(index, "start");
}"""
IN_VIEW = """id => {
    const { content } = window.jupyterapp.shell.currentWidget;
    const { node } = content.widgets.find(cell => cell.model.id === id);
    const view = content.outerNode.getBoundingClientRect();
    const { top, bottom } = node.getBoundingClientRect();
    return node.isConnected && bottom > view.top && top < view.bottom;
}"""
# What lies around the notebook, which a chord may open.
LAYOUT = """() => {
    const { shell } = window.jupyterapp;
    const main = [...shell.widgets("main")].map(({ id }) => id);
    return [main, shell.currentWidget.id, shell.leftCollapsed, shell.rightCollapsed, shell.mode];
}"""
EXPLORER = """\
from lessons.live import BinaryExplorer

BinaryExplorer(z=1.0, y=1.0)"""
PROOF = """\
from lessons.live import DerivationReveal

DerivationReveal("binary, y = 1", lines=(1, 3))"""


@pytest.fixture(scope="module")
def stage(lab_server, open_notebook):
    """A notebook of six slides: words, an explorer, words, a program, a proof, a recap; all run."""
    slide = {"slideshow": {"slide_type": "slide"}}
    markdown, code = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell
    long = markdown("\n\n".join(["A page to read at home."] * 60), id="read")
    long.metadata["slideshow"] = {"slide_type": "skip"}
    spoken = {"slideshow": {"slide_type": "notes"}}
    ask = "<details><summary>Speaker notes</summary>\n\n**{} minutes.** {}\n\n</details>"
    cells = [
        markdown("# The first slide", id="title", metadata=slide),
        markdown(ask.format(4, "Of **45 minutes in all**."), id="title-notes", metadata=spoken),
        markdown("## See", id="explore", metadata=slide),
        code(EXPLORER, id="explorer", metadata={"slideshow": {}, "tags": ["hide-input"]}),
        markdown(ask.format(5, "Ask before you move."), id="see-notes", metadata=spoken),
        long,
        markdown("## In the middle", id="middle", metadata=slide),
        code("print(6 * 7)", id="code", metadata=slide),
        markdown("## Prove it", id="prove", metadata=slide),
        code(PROOF, id="proof", metadata={"slideshow": {}, "tags": ["hide-input"]}),
        markdown("## Recap", id="recap", metadata=slide),
    ]
    write_notebook(lab_server.root / "stage.ipynb", cells)
    notebook = open_notebook("stage.ipynb")
    notebook.run_all()
    notebook.page.evaluate(COUNT_RESTARTS)
    yield notebook
    notebook.close()


def enter(notebook, cell="title"):
    """Show the slide that begins with a cell."""
    if not notebook.page.locator("body[data-jp-deck-mode='presenting']").count():
        notebook.page.evaluate("sessionStorage.clear()")
        notebook.page.keyboard.press("F9")
        notebook.page.wait_for_selector("body[data-jp-deck-mode='presenting'] .jp-deck-mod-visible")
    notebook.page.evaluate(SELECT, cell)
    wait_for_slide(notebook, cell)


def wait_for_slide(notebook, cell):
    def shown():
        return notebook.page.evaluate(SHOWN)

    notebook.wait_until(lambda: cell in shown(), lambda: (cell, shown()))


def focused(notebook, place):
    """Put the focus on a slide, or on the control of the explorer's that a selector finds."""
    if place == "slide":
        notebook.page.evaluate("document.activeElement.blur()")
        notebook.page.evaluate("window.jupyterapp.shell.currentWidget.content.node.focus()")
    else:
        notebook.page.locator(f".jp-deck-mod-visible {place}").first.focus()


def leave(notebook):
    if notebook.page.locator("body[data-jp-deck-mode='presenting']").count():
        notebook.page.keyboard.press("F9")
        notebook.page.wait_for_selector("body:not([data-jp-deck-mode])", state="attached")


def test_a_double_click_and_the_menu_key_leave_a_text_as_it_is(stage):
    enter(stage, "middle")
    before = stage.page.evaluate(STATE)
    text = stage.page.locator(".jp-deck-mod-visible h2")
    text.dblclick()
    text.click(button="right")
    assert stage.page.evaluate(STATE) == before


@pytest.mark.parametrize("key", ["Enter", "ArrowRight", "PageDown", " "])
def test_a_key_that_goes_on_goes_on(stage, key):
    enter(stage, "middle")
    focused(stage, "slide")
    stage.page.keyboard.press(key)
    wait_for_slide(stage, "code")


def typed_in_program(notebook, text):
    """Type at the end of the slide's program, leave it by Escape, and return what there is then."""
    notebook.page.locator(".jp-deck-mod-visible .cm-content").click()
    notebook.page.keyboard.press("End")
    notebook.page.keyboard.type(text)
    notebook.page.keyboard.press("Escape")
    return notebook.page.evaluate(STATE)


def test_escape_ends_typing_and_not_the_talk(stage):
    enter(stage, "code")
    before = typed_in_program(stage, "  # xx 00 dd")
    assert any("# xx 00 dd" in source for _, _, source in before["cells"])
    for key in ("x", "d", "d", "Escape"):
        stage.page.keyboard.press(key)
    assert stage.page.evaluate(STATE) == before
    assert before["presenting"] == "presenting"


def test_shift_enter_in_a_program_runs_it_and_adds_no_cell(stage):
    enter(stage, "code")
    stage.page.locator(".jp-deck-mod-visible .cm-content").click()
    before = stage.page.evaluate(STATE)
    count = stage.counts()
    stage.page.keyboard.press("Shift+Enter")
    stage.wait_until(lambda: None not in stage.counts() and stage.counts() != count)
    stage.wait_idle()
    assert stage.page.evaluate(STATE) == before
    wait_for_slide(stage, "code")


def test_black_is_left_by_any_key_that_moves_and_the_slide_stays(stage):
    enter(stage, "middle")
    stage.page.keyboard.press("b")
    stage.page.wait_for_selector("body.lessons-blank", state="attached")
    stage.page.keyboard.press("PageDown")
    stage.page.wait_for_selector("body:not(.lessons-blank)", state="attached")
    wait_for_slide(stage, "middle")


def test_after_run_all_f9_begins_at_the_first_slide(stage):
    leave(stage)
    stage.page.evaluate("sessionStorage.clear()")
    stage.run_all()
    assert (
        stage.page.evaluate("window.jupyterapp.shell.currentWidget.content.activeCell.model.id")
        == "recap"
    )
    stage.page.keyboard.press("F9")
    wait_for_slide(stage, "title")


def test_f9_begins_at_the_cell_in_view_and_leaving_comes_back_to_it(stage):
    leave(stage)
    open_panel(stage)
    stage.page.evaluate(SELECT, "title")
    stage.page.evaluate(SCROLL, "middle")
    assert not stage.page.evaluate(IN_VIEW, "title")
    stage.page.keyboard.press("F9")
    wait_for_slide(stage, "middle")
    stage.page.keyboard.press("PageDown")
    wait_for_slide(stage, "code")
    leave(stage)
    stage.wait_until(lambda: stage.page.evaluate(IN_VIEW, "code"))
    stage.wait_until(lambda: panel_is_open(stage))
    stage.page.keyboard.press("F9")
    wait_for_slide(stage, "code")


def test_leaving_at_once_leaves_the_panel_open(stage):
    leave(stage)
    open_panel(stage)
    stage.page.keyboard.press("F9")
    stage.page.wait_for_selector("body[data-jp-deck-mode='presenting'] .jp-deck-mod-visible")
    leave(stage)
    stage.page.wait_for_timeout(
        1500
    )  # jupyterlab-slideshow closes it again a second after its start
    stage.wait_until(lambda: panel_is_open(stage))


def wait_for_line(notebook, line):
    """Wait until a proof on the slide stands up to a line, of three."""
    task = notebook.page.locator(".jp-deck-mod-visible .lessons-reveal")
    said = f"Line {line} of 3." if line < 3 else "lines stand"
    notebook.wait_until(lambda: said in (task.text_content() or ""), task.text_content)


def test_keys_open_and_close_the_lines_of_a_proof_that_begins_anew_when_it_is_come_to(stage):
    enter(stage, "code")
    focused(stage, "slide")
    for line in (1, 2, 3):
        stage.page.keyboard.press("PageDown")
        wait_for_line(stage, line)
    stage.page.keyboard.press("PageUp")
    wait_for_line(stage, 2)
    enter(stage, "code")
    stage.page.keyboard.press("PageDown")
    wait_for_line(stage, 1)
    stage.page.keyboard.press("PageUp")
    wait_for_slide(stage, "code")


def test_a_proof_whose_kernel_has_gone_holds_nobody_up(stage):
    enter(stage, "prove")
    proof = stage.page.locator(".lessons-reveal")
    lose = "node => node.classList.toggle('jupyter-widgets-disconnected')"  # as ipywidgets does
    proof.evaluate(lose)
    stage.page.keyboard.press("PageDown")
    wait_for_slide(stage, "recap")
    proof.evaluate(lose)


LOOKS = """() => [document.body.style.transform, getComputedStyle(document.body).cursor,
    document.body.classList.contains("lessons-blank")]"""
# An enlarged page that nothing holds is where it was, and not seen.
IN_SIGHT = """() => [60, 360, 660].every(
    y => document.elementFromPoint(640, y)?.closest(".jp-NotebookPanel"))"""


def test_the_pointer_and_the_zoom_come_and_go_and_end_with_the_talk(stage):
    enter(stage, "middle")
    focused(stage, "slide")
    plain = stage.page.evaluate(LOOKS)
    before = stage.page.evaluate(STATE)
    heading = stage.page.locator(".jp-deck-mod-visible h2")
    stage.page.keyboard.press("p")
    assert "url(" in stage.page.evaluate(LOOKS)[1]  # the dot
    stage.page.keyboard.press("p")
    assert stage.page.evaluate(LOOKS) == plain
    heading.click(modifiers=["Alt"])
    assert stage.page.evaluate(LOOKS)[0] == "scale(2)"
    assert stage.page.evaluate(IN_SIGHT)
    stage.page.keyboard.press("PageDown")  # first back to the whole slide
    stage.wait_until(lambda: stage.page.evaluate(LOOKS) == plain)
    wait_for_slide(stage, "middle")
    assert stage.page.evaluate(STATE) == before
    heading.click(modifiers=["Alt"])
    stage.page.keyboard.press("p")
    assert stage.page.evaluate(LOOKS)[:2] != plain[:2]
    leave(stage)
    assert stage.page.evaluate(LOOKS)[0] == ""
    assert "url(" not in stage.page.evaluate(LOOKS)[1]


def open_panel(notebook):
    """Open the left panel, which leaving the slides may still be putting back as it was."""

    def is_opened():
        if not panel_is_open(notebook):
            notebook.command("application:toggle-left-area")
        return panel_is_open(notebook)

    notebook.wait_until(is_opened)


def panel_is_open(notebook):
    return not notebook.page.evaluate("window.jupyterapp.shell.leftCollapsed")


def speaker(notebook):
    """The speaker's window, opened by its key, and the page that it belongs to."""
    enter(notebook, "explore")
    focused(notebook, "slide")
    with notebook.page.context.expect_page() as opened:
        notebook.page.keyboard.press("s")
    return opened.value


def test_the_speaker_view_shows_notes_next_slide_and_minutes_and_drives_the_stage(stage):
    view = speaker(stage)
    assert "Ask before you move" in view.locator("#notes").inner_text()
    assert "In the middle" in view.locator("#next").inner_text()
    assert view.locator("#target").inner_text() == "this slide until minute 9"
    canvas = view.locator("#now canvas").first
    before = canvas.get_attribute("data-pictures")
    stage.page.locator(".jp-deck-mod-visible [role=slider]").first.focus()
    stage.page.keyboard.press("ArrowLeft")
    wait_until(view, lambda: canvas.get_attribute("data-pictures") != before)
    view.keyboard.press("PageDown")
    wait_for_slide(stage, "middle")
    wait_until(view, lambda: "In the middle" in view.locator("#now").inner_text())
    cells = stage.page.evaluate(STATE)
    for key in ("x", "d", "d", "0", "0"):
        view.keyboard.press(key)
    assert stage.page.evaluate(STATE) == cells
    view.close()


PLACES = {
    "slide": "middle",
    "[role=slider]": "explore",
    "button:not([disabled])": "explore",
    ".lessons-picture canvas": "explore",
    ".cm-content": "code",
}


def as_chord(binding):
    """Return a binding of one chord, `Accel Shift M`, as a keyboard has it."""
    *held, key = binding.split()
    held = ["Control" if name in ("Accel", "Ctrl") else name for name in held]
    return "+".join([*held, key.lower() if len(key) == 1 else key])


def press_each(notebook, place, presses):
    """Press each of these sequences with the focus on a place, coming back to it after each."""
    for keys in presses:
        focused(notebook, place)
        for key in keys:
            notebook.page.keyboard.press(key)
        if keys[-1] in (".", "b", "B"):
            notebook.page.keyboard.press("b")  # light again
        if PLACES[place] not in notebook.page.evaluate(SHOWN):
            enter(notebook, PLACES[place])


def as_pressed(sequence):
    """Return a binding's keys as a keyboard has them: D stands for the key, not the capital."""
    return [key.replace("Accel", "Control").replace(" ", "+").lower() for key in sequence]


@pytest.mark.parametrize("place", [place for place in PLACES if place != ".cm-content"])
def test_no_key_and_no_sequence_of_keys_changes_the_notebook(stage, place):
    enter(stage, PLACES[place])
    before = stage.page.evaluate(STATE)
    sequences = stage.page.evaluate(SEQUENCES)
    assert ["D", "D"] in sequences  # what deletes a cell
    assert ["0", "0"] in sequences  # what restarts the kernel
    press_each(stage, place, [*([key] for key in KEYS), *map(as_pressed, sequences)])
    assert stage.page.evaluate(STATE) == before


def test_undo_on_a_slide_leaves_what_was_typed_in_a_program(stage):
    enter(stage, "code")
    typed = typed_in_program(stage, "  # 42")
    for key in ("Control+z", "Control+y", "Control+Shift+z"):
        stage.page.keyboard.press(key)
    assert stage.page.evaluate(STATE) == typed
    stage.page.locator(".jp-deck-mod-visible .cm-content").click()
    stage.page.keyboard.press("Control+z")
    assert stage.page.evaluate(STATE) != typed  # in its program it is what one expects


@pytest.mark.parametrize("place", ["slide", "[role=slider]", ".cm-content"])
def test_no_chord_changes_the_notebook_or_what_is_around_it(stage, place):
    """In a program its editor's own chords edit the text, as typing does: only the cells count."""
    enter(stage, PLACES[place])
    before, layout = stage.page.evaluate(STATE), stage.page.evaluate(LAYOUT)
    chords = stage.page.evaluate(CHORDS)
    assert {"Shift M", "Ctrl Shift M", "Ctrl Shift ArrowDown", "Ctrl Shift -", "Alt Enter"} <= {
        *chords
    }
    press_each(stage, place, [[key] for key in ("ArrowUp", "ArrowDown", *map(as_chord, chords))])
    stage.wait_idle()
    after = stage.page.evaluate(STATE)
    if place == ".cm-content":
        for state in (before, after):
            state["cells"] = [cell[:2] for cell in state["cells"]]
    assert after == before
    assert stage.page.evaluate(LAYOUT) == layout


def test_the_same_chord_moves_a_cell_when_nothing_is_presented(stage):
    leave(stage)
    before = stage.page.evaluate(STATE)["cells"]
    stage.page.evaluate(SELECT, "read")
    focused(stage, "slide")
    stage.page.keyboard.press(as_chord("Ctrl Shift ArrowDown"))
    stage.wait_until(lambda: stage.page.evaluate(STATE)["cells"] != before)
    focused(stage, "slide")
    stage.page.keyboard.press(as_chord("Ctrl Shift ArrowUp"))
    stage.wait_until(lambda: stage.page.evaluate(STATE)["cells"] == before)


def test_the_same_keys_do_delete_a_cell_when_nothing_is_presented(stage):
    leave(stage)
    before = stage.page.evaluate(STATE)
    stage.page.evaluate(SELECT, "read")
    focused(stage, "slide")
    stage.page.keyboard.press("d")
    stage.page.keyboard.press("d")
    stage.wait_until(lambda: stage.page.evaluate(STATE) != before)
    stage.page.keyboard.press("z")
    stage.wait_until(lambda: stage.page.evaluate(STATE)["cells"] == before["cells"])


def test_a_reload_returns_to_its_slide(stage):
    enter(stage, "middle")
    stage.page.keyboard.press("PageDown")
    wait_for_slide(stage, "code")
    stage.command("docmanager:save")
    stage.page.reload()
    stage.page.wait_for_selector("body[data-jp-deck-mode='presenting'] .jp-deck-mod-visible")
    wait_for_slide(stage, "code")
    leave(stage)
    stage.page.wait_for_selector("#jp-top-panel")
