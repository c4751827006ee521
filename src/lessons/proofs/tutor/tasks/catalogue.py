"""All tasks of the tutor, by name."""

from lessons.lookup import look_up
from lessons.proofs.tutor.tasks import binary as tasks_binary
from lessons.proofs.tutor.tasks import multiclass as tasks_multiclass
from lessons.proofs.tutor.tasks import sketch as tasks_sketch
from lessons.proofs.tutor.tasks import weights as tasks_weights

TASKS = {
    task.name: task
    for room in (tasks_binary, tasks_multiclass, tasks_weights, tasks_sketch)
    for task in room.TASKS
}


def find(name):
    """Return the task of this name.

    Raises
    ------
    ValueError
        No task has this name.
    """
    return look_up("task", name, TASKS)
