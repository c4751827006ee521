"""A derivation opens line by line, the reason first, and whole where there is no kernel."""

from html import unescape
from threading import Thread
from types import SimpleNamespace

import pytest
from ipywidgets.widgets.widget import _instances

from lessons.live.proofs import reveal as reveals
from lessons.live.proofs.reveal import DerivationReveal
from lessons.proofs import derivation
from lessons.proofs.printing.latex import to_latex
from lessons.proofs.printing.page import latex_of_view, reason_width
from lessons.proofs.printing.reasons import reason_as_latex

NAME = "binary, y = 1"


@pytest.fixture
def reveal():
    reveal = DerivationReveal(NAME)
    yield reveal
    reveal.close()


def page(reveal):
    return unescape(reveal.lines.value)


def on_page(reveal, number):
    step = derivation(NAME).steps[number - 1]
    return f"= {to_latex(step.expression)} && {reason(number)}" in page(reveal)


def reason(number):
    proof = derivation(NAME)
    return reason_as_latex(number, proof.steps[number - 1].because, reason_width(proof))


def test_at_first_one_line_stands_and_the_next_is_a_box_beside_its_reason(reveal):
    assert on_page(reveal, 1)
    assert not on_page(reveal, 2)
    assert page(reveal).count("boxed") == 1
    assert reason(2) in page(reveal)
    assert "Line 1 of 10. Write line 2" in reveal.task.value


def test_next_shows_the_predicted_line_and_asks_for_the_one_after(reveal):
    reveal.next.click()
    assert reveal.shown == 2
    assert on_page(reveal, 2)
    assert not on_page(reveal, 3)
    assert "Write line 3" in reveal.task.value


def test_the_task_says_the_reason_of_the_line_to_come_in_words(reveal):
    for step in reveal.derivation.steps[1:]:
        assert step.because.replace("`", "") in unescape(reveal.task.value)
        reveal.forward()


def idle(button):
    """Whether a button says that it has nothing to do; it keeps the focus."""
    assert not button.disabled
    return "lessons-idle" in button._dom_classes


def test_from_line_to_line_to_the_end_and_no_further(reveal):
    for number in range(2, 11):
        assert not idle(reveal.next)
        reveal.next.click()
        assert on_page(reveal, number)
    assert idle(reveal.next)
    assert "boxed" not in page(reveal)
    assert page(reveal) == latex_of_view(derivation(NAME)[:10], steady=True)
    assert "All 10 lines stand" in reveal.task.value
    reveal.forward()
    assert reveal.shown == 10


def test_its_columns_are_as_wide_from_the_first_line_to_the_last(reveal):
    widths = set()
    for _ in reveal.derivation.steps:
        *_, unseen, _ = page(reveal).splitlines()
        assert unseen.count("hphantom") == 3
        widths.add(unseen)
        reveal.forward()
    assert len(widths) == 1


def test_back_again_and_all_at_once(reveal):
    assert idle(reveal.back)
    reveal.backward()
    assert reveal.shown == 1
    reveal.all.click()
    assert (reveal.shown, idle(reveal.next), idle(reveal.all)) == (10, True, True)
    reveal.back.click()
    assert (reveal.shown, idle(reveal.next)) == (9, False)
    reveal.again.click()
    assert (reveal.shown, idle(reveal.back)) == (1, True)


def test_start_again_goes_back_to_the_lines_given_at_first():
    reveal = DerivationReveal("multiclass, vector", shown=3)
    reveal.finish()
    reveal.restart()
    assert reveal.shown == 3
    reveal.close()


def test_without_a_kernel_all_lines_are_there_and_the_text_never_changes(reveal):
    bundle = reveal._repr_mimebundle_()
    assert bundle["text/latex"] == derivation(NAME)._repr_latex_()
    assert bundle["text/plain"] == repr(reveal) == "DerivationReveal('binary, y = 1', shown=1)"
    assert "application/vnd.jupyter.widget-view+json" in bundle


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (("binary",), ValueError, "There is no derivation named `binary`"),
        ((NAME, 0), ValueError, "expected shown from 1 to 10, got 0"),
        ((NAME, 11), ValueError, "expected shown from 1 to 10, got 11"),
        ((NAME, 2.0), TypeError, "expected shown to be a whole number, got 2.0"),
        ((NAME, True), TypeError, "expected shown to be a whole number, got True"),
    ],
)
def test_bad_arguments_are_refused_with_what_was_expected(arguments, error, message):
    before = set(_instances)
    with pytest.raises(error, match=message):
        DerivationReveal(*arguments)
    assert set(_instances) == before


def test_presses_from_two_threads_are_all_counted_and_leave_one_page():
    reveal = DerivationReveal("binary, any y")
    hands = [Thread(target=lambda: [reveal.next.click() for _ in range(4)]) for _ in range(2)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert reveal.shown == 9
    assert page(reveal).count("boxed") == 1
    reveal.close()


def test_closing_leaves_no_widget_behind():
    before = set(_instances)
    DerivationReveal(NAME).close()
    assert set(_instances) == before


def test_a_part_of_a_long_derivation_opens_between_its_own_first_and_last_line():
    part = DerivationReveal(NAME, lines=(6, 8))
    assert (part.shown, idle(part.back)) == (6, True)
    assert on_page(part, 6) or to_latex(derivation(NAME).steps[5].expression) in page(part)
    assert not on_page(part, 5)
    part.next.click()
    part.next.click()
    assert on_page(part, 8)
    assert (part.shown, idle(part.next)) == (8, True)
    assert "boxed" not in page(part)
    assert "The first 8 of 10 lines stand" in part.task.value
    assert part._repr_mimebundle_()["text/latex"] == derivation(NAME)[5:8]._repr_latex_()
    part.close()


@pytest.mark.parametrize("lines", [(0, 4), (3, 11), (5, 4)])
def test_lines_that_are_not_there_are_refused(lines):
    with pytest.raises(ValueError, match=r"expected shown from \d+ to \d+, got"):
        DerivationReveal(NAME, lines=lines)


@pytest.fixture
def run_cell(monkeypatch):
    """Say which cell runs, as a page does."""

    def run(cell):
        shell = SimpleNamespace(get_parent=lambda: {"metadata": {"cellId": cell}})
        monkeypatch.setattr(reveals, "get_ipython", lambda: shell)

    monkeypatch.setattr(reveals, "OPENED", {})
    return run


def test_a_cell_that_is_run_again_keeps_its_opened_lines(run_cell):
    run_cell("a")
    first = DerivationReveal(NAME)
    first.forward()
    first.forward()
    assert DerivationReveal(NAME).shown == 3
    assert DerivationReveal(NAME, lines=(6, 8)).shown == 6  # another call in the cell


def test_another_cell_and_one_started_again_begin_at_the_beginning(run_cell):
    run_cell("a")
    first = DerivationReveal(NAME)
    first.finish()
    run_cell("b")
    assert DerivationReveal(NAME).shown == 1
    run_cell("a")
    again = DerivationReveal(NAME)
    assert again.shown == 10
    again.restart()
    assert DerivationReveal(NAME).shown == 1


def test_where_no_page_names_the_cell_nothing_is_kept():
    DerivationReveal(NAME).finish()
    assert DerivationReveal(NAME).shown == 1
    assert "" not in reveals.OPENED
