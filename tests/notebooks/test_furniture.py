"""What holds the series together: neighbours, the map, the glossary, and words for every figure."""

import json
import re

import pytest
from paths import MINUTES
from series import TIME

from lessons.practice import exercises

from .conftest import PATHS, cells_of

LINK = re.compile(r"\[([^\]]+)\]\((\d\d_\w+\.ipynb)\)")
MAP = re.compile(
    r"^\| (?:\*\*|\[)(\d\d .+?)(?:\*\*|\]\(([^)]+)\)) \| .+ \| (\d+) \|$", re.MULTILINE
)
ENTRY = re.compile(r"^\| ([^|]+) \| [^|]+ \| (?:\[(\d\d)\]\(([^)]+)\)|(00)) \|$", re.MULTILINE)
IN_ALL = re.compile(r"\*\*(\d+) minutes in all\*\*")
FILES = {path.name[:2]: path for path in PATHS}


def title(path):
    """A lesson's heading as its neighbours call it."""
    return cells_of(path, "markdown")[0].splitlines()[0].removeprefix("# ")


def text_of(path):
    return "\n".join(cells_of(path, "markdown"))


def minutes(text):
    """Return how long a lesson says that it takes, exercises included."""
    reading, exercises = TIME.search(text).groups(default="0")
    return int(reading) + int(exercises)


def adds_up(text):
    """Whether the minutes of a lesson's sections are together its minutes of reading."""
    sections = re.search(r"By section: ([^\n]*?\d)(?:\.|$)", text, re.MULTILINE)
    if sections is None:
        return False
    parts = [int(re.search(r" (\d+)$", part)[1]) for part in sections[1].split(" · ")]
    return sum(parts) == int(TIME.search(text)[1])


def agrees(text):
    """Whether the notes of a lesson plan as many minutes as its first note and its goals say."""
    spoken = sum(map(int, MINUTES.findall(IN_ALL.sub("", text))))
    return spoken == int(IN_ALL.search(text)[1]) == int(TIME.search(text)[1])


def exercises_fit(text, asked):
    """Whether the minutes for exercises are those asked, to 5, or more with one's own proof."""
    more = int(TIME.search(text)[2])
    return asked - 5 < more < asked + 5 + 10 * ("proof of your own" in text)


def start(heading):
    """The cell of lesson 00 that begins with this heading."""
    (cell,) = [text for text in cells_of(PATHS[0], "markdown") if text.startswith(heading)]
    return cell


def misleading(text):
    """Links that name another lesson's number than that of the file they open."""
    named = [(re.search(r"\b\d\d\b", label), label, target) for label, target in LINK.findall(text)]
    return [
        f"{label} → {target}"
        for number, label, target in named
        if number and number[0] != target[:2]
    ]


def expected_map():
    """What the map should say of each lesson: its name, its file, how many minutes it takes."""
    names = [title(path).removeprefix("Lesson ").replace(" ·", "") for path in PATHS]
    targets = ["", *(path.name for path in PATHS[1:])]
    return [
        (name, target, str(minutes(text_of(path))))
        for name, target, path in zip(names, targets, PATHS, strict=True)
    ]


def unmet(glossary):
    """Words of a glossary that the lesson which they name does not use."""
    missing = []
    for entry, linked, _, zero in ENTRY.findall(glossary):
        word = re.sub(r"\$[^$]*\$", "", entry).split(",")[0].strip()
        number = linked or zero
        cells = cells_of(FILES[number], "markdown")
        prose = "\n".join(cell for cell in cells if not cell.startswith("## Glossary"))
        if word.lower() not in prose.lower():
            missing.append(f"{word}, {number}")
    return missing


