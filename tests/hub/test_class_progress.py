"""The table of a class shows what students agreed to share, and no more."""

import os

import class_progress
import pytest

NAMES = ("ada", "ben", "eve")


@pytest.fixture
def homes(tmp_path, monkeypatch):
    """Three homes of users that the hub knows, and one of a user that it does not."""
    for name in (*NAMES, "stranger"):
        lessons = tmp_path / name / "lessons"
        lessons.mkdir(parents=True)
        (lessons / "share-progress.txt").write_text("asked\n\nshare: yes\n")
    (tmp_path / "ada" / "lessons" / "progress.txt").write_text("predict-sign\nbinary-gradient\n")
    (tmp_path / "ben" / "lessons" / "progress.txt").write_text("predict-sign\nbinary-gra")
    (tmp_path / "ben" / "lessons" / "mistakes.txt").write_text(
        "predict-sign wrong sign\n" * 3 + "predict-sign wro"
    )
    (tmp_path / "stranger" / "lessons" / "progress.txt").write_text("softmax\n")
    monkeypatch.setattr(class_progress, "known_users", lambda hub, token: list(NAMES))
    return tmp_path


def run(homes, capsys, *options):
    assert class_progress.main([f"--homes={homes}/{{}}", *options]) == 0
    return capsys.readouterr().out


def line_of(exercise, text):
    (line,) = [each for each in text.splitlines() if f" {exercise} " in each]
    return line.split()


def test_the_share_is_of_those_who_share(homes, capsys):
    shown = run(homes, capsys, "--who")
    assert "3 of 3 students" in shown
    assert " ".join(line_of("predict-sign", shown)) == "03 predict-sign 2 67 % wrong sign (1)"
    assert line_of("binary-gradient", shown)[2:4] == ["1", "33"]
    assert line_of("softmax", shown)[2] == "0"  # the hub does not know who solved it
    assert "stranger" not in shown


@pytest.mark.parametrize("said", ["share: no", "", "yes", "share: yes\nshare: no", "I share: yes"])
def test_without_consent_nothing_is_read(homes, capsys, said):
    (homes / "ada" / "lessons" / "share-progress.txt").write_text(said)
    shown = run(homes, capsys, "--who")
    assert "2 of 3 students" in shown
    assert "ada" not in shown
    assert line_of("binary-gradient", shown)[2] == "0"


def test_a_link_to_anothers_file_shows_nothing(homes, capsys):
    mine = homes / "eve" / "lessons" / "progress.txt"
    mine.symlink_to(homes / "ada" / "lessons" / "progress.txt")
    assert line_of("binary-gradient", run(homes, capsys))[2] == "1"
    folder = homes / "eve" / "lessons"
    folder.rename(homes / "eve" / "moved")
    folder.symlink_to(homes / "ada" / "lessons")
    assert "2 of 3 students" in run(homes, capsys)


def test_a_file_that_never_ends_does_not_hold_the_table_up(homes, capsys):
    os.mkfifo(homes / "eve" / "lessons" / "progress.txt")
    assert "3 of 3 students" in run(homes, capsys)


def test_a_class_that_shares_nothing_is_an_empty_table(homes, capsys, monkeypatch):
    monkeypatch.setattr(class_progress, "known_users", lambda hub, token: [])
    assert line_of("predict-sign", run(homes, capsys)) == ["03", "predict-sign", "0", "–"]


def test_the_page_has_the_same_rows_and_escapes_what_students_write(homes, capsys, tmp_path):
    (homes / "ben" / "lessons" / "mistakes.txt").write_text("predict-sign <script>\n")
    run(homes, capsys, f"--html={tmp_path}/class.html")
    page = (tmp_path / "class.html").read_text()
    assert "<td>predict-sign</td><td>2</td><td>67 %</td><td>&lt;script&gt; (1)</td>" in page


def test_a_hub_that_refuses_or_is_not_there_is_a_sentence(capsys):
    assert class_progress.main(["--homes=/home/{}", "--hub=http://127.0.0.1:9/hub/api"]) == 1
    assert capsys.readouterr().err.startswith("The hub could not be asked")
    assert class_progress.main(["--homes=/home"]) == 1
    assert "got '/home'" in capsys.readouterr().err
