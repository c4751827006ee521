"""Write what is printed for a class to build/paper: `python tools/paper.py [03 ...]`.

For each lesson a worksheet (its questions, room to write, no answers) and the teacher's key to it
(answers, why, and the thought behind each mistake that is known); for the series the votes, the
outcomes with points and minutes, a formula sheet of one page and a cheat sheet of the code.
"""

import inspect
import math
import re
import sys
from pathlib import Path

import nbformat
from npm_packages import MissingNpmError
from paths import by_slide, slide_type
from printing import browser, drawings, near_empty, print_page, whole
from series import LESSONS, ROOT, chosen, lesson, minutes
from votes import vote_sheets

from lessons import model
from lessons.practice import answers, exercises
from lessons.practice.feedback import inline_html
from lessons.proofs import FormulaSheet, derivation
from slides import arguments, assets, exporter, link_and_describe, title

CHECKED = re.compile(r'^check\("([a-z0-9-]+)"', re.MULTILINE)
FOLDED = re.compile(r"<details>.*?</details>", re.DOTALL)
TUTORED = re.compile(r'^TutorPanel\("([^"]+)"\)')
ON_PAPER = "Pencil and paper"  # a slide that leaves a proof to the class
PROVED = re.compile(r'^(?:DerivationReveal|derivation)\("([^"]+)"', re.MULTILINE)
# What is to be mended in the sketch is proved by these, every other task by its namesake.
PROVED_BY = {
    "sketch, B4": "binary, y = 1",
    "sketch, M3": "multiclass, both",
    "sketch, W2": "weights, row k = i",
}
EXERCISE = re.compile(r"^###? \d+ · ", re.MULTILINE)
LINKS = re.compile(r"\[([^\]]+)\]\([^)]*\.ipynb[^)]*\)")
# How many lines to write on, by the kind of exercise.
ROOM = {"write": 7, "mend": 4, "blank": 3, "predict": 4, "shapes": 4, "choose": 2}
HEAD = (
    "Name: ________________________\n\n*The questions of the lesson, in its own words. On the "
    "computer each answer is checked at once, and hints are given.*"
)
PREDICTION_ROOM, PROOF_ROOM = 4, 12
CHEAT_SHEET = (
    ("Probabilities", ("sigmoid", "softmax", "log_softmax")),
    ("Losses", ("binary_cross_entropy", "cross_entropy")),
    ("Gradients", ("binary_cross_entropy_gradient", "cross_entropy_gradient")),
    ("A linear model", ("linear", "linear_gradients", "loss_and_gradients", "fit")),
    ("Checking", ("check_gradient",)),
)
EXAMPLE = """\
>>> X, labels = np.array([[0.0, 1.0], [1.0, 0.0], [2.0, 2.0]]), np.array([0, 1, 1])
>>> W, b, losses = model.fit(X, labels, learning_rate=1.0, steps=100)
>>> W.shape, b.shape, losses.shape
((2, 2), (2,), (101,))
>>> loss, grad_W, grad_b = model.loss_and_gradients(X, labels, W, b)
>>> grad_W.shape == W.shape, grad_b.shape == b.shape, bool(loss == losses[-1])
(True, True, True)
>>> model.softmax(model.linear(X, W, b)).argmax(axis=-1)
array([0, 1, 1])"""
SECTION = re.compile(r"^(\w+)\n-+$", re.MULTILINE)
ARRAY = re.compile(r"^(?:(\w+) : )?((?:\w+ )?array\b.*|floating scalar)$", re.MULTILINE)
SIZES = (15, 14.5, 14, 13.5)  # of the type in px; a smaller one if a page would be near-empty
MOST_PAGES = {"formula_sheet": 1, "cheat_sheet": 2, "votes": 2}


def text(source: str):
    """Return a cell of text."""
    return nbformat.v4.new_markdown_cell(source)


def table(head, *rows) -> str:
    """Return a table as HTML: in one of Markdown's own, nothing can be raised or lowered."""
    lines = (
        "".join(f"<{tag}>{inline_html(entry)}</{tag}>" for entry in line)
        for tag, line in (("th", head), *(("td", row) for row in rows))
    )
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def room(lines: int):
    """Return lines to write on."""
    return text("\n".join(['<div class="room">', *["<hr>"] * lines, "</div>"]))


def question(cell):
    """Return a question's text, in one piece.

    What is folded away is an answer, what stands above an exercise's heading the lesson's text
    before it, and paper has no links.
    """
    asked = EXERCISE.search(cell.source)
    own = cell.source[asked.start() if asked else 0 :]
    return whole(LINKS.sub(r"\1", FOLDED.sub("", own)).strip())


