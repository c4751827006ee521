"""What is stored in notebooks/ is what strict nbval, Git and JupyterLab's slides need."""

import json
import re
from base64 import b64decode
from itertools import pairwise
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))
SLIDE_TYPES = {"slide", "subslide", "fragment", "skip", "notes"}


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return json.loads(request.param.read_text())


def code_cells(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def uncounted(notebook):
    """Ids of the code cells that nbval would not compare: their counts are not 1, 2, 3 … ."""
    return [
        cell["id"]
        for count, cell in enumerate(code_cells(notebook), start=1)
        if cell["execution_count"] != count
    ]


def without_pictures(output):
    """The output as text alone; letters and digits of an encoded picture mean nothing."""
    data = output.get("data", {})
    return output | {"data": {kind: data[kind] for kind in data if not kind.startswith("image/")}}


def test_there_are_notebooks():
    assert NOTEBOOKS


def test_every_code_cell_has_its_count(notebook):
    assert uncounted(notebook) == []


def test_the_guard_sees_a_stripped_cell(notebook):
    code_cells(notebook)[2]["execution_count"] = None
    assert uncounted(notebook) == [code_cells(notebook)[2]["id"]]


def test_no_output_is_an_error_or_names_this_machine(notebook):
    for cell in code_cells(notebook):
        text = json.dumps([without_pictures(out) for out in cell["outputs"]])
        assert not [out for out in cell["outputs"] if out["output_type"] == "error"], cell["id"]
        assert not re.search(r"/(home|root|tmp|work|Users)/|0x[0-9a-f]{8,}", text), cell["id"]


def test_no_output_has_the_last_digits_of_a_number(notebook):
    """They differ from one processor to the next: the exponential is not rounded alike on all."""
    for cell in code_cells(notebook):
        text = json.dumps([without_pictures(out) for out in cell["outputs"]])
        assert not re.search(r"\d\.\d{13}", text), cell["id"]


def test_pictures_have_two_pixels_for_each_that_they_take_up(notebook):
    for cell in code_cells(notebook):
        for output in cell["outputs"]:
            if png := output.get("data", {}).get("image/png"):
                pixels = int.from_bytes(b64decode(png)[16:20], "big")
                width = output["metadata"].get("image/png", {}).get("width", pixels)
                assert pixels >= 2 * width - 1, cell["id"]


def test_no_output_refers_to_a_widget_that_is_gone(notebook):
    assert "widget-view" not in json.dumps([cell["outputs"] for cell in code_cells(notebook)])
    assert "widgets" not in notebook["metadata"]


def test_ignored_outputs_are_stored_empty(notebook):
    for cell in code_cells(notebook):
        if "nbval-ignore-output" in cell["metadata"].get("tags", []):
            assert cell["outputs"] == [], cell["id"]


def test_no_cell_is_skipped_or_allowed_to_raise(notebook):
    forbidden = {"nbval-skip", "nbval-raises-exception", "raises-exception"}
    for cell in notebook["cells"]:
        assert not forbidden & set(cell["metadata"].get("tags", [])), cell["id"]


def test_cell_ids_are_short_unique_slugs(notebook):
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", each) for each in ids)
    assert all(len(each) <= 32 for each in ids)


def test_every_cell_says_its_place_in_the_slides(notebook):
    for cell in notebook["cells"]:
        slideshow = cell["metadata"]["slideshow"]
        assert slideshow == {} or slideshow["slide_type"] in SLIDE_TYPES, cell["id"]


def test_code_cells_are_short(notebook):
    for cell in code_cells(notebook):
        assert len(cell["source"]) <= 12, cell["id"]


def test_markdown_headings_go_down_one_level_at_a_time(notebook):
    prose = "\n".join(
        "".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown"
    )
    levels = [len(marks) for marks in re.findall(r"^(#+) ", prose, re.MULTILINE)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))
