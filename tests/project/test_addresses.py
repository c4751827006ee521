"""Addresses of the repository and of the site stand in pyproject.toml, and everywhere alike."""

import re
from pathlib import Path

import addresses
import pytest
import series

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", addresses.PAGES)
def test_every_address_in_a_page_is_that_of_the_project(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert addresses.written(text, addresses.addresses()) == text


def test_a_change_reaches_every_address():
    moved = {
        "source": "https://github.com/school/gradients",
        "binder": "school/gradients",
        "site": "https://school.github.io/gradients/",
    }
    for name in addresses.PAGES:
        text = addresses.written((ROOT / name).read_text(encoding="utf-8"), moved)
        assert "OWNER" not in text
        assert "school" in text
    back = addresses.written(addresses.written(README, moved), addresses.addresses())
    assert back == README


def test_no_other_file_holds_an_address_of_its_own():
    pages = {*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob(".github/**/*.yml")}
    for page in pages - {ROOT / name for name in addresses.PAGES}:
        assert not re.search(r"github\.io|mybinder\.org/v2", page.read_text(encoding="utf-8")), page


def test_the_readme_lists_every_lesson_with_a_link_to_read_it():
    rows = re.findall(r"^\| (\d\d) \| \[.+\]\(notebooks/(\S+)\) \| .+ \|$", README, re.MULTILINE)
    lessons = series.lessons()
    assert rows == [(number, path.name) for number, path in lessons.items()]
