"""Every test of the exercises has a file of progress of its own, and can type as a student does."""

import numpy as np
import pytest


@pytest.fixture(autouse=True)
def fresh_progress(tmp_path, monkeypatch):
    """The progress file of this test alone, which does not exist yet."""
    monkeypatch.setenv("LESSONS_PROGRESS", str(tmp_path / "progress.txt"))
    return tmp_path / "progress.txt"


@pytest.fixture
def typed():
    """Run source as a student's notebook would, and return its names in their order."""

    def run(source):
        names = {"np": np, "__name__": "__main__", "__builtins__": __builtins__}
        exec(source, names)
        return names

    return run
