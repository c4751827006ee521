"""The model stands on NumPy alone."""

import doctest
import inspect
import re
import subprocess
import sys

import lessons.model


def test_importing_the_model_loads_none_of_the_heavy_packages():
    program = (
        "import sys, lessons.model\n"
        "print(*{name.split('.')[0] for name in sys.modules} - set(sys.stdlib_module_names))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = set(run.stdout.split())
    assert {"lessons", "numpy"} <= loaded
    heavy = {"sympy", "mpmath", "matplotlib", "ipywidgets", "IPython", "lark", "scipy", "sklearn"}
    assert not loaded & (heavy | {"torch", "jax", "pandas"})


def test_importing_one_room_first_loads_no_other_room():
    program = (
        "import sys, lessons.model\n"
        "print(*(name for name in sys.modules if name.startswith('lessons.')))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert all(name.startswith("lessons.model") for name in run.stdout.split())


def test_the_public_names_are_sorted_documented_and_all_there():
    names = lessons.model.__all__
    assert names == sorted(names)
    for name in names:
        doc = inspect.getdoc(getattr(lessons.model, name))
        sections = re.split(r"\n(\w+)\n-+\n", doc)
        for section in ("Parameters", "Returns", "Raises", "Notes"):
            assert section in sections, (name, section)
        assert "Derivation: notebook" in sections[sections.index("Notes") + 1], name


def test_the_examples_in_the_docstrings_are_true():
    modules = {
        sys.modules[getattr(lessons.model, name).__module__] for name in lessons.model.__all__
    }
    results = [doctest.testmod(module) for module in modules]
    assert sum(result.failed for result in results) == 0
    assert sum(result.attempted for result in results) >= 9
