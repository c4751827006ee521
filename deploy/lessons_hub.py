"""JupyterHub configuration of a class, one fragment for every kind of hub.

The Littlest JupyterHub loads it from `jupyterhub_config.d/`, Zero to JupyterHub as
`hub.extraConfig`, and the tests' own hub with `load_subconfig`. Each of them has `c` ready; not all
of them show here what else is configured, so that is looked at when it is complete.
"""

# ruff: noqa: F821
import os
import shutil
from urllib.parse import urlsplit

from jupyterhub.app import JupyterHub

# Whoever knows the address would get in under any name, or everybody under everybody's.
UNSAFE = {"DummyAuthenticator", "SharedPasswordAuthenticator"}
LOOPBACK = ("127.0.0.1", "::1", "localhost")
MEMORY, CORES, PROCESSES = "1G", 1.0, 256  # of one student, where the platform names no limit

# What the hub writes (its database, its cookies' secret) is for nobody else on the machine.
os.umask(0o077)


def stop(sentence):
    """End the hub with one sentence."""
    raise SystemExit(f"lessons_hub: {sentence}")


def source_of_notebooks(config):
    """Folder of the lessons as a student's server sees it."""
    return config.StudentNotebooks.get("source", "/srv/lessons/notebooks")


def check_authenticator(hub):
    """Refuse an authenticator that lets a student in as another, except on this machine alone."""
    names = {each.__name__ for each in hub.authenticator_class.__mro__}
    if names & UNSAFE and urlsplit(hub.bind_url).hostname not in LOOPBACK:
        stop(
            f"the authenticator is {hub.authenticator_class.__name__}, with which a student can "
            "log in as any other. Set JupyterHub.authenticator_class to one that knows who they "
            "are; for a try on your own machine alone, set JupyterHub.bind_url to "
            "http://127.0.0.1:8000."
        )


def check_source(hub):
    """Refuse a folder that cannot be the same one for all students' servers."""
    source = source_of_notebooks(hub.config)
    if not os.path.isabs(str(source)):
        stop(
            "StudentNotebooks.source is to be the absolute path of the folder with the notebooks, "
            f"as students' servers see it, such as /srv/lessons/notebooks; got {source!r}."
        )


def check_proxy(hub):
    """Say how to get the proxy where the hub has to start one and cannot."""
    settings = hub.config.ConfigurableHTTPProxy
    if hub.proxy_class.__name__ != "ConfigurableHTTPProxy" or not settings.get(
        "should_start", True
    ):
        return
    command = settings.get("command", "configurable-http-proxy")
    program = command if isinstance(command, str) else command[0]
    if shutil.which(program) is None:
        stop(
            f"there is no proxy: {program!r} is not on the PATH. Install it with "
            "`npm install -g configurable-http-proxy`, or name it in ConfigurableHTTPProxy.command."
        )


def check(hub):
    """Look at a hub's whole configuration."""
    for part in (check_authenticator, check_source, check_proxy):
        part(hub)


def check_before(step, hub):
    """Make one step of a hub's start look at the configuration first."""

    def checked():
        check(hub)
        step()

    return checked


def prepare(spawner):
    """Give a server its lessons and its bounds."""
    wanted = [f"--StudentNotebooks.source={source_of_notebooks(spawner.config)}"]
    if spawner.user.admin:
        wanted.append("--StudentNotebooks.notes=True")  # an instructor's copy has the speaker notes
    spawner.args.extend(each for each in wanted if each not in spawner.args)
    spawner.mem_limit = spawner.mem_limit or MEMORY
    spawner.cpu_limit = spawner.cpu_limit or CORES
    # NumPy's library of matrix products starts a thread for each core of the machine, in every
    # kernel: on 64 of them four kernels would be above PROCESSES, and one core is all there is.
    spawner.environment.setdefault("OPENBLAS_NUM_THREADS", "1")
    if hasattr(spawner, "unit_extra_properties"):
        spawner.unit_extra_properties.setdefault("TasksMax", str(PROCESSES))


# The first step after all configuration is read, and before anything is written.
this_hub = JupyterHub.instance()
this_hub.init_secrets = check_before(this_hub.init_secrets, this_hub)

c.Spawner.pre_spawn_hook = prepare
c.Spawner.default_url = "/lab/tree/lessons/00_start_here.ipynb"
c.Spawner.args.extend(
    [
        # Puts the notebooks into the student's home, and closes it: lessons/student_server.py.
        "--ServerApp.jpserver_extensions=lessons.student_server=True",
        # Any user of the machine could read a kernel's pictures from its ports otherwise.
        "--KernelManager.transport_encryption=required",
        # A kernel that has ended is missed within a second; unless told, within three.
        "--KernelRestarter.time_to_dead=1.0",
    ]
)
c.SystemdSpawner.isolate_tmp = True

# Students' servers outlive their hub, one that ended can be started again soon, and a proxy that is
# new is told soon where they are (seconds).
c.JupyterHub.cleanup_servers = False
c.JupyterHub.last_activity_interval = 3  # it is when the proxy's routes are looked at
c.Spawner.poll_interval = 5
