"""Renew constraints.txt: install everything into a fresh environment and write it down.

Run `make test` afterwards; a version that breaks it gets an upper bound in pyproject.toml.
"""

import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from series import ROOT

HEADER = """\
# The exact version of everything that any road to the lessons installs; `make upgrade` renews it.
# colorama and pywinpty are installed on Windows only, appnope on macOS only.
"""
ELSEWHERE = {"appnope": "macosx_11_0_arm64", "colorama": "win_amd64", "pywinpty": "win_amd64"}


def pip(python: str, *arguments: str) -> list[str]:
    """Lines that pip prints; its errors go to the terminal."""
    command = [python, "-m", "pip", "--disable-pip-version-check", *arguments]
    return subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    ).stdout.splitlines()


def newest_elsewhere(python: str, name: str, platform: str) -> str:
    """Pin of the newest version of a package that this system does not install."""
    options = ["--dry-run", "--no-deps", "--only-binary=:all:", f"--platform={platform}"]
    printed = "\n".join(pip(python, "install", *options, "--target=unused", name))
    version = re.search(rf"Would install {name}-(\S+)", printed)[1]
    return f"{name}=={version}"


def installed(python: str) -> list[str]:
    """Pins of what is installed, pip too; a local version such as 2.13.0+cpu loses its suffix."""
    lines = pip(python, "freeze", "--exclude-editable", "--all", "--exclude=setuptools")
    return [line.split("+")[0] for line in lines if "==" in line]


def main() -> int:
    """Write constraints.txt anew."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True, upgrade_deps=True)
        python = str(Path(folder) / "bin" / "python")
        pip(python, "install", "--quiet", "-e", ".[bench,site]")
        pins = set(installed(python))
        pins |= {newest_elsewhere(python, *each) for each in ELSEWHERE.items()}
    text = HEADER + "\n".join(sorted(pins, key=str.lower)) + "\n"
    (ROOT / "constraints.txt").write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
