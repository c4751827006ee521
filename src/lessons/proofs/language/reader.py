"""Tree reader: from a line's syntax tree to the SymPy expression that it writes, unevaluated."""

import re
from itertools import pairwise

import sympy
from lark import Token, Tree
from lark.visitors import Interpreter

from lessons.proofs.language.applications import (
    applied,
    bare_letter,
    brackets_in,
    known,
    letter_before,
    may_be_derivative,
    may_be_place,
    put_into,
    slope_by,
)
from lessons.proofs.language.grammar import OF_DERIVATIVES, NotUnderstood, parse
from lessons.proofs.language.vocabulary import INDICES, without_hat
from lessons.proofs.notation import SIZE_OF, K, Partial, relu, sigma, step, sum_over

_OF_A_UNIT = {"relu": relu, "ReLU": relu, "step": step}  # of a hidden layer
_WORD = re.compile("[A-Za-z_0-9ŷ∂]+")

MAX_DIGITS = 4
MAX_EXPONENT = 6
# How often a rule may stand within itself, and what is said beyond.
MAX_NESTED = {
    "exp": (1, "An exponential within an exponential appears in no step here."),
    "sum": (2, "Two sums within one another are enough for any step here."),
    "derivative": (1, "A derivative within a derivative appears in no step here."),
}


def read(text, vocabulary):
    """Read a typed line: one expression, or the two sides of an equation.

    Parameters
    ----------
    text : str
        The line, in the language of `grammar`.
    vocabulary : Vocabulary
        The letters that the line may use.

    Returns
    -------
    tuple of Expr
        One or two unevaluated expressions.

    Raises
    ------
    NotUnderstood
        With the position of what the language or the vocabulary does not contain.
    TypeError
        `text` is not a string.
    """
    sides = [part for part in parse(text).children if isinstance(part, Tree)]
    with sympy.evaluate(False):
        return tuple(_Reader(vocabulary).visit(side) for side in sides)


