"""Nobody on a hub gets in where they do not belong; where a guard is taken away, they do.

Each attack is one function. On the hub of a class it has to fail; on one without the guards it has
to succeed, else it would prove nothing.
"""

import stat

import pytest
import websocket

from .conftest import USERS
from .hub import Hub
from .student import entered

# Runs in the attacker's kernel. ZeroMQ takes any subscriber on a port that is not encrypted.
LISTEN = """
import re, subprocess, zmq
found = set()
for line in open("/proc/net/tcp"):
    fields = line.split()
    if fields[3] == "0A":
        found.add((int(fields[1].split(":")[1], 16), int(fields[7])))
ports = [port for port, owner in found if owner == {uid}]
poller, sockets = zmq.Poller(), []
for port in ports:
    socket = zmq.Context.instance().socket(zmq.SUB)
    socket.linger = 0
    socket.subscribe(b"")
    socket.connect(f"tcp://127.0.0.1:{{port}}")
    poller.register(socket, zmq.POLLIN)
    sockets.append(socket)
print(len(ports), "ports")
"""
HEARD = """
heard = b"".join(b"".join(s.recv_multipart()) for _ in range(5) for s, _ in poller.poll(200))
print("secret" if b"only for ada" in heard else "")
"""
REMOVED = """
c.Spawner.args = ["--StudentNotebooks.folder=lessons"]  # neither extension nor encryption
c.Spawner.default_url = "/lab"
c.Spawner.pre_spawn_hook = lambda spawner: None
c.Spawner.mem_limit, c.Spawner.cpu_limit = "8G", 2.0
c.Spawner.environment = {"JUPYTERHUB_ALLOW_TOKEN_IN_URL": "1"}
import os
os.umask(0o022)
BoundedSpawner.processes = 4096
"""


@pytest.fixture(scope="session")
def without_guards(machine):
    """A hub that was configured without the fragment's guards."""
    started = Hub(USERS, afterwards=REMOVED)
    yield started
    started.stop()


def kernel_of(student, path=""):
    """Return a new kernel of a student, which this test closes."""
    answer = student.ask("POST", "api/kernels", json={"path": path})
    return student.kernel(answer.json()["id"])


def reads_files(hub, ada, ben):
    """Let the one read what is in the other's home, by name and by listing it."""
    hers = kernel_of(ada)
    hers.run("open('diary.txt', 'w').write('only for ada'); open('progress.txt', 'w').write('x')")
    his = kernel_of(ben)
    home = hub.home("ada")
    read = [his.run(f"print(open('{home}/{name}').read())")[0] for name in ("diary.txt",)]
    read.append(his.run(f"import os; print(os.listdir('{home}'))")[0])
    hers.close()
    his.close()
    return ["Error" not in each for each in read]


def hears_pictures(hub, ada, ben):
    """Let the one listen at the ports of the other's kernel while it shows something."""
    hers, his = kernel_of(ada), kernel_of(ben)
    uid = hub.home("ada").stat().st_uid
    ports, _ = his.run(LISTEN.format(uid=uid))
    assert int(ports.split()[0]) >= 5, ports  # of a kernel: else there is nothing to listen at
    heard = ""
    for _ in range(10):  # who has just begun to listen misses what is said
        hers.run("print('only for ada')")
        heard = heard or his.run(HEARD)[0].strip()
    hers.close()
    his.close()
    return [heard == "secret"]


def reads_the_hubs_database(hub, ada, ben):
    """Let a student open what the hub keeps."""
    his = kernel_of(ben)
    names = ("hub.sqlite",)
    read = [his.run(f"print(len(open('{hub.folder}/state/{n}', 'rb').read()))")[0] for n in names]
    his.close()
    return ["Error" not in each for each in read]


