"""Function notation: brackets behind a letter, its argument as in ŷ(z) or a factor as in ŷ(1 − ŷ).

Of one and the same spelling students mean both. Read as an argument is what a letter is a function
of; read as a factor is what can be nothing else. In between stands a sentence: nobody shall be
refuted for a product that was not meant.
"""

from lark import Tree
from sympy import Derivative, Function, Indexed, Symbol

from lessons.proofs.language.grammar import NotUnderstood
from lessons.proofs.language.vocabulary import RANK, head
from lessons.proofs.notation import logit, prediction, sigma

# Of which letters, written without an index, a letter is a function.
_TAKES = {"S": {"z"}, "yhat": {"z"}, "L": {"z", "yhat", "y"}}
_LEVEL = RANK | {"y": RANK["yhat"]}  # elsewhere y is the name of what is predicted
_POWERS = ("power", "raised")


def letter_before(factor):
    """Return the tree of the letter in a factor, whether it has a prime, and whether a power.

    None if the factor is no single letter; with a prime it may stand in brackets.
    """
    if not isinstance(factor, Tree):
        return None  # a sign
    raised = factor.data in _POWERS
    factor = factor.children[0] if raised else factor
    primed = factor.data == "primed"
    factor = factor.children[0] if primed else factor
    while primed and factor.data in ("brackets", "run") and len(factor.children) == 1:
        (factor,) = factor.children
    return (factor, primed, raised) if factor.data in ("name", "indexed") else None


def may_be_derivative(factor):
    """Whether a factor is a derivative, perhaps in brackets: no power of one, and no product."""
    while isinstance(factor, Tree) and len(factor.children) == 1:
        if factor.data not in ("brackets", "run"):
            break
        (factor,) = factor.children
    return isinstance(factor, Tree) and (
        factor.data.startswith("derivative") or factor.data in ("primed", "call_of_derivative")
    )


def may_be_place(argument, by):
    """Whether brackets behind a derivative may be meant as the place where it is taken."""
    letters = argument.atoms(Symbol, Indexed)
    return not letters or argument in letters or -argument in letters or _holds(argument, by)


def brackets_in(factor):
    """Return the brackets in a factor, perhaps with a power or a prime, or None."""
    while factor.data in (*_POWERS, "primed"):
        factor = factor.children[0]
    return factor if factor.data == "brackets" else None


def put_into(factor, known):
    """Return a factor with its brackets replaced by a `known` tree, its power and prime kept."""
    if factor.data == "brackets":
        return known
    base, *rest = factor.children
    return Tree(factor.data, [put_into(base, known), *rest], factor.meta)


def known(value, like):
    """Make a tree of an expression that is read already; it stands where `like` stood."""
    return Tree("known", [value], like.meta)


def bare_letter(brackets):
    """Return the one name in brackets, if it has no index, or None."""
    while brackets.data in ("brackets", "run") and len(brackets.children) == 1:
        (brackets,) = brackets.children
    return brackets.children[0] if brackets.data == "name" else None


def applied(letter, value, argument, vocabulary, position):
    """Return the value of a letter at an argument, or None where the brackets are a factor.

    Parameters
    ----------
    letter : str
        The letter before the brackets, without hat and index.
    value : Expr
        What stands for it.
    argument : Expr or str
        What stands in the brackets; a letter that lacks its index by its name.
    vocabulary : Vocabulary
    position : int
        Where the brackets begin.

    Raises
    ------
    NotUnderstood
        It could be either, or the value there is written in another way.
    """
    if str(argument) in _taken(letter, vocabulary):
        return value
    if value == prediction and argument == -logit:
        return sigma(argument)
    if letter != "L" and not _may_be_argument(letter, value, argument):
        return None
    raise NotUnderstood(
        f"This can be read in two ways: write {value}*(...) for a product, "
        f"{_instead(letter, value)}.",
        position,
    )


def slope_by(letter, argument, vocabulary, position):
    """Return by what a letter with a prime and brackets behind it is differentiated: L'(ŷ) by ŷ.

    Raises
    ------
    NotUnderstood
        The brackets hold no variable of which the letter is a function.
    """
    if argument in (vocabulary.prime, head(vocabulary.prime)):
        return vocabulary.prime
    is_variable = isinstance(argument, (Symbol, Indexed)) and head(argument) in vocabulary.variables
    if is_variable and (
        _is_below(argument, letter) or str(argument) in _inverse(letter, vocabulary)
    ):
        return argument
    raise NotUnderstood(
        "By what is differentiated here, and where? Write d/dz(...), as in d/dz(sigma(-z)); "
        "for a product, write a * before the brackets.",
        position,
    )


def _taken(letter, vocabulary):
    """Name the letters, without an index, of which a letter is a function."""
    return _TAKES.get(letter, set()) | _inverse(letter, vocabulary)


def _inverse(letter, vocabulary):
    """Name the letters of which a letter is the inverse function: ŷ for z."""
    return {str(of) for of, (inner, _) in vocabulary.inverse.items() if str(inner) == letter}


def _may_be_argument(letter, value, argument):
    """Whether brackets behind a letter may be meant as the place at which it is a function."""
    if not _LEVEL.get(letter):
        return False  # what nothing else is computed into: an input, a weight, a size
    if isinstance(argument, str) or not argument.atoms(Symbol):
        return True
    if value == prediction and argument.atoms(Symbol) == {logit} and _holds(argument, logit):
        return True
    return _is_below(argument, letter)


def _is_below(argument, letter):
    """Whether an argument is a letter, or minus one, from which the given letter is computed."""
    factors = argument.args if argument.is_Mul and argument.args[0] == -1 else (argument,)
    if len(factors) > 2 or not isinstance(factors[-1], (Symbol, Indexed)):
        return False
    level = _LEVEL.get(letter, 0)
    return _LEVEL.get(head(factors[-1]), level) < level


def _holds(line, letter):
    """Whether a letter stands in a line outside of every function and derivative."""
    if isinstance(line, (Function, Derivative)):
        return False
    return line == letter or any(_holds(part, letter) for part in line.args)


def _instead(letter, value):
    if value == prediction:
        return "or sigma(...) for the function"
    if letter == "y":
        return "or yhat for what is predicted"
    if letter == "L":
        return "L alone for the loss, or its formula for the loss elsewhere"
    return f"or {value} alone for the function"
