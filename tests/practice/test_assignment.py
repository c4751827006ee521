"""The assignment for nbgrader: made, released and graded with nbgrader itself."""

import copy
import json
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import assignment
import nbformat
import pytest

from lessons.__main__ import NO_LESSONS
from lessons.practice import answers, exercises

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("write", "mend", "blank", "predict", "shapes", "choose")
ASKED = [next(e for e in exercises() if e.kind == kind) for kind in KINDS]


def _exercises(folder):
    """Return {exercise's name: (its cell in a notebook, the variable that it checks)}."""
    cells = [
        c for p in sorted(folder.glob("*.ipynb")) for c in nbformat.read(p, as_version=4).cells
    ]
    found = [(assignment.exercise_of(cell), cell) for cell in cells]
    return {asked[0].name: (cell, asked[1]) for asked, cell in found if asked}


CELLS = _exercises(ROOT / "notebooks")
VARIABLE = {name: variable for name, (_, variable) in CELLS.items()}


def _lesson(asked):
    v4 = nbformat.v4
    start = v4.new_code_cell("import numpy as np\n\nfrom lessons.practice import check", id="start")
    cells = [v4.new_code_cell(CELLS[e.name][0].source, id=e.name) for e in asked]
    title = v4.new_markdown_cell("# One exercise of each kind", id="title")
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return v4.new_notebook(cells=[title, start, *cells], metadata=kernel)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course folder as `make assignment` writes it, from one small notebook."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "notebooks").mkdir()
    nbformat.write(_lesson(ASKED), folder / "notebooks" / "00_kinds.ipynb")
    (folder / "notebooks" / "picture.svg").write_text("<svg/>")
    assignment.main(["--to", str(folder), "--notebooks", str(folder / "notebooks")])
    return folder


def _notebook(course, part):
    return nbformat.read(course / part / "lesson_00" / "00_kinds.ipynb", as_version=4)


def _marked(notebook, field):
    return [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get(field)]


def _environment(course):
    """The released package in front of the installed one, and nbgrader's tools within reach."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return os.environ | {"PATH": path, "PYTHONPATH": str(course / "package" / "src")}


def _run(course, *command):
    return subprocess.run(
        [sys.executable, *command],
        cwd=course,
        env=_environment(course),
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_the_release_has_stubs_where_the_source_has_solutions(course):
    source, release = _notebook(course, "source"), _notebook(course, "release")
    assert all("### BEGIN SOLUTION" in c.source for c in _marked(source, "solution"))
    for exercise, cell in zip(ASKED, _marked(release, "solution"), strict=True):
        assert cell.source.startswith(exercise.stub)
        assert cell.source.endswith(f'check("{exercise.name}", {VARIABLE[exercise.name]})')
        assert "SOLUTION" not in cell.source
        assert cell.outputs == []


def test_graded_cells_assert_the_checks_that_students_see(course):
    graded = _marked(_notebook(course, "release"), "grade")
    for exercise, cell in zip(ASKED, graded, strict=True):
        assert f'assert check("{exercise.name}", {VARIABLE[exercise.name]}).passed' in cell.source
        marks = cell.metadata.nbgrader
        assert (marks.grade_id, marks.points, marks.locked) == (
            exercise.name,
            exercise.difficulty,
            True,
        )


def test_what_lies_beside_the_notebooks_comes_along(course):
    assert (course / "release" / "lesson_00" / "picture.svg").exists()


WRONG = {
    "write": "def {}(*given):\n    while True:\n        pass",
    "blank": '{} = "1 + exp(z)"',
    "shapes": "{} = 1 / 0",
}
UNTOUCHED = "choose"


def _submit(course):
    """Hand in a notebook in which some exercises are solved and some, in all manner, are not."""
    notebook, solved = _notebook(course, "release"), _notebook(course, "source")
    pairs = zip(ASKED, _marked(notebook, "solution"), _marked(solved, "solution"), strict=True)
    for exercise, cell, right in pairs:
        last = cell.source.splitlines()[-1]
        if exercise.kind in WRONG:
            cell.source = f"{WRONG[exercise.kind].format(VARIABLE[exercise.name])}\n\n{last}"
        elif exercise.kind != UNTOUCHED:
            cell.source = right.source
    copied = copy.deepcopy(notebook.cells[-2:])  # as the notebook's own copy and paste makes them
    for cell in copied:
        cell.id = f"{cell.id[:50]}-copied"
    notebook.cells += copied
    place = course / "submitted" / "eve" / "lesson_00" / "00_kinds.ipynb"
    place.parent.mkdir(parents=True)
    nbformat.write(notebook, place)


def _marks(course, name):
    """Return what nbgrader's book has of an assignment, by student."""
    read = (
        "import json\n"
        "from nbgrader.api import Gradebook\n"
        "with Gradebook('sqlite:///gradebook.db', 'gradients') as book:\n"
        f"    marks = {{s.student.id: s.score for s in book.assignment_submissions('{name}')}}\n"
        "print(json.dumps(marks))"
    )
    return json.loads(_run(course, "-W", "ignore", "-c", read).splitlines()[-1])