class _Reader(Interpreter):
    """One method per rule of the grammar."""

    def __init__(self, vocabulary):
        self._vocabulary = vocabulary
        self._bound = []
        self._depth = dict.fromkeys(MAX_NESTED, 0)

    def sum_(self, tree):
        first, *rest = tree.children
        terms = [self.visit(first)]
        for sign, term in zip(rest[::2], rest[1::2], strict=True):
            value = self.visit(term)
            terms.append(value if sign == "+" else _negative(value))
        return sympy.Add(*terms)

    def product(self, tree):
        first, *rest = map(self._with_arguments, tree.children)
        for run in (first, *rest[1:-1:2]):
            _refuse_open_end(run)
        factors = [self.visit(first)]
        for operator, run in zip(rest[::2], rest[1::2], strict=True):
            value = self.visit(run)
            if operator == "/":
                _refuse_ambiguous_fraction(operator, run)
                value = sympy.Pow(value, -1)
            factors.append(value)
        return sympy.Mul(*factors)

    def run(self, tree):
        tree = self._with_arguments(tree)
        factors = _factors(tree)
        for factor, following in pairwise(factors):
            _refuse_ambiguous_product(factor, following)
            _refuse_open_end(factor)
        values = [self.visit(factor) for factor in factors]
        if tree.children[0] in ("-", "−"):
            values[0] = _negative(values[0])
        return sympy.Mul(*values) if len(values) > 1 else values[0]

    def _with_arguments(self, run):
        """Read the letters of a run that take the brackets behind them as their argument."""
        if isinstance(run, Token):
            return run
        kept = []
        for factor in run.children:
            before = letter_before(kept[-1]) if kept else None
            if before and brackets_in(factor):
                kept[-1:] = self._applied(kept[-1], before, factor)
            elif kept and may_be_derivative(kept[-1]) and brackets_in(factor):
                kept[-1:] = self._at_place(kept[-1], factor)
            else:
                kept.append(factor)
        return Tree(run.data, kept, run.meta)

    def _applied(self, whole, before, factor):
        """Read a letter and the brackets behind it: as one factor, or as the two that they are."""
        (letter, primed, raised), brackets = before, brackets_in(factor)
        name = without_hat(self._vocabulary.parts(letter.children[0])[0])
        value, position = self.visit(letter), brackets.meta.start_pos
        bare = without_hat(bare_letter(brackets) or "")
        bare = bare if bare in self._vocabulary.families else None
        argument = bare or self.visit(brackets)
        if primed:
            value = self._slope(name, value, argument, position)
        else:
            value = applied(name, value, argument, self._vocabulary, position)
        if value is None:
            argument = self.visit(brackets) if bare else argument
            return [whole, put_into(factor, known(argument, brackets))]
        if raised:
            raise NotUnderstood("Write a power behind the brackets, as in yhat(z)^2.", position)
        return [put_into(factor, known(value, brackets))]

    def _at_place(self, whole, factor):
        """Read a derivative and the brackets behind it: dyhat/dz(z) is dyhat/dz."""
        brackets = brackets_in(factor)
        value, argument = self.visit(whole), self.visit(brackets)
        if not isinstance(value, Partial):
            return [whole, put_into(factor, known(argument, brackets))]
        by = value.args[1][0]
        if argument == by:
            return [put_into(factor, known(value, brackets))]
        if may_be_place(argument, by):
            raise NotUnderstood(
                "This can be read in two ways: write a * before the brackets for a product. A "
                "derivative at another place is not read here.",
                brackets.meta.start_pos,
            )
        return [known(value, whole), put_into(factor, known(argument, brackets))]

    def _slope(self, name, value, argument, position):
        self._vocabulary.prime_of(Token("PRIME", "'", start_pos=position))
        by = slope_by(name, argument, self._vocabulary, position)
        token = Token("NAME", str(by), start_pos=position)
        return Partial(self._vocabulary.as_function_of(by, value, token), by)

    def known(self, tree):
        return tree.children[0]

    def power(self, tree):
        base, _, exponent = tree.children
        _refuse_ambiguous_power(base)
        if base.data == "name" and base.children[0] == "e":
            return sympy.exp(self._nested("exp", exponent))
        value = self.visit(base)
        return sympy.Pow(value, _small_integer(exponent))

    def raised(self, tree):
        base, sign = tree.children
        _refuse_ambiguous_power(base)
        order = sympy.Integer("²³".index(sign) + 2)
        if base.data == "name" and base.children[0] == "e":
            return sympy.exp(order)
        return sympy.Pow(self.visit(base), order)

    def exponent(self, tree):
        sign, value = tree.children
        value = self.visit(value)
        return value if sign == "+" else _negative(value)

    def number(self, tree):
        token = tree.children[0]
        if len(token.replace(".", "")) > MAX_DIGITS:
            raise NotUnderstood(f"Numbers have at most {MAX_DIGITS} digits.", token.start_pos)
        return sympy.Rational(str(token))

    def brackets(self, tree):
        return self.visit(tree.children[0])

    def name(self, tree):
        token = tree.children[0]
        if token == "e":
            return sympy.exp(1)
        name, *indices = self._vocabulary.parts(token)
        return self._named(name, indices)

    def indexed(self, tree):
        token, *indices = tree.children
        return self._vocabulary.member(token, indices, self._bound)

    def _named(self, name, indices):
        if indices:
            return self._vocabulary.member(name, indices, self._bound)
        return self._vocabulary.number(name)

    def _refuse_unit(self, function):
        if function in _OF_A_UNIT and not self._vocabulary.units:
            sentence = f"{function} belongs to a hidden layer, and there is none in this task."
            raise NotUnderstood(sentence, function.start_pos)

    def call(self, tree):
        function, argument = tree.children
        self._refuse_unit(function)
        if function == "exp":
            return sympy.exp(self._nested("exp", argument))
        value = self.visit(argument)
        if function in _OF_A_UNIT:
            return _OF_A_UNIT[str(function)](value)
        return sympy.log(value) if function in ("log", "ln") else sigma(value)

    def total(self, tree):
        _, body, letter = tree.children
        return self._sum(body, letter)

    def total_over(self, tree):
        token, body = tree.children
        return self._sum(body, _part(token, len(token) - 1, len(token)))

    def _sum(self, body, letter):
        index = self._vocabulary.new_index(letter, self._bound)
        self._bound.append(index)
        value = self._nested("sum", body)
        self._bound.pop()
        return sum_over(index, value)

    def delta(self, tree):
        first, second = tree.children[1:]
        size = SIZE_OF.get(INDICES.get(str(first)), K)  # of classes or of features, but of one kind
        return sympy.KroneckerDelta(
            *(self._vocabulary.index(token, size, self._bound) for token in (first, second))
        )

    def softmax(self, tree):
        _, argument, letter = tree.children
        if argument != "z" or "yhat" not in self._vocabulary.families:
            raise NotUnderstood("Softmax stands as in softmax(z)[j].", argument.start_pos)
        return self._vocabulary.member("yhat", [letter], self._bound)

    def derivative_by(self, tree):
        _, variable, body = tree.children
        return self._derivative(body, variable)

    def derivative(self, tree):
        _, body, variable = tree.children
        return self._derivative(body, variable)

    def derivative_of(self, tree):
        token, variable = tree.children
        name, *indices = [_part(token, *word.span()) for word in _WORD.finditer(token, 1)][:-1]
        if not indices:
            name, *indices = self._vocabulary.parts(name)
        return self._partial(self._named(name, indices), variable)

    def derivative_of_sum(self, tree):
        _, body, _, variable = tree.children
        return self._derivative(body, variable)

    def primed(self, tree):
        body, prime = tree.children
        by = self._vocabulary.prime_of(prime)
        return Partial(self._nested("derivative", body), by)

    def call_of_derivative(self, tree):
        function, prime, argument = tree.children
        self._refuse_unit(function)
        by, value = self._vocabulary.prime_of(prime), self.visit(argument)
        if value != by:
            raise NotUnderstood(
                "By what is differentiated here? Write d/dz(...), as in d/dz(sigma(z)).",
                function.start_pos,
            )
        kinds = {"exp": sympy.exp, "log": sympy.log, "ln": sympy.log, **_OF_A_UNIT}
        return Partial(kinds.get(str(function), sigma)(value), by)

    def _derivative(self, body, variable):
        return self._partial(self._nested("derivative", body), variable)

    def _partial(self, body, variable):
        by = self._variable(variable)
        return Partial(self._vocabulary.as_function_of(by, body, variable.children[0]), by)

    def _variable(self, tree):
        token, *indices = tree.children
        if not indices:
            token, *indices = self._vocabulary.parts(token)
        self._vocabulary.variable(token)
        return self._named(token, indices)

    def _nested(self, kind, tree):
        limit, sentence = MAX_NESTED[kind]
        if self._depth[kind] == limit:
            raise NotUnderstood(sentence, tree.meta.start_pos)
        self._depth[kind] += 1
        value = self.visit(tree)
        self._depth[kind] -= 1
        return value


