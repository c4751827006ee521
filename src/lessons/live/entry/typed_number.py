"""Parse a typed number: decimal point or comma, either minus sign, fractions, logarithms.

The one reader of all boxes. Python's own parser reads the text, and a short list of nodes is
evaluated in floats alone, which nothing that fits in a box can keep busy.
"""

import ast
import math
import operator
import re
from collections.abc import Callable

LONGEST = 60  # characters, which bounds the depth too
SIGNS = str.maketrans({"−": "-", "–": "-", "×": "*", "·": "*", "÷": "/", "⁄": "/", "∕": "/"})
FUNCTIONS: dict[str, Callable[[float], float]]
FUNCTIONS = {"log": math.log, "ln": math.log, "exp": math.exp, "sqrt": math.sqrt}
CONSTANTS = {"e": math.e, "pi": math.pi, "π": math.pi}
OPERATIONS: dict[type, Callable[..., float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: math.pow,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
HELP = "write it like 2.5, −1, 1/3 or log(3)"


def read_number(text: str) -> float:
    """Return the number that a text means.

    Parameters
    ----------
    text : str
        Digits with a decimal point or comma, + − * / ^ and brackets, `log` or `ln` (to base e),
        `exp`, `sqrt`, `e` and `pi`.

    Returns
    -------
    float
        Finite.

    Raises
    ------
    ValueError
        The text means no number; the sentence says why, and what can be written.

    Examples
    --------
    >>> read_number("−1,50"), read_number("1/4"), read_number("ln 1")
    (-1.5, 0.25, 0.0)
    """
    shown = text.strip()
    if len(shown) > LONGEST:
        raise ValueError(f"“{shown[:12]}…” is too long for a number: {HELP}.")
    plain = _with_point(shown.translate(SIGNS).lower(), shown)
    plain = re.sub(r"^([+-]?\s*)(log|ln) +([\d.]+)$", r"\1\2(\3)", plain)
    plain = re.sub(r"(?<![\d.])0+(?=\d)", "", plain).replace("^", "**")
    words = set(re.findall(r"[^\W\d_]+", plain))
    if not words <= {*FUNCTIONS, *CONSTANTS} or re.search(r"[^\w\s.+\-*/()]|_", plain):
        raise _refused(shown)
    try:
        value = _evaluated(ast.parse(plain, mode="eval").body)
    except (SyntaxError, TypeError, KeyError, AttributeError):
        raise _refused(shown) from None
    except (ArithmeticError, ValueError):
        raise ValueError(f"“{shown}” has no finite value.") from None
    if not math.isfinite(value):
        raise ValueError(f"“{shown}” has no finite value.")
    return value


def _with_point(text, shown):
    """Turn a decimal comma into a point, unless the comma may mean something else."""
    if "," not in text:
        return text
    runs = re.findall(r"[\d,]*,[\d,]*", text)
    alone = all(re.fullmatch(r"\d+,\d+", run) for run in runs)
    alone = alone and not any(re.fullmatch(r"[1-9]\d{0,2},\d{3}", run) for run in runs)  # 1,000
    if "." in text or "(" in text or not alone:
        raise ValueError(f"“{shown}” can be read in two ways: write a decimal point, like 2.5.")
    return text.replace(",", ".")


def _refused(shown):
    return ValueError(f"“{shown}” is no number: {HELP}." if shown else f"No number: {HELP}.")


def _evaluated(node):
    """Evaluate a tree of numbers; any other node is a KeyError, AttributeError or TypeError."""
    if isinstance(node, ast.Constant):
        return float(node.value)
    if isinstance(node, ast.Name):
        return CONSTANTS[node.id]
    if isinstance(node, ast.Call):
        (argument,), function = node.args, FUNCTIONS[node.func.id]
        return function(_evaluated(argument))
    operation = OPERATIONS[type(node.op)]
    if isinstance(node, ast.UnaryOp):
        return operation(_evaluated(node.operand))
    return operation(_evaluated(node.left), _evaluated(node.right))
