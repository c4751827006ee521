"""Print what a class on a hub has solved: `python tools/class_progress.py --homes HOMES`.

It is run by the hub's administrator, who may read homes. It reads those of students who agreed to
it (`share: yes` in their share-progress.txt) and whom the hub knows, and in them nothing but the
names of exercises and mistakes. HOMES is a home with {} for the name, such as /home/jupyter-{}. The
hub is asked with the token in JUPYTERHUB_API_TOKEN, which needs the scope `list:users`.
"""

import argparse
import html
import os
import stat
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import requests

from lessons.practice import exercises

CONSENT, PROGRESS, MISTAKES = "share-progress.txt", "progress.txt", "mistakes.txt"
LARGEST = 1_000_000  # bytes: what is larger is no student's progress
HEAD = ("lesson", "exercise", "solved", "share", "most frequent mistakes")


@dataclass(frozen=True)
class Shared:
    """What one student shares."""

    name: str
    solved: frozenset[str]
    mistakes: tuple[tuple[str, str], ...]  # (exercise, mistake), as often as it was made


def known_users(hub: str, token: str) -> list[str]:
    """Names of the users that a hub knows, instructors left out."""
    found, headers = [], {"Authorization": f"token {token}"}
    while page := _page(f"{hub}/users?offset={len(found)}&limit=200", headers):
        found += page
    return sorted(user["name"] for user in found if not user.get("admin"))


def _page(address, headers):
    answer = requests.get(address, headers=headers, timeout=60)
    if answer.status_code == 403:
        raise ValueError(
            "expected JUPYTERHUB_API_TOKEN to hold a token of this hub with the scope list:users; "
            f"the hub refuses it ({answer.status_code})"
        )
    answer.raise_for_status()
    return answer.json()


def read(path: Path, owner: int) -> str:
    """Text of a student's own file; "" where there is none, or where it is another's.

    A link would let a student show the administrator's program what only that may read.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return ""
    with open(handle, encoding="utf-8", errors="replace") as file:
        told = os.fstat(handle)
        if told.st_uid != owner or not stat.S_ISREG(told.st_mode):
            return ""
        return file.read(LARGEST)


def shared(name: str, home: Path) -> Shared | None:
    """Read what a student shares, or None without consent; half-written lines do not count."""
    lessons = home / "lessons"
    if lessons.is_symlink() or not lessons.is_dir():
        return None
    owner = home.stat().st_uid
    lines = read(lessons / CONSENT, owner).split("\n")
    said = [line.strip().lower() for line in lines if line.strip()]
    if not said or said[-1] != "share: yes":
        return None
    known = {exercise.name for exercise in exercises()}
    whole, _, _ = read(lessons / MISTAKES, owner).rpartition("\n")
    pairs = [tuple(line.split(maxsplit=1)) for line in whole.splitlines()]
    return Shared(
        name,
        frozenset(read(lessons / PROGRESS, owner).split()) & known,
        tuple(pair for pair in pairs if len(pair) == 2 and pair[0] in known),
    )


def rows(students: list[Shared]) -> list[tuple[str, ...]]:
    """One row an exercise: lesson, name, how many solved it, their share, three mistakes."""
    made = [pair for student in students for pair in set(student.mistakes)]
    table = []
    for exercise in exercises():
        solved = sum(exercise.name in student.solved for student in students)
        frequent = Counter(mistake for name, mistake in made if name == exercise.name)
        named = ", ".join(f"{mistake} ({count})" for mistake, count in frequent.most_common(3))
        share = f"{100 * solved / len(students):.0f} %" if students else "–"
        table.append((exercise.lesson, exercise.name, str(solved), share, named))
    return table


def as_text(table: list[tuple[str, ...]]) -> str:
    """Table in columns."""
    lines = [HEAD, *table]
    widths = [max(len(line[k]) for line in lines) for k in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def as_page(table: list[tuple[str, ...]], sentence: str) -> str:
    """Table as an HTML page of its own."""

    def line(cells, tag):
        return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    body = "\n".join(line(cells, "td") for cells in table)
    return (
        "<!DOCTYPE html><html lang='en'><meta charset='utf-8'><title>The class</title>"
        "<meta name='viewport' content='width=device-width'><style>"
        ":root{color-scheme:light dark}body{font:1rem/1.5 system-ui;margin:2rem;max-width:70rem}"
        "table{border-collapse:collapse}td,th{padding:.2rem .8rem;text-align:left;"
        "border-bottom:1px solid #8888}td:nth-child(-n+4){white-space:nowrap}"
        "td:nth-child(3),td:nth-child(4){text-align:right}</style>"
        f"<h1>What the class has solved</h1><p>{html.escape(sentence)}</p>"
        f"<table>{line(HEAD, 'th')}{body}</table></html>\n"
    )


def main(arguments: list[str] | None = None) -> int:
    """Print the table, and write it as a page if asked; return an exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hub", default="http://127.0.0.1:15001/hub/api", help="its API")
    parser.add_argument("--homes", required=True, help="a home, {} for the name: /home/jupyter-{}")
    parser.add_argument("--who", action="store_true", help="say as well who has solved how much")
    parser.add_argument("--html", type=Path, help="write the table to this page as well")
    options = parser.parse_args(arguments)
    try:
        if "{}" not in options.homes:
            raise ValueError(f"expected {{}} for the name in --homes; got {options.homes!r}")
        names = known_users(options.hub, os.environ.get("JUPYTERHUB_API_TOKEN", ""))
    except (ValueError, requests.RequestException) as problem:
        print(f"The hub could not be asked: {problem}", file=sys.stderr)
        return 1
    asked = [shared(name, Path(options.homes.replace("{}", name))) for name in names]
    students = [each for each in asked if each is not None]
    sentence = f"{len(students)} of {len(names)} students share what they have solved."
    table = rows(students)
    print(f"{sentence}\n\n{as_text(table)}")
    if options.who:
        print("\n" + "\n".join(f"{len(each.solved):4}  {each.name}" for each in students))
    if options.html:
        options.html.write_text(as_page(table, sentence), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
