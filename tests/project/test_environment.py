"""The roads to an environment agree: pyproject.toml, environment.yml, constraints.txt, make."""

import importlib.metadata
import re
import subprocess
import sys
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
    # Binder's builder reads a range as no version at all, and brings a Python of its own.
    version = tuple(map(int, re.fullmatch(r"python=(\d+)\.(\d+)", python).groups()))
    assert environment.version_problem(version) is None
    assert pip == "pip"
    assert packages == {"pip": ["-c constraints.txt", "-e .[lab]"]}
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


def test_a_server_starts_without_the_grammar_of_web_addresses():
    """It takes longer to build than all else that a server imports, and nothing here reads one."""
    code = "import sys, jupyter_server.serverapp; print('rfc3987_syntax' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "False\n"


def test_pins_hold_no_address():
    text = (ROOT / "constraints.txt").read_text()
    assert not re.search(r"https?:|@|--hash", text)


UNSUPPORTED = [(2, 7, 18), (3, 6, 15), (3, 10, 13), (3, 15, 0), (4, 0, 0)]


@pytest.mark.parametrize("version", UNSUPPORTED)
def test_another_python_is_refused_in_one_sentence(version):
    problem = environment.version_problem(version)
    assert "need Python 3.11 to 3.14" in problem
    assert f"this is Python {version[0]}.{version[1]}." in problem
    assert "PYTHON=" in problem
    assert "\n" not in problem


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 1), (3, 13, 0), (3, 14, 1)])
def test_a_supported_python_is_accepted(version):
    assert environment.version_problem(version) is None


def test_which_pythons_are_supported_is_said_alike_everywhere():
    (major, oldest), (_, newest) = environment.OLDEST, environment.NEWEST
    assert PROJECT["requires-python"] == f">={major}.{oldest},<{major}.{newest + 1}"
    said = f"Python {major}.{oldest} to {major}.{newest}"
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme.count(said) == 3
    assert said in (ROOT / "Makefile").read_text(encoding="utf-8")
    for page in ROOT.glob("*.md"):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"Python 3\.\d+ or newer", text), page.name


def test_what_jupyterlite_brings_is_not_seen_by_jupyterlab(tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "VENV", str(tmp_path))
    shared = tmp_path / "share" / "jupyter"
    environment.hide_from_jupyterlab()  # where the site's tools are not installed
    for text in ("first", "renewed"):
        folder = shared / "labextensions" / "@jupyterlite" / "kernel"
        folder.mkdir(parents=True)
        (folder / "package.json").write_text(text)
        environment.hide_from_jupyterlab()
        assert list((shared / "labextensions").iterdir()) == []
        apart = shared / "liteextensions" / "@jupyterlite" / "kernel" / "package.json"
        assert apart.read_text() == text


def test_the_path_to_the_sources_is_relative_and_ascii(tmp_path, monkeypatch):
    site = tmp_path / "škola" / ".venv" / "lib" / "python3.11" / "site-packages"
    site.mkdir(parents=True)
    (site / "_editable_impl_lessons.pth").write_text(str(tmp_path / "škola" / "src"))
    (site / "other.pth").write_text("import other")
    monkeypatch.setattr(environment, "HERE", str(tmp_path / "škola"))
    monkeypatch.setattr(environment, "VENV", str(tmp_path / "škola" / ".venv"))
    environment.make_path_relative()
    path = (site / "_editable_impl_lessons.pth").read_text().strip()
    assert path.isascii()
    assert (site / path).resolve() == (tmp_path / "škola" / "src").resolve()
    assert (site / "other.pth").read_text() == "import other"


def test_a_python_without_venv_is_told_which_package_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "ensurepip", None)
    assert "python3-venv" in environment.venv_problem()