def undescribed(cells):
    """Ids of the cells that store a figure and no words for it; an explorer is its own words."""
    figures = [
        (cell, output["data"].get("text/plain", ["<"])[0])
        for cell in cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    return [
        cell["id"]
        for cell, plain in figures
        if plain.startswith("<") and not cell["metadata"].get("lessons", {}).get("alt")
    ]


@pytest.mark.parametrize("place", range(len(PATHS)), ids=[path.stem for path in PATHS])
def test_a_lesson_ends_with_links_to_its_neighbours(place):
    last = LINK.findall(cells_of(PATHS[place], "markdown")[-1].rpartition("\n\n")[2])
    neighbours = [PATHS[at] for at in (place - 1, place + 1) if 0 <= at < len(PATHS)]
    if place == len(PATHS) - 1:
        neighbours.append(PATHS[0])  # from the last lesson back to the map
    assert last == [(title(path), path.name) for path in neighbours]


def test_links_open_the_lesson_that_they_name(prose):
    assert misleading("\n".join(prose)) == []


def test_a_link_to_another_lesson_than_it_names_is_found():
    text = "[lesson 02](02_cross_entropy.ipynb), [lesson 03](04_multiclass_gradient.ipynb)"
    assert misleading(text) == ["lesson 03 → 04_multiclass_gradient.ipynb"]


def test_the_map_names_every_lesson_in_order_with_its_minutes():
    assert MAP.findall(start("| lesson | the question it answers")) == expected_map()


def test_a_row_of_the_map_with_other_minutes_is_found():
    right = start("| lesson | the question it answers")
    text = right.replace("prediction cost? | 80 |", "prediction cost? | 57 |")
    (wrong,) = set(MAP.findall(text)) - set(expected_map())
    assert wrong == ("02 Cross-entropy", "02_cross_entropy.ipynb", "57")


@pytest.mark.parametrize("number", FILES)
def test_the_minutes_of_the_sections_add_up(number):
    assert adds_up(text_of(FILES[number]))


@pytest.mark.parametrize("number", FILES)
def test_the_notes_plan_the_minutes_that_the_lesson_takes(number):
    assert agrees(text_of(FILES[number]))


@pytest.mark.parametrize("planted", ["**3 minutes.**", "**5 minutes**, of which 3 are theirs."])
def test_a_note_with_other_minutes_is_found(planted):
    rest = "**6 minutes in all**: 6. **Time** about 6 minutes. **1 minute.** Ask."
    assert not agrees(f"{rest} {planted} **1 minute.**")
    assert agrees(f"{rest} {planted}") == planted.startswith("**5")


@pytest.mark.parametrize(
    "planted",
    ["**Time** about 9 minutes.", "**Time** about 9 minutes. By section: see 4 · prove it 4."],
)
def test_minutes_that_do_not_add_up_are_found(planted):
    assert not adds_up(planted)
    assert adds_up("**Time** about 9 minutes. By section: see 4 · prove 2 things 5.")


@pytest.mark.parametrize("number", FILES)
def test_the_exercises_take_the_minutes_that_the_lesson_says(number):
    assert exercises_fit(text_of(FILES[number]), sum(each.minutes for each in exercises(number)))


def test_exercises_with_other_minutes_are_found():
    text = "**Time** about 50 minutes, and 25 more for the exercises"
    assert exercises_fit(text, 26)
    assert not exercises_fit(text, 32)
    assert exercises_fit(f"{text} and a proof of your own", 18)
    assert not exercises_fit(f"{text} and a proof of your own", 32)


def test_minutes_of_reading_and_of_exercises_are_added():
    assert minutes("**Time** about 60 minutes, and 45 more for the exercises.") == 105
    assert minutes("**Time** about 55 minutes with the exercises.") == 55


def test_the_glossary_is_in_alphabetical_order_and_its_links_are_right():
    entries = ENTRY.findall(start("## Glossary"))
    words = [re.sub(r"\$[^$]*\$|[^a-z]", "", word.lower()) for word, *_ in entries]
    assert len(words) > 30
    assert len(words) == start("## Glossary").count("\n| ") - 1  # no row escaped the pattern
    assert words == sorted(words)
    assert all(target == FILES[number].name for _, number, target, zero in entries if not zero)


def test_a_word_of_the_glossary_is_met_in_the_lesson_that_it_names():
    assert unmet(start("## Glossary")) == []


def test_a_word_of_the_glossary_that_names_another_lesson_is_found():
    rows = "| odds $o$ | … | [01](01_probabilities.ipynb) |\n| Hessian | … | 00 |"
    assert unmet(rows) == ["Hessian, 00"]


def test_every_figure_has_words(path):
    assert undescribed(json.loads(path.read_text())["cells"]) == []


def test_a_figure_without_words_is_found_and_an_explorer_is_not():
    def cell(name, plain, **metadata):
        data = {"image/png": "…", "text/plain": [plain]}
        return {"id": name, "metadata": metadata, "outputs": [{"data": data}]}

    figure = "<Figure size 840x384 with 1 Axes>"
    cells = [
        cell("bare", figure),
        cell("described", figure, lessons={"alt": "A curve that falls."}),
        cell("explorer", "LossExplorer(K=3)"),
    ]
    assert undescribed(cells) == ["bare"]
