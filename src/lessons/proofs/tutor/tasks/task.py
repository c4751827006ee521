"""What a task of the tutor is: where a derivation starts, what must be shown, where it ends."""

from dataclasses import dataclass

from lessons.proofs.language.vocabulary import Vocabulary


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
        Any of these, up to its sign, as a part of an accepted line shows it.
    """

    name: str
    question: str
    line: str
    evidence: tuple


@dataclass(frozen=True)
class Task:
    """A derivation for the student to write.

    Attributes
    ----------
    name, statement : str
        What it is called, and what is asked.
    start : str
        Line 1, given.
    milestones : tuple of Milestone
        What must be shown.
    goals : tuple of str
        The simplified forms of the result; the first is the one that is named.
    vocabulary : Vocabulary
        The letters that may be typed.
    definitions, assumptions : dict, tuple
        What the names mean and which indices differ, as for a `Derivation`.
    example : dict
        A readable point: for each letter a number or nested tuple of numbers, for each index one.
    """

    name: str
    statement: str
    start: str
    milestones: tuple
    goals: tuple
    vocabulary: Vocabulary
    definitions: dict
    assumptions: tuple
    example: dict
