"""Execute a lesson for its deck: outputs as a student sees them, each explorer as a film."""

import json
import os
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbclient import NotebookClient
from paths import slide_type
from series import CELL_SECONDS

WIDGET = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
REFERENCE = re.compile(r"IPY_MODEL_(\w+)")
SHOW_FILM = """\
from IPython.display import display as _display
from lessons.live.base import explorer as _explorer, film as _film
if isinstance(Out.get({0}), _explorer.Explorer):
    _display(_film.film(Out[{0}], **{1!r}))"""


def shown(cell) -> bool:
    """Tell whether a cell is on a slide."""
    return slide_type(cell) not in ("skip", "notes")


def environment(folder: Path) -> dict[str, str]:
    """Return a kernel's environment, in which nobody's progress with the exercises is touched."""
    return os.environ | {"LESSONS_PROGRESS": str(folder / "progress.txt")}


def run(notebook, folder: Path):
    """Return a notebook executed from the top in a folder, with films for explorers on slides.

    Every other widget is left out, since nothing would answer it: its picture or text stays.
    `metadata.widgets` holds the state of what the films consist of, and no more.
    """
    resources = {"metadata": {"path": str(folder)}}
    quiet = ["--log-level=ERROR"]  # every kernel would warn that it listens on this machine's TCP
    client = NotebookClient(
        notebook, timeout=CELL_SECONDS, resources=resources, extra_arguments=quiet
    )
    with TemporaryDirectory() as fresh, client.setup_kernel(env=environment(Path(fresh))):
        for index, cell in enumerate(notebook.cells):
            client.execute_cell(cell, index)
            if cell.cell_type == "code" and shown(cell):
                replace_by_film(client, cell, index)
        client.set_widgets_metadata()
    drop_other_widgets(notebook)
    return notebook


def replace_by_film(client, cell, index):
    """If a cell shows an explorer, let it show the explorer's film instead."""
    wanted = cell.metadata.get("lessons", {}).get("frames", {})
    source = SHOW_FILM.format(cell.execution_count, dict(wanted))
    film = client.nb.cells[index] = nbformat.v4.new_code_cell(source)
    client.execute_cell(film, index)
    client.nb.cells[index] = cell
    if film.outputs:
        cell.outputs = film.outputs
        cell.metadata["film"] = True


def drop_other_widgets(notebook):
    """Take every widget that is no film out of the outputs, and out of the stored state."""
    views = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            view = output.get("data", {}).get(WIDGET)
            if view and cell.metadata.get("film"):
                output.data = {WIDGET: view}
                views.append(view["model_id"])
            elif view:
                del output.data[WIDGET]
    stored = notebook.metadata.get("widgets", {}).get(STATE)
    if stored:
        stored["state"] = reachable(stored["state"], views)


def reachable(states: dict, models: list[str]) -> dict:
    """Return the states of some models, of all they refer to, and of the links among these."""
    kept, open_models = {}, list(models)
    while open_models:
        name = open_models.pop()
        if name not in kept:
            kept[name] = states[name]
            open_models += REFERENCE.findall(json.dumps(states[name]["state"]))
    for name, model in states.items():
        ends = [model["state"].get(end, [""])[0] for end in ("source", "target")]
        if all(end.removeprefix("IPY_MODEL_") in kept for end in ends):
            kept[name] = model
    return kept


def frame_count(notebook) -> int:
    """Return how many pictures the deck's films hold."""
    stored = notebook.metadata.get("widgets", {}).get(STATE, {"state": {}})
    names = [model["model_name"] for model in stored["state"].values()]
    return names.count("ImageModel")
