"""In the site's Python a library is found without a look at the notebooks' folder."""

import importlib
import runpy
import sys
from importlib.machinery import PathFinder

import pyodide_distribution as distribution
import pytest


@pytest.fixture
def looked(tmp_path, monkeypatch):
    """Start the hook in a folder of notebooks, as the site's Python does; note looks there."""
    folder = tmp_path / "drive"
    folder.mkdir()
    looks = []
    found = PathFinder.find_spec

    def find_spec(fullname, path=None, target=None):
        if "" in (sys.path if path is None else path):
            looks.append(fullname)
        return found(fullname, path, target)

    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "path", ["", *(each for each in sys.path if each)])
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    monkeypatch.setattr(PathFinder, "find_spec", staticmethod(find_spec))
    runpy.run_path(str(distribution.OWN / "sitecustomize.py"))
    importlib.invalidate_caches()
    looks.clear()  # what `runpy` itself imports
    return folder, looks


def imported(monkeypatch, name):
    """Return a module that is imported anew, and forgotten afterwards."""
    monkeypatch.delitem(sys.modules, name, raising=False)
    module = importlib.import_module(name)
    monkeypatch.setitem(sys.modules, name, module)
    return module


def test_a_library_and_what_is_in_it_are_found_without_a_look_at_the_folder(looked, monkeypatch):
    folder, looks = looked
    (folder / "cycler.py").write_text("raise RuntimeError('a file of the same name')")
    assert hasattr(imported(monkeypatch, "cycler"), "cycler")
    imported(monkeypatch, "matplotlib.markers")
    assert looks == []


def test_a_student_s_own_module_is_found_in_the_folder(looked, monkeypatch):
    folder, looks = looked
    (folder / "my_softmax.py").write_text("ROWS = 3")
    assert imported(monkeypatch, "my_softmax").ROWS == 3
    assert looks == ["my_softmax"]


def test_what_is_nowhere_is_missing_as_ever(looked):
    with pytest.raises(ModuleNotFoundError, match="no_such_softmax"):
        importlib.import_module("no_such_softmax")
