"""A student's work on a hub outlives the night, and each part of the hub that is killed."""

import re

import class_progress
import pytest

from .faults import FAULTS, MEANWHILE, MINE, runs, save, saved, state_of
from .hub import Hub
from .student import entered


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


def test_the_table_of_a_class_asks_the_hub_who_its_students_are(hub, ada, monkeypatch, capsys):
    hers = ada.kernel()
    name = solve(hers)
    hers.run("open('share-progress.txt', 'w').write('share: yes')")
    hers.close()
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", hub.token)
    where = [f"--hub={hub.address}/hub/api", f"--homes={hub.folder}/home/{{}}"]
    assert class_progress.main([*where, f"--html={hub.folder}/class.html"]) == 0
    told = capsys.readouterr().out
    assert "1 of 2 students share" in told  # the teacher is none
    assert re.search(rf"^03 +{name} +1 +100 %", told, re.MULTILINE)
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", "guessed")
    assert class_progress.main(where) == 1
    assert "scope list:users" in capsys.readouterr().err


# The culler that TLJH and the chart run, in seconds for their hour.
CULLER = """
import sys
c.Spawner.environment = {"JUPYTERHUB_ACTIVITY_INTERVAL": "1"}
c.JupyterHub.services.append({
    "name": "culler",
    "command": [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=20", "--cull-every=1"],
})
c.JupyterHub.load_roles.append({
    "name": "culler",
    "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
    "services": ["culler"],
})
"""


@pytest.mark.slow
def test_a_server_that_nobody_uses_is_stopped_and_one_that_is_used_is_not(machine):
    hub = Hub(("ada", "ben"), afterwards=CULLER)
    try:
        ben = entered(hub, "ben")
        save(ben, "before the night")
        ada = entered(hub, "ada")
        hers = ada.kernel()
        server = hub.server("ada").pid

        def is_stopped():
            assert runs(hers)  # she goes on
            return state_of(hub, "ben") is None

        hub.wait_until(is_stopped)
        assert hub.server("ada").pid == server
        ben.open_server()
        assert saved(hub, "ben") == "before the night"
        hers.close()
    finally:
        hub.stop()


@pytest.mark.slow
@pytest.mark.parametrize("killed", FAULTS)
def test_what_is_killed_is_back_and_saved_work_is_whole(hub, ada, killed):
    """How soon, under the load of a class, `make bench-hub` prints: tests measure no time."""
    kill, _ = FAULTS[killed]
    before = f"before the {killed} died"
    save(ada, before)
    kill(hub, ada)
    assert saved(hub, "ada") == (MEANWHILE if killed == "hub" else before)
    hers = ada.kernel()
    assert runs(hers)
    hers.close()


@pytest.mark.slow
def test_a_request_that_has_no_end_is_given_up(ada):
    hers = ada.kernel()
    with pytest.raises(TimeoutError, match="after 1 s"):
        hers.run("import time; time.sleep(60)", seconds=1)
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
