"""Load on a hub by simulated students: `python -m benchmarks.hub [N ...] [--seconds S]`.

Each of N students logs in by the pages' own addresses within the ramp, runs lesson 03, and then
works at the pace of a class, or drags all the time (--dragging); two of them sit before a real page
in Chromium. What they do, and how often, is in benchmarks/students.py. At the end, when the others
rest, the two move as fast as pictures come: one on a server that keeps Nagle's delay, one without.

All of it is bounded: N of at most 40, seconds of at most 300. It needs root on Linux, for the users
are real, and goes to 127.0.0.1 alone. The students' own programs run on the same machine, and on a
hub of your own elsewhere: so browsers give way to the hub, and what all take is printed.
"""

import argparse
import statistics
import sys
import time
from dataclasses import dataclass

import numpy as np
import psutil

from benchmarks.students import DRAGGING, MIX, InChromium, Measured, Visitor
from lessons.practice.sandbox.process import SECONDS
from tests.hub.hub import Hub, why_no_users
from tests.hub.page import EXPOSED

MOST_STUDENTS, LONGEST = 40, 300
BROWSERS = 2
LATER = (100, 1000)  # students that the fit is drawn out to
# Extensions that the tests' environment has, and that of a class (`lessons[hub]`) has not.
GRADERS = ("formgrader", "validate_assignment", "assignment_list", "course_list")
NOT_IN_A_CLASS = ["notebook", *(f"nbgrader.server_extensions.{name}" for name in GRADERS)]
CONFIGURATION = f"""
for each in {NOT_IN_A_CLASS}:
    c.Spawner.args.append(f"--ServerApp.jpserver_extensions={{each}}=False")
def with_delay(spawner, prepare=c.Spawner.pre_spawn_hook):
    prepare(spawner)
    if spawner.user.name == "s0":  # keeps Nagle's delay, to compare
        spawner.args.append("--ServerApp.jpserver_extensions=lessons.prompt_connection=False")
c.Spawner.pre_spawn_hook = with_delay
{EXPOSED}"""


@dataclass
class Usage:
    """What processes use: memory (PSS) in bytes, and seconds of processor time so far.

    Attributes
    ----------
    memory : {who: bytes}
    seconds : {who: core-seconds}
        Of the students' servers and kernels, of the hub with its proxy, of those who play the
        students, and of the whole machine.
    """

    memory: dict[str, float]
    seconds: dict[str, float]


def usage(hub, names):
    """Measure what is used now."""
    machine = psutil.cpu_times()
    idle = machine.idle + machine.iowait
    memory = dict.fromkeys(("students", "hub and proxy"), 0.0)
    seconds = memory | {"players": 0.0, "machine": sum(machine) - machine.guest - idle}
    theirs = {process.pid for process in hub.processes()} | {hub.process.pid}
    me = psutil.Process()
    for process in (me, *me.children(recursive=True)):
        try:
            times = process.cpu_times()
            own = times.user + times.system
            if process.pid not in theirs:
                seconds["players"] += own
                continue
            who = "students" if process.environ().get("USER") in names else "hub and proxy"
            memory[who] += process.memory_full_info().pss
            seconds[who] += own + times.children_user + times.children_system
        except psutil.Error:
            continue
    return Usage(memory, seconds)


@dataclass
class Run:
    """One run: what was measured, at its start and its end, and how long the work took."""

    count: int
    measured: Measured
    before: Usage
    after: Usage
    seconds: float

    def memory(self):
        """Bytes of the students' processes, at most."""
        return max(self.before.memory["students"], self.after.memory["students"])

    def cores(self, who):
        """Cores that somebody used, on average, while the students worked."""
        return (self.after.seconds[who] - self.before.seconds[who]) / self.seconds

    def endless(self):
        """Cores that answers used, on average, until they were stopped."""
        return SECONDS * len(self.measured.times.get("check, stopped", ())) / self.seconds


def class_of(count, browsers, hub, measured):
    """Return the students: the first few before a page."""
    kinds = [InChromium] * min(browsers, count) + [Visitor] * max(0, count - browsers)
    return [kind(hub, f"s{k}", measured) for k, kind in enumerate(kinds)]


