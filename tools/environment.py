"""Make .venv from the pinned versions: `python tools/environment.py [EXTRA]`.

The file is kept readable for every Python since 2.7, so that an old one is told what is missing in
a sentence instead of a traceback.
"""

import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(HERE, ".venv")
PINS = "constraints.txt"
LAB, LITE = "labextensions", "liteextensions"
OLDEST, NEWEST = (3, 11), (3, 14)
TESTS = r"[/\\]tests?[/\\]"  # other packages' own, a third of all files


def version_problem(version):
    """Sentence that says why a Python of this version cannot be used, or None."""
    if OLDEST <= tuple(version[:2]) <= NEWEST:
        return None
    return (
        "The lessons need Python {}.{} to {}.{}, and this is Python {}.{}. "
        "If another one is installed, name it: make lab PYTHON=python3.12"
    ).format(*(OLDEST + NEWEST + tuple(version[:2])))


def venv_problem():
    """Sentence that says which part of Python's own venv is missing, or None."""
    try:
        import ensurepip  # noqa: F401  # Debian and Ubuntu leave it out of python3
        import venv  # noqa: F401
    except ImportError:
        return (
            "This Python cannot make virtual environments. "
            "On Debian or Ubuntu install its missing part with: sudo apt install python3-venv"
        )
    return None


def venv_python():
    """Path of the interpreter inside .venv."""
    folder, name = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(VENV, folder, name)


def make_path_relative():
    """Write the path to src/ in .venv as seen from there, in ASCII alone.

    Python up to 3.12 reads such files in the encoding of the locale, and does not start where a
    folder above has a letter beyond it.
    """
    source = os.path.join(HERE, "src")
    for folder, _, names in os.walk(VENV):
        for name in names:
            path = os.path.join(folder, name)
            if name.endswith(".pth") and "lessons" in name:
                with open(path, "w") as file:
                    file.write(os.path.relpath(source, folder) + "\n")


def hide_from_jupyterlab():
    """Move the extensions of JupyterLite, which are the site's alone, out of JupyterLab's sight.

    JupyterLab loads whatever lies in the folder `labextensions`, and fails at these on every page.
    """
    shared = os.path.join(VENV, "share", "jupyter")
    seen, apart = (os.path.join(shared, name, "@jupyterlite") for name in (LAB, LITE))
    if os.path.isdir(seen):
        shutil.rmtree(apart, ignore_errors=True)
        shutil.move(seen, apart)


def install(extra):
    """Create .venv if need be and install the lessons, with the extra's packages, as pinned."""
    if not os.path.exists(venv_python()):
        subprocess.check_call([sys.executable, "-m", "venv", "--clear", VENV])
    python = [venv_python(), "-m"]
    pip = python + ["pip", "--disable-pip-version-check", "install", "--quiet", "-c", PINS]
    # The pip that comes with Python may be years old and take twice the time.
    subprocess.check_call(pip + ["pip"], cwd=HERE)
    target = ".[{}]".format(extra) if extra else "."
    subprocess.check_call(pip + ["--no-compile", "-e", target], cwd=HERE)
    make_path_relative()
    hide_from_jupyterlab()
    # pip would compile one file after the other. What is left out here is compiled when it is used.
    compiling = python + ["compileall", "-qq", "-j", "0", "-x", TESTS, VENV]
    subprocess.call(compiling, cwd=HERE)


def main(arguments):
    """Check this Python, then install; return an exit status."""
    problem = version_problem(sys.version_info) or venv_problem()
    if problem:
        sys.stderr.write(problem + "\n")
        return 1
    sys.stdout.write("Setting up .venv: a few minutes the first time, seconds later on.\n")
    sys.stdout.flush()
    try:
        install(arguments[0] if arguments else "")
    except subprocess.CalledProcessError as error:
        sys.stderr.write("Setting up stopped, for the reason above. Mend it and run make again.\n")
        return error.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
