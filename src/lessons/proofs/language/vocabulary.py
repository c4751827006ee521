"""Vocabulary of a typed line: the letters that it may use, and what is said about the others."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lark import Token
from sympy import Expr, Indexed, Pow, Sum, Symbol, exp, log

from lessons.proofs.language.grammar import OF_DERIVATIVES, NotUnderstood
from lessons.proofs.notation import SIZE_OF, d

INDICES = {symbol.name: symbol for symbol in SIZE_OF if symbol.name != "r"}
_HAT = {"ŷ": "yhat", "y_hat": "yhat"}
_SUBSCRIBED = re.compile(r"(?P<letter>y_hat|[A-Za-zŷ]+)_(?P<indices>[A-Za-z]{1,2})")
# What is computed from what: each letter from letters before it.
RANK = {"x": 0, "W": 0, "b": 0, "z": 1, "S": 2, "yhat": 3, "L": 4}


@dataclass(frozen=True)
class Vocabulary:
    """Vocabulary of one task: its letters.

    Attributes
    ----------
    numbers : dict from str to Symbol
        Names without an index: S, K, the binary z.
    families : dict from str to Indexed
        Names with indices, by an example of their use: ``{"z": z[j]}``.
    free : tuple of Symbol
        The free indices; every other index letter may be the index of a sum.
    variables : frozenset of str
        Names by which one may differentiate.
    examples : tuple of str
        Lines that show how it is written.
    prime : Expr, optional
        By what a prime differentiates.
    units : bool
        Whether step and ReLU may be typed, which have no derivative at 0.
    inverse : dict from Symbol to (Symbol, Expr)
        What a letter is, seen as a function of another: for ŷ, (z, log(ŷ/(1 − ŷ))), so that dz/dŷ
        is the derivative of the inverse function.
    """

    numbers: Mapping[str, Symbol]
    families: Mapping[str, Indexed]
    free: tuple[Symbol, ...]
    variables: frozenset[str]
    examples: tuple[str, ...] = ()
    prime: Expr | None = None
    units: bool = True
    inverse: Mapping[Symbol, tuple[Symbol, Expr]] = field(default_factory=dict)

    def parts(self, token):
        """Take z_j apart into its letter and its indices; any other name is returned alone."""
        found = _SUBSCRIBED.fullmatch(token)
        if not found or without_hat(found["letter"]) not in self.families:
            return [token]
        places = [found.span("letter"), *((m, m + 1) for m in range(*found.span("indices")))]
        return [
            Token("NAME", token[start:end], start_pos=token.start_pos + start)
            for start, end in places
        ]

    def prime_of(self, token):
        """Return the letter by which a prime differentiates, or NotUnderstood."""
        if self.prime is None:
            raise NotUnderstood(
                "A derivative is written d/dz(...) or dyhat/dz, without a prime.", token.start_pos
            )
        return self.prime

    def as_function_of(self, variable, body, token):
        """Return the body of a derivative, as the function of the variable that it must be.

        Refused with NotUnderstood is what the variable is computed from, such as z by ŷ: it is no
        function of the variable, and its derivative would be called 0. Beside S alone a z may stand
        as one more variable, as in log S − z_i; a sum over z may not, for it moves with S.
        """
        if variable in self.inverse:
            return body.xreplace(_replacements(*self.inverse[variable]))
        rank = RANK.get(head(variable), 0)
        moving = body.atoms(Sum) if head(variable) == "S" and body.has(variable) else {body}
        if any(_is_below(part, rank) for part in moving):
            raise NotUnderstood(
                f"This is no function of {token}: {head(variable)} is computed from it.",
                token.start_pos,
            )
        return body

    def number(self, token):
        """Return the symbol that a name without index stands for, or NotUnderstood."""
        name = without_hat(token)
        if name in self.numbers:
            return self.numbers[name]
        raise NotUnderstood(self._unknown(name), token.start_pos)

    def member(self, token, indices, bound):
        """Return the indexed symbol that ``name[a, b]`` stands for, or NotUnderstood."""
        name = without_hat(token)
        if name not in self.families:
            raise NotUnderstood(self._unknown(name, indexed=True), token.start_pos)
        example = self.families[name]
        if len(indices) != len(example.indices):
            raise NotUnderstood(f"Write {name} as in {self._example(name)}.", token.start_pos)
        sizes = [SIZE_OF[index] for index in example.indices]
        letters = [self.index(*pair, bound) for pair in zip(indices, sizes, strict=True)]
        return example.base[tuple(letters)]

    def index(self, token, size, bound):
        """Return the index that a letter stands for, free or `bound` by a sum, or NotUnderstood."""
        index = INDICES.get(str(token))
        if index is None or index not in (*self.free, *bound):
            known = ", ".join(symbol.name for symbol in (*self.free, *bound))
            raise NotUnderstood(f"No index {token} is known here, only {known}.", token.start_pos)
        if SIZE_OF[index] != size:
            kinds = ("features", "a class") if size == d else ("classes", "a feature")
            sentence = f"The index here counts {kinds[0]}, and {token} is {kinds[1]}."
            raise NotUnderstood(sentence, token.start_pos)
        return index

    def new_index(self, token, bound):
        """Return the letter over which a sum runs, one not in use, or NotUnderstood."""
        index = INDICES.get(str(token))
        unused = [symbol.name for symbol in SIZE_OF if symbol.name in "tsupl"]
        if index is None:
            sentence = f"A sum runs over one of the letters {', '.join(unused)}."
        elif index in (*self.free, *bound):
            letters = "pq" if SIZE_OF[index] == d else "tsu"
            free = [letter for letter in letters if INDICES[letter] not in (*self.free, *bound)]
            sentence = f"{token} has a meaning already: let the sum run over another letter"
            sentence += f", {free[0]}." if free else "."
        else:
            return index
        raise NotUnderstood(sentence, token.start_pos)

    def variable(self, token):
        """Refuse a name by which one may not differentiate, with NotUnderstood."""
        if without_hat(token) not in self.variables:
            names = ", ".join(sorted(map(self._example, self.variables)))
            raise NotUnderstood(f"One differentiates by {names} here.", token.start_pos)

    def _example(self, name):
        return str(self.families.get(name, name)).replace(" ", "").replace(",", ", ")

    def _unknown(self, name, indexed=False):
        if not indexed and name in self.families:
            return f"{name} needs its index: {self._example(name)}."
        if indexed and name in self.numbers:
            return f"{name} is one number in this task: write it without an index."
        known = {*self.numbers, *self.families}
        base, _, index = re.sub("^y_hat", "yhat", name).partition("_")
        base = without_hat(base)
        if base in ("sum", "delta", "sigma", "softmax"):
            return "Functions are written sum(exp(z[t]), t), delta(i, j), sigma(z), softmax(z)[j]."
        if re.fullmatch("d|d[A-Za-z_ŷ]+", name) and (name == "d" or without_hat(name[1:]) in known):
            return OF_DERIVATIVES
        if index and base in self.numbers:
            return f"{base} is one number in this task: write it without an index."
        if index and base in self.families:
            return f"Write an index in square brackets: {base}[{index}]."
        if re.fullmatch("[a-zA-Z]{2,}", name) and set(name) <= {*self.numbers, *"0123456789"}:
            return f"{name} is read as one name; write {'*'.join(name)}."
        examples = sorted({*self.numbers, *map(self._example, self.families)}, key=str.lower)
        return f"The name {name} means nothing in this task, which knows {', '.join(examples)}."


def _replacements(letter, function):
    """Replace a letter by a function; where that is log u, its exponential by u itself."""
    replaced = {letter: function}
    if isinstance(function, log):
        (u,) = function.args
        replaced |= {exp(letter): u, exp(-letter): Pow(u, -1)}
    return replaced


def _is_below(part, rank):
    """Whether a letter in a part of a line is one from which letters of this rank are computed."""
    heads = map(head, part.atoms(Symbol, Indexed))
    return any(RANK[name] < rank for name in heads if name in RANK)


def head(letter):
    """Return the name of a letter without its indices: z for z[k]."""
    return str(getattr(letter, "base", letter))


def without_hat(token):
    """Return the name without its hat: ŷ and y_hat are yhat."""
    return _HAT.get(str(token), str(token))
