"""Load on a hub by simulated students: `python -m benchmarks.hub [N ...] [--seconds S]`.

Each of N students logs in by the pages' own addresses within the ramp, runs lesson 03 in a kernel,
and then moves the slider, checks right and wrong answers and pauses, as in a class; once each an
answer that never ends. All of it is bounded: N of at most 40, seconds of at most 300. It needs root
on Linux, for the users are real, and goes to 127.0.0.1 alone.
"""

import argparse
import json
import statistics
import sys
import threading
import time
from dataclasses import dataclass, field

import numpy as np
import psutil

from tests.hub.hub import ROOT, Hub, why_no_users
from tests.hub.student import Student, unpacked

MOST_STUDENTS, LONGEST = 40, 300
LATER = (100, 1000)  # students that the fit is drawn out to
RIGHT = """
def loss(z, y):
    return y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z)
print(check("binary-loss", loss).status)
"""
WRONG = """
def loss(z, y):
    return y * np.logaddexp(0, -z)
print(check("binary-loss", loss).status)
"""
ENDLESS = """
def loss(z, y):
    while True: pass
print(check("binary-loss", loss).status)
"""
# The first student's server keeps Nagle's delay, to compare.
ONE_WITH_DELAY = """
def with_delay(spawner, prepare=c.Spawner.pre_spawn_hook):
    prepare(spawner)
    if spawner.user.name == "s0":
        spawner.args.append("--ServerApp.jpserver_extensions=lessons.prompt_connection=False")
c.Spawner.pre_spawn_hook = with_delay
"""


