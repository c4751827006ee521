"""Vocabulary of a typed line: the letters that it may use, and what is said about the others."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sympy import Indexed, Symbol

from lessons.proofs.language.grammar import NotUnderstood
from lessons.proofs.notation import SIZE_OF, d

INDICES = {symbol.name: symbol for symbol in SIZE_OF if symbol.name != "r"}
_HAT = {"ŷ": "yhat", "y_hat": "yhat"}


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
    """

    numbers: Mapping[str, Symbol]
    families: Mapping[str, Indexed]
    free: tuple[Symbol, ...]
    variables: frozenset[str]
    examples: tuple[str, ...] = ()

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
            sentence = f"{token} has a meaning already: let the sum run over another letter, t."
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
        base, _, index = name.partition("_")
        base = without_hat(base)
        if base in ("sum", "delta", "sigma", "softmax"):
            return "Functions are written sum(exp(z[t]), t), delta(i, j), sigma(z), softmax(z)[j]."
        if index and base in self.families:
            return f"Write an index in square brackets: {base}[{index}]."
        if re.fullmatch("[a-zA-Z]{2,}", name) and set(name) <= {*self.numbers, *"0123456789"}:
            return f"{name} is read as one name; write {'*'.join(name)}."
        known = sorted({*self.numbers, *map(self._example, self.families)}, key=str.lower)
        return f"The name {name} means nothing in this task, which knows {', '.join(known)}."


def without_hat(token):
    """Return the name without its hat: ŷ and y_hat are yhat."""
    return _HAT.get(str(token), str(token))
