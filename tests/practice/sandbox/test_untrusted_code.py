"""Whatever a student's function does, a sentence comes back and the process lives on."""

import ctypes
import itertools
import os
import re
import subprocess
import sys
import threading
import time

import numpy as np
import psutil
import pytest

from lessons.practice import check, exercises
from lessons.practice.sandbox import process


def endless(z, y):
    while True:
        pass


def endless_in_c(z, y):
    return sum(itertools.repeat(1))


def endless_pattern(z, y):
    return re.match(r"(a+)+$", "a" * 40 + "b")


def swallows_everything(z, y):
    while True:
        try:
            endless(z, y)
        except BaseException:
            continue


def sleeps_in_a_child(z, y):
    subprocess.run(["sleep", "30"])


def sleeps(z, y):
    time.sleep(30)


def waits_for_a_lock(z, y):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()


@pytest.fixture
def impatient(monkeypatch):
    """Make the timeout short, and that of processor time alone: the machine may be busy."""
    monkeypatch.setattr(process, "SECONDS", 0.3)
    monkeypatch.setattr(process, "PATIENCE", 200)


@pytest.fixture
def impatient_with_idlers(monkeypatch):
    """Make the time of the clock on the wall short, and whatever is computed in it too little."""
    monkeypatch.setattr(process, "SECONDS", 60)
    monkeypatch.setattr(process, "PATIENCE", 0.015)


@pytest.mark.parametrize("hung", [endless, endless_in_c, endless_pattern, swallows_everything])
def test_endless_code_is_stopped_with_a_word_about_it(hung, impatient):
    said = check("binary-gradient", hung)
    assert (said.status, said.passed) == ("stopped", False)
    assert "still running" in said.message


@pytest.mark.skipif(not process.WATCHED, reason="only Linux tells a child's processor time")
@pytest.mark.parametrize("waits", [sleeps_in_a_child, waits_for_a_lock, sleeps])
def test_code_that_waits_is_not_told_of_an_endless_loop(waits, impatient_with_idlers):
    said = check("binary-gradient", waits)
    assert (said.status, said.passed) == ("stopped", False)
    assert "it waits for something" in said.message
    assert "loop" not in said.message


BUSY = """
import os, threading
import numpy as np
import lessons.practice
big = np.ones((1200, 1200))
def multiply():
    while True:
        big @ big
threading.Thread(target=multiply, daemon=True).start()
ran = [lessons.practice.check("softmax", lambda z: np.exp(z) / np.exp(z).sum()) for _ in range(3)]
print(*(each.passed for each in ran), flush=True)
os._exit(0)
"""


@pytest.mark.skipif(not process.isolated(), reason="there is no fork here")
def test_an_answer_is_judged_while_another_thread_multiplies():
    """With two threads for each product the first check would never return."""
    threads = {**os.environ, "OPENBLAS_NUM_THREADS": "2"}
    run = [sys.executable, "-c", BUSY]
    ended = subprocess.run(run, env=threads, capture_output=True, text=True, timeout=120)
    assert ended.stdout == "True True True\n", ended.stderr


def test_an_interrupted_check_says_so_and_leaves_no_child(monkeypatch):
    def interrupted(reader, is_over):
        raise KeyboardInterrupt

    monkeypatch.setattr(process, "_receive", interrupted)
    before = set(psutil.Process().children())  # of other tests, in the same process
    said = check("binary-gradient", endless)
    assert (said.status, said.passed) == ("stopped", False)
    assert "interrupted" in said.message
    assert set(psutil.Process().children()) <= before


def is_alive(pid):
    state = subprocess.run(["ps", "-o", "stat=", "-p", pid], capture_output=True, text=True)
    return state.stdout.strip()[:1] not in ("", "Z")


def starts_a_process(own_session):
    return subprocess.Popen(["sleep", "30"], start_new_session=own_session).pid


def exits(z, y):
    os._exit(0)