def takes_all_memory(hub, ada, ben):
    """Let a student write to two gigabytes of memory, a piece at a time."""
    his = kernel_of(ben)
    code = "pieces = []\nfor _ in range(20):\n    pieces.append(b'x' * 10**8)\nprint('all mine')"
    asked = his.send("execute_request", {"code": code, "silent": False})
    written = [content.get("text", "").strip() for content in until_dead_or_done(his, asked)]
    his.close()
    return ["all mine" in written]


def until_dead_or_done(kernel, asked):
    """Messages until a request is done, or the kernel was ended and started again."""
    said = []
    while True:
        message = kernel.receive()
        state = message["content"].get("execution_state")
        said.append(message["content"])
        mine = message["parent_header"].get("msg_id") == asked
        if state in ("restarting", "dead", "autorestarting") or (mine and state == "idle"):
            return said


def starts_many_processes(hub, ada, ben):
    """Let a student start 400 processes that only wait."""
    his = kernel_of(ben)
    code = (  # Python from 3.12 on warns of a fork beside threads
        "import os, signal, warnings\nwarnings.simplefilter('ignore')\nchildren = []\n"
        "try:\n"
        "    for _ in range(400):\n"
        "        child = os.fork()\n"
        "        if not child:\n"
        "            signal.pause(); os._exit(0)\n"
        "        children.append(child)\n"
        "except OSError: pass\n"
        "for child in children: os.kill(child, 9); os.waitpid(child, 0)\n"
        "print(len(children))"
    )
    said, _ = his.run(code)
    his.close()
    return [int(said) == 400]


ATTACKS = (
    reads_files,
    hears_pictures,
    reads_the_hubs_database,
    takes_all_memory,
    starts_many_processes,
)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_a_student_of_a_class_does_not_get_in(hub, ada, ben, attack):
    assert not any(attack(hub, ada, ben))


@pytest.mark.slow
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_without_the_guard_the_same_student_gets_in(without_guards, attack):
    ada, ben = entered(without_guards, "ada"), entered(without_guards, "ben")
    assert all(attack(without_guards, ada, ben))


def test_a_student_cannot_use_anothers_server_or_kernel(hub, ada, ben):
    hers = kernel_of(ada, "lessons/")
    assert ada.ask("GET", "api/contents/lessons").status_code == 200
    for path in ("api/contents/lessons/progress.txt", "api/kernels", "lab", "terminals/1"):
        assert ben.ask("GET", path, of="ada").status_code in (302, 403, 404), path
    with pytest.raises(websocket.WebSocketBadStatusException):
        ben.kernel(hers.id, of="ada")
    ada.kernel(hers.id).close()  # the same address, by her own hand
    hers.close()


def test_a_wrong_password_and_an_unknown_name_stay_outside(hub, ada):
    assert type(ada)(hub.address, "ada").log_in("guessed") == 403
    assert type(ada)(hub.address, "eve").log_in() == 403


def test_a_token_in_an_address_opens_nothing(hub, ada):
    assert "token" not in ada.session.get(f"{ada.base}/lab", timeout=60).url
    visitor = type(ada)(hub.address, "ben")
    hers = visitor.session.get(
        f"{ada.base}/api/contents?token={hub.token}", allow_redirects=False, timeout=60
    )
    assert hers.status_code in (302, 403)
    assert hub.api("GET", "users").ok  # the token itself is good


def test_what_the_hub_writes_is_its_own(hub, ada):
    for path in (hub.folder / "state").iterdir():
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path.name


def test_a_new_student_finds_the_lessons_and_the_teacher_the_notes(hub, ada):
    names = {each["name"] for each in ada.ask("GET", "api/contents/lessons").json()["content"]}
    assert {"00_start_here.ipynb", "10_reading_the_sketch.ipynb"} <= names
    assert '"outputs": []' in (hub.home("ada") / "lessons" / "03_binary_gradient.ipynb").read_text()
    page = ada.session.get(f"{ada.base}/", timeout=60)
    assert page.url.endswith("/lab/tree/lessons/00_start_here.ipynb")
