"""The rooms of the package stand on one another one way: its imports are read, and not run.

`pytest -s -k how_many tests/project/test_rooms.py` prints how many modules, imports and floors
each room has.
"""

import ast
import json
from collections import Counter
from graphlib import CycleError, TopologicalSorter
from importlib.util import resolve_name
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# A room imports from rooms on lower floors alone, and none from its neighbours. The rooms of each
# house from the ground up; "" is its own `__init__`.
FLOORS = {
    "lessons": (
        ("",),
        ("lookup", "colours", "student_files", "student_notebooks", "model"),
        ("datasets", "prompt_connection", "student_server"),
        ("proofs",),
        ("practice", "live", "__main__"),
        ("name_error",),
    ),
    "lessons.proofs": (
        ("notation", "cases"),
        ("arrays", "language"),
        ("symbolic", "printing", "setting"),
        ("numeric",),
        ("verdict",),
        ("claim",),
        ("steps",),
        ("derivations", "tutor"),
        ("original", "formula_sheet"),
        ("",),
    ),
}
ROADS = ("lessons.proofs.symbolic", "lessons.proofs.numeric")
# All that the two roads share.
COMMON = {f"lessons.proofs.{name}" for name in ("notation", "cases", "arrays")}
ROOMS = ("model", "datasets", "proofs", "practice", "live")
DOORS = {"lessons", *(f"lessons.{room}" for room in ROOMS)}
MOST_FILES = 16
SYMBOLIC, NUMERIC = "proofs.symbolic.equality", "proofs.numeric.points"


def files_of(root):
    """Each module below `root/src` by its dotted name; a package is its `__init__`."""
    source = root / "src"
    shortened = {path.relative_to(source).with_suffix(""): path for path in source.rglob("*.py")}
    return {
        ".".join(short.parent.parts if short.name == "__init__" else short.parts): path
        for short, path in sorted(shortened.items())
    }


def imported_by(tree, package=None):
    """Pairs of what each import names: its module, and the name taken from it, or None."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = resolve_name("." * node.level + (node.module or ""), package)
            yield from ((module, alias.name) for alias in node.names)


def imports_of(root):
    """Read which modules each module imports, anywhere in its file: a dict of sets."""
    files = files_of(root)
    graph = {}
    for name, path in files.items():
        package = name if path.stem == "__init__" else name.rpartition(".")[0]
        named = imported_by(ast.parse(path.read_text(encoding="utf-8")), package)
        found = {f"{base}.{part}" if f"{base}.{part}" in files else base for base, part in named}
        graph[name] = found & set(files) - {name}
    return graph


def merged(graph, depth):
    """Make rooms of the modules that share the first `depth` parts of their names."""
    rooms = {}
    for name, targets in graph.items():
        room = ".".join(name.split(".")[:depth])
        reached = {".".join(target.split(".")[:depth]) for target in targets}
        rooms.setdefault(room, set()).update(reached - {room})
    return rooms


def circle(graph):
    """Return one circle as a list that ends where it begins; an empty list if there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def room_of(name, house="lessons"):
    """Room of a module in a house: the first part of its name below the house's."""
    return name.removeprefix(house).removeprefix(".").split(".")[0]


def upward(graph, house="lessons"):
    """List the imports inside a house that lead to a higher floor or to a neighbour."""
    floor = {room: number for number, rooms in enumerate(FLOORS[house]) for room in rooms}
    graph = {name: targets for name, targets in graph.items() if f"{name}.".startswith(f"{house}.")}
    return [
        (name, target)
        for name, targets in graph.items()
        for target in sorted(targets & set(graph))
        if room_of(name, house) != room_of(target, house)
        and floor.get(room_of(target, house), 0) >= floor.get(room_of(name, house), 0)
    ]


def through_their_own_door(graph):
    """List the modules that import the door of their own room, which imports them."""
    return [name for name, targets in graph.items() if f"lessons.{room_of(name)}" in targets]


def reached(graph, start):
    """Collect all modules that importing the modules in `start` needs, one through another."""
    known, more = set(), set(start)
    while more:
        known |= more
        more = set().union(*(graph[name] for name in more)) - known
    return known