def asked(notebook):
    """Return (cell of text, exercise or None, tutor's task or None) of each question in a lesson.

    A question is the text above an exercise, a slide that asks for a prediction or for a proof on
    paper, or the text above a proof of one's own.
    """
    known = {exercise.name: exercise for exercise in exercises()}
    found = []
    for before, cell in zip(notebook.cells, notebook.cells[1:], strict=False):
        if cell.cell_type == "code" and (checked := CHECKED.search(cell.source)):
            found.append((before, known[checked[1]], None))
        elif cell.cell_type == "code" and (tutored := TUTORED.match(cell.source)):
            found.append((before, None, tutored[1]))
        elif slide_type(cell) == "slide" and (predicts(cell) or ON_PAPER in cell.source):
            found.append((cell, None, None))
    return found


def predicts(cell) -> bool:
    """Tell whether a slide asks for a prediction."""
    return cell.id.startswith("predict")


def no_questions(path: Path) -> ValueError:
    """Return the error of a lesson without questions, which names those that have some."""
    numbers = sorted({exercise.lesson for exercise in exercises()})
    return ValueError(
        f"{path.name} has no questions for a worksheet; lessons {', '.join(numbers)} have"
    )


def lines_for(cell, exercise) -> int:
    """Return how many lines of writing a question needs."""
    if exercise:
        return ROOM[exercise.kind]
    return PREDICTION_ROOM if predicts(cell) else PROOF_ROOM


def worksheet(path: Path):
    """Return a notebook of a lesson's questions, each with room to write.

    Raises
    ------
    ValueError
        The lesson asks nothing.
    """
    notebook = nbformat.read(path, as_version=4)
    cells = [text(f"# {title(notebook)}: worksheet\n\n{HEAD}")]
    for cell, exercise, _ in asked(notebook):
        cells.append(question(cell))
        if exercise and exercise.kind in ("write", "mend", "shapes"):
            cells.append(nbformat.v4.new_code_cell(exercise.stub))
        cells.append(room(lines_for(cell, exercise)))
    if len(cells) == 1:
        raise no_questions(path)
    return nbformat.v4.new_notebook(cells=cells, metadata=notebook.metadata)


def notes_after(notebook, cell):
    """Return what the speaker's notes of a slide say, unfolded."""
    following = cells_after(notebook, cell)
    notes = next((c.source for c in following if slide_type(c) == "notes"), "")
    return re.sub(r"</?details>|<summary>.*?</summary>", "", notes).strip()


def cells_after(notebook, cell):
    """Return the cells that follow one."""
    return notebook.cells[notebook.cells.index(cell) + 1 :]


def proof_of(task):
    """Return the derivation that does what a task of the tutor asks for, with its reasons."""
    proof = derivation(PROVED_BY.get(task, task))
    ends = "Any chain of equal lines that ends at the goal, such as this one:"
    return text(f"{ends}\n\n{proof._repr_latex_()}")


def key_to(notebook, cell, exercise, task):
    """Return cells with the answer to a question, and what those who miss it think."""
    if task:
        return [proof_of(task)]
    if exercise is None:
        proofs = (PROVED.search(c.source) for c in cells_after(notebook, cell))
        shown = [] if predicts(cell) else [proof_of(next(filter(None, proofs))[1])]
        return [text(notes_after(notebook, cell)), *shown]
    solved = answers.solution(exercise)
    callable_ = callable(solved.answer)
    shown = inspect.getsource(solved.answer) if callable_ else f"{solved.answer!r}"
    thoughts = "".join(
        f"<li><em>{inline_html(m.name)}</em>: {inline_html(m.thought)}</li>"
        for m in exercise.mistakes
    )
    why = f"<p>{inline_html(solved.reasoning)}</p>"
    known = f"<h4>Known mistakes</h4><ul>{thoughts}</ul>"
    return [nbformat.v4.new_code_cell(shown.rstrip()), text(why + known)]


def key(path: Path):
    """Return a notebook of a lesson's questions with their answers."""
    notebook = nbformat.read(path, as_version=4)
    cells = [text(f"# {title(notebook)}: teacher's key")]
    for cell, exercise, task in asked(notebook):
        cells += [question(cell), *key_to(notebook, cell, exercise, task)]
    if len(cells) == 1:
        raise no_questions(path)
    return nbformat.v4.new_notebook(cells=cells, metadata=notebook.metadata)


def formula_sheet():
    """Return a notebook of one page: the results of the series, each from its derivation."""
    conditions = (
        "ŷ = softmax(z) or σ(z); y ≥ 0 with Σy = 1, one-hot with label i, or 0 ≤ y ≤ 1; "
        "W is (K, d), one row a class; a batch has one example a row."
    )
    cells = [text(f"# Formula sheet\n\n{conditions}\n\n{FormulaSheet()._repr_latex_()}")]
    return nbformat.v4.new_notebook(cells=cells)


def cheat_sheet():
    """Return a notebook of the functions of `lessons.model`, with shapes and examples of use."""
    cells = [text("# Cheat sheet: `lessons.model`\n\nGradients have the shape of the parameter.")]
    for heading, names in CHEAT_SHEET:
        rows = [_row(getattr(model, name)) for name in names]
        head = ("call", "what it returns, and shapes")
        cells.append(text(f"## {heading}\n\n{table(head, *rows)}"))
    imports = ">>> import numpy as np\n>>> from lessons import model"
    cells.append(text(f"## Together\n\n```\n{imports}\n{EXAMPLE}\n```"))
    return nbformat.v4.new_notebook(cells=cells)


