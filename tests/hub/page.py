"""A student of a hub in a real browser: logs in, waits for the server, opens a lesson."""

from types import SimpleNamespace

from tests.browser.lab import Notebook

from .hub import PASSWORD, PATIENCE

# Configuration by which a hub's pages let a test ask JupyterLab itself.
EXPOSED = 'c.Spawner.args.append("--LabApp.expose_app_in_browser=True")\n'


def log_in(page, hub, name):
    """Log in by the form, and wait until JupyterLab shows lesson 00."""
    page.goto(f"{hub}/hub/login")
    page.fill("#username_input", name)
    page.fill("#password_input", PASSWORD)
    page.click("#login_submit")
    page.wait_for_url(f"{hub}/user/{name}/lab/**", timeout=1000 * PATIENCE)
    page.wait_for_selector(".jp-NotebookPanel .jp-Notebook .jp-Cell", timeout=1000 * PATIENCE)
    page.wait_for_selector("#jupyterlab-splash", state="detached")


def open_lesson(page, hub, name, lesson):
    """Open a lesson beside what is open already, by its file's name; return it as a `Notebook`."""
    server = SimpleNamespace(url=f"{hub}/user/{name}/")
    return Notebook(page, server, f"lessons/{lesson}")
