"""A Jupyter server with the lessons sends each message to a page at once."""

import json
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler

from lessons import prompt_connection
from lessons.prompt_connection import PromptConnection

CLASS = "kernel_websocket_connection_class"
# A server that says what its pages are connected by, and does not begin to serve.
ASK = """
import json, sys
from jupyter_server.serverapp import ServerApp
server = ServerApp(port_retries=50)
server.initialize(["--ServerApp.open_browser=False", "--allow-root", *sys.argv[1:]])
print(json.dumps(server.web_app.settings["kernel_websocket_connection_class"].__name__))
"""


def connection_of_a_server(tmp_path, *options):
    folders = {f"JUPYTER_{each}_DIR": str(tmp_path) for each in ("CONFIG", "DATA", "RUNTIME")}
    command = [sys.executable, "-c", ASK, *options]
    environment = os.environ | folders
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def test_a_server_of_this_environment_uses_it_unless_it_is_switched_off(tmp_path):
    off = "--ServerApp.jpserver_extensions=lessons.prompt_connection=False"
    assert connection_of_a_server(tmp_path) == "PromptConnection"
    assert connection_of_a_server(tmp_path, off) == "ZMQChannelsWebsocketConnection"


def test_a_connection_that_a_server_was_given_is_left_to_it():
    class Own(ZMQChannelsWebsocketConnection):
        pass

    for given, used in ((ZMQChannelsWebsocketConnection, PromptConnection), (Own, Own)):
        app = SimpleNamespace(web_app=SimpleNamespace(settings={CLASS: given}))
        prompt_connection._load_jupyter_server_extension(app)
        assert app.web_app.settings[CLASS] is used


@pytest.mark.parametrize(
    ("connection", "expected"),
    [(PromptConnection, [True, "connected"]), (ZMQChannelsWebsocketConnection, ["connected"])],
)
def test_the_delay_is_off_before_anything_is_sent(connection, expected, monkeypatch):
    done = []
    monkeypatch.setattr(
        ZMQChannelsWebsocketConnection, "connect", lambda self: done.append("connected")
    )
    monkeypatch.setattr(KernelWebsocketHandler, "set_nodelay", lambda self, on: done.append(on))
    made = connection.__new__(connection)
    made.websocket_handler = KernelWebsocketHandler.__new__(KernelWebsocketHandler)
    made.connect()
    assert done == expected
