"""A real JupyterHub with its proxy and real users, on loopback, that leaves nothing behind."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import npm_packages
import psutil
import requests

ROOT = Path(__file__).resolve().parents[2]
CONFIG = Path(__file__).with_name("jupyterhub_config.py")
MACHINE = Path(__file__).with_name("machine.py")
FRAGMENT = ROOT / "deploy" / "lessons_hub.py"
PASSWORD = "only-for-this-test-run"
PATIENCE = 300  # seconds, for what takes five: no test is one of the machine's speed
NAMESPACES = ("--mount", "--propagation=private", "--pid", "--fork", "--mount-proc", "--kill-child")


def why_no_users():
    """Sentence on why this machine cannot have users of its own for a test, or ""."""
    if os.geteuid() != 0:
        return "making users for a test takes root"
    if shutil.which("unshare") is None or shutil.which("useradd") is None:
        return "there is no unshare or no useradd here"
    tried = subprocess.run(["unshare", *NAMESPACES, "true"], capture_output=True, text=True)
    return tried.stderr.strip()


def free_ports(count):
    """Ports that nothing listens on, all different."""
    taken = [socket.socket() for _ in range(count)]
    for each in taken:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in taken]
    for each in taken:
        each.close()
    return ports


class Hub:
    """A hub that runs until `stop`.

    Parameters
    ----------
    users : names of the users that it knows.
    notebooks : folder that students' notebooks are made from.
    quota : {user's name: size of the disk that holds the home}, such as {"ben": "40m"}.
    afterwards : Python that changes the configuration after the fragment, such as to take a guard
        away.
    """

    def __init__(self, users, notebooks=ROOT / "notebooks", quota=None, afterwards=""):
        self.users = tuple(users)
        self.folder = Path(tempfile.mkdtemp(prefix="lessons-hub-"))
        self.folder.chmod(0o711)
        for name in ("home", "state"):
            (self.folder / name).mkdir(mode=0o755)
        public, hub, api = free_ports(3)
        self.address = f"http://127.0.0.1:{public}"
        self.token = secrets.token_hex(16)
        proxy = npm_packages.program("configurable-http-proxy")
        binaries = Path(sys.executable).parent
        self.settings = {
            "folder": str(self.folder),
            "users": self.users,
            "password": PASSWORD,
            "quota": quota or {},
            "notebooks": str(notebooks),
            "fragment": str(FRAGMENT),
            "afterwards": afterwards,
            "address": self.address,
            "hub_address": f"http://127.0.0.1:{hub}",
            "proxy_api": f"http://127.0.0.1:{api}",
            "proxy_token": secrets.token_hex(16),
            "token": self.token,
            "cgroup": self.folder.name,
            "readable": [sys.base_prefix, str(ROOT), str(notebooks)],
            "commands": {
                "proxy": [
                    shutil.which("node"),
                    str(proxy),
                    f"--port={public}",
                    "--ip=127.0.0.1",
                    f"--api-port={api}",
                    "--api-ip=127.0.0.1",
                    f"--default-target=http://127.0.0.1:{hub}",
                    f"--error-target=http://127.0.0.1:{hub}/hub/error",
                ],
                "hub": [str(binaries / "jupyterhub"), f"--config={CONFIG}"],
            },
        }
        settings = self.folder / "settings.json"
        settings.write_text(json.dumps(self.settings))
        settings.chmod(0o600)
        command = ["unshare", *NAMESPACES, sys.executable, str(MACHINE), str(settings)]
        with (self.folder / "machine.log").open("wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            self.wait_until(self.answers)
        except BaseException:
            self.stop()
            raise

    def answers(self):
        """Whether hub and proxy answer."""
        if self.process.poll() is not None:
            raise RuntimeError(f"the hub's machine has ended:\n{self.log('machine')}")
        try:
            return requests.get(f"{self.address}/hub/api", timeout=PATIENCE).ok
        except requests.ConnectionError:
            return False

    def wait_until(self, holds):
        """Wait until something holds, and return the seconds it took."""
        start = time.perf_counter()
        while not holds():
            if time.perf_counter() - start > PATIENCE:
                raise TimeoutError(f"waited in vain for {holds}; the hub said:\n{self.log('hub')}")
            time.sleep(0.2)
        return time.perf_counter() - start

    def log(self, name):
        """Last lines of what the hub, the proxy or their machine said."""
        path = self.folder / f"{name}.log"
        return path.read_text(errors="replace")[-6000:] if path.exists() else ""

    def home(self, user):
        """Return a user's home."""
        return self.folder / "home" / user

    def api(self, method, path, **arguments):
        """Ask the hub's API with the right to list users, and to start and stop servers."""
        headers = {"Authorization": f"token {self.token}"}
        return requests.request(
            method, f"{self.address}/hub/api/{path}", headers=headers, timeout=PATIENCE, **arguments
        )

    def processes(self, *words, user=None):
        """Processes of this hub's machine whose command has these words, and whose user is this."""
        found = []
        for process in psutil.Process(self.process.pid).children(recursive=True):
            try:
                told = " ".join(process.cmdline())
                owner = process.environ().get("USER")
            except psutil.Error:
                continue
            if all(word in told for word in words) and user in (None, owner):
                found.append(process)
        return found

    def server(self, user):
        """Process of a user's server."""
        (process,) = self.processes("jupyterhub-singleuser", user=user)
        return process

    def kernels(self, user):
        """Processes of a user's kernels."""
        return self.processes("ipykernel_launcher", user=user)

    def kill(self, name):
        """Kill the hub or the proxy, which its machine starts anew; return the process."""
        word = {"hub": "bin/jupyterhub ", "proxy": "configurable-http-proxy"}[name]
        (process,) = self.processes(word)
        process.send_signal(signal.SIGKILL)
        return process

    def stop(self):
        """End all of its processes and remove what it wrote."""
        for child in psutil.Process(self.process.pid).children():
            child.kill()  # the first process of the namespace, and with it all others
        self.process.wait()
        for cgroup in Path("/sys/fs/cgroup").glob(f"**/{self.folder.name}"):
            for each in (*cgroup.iterdir(), cgroup):
                if each.is_dir():
                    each.rmdir()
        shutil.rmtree(self.folder)
