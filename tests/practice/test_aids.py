"""Hints and solutions at hand: buttons in the feedback, names left out, and nothing hidden."""

import os
import re
import subprocess
import sys
from types import SimpleNamespace

import pytest

from lessons.practice import api, check, hint, solution
from lessons.practice.aids import ENOUGH
from lessons.practice.catalogue import find
from lessons.practice.feedback import STOPPED
from lessons.practice.feedback_box import FeedbackBox

WIDGET = "application/vnd.jupyter.widget-view+json"
NAME = "binary-gradient"


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    """A student who has neither checked nor asked anything."""
    monkeypatch.setattr(api, "_aids", {})
    monkeypatch.setattr(api, "_checked", [])


@pytest.fixture
def notebook(monkeypatch):
    """A kernel that a page may be looking at; call it to go on to the next cell."""

    class Shell:
        kernel, execution_count = object(), 1
        events = SimpleNamespace(callbacks={"post_run_cell": []}, register=lambda *_: None)

    shell = Shell()
    module = pytest.importorskip("IPython")
    monkeypatch.setattr(module, "get_ipython", lambda: shell)
    return lambda: setattr(shell, "execution_count", shell.execution_count + 1)


@pytest.fixture
def without_solutions(monkeypatch):
    """A copy that was released without solutions."""
    none = SimpleNamespace(solution=lambda exercise: None)
    monkeypatch.setattr("lessons.practice.aids.answers", none)


def wrong():
    return check(NAME, lambda z, y: y)


def right():
    return check("predict-gap", (-0.25, 0.25))


def box(said):
    return FeedbackBox(said._repr_html_(), said.aids)


def offered(box):
    buttons = box.hint, box.solution
    return [b.description for b in buttons if b.layout.display != "none"]


def words(box):
    return [child.value for child in box.children[:-1]]


def test_each_press_adds_the_next_hint_below_what_was_said_and_after_the_last_the_solution():
    said = wrong()
    shown, hints = box(said), find(NAME).hints
    assert offered(shown) == ["Hint"]
    for n in range(len(hints)):
        shown.hint.click()
        assert f"{n + 1} of {len(hints)}" in words(shown)[-1]
    assert words(shown)[0] == said._repr_html_()
    assert len(words(shown)) == 1 + len(hints)
    assert offered(shown) == ["Solution"]
    shown.hint.click()  # pressed on a page that has not heard of the last one yet
    assert len(words(shown)) == 1 + len(hints)
    shown.solution.click()
    assert "Solution" in words(shown)[-1]
    assert shown.solution.disabled


def test_the_solution_is_offered_after_three_attempts_and_open_ones_do_not_count():
    for _ in range(ENOUGH):
        check(NAME, ...)
    for _ in range(ENOUGH - 1):
        assert offered(box(wrong())) == ["Hint"]
    assert offered(box(wrong())) == ["Hint", "Solution"]


def test_what_was_stopped_is_no_attempt(monkeypatch):
    def interrupt(self, answer):
        raise KeyboardInterrupt

    exercise = type(find(NAME))
    with monkeypatch.context() as patched:
        patched.setattr(exercise, "judge", interrupt)
        assert [wrong().status for _ in range(ENOUGH)] == [STOPPED] * ENOUGH
    for _ in range(ENOUGH - 1):
        said = wrong()
    said.aids.count(find(NAME).stopped("It took too long."))
    assert offered(box(said)) == ["Hint"]


def test_a_right_answer_can_be_compared_with_ours_and_needs_no_hint():
    said = right()
    assert said.passed
    assert offered(box(said)) == ["Solution"]


def test_without_solutions_there_is_no_such_button_and_no_such_promise(without_solutions, notebook):
    for _ in range(ENOUGH):
        said = wrong()
    assert offered(box(said)) == ["Hint"]
    given = [hint(NAME).message for _ in find(NAME).hints]
    assert "solution(" not in given[-1]
    assert WIDGET not in right()._repr_mimebundle_()
    assert "without solutions" in solution(NAME).message


def test_in_a_notebook_the_bundle_has_the_box_beside_the_same_text_and_html(notebook):
    said = wrong()
    bundle = said._repr_mimebundle_()
    assert set(bundle) == {WIDGET, "text/plain", "text/html"}
    assert bundle["text/plain"] == repr(said)
    assert bundle["text/html"] == said._repr_html_()
    assert " at 0x" not in str(bundle["text/html"])


def test_where_no_one_can_press_there_is_no_widget(notebook, monkeypatch):
    assert WIDGET not in solution(NAME)._repr_mimebundle_()
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert WIDGET not in wrong()._repr_mimebundle_()


def test_outside_a_notebook_text_and_html_load_no_widgets():
    code = (
        "import sys; from lessons.practice import check\n"
        "said = check('softmax', ...)\n"
        "print(sorted(said._repr_mimebundle_()), 'ipywidgets' in sys.modules)"
    )
    environment = os.environ | {"PYTHONWARNINGS": "error"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout == "['text/html', 'text/plain'] False\n"


def test_without_a_name_it_is_the_exercise_checked_last():
    check("softmax", ...)
    wrong()
    assert hint().exercise == solution().exercise == NAME
    assert hint("softmax").exercise == "softmax"


def test_without_a_name_and_a_check_a_sentence_says_what_to_write():
    assert 'hint("softmax")' in hint().message
    assert 'solution("softmax")' in solution().message


def test_what_checks_in_the_same_cell_have_said_is_never_hidden(notebook):
    first = wrong()
    second = check("softmax", ...)
    given = hint()
    sentences = [first.message, second.message, given.message]
    heads = ["✗ Not yet · binary-gradient", "○ Not attempted yet · softmax", "? Hint · softmax"]
    assert [line for line in repr(given).splitlines() if " · " in line] == heads
    assert all(sentence[:20] in repr(given) for sentence in sentences)
    assert given._repr_html_().count("role='status'") == 3
    assert repr(second).count(" · ") == 2


def test_what_was_displayed_or_belongs_to_another_cell_is_not_said_again(notebook):
    wrong()._repr_mimebundle_()
    assert hint().before == ()
    wrong()
    notebook()
    assert hint().before == ()


CELLS = {
    "check('softmax', ...)\n1 + 1": ["softmax"],
    "check('softmax', ...)": ["softmax"],
    "print(check('softmax', ...))": ["softmax"],
    "check('softmax', ...)\ncheck('shift-sign', ...)\nfound = 1": ["softmax", "shift-sign"],
    "check('softmax', ...)\ncheck('shift-sign', ...)": ["softmax", "shift-sign"],
    "assert check('softmax', ...).passed": ["softmax"],
    "1 + 1": [],
}


def test_a_line_below_a_check_hides_nothing_of_what_it_says_and_nothing_is_said_twice():
    code = (
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "shell = InteractiveShell.instance()\n"
        "shell.run_cell('from lessons.practice import check')\n"
        f"for cell in {list(CELLS)}: shell.run_cell(cell, store_history=True); print('END')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    said = [re.findall(r"Not attempted yet · (\S+)", part) for part in done.stdout.split("END")]
    assert said[:-1] == list(CELLS.values())
