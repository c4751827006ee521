"""Planted answers to every exercise: wrong ones, each with the name it must get, and right ones."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from lessons.practice.catalogue import catalogue

PLANTED = Path(__file__).with_name("planted")


def _tables():
    for path in sorted(PLANTED.glob("lesson_*.py")):
        spec = importlib.util.spec_from_file_location(f"planted_{path.stem}", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield module


TABLES = list(_tables())


def _answers(value):
    return value if isinstance(value, list) else [value]


WRONG = [
    pytest.param(name, mistake, answer, id=f"{name}: {mistake} {number}")
    for table in TABLES
    for name, mistakes in table.WRONG.items()
    for mistake, answers in mistakes.items()
    for number, answer in enumerate(_answers(answers))
]
RIGHT = [
    pytest.param(name, answer, id=f"{name}: {number}")
    for table in TABLES
    for name, answers in table.RIGHT.items()
    for number, answer in enumerate(answers)
]


def pytest_generate_tests(metafunc):
    if {"name", "mistake", "wrong"} <= set(metafunc.fixturenames):
        metafunc.parametrize(("name", "mistake", "wrong"), WRONG)
    elif {"name", "right"} <= set(metafunc.fixturenames):
        metafunc.parametrize(("name", "right"), RIGHT)
    elif "exercise" in metafunc.fixturenames:
        metafunc.parametrize("exercise", [pytest.param(e, id=e.name) for e in catalogue().values()])


@pytest.fixture
def planted():
    """{exercise: {mistake: [answers]}} of everything planted."""
    return {name: mistakes for table in TABLES for name, mistakes in table.WRONG.items()}


@pytest.fixture
def accepted():
    """{exercise: [right answers]} of everything planted."""
    return {name: answers for table in TABLES for name, answers in table.RIGHT.items()}


@pytest.fixture(autouse=True)
def fresh_progress(tmp_path, monkeypatch):
    monkeypatch.setenv("LESSONS_PROGRESS", str(tmp_path / "progress.txt"))
    return tmp_path / "progress.txt"


@pytest.fixture
def typed():
    """Run source as a student's notebook would, and return its names."""

    def run(source):
        names = {"np": np, "__name__": "__main__"}
        exec(source, names)
        return names

    return run
