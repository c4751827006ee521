"""Homework on a hub: released, handed in, collected and graded by its users, with nbgrader.

What is run is what deploy/README.md says, read from there.
"""

import json
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import assignment
import nbformat
import pytest

from lessons.practice import exercises

from .conftest import USERS
from .hub import Hub
from .student import entered

LESSON = "lesson_03"
ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "deploy" / "README.md").read_text(encoding="utf-8")
EXCHANGE, SETTINGS = "/srv/nbgrader/exchange", "/opt/tljh/user/etc/jupyter/nbgrader_config.py"
# As the page says: nbgrader knows the exchange, and students' environment holds no solutions.
CONFIGURATION = """
import os
FOLDER = SETTINGS["folder"]
def with_nbgrader(spawner, prepare=c.Spawner.pre_spawn_hook):
    prepare(spawner)
    spawner.environment = {"JUPYTER_CONFIG_PATH": f"{FOLDER}/jupyter"}
    if not spawner.user.admin:
        spawner.environment["PYTHONPATH"] = f"{FOLDER}/course/package/src"
c.Spawner.pre_spawn_hook = with_nbgrader
"""
# Puts other text into the cells whose ids are given.
SOLVE = """
import json
path = "{lesson}/03_binary_gradient.ipynb"
notebook = json.load(open(path))
for cell in notebook["cells"]:
    cell["source"] = {solved}.get(cell["id"], cell["source"])
json.dump(notebook, open(path, "w"))
"""


@pytest.fixture(scope="module")
def homework(machine):
    """A hub whose teacher has a course with lesson 03, and an exchange for all."""
    started = Hub(USERS, afterwards=CONFIGURATION)
    try:
        prepare(started.folder)
        make_course(started.folder / "course", started.home("teacher"))
        yield started
    finally:
        started.stop()


def prepare(folder):
    """Do what the page has root do for nbgrader, in a folder of this hub."""
    lines = re.findall(r"^ *(install .*)$", PAGE, re.M)
    assert len(lines) == 2
    for line in lines:
        told = line.replace(EXCHANGE, f"{folder}/exchange")
        told = told.replace(SETTINGS, f"{folder}/jupyter/nbgrader_config.py")
        assert told != line
        subprocess.run(["sh", "-c", told], cwd=ROOT, check=True)
    settings = folder / "jupyter" / "nbgrader_config.py"
    assert EXCHANGE in settings.read_text()
    settings.write_text(settings.read_text().replace(EXCHANGE, f"{folder}/exchange"))


def make_course(course, home):
    """Write the course, and give all of it but the package to the teacher."""
    assignment.main(["03", "--to", str(course)])
    shutil.copytree(course, home / "course", ignore=shutil.ignore_patterns("package"))
    owner = home.stat()
    for path in (home / "course", *(home / "course").rglob("*")):
        os.chown(path, owner.st_uid, owner.st_gid)


def command(name):
    """Words of one of the page's nbgrader commands."""
    (line,) = re.findall(rf"^ *nbgrader ({name} .*)$", PAGE, re.M)
    return line.split()


def in_a_terminal(student, folder, *names):
    """Let a user run the page's nbgrader commands in a folder below the home."""
    kernel = student.kernel()
    for name in names:
        run(kernel, folder, command(name))
    kernel.close()


def run(kernel, folder, words):
    """Run nbgrader in a folder below the home."""
    code = (
        "import os, subprocess, sys\n"
        f"os.chdir(os.path.expanduser('~/{folder}'))\n"
        f"done = subprocess.run([sys.executable, '-m', 'nbgrader', *{words!r}],\n"
        "    capture_output=True, text=True)\n"
        "print(done.returncode, done.stdout, done.stderr)"
    )
    said, _ = kernel.run(code)
    assert said.startswith("0 "), said


def sources(hub):
    """Solved cells of the instructor's source by the id that a student's copy has."""
    path = hub.home("teacher") / "course" / "source" / LESSON / "03_binary_gradient.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    return {c.id: c.source for c in cells if c.metadata.get("nbgrader", {}).get("solution")}


def test_the_page_names_the_commands_of_both_sides_and_the_package_has_a_hubs_extra():
    named = re.findall(r"^ *nbgrader (\w+) (.*)$", PAGE, re.M)
    assert len({name for name, _ in named}) == len(named) == 8
    assert {rest.split()[0] for _, rest in named} == {LESSON}
    assert "nbgrader './build/assignment/package[hub]'" in PAGE
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert "hub" in extras["optional-dependencies"]


@pytest.mark.slow
def test_a_lesson_is_released_handed_in_collected_and_graded_by_the_users_of_a_hub(homework):
    hub = homework
    ada, ben, teacher = (entered(hub, name) for name in USERS)
    in_a_terminal(teacher, "course", "release_assignment")
    solved = sources(hub)
    assert len(solved) > 3
    for student, known in ((ada, solved), (ben, {})):
        in_a_terminal(student, "lessons", "fetch_assignment")
        kernel = student.kernel()
        said, _ = kernel.run(SOLVE.format(lesson=LESSON, solved=json.dumps(known)))
        assert said == ""
        assert "No module" in kernel.run("import lessons.practice.solutions")[0]
        kernel.close()
        in_a_terminal(student, "lessons", "submit")
    in_a_terminal(
        teacher, "course", "collect", "autograde", "generate_feedback", "release_feedback"
    )
    assert marks(teacher) == {"ada": sum(e.difficulty for e in exercises("03")), "ben": 0}
    for student in (ada, ben):
        in_a_terminal(student, "lessons", "fetch_feedback")
        pages = list((hub.home(student.name) / "lessons" / LESSON / "feedback").rglob("*.html"))
        assert len(pages) == 1
    assert readable_to(ben, hub) == []
    assert len(readable_to(teacher, hub)) > 2


def marks(teacher):
    """Points in the teacher's book, by student."""
    kernel = teacher.kernel()
    said, _ = kernel.run(
        "import json, os\n"
        "from nbgrader.api import Gradebook\n"
        "path = os.path.expanduser('~/course/gradebook.db')\n"
        "with Gradebook(f'sqlite:///{path}', 'gradients') as book:\n"
        f"    found = {{s.student.id: s.score for s in book.assignment_submissions('{LESSON}')}}\n"
        "print(json.dumps(found))"
    )
    kernel.close()
    return json.loads(said.splitlines()[-1])


def readable_to(user, hub):
    """Files of the course, of what was handed in, and of another student, that a user can list."""
    kernel = user.kernel()
    folder = str(hub.folder)
    said, _ = kernel.run(
        "import json, os\n"
        f"places = ['{folder}/home/teacher/course', '{folder}/exchange/gradients/inbound',\n"
        f"    '{folder}/home/ada']\n"
        "found = [os.path.join(place, name) for place in places\n"
        "    for place, _, names in os.walk(place) for name in names]\n"
        "print(json.dumps(found))"
    )
    kernel.close()
    return json.loads(said)