def meetings(graph):
    """List what both roads need, one through another, that they must not share."""
    roads = [{name for name in graph if name.startswith(f"{road}.")} for road in ROADS]
    symbolic, numeric = (reached(graph, road) for road in roads)
    return sorted((symbolic & numeric) - COMMON)


def crowded(root):
    """List the folders that hold more files than can be overlooked."""
    folders = Counter(path.parent for path in files_of(root).values())
    return [str(folder) for folder, count in folders.items() if count > MOST_FILES]


def past_the_doors(root):
    """List the imports of notebooks that go past the doors of the rooms."""
    found = []
    for path in sorted(root.glob("notebooks/*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                lines = "".join(cell["source"]).splitlines()
                tree = ast.parse("\n".join(line for line in lines if not line.startswith("%")))
                found += [(path.name, module) for module, _ in imported_by(tree)]
    ours = [(name, module) for name, module in found if module.split(".")[0] == "lessons"]
    return [(name, module) for name, module in ours if module not in DOORS]


def floors(graph):
    """Count the floors: the longest way down through the imports."""
    height = {}
    for name in TopologicalSorter(graph).static_order():
        height[name] = 1 + max((height[target] for target in graph.get(name, ())), default=0)
    return max(height.values(), default=0)


def inside(graph, room):
    """Part of the graph that lies in one room."""
    names = {name for name in graph if room_of(name) == room}
    return {name: graph[name] & names for name in names}


def counted(root):
    """Tell for each room its modules, imports and floors, and the same of the rooms inside it."""
    graph = imports_of(root)
    rows = [("", *("modules", "imports", "floors", "rooms", "imports", "floors"))]
    for room in sorted({room_of(name) for name in graph}):
        part = inside(graph, room)
        rows.append((room or "lessons", *sizes(part), *sizes(merged(part, 3))))
    rows.append(("together", *sizes(graph), *sizes(merged(graph, 2))))
    return "\n".join(f"{name:10}" + "".join(f"{n:>9}" for n in numbers) for name, *numbers in rows)


def sizes(graph):
    """Count the modules of a graph, the imports between them, and its floors."""
    return len(graph), sum(map(len, graph.values())), floors(graph)


@pytest.fixture(scope="module")
def graph():
    return imports_of(ROOT)


@pytest.mark.parametrize("depth", [2, 3, 9], ids=["rooms", "rooms in rooms", "modules"])
def test_nothing_imports_itself_by_way_of_others(graph, depth):
    assert circle(merged(graph, depth)) == []


def test_every_room_stands_on_a_floor_and_imports_downwards(graph):
    assert {room_of(name) for name in graph} == set().union(*FLOORS["lessons"])
    assert upward(graph) == []
    assert upward(graph, "lessons.proofs") == []
    assert through_their_own_door(graph) == []


def test_the_two_roads_never_meet(graph):
    assert {f"lessons.{SYMBOLIC}", f"lessons.{NUMERIC}"} <= set(graph)
    assert meetings(graph) == []


def test_no_folder_is_crowded():
    assert crowded(ROOT) == []


def test_notebooks_come_in_by_the_doors():
    assert past_the_doors(ROOT) == []


def test_how_many_modules_imports_and_floors_there_are():
    print("\n" + counted(ROOT))


def planted(root, modules):
    """Write a package of these modules: dotted name and text."""
    for name, text in modules.items():
        path = (root / "src" / "lessons").joinpath(*name.split(".")).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("modules", "depth", "length"),
    [
        ({"model.a": "import lessons.model.b", "model.b": "from . import a"}, 9, 3),
        (
            {
                "model.a": "from lessons.model import b",
                "model.b": "from lessons.model.c import f",
                "model.c": "def f():\n    from lessons.model.a import g",
            },
            9,
            4,
        ),
        (
            {
                "live.base.a": "from lessons.live.drawing.b import f",
                "live.drawing.b": "",
                "live.drawing.c": "from ..base import d",
                "live.base.d": "",
            },
            3,
            3,
        ),
        (
            {
                "model.a": "import lessons.proofs.b",
                "proofs.b": "",
                "proofs.c": "import lessons.model.a",
            },
            2,
            3,
        ),
        ({"model.a": "from lessons.model.b import f", "model.b": "import numpy"}, 9, 0),
    ],
    ids=["two", "three, one inside a function", "rooms in rooms", "rooms", "none"],
)
def test_a_planted_circle_is_seen(tmp_path, modules, depth, length):
    found = circle(merged(imports_of(planted(tmp_path, modules)), depth))
    assert len(found) == length


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("model.losses", "from lessons.proofs import derivation"),
        ("model.losses", "from lessons import colours"),
        ("model.losses", "from lessons.datasets.loading import digits"),
        ("datasets.loading", "def f():\n    import lessons.practice.api"),
        ("proofs.claim", "from lessons.live.base import film"),
        ("practice.api", "import lessons.live.base.film"),
        ("live.base.film", "from ...practice import api"),
        ("lookup", "from lessons.model import losses"),
        ("attic.dust", "from lessons.model import losses"),
    ],
)
def test_a_planted_upward_import_is_seen(tmp_path, name, text):
    packages = ("proofs.__init__", "colours", "datasets.loading", "practice.api", "live.base.film")
    modules = {**dict.fromkeys((*packages, "model.losses"), ""), name: text}
    graph = imports_of(planted(tmp_path, modules))
    assert [source for source, _ in upward(graph)] == [f"lessons.{name}"]


