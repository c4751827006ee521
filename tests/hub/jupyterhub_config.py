"""The tests' own hub: real users, real servers, the fragment that every class is served with.

Its settings are what tests/hub/hub.py writes to the file named in LESSONS_TEST_HUB.
"""

import json
import os
from pathlib import Path

from jupyterhub.spawner import LocalProcessSpawner

c = get_config()  # noqa: F821
SETTINGS = json.loads(Path(os.environ["LESSONS_TEST_HUB"]).read_text())


class BoundedSpawner(LocalProcessSpawner):
    """Servers as processes of their users, bounded by cgroups as systemd and Kubernetes do it.

    LocalProcessSpawner itself reads mem_limit and cpu_limit, and ignores them.
    """

    processes = 256
    period = 100_000  # microseconds

    def files(self, name):
        """Each limit: its file in a cgroup of its own, and the number to write there."""
        home = Path("/sys/fs/cgroup")
        quota = int(self.cpu_limit * self.period)
        if (home / "cgroup.controllers").exists():
            group = home / SETTINGS["cgroup"] / name
            return {
                group / "memory.max": self.mem_limit,
                group / "cpu.max": f"{quota} {self.period}",
                group / "pids.max": self.processes,
            }
        part = f"{SETTINGS['cgroup']}/{name}"
        return {
            home / "memory" / part / "memory.limit_in_bytes": self.mem_limit,
            home / "cpu" / part / "cpu.cfs_quota_us": quota,
            home / "pids" / part / "pids.max": self.processes,
        }

    def make_preexec_fn(self, name):
        """Enter the cgroups, then become the user."""
        become_user = super().make_preexec_fn(name)
        files = self.files(name)
        for path, limit in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(str(limit))
        groups = {path.parent / "cgroup.procs" for path in files}

        def enter():
            for group in groups:
                group.write_text(str(os.getpid()))
            become_user()

        return enter


c.JupyterHub.bind_url = SETTINGS["address"]
c.JupyterHub.hub_bind_url = SETTINGS["hub_address"]
c.JupyterHub.db_url = "sqlite:///hub.sqlite"
c.JupyterHub.spawner_class = BoundedSpawner
c.JupyterHub.authenticator_class = "pam"
c.PAMAuthenticator.open_sessions = False
c.Authenticator.allowed_users = set(SETTINGS["users"])
c.Authenticator.admin_users = {"teacher"}
c.ConfigurableHTTPProxy.should_start = False
c.ConfigurableHTTPProxy.api_url = SETTINGS["proxy_api"]
c.ConfigurableHTTPProxy.auth_token = SETTINGS["proxy_token"]
c.Spawner.start_timeout = c.Spawner.http_timeout = 120
c.StudentNotebooks.source = SETTINGS["notebooks"]
c.JupyterHub.services = [{"name": "asker", "api_token": SETTINGS["token"]}]
c.JupyterHub.load_roles = [
    {
        "name": "asker",
        "scopes": ["list:users", "read:servers", "servers", "delete:servers"],
        "services": ["asker"],
    }
]
load_subconfig(SETTINGS["fragment"])  # noqa: F821
exec(SETTINGS["afterwards"])
