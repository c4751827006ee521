"""A page of the sketch is judged line by line, the student first and the engine after."""

from html import unescape

import pytest
from ipywidgets.widgets.widget import _instances

from lessons.live import SketchPanel
from lessons.proofs import LINES
from lessons.proofs.original.pages import PAGES


@pytest.fixture
def panel():
    panel = SketchPanel(1)
    yield panel
    panel.close()


def test_the_two_pages_hold_every_line_once_in_its_order():
    numbers = [number for page in PAGES.values() for part in page for number, _ in part.lines]
    assert numbers == list(LINES)


def test_each_line_is_shown_as_it_reads_and_nothing_is_given_away(panel):
    for one in panel.rows.values():
        assert one.line.as_read in unescape(one.formula.value)
        assert one.verdict.value == one.mended.value == ""
        assert one.why.layout.display == "none"
    assert "judged=0 of 12, right=0" in repr(panel)


@pytest.mark.parametrize(
    ("number", "said", "right"),
    [
        ("B1", "true", True),
        ("B4", "false", True),
        ("B4", "true", False),
        ("M4", "false", False),
        ("M5", "true once mended", True),
        ("B2", "no formula", True),
    ],
)
def test_the_engines_verdict_stands_beside_the_students_with_the_point(panel, number, said, right):
    one = panel.rows[number]
    one.choices[said].click()
    assert f"<b>{one.line.verdict}</b>" in one.verdict.value
    assert ("✓" in one.verdict.value) is right
    assert f"You: {said}." in one.verdict.value
    assert one.line.counterexample in unescape(one.verdict.value)
    assert (panel.judged, panel.right) == (1, int(right))


def test_the_first_verdict_stays(panel):
    one = panel.rows["B4"]
    one.choices["true"].click()
    one.choices["false"].click()
    one.judge("false as scanned")
    assert (one.said, panel.right) == ("true", 0)
    assert all(choice.disabled for choice in one.choices.values())


def test_why_and_the_mended_line_are_one_button_further(panel):
    one = panel.rows["B4"]
    one.choices["false"].click()
    assert one.why.layout.display is None
    assert one.line.as_mended not in unescape(one.mended.value)
    one.why.click()
    assert one.line.as_mended in unescape(one.mended.value)
    assert one.line.reason in unescape(one.mended.value)


def test_a_page_without_a_kernel_shows_the_lines_and_no_verdict():
    panel = SketchPanel(2)
    bundle = panel._repr_mimebundle_()
    assert all(line.reason not in bundle["text/markdown"] for line in LINES.values())
    assert LINES["W2"].as_read in bundle["text/markdown"]
    assert bundle["text/plain"] == "SketchPanel(2, judged=0 of 5, right=0)"
    panel.close()


@pytest.mark.parametrize("page", [0, 3, "1", True, None])
def test_another_page_is_refused(page):
    with pytest.raises(ValueError, match=r"expected page 1 or 2 .* got"):
        SketchPanel(page)


def test_closing_leaves_no_widget_behind():
    before = set(_instances)
    panel = SketchPanel(2)
    panel.rows["W1"].choices["true"].click()
    panel.close()
    assert set(_instances) == before