def enter(students, ramp):
    """Let students enter one after the other within the ramp, and wait until all are there."""

    def late(student, seconds):
        time.sleep(seconds)
        student.enter()

    count = len(students)
    entered = [s.do(late, s, k * ramp / count) for k, s in enumerate(students)]
    for each in entered:
        each.result()


def work(students, pace, seconds):
    """Let students work for some seconds, and wait until the last has stopped."""
    start, worked = time.monotonic(), []
    for k, student in enumerate(students):
        student.end = start + seconds
        endless_at = start + pace.endless * (k + 0.2) / len(students)  # one after the other
        worked.append(student.do(student.work, pace, endless_at))
    for each in worked:
        each.result()


def run(count, seconds, ramp, pace, browsers):
    """Let N students work for some seconds; return what was measured."""
    names = [f"s{k}" for k in range(count)]
    measured, hub = Measured(), Hub(names, afterwards=CONFIGURATION)
    students = class_of(count, browsers, hub, measured)
    for student in students[:browsers]:
        student.gives_way = True
    try:
        enter(students, ramp)
        before, start = usage(hub, names), time.monotonic()
        work(students, pace, seconds)
        worked = Run(count, measured, before, usage(hub, names), time.monotonic() - start)
        for student, name in zip(students, ("Nagle's delay", "TCP_NODELAY"), strict=False):
            student.do(student.back_to_back, name).result()
        return worked
    finally:
        hub.stop()  # whoever waits for it still waits no longer
        leave(students)


def leave(students):
    """Let all students leave."""
    for student in students:
        student.end = 0.0
    for student in students:
        student.do(student.leave).result()


def report(run):
    """Print one run."""
    measured, count = run.measured, run.count
    parts = ("students", "hub and proxy", "players")
    others = run.cores("machine") - sum(map(run.cores, parts))
    print(
        f"\n{count} students: {run.memory() / count / 2**20:.0f} MiB and "
        f"{run.cores('students') / count:.3f} cores each, of which {run.endless() / count:.3f} are "
        f"answers that never end; hub and proxy "
        f"{run.after.memory['hub and proxy'] / 2**20:.0f} MiB, {run.cores('hub and proxy'):.2f} "
        f"cores; those who play the students {run.cores('players'):.2f} cores, and whatever else "
        f"runs {others:.2f}, of {psutil.cpu_count()}"
    )
    print(f"  start of a student {run.before.seconds['students'] / count:.1f} core-seconds")
    print(f"  {len(measured.failures)} failures", *measured.failures[:5], sep="\n    ")
    for name, times in sorted(measured.times.items()):
        middle, late = statistics.median(times), float(np.percentile(times, 95))
        print(
            f"  {name:46} {len(times):6}×  median {1000 * middle:6.0f} ms, "
            f"95th percentile {1000 * late:6.0f} ms",
            flush=True,
        )


def fit(runs):
    """Print a straight line through memory and cores of the runs, and where it leads."""
    counts = [run.count for run in runs]
    print(
        "\nA line through these runs; it assumes that more students do the same, at the same pace:"
    )
    for name, unit, values in (
        ("memory", "GiB", [run.memory() / 2**30 for run in runs]),
        ("cores", "", [run.cores("students") + run.cores("hub and proxy") for run in runs]),
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
    parser.add_argument("--browsers", type=int, default=BROWSERS, help="students in Chromium")
    options = parser.parse_args()
    if not all(0 < n <= MOST_STUDENTS for n in options.counts) or options.seconds > LONGEST:
        parser.error(f"expected 1 to {MOST_STUDENTS} students and at most {LONGEST} seconds")
    reason = why_no_users()
    if reason:
        print(f"This machine cannot have the users for it: {reason}.", file=sys.stderr)
        return 1
    runs = []
    for count in options.counts:
        pace = DRAGGING if options.dragging else MIX
        runs.append(run(count, options.seconds, options.ramp, pace, options.browsers))
        report(runs[-1])
    if len(runs) > 1:
        fit(runs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