def _row(function):
    """Return a table's row: the call without its type hints; what it says first, its shapes."""
    parameters = inspect.signature(function).parameters.values()
    bare = [one.replace(annotation=inspect.Parameter.empty) for one in parameters]
    call = f"{function.__name__}{inspect.Signature(bare)}"
    said = inspect.getdoc(function)
    return f"`{call}`", f"{said.splitlines()[0]}\n`{_shapes(said)}`"


def _shapes(said):
    """Return the shapes that a docstring gives, `z (..., K) → (..., K)`."""
    sections = dict(zip(*[iter(SECTION.split(said)[1:])] * 2, strict=True))
    given, returned = (
        ", ".join(_shape(*found) for found in ARRAY.findall(sections[name]))
        for name in ("Parameters", "Returns")
    )
    return f"{given} → {returned}" if returned else given


def _shape(name, kind):
    shapes = re.findall(r"shape (\([^)]*\))", kind)
    unnamed = "()" if "scalar" in kind else kind.removeprefix("array of ")
    return f"{name} {' or '.join(shapes) or unnamed}".strip()


def outcomes():
    """Return a notebook with what each exercise shows, its slide, its minutes and its points.

    Above them stands how long a lesson takes with its exercises, and how long the series.
    """
    total = _total(exercises(), chosen([]))
    cells = [text(f"# Outcomes, exercises, points\n\nAll lessons: {total}")]
    for path in with_questions():
        notebook = nbformat.read(path, as_version=4)
        own = exercises(path.name[:2])
        rows = [
            (e.skill, f"`{slide}`", f"`{e.name}`", f"{e.minutes}", f"{e.difficulty}")
            for slide, e in _slides_of_exercises(notebook)
        ]
        head = ("the student …", "slide", "exercise", "min", "points")
        parts = (f"## {title(notebook)}", _total(own, [path]), table(head, *rows))
        cells.append(text("\n\n".join(parts)))
    return nbformat.v4.new_notebook(cells=cells)


def _total(some, paths):
    spent, points = sum(e.minutes for e in some), sum(e.difficulty for e in some)
    hours = sum(map(minutes, paths)) / 60
    exercised = f"{len(some)} exercises, {spent} minutes, {points} points"
    return f"about {hours:.1f} hours at home, exercises included ({exercised})."


def _slides_of_exercises(notebook):
    known = {exercise.name: exercise for exercise in exercises()}
    return [
        (name, known[checked[1]])
        for name, cells in by_slide(notebook.cells).items()
        for cell in cells
        if cell.cell_type == "code" and (checked := CHECKED.search(cell.source))
    ]


def write(notebook, name: str, file: Path) -> Path:
    """Write a notebook as one page, print it, and return where the PDF is.

    Raises
    ------
    ValueError
        It takes more pages than promised.
    """
    link_and_describe(notebook)
    resources = {"title": name, "assets": assets()}
    page, _ = exporter("handout").from_notebook_node(notebook, resources)
    html = file.with_suffix(".html")
    for size in SIZES:
        sized = page.replace("<body>", f'<body class="{file.name}" style="font-size: {size}px">')
        html.write_text(sized, encoding="utf-8")
        pdf = print_page(html)
        pages, most = len(drawings(pdf)), MOST_PAGES.get(file.name, math.inf)
        if pages <= most and not near_empty(pdf):
            return pdf
    if pages > most:
        raise ValueError(f"{file.name}: expected at most {most} pages, got {pages}")
    return pdf


def sheets(paths: list[Path]):
    """Yield (file's name, title, notebook) of all that is printed for some lessons."""
    for path in paths:
        number = path.name[:2]
        yield f"{number}_worksheet", f"Lesson {number}: worksheet", worksheet(path)
        yield f"{number}_key", f"Lesson {number}: teacher's key", key(path)
    votes, answered = vote_sheets()
    yield "votes", "Votes", votes
    yield "votes_key", "Votes: answers", answered
    yield "outcomes", "Outcomes", outcomes()
    yield "formula_sheet", "Formula sheet", formula_sheet()
    yield "cheat_sheet", "Cheat sheet", cheat_sheet()


def with_questions() -> list[Path]:
    """Return the lessons that have exercises."""
    numbers = sorted({exercise.lesson for exercise in exercises()})
    return [lesson(number, LESSONS) for number in numbers]


def main() -> int:
    """Write the sheets that the command line asks for; return an exit status."""
    options = arguments(__doc__, ROOT / "build" / "paper")
    folder = options.to
    try:
        browser()
        paths = chosen(options.lesson) if options.lesson else with_questions()
        written = list(sheets(paths))
        folder.mkdir(parents=True, exist_ok=True)
        for name, heading, notebook in written:
            print(write(notebook, heading, folder.resolve() / name).name, flush=True)
    except (ValueError, FileNotFoundError, MissingNpmError) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
