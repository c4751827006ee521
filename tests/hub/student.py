"""A student of a hub without a browser: its pages by HTTP, a kernel by its WebSocket."""

import json
import re
import time
import uuid
from urllib.parse import urlsplit

import requests
import websocket
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)

from .hub import PASSWORD, PATIENCE


class Student:
    """Someone with a browser's cookies, logged in to a hub.

    Parameters
    ----------
    hub : address of the hub, such as http://127.0.0.1:8000.
    name : user's name.
    """

    def __init__(self, hub, name):
        self.hub, self.name = hub, name
        self.session = requests.Session()

    @property
    def base(self):
        """Address of the student's own server."""
        return f"{self.hub}/user/{self.name}"

    def log_in(self, password=PASSWORD):
        """Log in; return the answer's status, 200 if that worked."""
        form = self.session.get(f"{self.hub}/hub/login", timeout=PATIENCE)
        fields = {"username": self.name, "password": password, "_xsrf": hidden(form.text)}
        answer = self.session.post(
            f"{self.hub}/hub/login?next=%2Fhub%2Fhome", data=fields, timeout=PATIENCE
        )
        return answer.status_code

    def open_server(self):
        """Start the server as the page does, wait until it is ready, and enter it."""
        page = self.session.get(f"{self.hub}/hub/spawn/{self.name}", timeout=PATIENCE)
        end = time.monotonic() + PATIENCE
        while not urlsplit(page.url).path.startswith(f"/user/{self.name}"):
            if time.monotonic() > end:
                said = " ".join(
                    " ".join(re.findall(r"<p[ >].*?</p>", page.text, re.DOTALL)).split()
                )
                raise TimeoutError(
                    f"no server of {self.name}: {page.status_code}, {page.url}, {said}"
                )
            time.sleep(0.3)
            page = self.session.get(f"{self.base}/lab", timeout=PATIENCE)
        return page

    def ask(self, method, path, of=None, **arguments):
        """Ask a server's API, one's own or that of another user; return the answer."""
        headers = {"X-XSRFToken": self.xsrf()} | arguments.pop("headers", {})
        address = f"{self.hub}/user/{of or self.name}/{path}"
        return self.session.request(
            method, address, headers=headers, timeout=PATIENCE, allow_redirects=False, **arguments
        )

    def xsrf(self):
        """Return the token against forged requests that the server's pages carry."""
        for cookie in self.session.cookies:
            if cookie.name == "_xsrf" and cookie.path.startswith(f"/user/{self.name}"):
                return cookie.value
        return ""

    def kernel(self, kernel_id=None, of=None):
        """Start a kernel in the lessons' folder, or connect to one that runs."""
        if kernel_id is None:
            kernel_id = self.ask("POST", "api/kernels", json={"path": "lessons/"}).json()["id"]
        cookies = "; ".join(
            f"{cookie.name}={cookie.value}"
            for cookie in self.session.cookies
            if f"/user/{of or self.name}/".startswith(cookie.path)
        )
        address = f"{self.hub}/user/{of or self.name}/api/kernels/{kernel_id}/channels"
        return Kernel(kernel_id, address.replace("http", "ws", 1), cookies, self.hub)


def entered(hub, name):
    """Log a student in, whose server is started."""
    student = Student(hub.address, name)
    assert student.log_in() == 200
    student.open_server()
    return student


def hidden(page):
    """Token of a page's form."""
    return re.search(r'name="_xsrf"\s+value="([^"]+)"', page)[1].replace("&#x3D;", "=")


class Kernel:
    """A kernel as JupyterLab speaks to it: in the same protocol, what a hand does in a subshell."""

    def __init__(self, kernel_id, address, cookies, origin):
        self.id, self.session, self.subshell = kernel_id, uuid.uuid4().hex, None
        self.socket = websocket.create_connection(
            f"{address}?session_id={self.session}",
            cookie=cookies,
            origin=origin,
            timeout=PATIENCE,
            subprotocols=["v1.kernel.websocket.jupyter.org"],
        )

    def send(self, kind, content, channel="shell"):
        """Send a message; return its id."""
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "session": self.session}
        header |= {"username": "", "version": "5.4", "date": "2026-01-01T00:00:00Z"}
        if kind == "comm_msg":
            header["subshell_id"] = self.subshell
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        packed = serialize_msg_to_ws_v1(message, channel, lambda part: json.dumps(part).encode())
        self.socket.send_binary(packed)
        return header["msg_id"]

    def receive(self):
        """Return the next message, whatever it answers."""
        frame = self.socket.recv()
        if not frame:
            raise websocket.WebSocketConnectionClosedException("the server closed the connection")
        _, parts = deserialize_msg_from_ws_v1(frame)
        names = ("header", "parent_header", "metadata", "content")
        message = dict(zip(names, map(json.loads, parts[:4]), strict=True))
        return message | {"buffers": parts[4:]}

    def messages(self, of, seconds=PATIENCE):
        """Yield what the kernel says about one request, until it is idle again.

        A request that a kernel took with it when it was killed has no end: a TimeoutError.
        """
        end = time.monotonic() + seconds
        while True:
            self.socket.settimeout(max(0.01, end - time.monotonic()))
            try:
                message = self.receive()
            except websocket.WebSocketTimeoutException as late:
                raise TimeoutError(f"no end of a request after {seconds} s") from late
            if message["parent_header"].get("msg_id") != of:
                continue
            yield message
            if message["content"].get("execution_state") == "idle":
                return

    def run(self, code, seconds=PATIENCE):
        """Run code; return all that it showed as text, and all messages."""
        asked = {"code": code, "silent": False, "store_history": False, "user_expressions": {}}
        asked |= {"allow_stdin": False, "stop_on_error": True}
        said = list(self.messages(self.send("execute_request", asked), seconds))
        shown = [message["content"] for message in said]
        texts = [each.get("text") or each.get("data", {}).get("text/plain", "") for each in shown]
        errors = [f"{each['ename']}: {each['evalue']}" for each in shown if "ename" in each]
        return "".join(texts + errors[:1]), said

    def open_subshell(self):
        """Ask for the subshell in which widgets' messages are answered, beside a running cell."""
        asked = self.send("create_subshell_request", {}, channel="control")
        while self.subshell is None:
            reply = self.receive()
            if reply["parent_header"].get("msg_id") == asked:
                self.subshell = reply["content"].get("subshell_id")

    def close(self):
        """Leave the kernel."""
        self.socket.close()
