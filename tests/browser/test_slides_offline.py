"""Each lesson's deck, one file with no network: complete, typeset, fitting, its films moving."""

import re

import nbformat
import pytest
from votes import votes_of

from .conftest import STAGE
from .lab import wait_until

OFTEN = ("03",)  # its deck is made for the speaker view as well
STATE = """() => {
    const slide = Reveal.getCurrentSlide();
    const wide = ".output_subarea, .film .widget-html-content, mjx-container[display=true], pre";
    const parts = [...slide.querySelectorAll(wide)].filter(part => part.checkVisibility());
    const spills = node => node.scrollWidth > node.clientWidth + 1;
    return {
        index: Reveal.getIndices().h,
        title: slide.querySelector("h1, h2, h3, h4")?.getBoundingClientRect().top,
        prose: parseFloat(getComputedStyle(slide).fontSize),
        film: slide.querySelector(".film") && Number(slide.style.getPropertyValue("--scale")),
        revealed: slide.querySelectorAll(".fragment.visible").length,
        spilling: slide.scrollHeight > 720 || slide.scrollWidth > 1280 || parts.some(spills),
    };
}"""
PLANT = """html => Reveal.getCurrentSlide().insertAdjacentHTML(
    "beforeend", `<div class="planted">${html}</div>`)"""
PLANTED = {
    "too high": '<div style="height: 800px"></div>',
    "too long a line of code": f'<pre style="white-space: pre">{"x" * 200}</pre>',
}
FILM = "() => [...document.querySelectorAll('section')].findIndex(s => s.querySelector('.film'))"
RAW = re.compile(r"\\(?:frac|hat|partial|begin|sum|log|textcolor)\b|\$[^$\n]+\$")


