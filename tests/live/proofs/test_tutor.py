import html
import re
from html import escape
from threading import Thread

import pytest
from ipywidgets import Widget
from ipywidgets.widgets.widget import _instances

from lessons.live.proofs.tutor import TutorPanel
from lessons.proofs.tutor.tasks.catalogue import TASKS

ROAD = ["-1/yhat * d/dz(yhat)", "-1/yhat * yhat*(1 - yhat)", "yhat - y"]


@pytest.fixture
def panel():
    panel = TutorPanel("binary, y = 1")
    yield panel
    panel.close()


def enter(panel, *lines):
    for line in lines:
        panel.line.value = line


def said(panel, row=-1):
    return panel.rows.children[row].answer.value


def test_a_derivation_is_written_line_by_line_to_its_end(panel):
    enter(panel, *ROAD)
    assert panel.tutor.finished
    assert [row.field.value for row in panel.rows.children] == ["dL/dz", *ROAD]
    assert "The derivation is finished." in said(panel)
    assert repr(panel) == "TutorPanel('binary, y = 1', lines=4, finished=True)"


def test_an_accepted_line_is_closed_and_the_next_field_is_opened(panel):
    enter(panel, ROAD[0])
    given, first, waiting = panel.rows.children
    assert (given.field.disabled, first.field.disabled, waiting.field.disabled) == (1, 1, 0)
    assert waiting.field is panel.line
    assert [row.field.description for row in panel.rows.children] == ["line 1", "line 2", "line 3"]
    assert "✓ <b>accepted</b>: Line 2 follows from line 1." in first.answer.value


def test_a_refused_line_shows_the_numbers_and_stays_open(panel):
    enter(panel, "-(1/(1 + e^-z)) * 1/(1 + e^-z)^2 * (-e^-z)")
    assert "✗ <b>refuted</b>" in said(panel)
    assert "at z = 1, line 1 is −0.2689 and line 2 is 0.1437." in said(panel)
    assert not panel.line.disabled
    assert len(panel.rows.children) == 2
    assert panel.tutor.lines == ["dL/dz"]
    enter(panel, ROAD[0])
    assert "refuted" not in said(panel, 1)


def test_a_line_that_cannot_be_read_shows_the_place_in_fixed_width(panel):
    enter(panel, "log(yhat")
    assert "<pre>log(yhat\n   ^</pre>" in said(panel)
    assert "? <b>not understood</b>: This bracket is never closed." in said(panel)
    assert panel.rows.children[-1].math.value == ""


def test_what_was_understood_stands_beside_the_line(panel):
    enter(panel, "d/dz(-log(yhat))")
    assert panel.rows.children[1].math.value.startswith(r"$\displaystyle = ")
    assert r"\hat{y}" in panel.rows.children[1].math.value


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "<i>", "& < >", "yhat<i>"])
def test_nothing_typed_becomes_markup(panel, typed):
    enter(panel, typed)
    assert typed not in said(panel)
    assert escape(typed) in said(panel)
    assert typed not in panel._repr_mimebundle_()["text/html"]


def test_an_emptied_field_clears_the_answer(panel):
    enter(panel, "yhat", "")
    assert said(panel) == ""
    assert panel.rows.children[-1].math.value == ""


def test_hints_come_one_by_one_and_leave_with_the_next_line(panel):
    panel.hint()
    assert panel.hints.value.startswith("<div>Hint: ŷ stands inside a logarithm")
    panel.hint()
    assert "You could write -1/yhat * d/dz(yhat)" in panel.hints.value
    enter(panel, ROAD[0])
    assert panel.hints.value == ""


def test_a_line_can_be_taken_back_also_after_the_end(panel):
    enter(panel, *ROAD)
    panel.undo()
    assert panel.tutor.lines == ["dL/dz", *ROAD[:2]]
    assert len(panel.rows.children) == 4
    enter(panel, ROAD[2])
    assert panel.tutor.finished
    panel.restart()
    assert panel.tutor.lines == ["dL/dz"]
    panel.undo()
    assert "nothing to take back" in panel.hints.value
    assert len(panel.rows.children) == 2


def test_an_accepted_line_keeps_what_was_accepted(panel):
    enter(panel, ROAD[0])
    panel.rows.children[1].field.value = "yhat"
    assert panel.tutor.lines == ["dL/dz", ROAD[0]]
    assert panel.rows.children[1].field.value == ROAD[0]
    assert "accepted" in said(panel, 1)


