"""ARCHITECTURE.md names files that exist, every lesson, and every room; README leads to it."""

import re
from itertools import takewhile
from pathlib import Path

import pytest
import series

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "lessons"
GUIDE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`([\w/…]+(?:\.py|/))`", GUIDE)
# In the table a file stands in the room that its column names.
ROOMS_OF_THE_TABLE = ("", "proofs/derivations", "live/explorers", "practice")


def exists(name):
    places = [ROOT / name, *(PACKAGE / room / name for room in ROOMS_OF_THE_TABLE)]
    places.append(PACKAGE / "proofs" / "language" / name)
    return any(place.exists() for place in places)


@pytest.mark.parametrize("name", sorted({name for name in NAMED if "NN" not in name}))
def test_a_file_that_is_named_exists(name):
    assert exists(name)


def test_a_file_that_is_gone_would_be_seen():
    assert len(NAMED) > 60
    assert not exists("proofs/deciding.py")


def test_every_lesson_has_its_row():
    rows = GUIDE.partition("|---|---|---|---|---|\n")[2].splitlines()
    rows = list(takewhile(lambda row: row.startswith("|"), rows))
    assert [row[2:4] for row in rows] == list(series.lessons())


def test_every_room_is_drawn():
    drawing = GUIDE.partition("```")[2].partition("```")[0]
    for folder in (path.parent for path in PACKAGE.rglob("__init__.py")):
        if folder not in (PACKAGE, PACKAGE / "proofs" / "tutor" / "tasks"):
            assert re.search(rf"\b{folder.name}/", drawing), folder


def test_the_readme_leads_there():
    assert "(ARCHITECTURE.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
