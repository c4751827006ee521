"""Milestones: what a step shows is recognised by the values of its parts, on any road.

A part is a sub-sum or sub-product of a line, outside of every function, derivative and sum over an
index. Without a derivative it must be a factor of the whole line: in ``2*G - G`` the second G may
be written as any proof of it is, and proves nothing. Two parts are the same if they have the same
values, up to one sign, at two points, and hold the same derivatives. So ``-S/exp(z[i]) * (...)``
shows −1/ŷ[i], however it is written, and the result ŷ[j] does not. What cancels within its line,
such as ``+ u - u``, shows nothing. A sum with one term alone that is not 0, such as Σ y[t]·u[t]
over a hard target, is that term.
"""

from dataclasses import dataclass
from functools import cache
from itertools import chain, combinations
from typing import Any

from sympy import Add, Integer, Mul, Pow, Sum, evaluate, exp, log

from lessons.proofs.language.reader import read
from lessons.proofs.notation import SIZE_OF, K, L, Partial, S, i, prediction, sigma, t, yhat, z
from lessons.proofs.numeric.comparison import real_values
from lessons.proofs.numeric.evaluation import digits
from lessons.proofs.numeric.points import EXAMPLE_SIZES, Point, example_point

MAX_SHARED = 12  # a line of more terms than this shows no derivative
MAX_TOGETHER = 8  # with more parts than this, only each alone and all together are looked at


@dataclass(frozen=True)
class _Evidence:
    """What shows a milestone, as keys: parts of lines, derivatives taken in them or beside them.

    While one of those that `stand` does, no part of the line shows it.
    """

    parts: frozenset[Any]
    taken: frozenset[Any]
    beside: frozenset[Any]
    within: frozenset[Any]

    @property
    def stand(self):
        return self.taken | self.beside | self.within


def shown_in_step(before, after, task, shown_before=frozenset(), begun=frozenset()):
    """Return the names of the milestones that going on from one line to the next one shows.

    Parameters
    ----------
    before, after : Expr
        Two lines of the derivation, proved equal.
    task : Task
    shown_before : frozenset of str
        The milestones that are shown already.
    begun : frozenset of str
        Milestones whose derivative has been taken apart, into derivatives that stood in `before`.

    Returns
    -------
    shown, begun : frozenset of str
    """
    points, (evidence, _) = _points(task), _evidence(task)
    before = _living(before, points)
    known_already = _derivatives(before, points)
    after = _living(after, points, known_already | _expected(task, shown_before))
    standing, of_logits = _derivatives(after, points), _of_logits(after, points)
    gone, came = _in_every_share(before, points, _of_logits) - standing, standing - known_already
    taken = {name for name, known in evidence.items() if known.taken & gone}
    shown = _shown_by_parts(before, after, task)
    if not came:
        shown |= taken
    elif came <= of_logits:
        begun |= taken
    if begun and not of_logits and not came:
        return frozenset(shown | begun), frozenset()
    return frozenset(shown), frozenset(begun)


def _shown_by_parts(before, after, task):
    """Name the milestones that the parts of a line show, those that count after the line before.

    They are factors of the whole line; where a derivative of the milestone has been taken in some
    terms alone, as in -y/ŷ·∂ŷ/∂z + (1 - y)·ŷ, a part of any term.
    """
    points, (evidence, start) = _points(task), _evidence(task)
    standing = _derivatives(after, points)
    gone = _in_every_share(before, points, _derivatives) - standing - start
    factors, anywhere = (_part_keys(after, points, how) for how in (set.intersection, set.union))
    return {
        name
        for name, known in evidence.items()
        if known.parts & (anywhere if known.stand & gone else factors)
        and not (known.stand | start) & standing
    }


def shown_beside(left, right, task):
    """Return the names of the milestones that a side calculation, proved, shows.

    It shows those for which a derivative has to be taken that stands on one side alone, but for a
    number, the other side being worked out: with a factor, as in -1/yhat*dyhat/dz = yhat - y, the
    result could be stated beside. Several at once, as in dL/dyhat*dyhat/dz, show what a step from
    one line to the next would: their product alone says of none what it is.
    """
    points, (evidence, start) = _points(task), _evidence(task)
    sides = [_living(side, points) for side in (left, right)]
    if all(side.has(Partial) for side in sides):
        return frozenset()
    held = [_derivatives(side, points) for side in sides]
    standing = held[0] | held[1]
    if len(standing) > 1:
        before, after = (left, right) if held[0] else (right, left)
        return shown_in_step(before, after, task)[0]
    if not any(_stands_alone(side) for side in sides):
        return frozenset()
    taken = standing - start
    explicit = frozenset().union(*(_of_logits(side, points, log) for side in sides))
    return frozenset(
        name for name, known in evidence.items() if known.beside & taken or known.taken & explicit
    )


