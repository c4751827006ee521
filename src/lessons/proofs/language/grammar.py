"""Grammar and parser of typed lines: plain text in, a syntax tree or one helpful sentence out.

Nothing typed is ever evaluated as code. A line is cut to a modest length, read by a grammar, and
only then given a meaning (by `reader`). The language in a nutshell:

``exp(z[j])/S``, ``e^(z[j])``, ``yhat[j]`` or ``ŷ[j]``, ``y[j]``, ``log`` or ``ln``, ``sigma(z)``,
``delta(i, j)``, ``sum(exp(z[t]), t)`` or ``sum_t(exp(z[t]))``, ``softmax(z)[j]``,
``d/dz[j](...)``, ``d(...)/dz[j]`` or ``D(..., z[j])``, ``dL/dz[j]``, ``dyhat[i]/dz[j]``, ``^`` or
``**``, ``²``; ``z_j`` is ``z[j]``, and a prime is the derivative by the task's own variable. The
plain text in which a proof is shown can be typed as it stands. A product may go without its sign
between a number, a closing bracket or a name and what follows (``2x``, ``2(a + b)``, ``x y``);
``xy`` is one unknown name, and ``1/2x`` is refused as ambiguous.
"""

import re
import unicodedata

from lark import Lark
from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedInput

MAX_LENGTH = 300
MAX_DEPTH = 25
ALLOWED = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.,+-*/^=()[] ŷσδΣ∂−·×²³'"
)

GRAMMAR = r"""
line: EQUALS? sum_ -> single
    | EQUALS? sum_ EQUALS sum_ -> equation
?sum_: product (SIGN product)*
?product: run ((TIMES|SLASH) run)*
run: SIGN? power+
?power: primary (POWER exponent)?
    | primary RAISED -> raised
?primary: atom
    | atom PRIME -> primed
?exponent: SIGN? atom
?atom: NUMBER -> number
    | NAME -> name
    | NAME "[" NAME ("," NAME)* "]" -> indexed
    | "(" sum_ ")" -> brackets
    | FUNCTION "(" sum_ ")" -> call
    | FUNCTION PRIME "(" sum_ ")" -> call_of_derivative
    | SUM "(" sum_ "," NAME ")" -> total
    | SUM_OVER atom -> total_over
    | DELTA "(" NAME "," NAME ")" -> delta
    | DELTA "[" NAME "," NAME "]" -> delta
    | SOFTMAX "(" NAME ")" "[" NAME "]" -> softmax
    | BY variable atom -> derivative_by
    | OF "(" sum_ ")" OF_END variable -> derivative_of_sum
    | OF_BY variable -> derivative_of
    | DIFF "(" sum_ "," variable ")" -> derivative
variable: NAME -> name
    | NAME "[" NAME ("," NAME)* "]" -> indexed

FUNCTION.3: /(exp|log|ln|sigmoid|sigma|σ|relu|ReLU|step)(?![A-Za-z_0-9])/
SUM.3: /(sum|Σ)(?![A-Za-z_0-9])/
SUM_OVER.3: /(sum|Σ)_[A-Za-z](?![A-Za-z_0-9])/
DELTA.3: /(delta|δ)(?![A-Za-z_0-9])/
SOFTMAX.3: /softmax(?![A-Za-z_0-9])/
DIFF.3: /(D|diff)(?![A-Za-z_0-9])/
BY.4: /[d∂]\s*\/\s*[d∂](?=[A-Za-zŷ])/
OF_BY.4: /[d∂][A-Za-zŷ][A-Za-z_0-9ŷ]*\s*(\[[A-Za-z, ]*\])?\s*\/\s*[d∂](?=[A-Za-zŷ])/
OF.4: /[d∂](?=\()/
OF_END.4: /\/\s*[d∂](?=[A-Za-zŷ])/
NAME.1: /[A-Za-z_ŷ][A-Za-z_0-9ŷ]*/
NUMBER: /[0-9]+(\.[0-9]+)?/
POWER.2: "**" | "^"
RAISED: "²" | "³"
PRIME: "'"
TIMES: "*" | "·" | "×"
SLASH: "/"
SIGN: "+" | "-" | "−"
EQUALS: "="
%ignore " "
"""

_OPENING = {"LPAR", "LSQB"}  # what must follow a δ; any other function takes round brackets only

# What is said of characters that students type and the language has not.
INSTEAD = {
    "LaTeX is not read here: write exp(z[j])/S, yhat[j], log(S).": "\\{}$&",
    "An index stands in square brackets: z[j].": "₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₜₛ",
    "A power is written ^2.": "⁰¹⁴⁵⁶⁷⁸⁹⁻ᶻ",
    "A line here is one entry: nothing is transposed.": "ᵀ",
    "A fraction is written with a slash.": "÷:",
    "δ stands as in delta(i, j).": "δ",
    "σ stands as in sigma(z).": "σ",
    "A sum stands as in sum(exp(z[t]), t).": "Σ",
}
_SAID_OF = {character: said for said, characters in INSTEAD.items() for character in characters}

# Characters that look like one of the language's and cannot be mistaken for another.
_MEANT = str.maketrans("\t\xa0‐‑–⋅∙∗∑’′‘`", "  ---··*Σ''''")

OF_DERIVATIVES = "A derivative is written dL/dz or d/dz(...), the second one d/dz(dL/dz)."
_SCIENTIFIC = re.compile(r"(?<![A-Za-z_0-9ŷ])[0-9.]+[eE][-+−]?[0-9]")
_OPERATOR = re.compile(r"[d∂] */ *[d∂][A-Za-z_ŷ]+ *(\[[A-Za-z, ]*\])? *$")  # a whole d/dz[j]