def test_a_planted_upward_import_inside_the_proofs_is_seen(tmp_path):
    modules = {
        "proofs.notation": "",
        "proofs.printing.text": "from lessons.proofs.notation import z",
        "proofs.setting": "from lessons.proofs.printing import text",
        "proofs.claim": "from lessons.proofs.steps import Step",
        "proofs.steps": "from lessons.proofs.printing.text import to_text",
    }
    found = upward(imports_of(planted(tmp_path, modules)), "lessons.proofs")
    assert [name for name, _ in found] == ["lessons.proofs.claim", "lessons.proofs.setting"]


@pytest.mark.parametrize("text", ["from lessons.proofs import derivation", "from . import z"])
def test_a_planted_import_through_the_rooms_own_door_is_seen(tmp_path, text):
    graph = imports_of(planted(tmp_path, {"proofs.__init__": "", "proofs.claim": text}))
    assert through_their_own_door(graph) == ["lessons.proofs.claim"]


@pytest.mark.parametrize(
    "modules",
    [
        {SYMBOLIC: f"from lessons.{NUMERIC} import Point", NUMERIC: ""},
        {NUMERIC: f"def f():\n    import lessons.{SYMBOLIC}", SYMBOLIC: ""},
        {
            SYMBOLIC: "from lessons.proofs.printing.text import to_text",
            "proofs.printing.text": f"from lessons.{NUMERIC} import Point",
            NUMERIC: "",
        },
        {
            SYMBOLIC: "from lessons.proofs.setting import Setting",
            NUMERIC: "from lessons.proofs.setting import Setting",
            "proofs.setting": "",
        },
    ],
    ids=["at once", "the other way, inside a function", "through a third", "from a third"],
)
def test_a_planted_meeting_of_the_roads_is_seen(tmp_path, modules):
    assert meetings(imports_of(planted(tmp_path, modules)))


def test_a_planted_crowd_is_seen(tmp_path):
    planted(tmp_path, {f"model.m{number}": "" for number in range(MOST_FILES)})
    assert crowded(tmp_path) == []
    planted(tmp_path, {"model.one_more": ""})
    assert len(crowded(tmp_path)) == 1


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("from lessons.proofs.notation import z", True),
        ("import lessons.live.base.film", True),
        ("from lessons.lookup import look_up", True),
        ("%matplotlib inline\nfrom lessons.proofs import derivation\nimport numpy", False),
        ("from lessons import model", False),
    ],
)
def test_a_planted_back_door_is_seen(tmp_path, line, seen):
    (tmp_path / "notebooks").mkdir()
    cells = [{"cell_type": "code", "source": line.splitlines(keepends=True)}]
    text = json.dumps({"cells": [{"cell_type": "markdown", "source": ["import"]}, *cells]})
    (tmp_path / "notebooks" / "00.ipynb").write_text(text, encoding="utf-8")
    assert bool(past_the_doors(tmp_path)) == seen


def test_floors_are_the_longest_way_down(tmp_path):
    modules = {"a": "import lessons.b, lessons.d", "b": "import lessons.c", "c": "", "d": ""}
    assert floors(imports_of(planted(tmp_path, modules))) == 3