def _stands_alone(side):
    """Whether a side is one derivative, or a sum over an index of such, but for a number."""
    held = [factor for factor in _flat_factors(side) if not factor.is_number]
    if len(held) != 1:
        return False
    (only,) = held
    return isinstance(only, Partial) or (isinstance(only, Sum) and _stands_alone(only.function))


def states_the_result(left, right, task):
    """Whether an equation says what the derivative is that the whole task is about."""
    points, (_, start) = _points(task), _evidence(task)
    sides = [_derivatives(_living(side, points), points) for side in (left, right)]
    return not all(sides) and bool(start & (sides[0] | sides[1]))


def is_worked_out(line, task, before=None, shown_before=frozenset()):
    """Whether no derivative is left to be taken, but for such as cancel.

    One that stood in the line before, if that is given, is carried on: it cancels with nothing.
    """
    points, kept = _points(task), _expected(task, shown_before)
    if before is not None:
        kept |= _derivatives(_living(before, points), points)
    return not _living(line, points, kept).has(Partial)


def goes_on_from(line, last, task):
    """Whether a line is written with the derivatives of the last one, and all worked out or not."""
    points = _points(task)
    standing = [_derivatives(_living(each, points), points) for each in (last, line)]
    return bool(standing[0]) == bool(standing[1]) and standing[1] <= standing[0]


def standing_of(name, line, task):
    """Return the derivatives in a line that a milestone is about: taken, they would show it."""
    points, (evidence, _) = _points(task), _evidence(task)
    return {
        each for each in line.atoms(Partial) if _derivatives(each, points) & evidence[name].stand
    }


def _expected(task, shown):
    """Name what a line may hold once the chain rule is shown: the derivatives still to be taken."""
    evidence, _ = _evidence(task)
    if task.milestones[0].name not in shown:
        return frozenset()
    return frozenset().union(
        *(known.beside for name, known in evidence.items() if name not in shown)
    )


@cache
def _evidence(task):
    """Read a task's evidence, as keys to look up, and the key of the derivative it starts from."""
    points, vocabulary = _points(task), task.setting.vocabulary
    evidence = {}
    for milestone in task.milestones:
        parts, taken, beside, within = set(), set(), set(), set()
        for text in milestone.evidence:
            sides = read(text, vocabulary)
            if len(sides) == 1:
                parts.add(_key(sides[0], points))
            else:
                taken |= _derivatives(sides[0], points)
        for texts, keys in ((milestone.beside, beside), (milestone.within, within)):
            for text in texts:
                keys |= _derivatives(read(text, vocabulary)[0], points)
        evidence[milestone.name] = _Evidence(*map(frozenset, (parts, taken, beside, within)))
    (start,) = read(task.start, vocabulary)
    return evidence, _derivatives(start, points)


@cache
def _points(task):
    """Return the readable point and a random one with other indices, both allowed by the task."""
    first = example_point(task.setting)
    moved = {
        index: (number + 1) % EXAMPLE_SIZES[SIZE_OF[index]]
        for index, number in task.setting.example.items()
        if index in SIZE_OF
    }
    return first, Point(EXAMPLE_SIZES | moved, 0, task.setting.definitions, {})


def _key(part, points):
    values = _rounded(part, points)
    if values is None:
        return None
    # ∂L/∂z·1 says what ∂z/∂b is, as ∂L/∂z alone does not.
    by_one = isinstance(part, Mul) and 1 in part.args and part.has(Partial)
    return _unsigned(values), _derivatives(part, points), by_one


def _unsigned(values):
    return values and max(values, tuple(-number for number in values))


def _derivatives(line, points):
    """Name each derivative in a line by its variable and what is differentiated, up to its sign."""
    taken = (derivative.args for derivative in line.atoms(Partial))
    return frozenset((by, _unsigned(_rounded(body, points))) for body, (by, _) in taken)


def _of_logits(line, points, having=()):
    """Name the derivatives in a line whose bodies are written with logits alone.

    Only these may simply be taken: from ∂L/∂z or ∂ŷ/∂z one could jump anywhere.
    """
    written = [
        each
        for each in line.atoms(Partial)
        if not each.args[0].has(L, prediction, yhat.args[0], sigma)
        and (not having or each.args[0].has(having))
    ]
    return frozenset().union(*(_derivatives(each, points) for each in written))


# What counts of a line.


