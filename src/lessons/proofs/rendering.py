"""A derivation on the page: aligned LaTeX with reasons, and the same as plain text."""

from textwrap import wrap

from sympy import Add

from lessons.proofs.latex import piece, terms_of
from lessons.proofs.piece import PRODUCT, at_least, joined_terms
from lessons.proofs.plain import plain

WIDTH = 46  # letters of mathematics on one line, beside a reason
REASON_WIDTH = 38  # letters of a reason on one line

_RELATION = {"=": "=", "≥": r"\ge", "→": r"\to"}
_BOX = r"\boxed{\;\;?\;\;}"


def latex_of_view(view):
    """Aligned LaTeX of some lines, each with its number and reason, long lines broken."""
    proof = view.derivation
    rows = []
    for m in view.lines:
        step = proof.steps[m]
        left = piece(proof.left).text if m == view.lines[0] else ""
        rows += _rows(left, m + 1, step, m + 1 in view.blanks)
    return "$$\\begin{aligned}\n" + " \\\\[6pt]\n".join(rows) + "\n\\end{aligned}$$"


def _rows(left, number, step, blank):
    first, *more = [_BOX] if blank else _broken(step.expression)
    reason = _reason(number, step.because)
    rows = [rf"{left} &{_relation(step)} {first} && {reason}"]
    return rows + [rf"&\quad {part}" for part in more]


def _relation(step):
    if step.towards is None:
        return _RELATION[step.relation]
    variable, goal = (piece(part).text for part in step.towards)
    return rf"\xrightarrow{{{variable} \to {goal}}}"


def _broken(expression):
    """LaTeX in one or more rows, broken between terms where it is too wide."""
    whole = piece(expression)
    if whole.width <= WIDTH or not isinstance(expression, Add):
        return [whole.text]
    rows, row = [], []
    for term in terms_of(expression):
        part = piece(term)
        if row and joined_terms([*row, part]).width > WIDTH:
            rows.append(row)
            row = []
        row.append(part)
    first, *rest = [*rows, row]
    return [joined_terms(first).text, *(_continued(row) for row in rest)]


def _continued(row):
    text = joined_terms([at_least(PRODUCT, row[0]), *row[1:]]).text
    return text if text.startswith("-") else f"+ {text}"


def _reason(number, because):
    lines = wrap(f"({number}) {because}", REASON_WIDTH, subsequent_indent=" " * 5)
    if len(lines) == 1:
        return rf"{{\small\text{{{lines[0]}}}}}"
    body = r" \\ ".join(rf"\text{{{line.replace(' ' * 5, '     ')}}}" for line in lines)
    return rf"{{\small\begin{{array}}{{l}} {body} \end{{array}}}}"


def text_of_view(view):
    """Lines as text: number, relation, expression, reason."""
    proof = view.derivation
    lines = [proof.title]
    for m in view.lines:
        step = proof.steps[m]
        shown = "?" if m + 1 in view.blanks else plain(step.expression)
        left = plain(proof.left) + " " if m == view.lines[0] else ""
        lines.append(f"({m + 1}) {left}{_relation_as_text(step)} {shown}   [{step.because}]")
    return "\n".join(lines)


def _relation_as_text(step):
    if step.towards is None:
        return step.relation
    variable, goal = (plain(part) for part in step.towards)
    return f"→ (as {variable} → {goal})"
