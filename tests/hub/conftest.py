"""One hub with two students and a teacher for all tests of a worker that need no other."""

import os

import pytest

from .hub import Hub, why_no_users
from .page import EXPOSED
from .student import entered

USERS = ("ada", "ben", "teacher")


@pytest.fixture(scope="session")
def machine():
    """Refuse where this machine cannot have users of its own, and say what is not tried then.

    Root on Linux can, and is what runs the tests where they have to be complete.
    """
    reason = why_no_users()
    if reason:
        complete = os.environ.get("CI") == "true" and os.geteuid() == 0
        outcome = pytest.fail if complete else pytest.skip
        outcome(f"What keeps one user of a hub from another is not tried: {reason}.")


@pytest.fixture(scope="session")
def hub(machine):
    """A hub as a class has it."""
    started = Hub(USERS, quota={"ben": "40m"}, afterwards=EXPOSED)
    yield started
    started.stop()


@pytest.fixture(scope="session")
def ada(hub):
    """A student whose server runs."""
    return entered(hub, "ada")


@pytest.fixture(scope="session")
def ben(hub):
    """Another student whose server runs."""
    return entered(hub, "ben")