@pytest.mark.parametrize(
    ("own_session", "then"),
    [
        (False, endless),
        (False, lambda z, y: 0.0),
        (False, exits),
        (True, endless),
        (True, lambda z, y: 0.0),
    ],
)
def test_no_process_of_the_students_code_is_left_behind(own_session, then, impatient, tmp_path):
    def spawns(z, y):
        (tmp_path / "pid").write_text(str(starts_a_process(own_session)))
        return then(z, y)

    check("binary-gradient", spawns)
    deadline = time.monotonic() + 60  # a signal takes a moment on a busy machine
    while (alive := is_alive((tmp_path / "pid").read_text())) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not alive


def test_a_limit_of_memory_that_is_there_already_is_kept():
    code = (
        "import resource\n"
        "from pathlib import Path\n"
        "from lessons.practice.sandbox.process import guarded\n"
        "pages = int(Path('/proc/self/statm').read_text().split()[0])\n"
        "limit = (pages * resource.getpagesize() + 100 * 2**20,) * 2\n"
        "resource.setrlimit(resource.RLIMIT_AS, limit)\n"
        "print(guarded(lambda: resource.getrlimit(resource.RLIMIT_AS)) == ('done', limit))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"


def recurses(z, y):
    return recurses(z, y)


def overflows_the_stack(z, y):
    sys.setrecursionlimit(10**9)
    deep = []
    for _ in range(10**5):
        deep = [deep]
    return repr(deep)


def kills_python(z, y):
    os.abort()


def quits(z, y):
    sys.exit(0)


def allocates(z, y):
    return np.ones(10**10)


def grows(z, y):
    kept = []
    while True:
        kept.append(bytearray(10**8))


def asks(z, y):
    return float(input("z? "))


def divides(z, y):
    return 1 / (y - y)


@pytest.mark.parametrize(
    ("code", "word"),
    [
        (recurses, "RecursionError"),
        (quits, "SystemExit"),
        (allocates, "MemoryError"),
        (grows, "MemoryError"),
        (asks, "input()"),
        (divides, "ZeroDivisionError"),
    ],
)
def test_an_exception_is_told_with_its_line_and_meaning(code, word):
    said = check("binary-gradient", code)
    assert said.status == "wrong"
    assert word in said.message


def reads_nowhere(z, y):
    return ctypes.string_at(0)


@pytest.mark.parametrize("code", [reads_nowhere, kills_python])
def test_python_ending_in_the_middle_is_told(code):
    said = check("binary-gradient", code)
    assert said.status == "stopped"
    assert "Python itself ended" in said.message


def test_a_stack_that_overflows_in_c_is_told():
    said = check("binary-gradient", overflows_the_stack)
    # From 3.12 on Python counts its own C calls, and raises before the stack is full.
    ends = sys.version_info < (3, 12)
    assert said.status == ("stopped" if ends else "wrong")
    assert ("Python itself ended" if ends else "RecursionError") in said.message


ENDLESS_LIST = []
ENDLESS_LIST.append(ENDLESS_LIST)


@pytest.mark.parametrize(
    "value",
    [
        *(None, "0.5", [], {}, object(), np.zeros(3), np.zeros(10**6), 1j, [1, [2]], print, (1, 2)),
        *(ENDLESS_LIST, iter([1]), np.array([1j]), np.array(["a"]), np.array([{}, None])),
    ],
    ids=lambda value: type(value).__name__,
)
def test_whatever_is_returned_gets_a_sentence(value):
    said = check("binary-gradient", lambda z, y: value)
    assert said.status == "wrong"
    assert len(said.message) > 30


@pytest.mark.parametrize(
    "answer",
    [None, 3, "gradient", [], object(), np.zeros(2), type, print, np.exp, lambda: 1, float("nan")],
    ids=lambda answer: type(answer).__name__,
)
@pytest.mark.parametrize("kind", ["write", "mend", "blank", "predict", "shapes", "choose"])
def test_whatever_is_handed_over_gets_a_sentence(answer, kind):
    name = next(e.name for e in exercises() if e.kind == kind)
    said = check(name, answer)
    assert said.status == "wrong"
    assert len(said.message) > 20


@pytest.mark.sampled(3)
@pytest.mark.parametrize("exercise", exercises(), ids=lambda each: each.name)
def test_none_of_the_exercises_raises_on_an_answer_of_another_kind(exercise):
    for answer in (None, 3, "a", [], np.exp):
        said = exercise.judge(answer)
        assert said.status in ("wrong", "right")
        assert said.message


def test_variables_of_the_student_are_not_touched():
    calls = []
    check("binary-gradient", lambda z, y: calls.append(z))
    assert calls == []


def test_what_is_printed_is_shown_once_and_shortened(capfd):
    def talks(z, y):
        print("on stderr,", file=sys.stderr)
        print("my z is", z, "!" * 10**6)

    said = check("binary-gradient", talks)
    assert "my z is 0.5" in said.message
    assert "on stderr" in said.message
    assert len(said.message) < 800
    assert capfd.readouterr() == ("", "")


def test_a_check_does_not_wait_for_its_deadline(monkeypatch):
    monkeypatch.setattr(process, "SECONDS", 60)  # of which a slow machine needs a few
    start = time.monotonic()
    check("binary-gradient", lambda z, y: 0.0)
    assert time.monotonic() - start < process.SECONDS


def contradicts_itself(*_, **__):
    raise RuntimeError("the two roads disagree")


@pytest.fixture(params=["in a child", "without fork"])
def each_road(request, monkeypatch):
    """Take both roads of the sandbox in turn."""
    if request.param == "without fork":
        monkeypatch.delattr(os, "fork")


def test_an_exception_of_the_work_itself_is_carried_out_of_the_sandbox(each_road):
    failed = ("RuntimeError", "the two roads disagree")
    assert process.guarded(contradicts_itself) == ("failed", failed)


def test_a_work_whose_stack_gives_out_has_not_failed(each_road):
    assert process.guarded(lambda: recurses(0, 0)) == ("died", None)


@pytest.mark.parametrize(
    ("broken", "name", "answer"),
    [
        ("kinds.expression.decide", "fill-slope", "1 + z"),
        ("sandbox.calls.Outcome", "predict-gap", (-0.25, 0.25)),
        ("sandbox.calls.Outcome", "softmax", lambda z: np.exp(z) / np.exp(z).sum()),
    ],
)
def test_a_mistake_in_this_package_is_said_and_the_answer_is_neither_right_nor_wrong(
    broken, name, answer, each_road, monkeypatch
):
    monkeypatch.setattr(f"lessons.practice.{broken}", contradicts_itself)
    said = check(name, answer)
    assert said.status == "stopped"
    assert "mistake in this package, please report it" in said.message
    assert "RuntimeError: the two roads disagree" in said.message


class TestWithoutFork:
    @pytest.fixture(autouse=True)
    def no_fork(self, monkeypatch):
        monkeypatch.delattr(os, "fork")

    def test_an_endless_loop_is_stopped_between_two_lines_and_the_message_says_so(self, impatient):
        said = check("binary-gradient", endless)
        assert said.status == "stopped"
        assert "between two lines" in said.message

    def test_right_and_wrong_answers_are_told_apart_all_the_same(self):
        assert (
            check("binary-gradient", lambda z, y: y - 1 / (1 + np.exp(-z))).mistake == "wrong sign"
        )
        assert check(
            "binary-gradient", lambda z, y: (1 - y) / (1 + np.exp(-z)) - y / (1 + np.exp(z))
        ).passed

    def test_the_debugger_that_was_on_is_on_again(self):
        watch = sys.gettrace()
        check("binary-gradient", lambda z, y: 0.0)
        assert sys.gettrace() is watch
