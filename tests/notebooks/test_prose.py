"""What the prose promises its readers: links that lead somewhere, words spelled right."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
NEEDED = ("**Afterwards you can**", "**You need**", "**Time**", "## Recap", "## Where next")


def broken_links(text, folder):
    """Targets of links that are neither a file in the folder nor an https address."""
    return [
        target
        for target in LINK.findall(text)
        if not target.startswith("https://")
        and not (folder / target.split("#")[0]).is_file()
        and not target.startswith("#")
    ]


def misspelt(text):
    """Lines that codespell prints for a text."""
    command = [sys.executable, "-m", "codespell_lib", "--builtin=clear,rare", "-"]
    run = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    assert run.stderr == ""
    return run.stdout


def test_links_lead_to_a_file_beside_the_notebook(path, prose):
    assert broken_links("\n".join(prose), path.parent) == []


def test_a_link_to_nowhere_is_found():
    text = "[good](https://example.org) and [bad](99_nothing.ipynb)"
    assert broken_links(text, Path("notebooks")) == ["99_nothing.ipynb"]


def test_words_are_spelled_right(prose):
    assert misspelt("\n".join(prose)) == ""


def test_a_misspelt_word_is_found():
    assert "teh ==> the" in misspelt("Move teh slider.")  # codespell:ignore teh


def test_each_lesson_has_the_furniture_of_a_lesson(path, prose):
    text = "\n".join(prose)
    missing = [part for part in NEEDED if part not in text]
    assert missing == []


def test_pictures_have_alternative_texts(prose):
    assert re.findall(r"!\[\]\(", "\n".join(prose)) == []


@pytest.mark.parametrize("word", ["obviously", "clearly", "simply", "trivial", "of course"])
def test_no_word_makes_the_reader_feel_slow(prose, word):
    for cell in prose:
        assert not re.search(rf"\b{word}\b", cell, re.IGNORECASE), cell
