"""Write homework for nbgrader, an assignment a lesson: `python tools/assignment.py [LESSON ...]`.

The folder given with --to, by default build/assignment, is an nbgrader course. Its assignment of a
lesson is called lesson_03; other ones, and all that was handed in, stay as they are:

- source/lesson_03/   the notebook with solutions between nbgrader's markers; every exercise is
                      followed by a locked cell that asserts the check that students see
- release/lesson_03/  what students get, made from source/ by nbgrader itself
- package/            the package `lessons` without solutions, for students: it still checks

An assignment that was changed by hand, or handed in, is written again with --again only, and a
nbgrader_config.py that was changed never.
"""

import argparse
import inspect
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from series import CELL_SECONDS, LESSONS, ROOT, chosen

from lessons.practice import answers, exercises
from lessons.student_notebooks import student_notebook

LINK = re.compile(r"\]\((\d\d)_(\w+\.ipynb)")
LAST_LINE = re.compile(r'^check\("([a-z0-9-]+)", (\w+)\)$')
PACKAGE_FILES = ("pyproject.toml", "constraints.txt", "LICENSE", "tools/wheel_notebooks.py")
AS_RELEASED = ".as_released"  # copies of the releases, by which a change made by hand is seen
ANEW = "--again (with make: AGAIN=1) writes it anew"
README = """\
# The package of the lessons, for homework

It checks answers and contains no solutions. Install it once, in the environment in which you open
the notebooks (Python 3.11 to 3.14), from the folder that this file is in:

    python -m pip install -c constraints.txt '.[lab]'
    python -m jupyterlab

On a hub it is there already. Each exercise answers at once; a locked cell below it counts its
points. Hand in the notebook with its name unchanged.
"""
CONFIG = f"""\
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearOutput,
    DeduplicateIds,
    OverwriteCells,
    OverwriteKernelspec,
)


class ForgetCopies(DeduplicateIds):
    # A student who copies a cell copies its marks. nbgrader empties those of one of the two, which
    # then look like marks of an old format and end the whole batch; here they go.
    def preprocess_cell(self, cell, resources, cell_index):
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if cell.metadata.get("nbgrader") == {{}}:
            del cell.metadata["nbgrader"]
        return cell, resources


c = get_config()
c.Autograde.sanitize_preprocessors = [
    ClearOutput,
    ForgetCopies,
    OverwriteKernelspec,
    OverwriteCells,
    CheckCellMetadata,
]
c.CourseDirectory.course_id = "gradients"
# A solution is a region below the stub: without it the stub is left, "not attempted".
c.ClearSolutions.code_stub = {{"python": ""}}
c.ExecutePreprocessor.timeout = {CELL_SECONDS}
"""


def exercise_of(cell):
    """Return (exercise, variable) if a cell ends in `check("name", variable)`, else None."""
    lines = cell.source.rstrip().splitlines() if cell.cell_type == "code" else []
    found = LAST_LINE.match(lines[-1]) if lines else None
    if found is None:
        return None
    known = {exercise.name: exercise for exercise in exercises()}
    return known[found[1]], found[2]


def solved(exercise, variable):
    """Return source that gives `variable` the right answer."""
    answer = answers.solution(exercise).answer
    if not callable(answer):
        return f"{variable} = {answer!r}"
    source = inspect.getsource(answer).rstrip()
    return source.replace(f"def {answer.__name__}(", f"def {variable}(", 1)


def _nbgrader(grade_id, *, grade):
    metadata = {"grade_id": grade_id, "grade": grade, "solution": not grade, "locked": grade}
    return metadata | {"task": False, "schema_version": 3}


def answer_cell(cell, exercise, variable):
    """Return the exercise's cell with its solution between nbgrader's markers."""
    *stub, last = cell.source.rstrip().splitlines()
    region = ["### BEGIN SOLUTION", solved(exercise, variable), "### END SOLUTION"]
    cell = nbformat.from_dict(cell)
    cell.source = "\n".join([*stub, *region, "", last])
    cell.metadata["nbgrader"] = _nbgrader(f"{exercise.name}-answer", grade=False)
    return cell


def graded_cell(exercise, variable):
    """Return a locked cell that asserts the exercise's check, worth its difficulty in points."""
    asserted = f'assert check("{exercise.name}", {variable}).passed, "its own check says why"'
    source = f"from lessons.practice import check\n\n{asserted}"
    metadata = _nbgrader(exercise.name, grade=True) | {"points": exercise.difficulty}
    # The tag lets "Run All" go on past an exercise that is not done; nbgrader counts it as failed.
    tagged = {"nbgrader": metadata, "slideshow": {"slide_type": "skip"}}
    tagged["tags"] = ["raises-exception"]
    return nbformat.v4.new_code_cell(source, metadata=tagged, id=f"graded-{exercise.name}"[:64])


def name_of(lesson):
    """Return the name of a lesson's assignment, `lesson_03`."""
    return f"lesson_{lesson.name[:2]}"


