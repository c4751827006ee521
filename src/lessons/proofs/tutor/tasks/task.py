"""What a task of the tutor is: where a derivation starts, what must be shown, where it ends."""

from dataclasses import dataclass

from lessons.proofs.setting import Setting


@dataclass(frozen=True)
class Milestone:
    """Something that must be seen on the way, by whichever road.

    Attributes
    ----------
    name : str
        What was shown, as in "You have shown: …".
    question : str
        The first hint: a question that leads to it.
    line : str
        The second hint: a line that shows it and follows from the lines of the milestones before.
    evidence : tuple of str
        Any of these, up to its sign, as a part of a line of the derivation shows it; an equation
        ``D(f, v) = ...`` shows it where that derivative is taken.
    beside : tuple of str
        Derivatives that show it where a side calculation takes them, and that have to be gone from
        a line whose parts show it.
    within : tuple of str
        Derivatives that have to be gone from such a line too, and show nothing where they are taken
        beside.
    """

    name: str
    question: str
    line: str
    evidence: tuple[str, ...]
    beside: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


@dataclass(frozen=True)
class Task:
    """A derivation for the student to write.

    Attributes
    ----------
    name, statement : str
        What it is called, and what is asked; mathematics stands between backticks.
    start : str
        Line 1, given.
    milestones : tuple of Milestone
        What must be shown.
    goals : tuple of str
        The simplified forms of the result; the first is the one that is named.
    setting : Setting
        What the letters mean, which may be typed, and a readable example.
    """

    name: str
    statement: str
    start: str
    milestones: tuple[Milestone, ...]
    goals: tuple[str, ...]
    setting: Setting
