"""What every addition needs, read from the files of a tree alone: which file it still lacks.

Nothing is imported, so that a tree with a part left out can be read as well; CONTRIBUTING.md says
how each part is written.
"""

import ast
import json
import re
from functools import cache
from pathlib import Path

PACKAGE = Path("src/lessons")
DERIVATIONS = PACKAGE / "proofs" / "derivations"
EXPLORERS = PACKAGE / "live" / "explorers"
SHEETS = PACKAGE / "practice" / "sheets"
SOLUTIONS = PACKAGE / "practice" / "solutions"
PLANTED = Path("tests/practice/planted")
MODEL_VALUES = Path("tests/proofs/derivations/test_against_model.py")
NODES = [PACKAGE / "proofs" / name for name in ("notation.py", "arrays.py")]
ROADS = [PACKAGE / "proofs" / "numeric" / "evaluation.py"]
ROADS += [PACKAGE / "proofs" / "symbolic" / "definitions.py"]
LANGUAGE = [PACKAGE / "proofs" / "language" / name for name in ("grammar.py", "reader.py")]
PRINTERS = [PACKAGE / "proofs" / "printing" / name for name in ("latex.py", "text.py")]
# Not known there, for a reason: two bases that no line holds as they are, an entry that is never
# shown, and A(z), which the symbolic road leaves as it stands.
EXEMPT = {("Array", file) for file in (*ROADS, *PRINTERS)}
EXEMPT |= {(name, file) for name in ("Entries", "Entry") for file in PRINTERS}
EXEMPT |= {("LogPartition", ROADS[1])}


def missing(root):
    """Say what is missing in a tree: one sentence each, with the file that lacks it.

    Parameters
    ----------
    root : Path

    Returns
    -------
    list of str
    """
    syntax.cache_clear()
    cells_of.cache_clear()
    kinds = (derivations, exercises, explorers, nodes, cells)
    return [sentence for kind in kinds for sentence in kind(root)]


def derivations(root):
    """Each derivation is in the catalogue, has a value of the model, and is shown in a lesson."""
    catalogue, code = DERIVATIONS / "catalogue.py", all_code(root)
    listed = set(elements(root / catalogue, "_TOPICS"))
    compared = {*keys(root / MODEL_VALUES, "MODEL"), *elements(root / MODEL_VALUES, "GENERAL")}
    for topic in sorted(listed):
        if not (root / DERIVATIONS / f"{topic}.py").exists():
            yield f"{DERIVATIONS / topic}.py is missing: {catalogue} lists it"
    for path in sorted((root / DERIVATIONS).glob("*.py")):
        for name in keys(path, "DERIVATIONS"):
            if path.stem not in listed:
                yield f"{catalogue} does not list the topic {path.stem}"
            if name not in compared:
                yield f"{MODEL_VALUES} has no value of the model for {name!r}"
            if f'"{name}"' not in code:
                yield f"notebooks/ shows the derivation {name!r} in no lesson"
            compared.discard(name)
    for name in sorted(compared):
        yield f"{DERIVATIONS} has no derivation {name!r}, which {MODEL_VALUES} compares"


def exercises(root):
    """Each exercise is asked in its lesson, solved, and has wrong and right answers planted."""
    for path in sorted((root / SHEETS).glob("lesson_*.py")):
        sheet, solved, planted = (folder / path.name for folder in (SHEETS, SOLUTIONS, PLANTED))
        (notebook,) = (root / "notebooks").glob(f"{path.stem[-2:]}_*.ipynb")
        there = {
            sheet: set(exercise_names(root / sheet)),
            solved: set(keys(root / solved, "SOLUTIONS")),
            planted: {*keys(root / planted, "WRONG")} & {*keys(root / planted, "RIGHT")},
            notebook.relative_to(root): set(re.findall(r'check\("([^"]+)"', code_of(notebook))),
        }
        for file, names in there.items():
            for name in sorted(set().union(*there.values()) - names):
                yield f"{file} lacks the exercise {name!r}"


