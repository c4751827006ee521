"""First process of a machine of its own for a hub: users, a proxy, a hub, each kept alive.

Run by `unshare` (tests/hub/hub.py) in new mount and process namespaces, so that the users exist for
these processes alone, and all of them end with this one.
"""

import json
import os
import pwd
import subprocess
import sys
from pathlib import Path


def reachable(path):
    """Let every user enter a folder below one that is closed to them, such as root's home.

    The closed one is covered by an empty folder that holds nothing but the way to this one.
    """
    closed = next((p for p in reversed(path.parents) if not p.stat().st_mode & 0o001), None)
    if closed is None:
        return
    aside = Path(FOLDER, "aside")
    aside.mkdir()
    subprocess.run(["mount", "--bind", path, aside], check=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", closed], check=True)
    path.mkdir(parents=True)
    subprocess.run(["mount", "--move", aside, path], check=True)
    aside.rmdir()


def add_users():
    """Make the users in a copy of /etc, which these processes see in place of the real one."""
    etc = Path(FOLDER, "etc")
    subprocess.run(["cp", "-a", "/etc", etc], check=True)
    subprocess.run(["mount", "--bind", etc, "/etc"], check=True)
    for name in SETTINGS["users"]:
        home = Path(FOLDER, "home", name)
        subprocess.run(["useradd", "--create-home", "--home-dir", home, name], check=True)
        if name in SETTINGS["quota"]:
            owner = pwd.getpwnam(name)
            options = f"size={SETTINGS['quota'][name]},uid={owner.pw_uid},gid={owner.pw_gid}"
            subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", home], check=True)
        home.chmod(0o755)  # as many systems leave it
    passwords = "".join(f"{name}:{SETTINGS['password']}\n" for name in SETTINGS["users"])
    subprocess.run(["chpasswd"], input=passwords, text=True, check=True)


def start(name):
    """Start the proxy or the hub, its words appended to a log."""
    state = Path(FOLDER, "state")
    with Path(FOLDER, f"{name}.log").open("ab") as log:
        return subprocess.Popen(
            SETTINGS["commands"][name], cwd=state, stdout=log, stderr=log, env=os.environ | OWN
        )


if __name__ == "__main__":
    SETTINGS = json.loads(Path(sys.argv[1]).read_text())
    FOLDER = SETTINGS["folder"]
    OWN = {
        "LESSONS_TEST_HUB": sys.argv[1],
        "CONFIGPROXY_AUTH_TOKEN": SETTINGS["proxy_token"],
        # What another user may not enter cannot be found on a path of theirs.
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]),
        "HOME": "/",
    }
    for needed in SETTINGS["readable"]:
        reachable(Path(needed))
    add_users()
    running = {start(name).pid: name for name in SETTINGS["commands"]}
    while True:
        ended, _ = os.wait()  # orphans as well: this is the first process
        if ended in running:
            name = running.pop(ended)
            running[start(name).pid] = name
