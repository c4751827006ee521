"""Votes: each lesson has some, each wrong option has a thought, no letter is favoured."""

from collections import Counter
from pathlib import Path

import nbformat
import paths
import pytest
import votes

LESSONS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
VOTES = votes.all_votes()


@pytest.mark.parametrize("lesson", LESSONS, ids=[path.stem for path in LESSONS])
def test_each_lesson_has_three_or_four(lesson):
    assert 3 <= len(votes.votes_of(lesson.name[:2])) <= 4


@pytest.mark.parametrize("vote", VOTES, ids=[vote.id for vote in VOTES])
def test_four_options_one_right_and_a_thought_for_each_other(vote):
    assert list(vote.options) == list("ABCD")
    assert len(set(vote.options.values())) == 4
    assert set(vote.thoughts) == set("ABCD") - {vote.right}


def test_no_letter_is_right_much_more_often_than_another():
    counts = Counter(vote.right for vote in VOTES)
    assert set(counts) == set("ABCD")
    assert max(counts.values()) < 0.4 * len(VOTES)


def test_the_answer_comes_after_the_question_and_the_discussion():
    cells = votes.slide(VOTES[0])
    kinds = [cell.metadata.slideshow.slide_type for cell in cells]
    assert kinds == ["slide", "notes", "fragment", "fragment"]
    assert VOTES[0].why in cells[-1].source
    assert all(VOTES[0].why not in cell.source for cell in cells[:-1])


def test_votes_stand_before_the_recap_and_plan_no_minutes_of_their_own():
    lesson = nbformat.read(LESSONS[3], as_version=4)
    before = sum(map(paths.minutes_of, paths.by_slide(lesson.cells).values()))
    slides = paths.by_slide(votes.with_votes(lesson, "03").cells)
    names = list(slides)
    assert names[-2:] == [f"vote-{votes.votes_of('03')[-1].id}", "recap"]
    assert sum(map(paths.minutes_of, slides.values())) == before


def test_the_sheet_of_questions_gives_no_answer():
    asked, answered = (" ".join(c.source for c in nb.cells) for nb in votes.vote_sheets())
    assert all(vote.ask in asked and vote.why not in asked for vote in VOTES)
    assert all(vote.why in answered for vote in VOTES)
