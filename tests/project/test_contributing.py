"""CONTRIBUTING.md, followed literally: its recipes are read from it and performed in a copy.

A recipe is a section with a numbered list. Each step names a file and what is done in it; the code
is the step's own block. This file holds no copy of any of it.
"""

import json
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from os import environ
from pathlib import Path

import pytest

from .completeness import missing
from .test_complete import ROOT, copy_of_the_tree

GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
STEP = re.compile(r"^\d+\. (?P<words>.+?)\n(?P<rest>(?:(?:   .*)?\n)*)", re.MULTILINE)
BLOCK = re.compile(r"^(?P<margin> +)```\w*\n(?P<code>.*?)^ +```$", re.MULTILINE | re.DOTALL)
WORDS = {
    "make": re.compile(r"^Make `(?P<file>[^`]+)`"),
    "cell": re.compile(
        r"^In `(?P<file>[^`]+)`, below the cell `(?P<at>[^`]+)`, the cell `(?P<id>[^`]+)`"
    ),
    "edit": re.compile(
        r"^In `(?P<file>[^`]+)`, (?P<where>below|above|in place of) `(?P<at>[^`]+)`"
    ),
    "run": re.compile(r"^Run `(?P<command>python [^`]+?(?P<file>\S+))`"),
}
CHECK = re.compile(r"`(pytest [^`]+)`")


@dataclass(frozen=True)
class Part:
    """One step of a recipe: what is done, in which file, with which code."""

    kind: str
    said: dict[str, str]
    code: str

    @property
    def file(self):
        return self.said["file"]


@dataclass(frozen=True)
class Recipe:
    """A section of the guide with its steps and the checks that it names."""

    title: str
    parts: list[Part]
    checks: list[str]


def part_of(step):
    """Read one step; a step of another form than the guide's own is a mistake in the guide."""
    for kind, pattern in WORDS.items():
        if found := pattern.match(step["words"]):
            block = BLOCK.search(step["rest"])
            code = re.sub(f"^{block['margin']}", "", block["code"], flags=re.M) if block else ""
            return Part(kind, found.groupdict(), code)
    raise ValueError(f"expected a step such as “Make `file`”, got: {step['words']}")


def recipes():
    """Read every section that has numbered steps."""
    found = []
    for section in GUIDE.split("\n## ")[1:]:
        parts = [part_of(step) for step in STEP.finditer(section)]
        if parts:
            found.append(Recipe(section.partition("\n")[0], parts, CHECK.findall(section)))
    return found


RECIPES = recipes()


def perform(part, tree):
    """Do one step in a tree."""
    path = tree / part.file
    if part.kind == "make":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(part.code, encoding="utf-8")
    elif part.kind == "cell":
        add_cell(path, part)
    elif part.kind == "edit":
        edit(path, part)
    else:
        run(part.said["command"], tree)


def edit(path, part):
    """Put the code below, above or in place of each line that reads as the step says.

    Above a definition of a module two lines stay empty, as everywhere.
    """
    place = {"below": "{0}{1}", "above": "{1}{2}{0}", "in place of": "{1}"}[part.said["where"]]
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert any(line.strip() == part.said["at"] for line in lines), (path, part.said["at"])
    done = [
        place.format(line, indented(part.code, line), "" if line.startswith(" ") else "\n\n")
        if line.strip() == part.said["at"]
        else line
        for line in lines
    ]
    path.write_text("".join(done), encoding="utf-8")


def indented(code, line):
    """Indent code as far as a line is, and further where it is so itself."""
    margin = line[: len(line) - len(line.lstrip())]
    return "".join(
        margin + each if each.strip() else each for each in code.splitlines(keepends=True)
    )


def add_cell(path, part):
    """Add a code cell that stands on no slide."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    place = next(n for n, cell in enumerate(notebook["cells"]) if cell["id"] == part.said["at"])
    cell = {"cell_type": "code", "id": part.said["id"], "execution_count": None, "outputs": []}
    cell["metadata"] = {"slideshow": {"slide_type": "skip"}}
    cell["source"] = part.code.rstrip("\n").splitlines(keepends=True)
    notebook["cells"].insert(place + 1, cell)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def run(command, tree):
    """Run a command of the guide, with this Python and the tree's own package."""
    python, *arguments = shlex.split(command)
    call = [sys.executable, *(["-m", python] if python != "python" else []), *arguments]
    own = {"PYTHONPATH": str(tree / "src")}
    done = subprocess.run(
        call, cwd=tree, env=environ | own, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def count_cells(path):
    """Pretend that a notebook was executed: what is told apart here is which file is missing."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["execution_count"] = cell["execution_count"] or 1
    path.write_text(json.dumps(notebook), encoding="utf-8")


def test_the_guide_has_the_recipes_that_it_promises():
    titles = [recipe.title for recipe in RECIPES]
    for word in ("cell", "exercise", "derivation", "explorer", "node"):
        assert any(word in title for title in titles), word
    assert all(recipe.checks for recipe in RECIPES)


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """A copy of the tree in which every recipe was followed to its end."""
    tree = copy_of_the_tree(tmp_path_factory.mktemp("followed") / "tree")
    parts = [part for recipe in RECIPES for part in recipe.parts]
    for part in parts:
        if part.kind != "run":
            perform(part, tree)
    for command in dict.fromkeys(part.said["command"] for part in parts if part.kind == "run"):
        run(command, tree)
    return tree


@pytest.mark.slow
def test_nothing_is_missing_where_every_recipe_was_followed(followed):
    assert missing(followed) == []


@pytest.mark.slow
def test_the_code_of_the_guide_is_in_the_style_that_it_asks_for(followed):
    parts = [part.file for recipe in RECIPES for part in recipe.parts]
    files = " ".join(dict.fromkeys(file for file in parts if file.endswith(".py")))
    run(f"ruff check --quiet {files}", followed)
    run(f"ruff format --check --quiet {files}", followed)


@pytest.mark.slow
@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.title)
def test_a_recipe_followed_literally_passes_its_checks(recipe, followed):
    for check in recipe.checks:
        run(f"{check} -q -p no:cacheprovider", followed)


# One for each file of a recipe; where there is one file alone, its first step was never begun.
LEFT_OUT = {
    f"{recipe.title}: {part.file} {part.kind}": (recipe, part)
    for recipe in RECIPES
    for number, part in enumerate(recipe.parts)
    if number or len({each.file for each in recipe.parts}) > 1
}
# `make test` leaves one step of each kind out: its file is made, changed or run.
ONE_OF_A_KIND = {part.kind: (recipe, part) for recipe, part in LEFT_OUT.values()}
CASES = [
    pytest.param(*case, id=name, marks=[pytest.mark.slow] * (case not in ONE_OF_A_KIND.values()))
    for name, case in LEFT_OUT.items()
]


@pytest.mark.parametrize(("recipe", "left_out"), CASES)
def test_a_step_that_is_left_out_is_missed_by_its_files_name(recipe, left_out, tmp_path):
    tree = copy_of_the_tree(tmp_path / "tree", ("src", "tests", "notebooks"))
    for part in recipe.parts:
        if part is left_out or (part.file == left_out.file and left_out.kind != "run"):
            continue
        if part.kind == "run":
            count_cells(tree / part.file)
        else:
            perform(part, tree)
    named, said = Path(left_out.file), missing(tree)
    ways = (str(named), f"{named.parent} has no", f"{named.parent}/ ")  # any lesson will do
    assert any(way in sentence for sentence in said for way in ways), said
