"""One JupyterLab server and one Chromium for all browser tests of a worker; one page a lesson."""

import os
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from xdist.scheduler.loadscope import LoadScopeScheduling

from .lab import PATIENCE, Notebook, Record, Server
from .making import Workshop

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "notebooks"
LESSONS = sorted(NOTEBOOKS.glob("*.ipynb"))
STAGE = {"width": 1280, "height": 720}
BROWSERS = ("chromium", "google-chrome", "chromium-browser")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Keep the tests of a lesson on one worker, where its page is open already.

    `--dist loadgroup` would do it, but pytest-xdist 3.8 ignores its groups under pytest 9.2.
    """

    class ByLesson(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            lesson = re.search(r"\[(\d\d_\w+)", nodeid)
            return lesson[1] if lesson else nodeid.partition("::")[0]

    # A student's way is one test that takes as long as many a lesson's thirty: groups start in the
    # order of their files, and not those of most tests first.
    config.option.loadscopereorder = False
    return ByLesson(config, log)


def pytest_collection_modifyitems(items):
    """Everything in this folder needs a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


def pytest_generate_tests(metafunc):
    """Make a test that asks for `lesson_path` for each notebook, or for its module's `LESSON`.

    A module's `OFTEN` are the lessons for which it is run by `make test`.
    """
    if "lesson_path" in metafunc.fixturenames:
        number = getattr(metafunc.module, "LESSON", "")
        paths = [path for path in LESSONS if path.stem.startswith(number)]
        often = getattr(metafunc.module, "OFTEN", [path.stem[:2] for path in paths])
        marks = {path: [pytest.mark.slow] * (path.stem[:2] not in often) for path in paths}
        lessons = [pytest.param(path, id=path.stem, marks=marks[path]) for path in paths]
        metafunc.parametrize("lesson_path", lessons, scope="session")


@pytest.fixture(scope="session")
def chromium():
    """An installed Chromium, headless, for which every host but 127.0.0.1 does not exist."""
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        outcome = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        outcome(f"No browser: put one of {', '.join(BROWSERS)} on the PATH to run these tests.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=QUIET)
        browser.on("context", lambda context: context.set_default_timeout(2000 * PATIENCE))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def lab_server(tmp_path_factory):
    """A JupyterLab server whose root is a copy of `notebooks/`."""
    root = tmp_path_factory.mktemp("root")
    shutil.copytree(NOTEBOOKS, root, dirs_exist_ok=True)
    server = Server(root, tmp_path_factory.mktemp("home"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def open_notebook(chromium, lab_server):
    """Call with a path below the server's root (a lesson's file name); returns a `Notebook`.

    JupyterLab is loaded for the first, and again only where two are open at the same time: its
    loading takes as long as many a lesson's run.
    """
    context, free = chromium.new_context(viewport=STAGE), []

    def open_in_a_free_page(path):
        page = free.pop() if free else context.new_page()
        page.set_viewport_size(STAGE)
        return Notebook(page, lab_server, path, leave=free.append)

    yield open_in_a_free_page
    context.close()


@pytest.fixture(scope="session")
def record_of():
    """Call with a new page; returns a `Record` of what it asks for and complains about."""
    return Record.of


@pytest.fixture(scope="session")
def lesson(lesson_path, open_notebook):
    """A lesson of the series, opened and run from top to bottom once for all the tests on it."""
    notebook = open_notebook(lesson_path.name)
    notebook.run_all()
    yield notebook
    notebook.close()


@pytest.fixture(scope="session")
def workshop():
    """Where decks and handouts are made."""
    opened = Workshop()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def deck_file(lesson_path, workshop, tmp_path_factory):
    """A lesson's deck, made as `make slides` makes it."""
    folder = tmp_path_factory.mktemp("slides")
    assert workshop.make("slides", lesson_path.stem[:2], "--to", folder) == 0
    return folder / f"{lesson_path.stem}.html"