def test_an_accepted_line_stands_as_text_that_wraps_and_no_field_is_left(panel):
    enter(panel, ROAD[0])
    row = panel.rows.children[1]
    written = row.children[0].children[1]
    assert f"<code>{ROAD[0]}</code>" in html.unescape(written.value)
    assert row.field.layout.display == "none"
    assert panel.line.layout.display is None


def test_an_error_is_shown_and_goes_with_the_next_good_line(panel, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(panel.tutor, "line", lambda text: 1 / 0)
        enter(panel, "yhat")
    assert isinstance(panel.error, ZeroDivisionError)
    assert "⚠ ZeroDivisionError: division by zero" in panel.hints.value
    enter(panel, ROAD[0])
    assert panel.error is None
    assert panel.hints.value == ""
    assert panel.answer


def test_two_threads_leave_fields_and_tutor_in_agreement(panel):
    def write():
        for _ in range(6):
            enter(panel, *ROAD[:2])
            panel.undo()

    threads = [Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert panel.error is None
    fields = [row.field.value for row in panel.rows.children if row.field.disabled]
    assert fields == panel.tutor.lines
    assert not panel.line.disabled


def test_a_reader_without_a_kernel_sees_task_lines_and_answers(panel):
    enter(panel, ROAD[0], "yhat")
    bundle = panel._repr_mimebundle_()
    assert bundle["text/plain"] == repr(panel)
    assert "application/vnd.jupyter.widget-view+json" in bundle
    html = bundle["text/html"]
    assert r"Show that $\partial L/\partial z = \hat{y} - y$." in html
    assert "<code>-1/yhat * d/dz(yhat)</code>" in html
    assert "line 3 is 0.7311" in html
    assert re.search("0x[0-9a-f]+|model_id", html) is None


def test_a_proof_is_kept_where_a_person_can_read_it_and_stands_there_again(panel, own_files):
    enter(panel, ROAD[0], "d/dz(yhat) = yhat*(1 - yhat)", "nonsense", ROAD[1])
    written = (own_files / "proofs" / "binary-y-is-1.txt").read_text(encoding="utf-8")
    head, lines = written.splitlines()[:3], written.splitlines()[3:]
    assert lines == panel.tutor.lines[1:]
    assert head[1] == "# The label is y = 1, so L = −log ŷ with ŷ = σ(z). Show that ∂L/∂z = ŷ − y."
    assert head[2] == "# not finished yet"
    again = TutorPanel("binary, y = 1")
    assert again.tutor.lines == panel.tutor.lines
    assert "yours from last time" in again.hints.value
    assert not again.line.disabled
    enter(again, ROAD[2])
    assert again.tutor.finished
    assert (own_files / "progress.txt").read_text(encoding="utf-8") == "proof: binary, y = 1\n"
    again.close()
    finished = TutorPanel("binary, y = 1")
    assert finished.tutor.finished
    assert finished.line.disabled
    finished.close()


def test_starting_again_loses_the_kept_proof_only_to_a_new_line(panel, own_files):
    enter(panel, *ROAD)
    kept = own_files / "proofs" / "binary-y-is-1.txt"
    before = kept.read_text(encoding="utf-8")
    panel.restart()
    assert kept.read_text(encoding="utf-8") == before
    enter(panel, ROAD[0])
    assert kept.read_text(encoding="utf-8").splitlines()[3:] == ROAD[:1]
    (beside,) = set(kept.parent.iterdir()) - {kept}
    assert beside.read_text(encoding="utf-8") == before
    assert re.fullmatch(r"binary-y-is-1_\d{4}(-\d\d){2}_\d\d(-\d\d){2}\.txt", beside.name)
    assert beside.name in panel.hints.value
    enter(panel, ROAD[1])
    panel.undo()
    assert kept.read_text(encoding="utf-8").splitlines()[3:] == ROAD[:1]
    assert set(kept.parent.iterdir()) == {kept, beside}  # a line taken back is no loss
    assert "proof: binary, y = 1" in (own_files / "progress.txt").read_text(encoding="utf-8")


def own_lines(path):
    text = path.read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def test_a_proof_of_another_kernel_that_went_further_is_kept_beside(panel, own_files):
    enter(panel, ROAD[0])
    other = TutorPanel("binary, y = 1")
    enter(panel, ROAD[1])
    enter(other, "-1/yhat * sigma(z)*(1 - sigma(z))")
    assert len(other.tutor.lines) == 3
    folder = own_files / "proofs"
    kept = folder / "binary-y-is-1.txt"
    (beside,) = set(folder.iterdir()) - {kept}
    assert own_lines(beside) == ROAD[:2]
    assert own_lines(kept) == other.tutor.lines[1:]
    enter(other, ROAD[2])
    assert own_lines(kept) == other.tutor.lines[1:]
    assert len(set(folder.iterdir())) == 2
    enter(panel, ROAD[2])  # and back: what it replaces was finished
    assert len(set(folder.iterdir())) == 3
    other.close()


@pytest.mark.parametrize("wrong", ["yhat + 17", "a word that no longer means anything"])
def test_lines_behind_one_that_is_not_accepted_any_more_are_kept_beside(own_files, wrong):
    text = "\n".join([ROAD[0], wrong, *ROAD[1:]]) + "\n"
    kept = own_files / "proofs" / "binary-y-is-1.txt"
    kept.parent.mkdir()
    kept.write_text(text, encoding="utf-8")
    panel = TutorPanel("binary, y = 1")
    assert kept.read_text(encoding="utf-8") == text
    enter(panel, ROAD[1])
    (beside,) = set(kept.parent.iterdir()) - {kept}
    assert beside.read_text(encoding="utf-8") == text
    panel.close()


def test_taking_back_a_line_of_a_finished_proof_keeps_it_beside_once(panel, own_files):
    enter(panel, *ROAD)
    for _ in range(3):
        panel.undo()
    folder = own_files / "proofs"
    (beside,) = set(folder.iterdir()) - {folder / "binary-y-is-1.txt"}
    assert own_lines(beside) == ROAD


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("# by hand\n\n-1/yhat * d/dz(yhat)\nyhat + 17\nyhat - y\n", 2),  # to be mended there
        ("-1/yhat * d/dz(yh", 1),  # written by half
        ("\0\ufffd\n" * 3, 1),
        ("(" * 10_000, 1),
        ("d/dz(-log(yhat))\n" * 10_000, 2),
    ],
)
def test_a_file_that_was_edited_or_damaged_is_judged_as_if_it_were_typed(own_files, text, lines):
    (own_files / "proofs").mkdir()
    (own_files / "proofs" / "binary-y-is-1.txt").write_text(text, encoding="utf-8")
    panel = TutorPanel("binary, y = 1")
    assert len(panel.tutor.lines) == lines
    assert panel.error is None
    assert not panel.line.disabled
    enter(panel, *ROAD[lines - 1 :])
    assert panel.tutor.finished
    panel.close()


