"""Write an assignment for nbgrader: `python tools/assignment.py [--to FOLDER] [LESSON ...]`.

The folder, by default build/assignment, becomes an nbgrader course with one assignment, "lessons":

- source/lessons/   the notebooks with solutions between nbgrader's markers; every exercise is
                    followed by a locked cell that asserts the check that students see
- release/lessons/  what students get, made from source/ by nbgrader itself
- package/          the package `lessons` without solutions: what students install; it still checks

LESSON is a notebook's number, such as 03; without any, all notebooks are taken.
"""

import argparse
import inspect
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
from series import CELL_SECONDS, LESSONS, ROOT, chosen

from lessons.practice import answers, exercises
from lessons.student_notebooks import student_notebook

ASSIGNMENT = "lessons"
LAST_LINE = re.compile(r'^check\("([a-z0-9-]+)", (\w+)\)$')
PACKAGE_FILES = ("pyproject.toml", "README.md", "LICENSE")
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


def source_notebook(notebook):
    """Return a notebook as nbgrader's source: solutions in markers, graded cells after them."""
    cells = []
    for cell in notebook.cells:
        asked = exercise_of(cell)
        cells += [answer_cell(cell, *asked), graded_cell(*asked)] if asked else [cell]
    notebook.cells = cells
    return notebook


def write_sources(notebooks, folder):
    """Write the source notebooks, and whatever else lies beside them, into a folder."""
    folder.mkdir(parents=True)
    for path in notebooks:
        student = student_notebook(path.read_text(encoding="utf-8"))
        notebook = nbformat.reads(student, as_version=4)
        nbformat.write(source_notebook(notebook), folder / path.name)
    for path in notebooks[0].parent.iterdir():
        if path.is_file() and path.suffix != ".ipynb":
            shutil.copy(path, folder)


def write_package(folder):
    """Write the package without solutions, and with sealed answers to check by."""
    unwanted = shutil.ignore_patterns("__pycache__", "solutions", "*.egg-info", answers.SEALED.name)
    shutil.copytree(ROOT / "src" / "lessons", folder / "src" / "lessons", ignore=unwanted)
    sealed = folder / "src" / "lessons" / "practice" / answers.SEALED.name
    sealed.write_text(answers.seal(exercises()), encoding="ascii")
    for name in PACKAGE_FILES:
        shutil.copy(ROOT / name, folder)
    for name in ("jupyterlab", "ipython"):
        shutil.copytree(ROOT / "slides" / name, folder / "slides" / name)


def release(folder):
    """Let nbgrader make the students' version out of the source, in its own course folder."""
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", ASSIGNMENT]
    command += ["--create", "--force"]
    # nbgrader calls its database tool by name, so that must be found beside this Python.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = os.environ | {"PATH": path}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"nbgrader could not make the release:\n{done.stderr}")


def main(arguments=None):
    """Write source, release and package."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lessons", nargs="*", help="such as 03 (default: all)")
    parser.add_argument("--to", type=Path, default=ROOT / "build" / "assignment")
    parser.add_argument("--notebooks", type=Path, default=LESSONS)
    options = parser.parse_args(arguments)
    try:
        notebooks = chosen(options.lessons, options.notebooks)
    except ValueError as problem:
        raise SystemExit(str(problem)) from None
    for part in ("source", "release", "package"):
        shutil.rmtree(options.to / part, ignore_errors=True)
    write_sources(notebooks, options.to / "source" / ASSIGNMENT)
    (options.to / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    write_package(options.to / "package")
    release(options.to)
    print(f"{len(notebooks)} notebooks for students: {options.to / 'release' / ASSIGNMENT}")
    print(f"their package, without solutions:  {options.to / 'package'}")


if __name__ == "__main__":
    main()
