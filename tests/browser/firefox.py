"""Firefox without a driver: a page walks by its own script, and reports to its server."""

import contextlib
import json
import os
import shutil
import subprocess
from http.server import SimpleHTTPRequestHandler

import pytest

from .lab import PATIENCE

BROWSERS = ("firefox", "firefox-esr")
# No host but this machine: the proxy that all others are asked for through does not exist.
ALONE = """
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "127.0.0.1");
user_pref("network.proxy.http_port", 9);
user_pref("network.proxy.ssl", "127.0.0.1");
user_pref("network.proxy.ssl_port", 9);
"""


class Reporting(SimpleHTTPRequestHandler):
    """Serves a folder, and puts what is posted into the server's `reports`."""

    def do_POST(self):  # the name is the library's
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()
        self.server.reports.put(json.loads(body))

    def log_message(self, *_):
        """Stay quiet."""


@contextlib.contextmanager
def firefox(address, home, width, height):
    """Have Firefox open a page while the context lasts; the test is skipped where there is none."""
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        pytest.skip("no Firefox here")
    (home / "user.js").write_text(ALONE, encoding="utf-8")
    size = [f"--width={width}", f"--height={height}"]
    browser = subprocess.Popen(
        [executable, "--headless", "--no-remote", "--profile", home, *size, address],
        env=os.environ | {"HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        browser.terminate()
        browser.wait(timeout=PATIENCE)
