"""The load of a class, as `make bench-hub` makes it, in small: nothing of it fails."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_two_students_enter_drag_and_answer_without_a_failure(machine):
    command = [sys.executable, "-m", "benchmarks.hub", "2"]
    options = ["--seconds=40", "--ramp=2", "--browsers=0"]
    own = os.environ | {"PYTHONPATH": str(ROOT / "tools")}
    done = subprocess.run([*command, *options], cwd=ROOT, env=own, capture_output=True, text=True)
    assert "  0 failures" in done.stdout, done.stdout + done.stderr
    rows = [line.split("  ")[1] for line in done.stdout.splitlines() if "×" in line]
    assert {"slider to picture", "check, stopped"} <= set(rows), done.stdout
