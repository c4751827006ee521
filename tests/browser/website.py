"""The site as a web server gives it, and a lesson that runs there, for the tests."""

import functools
import threading
from http.server import ThreadingHTTPServer
from queue import Queue

from .firefox import Reporting
from .lab import PATIENCE

START = 6 * PATIENCE  # seconds: Python is fetched and compiled in the page
CELLS = """() => {
    const { widgets } = window.jupyterapp.shell.currentWidget.content;
    return widgets.filter((cell) => cell.model.type === "code");
}"""
RUN_ALL = "() => void window.jupyterapp.commands.execute('notebook:run-all-cells')"
# Run code in a new cell at the end; its id.
RUN_CODE = """async (code) => {
    const { commands, shell } = window.jupyterapp;
    const { content } = shell.currentWidget;
    content.activeCellIndex = content.widgets.length - 1;
    await commands.execute("notebook:insert-cell-below");
    content.activeCell.model.sharedModel.setSource(code);
    const { id } = content.activeCell.model;
    window.ran = commands.execute("notebook:run-cell").then(() => true);
    return id;
}"""
RAN = f"(id) => ({CELLS})().find((cell) => cell.model.id === id).model.executionCount"
# Press keys on each explorer's first slider; the ids of those whose numbers or words do not follow.
STILL = """async () => {
    const { content } = window.jupyterapp.shell.currentWidget;
    const within = async (seconds, holds) => {
        for (let n = 0; n < 2 * seconds && !holds(); n += 1)
            await new Promise((done) => setTimeout(done, 500));
        return holds();
    };
    const still = [];
    for (const [index, { model, node }] of content.widgets.entries()) {
        if (model.type !== "code" || !/^\\w+Explorer\\(/m.test(model.sharedModel.source)) continue;
        await content.scrollToItem(index, "center");
        const root = () => node.querySelector(".lessons-explorer");
        const handle = () => root()?.querySelector("[role=slider]");
        const picture = () => root()?.querySelector("canvas[data-pictures]");
        const says = () => picture().getAttribute("aria-label") + root().textContent;
        const press = () => {
            const at = (end) => Number(handle().getAttribute(`aria-value${end}`));
            const key = at("now") < at("max") ? "ArrowRight" : "ArrowLeft";
            handle().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
        };
        const there = await within(30, () => picture() && handle());
        const before = there && says();
        const follows = () => says() !== before || press();
        if (!there || !(await within(30, follows))) still.push(model.id);
    }
    return still;
}"""
FINISHED = f"() => ({CELLS})().every((cell) => cell.model.executionCount)"
ERRORS = f"""() => ({CELLS})().flatMap((cell) =>
    cell.model.outputs.toJSON()
        .filter((output) => output.output_type === "error" || output.name === "stderr")
        .map((output) => [cell.model.id, output.evalue ?? output.text]))"""
TEXT_OF = f"""(id) => ({CELLS})().filter((cell) => cell.model.id === id).flatMap((cell) =>
    cell.model.outputs.toJSON().map((output) =>
        output.data?.["text/plain"] ?? output.text ?? output.evalue)).join("\\n")"""


class Handler(Reporting):
    """Types as GitHub Pages gives them, and pages of the tests' own."""

    extensions_map = Reporting.extensions_map | {
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".whl": "application/octet-stream",
    }

    def do_GET(self):  # the name is the library's
        page = self.server.pages.get(self.path)
        if page is None:
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(self.path))
        self.end_headers()
        return self.wfile.write(page)


class Site:
    """A folder served on 127.0.0.1, on a port of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.server = ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(Handler, directory=folder)
        )
        self.server.pages, self.server.reports = {}, Queue()
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
    frame.evaluate(RUN_ALL)
    frame.wait_for_function(FINISHED, timeout=1000 * START)


def run_code(frame, code):
    """Run code in a cell of its own at the end of the lesson; return its output as text."""
    cell = frame.evaluate(RUN_CODE, code)
    frame.wait_for_function(RAN, arg=cell, timeout=1000 * START)
    return frame.evaluate(TEXT_OF, cell)
