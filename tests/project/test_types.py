"""Types stand on the public border and on every field, as CONTRIBUTING.md says."""

import ast
import importlib
import inspect
from pathlib import Path

import pytest

import lessons

PACKAGE = Path(lessons.__file__).parent
DOORS = ("model", "proofs", "live", "practice", "datasets")
BARE = {"tuple", "dict", "list", "set", "frozenset", "Callable"}


def untyped(function):
    """Parameters of a function without a type, and "return" if what it returns has none."""
    signature = inspect.signature(function)
    missing = [
        name
        for name, parameter in signature.parameters.items()
        if parameter.annotation is parameter.empty and name not in ("self", "cls")
    ]
    return missing + ["return"] * (signature.return_annotation is signature.empty)


def border_of(thing):
    """Functions that are called through an exported name: itself, or a class's public methods."""
    if inspect.isfunction(thing):
        return {thing.__qualname__: thing}
    if not inspect.isclass(thing):
        return {}
    border = {}
    for name, member in vars(thing).items():
        function = getattr(member, "fget", None) or getattr(member, "func", None) or member
        public = not name.startswith("_") or name == "__init__"
        if public and inspect.isfunction(function) and function.__module__.startswith("lessons"):
            border[function.__qualname__] = function
    return border


def exported():
    """Everything that the doors hand out, and of explorers what they share."""
    for door in DOORS:
        module = importlib.import_module(f"lessons.{door}")
        for name in module.__all__:
            thing = getattr(module, name)
            yield from border_of(thing).items()
            for base in thing.__mro__[1:] if inspect.isclass(thing) else ():
                if base.__module__.startswith("lessons"):
                    yield from border_of(base).items()


def fields(path):
    """The annotated names in the bodies of classes: (class, field, annotation)."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef):
            for part in node.body:
                if isinstance(part, ast.AnnAssign):
                    yield node.name, part.target.id, part.annotation


def bare(annotation):
    """Containers in an annotation of which it does not say what they hold."""
    inside = {id(node.value) for node in ast.walk(annotation) if isinstance(node, ast.Subscript)}
    names = (node for node in ast.walk(annotation) if isinstance(node, ast.Name))
    return sorted({node.id for node in names if node.id in BARE and id(node) not in inside})


BORDER = dict(exported())


@pytest.mark.parametrize("name", BORDER)
def test_what_a_door_hands_out_says_what_it_takes_and_returns(name):
    assert untyped(BORDER[name]) == []


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_every_field_says_what_it_holds(path):
    assert [(kind, name) for kind, name, annotation in fields(path) if bare(annotation)] == []


def test_what_lacks_a_type_is_seen():
    def half(x: int, y) -> None:
        return None

    def silent(x: int):
        return None

    assert (untyped(half), untyped(silent)) == (["y"], ["return"])
    for text, found in [("tuple", ["tuple"]), ("dict[str, list]", ["list"]), ("tuple[int]", [])]:
        assert bare(ast.parse(text, mode="eval").body) == found


def test_the_package_says_that_it_is_typed():
    assert (PACKAGE / "py.typed").exists()
