"""What is shown: the same words as HTML and as text, escaped, the same every time."""

import html
import re

import pytest

from lessons.practice import check, exercises, hint, progress, solution
from lessons.practice.feedback import Feedback


def _words(text):
    return re.sub(
        r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)).replace("`", "")
    ).strip()


def _squeezed(text):
    return re.sub(r"[\s`^_()]", "", text)


def test_html_says_what_the_text_says():
    for said in (
        check("binary-gradient", lambda z, y: y),
        check("softmax", ...),
        check("fill-slope", "3*z"),
        hint("softmax"),
        solution("softmax"),
    ):
        assert _squeezed(_words(said._repr_html_())) == _squeezed(repr(said))


def test_exponents_and_indices_are_raised_and_lowered_but_not_in_code():
    shown = Feedback("x", "wrong", "e^{−z} and e^{z_i}, e^z, z_max, but `a_b^c` and 2_000")
    assert "e<sup>−z</sup> and e<sup>z<sub>i</sub></sup>, e<sup>z</sup>" in shown._repr_html_()
    assert "<code>a_b^c</code>" in shown._repr_html_()
    assert "e^(−z) and e^(z_i), e^z" in repr(shown)


def test_two_indexed_letters_side_by_side_have_each_an_index_of_their_own():
    shown = Feedback("x", "wrong", "δ_jt − ŷ_jŷ_t")._repr_html_()
    assert "δ<sub>jt</sub> − ŷ<sub>j</sub>ŷ<sub>t</sub>" in shown


def _all_words(exercise):
    """Everything that an exercise may say in prose."""
    yield from (exercise.skill, exercise.insight, *exercise.hints)
    yield from (getattr(exercise, "reason", ""), getattr(exercise, "otherwise", ""))
    known = (*exercise.mistakes, *getattr(exercise, "properties", ()))
    yield from (mistake.thought for mistake in known)


@pytest.mark.parametrize("exercise", exercises(), ids=lambda each: each.name)
def test_no_message_turns_a_name_of_the_code_into_an_index(exercise):
    code = re.compile(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$", re.DOTALL)
    for text in _all_words(exercise):
        assert not re.search(r"[A-Za-z]{2,}_[A-Za-z]", code.sub("", text)), text


def test_nothing_of_the_student_becomes_markup():
    def talks(z, y):
        print("<script>alert(1)</script>")
        raise ValueError("<b>bold</b>")

    shown = check("binary-gradient", talks)._repr_html_()
    assert "<script" not in shown
    assert "<b>" not in shown
    assert "&lt;b&gt;" in shown


def test_every_status_has_a_mark_and_a_word_besides_its_colour():
    shown = {
        said.status: repr(said).splitlines()[0]
        for said in (
            check("predict-gap", (-0.25, 0.25)),
            check("predict-gap", (0, 0)),
            check("predict-gap", (..., ...)),
            hint("predict-gap"),
            solution("predict-gap"),
        )
    }
    assert shown == {
        "right": "✓ Right · predict-gap",
        "wrong": "✗ Not yet · predict-gap",
        "not attempted": "○ Not attempted yet · predict-gap",
        "hint": "? Hint · predict-gap",
        "solution": "✓ Solution · predict-gap",
    }


def test_the_same_answer_is_shown_in_the_same_way():
    def wrong(z, y):
        raise ValueError(object())

    first, second = (check("binary-gradient", wrong)._repr_html_() for _ in range(2))
    assert first == second
    assert " at 0x" not in first


def test_only_a_right_answer_is_passed():
    assert check("predict-gap", (-0.25, 0.25)).passed
    assert not check("predict-gap", (..., ...)).passed
    assert not hint("predict-gap").passed
    assert not solution("predict-gap").passed


def test_progress_is_a_table_and_a_text():
    text, table = repr(progress()), progress()._repr_html_()
    assert text.startswith("0 of ")
    assert "○ binary-gradient" in text
    assert "○ binary-gradient" in table
    assert table.count("<tr>") == 1 + len(progress().lessons)


def test_progress_says_what_one_can_do_after_an_exercise_that_is_done_and_after_no_other():
    (skill,) = [e.skill for e in exercises() if e.name == "predict-gap"]
    assert all(skill not in said for said in (repr(progress()), progress()._repr_html_()))
    check("predict-gap", (-0.25, 0.25))
    lines = [line.strip() for line in repr(progress()).splitlines()]
    assert [line for line in lines if line.startswith("can ")] == [skill]
    assert skill in html.unescape(progress()._repr_html_())
