"""Faults of a hub under the load of a class: `python -m benchmarks.hub_faults [N]`.

N students work as in benchmarks/hub.py, and one more has the faults: a kernel, the proxy, the hub
and a server are killed, one after the other. Printed are the seconds until that student is back;
how long the two before Chromium, who press keys all the time, saw no new picture; how many of the
others' connections were lost; and how many of all have on the disk what they saved last.
"""

import argparse
import sys
import time
from itertools import pairwise

from benchmarks.hub import BROWSERS, CONFIGURATION, MOST_STUDENTS, class_of, enter, leave
from benchmarks.students import LOST, MIX, InChromium, Measured
from tests.hub.faults import FAULTS, MEANWHILE, save, saved
from tests.hub.hub import Hub, why_no_users
from tests.hub.student import entered

TIMES, REST = 2, 15  # that each fault is made, and seconds after each


def longest_wait(student, since):
    """Return the longest time from a moment on in which a page showed no new picture."""
    changed = [since]
    for (_, before), (moment, now) in pairwise(student.seen):
        if moment > since and now != before:
            changed.append(moment)
    return max(later - earlier for earlier, later in pairwise([*changed, time.monotonic()]))


def faults(hub, students, measured):
    """Make each fault, and yield what was seen of it."""
    savers = [entered(hub, name) for name in hub.users]
    watching = [student for student in students if isinstance(student, InChromium)]
    for killed, (kill, within) in FAULTS.items():
        back, unseen, lost, whole = [], [], 0, 0
        for number in range(TIMES):
            text, before = f"before {killed} {number}", len(measured.times.get(LOST, ()))
            for saver in savers:
                save(saver, text)
            since = time.monotonic()
            back.append(kill(hub, savers[-1]))
            time.sleep(REST)
            unseen += [longest_wait(student, since) for student in watching]
            lost += len(measured.times.get(LOST, ())) - before
            texts = [saved(hub, saver.name) for saver in savers]
            whole += sum(found in (text, MEANWHILE) for found in texts)
        yield killed, within, back, unseen, lost, whole, TIMES * len(savers)


def report(rows, count, measured):
    """Print each fault as it has been made, and what failed beside what had to."""
    print(f"{count} students in the mix, each fault made {TIMES} times")
    heads = ("back after, s", "no picture, s")
    print(f"{'killed':8}{heads[0]:>20}{'goal':>6}{heads[1]:>24}{'lost':>6}{'saved':>9}")
    for killed, within, back, unseen, lost, whole, all_of_them in rows:
        seconds, pictures = (", ".join(f"{each:.1f}" for each in some) for some in (back, unseen))
        print(
            f"{killed:8}{seconds:>20}{within:>6}{pictures:>24}{lost:>6}{whole:>5}/{all_of_them}",
            flush=True,
        )
    print(f"{len(measured.failures)} failures", *measured.failures[:5], sep="\n  ")


def main():
    """Run and print; return an exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", nargs="?", type=int, default=20, help="students")
    options = parser.parse_args()
    if not 0 < options.count < MOST_STUDENTS:
        parser.error(f"expected 1 to {MOST_STUDENTS - 1} students")
    reason = why_no_users()
    if reason:
        print(f"This machine cannot have the users for it: {reason}.", file=sys.stderr)
        return 1
    names = [f"s{k}" for k in range(options.count)]
    measured, hub = Measured(), Hub([*names, "unlucky"], afterwards=CONFIGURATION)
    students = class_of(options.count, BROWSERS, hub, measured)
    try:
        enter(students, ramp=3 * options.count)
        for student in students:
            student.end = float("inf")
            watches = isinstance(student, InChromium)
            student.do(student.watch) if watches else student.do(student.work, MIX, student.end)
        report(faults(hub, students, measured), len(names), measured)
    finally:
        hub.stop()
        leave(students)
    return 0


if __name__ == "__main__":
    sys.exit(main())
