"""Printing reasons: words beside a line, mathematics between backticks, as LaTeX and as text."""

import re
from textwrap import wrap

WIDTH = 38  # letters of a reason on one line, beside the widest mathematics

_SIGNS = str.maketrans(
    {
        "ŷ": r"\hat{y}",
        "Ŷ": r"\hat{Y}",
        "σ": r"\sigma",
        "δ": r"\delta",
        "∂": r"\partial ",
        "Σ": r"\sum",
        "Π": r"\prod",
        "ε": r"\varepsilon",
        "θ": r"\theta",
        "γ": r"\gamma",
        "∇": r"\nabla",
        "∞": r"\infty",
        "→": r"\to ",
        "≠": r"\ne ",
        "·": r"\cdot ",
        "−": "-",
        "′": "'",
        "ᵀ": r"^{\top}",
        "√": r"\sqrt ",
        "π": r"\pi ",
        "\u00a0": " ",
    }
)
_RAISED = dict(zip("⁰¹²³⁻⁺ᵃᵐᵘᵛᶻ", "0123-+amuvz", strict=True))
_LOWERED = dict(zip("₀₁₂ᵢⱼₖₗₛₜ₋", "012ijklst-", strict=True))


def reason_as_text(because):
    """Write the reason in words and Unicode."""
    return because.replace("`", "")


def words_as_latex(words):
    """Write a sentence with its mathematics between dollar signs."""
    parts = words.split("`")
    parts[1::2] = (f"${_formula(part)}$" for part in parts[1::2])
    return "".join(parts)


def reason_as_latex(number, because, width=WIDTH):
    """Write the reason after its line's number, in rows of words and inline mathematics."""
    glued = re.sub(r"`[^`]*`", lambda span: span[0].replace(" ", "\u00a0"), because)
    rows = [_row(row) for row in _evenly_wrapped(f"({number})\u00a0{glued}", width)]
    if len(rows) == 1:
        return rf"{{\small {rows[0]}}}"
    body = r" \\ \phantom{(0)}\ ".join(rows)
    return rf"{{\small\begin{{array}}{{l}} {body} \end{{array}}}}"


def _evenly_wrapped(text, widest):
    """Break a text into as few rows as a width allows, and these as even as can be."""

    def rows(width):
        return wrap(text, width, break_long_words=False, break_on_hyphens=False)

    fewest = len(rows(widest))
    return next(rows(width) for width in range(1, widest + 1) if len(rows(width)) == fewest)


def _row(row):
    parts = row.split("`")
    words = [rf"\text{{{part}}}" if part else "" for part in parts[::2]]
    formulas = [_formula(part) for part in parts[1::2]] + [""]
    return "".join(word + formula for word, formula in zip(words, formulas, strict=True))


def _formula(text):
    text = re.sub(r"\[([^\]]*)\]", r"_{\1}", text)
    text = re.sub(r"\^\(([^()]*)\)", r"^{\1}", text)
    for letters, sign in ((_RAISED, "^"), (_LOWERED, "_")):
        text = re.sub(
            f"[{''.join(letters)}]+",
            lambda run, table=letters, sign=sign: (
                sign + "{" + "".join(map(table.get, run[0])) + "}"
            ),
            text,
        )
    text = re.sub(
        r"\b(log|exp|diag|softmax|tanh|ReLU)\b",
        r"\\operatorname{\1}",
        text.replace("v̄", r"\bar{v}"),
    )
    return text.translate(_SIGNS)
