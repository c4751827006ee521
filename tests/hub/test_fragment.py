"""deploy/lessons_hub.py looks at the whole configuration of a hub before the hub starts."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from jupyterhub.app import JupyterHub
from jupyterhub.auth import DummyAuthenticator, PAMAuthenticator
from traitlets.config import Config

ROOT = Path(__file__).resolve().parents[2]
FRAGMENT = ROOT / "deploy" / "lessons_hub.py"
EVERYWHERE, HERE = "http://:8000", "http://127.0.0.1:8000"


@pytest.fixture
def fragment():
    """Names that the fragment defines, with the configuration `c` that it writes."""
    umask = os.umask(0o022)
    names = {"c": Config()}
    exec(compile(FRAGMENT.read_text(), FRAGMENT.name, "exec"), names)
    yield SimpleNamespace(**names, umask=os.umask(umask))
    JupyterHub.clear_instance()


def hub_of(**sections):
    """Return a hub with a configuration, behind a proxy that is another's to start."""
    proxy = {"ConfigurableHTTPProxy": {"should_start": False}}
    return JupyterHub(config=Config(proxy | sections))


@pytest.mark.parametrize("address", [EVERYWHERE, "http://0.0.0.0:8000", "http://hub.example:80"])
@pytest.mark.parametrize(
    "authenticator", ["dummy", "jupyterhub.auth.DummyAuthenticator", DummyAuthenticator]
)
def test_a_hub_that_lets_a_student_in_as_another_does_not_start(fragment, authenticator, address):
    hub = hub_of(JupyterHub={"authenticator_class": authenticator, "bind_url": address})
    with pytest.raises(SystemExit, match=r"DummyAuthenticator, with which .* log in as any other"):
        fragment.check(hub)


def test_what_is_derived_from_such_an_authenticator_is_refused_as_well(fragment):
    class OneForAll(DummyAuthenticator):
        pass

    with pytest.raises(SystemExit, match="OneForAll"):
        fragment.check(hub_of(JupyterHub={"authenticator_class": OneForAll}))


@pytest.mark.parametrize(
    ("authenticator", "address"),
    [(PAMAuthenticator, EVERYWHERE), ("pam", EVERYWHERE), ("null", EVERYWHERE), ("dummy", HERE)],
)
def test_one_that_knows_its_students_or_is_for_this_machine_alone_starts(
    fragment, authenticator, address
):
    fragment.check(hub_of(JupyterHub={"authenticator_class": authenticator, "bind_url": address}))


def test_a_relative_folder_of_notebooks_is_refused_with_what_was_expected(fragment):
    with pytest.raises(SystemExit, match=r"absolute path .*; got 'notebooks'"):
        fragment.check(hub_of(StudentNotebooks={"source": "notebooks"}))


def test_a_hub_without_its_proxy_says_how_to_get_it(fragment):
    with pytest.raises(SystemExit, match=r"'no-such-proxy' is not on the PATH.*npm install"):
        fragment.check(hub_of(ConfigurableHTTPProxy={"command": ["no-such-proxy"]}))


def test_what_the_hub_writes_is_closed_to_others(fragment):
    assert fragment.umask == 0o077


def spawner(admin=False, **traits):
    user = SimpleNamespace(admin=admin)
    given = {"args": [], "mem_limit": None, "cpu_limit": None, "environment": {}}
    return SimpleNamespace(user=user, **given | {"config": Config()} | traits)


def test_a_platforms_own_limits_are_kept_and_others_are_set(fragment):
    free, bounded = spawner(), spawner(mem_limit=2**29, cpu_limit=0.5)
    for each in (free, bounded):
        fragment.c.Spawner.pre_spawn_hook(each)
    assert (free.mem_limit, free.cpu_limit) == (fragment.MEMORY, fragment.CORES)
    assert (bounded.mem_limit, bounded.cpu_limit) == (2**29, 0.5)


def test_systemd_bounds_the_number_of_processes(fragment):
    unit = spawner(unit_extra_properties={"Nice": "5"})
    fragment.prepare(unit)
    assert unit.unit_extra_properties == {"Nice": "5", "TasksMax": str(fragment.PROCESSES)}


def test_a_kernel_has_no_thread_for_each_core_of_the_machine_unless_somebody_asks(fragment):
    silent, asked = spawner(), spawner(environment={"OPENBLAS_NUM_THREADS": "4"})
    for each in (silent, asked):
        fragment.prepare(each)
    assert silent.environment == {"OPENBLAS_NUM_THREADS": "1"}
    assert asked.environment == {"OPENBLAS_NUM_THREADS": "4"}


def test_only_an_instructors_copy_keeps_the_speaker_notes(fragment):
    student, teacher = spawner(), spawner(admin=True)
    for _ in range(2):  # a spawner is used again the next day
        fragment.prepare(student)
        fragment.prepare(teacher)
    assert student.args == ["--StudentNotebooks.source=/srv/lessons/notebooks"]
    assert teacher.args == [*student.args, "--StudentNotebooks.notes=True"]


# As TLJH loads it, with a configuration of its own, and as the chart does, in the hub's.
LOADED = {
    "TLJH": f"load_subconfig({str(FRAGMENT)!r})",
    "the chart": f"exec(open({str(FRAGMENT)!r}).read())",
}


@pytest.mark.slow
@pytest.mark.parametrize("platform", [*LOADED, ""])
def test_every_platform_stops_with_one_sentence_and_writes_nothing(tmp_path, platform):
    config = tmp_path / "jupyterhub_config.py"
    unsafe = "c = get_config()\nc.JupyterHub.authenticator_class = 'dummy'\n"
    config.write_text(unsafe + LOADED.get(platform, ""))
    command = [sys.executable, "-m", "jupyterhub", f"--config={config}", "--show-config"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    refused = "lessons_hub: the authenticator is DummyAuthenticator" in done.stderr
    assert refused == bool(platform)
    assert "Traceback" not in done.stderr
    if platform:
        assert done.returncode == 1
        assert [each.name for each in tmp_path.iterdir()] == [config.name]
