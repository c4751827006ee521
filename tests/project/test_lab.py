"""What a student writes in work/ is never lost, and JupyterLab opens for this machine alone."""

import importlib.util
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def lab():
    spec = importlib.util.spec_from_file_location("lab", ROOT / "tools" / "lab.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folders(tmp_path):
    lessons, work = tmp_path / "notebooks", tmp_path / "work"
    lessons.mkdir()
    (lessons / "03_binary_gradient.ipynb").write_text("original")
    (lessons / "04_multiclass_gradient.ipynb").write_text("next")
    return lessons, work


def test_first_start_copies_every_lesson(lab, folders):
    lessons, work = folders
    assert lab.copy_missing(lessons, work) == [
        "03_binary_gradient.ipynb",
        "04_multiclass_gradient.ipynb",
    ]
    assert (work / "03_binary_gradient.ipynb").read_text() == "original"


def test_a_second_start_overwrites_nothing(lab, folders):
    lessons, work = folders
    lab.copy_missing(lessons, work)
    (work / "03_binary_gradient.ipynb").write_text("mine")
    assert lab.copy_missing(lessons, work) == []
    assert (work / "03_binary_gradient.ipynb").read_text() == "mine"


def test_reset_restores_one_lesson_and_keeps_each_older_file(lab, folders):
    lessons, work = folders
    lab.copy_missing(lessons, work)
    for text in ("mine", "mine again"):
        (work / "03_binary_gradient.ipynb").write_text(text)
        lab.reset(lessons, work, "03")
    assert (work / "03_binary_gradient.ipynb").read_text() == "original"
    assert (work / "03_binary_gradient.backup-1.ipynb").read_text() == "mine"
    assert (work / "03_binary_gradient.backup-2.ipynb").read_text() == "mine again"
    assert (work / "04_multiclass_gradient.ipynb").read_text() == "next"


@pytest.mark.parametrize("number", ["", "12", "*", "03_binary", "0"])
def test_reset_of_anything_but_one_lesson_is_refused(lab, folders, number):
    lessons, work = folders
    with pytest.raises(ValueError, match=r"expected one lesson's number \(03, 04\)"):
        lab.reset(lessons, work, number)
    assert not work.exists()


def test_jupyterlab_prints_an_address_with_its_token_on_this_machine_only(lab, tmp_path):
    notebook = tmp_path / "03_binary_gradient.ipynb"
    notebook.write_bytes((ROOT / "notebooks" / notebook.name).read_bytes())
    places = {name: str(tmp_path / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR")}
    command = [*lab.lab_command(notebook), "--no-browser", "--ServerApp.port=0"]
    log = tmp_path / "log"
    with log.open("w") as stream:
        server = subprocess.Popen(
            command, cwd=tmp_path, env=os.environ | places, stderr=stream, stdout=stream
        )
    try:
        address = wait_for_address(log, server)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
    assert re.match(r"http://(127\.0\.0\.1|localhost):\d+/lab/tree/03_binary", address)
    assert re.search(r"\?token=[0-9a-f]{48}$", address)


def wait_for_address(log, server, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        if found := re.search(r"http://\S+token=\S+", log.read_text()):
            return found[0]
        time.sleep(0.2)
    pytest.fail(f"no address after {seconds} s:\n{log.read_text()}")


def test_make_alone_prints_every_target():
    printed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    makefile = (ROOT / "Makefile").read_text()
    targets = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split()
    assert re.findall(r"^  make (\w+)", printed, re.MULTILINE) == targets


def test_reset_through_the_command_line_says_what_was_wrong():
    run = [sys.executable, str(ROOT / "tools" / "lab.py"), "reset", "99"]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("expected one lesson's number")
