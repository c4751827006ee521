"""The roads to an environment agree: pyproject.toml, environment.yml, constraints.txt, make."""

import importlib.metadata
import re
import tomllib
from pathlib import Path

import environment
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text())
PINS = dict(
    line.split("==")
    for line in (ROOT / "constraints.txt").read_text().splitlines()
    if not line.startswith("#")
)


def normalised(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def requirement_name(requirement):
    return normalised(re.match(r"[A-Za-z0-9._-]+", requirement)[0])


def test_conda_brings_python_and_pip_and_lets_pip_decide_the_rest():
    python, pip, packages = CONDA["dependencies"]
    assert python == f"python {PROJECT['requires-python']}"
    assert pip == "pip"
    assert packages == {"pip": ["-c constraints.txt", "-e ."]}
    assert CONDA["name"] == PROJECT["name"]


def test_every_declared_dependency_is_pinned():
    groups = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
    names = {requirement_name(each) for group in groups for each in group} - {"lessons"}
    assert names <= {normalised(name) for name in PINS}


def test_everything_installed_is_pinned_at_the_version_that_is_installed():
    pins = {normalised(name): version for name, version in PINS.items()}
    unpinned = {"setuptools", "lessons"}  # the first comes with Python 3.11
    installed = {
        normalised(each.metadata["Name"]): each.version.split("+")[0]
        for each in importlib.metadata.distributions()
    }
    for name in installed.keys() - unpinned:
        assert installed[name] == pins[name], name


def test_pins_hold_no_address():
    text = (ROOT / "constraints.txt").read_text()
    assert not re.search(r"https?:|@|--hash", text)


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13)])
def test_an_old_python_is_refused_in_one_sentence(version):
    problem = environment.version_problem(version)
    assert f"this is Python {version[0]}.{version[1]}." in problem
    assert "PYTHON=" in problem
    assert "\n" not in problem


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 14, 1), (4, 0, 0)])
def test_python_3_11_and_newer_are_accepted(version):
    assert environment.version_problem(version) is None


def test_a_python_without_venv_is_told_which_package_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "ensurepip", None)
    assert "python3-venv" in environment.venv_problem()
