"""A student's work on a hub outlives the night, and each part of the hub that is killed."""

import json

import pytest

MINE = "00_start_here.ipynb"


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


def solve(kernel):
    """Solve an exercise, and make a mistake that is recognised in another."""
    said, _ = kernel.run(
        "from lessons.practice import check, answers, exercises\n"
        "one = exercises('03')[0]\n"
        "print(check(one.name, answers.solution(one).answer).passed, one.name)"
    )
    assert said.startswith("True"), said
    return said.split()[1]


def test_work_and_progress_are_there_the_next_day(hub, ada):
    """The culler stops a server by the same request."""
    hers = ada.kernel()
    name = solve(hers)
    hers.close()
    save(ada, "my answer")
    assert hub.api("DELETE", "users/ada/server").status_code in (202, 204)
    hub.wait_until(lambda: state_of(hub, "ada") is None)
    hub.wait_until(lambda: hub.processes("ipykernel_launcher", user="ada") == [])
    ada.open_server()
    assert saved(hub, "ada") == "my answer"
    again = ada.kernel()
    assert again.run("from lessons.practice import progress; print(progress().done)")[0] == "1\n"
    assert (hub.home("ada") / "lessons" / "progress.txt").read_text() == f"{name}\n"
    again.close()


@pytest.mark.slow
def test_a_killed_kernel_is_started_again(hub, ada):
    hers = ada.kernel()
    save(ada, "before the kernel died")
    before = {each.pid for each in hub.kernels("ada")}
    for each in hub.kernels("ada"):
        each.kill()
    seconds = hub.wait_until(
        lambda: {each.pid for each in hub.kernels("ada")} - before and runs(hers)
    )
    print(f"kernel killed: back after {seconds:.1f} s")
    assert saved(hub, "ada") == "before the kernel died"
    hers.close()


def runs(kernel):
    """Whether a kernel computes; what was asked of one that has ended is asked again."""
    try:
        return kernel.run("print(6 * 7)", seconds=5)[0] == "42\n"
    except TimeoutError:
        return False


@pytest.mark.slow
def test_a_request_that_has_no_end_is_given_up(ada):
    hers = ada.kernel()
    with pytest.raises(TimeoutError, match="after 1 s"):
        hers.run("import time; time.sleep(60)", seconds=1)
    hers.close()


@pytest.mark.slow
def test_a_killed_proxy_is_back_and_knows_every_server(hub, ada):
    save(ada, "before the proxy died")
    hub.kill("proxy").wait()
    seconds = hub.wait_until(lambda: reached(ada))
    print(f"proxy killed: back after {seconds:.1f} s")
    assert saved(hub, "ada") == "before the proxy died"


def reached(student):
    """Whether a student's server answers through the proxy."""
    try:
        return student.ask("GET", "api/status").status_code == 200
    except OSError:
        return False


@pytest.mark.slow
def test_a_killed_hub_is_not_noticed_by_who_works(hub, ada):
    hers = ada.kernel()
    server = hub.server("ada").pid
    dead = hub.kill("hub")
    dead.wait()
    assert runs(hers)
    save(ada, "while the hub was dead")
    seconds = hub.wait_until(hub.answers)
    print(f"hub killed: back after {seconds:.1f} s")
    hub.wait_until(lambda: state_of(hub, "ada") and state_of(hub, "ada")["ready"])
    assert hub.server("ada").pid == server
    assert runs(hers)
    assert saved(hub, "ada") == "while the hub was dead"
    hers.close()


@pytest.mark.slow
def test_a_killed_server_is_noticed_and_started_with_one_click(hub, ada):
    save(ada, "before the server died")
    hub.server("ada").kill()
    noticed = hub.wait_until(lambda: state_of(hub, "ada") is None)
    started = hub.wait_until(lambda: ada.open_server().ok)
    print(f"server killed: noticed after {noticed:.1f} s, back {started:.1f} s later")
    assert saved(hub, "ada") == "before the server died"
    hers = ada.kernel()
    assert runs(hers)
    hers.close()


@pytest.mark.slow
def test_a_full_disk_says_so_and_keeps_what_was_saved(ben):
    """A quota that is reached looks the same: the student's home is a disk of its own."""
    save(ben, "the last that fitted")
    path = f"api/contents/lessons/{MINE}"
    content = ben.ask("GET", path).json()["content"]
    his = ben.kernel()
    said, _ = his.run("open('fill', 'wb').write(b'x' * 10**8)")
    assert "No space left" in said
    content["cells"][0]["source"] = "too much" * 1000
    body = {"type": "notebook", "format": "json", "content": content}
    assert ben.ask("PUT", path, json=body).status_code == 500
    his.run("import os; os.remove('fill')")
    his.close()
    cell = ben.ask("GET", path).json()["content"]["cells"][0]
    assert cell["source"] == "the last that fitted"
    save(ben, "room again")