def explorers(root):
    """Each explorer stands in the door of `lessons.live`, is tested and is used in a lesson."""
    door, code = PACKAGE / "live" / "__init__.py", all_code(root)
    offered = {name for name in elements(root / door, "__all__") if name.endswith("Explorer")}
    for path in sorted((root / EXPLORERS).rglob("*.py")):
        folder = Path("tests/live/explorers") / path.parent.relative_to(root / EXPLORERS)
        for name in filter(re.compile(".*Explorer$").match, classes(path)):
            test = folder / f"test_{path.stem}.py"
            if name not in offered:
                yield f"{door} does not offer {name}"
            if not (root / test).exists():
                yield f"{test} is missing: it compares {name} with lessons.model"
            if f"{name}(" not in code:
                yield f"notebooks/ uses {name} in no lesson"
            offered.discard(name)
    for name in sorted(offered):
        yield f"{EXPLORERS} has no {name}, which {door} offers"


def nodes(root):
    """Each kind of node in a line is known to both roads, to both printers, and to a test.

    A function can be typed as well, so the language knows it too.
    """
    defined = {name: bases for path in NODES for name, bases in classes(root / path).items()}
    imported = {name for file in (*ROADS, *PRINTERS) for name in imports(root / file, NODES)}
    for name in sorted(imported - set(defined) - words(root / NODES[0]) - words(root / NODES[1])):
        yield f"{NODES[0]} defines no {name}, for which there are rules"
    tests = "\n".join(path.read_text("utf-8") for path in (root / "tests/proofs").rglob("*.py"))
    for name, bases in defined.items():
        if name != "Array" and not re.search(rf"\b{name}\b", tests):
            yield f"tests/proofs has no test that names {name}"
        for file in LANGUAGE if "Function" in bases else ():
            if not re.search(rf"\b{name}\b", (root / file).read_text("utf-8")):
                yield f"{file} does not let anybody type {name}"
        for file in (*ROADS, *PRINTERS):
            meant = {name, *bases} if file in ROADS else {name}
            if not meant & words(root / file) and (name, file) not in EXEMPT:
                yield f"{file} has no rule for {name}"


def cells(root):
    """Each code cell has its place on the slides, and was executed."""
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        file = path.relative_to(root)
        for cell in cells_of(path):
            if "slideshow" not in cell["metadata"]:
                yield f"{file}: the cell {cell['id']!r} does not say its place on the slides"
            if cell["cell_type"] == "code" and cell["execution_count"] is None:
                yield f"{file}: the cell {cell['id']!r} was never executed (`make notebooks`)"


# What is read from a file.


@cache
def syntax(path):
    """Parse a file, an empty one if it is not there."""
    return ast.parse(path.read_text(encoding="utf-8") if path.exists() else "")


def value_of(path, name):
    """Return the expression that a module gives to one of its names, or None."""
    for node in syntax(path).body:
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == name for target in node.targets
        ):
            return node.value
    return None


def keys(path, name):
    """Return the keys, all text, of a table that a module defines."""
    table = value_of(path, name)
    return [key.value for key in getattr(table, "keys", []) if isinstance(key, ast.Constant)]


def elements(path, name):
    """Return the names or texts in a tuple, list or set that a module defines."""
    items = getattr(value_of(path, name), "elts", [])
    return [item.id if isinstance(item, ast.Name) else item.value for item in items]


def classes(path):
    """Return the classes that a module defines, each with the names of its bases."""
    found = (node for node in syntax(path).body if isinstance(node, ast.ClassDef))
    return {node.name: [base.id for base in node.bases] for node in found}


def words(path):
    """Return every name that a module uses, but for what it only imports."""
    nodes = ast.walk(syntax(path))
    return {getattr(node, "id", getattr(node, "attr", None)) for node in nodes} - {None}


def imports(path, files):
    """Return the capitalised names, so classes, that a module imports from some files."""
    modules = {".".join(file.with_suffix("").parts[1:]) for file in files}
    found = (node for node in ast.walk(syntax(path)) if isinstance(node, ast.ImportFrom))
    return {each.name for node in found if node.module in modules for each in node.names}


def exercise_names(path):
    """Return the names of the exercises that a sheet makes."""
    calls = (node for node in ast.walk(syntax(path)) if isinstance(node, ast.Call))
    named = [{word.arg: word.value for word in call.keywords} for call in calls]
    return [given["name"].value for given in named if {"name", "lesson", "skill"} <= set(given)]


@cache
def cells_of(path):
    """Return the cells of a notebook."""
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def code_of(path):
    """Return all code of a notebook."""
    code = ("".join(cell["source"]) for cell in cells_of(path) if cell["cell_type"] == "code")
    return "\n".join(code)


def all_code(root):
    """Return all code of all notebooks."""
    return "\n".join(code_of(path) for path in sorted((root / "notebooks").glob("*.ipynb")))
