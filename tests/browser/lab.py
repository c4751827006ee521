"""A real JupyterLab, and one of its notebooks open in a browser, for the tests in this folder."""

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

TOKEN = "only-for-this-test-run"
FOLDERS = {
    "JUPYTER_CONFIG_DIR": "config",
    "JUPYTER_DATA_DIR": "data",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "JUPYTERLAB_SETTINGS_DIR": "settings",
    "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    "IPYTHONDIR": "ipython",
}
NO_POPUPS = {"fetchNews": "false", "checkForUpdates": False}

# Cells that are run before the kernel has answered once are dropped without a word.
KERNEL_ANSWERS = """async () => {
    const { context, sessionContext } = window.jupyterapp.shell.currentWidget;
    await context.ready;
    await sessionContext.ready;
    await sessionContext.session.kernel.info;
}"""

# The page asks a fresh kernel for the widgets that are there. On a slow machine that was answered
# in the middle of a cell: with a widget that was half made, and stayed so.
WIDGETS_RESTORED = """async milliseconds => {
    const { content } = window.jupyterapp.shell.currentWidget;
    const type = "application/vnd.jupyter.widget-view+json";
    const manager = await content.rendermime.createRenderer(type)._manager.promise;
    const end = performance.now() + milliseconds;
    while (!manager.restoredStatus) {
        if (performance.now() > end) throw new Error("the widgets were not restored");
        await new Promise(done => setTimeout(done, 20));
    }
}"""
SCROLL_TO = """async id => {
    const { content } = window.jupyterapp.shell.currentWidget;
    const index = content.widgets.findIndex(cell => cell.model.id === id);
    if (index < 0) throw new Error(`no cell ${id}`);
    await content.scrollToItem(index, "center");
    return index;
}"""
KERNEL_SAYS = """async expression => {
    const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
    const said = { code: "", user_expressions: { said: expression } };
    const reply = await kernel.requestExecute(said).done;
    return reply.content.user_expressions.said.data["text/plain"];
}"""
# What the page has told the kernel and the kernel has not done yet, counted from the opening on.
COUNT_UNANSWERED = """() => {
    const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
    const unanswered = kernel.unanswered = new Set();
    kernel.anyMessage.connect((_, { msg, direction }) => {
        if (direction === "send" && msg.channel === "shell") unanswered.add(msg.header.msg_id);
        const idle = msg.header.msg_type === "status" && msg.content.execution_state === "idle";
        if (idle) unanswered.delete(msg.parent_header.msg_id);
    });
}"""
# Twice in a row: a slider that was moved meanwhile tells where it is after the answer.
ANSWERED = """async milliseconds => {
    const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
    const end = performance.now() + milliseconds;
    const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    for (let quiet = 0; quiet < 2; quiet = kernel.unanswered.size ? 0 : quiet + 1) {
        if (performance.now() > end) throw new Error("the kernel has not answered the page");
        await frame();
    }
}"""
PATIENCE = 60  # seconds for what takes one: no test is one of the machine's speed


def write_notebook(path, cells):
    """Write a notebook of these cells for the kernel that the lessons use."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, path)


def wait_for_server(runtime, process, seconds=2 * PATIENCE):
    """Return what a starting JupyterLab writes about itself, its `url` and `token` among it."""
    deadline = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < deadline:
        for written in Path(runtime).glob("jpserver-*.json"):
            if written.read_text().endswith("}"):
                return json.loads(written.read_text())
        time.sleep(0.1)
    raise RuntimeError(f"no server after {seconds} s, exit status {process.poll()}")


def wait_until(page, holds, seen=lambda: None):
    """Wait until something holds, meanwhile letting the page's events arrive; else say what is."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, seen()
        page.wait_for_timeout(50)


class Server:
    """JupyterLab on 127.0.0.1, on a port it finds itself, all its own folders under `home`."""

    def __init__(self, root, home):
        self.root = Path(root)
        self.home = Path(home)
        environment = os.environ | {name: str(home / part) for name, part in FOLDERS.items()}
        environment["LESSONS_PROGRESS"] = str(home / "progress.txt")
        notification = home / "settings/@jupyterlab/apputils-extension"
        notification.mkdir(parents=True)
        (notification / "notification.jupyterlab-settings").write_text(json.dumps(NO_POPUPS))
        self.log = (home / "server.log").open("wb")
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
                "--expose-app-in-browser",
                "--ServerApp.ip=127.0.0.1",
                f"--ServerApp.root_dir={root}",
                f"--IdentityProvider.token={TOKEN}",
            ],
            env=environment,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        self.url = wait_for_server(home / "runtime", self.process)["url"]

    def stop(self):
        """Ask the server to stop, which also ends its kernels, and wait until it has."""
        self.process.terminate()
        self.process.wait(timeout=PATIENCE)
        self.log.close()


# JupyterLab 4.6 on a busy machine: a toolbar that is filled before it is attached. No harm is done.
KNOWN = ("Cannot read properties of null (reading 'observe')",)


@dataclass
class Record:
    """All that a page asked for and complained about, from its first request on."""

    requests: list = field(default_factory=list)
    console_errors: list = field(default_factory=list)
    page_errors: list = field(default_factory=list)

    @classmethod
    def of(cls, page):
        record = cls()
        page.on("request", lambda request: record.requests.append(request.url))
        page.on("websocket", lambda socket: record.requests.append(socket.url))
        page.on("console", record._console)
        page.on("pageerror", record._page_error)
        return record

    def _page_error(self, error):
        if str(error) not in KNOWN:
            self.page_errors.append(str(error))

    def _console(self, message):
        if message.type == "error":
            self.console_errors.append(f"{message.text} ({message.location.get('url', '')})")

    def outside(self, inside=("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")):
        """Requests that were meant for another host."""
        return [url for url in self.requests if not url.startswith(inside)]