def _living(line, points, kept=frozenset()):
    """Leave out of a line what cancels in it, each sum over a hard target being its one term."""
    return _uncancelled(_collapsed(line, points), points, kept)


def _collapsed(line, points):
    """Write sums with one term alone that is not 0 as this term: Σ y[t]·u[t] as y[i]·u[i]."""
    if isinstance(line, (Add, Mul)):
        return line.func(*(_collapsed(part, points) for part in line.args), evaluate=False)
    if isinstance(line, Sum) and _vanishes_but_at_the_label(line, points):
        ((index, _, _),) = line.limits
        with evaluate(False):
            return _collapsed(line.function.xreplace({index: i}), points)
    return line


def _vanishes_but_at_the_label(total, points):
    ((index, _, _),) = total.limits
    if SIZE_OF[index] != K or i not in points[0].whole:
        return False
    return all(_is([term], Mul, 0, [point]) for point in points for term in _others(total, point))


def _others(total, point):
    """List the terms of a sum over the classes without the label's."""
    ((index, _, _),) = total.limits
    others = set(range(EXAMPLE_SIZES[K])) - {point.whole[i]}
    with evaluate(False):
        return [total.function.xreplace({index: Integer(m)}) for m in others]


def _uncancelled(line, points, kept):
    """Leave out of a line terms that add up to 0, D/D, (1 + D − D).

    Factors whose product is 1 cancel, but for derivatives that are `kept` from the line before: in
    (ŷ − y)/(ŷ(1 − ŷ)) · ∂ŷ/∂z fractions were brought to one denominator.
    """
    if isinstance(line, Add):
        terms = _without(_without(_terms(line), _are_opposite), _cancelling(points))
        return Add(*(_uncancelled(term, points, kept) for term in terms), evaluate=False)
    if isinstance(line, Mul):
        if _is([line], Mul, 0, points):
            return Integer(0)
        factors = _without(list(line.args), _are_inverse)
        factors = list(chain.from_iterable(map(_flat_factors, factors)))
        factors = _without(
            factors, lambda some: _is_idle(some, points, kept) and _is(some, Mul, 1, points)
        )
        return Mul(*(_uncancelled(factor, points, kept) for factor in factors), evaluate=False)
    return Integer(0) if _is([line], Mul, 0, points) else line


def _without(members, cancels):
    """Leave out each group of members, the smallest first, that cancels."""
    sizes = range(1, min(len(members), MAX_TOGETHER) + 1)
    if len(members) > MAX_TOGETHER:
        sizes = (1, 2)
    for size in sizes:
        for some in combinations(range(len(members)), size):
            if cancels([members[m] for m in some]):
                rest = [part for m, part in enumerate(members) if m not in some]
                return _without(rest, cancels)
    return members


def _cancelling(points):
    return lambda some: _is(some, Add, 0, points)


def _are_opposite(terms):
    """Whether two terms are written alike but for the sign between them."""
    return len(terms) == 2 and same_form(Mul(-1, terms[0], evaluate=False), terms[1])


def _are_inverse(factors):
    """Whether two factors are written as u and 1/u, where u is no single letter or bracket.

    In 1/ŷ · ŷ(1 − ŷ) nothing is idle: it is the chain rule with both its factors.
    """
    if len(factors) != 2:
        return False
    return any(
        isinstance(below, Pow)
        and below.exp == -1
        and isinstance(below.base, (Mul, Pow, Partial))
        and same_form(below.base, above)
        for above, below in (factors, factors[::-1])
    )


def cancels_derivatives(line, task):
    """Whether terms that hold a derivative cancel within a line: they are there for show alone."""
    points = _points(task)
    cancels = _cancelling(points)

    def idle(some):
        return len(some) > 1 and (_are_opposite(some) or cancels(some))

    for total in _collapsed(line, points).atoms(Add):
        terms = _terms(total)
        kept = _without(terms, idle)
        gone = [term for term in terms if not any(term is other for other in kept)]
        if any(term.has(Partial) for term in gone):
            return True
    return False


def _is_idle(factors, points, kept):
    """Whether factors whose product is 1 hold a derivative for nothing: not ∂z/∂b, which is 1."""
    held = frozenset().union(*(_derivatives(each, points) for each in factors))
    alone = len(factors) == 1 and isinstance(factors[0], (Partial, Sum))
    return bool(held) and not held & kept and not alone


def _is(members, kind, number, points):
    values = _rounded(kind(*members, evaluate=False), points)
    return values is not None and {abs(value) for value in values} == {float(number)}


def _flat_factors(line):
    if not isinstance(line, Mul):
        return [line]
    return list(chain.from_iterable(map(_flat_factors, line.args)))


