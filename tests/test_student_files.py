"""Progress and proofs on disk: two kernels at once, a full disk, a line written by half."""

import errno
import multiprocessing
from pathlib import Path

import pytest

from lessons import student_files
from lessons.proofs.tutor.tasks.catalogue import TASKS
from lessons.student_files import add_line, lines_of, proof_file, write_keeping, write_whole


def test_each_task_has_a_file_of_its_own_with_a_name_for_every_system(monkeypatch, tmp_path):
    monkeypatch.setenv("LESSONS_PROGRESS", str(tmp_path / "progress.txt"))
    files = {proof_file(task) for task in TASKS}
    assert len(files) == len(TASKS)
    assert {file.parent for file in files} == {tmp_path / "proofs"}
    assert all(file.name.isascii() and " " not in file.name for file in files)
    assert proof_file("multiclass, j ≠ i").name == "multiclass-j-is-not-i.txt"


def _add_many(path, kernel):
    for n in range(40):
        add_line(path, f"kernel-{kernel}-line-{n}")


def test_two_kernels_that_write_at_once_lose_nothing(tmp_path):
    path = tmp_path / "progress.txt"
    spawn = multiprocessing.get_context("spawn")
    kernels = [spawn.Process(target=_add_many, args=(path, k)) for k in range(2)]
    for kernel in kernels:
        kernel.start()
    for kernel in kernels:
        kernel.join()
    wanted = {f"kernel-{k}-line-{n}" for k in range(2) for n in range(40)}
    assert wanted <= set(lines_of(path))


@pytest.mark.parametrize("before", [b"", b"\n", b"whole\n", b"hal", b"whole\nhal", b"\xff\xc3"])
def test_a_line_is_whole_behind_one_that_was_written_by_half(tmp_path, before):
    path = tmp_path / "progress.txt"
    path.write_bytes(before)
    add_line(path, "proof: binary, y = 0")
    assert lines_of(path)[-1] == "proof: binary, y = 0"
    assert path.read_bytes().startswith(before)


def test_a_line_that_another_kernel_s_half_line_swallowed_is_written_again(tmp_path, monkeypatch):
    path, real = tmp_path / "progress.txt", Path.open

    def open_late(self, mode="r", *arguments, **named):
        file = real(self, mode, *arguments, **named)
        if mode == "ab+" and not path.stat().st_size:
            with real(self, "ab") as other:
                other.write(b"")
            seen = file.seek

            def seek(*where):  # the other's half line comes after the look at the end
                place = seen(*where)
                if where == (0, 2) and not path.stat().st_size:
                    with real(path, "ab") as other:
                        other.write(b"hal")
                return 0 if where == (0, 2) else place

            file = _Wrapped(file, seek)
        return file

    monkeypatch.setattr(Path, "open", open_late)
    add_line(path, "whole")
    assert "whole" in lines_of(path)


class _Wrapped:
    """A file that looks for its end too early: `read` finds nothing there."""

    def __init__(self, file, seek):
        self._file, self.seek = file, seek

    def read(self, count):
        return b""

    def __getattr__(self, name):
        return getattr(self._file, name)

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self._file.close()


def _full(*arguments, **named):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_on_a_full_disk_the_old_text_stays_and_no_half_file_is_left(tmp_path, monkeypatch):
    path = tmp_path / "proofs" / "one.txt"
    write_whole(path, "old\n")
    real = Path.write_text

    def half(self, text, **named):
        real(self, text[: len(text) // 2], **named)
        _full()

    monkeypatch.setattr(Path, "write_text", half)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, "new\n")
    assert path.read_text(encoding="utf-8") == "old\n"
    assert [p.name for p in path.parent.iterdir()] == ["one.txt"]


def test_what_is_replaced_is_kept_beside_also_within_one_second(tmp_path, monkeypatch):
    path = tmp_path / "one.txt"
    write_whole(path, "0")
    for n in range(1, 4):
        kept = write_keeping(path, str(n))
        assert kept.read_text(encoding="utf-8") == str(n - 1)
    assert path.read_text(encoding="utf-8") == "3"
    assert len(list(tmp_path.iterdir())) == 4
    monkeypatch.setattr(Path, "write_text", _full)
    with pytest.raises(OSError, match="No space left"):
        write_keeping(path, "lost")
    assert path.read_text(encoding="utf-8") == "3"
    assert len(list(tmp_path.iterdir())) == 4


def test_what_does_not_stay_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(student_files, "lines_of", lambda path: [])
    with pytest.raises(OSError, match="does not keep"):
        add_line(tmp_path / "progress.txt", "lost")


def test_a_file_that_cannot_be_read_has_no_lines(tmp_path):
    assert lines_of(tmp_path) == lines_of(tmp_path / "missing") == []