def test_what_cannot_be_saved_is_said_and_the_proof_goes_on(panel, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LESSONS_PROGRESS", str(tmp_path / "file" / "progress.txt"))
    enter(panel, *ROAD)
    assert panel.tutor.finished
    assert panel.error is None
    assert "cannot be saved" in panel.hints.value


def test_the_proof_as_it_stands_can_be_copied_as_latex_and_as_text(panel):
    latex, text = panel.copies
    enter(panel, ROAD[0], "d/dz(yhat) = yhat*(1 - yhat)", *ROAD[1:])
    assert text.text.splitlines()[2:] == [
        "(1)  dL/dz",
        "(2)  -1/yhat * d/dz(yhat)",
        "(3)  d/dz(yhat) = yhat*(1 - yhat)",
        "(4)  -1/yhat * yhat*(1 - yhat)",
        "(5)  yhat - y",
    ]
    begin, *rows, end = latex.text.splitlines()
    assert (begin, end) == (r"\begin{align*}", r"\end{align*}")
    assert [row.split("&")[0].strip() for row in rows] == ["", "={}", "", "={}", "={}"]
    assert r"\text{aside: }" in rows[2]
    assert rows[-1] == r"  ={} & \hat{y} - y"
    assert "textcolor" not in latex.text
    panel.undo()
    assert text.text.endswith("yhat*(1 - yhat)")


def test_the_same_lines_look_the_same():
    def html(name):
        panel = TutorPanel(name)
        panel.restart()
        enter(panel, *(milestone.line for milestone in panel.tutor.task.milestones))
        text = panel._repr_mimebundle_()["text/html"]
        panel.close()
        return text

    assert html("multiclass, j ≠ i") == html("multiclass, j ≠ i")


@pytest.mark.parametrize("name", TASKS)
def test_every_task_opens_with_examples_of_its_own_language(name):
    panel = TutorPanel(name)
    for example in panel.tutor.task.setting.vocabulary.examples:
        assert panel.tutor.line(example).status != "not understood"
    panel.close()


def test_closing_frees_every_widget():
    before = set(_instances)
    panel = TutorPanel("binary, y = 0")
    enter(panel, "1/(1 - yhat) * d/dz(yhat)")
    panel.restart()
    panel.close()
    assert set(_instances) <= before
    assert isinstance(panel, Widget)
