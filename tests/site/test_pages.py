"""The pages that the site is made of: lessons to read, the front page, links that lead on."""

import json
import re
from pathlib import Path

import nbformat
import pytest
import series
import website

ROOT = Path(__file__).resolve().parents[2]
LESSONS = series.lessons()


@pytest.mark.parametrize("path", LESSONS.values(), ids=lambda path: path.stem)
def test_a_lesson_to_read_has_no_notes_and_a_way_into_the_live_edition_at_each_explorer(path):
    stored = nbformat.read(path, as_version=4)
    notebook = website.readable(path)
    assert not any(website.slide_type(cell) == "notes" for cell in notebook.cells)
    shown = [
        cell.id
        for cell in stored.cells
        if re.search(r"Explorer\(", "".join(str(cell.get("outputs", ""))))
        and any("image/png" in out.get("data", {}) for out in cell.outputs)
    ]
    links = re.findall(r"open\.html\?lesson=(\w+)#([\w-]+)", json.dumps(notebook.cells))
    assert links == [(path.stem, cell) for cell in (notebook.cells[0].id, *shown)]
    nbformat.validate(notebook)


def test_every_picture_of_a_lesson_to_read_has_words():
    for path in LESSONS.values():
        for cell in website.readable(path).cells:
            if any("image/png" in out.get("data", {}) for out in cell.get("outputs", [])):
                assert cell.metadata["mystnb"]["image"]["alt"], (path.name, cell.id)


def test_the_lessons_are_listed_with_title_subject_and_minutes():
    rows = website.lesson_rows(LESSONS, "{}.ipynb").splitlines()[2:]
    assert [row[2:4] for row in rows] == list(LESSONS)
    assert all(re.search(r"\| [^|]{20,} \| \d+&nbsp;min \|$", row) for row in rows)


def test_the_lessons_are_dated_by_their_edition(tmp_path):
    listing = tmp_path / "all.json"
    dated = {"name": "00.ipynb", "created": "now", "last_modified": "now"}
    listing.write_text(json.dumps(dated | {"content": [dated]}))
    website.date_lessons(listing)
    told = json.loads(listing.read_text())
    day = re.search(r"date-released: (.+)", (ROOT / "CITATION.cff").read_text())[1]
    for each in (told, *told["content"]):
        assert each["created"] == each["last_modified"] == f"{day}T00:00:00Z"


def test_what_is_kept_for_offline_is_what_any_server_gives(tmp_path):
    for name in ("index.html", ".nojekyll", "lite/a.js", "lite/a.js.map", "slides/03_x.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    website.list_files(tmp_path)
    told = json.loads((tmp_path / "lite" / "kept-offline.json").read_text())
    assert told["files"] == ["index.html", "lite/a.js"]


@pytest.mark.parametrize("name", ["homework", "homework/w08.ipynb"])
def test_what_is_no_site_is_not_removed_to_make_place_for_one(tmp_path, name):
    (tmp_path / "homework").mkdir()
    (tmp_path / "homework" / "w08.ipynb").write_text("{}")
    with pytest.raises(ValueError, match=f"^--to is to be a folder.*{name} has something else"):
        website.build(tmp_path / name, None)
    assert (tmp_path / "homework" / "w08.ipynb").read_text() == "{}"


def test_a_folder_that_is_absent_empty_or_a_site_is_taken(tmp_path):
    website.check_target(tmp_path / "absent")
    website.check_target(tmp_path)
    (tmp_path / "lite").mkdir()
    (tmp_path / "lite" / "kept-offline.json").touch()
    website.check_target(tmp_path)


def test_a_part_that_a_page_has_no_place_for_is_refused(tmp_path):
    page = tmp_path / "index.md"
    page.write_text("a <!-- film --> b")
    website.fill(page, film="F")
    assert page.read_text() == "a F b"
    with pytest.raises(ValueError, match=r"index\.md has no place for lessons"):
        website.fill(page, lessons="L")


def test_a_film_that_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(website, "FILM", {"frames": 3, "columns": 2, "from": -1.0, "to": 1.0})
    file = tmp_path / "film.webp"
    width, height = website.film_sheet(website.LIGHT, file)
    with website.Image.open(file) as sheet:
        assert sheet.size == (2 * width, 2 * height)
        corners = [(0, 0), (width, 0), (0, height)]
        frames = [sheet.crop((x, y, x + width, y + height)) for x, y in corners]
        assert len({frame.tobytes() for frame in frames}) == 3
    monkeypatch.setattr(website, "MOST_FILM_BYTES", 1000)
    with pytest.raises(ValueError, match=r"film\.webp: expected at most 1000 bytes"):
        website.film_sheet(website.LIGHT, file)


def test_the_workflows_pin_every_action_and_ask_for_no_more_than_they_need():
    for path in sorted((ROOT / ".github" / "workflows").glob("*.yml")):
        text = path.read_text(encoding="utf-8")
        used = re.findall(r"uses: (\S+)( # v[\d.]+)?", text)
        assert used
        for action, version in used:
            assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action), action
            assert version, action
        assert "\npermissions:\n  contents: read\n" in text
        granted = set(re.findall(r"^ +([\w-]+): write$", text, re.MULTILINE))
        assert granted == ({"pages", "id-token"} if path.name == "site.yml" else set())


def test_a_link_to_a_file_that_is_no_page_leads_to_the_repository():
    text = "[a](deploy/README.md), [b](https://example.org/x.md), [c](#keys)"
    base = website.addresses()["source"]
    assert website.with_repository_links(text) == (
        f"[a]({base}/blob/HEAD/deploy/README.md), [b](https://example.org/x.md), [c](#keys)"
    )
