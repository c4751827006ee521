"""Catalogue of the tutor's tasks: each derivation that a student is asked for, by name."""

from lessons.lookup import look_up
from lessons.proofs.tutor.tasks import binary, multiclass, sketch, weights

TASKS = {task.name: task for room in (binary, multiclass, weights, sketch) for task in room.TASKS}


def find(name):
    """Return the task of this name.

    Raises
    ------
    ValueError
        No task has this name.
    """
    return look_up("task", name, TASKS)