@dataclass
class Measured:
    """What one run has measured, in seconds and bytes."""

    times: dict[str, list[float]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def note(self, name, seconds):
        """Note how long something took."""
        self.times.setdefault(name, []).append(seconds)

    def timed(self, name, action):
        """Do something and note how long it took; return what it returned."""
        start = time.perf_counter()
        result = action()
        self.note(name, time.perf_counter() - start)
        return result


class Visitor:
    """One simulated student."""

    def __init__(self, hub, name, measured):
        self.student, self.measured = Student(hub.address, name), measured
        self.kernel = self.slider = None
        self.value = 0.0

    def enter(self):
        """Log in, start the server, and run lesson 03 to its end."""
        start = time.perf_counter()
        if self.student.log_in() != 200:
            raise RuntimeError("the login failed")
        self.measured.timed("server started", self.student.open_server)
        self.kernel = self.student.kernel()
        for code in lesson_cells():
            _, said = self.kernel.run(code)
            self.slider = self.slider or slider_in(said)
        self.measured.note("login to lesson run", time.perf_counter() - start)

    def move(self, name="slider to picture"):
        """Move the slider of z by one step, and wait for the picture of it."""
        self.value = -self.value if abs(self.value) > 3 else self.value + 0.25
        data = {"method": "update", "state": {"value": self.value}, "buffer_paths": []}
        start = time.perf_counter()
        self.kernel.send("comm_msg", {"comm_id": self.slider, "data": data})
        while not shows_picture(unpacked(self.kernel.socket.recv())):
            pass
        self.measured.note(name, time.perf_counter() - start)

    def answer(self, name, code, expected):
        """Check an answer and see that the verdict is the expected one."""
        said, _ = self.measured.timed(name, lambda: self.kernel.run(code))
        if said.partition("\n")[0] != expected:  # below it stands what `check` shows of itself
            raise RuntimeError(f"{name}: expected {expected!r}, got {said!r}")

    def work(self, until, dragging):
        """Move, check and pause until a time; dragging, move at 20 a second all the time."""
        rounds = 0
        while time.monotonic() < until:
            for _ in range(20):
                self.move()
                time.sleep(0.03)
            rounds += 1
            if dragging:
                continue
            self.answer("check, right", RIGHT, "right")
            self.answer("check, wrong", WRONG, "wrong")
            if rounds == 1:
                self.answer("check, endless", ENDLESS, "stopped")
            time.sleep(min(4.0, max(0.0, until - time.monotonic())))


def lesson_cells():
    """Code of lesson 03, cell by cell."""
    text = (ROOT / "notebooks" / "03_binary_gradient.ipynb").read_text(encoding="utf-8")
    cells = json.loads(text)["cells"]
    return ["".join(each["source"]) for each in cells if each["cell_type"] == "code"]


def slider_in(messages):
    """Comm of the first slider of z that was opened, None without one."""
    for message in messages:
        state = message["content"].get("data", {}).get("state", {})
        opened = message.get("msg_type") == "comm_open"
        if opened and state.get("_model_name") == "FloatSliderModel":
            return message["content"]["comm_id"]
    return None


def shows_picture(message):
    """Whether a message brings new pixels."""
    data = message["content"].get("data", {})
    return ["png"] in data.get("buffer_paths", []) and bool(message["buffers"])


def usage(hub, names):
    """Memory (PSS, bytes) and processor time (seconds) of the students' processes together."""
    memory = seconds = 0
    for process in hub.processes("python"):
        try:
            if process.environ().get("USER") in names:
                memory += process.memory_full_info().pss
                times = process.cpu_times()
                seconds += times.user + times.system + times.children_user + times.children_system
        except psutil.Error:
            continue
    return memory, seconds


def run(count, seconds, ramp, dragging):
    """Let N students work for some seconds; return what was measured, memory and cores each."""
    names = [f"s{k}" for k in range(count)]
    measured, hub = Measured(), Hub(names, afterwards=ONE_WITH_DELAY)
    try:
        visitors = [Visitor(hub, name, measured) for name in names]
        each_alone(visitors, lambda v, k: (time.sleep(k * ramp / count), v.enter()), measured)
        memory, before = usage(hub, names)
        measured.note("cores to start", before / count)
        start = time.monotonic()
        each_alone(visitors, lambda v, k: v.work(start + seconds, dragging), measured)
        after_memory, after = usage(hub, names)
        cores = (after - before) / (time.monotonic() - start)
        for visitor, name in ((visitors[0], "Nagle's delay"), (visitors[-1], "TCP_NODELAY")):
            for _ in range(60 if visitor.slider else 0):
                visitor.move(f"moves back to back, {name}")
        return measured, max(memory, after_memory) / count, cores / count
    finally:
        hub.stop()


def each_alone(visitors, action, measured):
    """Do something as each student at the same time; what fails is noted."""

    def one(visitor, number):
        try:
            action(visitor, number)
        except Exception as error:  # any failure of the hub is a finding
            measured.failures.append(f"{visitor.student.name}: {type(error).__name__}: {error}")

    threads = [threading.Thread(target=one, args=pair[::-1]) for pair in enumerate(visitors)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def report(count, measured, memory, cores):
    """Print one run."""
    print(f"\n{count} students: {memory / 2**20:.0f} MiB and {cores:.3f} cores each")
    print(f"{len(measured.failures)} failures", *measured.failures[:5], sep="\n  ")
    for name, times in measured.times.items():
        if name == "cores to start":
            print(f"  {'start of a student':36} {times[0]:6.1f} core-seconds")
            continue
        middle, late = statistics.median(times), float(np.percentile(times, 95))
        print(f"  {name:36} median {1000 * middle:7.0f} ms, 95th percentile {1000 * late:7.0f} ms")


def fit(results):
    """Print a straight line through memory and cores of the runs, and where it leads."""
    counts = [count for count, _, _ in results]
    print(
        "\nA line through these runs; it assumes that more students do the same, at the same pace:"
    )
    for name, unit, values in (
        ("memory", "GiB", [n * memory / 2**30 for n, memory, _ in results]),
        ("cores", "", [n * cores for n, _, cores in results]),
    ):
        slope, offset = np.polyfit(counts, values, 1)
        later = ", ".join(f"{n}: {offset + slope * n:.1f} {unit}".strip() for n in LATER)
        print(f"  {name} = {offset:.2f} + {slope:.4f} N {unit}; {later}")


def main():
    """Run and print; return an exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("counts", nargs="*", type=int, default=[5, 10, 20], help="students")
    parser.add_argument("--seconds", type=int, default=180, help="of work, after the ramp")
    parser.add_argument("--ramp", type=int, default=60, help="seconds within which all log in")
    parser.add_argument("--dragging", action="store_true", help="all move all the time")
    options = parser.parse_args()
    if not all(0 < n <= MOST_STUDENTS for n in options.counts) or options.seconds > LONGEST:
        parser.error(f"expected 1 to {MOST_STUDENTS} students and at most {LONGEST} seconds")
    reason = why_no_users()
    if reason:
        print(f"This machine cannot have the users for it: {reason}.", file=sys.stderr)
        return 1
    results = []
    for count in options.counts:
        measured, memory, cores = run(count, options.seconds, options.ramp, options.dragging)
        report(count, measured, memory, cores)
        results.append((count, memory, cores))
    if len(results) > 1:
        fit(results)
    return 0


if __name__ == "__main__":
    sys.exit(main())