@pytest.mark.slow
def test_nbgrader_gives_the_points_of_what_is_solved_and_of_nothing_else(course):
    _submit(course)
    _run(course, "-m", "nbgrader", "autograde", "lesson_00", "--create")
    solved = [e.difficulty for e in ASKED if e.kind not in (*WRONG, UNTOUCHED)]
    assert _marks(course, "lesson_00") == {"eve": sum(solved)}
    assert 0 < sum(solved) < sum(e.difficulty for e in ASKED)


WEEKS = {"01": ASKED[:2], "02": ASKED[2:4], "03": ASKED[4:]}
STUDENTS = ("ada", "bo", "cy", "dee", "eve")  # each solves one exercise more than the one before


@pytest.fixture
def semester(tmp_path):
    """A course folder, and three small lessons to be released week by week."""
    (tmp_path / "notebooks").mkdir()
    for number, asked in WEEKS.items():
        nbformat.write(_lesson(asked), tmp_path / "notebooks" / f"{number}_week.ipynb")
    return tmp_path


def _release(course, number, *more):
    assignment.main([number, "--to", str(course), "--notebooks", str(course / "notebooks"), *more])


def _hand_in(course, number):
    """Let student n hand in a lesson with the first n exercises solved."""
    name = f"lesson_{number}"
    path = Path(name) / f"{number}_week.ipynb"
    source = nbformat.read(course / "source" / path, as_version=4)
    for solved, student in enumerate(STUDENTS):
        notebook = nbformat.read(course / "release" / path, as_version=4)
        pairs = zip(_marked(notebook, "solution"), _marked(source, "solution"), strict=True)
        for cell, right in list(pairs)[:solved]:
            cell.source = right.source
        place = course / "submitted" / student / path
        place.parent.mkdir(parents=True)
        nbformat.write(notebook, place)


@pytest.mark.slow
def test_three_weeks_are_released_handed_in_and_graded_one_after_the_other(semester):
    expected = {}
    for number, asked in WEEKS.items():
        name = f"lesson_{number}"
        _release(semester, number)
        _hand_in(semester, number)
        _run(semester, "-m", "nbgrader", "autograde", name, "--create")
        _run(semester, "-m", "nbgrader", "generate_feedback", name)
        points = [e.difficulty for e in asked]
        expected[name] = {s: sum(points[:n]) for n, s in enumerate(STUDENTS)}
        for week, marks in expected.items():  # those of earlier weeks are still there
            assert _marks(semester, week) == marks
            assert (semester / "release" / week).exists()
            assert len(list((semester / "feedback").glob(f"*/{week}/*.html"))) == len(STUDENTS)


@pytest.mark.slow
def test_an_assignment_that_was_handed_in_is_not_released_again_unasked(semester):
    _release(semester, "01")
    _release(semester, "01")  # nothing has changed and nobody has handed in
    _hand_in(semester, "01")
    before = sorted(p for p in semester.rglob("*") if "package" not in p.parts)
    with pytest.raises(SystemExit, match=r"by ada, bo, cy, dee, eve: --again .*AGAIN=1"):
        _release(semester, "01")
    assert sorted(p for p in semester.rglob("*") if "package" not in p.parts) == before
    _release(semester, "01", "--again")


def _added(folder):
    (folder / "hint.md").write_text("mine")


def _edited(folder):
    path = folder / "02_week.ipynb"
    path.write_text(path.read_text() + "\n")


def _deleted(folder):
    (folder / "02_week.ipynb").unlink()


