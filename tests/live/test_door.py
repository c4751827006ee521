"""One door: its names are classes whatever was imported first, and SymPy waits to be asked for."""

import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

from lessons import colours, live

ROOT = Path(__file__).parents[2]
OURS = {colours.PREDICTION, colours.TARGET, colours.GRADIENT}


def test_no_module_hides_what_the_door_exports():
    for module in pkgutil.walk_packages(live.__path__, "lessons.live."):
        importlib.import_module(module.name)
    for name in live.__all__:
        assert isinstance(getattr(live, name), type), name


def test_an_unknown_name_is_refused_as_python_does():
    with pytest.raises(AttributeError, match=r"lessons\.live.*nothing"):
        _ = live.nothing
    assert set(live.__all__) < set(dir(live))


def test_explorers_load_no_sympy():
    code = "import sys, lessons.live; print('sympy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    "file",
    [
        "src/lessons/live/page.mplstyle",
        *(str(path.relative_to(ROOT)) for path in ROOT.glob("notebooks/*.ipynb")),
    ],
)
def test_files_that_cannot_import_the_colours_write_the_same(file):
    text = (ROOT / file).read_text(encoding="utf-8")
    cells = re.sub(r'"image/png": "[^"]*"', "", text)
    near = re.findall(r"\b(?:0072[0-9A-F]{2}|D55E[0-9A-F]{2}|009E[0-9A-F]{2})\b", cells, re.I)
    assert {f"#{each.upper()}" for each in near} <= OURS


def test_figures_of_the_notebooks_take_the_colours_in_their_order():
    style = (ROOT / "src/lessons/live/page.mplstyle").read_text(encoding="utf-8")
    cycle = re.search(r"prop_cycle.*\[(.*)\]", style)[1]
    first = [f"#{each}" for each in re.findall(r"[0-9A-F]{6}", cycle)[:3]]
    assert first == [colours.PREDICTION, colours.TARGET, colours.GRADIENT]


def test_formulas_of_a_page_take_the_colours_of_its_ground():
    style = (ROOT / "slides/jupyterlab/static/style.css").read_text(encoding="utf-8")
    blocks = re.findall(r"^(body.*) \{\n((?:  --lessons-\w+: #\w+;\n)+)\}", style, re.M)
    palettes = {"body": colours.LIGHT, 'body[data-jp-theme-light="false"]': colours.DARK}
    assert {ground for ground, _ in blocks} == set(palettes)
    for ground, lines in blocks:
        written = dict(re.findall(r"--lessons-(\w+): (#\w+);", lines))
        palette = palettes[ground]._asdict()
        assert written == {name: palette[name] for name in ("prediction", "target", "gradient")}
    for name in ("prediction", "target", "gradient"):
        base = getattr(colours, name.upper())
        parts = ", ".join(str(int(base[n : n + 2], 16)) for n in (1, 3, 5))
        rule = f'mjx-container [style*="rgb({parts})"] {{\n  color: var(--lessons-{name})'
        assert rule in style
