"""All tasks of the tutor, by name."""

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
    """Return the task of this name; ``!=`` may stand for ≠.

    Raises
    ------
    ValueError
        With the names that exist.
    TypeError
        The name is not a string.
    """
    if not isinstance(name, str):
        raise TypeError(f"a task is called by its name, a string, got {type(name).__name__}")
    task = TASKS.get(" ".join(name.replace("!=", "≠").split()))
    if task is None:
        raise ValueError(f"no task is called {name!r}; there are {', '.join(map(repr, TASKS))}")
    return task
