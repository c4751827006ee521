"""What a person cannot see or reach in a page, as axe-core finds it."""

from axe_playwright_python.sync_playwright import Axe

SERIOUS = {"serious", "critical"}
# MathJax's own nodes, most of a lesson's page: axe sees no letter in them, but measures each one
# against every other. While it looks, each formula is an empty box of the same size.
EMPTY_FORMULAS = """() => {
    const boxes = [...document.querySelectorAll("mjx-container")];
    const sizes = boxes.map(box => box.getBoundingClientRect());
    window.formulas = boxes.map((box, n) => {
        const content = document.createDocumentFragment(), style = box.style.cssText;
        if (getComputedStyle(box).display === "inline") box.style.display = "inline-block";
        box.style.width = `${sizes[n].width}px`;
        box.style.height = `${sizes[n].height}px`;
        content.append(...box.childNodes);
        return { box, content, style };
    });
}"""
FILL_FORMULAS = """() => {
    for (const { box, content, style } of window.formulas) {
        box.style.cssText = style;
        box.append(content);
    }
    delete window.formulas;
}"""
RULES = {  # by theme: colours change with it, and nothing else that a rule looks at
    "JupyterLab Light": {"resultTypes": ["violations"]},
    "JupyterLab Dark": {"resultTypes": ["violations"], "runOnly": ["color-contrast"]},
}
# JupyterLab's body has no height and cuts what sticks out, so axe takes all of it for hidden and
# judges no colour at all. It gets a height for as long as axe looks.
SET_HEIGHT = """height => {
    document.documentElement.style.height = document.body.style.height = height;
}"""


def violations(page, within, theme):
    """Serious violations within a selector, as (rule, the offending nodes' HTML)."""
    page.evaluate(SET_HEIGHT, "100vh")
    page.evaluate(EMPTY_FORMULAS)
    context = {"include": [[within]]}
    found = Axe().run(page, context=context, options=RULES[theme]).response["violations"]
    page.evaluate(FILL_FORMULAS)
    page.evaluate(SET_HEIGHT, "")
    serious = [rule for rule in found if rule["impact"] in SERIOUS]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in serious]