@pytest.fixture(scope="session")
def deck(deck_file, chromium, record_of):
    """The deck in a browser for which no host exists, and the record of what the page did."""
    page = chromium.new_context(viewport=STAGE).new_page()
    page.record = record_of(page)
    page.goto(deck_file.as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")
    yield page
    page.context.close()


@pytest.fixture(scope="session")
def walk(deck):
    """What each key shows, from the first slide to the last step of the last."""
    deck.evaluate("Reveal.slide(0, 0, -1)")
    for name, html in PLANTED.items():
        deck.evaluate(PLANT, html)
        assert deck.evaluate(STATE)["spilling"], f"the measure does not see what is {name}"
        deck.evaluate("document.querySelector('.planted').remove()")
    states = [deck.evaluate(STATE)]
    while not deck.evaluate("Reveal.isLastSlide() && !Reveal.availableFragments().next"):
        deck.keyboard.press("PageDown")
        states.append(deck.evaluate(STATE))
        assert states[-1] != states[-2]
    return states


def test_the_deck_asks_for_nothing_but_itself(deck, deck_file):
    assert deck.record.outside(inside=(deck_file.as_uri(), "data:", "blob:")) == []


def test_the_page_raises_and_logs_no_error(deck, walk):
    assert deck.record.page_errors == deck.record.console_errors == []


def test_every_slide_is_reached_and_each_step_is_one_key(walk, lesson_path):
    cells = nbformat.read(lesson_path, as_version=4).cells
    slides = [cell for cell in cells if cell.metadata.slideshow.get("slide_type") == "slide"]
    count = len(slides) + len(votes_of(lesson_path.stem[:2]))
    assert [state["index"] for state in walk if not state["revealed"]] == list(range(count))


def test_derivations_are_revealed_row_by_row(deck, walk):
    rows = deck.evaluate("document.querySelectorAll('g[data-mml-node=mtr].fragment').length")
    latex = deck.locator(".output_latex").count()
    assert latex == 0 or rows > latex
    assert len(walk) == deck.evaluate(
        "Reveal.getTotalSlides() + document.querySelectorAll('.slides .fragment').length"
    )


def test_equations_are_typeset_and_no_latex_is_left(deck):
    assert deck.locator("mjx-container svg").count()
    assert deck.locator("[data-mjx-error], [data-mml-node=merror]").count() == 0
    text = deck.evaluate("""() => {
        const copy = document.querySelector(".slides").cloneNode(true);
        copy.querySelectorAll("pre, code, script, style, mjx-container").forEach(n => n.remove());
        return copy.textContent;
    }""")
    assert RAW.findall(text) == []


def test_nothing_overflows_the_stage(walk):
    assert [state["index"] for state in walk if state["spilling"]] == []


def test_prose_is_large_enough_for_a_projector_and_larger_where_there_is_room(walk):
    sizes = [state["prose"] for state in walk]
    assert min(sizes) >= 28
    assert max(sizes) >= 36


def test_pictures_and_their_numbers_are_as_large_as_they_are_drawn(walk, lesson_path):
    """Their smallest type has 20 pixels then; beside lesson 08's four rows of numbers 18."""
    least = 0.92 if lesson_path.stem[:2] == "08" else 1
    assert min((state["film"] for state in walk if state["film"]), default=least) >= least


def test_titles_stand_at_one_height(walk):
    assert {round(state["title"]) for state in walk} == {round(walk[0]["title"])}


def test_a_film_s_slider_changes_its_picture_with_no_kernel(deck, lesson_path):
    index = deck.evaluate(FILM)
    if index < 0:
        assert lesson_path.stem[:2] in ("06", "10")  # nothing to move there
        return
    deck.evaluate("index => Reveal.slide(index)", index)
    film = deck.locator("section.present .film").first
    picture = film.locator("img.widget-image:visible").first
    handle = film.locator("[role=slider]:visible").first
    before, place = picture.get_attribute("src"), handle.get_attribute("aria-valuenow")
    handle.focus()
    deck.keyboard.press("ArrowLeft" if float(place) else "ArrowRight")
    wait_until(deck, lambda: picture.get_attribute("src") != before)
    assert picture.get_attribute("alt")
    assert deck.evaluate("Reveal.getIndices().h") == index


def test_an_address_names_its_slide_and_opens_it(deck, deck_file, walk):
    ids = deck.evaluate("Reveal.getSlides().map(slide => slide.id)")
    deck.evaluate("Reveal.slide(1)")
    wait_until(deck, lambda: deck.url.endswith(f"#/{ids[1]}"))
    deck.goto("about:blank")
    deck.goto(f"{deck_file.as_uri()}#/{ids[2]}")
    deck.wait_for_selector("html[data-ready]", state="attached")
    assert deck.evaluate("Reveal.getCurrentSlide().id") == ids[2]


def test_space_and_enter_go_on_from_a_slider_that_was_used(deck):
    index = deck.evaluate(FILM)
    if index < 0:
        return
    for key in (" ", "Enter"):
        deck.evaluate("index => Reveal.slide(index)", index)
        film = deck.locator("section.present .film").first
        film.locator("[role=slider]:visible").first.click()
        deck.keyboard.press(key)
        assert deck.evaluate("Reveal.getIndices().h") == index + 1


def shown_film(deck):
    """Show the first slide with a film, and return its number; -1 where the deck has none."""
    index = deck.evaluate(FILM)
    if index >= 0:
        deck.evaluate("index => Reveal.slide(index)", index)
    return index


def test_a_clicker_goes_on_from_a_slider_and_leaves_it_where_it_is(deck):
    index = shown_film(deck)
    if index < 0:
        return
    slider = deck.locator("section.present .film [role=slider]:visible").first
    slider.focus()
    before = slider.get_attribute("aria-valuenow")
    deck.keyboard.press("PageDown")
    assert deck.evaluate("Reveal.getIndices().h") == index + 1
    deck.keyboard.press("PageUp")
    assert deck.evaluate("Reveal.getIndices().h") == index
    assert slider.get_attribute("aria-valuenow") == before


NEAR = """track => {
    const { left, width, top, height } = track.getBoundingClientRect();
    return [-10, 0, 10].map(below =>
        track.contains(document.elementFromPoint(left + width / 5, top + height / 2 + below)));
}"""


def test_a_slider_is_taken_beside_its_line_of_four_pixels_as_well(deck):
    if shown_film(deck) < 0:
        return
    track = deck.locator("section.present .film .noUi-base:visible").first
    wait_until(deck, lambda: track.evaluate(NEAR) == [True, True, True])


def test_what_would_move_on_first_brings_the_slide_back_from_black_and_enter_from_the_overview(
    deck,
):
    deck.evaluate("Reveal.slide(1, 0, -1)")
    for key in (" ", "Enter", "PageDown", "ArrowLeft"):
        deck.keyboard.press("b")
        assert deck.evaluate("Reveal.isPaused()")
        deck.keyboard.press("x")
        assert deck.evaluate("Reveal.isPaused()")
        deck.keyboard.press(key)
        assert not deck.evaluate("Reveal.isPaused()")
        assert deck.evaluate("Reveal.getIndices().h") == 1
    deck.keyboard.press("o")
    assert deck.evaluate("Reveal.isOverview()")
    deck.keyboard.press("Enter")
    assert not deck.evaluate("Reveal.isOverview()")
    assert deck.evaluate("Reveal.getIndices().h") == 1


CHOICE = "() => document.querySelector('.film .widget-toggle-button') !== null"


def test_another_choice_leaves_the_slider_where_it_is_and_keeps_no_key(deck):
    if not deck.evaluate(CHOICE):
        return
    film = deck.locator(".film", has=deck.locator(".widget-toggle-button")).first
    index = film.evaluate("film => Reveal.getSlides().indexOf(film.closest('section'))")
    deck.evaluate("index => Reveal.slide(index)", index)
    film.locator("[role=slider]:visible").first.focus()
    deck.keyboard.press("End")
    where = film.locator("[role=slider]:visible").first.get_attribute("aria-valuenow")
    picture = film.locator("img.widget-image:visible").first.get_attribute("src")
    film.locator(".widget-toggle-button:not(.mod-active)").first.click()
    now = film.locator("img.widget-image:visible").first
    wait_until(deck, lambda: now.get_attribute("src") != picture)
    assert film.locator("[role=slider]:visible").first.get_attribute("aria-valuenow") == where
    deck.keyboard.press("ArrowRight")
    assert deck.evaluate("Reveal.getIndices().h") == index + 1


def test_every_picture_is_described(deck):
    undescribed = ".slides img:not([alt]), .slides img[alt=''], .slides img[alt^='No description']"
    assert deck.locator(undescribed).count() == 0


def test_nothing_that_needs_a_kernel_looks_alive(deck):
    alive = ".slides [role=slider], .slides select, .slides input, .slides .jupyter-button"
    outside_films = deck.evaluate(
        "alive => [...document.querySelectorAll(alive)].filter(n => !n.closest('.film')).length",
        alive,
    )
    assert outside_films == 0


def test_notes_travel_with_their_slides(deck):
    notes = deck.locator("aside.notes").all_text_contents()
    assert len(notes) >= 3
    assert all("minute" in note for note in notes)
