"""The examples in docstrings, which the reference shows, are true."""

import doctest
import importlib
import inspect

import pytest

DOORS = ("model", "proofs", "live", "practice", "datasets")


def modules(door):
    """The door, and the modules in which what it hands out is written."""
    module = importlib.import_module(f"lessons.{door}")
    homes = {inspect.getmodule(getattr(module, name)) for name in module.__all__}
    ours = {home for home in homes if home and home.__name__.startswith("lessons.")}
    return sorted(ours | {module}, key=lambda each: each.__name__)


@pytest.fixture(autouse=True)
def files_of_nobody(tmp_path, monkeypatch):
    """An example that keeps a proof keeps it here."""
    monkeypatch.setenv("LESSONS_PROGRESS", str(tmp_path / "progress.txt"))


@pytest.mark.parametrize("door", DOORS)
def test_every_example_gives_what_it_shows(door):
    results = [doctest.testmod(module) for module in modules(door)]
    assert sum(result.failed for result in results) == 0


def test_there_are_examples_and_a_false_one_is_seen():
    assert sum(doctest.testmod(module).attempted for module in modules("model")) >= 9
    example = doctest.DocTestParser().get_doctest(">>> 1 + 1\n3\n", {}, "planted", None, 0)
    assert doctest.DocTestRunner(verbose=False).run(example, out=lambda text: None).failed == 1
