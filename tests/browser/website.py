"""The site as a web server gives it, and a lesson that runs there, for the tests."""

import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from .lab import PATIENCE

START = 6 * PATIENCE  # seconds: Python is fetched and compiled in the page
CELLS = """() => {
    const { widgets } = window.jupyterapp.shell.currentWidget.content;
    return widgets.filter((cell) => cell.model.type === "code");
}"""
FINISHED = f"() => ({CELLS})().every((cell) => cell.model.executionCount)"
ERRORS = f"""() => ({CELLS})().flatMap((cell) =>
    cell.model.outputs.toJSON()
        .filter((output) => output.output_type === "error" || output.name === "stderr")
        .map((output) => [cell.model.id, output.evalue ?? output.text]))"""
TEXT_OF = f"""(id) => ({CELLS})().filter((cell) => cell.model.id === id).flatMap((cell) =>
    cell.model.outputs.toJSON().map((output) =>
        output.data?.["text/plain"] ?? output.text ?? output.evalue)).join("\\n")"""


class Handler(SimpleHTTPRequestHandler):
    """Types as GitHub Pages gives them; nothing is logged."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".whl": "application/octet-stream",
    }

    def log_message(self, *told):
        pass


class Site:
    """A folder served on 127.0.0.1, on a port of its own."""

    def __init__(self, folder):
        self.server = ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(Handler, directory=folder)
        )
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/"

    def stop(self):
        """Serve no more: a page that asks is refused."""
        self.server.shutdown()
        self.server.server_close()


def open_live(page, site, lesson):
    """Open a lesson in the live edition, wait until its Python answers; return its frame."""
    page.goto(f"{site.url}lite/open.html?lesson={lesson}")
    page.wait_for_selector("body[data-ready]", timeout=1000 * START)
    return page.frame(url=lambda url: "/notebooks/" in url)


def run_all(frame):
    """Run all cells of the lesson that is open, and wait for the last."""
    frame.evaluate("() => void window.jupyterapp.commands.execute('notebook:run-all-cells')")
    frame.wait_for_function(FINISHED, timeout=1000 * START)


def run_code(frame, code):
    """Run code in a cell of its own at the end of the lesson; return its output as text."""
    frame.evaluate(
        """async (code) => {
            const { commands, shell } = window.jupyterapp;
            const { content } = shell.currentWidget;
            content.activeCellIndex = content.widgets.length - 1;
            await commands.execute("notebook:insert-cell-below");
            content.activeCell.model.sharedModel.setSource(code);
            window.ran = commands.execute("notebook:run-cell").then(() => true);
        }""",
        code,
    )
    last = f"({CELLS})().at(-1)"
    frame.wait_for_function(f"() => {last}.model.executionCount", timeout=1000 * START)
    return frame.evaluate(TEXT_OF, frame.evaluate(f"() => {last}.model.id"))
