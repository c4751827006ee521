"""What a person cannot see or reach in a page, as axe-core finds it."""

from axe_playwright_python.sync_playwright import Axe

SERIOUS = {"serious", "critical"}
# MathJax's own: thousands of nodes, and no letter that axe can see.
MATHEMATICS = [["mjx-container > *"]]
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
    context = {"include": [[within]], "exclude": MATHEMATICS}
    page.evaluate(SET_HEIGHT, "100vh")
    found = Axe().run(page, context=context, options=RULES[theme]).response["violations"]
    page.evaluate(SET_HEIGHT, "")
    serious = [rule for rule in found if rule["impact"] in SERIOUS]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in serious]