def _part(token, start, end):
    """Take a part of a token, which knows its own column."""
    return Token("NAME", token[start:end], start_pos=token.start_pos + start)


def _negative(value):
    """Put a minus sign before a value; a number takes it in."""
    return sympy.Rational(-value.p, value.q) if value.is_Rational else sympy.Mul(-1, value)


def _factors(run):
    return [child for child in run.children if isinstance(child, Tree)]


def _small_integer(tree):
    """Return the exponent of a power: a number, perhaps in brackets and with a sign."""
    value, sign = tree, 1
    while isinstance(value, Tree) and value.data in ("exponent", "run", "brackets"):
        sign *= -1 if value.children[0] in ("-", "−") else 1
        value = value.children[-1] if len(value.children) < 3 else None
    digits = str(value.children[0]) if value is not None and value.data == "number" else ""
    if not digits.isdecimal() or len(digits) > MAX_DIGITS or int(digits) > MAX_EXPONENT:
        raise NotUnderstood(
            f"An exponent is a whole number from −{MAX_EXPONENT} to {MAX_EXPONENT} here; "
            "the exponential function is e^(...) or exp(...).",
            tree.meta.start_pos,
        )
    return sympy.Integer(sign * int(digits))


def _refuse_ambiguous_fraction(slash, run):
    if len(_factors(run)) > 1:
        raise NotUnderstood(
            "This can be read in two ways: write a/(b*c) or (a/b)*c.", slash.start_pos
        )


def _refuse_open_end(factor):
    """Refuse `d/dz yhat·y`: nobody can see how far the derivative, or a sum, is meant to reach."""
    while isinstance(factor, Tree) and factor.data in ("run", "power", "raised"):
        factor = factor.children[-1 if factor.data == "run" else 0]
    if not isinstance(factor, Tree) or factor.data not in ("derivative_by", "total_over"):
        return
    if factor.children[-1].data != "brackets":
        raise NotUnderstood("How far does this reach? Put brackets around it.", _start(factor))


def _refuse_ambiguous_power(base):
    """Refuse a power of which nobody can see what is raised.

    In Σ_t(a)^2 it may be each term or the whole sum, in d/dz u^2 the body or the derivative, and
    dL/dz^2 may be a square or a second derivative.
    """
    if base.data == "total_over":
        raise NotUnderstood(
            "How far does this reach? Write (sum_t(...))^2 or sum_t((...)^2).", _start(base)
        )
    _refuse_open_end(base)
    if base.data in ("derivative_by", "derivative_of", "derivative_of_sum"):
        raise NotUnderstood(
            f"A power of a derivative has brackets: (dL/dz)^2. {OF_DERIVATIVES}", _start(base)
        )


def _start(tree):
    return tree.children[0].start_pos


def _is_d(tree):
    return tree.data == "name" and tree.children[0] == "d"


def _refuse_ambiguous_product(factor, following):
    if factor.data in ("power", "raised") and _is_d(factor.children[0]):
        raise NotUnderstood(OF_DERIVATIVES, factor.meta.start_pos)
    if factor.data == "power" and factor.children[-1].data != "brackets":
        raise NotUnderstood(
            "Does this still belong to the exponent? Write e^(...) or a *.",
            following.meta.start_pos,
        )
    if following.data == "number":
        raise NotUnderstood("Write a * before a number.", following.meta.start_pos)
