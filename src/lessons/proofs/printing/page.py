"""Page layout of a derivation: aligned LaTeX with reasons, and the same as plain text."""

from sympy import Add

from lessons.proofs.printing.fragment import Fragment, joined_terms, plus
from lessons.proofs.printing.latex import to_fragment
from lessons.proofs.printing.reasons import WIDTH as REASON
from lessons.proofs.printing.reasons import reason_as_latex, reason_as_text
from lessons.proofs.printing.structure import gap_of, terms_of
from lessons.proofs.printing.text import to_text

WIDTH = 42  # letters of mathematics on one line, beside a reason

_RELATION = {"=": "=", "≥": r"\ge", "→": r"\to"}
_BOX = Fragment(r"\boxed{\;\;?\;\;}")


def latex_of_view(view, steady=False):
    """Aligned LaTeX of some lines, each with its number and reason, long lines broken.

    Where it is `steady`, its columns are as wide as those of the whole derivation: lines that come
    and go move nothing.
    """
    rows = [row for m in view.lines for row in _rows(view, m)]
    if steady:
        rows.append(_as_wide_as_all(view.derivation))
    return "$$\\begin{aligned}\n" + " \\\\[6pt]\n".join(rows) + "\n\\end{aligned}$$"


def _rows(view, m):
    step = view.derivation.steps[m]
    first, *more = [_BOX] if m + 1 in view.blanks else rows_of(step.expression)
    width = reason_width(view.derivation)
    left, reason = _left(view, m), reason_as_latex(m + 1, step.because, width)
    left = to_fragment(left).text if left is not None else ""
    row = f"{left} &{_relation(step)} {first.text} && {reason}"
    return [row, *(rf"&\quad {part.text}" for part in more)]


def reason_width(proof):
    """Letters of a reason on one line: what the derivation's mathematics leaves of the page."""
    left, line = (max(parts, key=_width).width for parts in _columns(proof))
    return max(REASON, WIDTH + REASON - round(left + line))


def _columns(proof):
    """Return the fragments to the left of the relations, and those to the right."""
    lefts = [proof.left, *(step.left for step in proof.steps if step.left is not None)]
    lines = [row for step in proof.steps for row in rows_of(step.expression)]
    return [to_fragment(left) for left in lefts], lines


def _width(fragment):
    return fragment.width


def _as_wide_as_all(proof):
    """Return a row in which nothing is seen and every column is as wide as it ever becomes."""
    left, line = (max(parts, key=_width).text for parts in _columns(proof))
    width = reason_width(proof)
    reasons = (reason_as_latex(m + 1, s.because, width) for m, s in enumerate(proof.steps))
    longest = max(reasons, key=lambda reason: max(map(len, reason.split(r"\\"))))
    return rf"\hphantom{{{left}}} & \hphantom{{={line}}} && \hphantom{{{longest}}}"


def _left(view, m):
    """Return what stands to the left of a line, if anything does; of the first, something must."""
    proof = view.derivation
    if proof.steps[m].left is not None or m != view.lines[0]:
        return proof.steps[m].left
    earlier = [step.left for step in proof.steps[:m] if step.left is not None]
    return earlier[-1] if earlier else proof.left


def _relation(step):
    if step.towards is None:
        return _RELATION[step.relation]
    letter, goal = (to_fragment(part).text for part in step.towards)
    return rf"\xrightarrow{{{letter} \to {goal}}}"


def rows_of(expression):
    """Print an expression as one `Fragment`, or if it is too wide as rows, split between terms."""
    whole = to_fragment(expression)
    if whole.width <= WIDTH or not isinstance(expression, Add) or gap_of(expression):
        return [whole]
    rows = [[]]
    for term in terms_of(expression):
        part = to_fragment(term)
        if rows[-1] and joined_terms([*rows[-1], part]).width > WIDTH:
            rows.append([])
        rows[-1].append(part)
    first, *rest = (joined_terms(row) for row in rows)
    return [first, *(row if row.negative else plus(row) for row in rest)]


def text_of_view(view):
    """Lines as text: number, relation, expression, reason."""
    proof = view.derivation
    return "\n".join([proof.title, *(_text_of_line(view, m) for m in view.lines)])


def _text_of_line(view, m):
    step, left = view.derivation.steps[m], _left(view, m)
    shown = "?" if m + 1 in view.blanks else to_text(step.expression)
    left = f"{to_text(left)} " if left is not None else ""
    reason = reason_as_text(step.because)
    return f"({m + 1}) {left}{_relation_as_text(step)} {shown}   [{reason}]"


def _relation_as_text(step):
    if step.towards is None:
        return step.relation
    letter, goal = (to_text(part) for part in step.towards)
    return f"→ (as {letter} → {goal})"