def source_notebook(notebook):
    """Return a notebook as nbgrader's source: solutions in markers, graded cells after them.

    Speaker's notes stay at home, and links lead to where nbgrader puts the other lessons.
    """
    cells = []
    for cell in notebook.cells:
        if cell.metadata.get("slideshow", {}).get("slide_type") == "notes":
            continue
        if cell.cell_type == "markdown":
            cell.source = LINK.sub(r"](../lesson_\1/\1_\2", cell.source)
        asked = exercise_of(cell)
        cells += [answer_cell(cell, *asked), graded_cell(*asked)] if asked else [cell]
    notebook.cells = cells
    return notebook


def write_source(lesson, folder):
    """Write a lesson's source, and whatever else lies beside it, into a folder."""
    folder.mkdir(parents=True)
    student = student_notebook(lesson.read_text(encoding="utf-8"))
    notebook = nbformat.reads(student, as_version=4)
    nbformat.write(source_notebook(notebook), folder / lesson.name)
    for path in lesson.parent.iterdir():
        if path.is_file() and path.suffix != ".ipynb":
            shutil.copy(path, folder)


def handed_in(folder, name):
    """Return the students who have handed an assignment in."""
    return sorted(path.parent.name for path in (folder / "submitted").glob(f"*/{name}"))


def _bytes_of(folder):
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def unchanged(part, as_written):
    """Raise unless a part of an assignment is as it was written, or is not there.

    Raises
    ------
    ValueError
        Some of its files are others.
    """
    ours, theirs = _bytes_of(as_written), _bytes_of(part)
    changed = sorted(n for n in ours | theirs if ours.get(n) != theirs.get(n))
    if part.exists() and changed:
        raise ValueError(f"{part} has changed ({', '.join(changed)}): {ANEW}")


def replaceable(folder, name, written):
    """Raise unless an assignment may be written over.

    Raises
    ------
    ValueError
        Students have handed it in, its source is not what would be written, or its release not
        what nbgrader made of it.
    """
    if students := handed_in(folder, name):
        raise ValueError(f"{name} is handed in by {', '.join(students)}: {ANEW}")
    unchanged(folder / "source" / name, written)
    unchanged(folder / "release" / name, folder / AS_RELEASED / name)


def release_lesson(lesson, folder, again=False):
    """Write a lesson's source into a course and let nbgrader make its release; return its name."""
    name = name_of(lesson)
    with tempfile.TemporaryDirectory() as fresh:
        written = Path(fresh) / name
        write_source(lesson, written)
        if not again:
            replaceable(folder, name, written)
        for part in ("source", "release", AS_RELEASED):
            shutil.rmtree(folder / part / name, ignore_errors=True)
        shutil.copytree(written, folder / "source" / name)
    generate(folder, name)
    shutil.copytree(folder / "release" / name, folder / AS_RELEASED / name)
    return name


def write_config(course):
    """Write how nbgrader is to be set up, unless somebody has set it up otherwise."""
    path = course / "nbgrader_config.py"
    if path.exists() and path.read_text(encoding="utf-8") != CONFIG:
        print(f"{path} differs from ours and is kept: to have ours, rename it and run this again")
    else:
        path.write_text(CONFIG, encoding="utf-8")


def write_package(folder):
    """Write the package without solutions, and with sealed answers to check by."""
    shutil.rmtree(folder, ignore_errors=True)
    unwanted = shutil.ignore_patterns("__pycache__", "solutions", "*.egg-info", answers.SEALED.name)
    shutil.copytree(ROOT / "src" / "lessons", folder / "src" / "lessons", ignore=unwanted)
    sealed = folder / "src" / "lessons" / "practice" / answers.SEALED.name
    sealed.write_text(answers.seal(exercises()), encoding="ascii")
    for name in PACKAGE_FILES:
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    (folder / "README.md").write_text(README, encoding="utf-8")
    for name in ("jupyterlab", "jupyter_server", "ipython"):
        shutil.copytree(ROOT / "slides" / name, folder / "slides" / name)


def generate(folder, name):
    """Let nbgrader make the students' version out of an assignment's source."""
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", name]
    command += ["--create", "--force"]
    # nbgrader calls its database tool by name, so that must be found beside this Python.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = os.environ | {"PATH": path}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise ValueError(f"nbgrader could not make the release of {name}:\n{done.stderr}")


def main(arguments=None):
    """Write sources, releases and the package."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lessons", nargs="*", help="such as 03 (default: all)")
    parser.add_argument("--to", type=Path, default=ROOT / "build" / "assignment")
    parser.add_argument("--notebooks", type=Path, default=LESSONS)
    parser.add_argument("--again", action="store_true", help="write over what was changed")
    options = parser.parse_args(arguments)
    options.to.mkdir(parents=True, exist_ok=True)
    try:
        notebooks = chosen(options.lessons, options.notebooks)
    except ValueError as problem:
        raise SystemExit(str(problem)) from None
    write_config(options.to)
    left = []  # sentences about those that stay as they are
    for lesson in notebooks:
        try:
            name = release_lesson(lesson, options.to, options.again)
            print(f"for students: {options.to / 'release' / name}")
        except ValueError as problem:
            left.append(str(problem))
    write_package(options.to / "package")
    print(f"their package, without solutions: {options.to / 'package'}")
    if left:
        raise SystemExit("\n".join(left))


if __name__ == "__main__":
    main()
