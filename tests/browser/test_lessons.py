"""Every lesson opens in JupyterLab and runs to its end with nothing to complain about."""

import pytest

from .access import RULES, violations

OFTEN = ("00", "03")


def test_every_code_cell_runs_in_order(lesson):
    counts = lesson.counts()
    assert counts
    assert counts == list(range(1, len(counts) + 1))


def test_no_cell_ends_in_an_error_or_writes_to_stderr(lesson):
    assert lesson.errors() == []


def test_the_page_raises_and_logs_no_error(lesson):
    assert lesson.record.page_errors == []
    assert lesson.record.console_errors == []


def test_nothing_is_asked_of_another_host(lesson):
    assert lesson.record.requests
    assert lesson.record.outside() == []


@pytest.mark.parametrize("theme", RULES)
def test_our_outputs_have_no_serious_accessibility_violation(lesson, theme):
    lesson.theme(theme)
    assert violations(lesson.page, ".jp-Notebook .jp-OutputArea-output", theme) == []
