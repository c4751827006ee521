"""The door of the proofs hands out things, never modules, whatever was imported before."""

import importlib
import pkgutil
from types import ModuleType

import pytest

from lessons import proofs

MODULES = [module.name for module in pkgutil.walk_packages(proofs.__path__, "lessons.proofs.")]


@pytest.mark.parametrize("name", proofs.__all__)
def test_with_every_module_loaded_the_door_still_hands_out_the_thing(name):
    for module in MODULES:
        importlib.import_module(module)
    assert not isinstance(getattr(proofs, name), ModuleType)


def test_no_module_bears_the_name_of_something_behind_the_door():
    beside_it = {module.split(".")[2] for module in MODULES}
    assert {"claim", "symbolic"} <= beside_it
    assert not beside_it & set(proofs.__all__)


def test_the_door_says_what_it_has_and_refuses_the_rest():
    assert set(proofs.__all__) <= set(dir(proofs))
    with pytest.raises(AttributeError, match="no attribute 'walk'"):
        _ = proofs.walk
