"""Fetch the npm packages that slides/package.json pins, without what they themselves depend on.

The hub's proxy, which deploy/package.json pins, is a program and comes with what it depends on.
"""

import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from series import ROOT

PINS = ROOT / "slides" / "package.json"
HUB_PINS = ROOT / "deploy" / "package.json"
STORE = ROOT / "build" / "npm"


class MissingNpmError(RuntimeError):
    """npm is not installed, or could not fetch a package; the text says what to do."""


def pinned() -> dict[str, str]:
    """Return the exact version of each package."""
    return json.loads(PINS.read_text(encoding="utf-8"))["dependencies"]


def fetch(name: str, version: str, target: Path) -> None:
    """Unpack one package from the registry that npm is configured for into a new folder.

    Raises
    ------
    MissingNpmError
        If there is no npm, or it fails.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise MissingNpmError(
            "Offline slides need npm, which comes with Node.js (nodejs.org), to fetch what they "
            "carry inside. Install it and run make slides again."
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        command = [npm, "pack", "--silent", f"--pack-destination={folder}", f"{name}@{version}"]
        if subprocess.call(command, cwd=folder, stdout=subprocess.DEVNULL) != 0:
            raise MissingNpmError(f"npm could not fetch {name} {version}: is there a network?")
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        move_into_place(Path(folder) / "package", target)


def move_into_place(unpacked: Path, target: Path) -> None:
    """Rename a folder, content if another process has put the same one there meanwhile."""
    try:
        os.rename(unpacked, target)
    except OSError:
        if not target.is_dir():
            raise


def package(name: str) -> Path:
    """Return the folder of a pinned package, fetched on first use."""
    version = pinned()[name]
    target = STORE / f"{name.replace('/', '__')}-{version}"
    if not target.is_dir():
        fetch(name, version, target)
    return target


def program(name: str) -> Path:
    """Return the file that Node.js runs as a pinned package's command, installed on first use.

    Raises
    ------
    MissingNpmError
        If there is no npm, or it fails.
    """
    version = json.loads(HUB_PINS.read_text(encoding="utf-8"))["dependencies"][name]
    target = STORE / f"program-{name}-{version}"
    if not target.is_dir():
        npm = shutil.which("npm")
        if npm is None:
            raise MissingNpmError(f"{name} needs Node.js and its npm (nodejs.org): install them.")
        STORE.mkdir(parents=True, exist_ok=True)
        folder = tempfile.mkdtemp(dir=STORE)
        try:
            quiet = ["--silent", "--no-audit", "--no-fund", "--no-package-lock"]
            command = [npm, "install", *quiet, f"--prefix={folder}", f"{name}@{version}"]
            if subprocess.call(command, cwd=folder, stdout=subprocess.DEVNULL) != 0:
                raise MissingNpmError(f"npm could not fetch {name} {version}: is there a network?")
            os.chmod(folder, 0o755)
            move_into_place(Path(folder), target)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return (target / "node_modules" / ".bin" / name).resolve()


def text(name: str, path: str) -> str:
    """Return one file of a package, safe within a script or style element of an HTML page."""
    content = (package(name) / path).read_text(encoding="utf-8")
    return content.replace("</script", r"<\/script").replace("<!--", r"<\!--")