PARSER = Lark(GRAMMAR, start="line", parser="lalr", propagate_positions=True)


class NotUnderstood(ValueError):
    """A line that the language does not contain.

    Attributes
    ----------
    sentence : str
        What is wrong and what to write instead.
    position : int or None
        Column of the mistake in the line, from 0; None where it has no place.
    """

    def __init__(self, sentence, position=None):
        super().__init__(sentence)
        self.sentence = sentence
        self.position = position


def parse(text):
    """Parse a line into a syntax tree.

    Parameters
    ----------
    text : str
        One line, at most `MAX_LENGTH` characters and `MAX_DEPTH` open brackets.

    Returns
    -------
    lark.Tree
        ``single`` with one expression or ``equation`` with two; its tokens know their columns.

    Raises
    ------
    NotUnderstood
        With the position of what could not be read.
    TypeError
        `text` is not a string.
    """
    if not isinstance(text, str):
        raise TypeError(f"a line is a string, got {type(text).__name__}")
    if len(text) > MAX_LENGTH:
        raise NotUnderstood(
            f"The line has {len(text)} characters; {MAX_LENGTH} are enough for any step here.",
            MAX_LENGTH,
        )
    text = normalised(text)
    _check_characters(text)
    _check_numbers(text)
    _check_brackets(text)
    try:
        return PARSER.parse(text)
    except UnexpectedInput as error:
        raise _explained(error, text) from None


def normalised(text):
    """Normalise a line: accents composed, look-alikes replaced, outer blanks removed."""
    return unicodedata.normalize("NFC", text).translate(_MEANT).strip()


def pointed(text, position):
    """Return the line with a caret below the column `position`, on two rows."""
    text = normalised(text[: MAX_LENGTH + 1])
    start = max(0, position - 50)
    return f"{text[start : start + 80]}\n{' ' * (position - start)}^"


def _check_characters(text):
    if not text:
        raise NotUnderstood("The line is empty.")
    for position, character in enumerate(text):
        if character not in ALLOWED:
            name = unicodedata.name(character, "a control character").lower()
            sentence = f"The language has no such character ({name})."
            instead = _SAID_OF.get(character, "")
            raise NotUnderstood(f"{sentence} {instead}".strip(), position)


def _check_numbers(text):
    if found := _SCIENTIFIC.search(text):
        raise NotUnderstood("A number is written out, 0.001 for 1e-3.", found.start())


def _check_brackets(text):
    opened = []
    for position, character in enumerate(text):
        if character in "([":
            opened.append((character, position))
        if character in ")]" and (not opened or opened.pop()[0] + character not in ("()", "[]")):
            raise NotUnderstood("This bracket closes none that is open.", position)
        if len(opened) > MAX_DEPTH:
            raise NotUnderstood(f"More than {MAX_DEPTH} brackets are open here.", position)
    if opened:
        raise NotUnderstood("This bracket is never closed.", opened[-1][1])


def _explained(error, text):
    if isinstance(error, UnexpectedCharacters):
        position = error.pos_in_stream
        if text[position] == "∂":
            return NotUnderstood(OF_DERIVATIVES, position)
        sentence = _SAID_OF.get(text[position], "I cannot read on from here.")
        return NotUnderstood(sentence, position)
    token = error.token
    if _is_second_derivative(token, text):
        return NotUnderstood(OF_DERIVATIVES, token.start_pos)
    expected = set(getattr(error, "accepts", None) or error.expected) - {"PRIME"}
    if expected == {"LSQB"} or _is_within_softmax(token, text):
        position = len(text) if token.type == "$END" else token.start_pos
        return NotUnderstood("Softmax takes all logits: softmax(z)[j].", position)
    ended = isinstance(error, UnexpectedEOF) or token.type == "$END"
    if ended and not expected <= _OPENING:
        return NotUnderstood("The line ends too soon: something must follow.", len(text))
    return NotUnderstood(_sentence(token, expected), len(text) if ended else token.start_pos)


def _is_second_derivative(token, text):
    """Whether a second prime is met, or a power behind d/dz, as in d/dz^2(L)."""
    before = text[: token.start_pos]
    if token.type == "PRIME":
        return before.endswith("'")
    return token.type in ("POWER", "RAISED") and _OPERATOR.search(before)


def _is_within_softmax(token, text):
    return token.type == "LSQB" and re.search(r"softmax *\( *\w+ *$", text[: token.start_pos])


def _sentence(token, expected):
    if expected == _OPENING:
        return "The δ before this needs brackets: delta(i, j)."
    if expected == {"LPAR"}:
        return (
            "The function before this needs brackets: "
            "log(...), exp(...), sigma(...), sum(..., t), d/dz(...)."
        )
    if token.type == "COMMA":
        return "A letter stands without its arguments, L for L(yhat, y); no comma is needed."
    if token.type == "POWER":
        return "A power of a power needs brackets: (a^b)^c or a^(b*c)."
    if token.type == "EQUALS":
        return "One equals sign a line; write the next equality on a line of its own."
    if expected == {"COMMA"} or (token.type == "RPAR" and "COMMA" in expected):
        return "Something must follow after a comma: sum(exp(z[t]), t), delta(i, j), D(..., z[j])."
    if token.type == "LSQB":
        return "Only a name takes an index in square brackets: z[j], yhat[j], softmax(z)[j]."
    if expected <= {"NAME"}:
        return "A letter must stand here, as in z[j]."
    return f"I did not expect {str(token)!r} here."
