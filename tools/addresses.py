"""Write the addresses of the repository and the site, as pyproject.toml has them, into every page.

`python tools/addresses.py`, after changing `[project.urls]`.
"""

import re
import sys
import tomllib

from series import ROOT

PAGES = ("README.md", "deploy/README.md")
# An address in a page, by the part that depends on where the repository is.
KINDS = {
    "source": r"https://github\.com/[\w.-]+/[\w.-]+?(?=[/)\s`]|\.git)",
    "binder": r"(?<=mybinder\.org/v2/gh/)[\w.-]+/[\w.-]+(?=/HEAD)",
    "site": r"https://[\w.-]+\.github\.io/[\w.-]+/",
}


def addresses() -> dict[str, str]:
    """Return what stands in a page for each kind of address."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    urls = tomllib.loads(text)["project"]["urls"]
    return {
        "source": urls["Source"],
        "binder": urls["Source"].removeprefix("https://github.com/"),
        "site": urls["Site"],
    }


def written(text: str, known: dict[str, str]) -> str:
    """Return a page's text with these addresses in it."""
    for kind, pattern in KINDS.items():
        text = re.sub(pattern, known[kind], text)
    return text


def main() -> int:
    """Write the addresses into the pages; return an exit status."""
    for name in PAGES:
        page = ROOT / name
        text = page.read_text(encoding="utf-8")
        page.write_text(written(text, addresses()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