@pytest.mark.slow
@pytest.mark.parametrize("part", ["source", "release"])
def test_what_was_changed_by_hand_is_not_written_over_unasked(semester, part):
    folder = semester / part / "lesson_02"
    for change in (_added, _edited, _deleted):
        _release(semester, "02", "--again")
        _release(semester, "02")  # nothing has changed
        change(folder)
        before = {path: path.read_bytes() for path in folder.iterdir()}
        with pytest.raises(
            SystemExit, match=rf"{part}/lesson_02 has changed .*: --again .*AGAIN=1"
        ):
            _release(semester, "02")
        assert {path: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.slow
def test_of_all_lessons_those_that_may_be_written_are_and_every_other_is_named(semester, capsys):
    for number in ("01", "02"):
        _release(semester, number)
        _hand_in(semester, number)
    with pytest.raises(SystemExit) as left:
        assignment.main(["--to", str(semester), "--notebooks", str(semester / "notebooks")])
    assert [line.split()[0] for line in left.value.code.splitlines()] == ["lesson_01", "lesson_02"]
    assert (semester / "release" / "lesson_03" / "03_week.ipynb").exists()
    assert "release/lesson_03" in capsys.readouterr().out


def test_a_set_up_of_nbgrader_that_was_changed_is_kept_and_named(tmp_path, capsys):
    assignment.write_config(tmp_path)
    assignment.write_config(tmp_path)
    assert capsys.readouterr().out == ""
    path = tmp_path / "nbgrader_config.py"
    path.write_text(f"{path.read_text()}c.Exchange.root = '/srv/exchange'\n")
    assignment.write_config(tmp_path)
    assert path.read_text().endswith("'/srv/exchange'\n")
    assert f"{path} differs from ours and is kept" in capsys.readouterr().out


def test_homework_has_no_speakers_notes_and_links_between_assignments():
    v4 = nbformat.v4
    note = v4.new_markdown_cell("aloud", metadata={"slideshow": {"slide_type": "notes"}})
    linked = v4.new_markdown_cell("see [lesson 01](01_probabilities.ipynb#odds)")
    (cell,) = assignment.source_notebook(v4.new_notebook(cells=[note, linked])).cells
    assert cell.source == "see [lesson 01](../lesson_01/01_probabilities.ipynb#odds)"


def test_the_students_package_says_how_to_install_itself(course):
    said = (course / "package" / "README.md").read_text(encoding="utf-8")
    assert "pip install -c constraints.txt '.[lab]'" in said  # the next line starts JupyterLab
    assert "make" not in said
    assert (course / "package" / "constraints.txt").exists()


def test_nbgrader_finds_the_source_valid(course):
    said = _run(course, "-m", "nbgrader", "validate", "source/lesson_00/00_kinds.ipynb")
    assert "Success" in said


def test_the_released_package_has_no_solutions(course):
    package = course / "package" / "src" / "lessons"
    assert (package / "practice" / "api.py").exists()
    assert not (package / "practice" / "solutions").exists()
    text = "\n".join(p.read_text(encoding="utf-8") for p in (package / "practice").rglob("*.py"))
    for exercise in exercises():
        assert answers.solution(exercise).reasoning not in text


def test_the_released_package_holds_all_that_building_it_needs(course):
    hatch = tomllib.loads((course / "package" / "pyproject.toml").read_text())["tool"]["hatch"]
    wheel = hatch["build"]["targets"]["wheel"]
    hooks = [hook["path"] for hook in wheel["hooks"].values()]
    for name in [*wheel["packages"], *wheel["shared-data"], *hooks, hatch["version"]["path"]]:
        assert (course / "package" / name).exists(), name


@pytest.mark.slow
def test_the_released_package_is_built_and_says_that_the_course_has_the_lessons(course, tmp_path):
    options = ["--quiet", "--no-deps", "-w", str(tmp_path)]  # built as a student does, apart
    _run(course, "-m", "pip", "wheel", *options, str(course / "package"))
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "installed")
    assert any(name.endswith("share/jupyter/labextensions/lessons/package.json") for name in names)
    assert not any("solutions" in name for name in names)
    done = subprocess.run(
        [sys.executable, "-m", "lessons", tmp_path / "mine"],
        env=os.environ | {"PYTHONPATH": str(tmp_path / "installed")},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr.splitlines()) == (1, [NO_LESSONS])
    assert not (tmp_path / "mine").exists()


def test_the_released_package_still_checks_every_exercise(course):
    """Sealed and computed answers are the same, and one check runs in the released package."""
    code = (
        "import json, sys, lessons, numpy as np\n"
        "from lessons.practice import check, exercises, solution\n"
        "from lessons.practice.answers import seal\n"
        "def gradient(z, y): return (1 - y)/(1 + np.exp(-z)) - y/(1 + np.exp(z))\n"
        "def wrong(z, y): return y - 1/(1 + np.exp(-z))\n"
        "print(json.dumps([lessons.__file__, check('binary-gradient', gradient).passed,\n"
        "  check('binary-gradient', wrong).mistake, check('gap-vector', (0.1, -0.4, 0.3)).passed,\n"
        "  check('shapes-of-everything', {'z': (3,)}).passed, solution('gap-vector').message,\n"
        "  seal(exercises())]))"
    )
    place, right, mistake, number, shapes, said, sealed = json.loads(_run(course, "-c", code))
    assert place.startswith(str(course))
    assert (right, mistake, number, shapes) == (True, "wrong sign", True, False)
    assert "without solutions" in said
    assert sealed == answers.seal(exercises())


def test_an_unknown_lesson_is_refused(tmp_path):
    with pytest.raises(SystemExit, match=r"expected a lesson.s number \(00, 01"):
        assignment.main(["42", "--to", str(tmp_path)])


def test_every_exercise_cell_of_the_notebooks_is_found():
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = [c for c in nbformat.read(path, as_version=4).cells if 'check("' in c.source]
        asked = [assignment.exercise_of(c) for c in cells if c.cell_type == "code"]
        assert all(asked), path.name
        assert len({exercise.name for exercise, _ in asked}) == len(asked)
