"""Faults of a hub: each function makes one and returns how long a student misses what it killed.

What is back for a student is asked as often as a page would; saved work is looked at on the disk.
"""

import json

MINE = "00_start_here.ipynb"
MEANWHILE = "while the hub was dead"  # what is saved then


def state_of(hub, user):
    """What the hub says of a user's server, None while there is none."""
    return hub.api("GET", f"users/{user}").json()["servers"].get("")


def save(student, text):
    """Save a notebook as JupyterLab does."""
    content = student.ask("GET", f"api/contents/lessons/{MINE}").json()["content"]
    content["cells"][0]["source"] = text
    body = {"type": "notebook", "format": "json", "content": content}
    assert student.ask("PUT", f"api/contents/lessons/{MINE}", json=body).ok


def saved(hub, user):
    """Source of the first cell on the disk."""
    notebook = json.loads((hub.home(user) / "lessons" / MINE).read_text())
    return "".join(notebook["cells"][0]["source"])


def runs(kernel):
    """Whether a kernel computes; what was asked of one that has ended is asked again."""
    try:
        return kernel.run("print(6 * 7)", seconds=5)[0] == "42\n"
    except TimeoutError:
        return False


def reached(student):
    """Whether a student's server answers through the proxy."""
    try:
        return student.ask("GET", "api/status").status_code == 200
    except OSError:
        return False


def kill_kernel(hub, student):
    """Kill a student's kernels; return the seconds until another computes in the same tab."""
    hers = student.kernel()
    before = {each.pid for each in hub.kernels(student.name)}
    for each in hub.kernels(student.name):
        each.kill()
    seconds = hub.wait_until(
        lambda: {each.pid for each in hub.kernels(student.name)} - before and runs(hers)
    )
    hers.close()
    return seconds


def kill_proxy(hub, student):
    """Kill the proxy; return the seconds until a student's server is reached through the next."""
    hub.kill("proxy").wait()
    return hub.wait_until(lambda: reached(student))


def kill_hub(hub, student):
    """Kill the hub, and see that who works does not notice; return the seconds until it is back."""
    hers = student.kernel()
    server = hub.server(student.name).pid
    hub.kill("hub").wait()
    assert runs(hers)
    save(student, MEANWHILE)
    seconds = hub.wait_until(hub.answers)
    hub.wait_until(lambda: (state_of(hub, student.name) or {}).get("ready"))
    assert hub.server(student.name).pid == server
    assert runs(hers)
    hers.close()
    return seconds


def kill_server(hub, student):
    """Kill a student's server; return the seconds until one click has started another.

    The hub has to notice first: until then the click leads to the dead one.
    """
    hub.server(student.name).kill()
    seconds = hub.wait_until(lambda: state_of(hub, student.name) is None)
    return seconds + hub.wait_until(lambda: student.open_server().ok)


# What is killed: how, and the seconds within which a student is to be back.
FAULTS = {
    "kernel": (kill_kernel, 3),
    "proxy": (kill_proxy, 3),
    "hub": (kill_hub, 10),
    "server": (kill_server, 15),
}
