"""The files in deploy/ agree with one another, and the script for one server does what it says."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
VALUES = yaml.safe_load((DEPLOY / "kubernetes" / "values.yaml").read_text(encoding="utf-8"))
IMAGE = (DEPLOY / "kubernetes" / "Dockerfile").read_text(encoding="utf-8")


def test_the_image_has_the_notebooks_where_the_hub_sends_students():
    (folder,) = re.findall(r"^COPY \. (\S+)$", IMAGE, re.M)
    assert VALUES["hub"]["config"]["StudentNotebooks"]["source"] == f"{folder}/notebooks"
    assert f'"{folder}/notebooks"' in (DEPLOY / "lessons_hub.py").read_text(encoding="utf-8")


def test_the_page_loads_the_fragment_as_the_last_word_on_kubernetes():
    page = (DEPLOY / "README.md").read_text(encoding="utf-8")
    assert "--set-file hub.extraConfig.lessons=deploy/lessons_hub.py" in page
    for path in re.findall(r"deploy/[\w/.]+\w", page):
        assert (ROOT / path).exists(), path


@pytest.fixture
def server(tmp_path):
    """A folder like that of The Littlest JupyterHub; what is called in it writes itself down."""
    for name in ("user/bin/python", "bin/tljh-config"):
        program = tmp_path / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(f'#!/bin/sh\necho {program.name} "$@" >> {tmp_path}/called\n')
        program.chmod(0o755)
    return tmp_path


def set_up(server, *arguments):
    own = {"TLJH": str(server), "PATH": f"{server}/bin:{os.environ['PATH']}"}
    command = ["sh", str(DEPLOY / "tljh" / "set_up.sh"), *arguments]
    return subprocess.run(command, env=os.environ | own, capture_output=True, text=True)


def test_one_server_gets_package_fragment_source_and_limits(server):
    for _ in range(2):  # again after an update
        done = set_up(server, "teacher")
        assert done.returncode == 0, done.stderr
    config = server / "config" / "jupyterhub_config.d"
    assert {each.name for each in config.iterdir()} == {"lessons_hub.py", "lessons_source.py"}
    assert (config / "lessons_hub.py").read_text() == (DEPLOY / "lessons_hub.py").read_text()
    assert f"'{ROOT}/notebooks'" in (config / "lessons_source.py").read_text()
    called = (server / "called").read_text().splitlines()
    assert called[0] == f"python -m pip install -c {ROOT}/constraints.txt {ROOT}[hub]"
    assert "tljh-config add-item users.admin teacher" in called
    assert called[-1] == "tljh-config reload hub"


def test_without_an_instructor_or_a_hub_the_script_says_what_to_do(server):
    assert "NAME_OF_THE_INSTRUCTOR" in set_up(server).stderr
    shutil.rmtree(server / "user")
    done = set_up(server, "teacher")
    assert done.returncode == 1
    assert "install it first" in done.stderr
    assert not (server / "config").exists()