class Notebook:
    """One notebook, open in one browser page; `page` is Playwright's own page for all else.

    A page that JupyterLab is in already opens the notebook there; `leave` is told the page at the
    end.
    """

    def __init__(self, page, server, path, leave=lambda page: page.close()):
        self.page = page
        self.path = path
        self.leave = leave
        self.record = Record.of(page)
        if page.url.startswith(server.url):
            self.command("docmanager:open", path=path)
        else:
            page.goto(f"{server.url}lab/tree/{path}?reset&token={TOKEN}")
        page.wait_for_selector("#jupyterlab-splash", state="detached")
        page.wait_for_selector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook .jp-Cell")
        self.started()

    def command(self, name, **arguments):
        """Execute a JupyterLab command, as its menu entry or key does, and wait for its end."""
        self.page.evaluate(
            "async ([name, args]) => { await window.jupyterapp.commands.execute(name, args); }",
            [name, arguments],
        )

    def started(self):
        """Wait until the notebook that has just been opened has a kernel that answers."""
        self.page.evaluate(KERNEL_ANSWERS)
        self.page.evaluate(WIDGETS_RESTORED, 1000 * PATIENCE)
        self.page.evaluate(COUNT_UNANSWERED)
        self.wait_idle()

    def wait_idle(self, seconds=5 * PATIENCE):
        """Wait until the kernel has nothing left to do."""
        self.page.wait_for_selector(
            ".jp-NotebookPanel:not(.lm-mod-hidden) "
            ".jp-Notebook-ExecutionIndicator[data-status='idle']",
            state="attached",
            timeout=seconds * 1000,
        )

    def run_all(self):
        """Run all cells and wait until the last is done and the kernel is idle."""
        self.command("notebook:run-all-cells")
        self.wait_idle()

    def says(self, expression):
        """Return what the kernel says that an expression is, as its `repr`."""
        return self.page.evaluate(KERNEL_SAYS, expression)

    def model(self, expression):
        """Evaluate JavaScript over `cells`, the notebook model's cells as plain objects."""
        return self.page.evaluate(
            "() => { const cells = window.jupyterapp.shell.currentWidget.model.toJSON().cells;"
            f" return {expression}; }}"
        )

    def errors(self):
        """Every output that is an error or on stderr, as (cell id, what it says)."""
        outputs = self.model("cells.flatMap(c => (c.outputs || []).map(o => [c.id, o]))")
        bad = [
            (i, o) for i, o in outputs if o["output_type"] == "error" or o.get("name") == "stderr"
        ]
        return [(cell, o.get("evalue") or o.get("text")) for cell, o in bad]

    def counts(self):
        """Execution counts of the code cells, in order."""
        return self.model("cells.filter(c => c.cell_type == 'code').map(c => c.execution_count)")

    def cell(self, cell_id):
        """Scroll to the cell with this id and return it as a locator."""
        index = self.page.evaluate(SCROLL_TO, cell_id)
        cell = self.page.locator(
            f".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell[data-windowed-list-index='{index}']"
        )
        cell.wait_for()
        return cell

    def slider(self, label, within=None):
        """The handle (role slider) of the slider with this label; focus it, then press keys."""
        exact = self.page.locator(
            ".widget-label", has_text=re.compile(rf"^\s*{re.escape(label)}\s*$")
        )
        sliders = (within or self.page).locator(".widget-slider").filter(has=exact)
        return sliders.first.locator(".noUi-handle")

    def number(self, name, within=None):
        """Value of the explorer readout's number with this attribute name, at full precision."""
        place = (within or self.page).locator(f".lessons-number[data-name='{name}'] data")
        return float(place.first.get_attribute("value"))

    def pictures(self, within=None):
        """How many pictures the first explorer has shown."""
        canvas = (within or self.page).locator(".lessons-picture canvas").first
        return int(canvas.get_attribute("data-pictures") or 0)

    def wait_for_new_picture(self, old, within=None):
        """Wait until the first explorer has shown more pictures than `old`."""
        canvas = (within or self.page).locator(".lessons-picture canvas").first.element_handle()
        self.page.wait_for_function(
            "([canvas, old]) => Number(canvas.dataset.pictures) > old", arg=[canvas, old]
        )

    def theme(self, name):
        """Switch to `JupyterLab Light` or `JupyterLab Dark`."""
        self.command("apputils:change-theme", theme=name)
        light = str("Light" in name).lower()
        self.page.wait_for_selector(f"body[data-jp-theme-light='{light}']", state="attached")
        self.page.wait_for_selector("#jupyterlab-splash", state="detached")  # it covers the page

    def answered(self):
        """Wait until the kernel has done all that the page has told it, by key or by hand.

        An explorer of the kernel may still be drawing then, and the page has pictures to show.
        """
        self.page.evaluate(ANSWERED, 1000 * PATIENCE)

    def wait_until(self, holds, seen=lambda: None):
        """Wait until something holds, or else say what is seen."""
        wait_until(self.page, holds, seen)

    def close(self):
        """Shut this notebook's kernel down and close it without a question; leave the page."""
        self.page.evaluate("""async () => {
            const panel = window.jupyterapp.shell.currentWidget;
            await panel.sessionContext.shutdown();
            panel.dispose();
        }""")
        self.leave(self.page)
