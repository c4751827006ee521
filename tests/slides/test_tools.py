"""Making slides fails in a sentence, and the environment holds what presenting needs."""

import re
import shutil
import subprocess
import sys
from base64 import b64decode
from pathlib import Path

import nbformat
import paths
import present
import pytest
import series
from nbclient import NotebookClient

import slides
from lessons.student_notebooks import student_notebook

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(sys.prefix) / "share" / "jupyter"
SHIPPED = ROOT / "slides" / "jupyterlab"


@pytest.fixture
def elsewhere(tmp_path):
    """A copy of the tools and of one lesson, where nothing was fetched yet."""
    for folder in ("tools", "slides"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / "03_binary_gradient.ipynb", tmp_path / "notebooks")
    return tmp_path


def run(root, tool, *arguments):
    """Run a tool of that copy with nothing on the PATH."""
    return subprocess.run(
        [sys.executable, root / "tools" / tool, *arguments],
        env={"PATH": str(root / "nothing"), "HOME": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.sampled(2)
@pytest.mark.parametrize("tool", ["slides.py", "handout.py"])
def test_a_missing_program_is_said_in_one_sentence(elsewhere, tool):
    made = run(elsewhere, tool, "03")
    assert made.returncode == 1
    assert len(made.stderr.strip().splitlines()) == 1
    assert "Traceback" not in made.stderr
    assert ("npm" if tool == "slides.py" else "chromium") in made.stderr


@pytest.mark.sampled(2)
@pytest.mark.parametrize("tool", ["slides.py", "present.py"])
def test_an_unknown_lesson_is_answered_with_those_there_are(elsewhere, tool):
    made = run(elsewhere, tool, "77")
    assert made.returncode == 1
    assert "(03)" in made.stderr
    assert "77" in made.stderr


@pytest.mark.slow
def test_a_deck_of_too_many_frames_is_refused_with_both_numbers(elsewhere):
    store = ROOT / "build"  # where the packages lie that others fetched, none yet in a fresh clone
    store.mkdir(exist_ok=True)
    (elsewhere / "build").symlink_to(store)
    tool = elsewhere / "tools" / "slides.py"
    tool.write_text(tool.read_text().replace("MOST_FRAMES = 200", "MOST_FRAMES = 50"))
    made = subprocess.run(
        [sys.executable, tool, "03", "--to", elsewhere / "decks"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 1
    assert "at most 50 frames" in made.stderr
    assert "got 51" in made.stderr
    assert list((elsewhere / "decks").iterdir()) == []


def test_the_index_has_each_deck_that_lies_there_whenever_it_was_made(tmp_path):
    def links_with(*names):
        for name in names:
            (tmp_path / name).touch()
        slides.write_index(tmp_path)
        page = (tmp_path / "index.html").read_text(encoding="utf-8")
        return re.findall(r'href="(.+\.html)"', page)

    assert links_with("07_checking_gradients.html", "path_50.html", "mine.html") == [
        "07_checking_gradients.html",
        "path_50.html",
    ]
    assert links_with("03_binary_gradient.html") == [
        "03_binary_gradient.html",
        "07_checking_gradients.html",
        "path_50.html",
    ]
    (tmp_path / "path_50.html").unlink()
    assert links_with() == ["03_binary_gradient.html", "07_checking_gradients.html"]


@pytest.fixture
def presented(monkeypatch, tmp_path):
    """Instructors' copies elsewhere, and JupyterLab that ends at once."""
    monkeypatch.setattr(present, "ROOT", tmp_path)
    monkeypatch.setattr(present, "COPIES", tmp_path / "build" / "present")
    monkeypatch.setattr(present, "lab_command", lambda notebook: [sys.executable, "-c", ""])
    return tmp_path / "build" / "present" / "03_binary_gradient.ipynb"


def test_what_is_presented_has_the_speaker_notes_and_no_outputs(presented, capsys):
    assert present.main(["3"]) == 0
    source = (ROOT / "notebooks" / presented.name).read_text(encoding="utf-8")
    assert presented.read_text(encoding="utf-8") == student_notebook(source, notes=True)
    assert "older" not in capsys.readouterr().out


def test_an_instructors_own_copy_is_presented_and_a_newer_edition_only_named(presented, capsys):
    presented.parent.mkdir(parents=True)
    presented.write_text('{"mine": true, "metadata": {"lessons": {"edition": "0.1.0"}}}')
    assert present.main(["3"]) == 0
    assert presented.read_text().startswith('{"mine": true')
    said = capsys.readouterr().out
    assert "build/present/03_binary_gradient.ipynb is of an older edition" in said


def test_the_slides_of_a_path_are_presented_and_written_anew_until_somebody_changes_them(
    presented, capsys
):
    talk = presented.with_name("path_50.ipynb")
    assert present.main(["--path", "50"]) == 0
    written = nbformat.read(talk, as_version=4)
    assert [c.source for c in written.cells] == [
        c.source for c in paths.path_notebook(paths.paths_named("50")[0]).cells
    ]
    run = nbformat.read(talk, as_version=4)  # what a talk leaves: outputs, counts, a kernel's name
    run.metadata["language_info"] = {"name": "python"}
    for cell in run.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [nbformat.v4.new_output("stream", text="42")], 1
    nbformat.write(run, talk)
    assert present.main(["--path", "50"]) == 0
    assert nbformat.read(talk, as_version=4) == written
    for change in ("source", "slideshow", "deleted", "no notebook"):
        mine = nbformat.read(talk, as_version=4)
        slide = next(cell for cell in mine.cells if cell.id == "03-predict")
        if change == "source":
            slide.source += " mine"
        elif change == "slideshow":
            slide.metadata["slideshow"] = {"slide_type": "skip"}
        elif change == "deleted":
            mine.cells.remove(slide)
        talk.write_text("{" if change == "no notebook" else nbformat.writes(mine))
        before = talk.read_text()
        capsys.readouterr()
        assert present.main(["--path", "50"]) == 0
        assert talk.read_text() == before, change
        assert "build/present/path_50.ipynb is kept as you changed it" in capsys.readouterr().out
        talk.unlink()
        assert present.main(["--path", "50"]) == 0


def test_the_first_of_two_sessions_is_presented_and_the_other_named(presented, capsys):
    assert present.main(["--path", "2x90"]) == 0
    assert presented.with_name("path_2x90-1.ipynb").exists()
    assert "the next session is PATH=2x90-2" in capsys.readouterr().out
    assert present.main(["--path", "2x90-2"]) == 0
    assert presented.with_name("path_2x90-2.ipynb").exists()
    assert "session" not in capsys.readouterr().out


def test_without_a_number_the_first_lesson_is_presented(presented, capsys):
    assert present.main([]) == 0
    assert "00_start_here.ipynb opens" in capsys.readouterr().out


def test_the_votes_are_presented(presented):
    assert present.main(["--path", "votes"]) == 0
    cells = nbformat.read(presented.with_name("path_votes.ipynb"), as_version=4).cells
    assert sum(cell.source.startswith("## Vote") for cell in cells) > 30


@pytest.mark.parametrize("number", ["", "77", "*", "03_binary", "-3", "3.0"])
def test_what_is_no_lessons_number_is_answered_with_those_there_are(tmp_path, number):
    (tmp_path / "03_binary_gradient.ipynb").touch()
    sentence = rf"expected a lesson's number \(03\), as in NB=03; got {re.escape(repr(number))}"
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        series.lesson(number, tmp_path)


def test_the_environment_holds_the_extension_and_settings_as_shipped():
    extension = SHARED / "labextensions" / "lessons"
    names = [path.relative_to(SHIPPED) for path in SHIPPED.rglob("*") if path.is_file()]
    names.remove(Path("overrides.json"))
    assert names
    for name in names:
        assert (extension / name).read_bytes() == (SHIPPED / name).read_bytes(), name
    settings = SHARED / "lab" / "settings" / "overrides.d" / "lessons.json"
    assert settings.read_bytes() == (SHIPPED / "overrides.json").read_bytes()


def test_kernels_of_the_environment_draw_figures_sharp_enough_for_a_projector():
    source = "import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.show()"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    NotebookClient(notebook, timeout=60).execute()
    (output,) = notebook.cells[0].outputs[-1:]
    pixels = int.from_bytes(b64decode(output.data["image/png"])[16:20], "big")
    assert pixels >= 2 * output.metadata["image/png"]["width"]