def _rounded(line, points):
    """Round the line's values, so that they can be looked up; None if it lacks one."""
    values = [real_values([line], point)[0] for point in points]
    if None in values:
        return None
    return tuple(
        float(digits.nstr(number, 12)) if abs(number) > 1e-20 else 0.0 for number in values
    )


def _part_keys(line, points, combined):
    """Return the keys of the parts that count: sub-products, and sub-sums that hold a derivative.

    Combined are those of a sum's terms: by `set.intersection` remain the factors of the whole line,
    by `set.union` the parts of any term. The latter count where a derivative was taken in a term.
    """
    terms, factors = _terms(line), _factors(line)
    if len(terms) > 1:
        keys = combined(*(_part_keys(term, points, combined) for term in terms))
        keys |= _in_every_share(line, points, _keys_with_derivatives)
        return keys if line.has(Partial) else keys | {_key(line, points)}
    keys = {_key(line, points)}
    if len(factors) > 1:
        keys |= {_key(part, points) for part in _together(Mul, factors)}
        keys |= set().union(*(_part_keys(factor, points, combined) for factor in factors))
    return keys - {None}


def _keys_with_derivatives(line, points):
    """Return the keys of all parts of a sum that hold a derivative."""
    terms = _terms(line)
    keys = set().union(*(_part_keys(term, points, set.union) for term in terms))
    keys |= {_key(some, points) for some in _together(Add, terms)}
    return {key for key in keys if key and key[1]}


def _in_every_share(line, points, read):
    """Return what is read in a line and in each of its shares: in G/2 of a line G, if it is one."""
    if len(_terms(line)) > MAX_SHARED:
        return frozenset()
    read_in = [read(line, points), *(read(share, points) for share in _shares(line, points))]
    return read_in[0].intersection(*read_in[1:])


def _shares(line, points):
    """List the sub-sums of a line whose values are a fixed multiple of its own.

    Where one is, the result has been added and taken away again: both halves have to be derived.
    """
    terms = _terms(line)
    values = [_rounded(term, points) for term in terms]
    whole = _rounded(line, points)
    if len(terms) < 2 or whole is None or None in values or 0 in whole:
        return []
    return [
        Add(*(terms[m] for m in some), evaluate=False)
        for size in range(1, len(terms))
        for some in combinations(range(len(terms)), size)
        if _is_multiple(
            [sum(column) for column in zip(*(values[m] for m in some), strict=True)], whole
        )
    ]


def _is_multiple(numbers, whole):
    ratios = [number / other for number, other in zip(numbers, whole, strict=True)]
    return max(ratios) - min(ratios) < 1e-9


def _together(kind, members):
    sizes = range(2, len(members) + 1) if len(members) <= MAX_TOGETHER else (len(members),)
    for size in sizes:
        for some in combinations(members, size):
            yield kind(*some, evaluate=False)


def _terms(line):
    if not isinstance(line, Add):
        return [line]
    return list(chain.from_iterable(map(_terms, line.args)))


def _factors(line):
    """Take a product apart: S² is S·S, and 1/(S·u) is 1/S·1/u."""
    if isinstance(line, Mul):
        return list(chain.from_iterable(map(_factors, line.args)))
    if isinstance(line, Pow) and isinstance(line.base, Mul) and line.exp.is_Integer:
        inverted = [Pow(part, line.exp, evaluate=False) for part in _factors(line.base)]
        return list(chain.from_iterable(map(_factors, inverted)))
    if isinstance(line, Pow) and line.exp in (2, 3, -2, -3):
        sign = 1 if line.exp > 0 else -1
        return [Pow(line.base, sign, evaluate=False)] * abs(int(line.exp))
    return [line]


def same_form(first, second):
    """Whether two lines differ at most in the order of their parts and in how S is written."""
    return _form(first) == _form(second)


def _form(line):
    """Write the line as nested tuples, sums and products flat and in one order."""
    if _is_denominator(line):
        return str(S)
    for kind in (Add, Mul):
        if isinstance(line, kind):
            return kind.__name__, *sorted(_members(line, kind), key=repr)
    if isinstance(line, Pow) and isinstance(line.base, Pow):
        return _form(Pow(line.base.base, line.base.exp * line.exp, evaluate=False))
    if not line.args:
        return str(line)
    return type(line).__name__, *map(_form, line.args)


def _members(line, kind):
    for part in line.args:
        if isinstance(part, kind):
            yield from _members(part, kind)
        else:
            yield _form(part)


def _is_denominator(line):
    if not isinstance(line, Sum):
        return False
    index = line.limits[0][0]
    return line.function.xreplace({index: t}) == exp(z[t])
