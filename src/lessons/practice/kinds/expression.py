"""Decides which of some known expressions a typed one is equal to, by the engine's two roads."""

import re

import sympy
from sympy.functions.elementary.hyperbolic import HyperbolicFunction

from lessons.practice.sandbox.calls import article
from lessons.proofs import setting as settings
from lessons.proofs.claim import Claim
from lessons.proofs.language.grammar import NotUnderstood, pointed
from lessons.proofs.language.reader import read
from lessons.proofs.language.size_limits import check_size
from lessons.proofs.notation import Partial

MODULE = re.compile(r"\b(?:np|numpy|math|sp|sympy)\.(?=[a-z])")
SIGNS = str.maketrans(
    {"{": "(", "}": ")", "₀": "0", "₁": "1", "²": "^2", "³": "^3", "⋅": "*", "–": "-"}
)
WITHOUT_MARKS = (
    "Without quotation marks Python computes at once, with whatever the letters hold in your "
    "notebook."
)
INDEXED = re.compile(r"\bz(?:_|\[)([01])\b\]?")


def decide(answer, known, setting):
    """Compare a student's expression with known ones.

    Parameters
    ----------
    answer : str or Expr
        What the student wrote.
    known : list of str
        Expressions in the same language; the first one is right.
    setting : str
        Which names may be used and what they mean: the name of a Setting.

    Returns
    -------
    (verdict, detail)
        ("equal", which), ("different", where), ("derivative left", "") or
        ("not understood", (why, place)).
    """
    setting = getattr(settings, setting)
    if isinstance(answer, str):
        answer = translated(answer, setting.vocabulary)
    try:
        expression = _expression(answer, setting.vocabulary)
    except NotUnderstood as problem:
        return "not understood", (problem.sentence, _place(answer, problem.position))
    if expression.has(Partial, sympy.Derivative):
        return "derivative left", ""
    number = not isinstance(answer, str) and not expression.free_symbols
    claims = [
        Claim(_expression(text, setting.vocabulary), expression, setting=setting) for text in known
    ]
    try:
        verdict, detail = _first_equal(claims)
    except (TypeError, ValueError):
        if isinstance(answer, str):
            raise  # the language has nothing that the engine does not know
        return "not understood", (f"{WITHOUT_MARKS} Put it in quotation marks.", "")
    if verdict == "different" and number:
        return "not understood", (f"{WITHOUT_MARKS} Here that is {expression}.", "")
    return verdict, detail


def _first_equal(claims):
    for number, claim in enumerate(claims):
        if claim or (number and claim.demand):  # a mistake may well have no value somewhere
            return "equal", number
    return "different", _where(claims[0])


def translated(text, words):
    """Write what students bring along from NumPy and LaTeX in the language of the tutor."""
    text = MODULE.sub("", text).translate(SIGNS)
    return INDEXED.sub(r"z\1", text) if "z0" in words.numbers else text


def _place(answer, position):
    """Return the student's line with a caret below the place that could not be read."""
    return pointed(answer, position) if isinstance(answer, str) and position is not None else ""


def _expression(answer, words):
    if isinstance(answer, sympy.Expr):
        # z = symbols("z") is a letter of the student's own: of the same name, but perhaps complex.
        known = {*words.numbers, *words.families, *map(str, words.free)}
        if foreign := sorted({s.name for s in answer.atoms(sympy.Symbol)} - known):
            raise NotUnderstood(f"The name {foreign[0]} means nothing here. {WITHOUT_MARKS}")
        own = {s: words.numbers[s.name] for s in answer.free_symbols if s.name in words.numbers}
        answer = answer.xreplace(own)
        return answer.rewrite(sympy.exp) if answer.has(HyperbolicFunction) else answer
    if not isinstance(answer, str):
        raise NotUnderstood(
            "The answer is an expression in quotation marks; you gave "
            f"{article(type(answer).__name__)}. {WITHOUT_MARKS}"
        )
    sides = read(answer, words)
    if len(sides) != 1:
        raise NotUnderstood("Write only what goes into the blank, without an equals sign.")
    check_size(sides[0])
    return sides[0]


def _where(claim):
    """Say at which numbers the student's expression is not what is needed (not what would be)."""
    found = claim.counterexample
    if found is None and claim.demand:
        return (
            f"I cannot see that {claim.demand}, as it must be for your expression to have a value."
        )
    if found is None:
        return "Your expression could not be proved equal. Try a simpler form of it."
    numbers = str(found).removeprefix("at ").rpartition(": ")[0]
    return (
        f"Not equal: for {numbers} your expression is {found.right}, and that does not make the "
        "two sides of the line agree."
    )
