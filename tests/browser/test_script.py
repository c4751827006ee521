"""A talk's script on paper: no line of a slide is cut off, and its proofs can be read."""

import pytest

CUT = """() => [...document.querySelectorAll(".shown")].flatMap(slide => {
    const { right } = slide.getBoundingClientRect();
    return [...slide.querySelectorAll("img, table, pre, mjx-container svg")]
        .filter(part => part.getBoundingClientRect().right > right + 1)
        .map(part => part.closest(".stop").querySelector("header").textContent);
})"""
POINTS = """() => [...document.querySelectorAll(".output_latex mjx-container[display=true]")]
    .map(node => parseFloat(getComputedStyle(node).fontSize) * node.currentCSSZoom * 0.75)"""


@pytest.fixture(scope="module")
def script(workshop, tmp_path_factory, chromium):
    folder = tmp_path_factory.mktemp("script")
    assert workshop.make("script", "90", "--to", folder) == 0
    page = chromium.new_context().new_page()
    page.emulate_media(media="print")
    page.goto((folder / "path_90.html").as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")
    yield page
    page.context.close()


def test_nothing_on_a_slide_is_cut_off(script):
    assert script.locator(".shown").count() > 20
    assert script.evaluate(CUT) == []


def test_a_proof_is_printed_large_enough_to_be_read(script):
    assert min(script.evaluate(POINTS)) >= 7
