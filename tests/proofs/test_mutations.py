"""Each step of each derivation is spoilt as a student might spoil it, and both roads must agree.

A mutant is compared with the line before. Both roads must call it equal, or both must refuse it:
the symbolic one by finding no proof, the numeric one by a counterexample. The mutants that both
call equal (a sign inside a square, say) are compared a third time, in NumPy, and listed in a file.
"""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from sympy import (
    Add,
    Derivative,
    Indexed,
    Integer,
    Integral,
    KroneckerDelta,
    Mul,
    Pow,
    Product,
    Sum,
    evaluate,
    exp,
)

from lessons import proofs
from lessons.proofs.arrays import Entries, Hadamard, Letter, Transposed, at_same_entry
from lessons.proofs.notation import (
    SIZE_OF,
    K,
    M,
    SumExcept,
    d,
    i,
    j,
    k,
    l,
    n,
    other_r,
    other_unit,
    over,
    p,
    q,
    r,
    s,
    t,
    u,
    unit,
)
from lessons.proofs.numeric import comparison as numeric
from lessons.proofs.printing.text import to_text
from lessons.proofs.symbolic import equality as symbolic

SIZES = {K: 3, d: 2, n: 4, M: 5}  # and the free indices, at the third evaluation
INDICES = {i: 1, j: 2, k: 0, l: 2, s: 0, t: 1, u: 0, p: 0, q: 1, r: 2, other_r: 3}
INDICES |= {unit: 3, other_unit: 1}
KINDS = {
    "sign",
    "factor",
    "exponent",
    "reciprocal",
    "index",
    "lost δ",
    "lost sum",
    "lost transpose",
}
EQUAL = Path(__file__).with_name("equal_mutants.txt")  # the mutants that are no mistakes, listed


def wrong_signs(node):
    if isinstance(node, Add):
        for m, term in enumerate(node.args):
            yield "sign", Add(*node.args[:m], -term, *node.args[m + 1 :])
    if isinstance(node, exp):
        yield "sign", exp(-node.args[0])


def lost_factors(node):
    if isinstance(node, Mul):
        for m, factor in enumerate(node.args):
            kept = [*node.args[:m], *node.args[m + 1 :]]
            yield "sign" if factor == -1 else "factor", kept[0] if len(kept) == 1 else Mul(*kept)
    if isinstance(node, KroneckerDelta):
        yield "lost δ", Integer(1)
    if isinstance(node, Hadamard):
        yield from (("factor", part) for part in node.args)
    if isinstance(node, Transposed):
        yield "lost transpose", node.args[0]


def wrong_powers(node):
    if isinstance(node, Pow):
        yield "exponent", Pow(node.base, node.exp - 1 if node.exp == -1 else node.exp + 1)
        yield "reciprocal", Pow(node.base, -node.exp)
    if isinstance(node, exp):
        yield "exponent", exp(2 * node.args[0])
    if isinstance(node, Indexed):
        yield "reciprocal", 1 / node


def wrong_indices(node, scope):
    if isinstance(node, Sum) and node.limits[0][0] in SIZE_OF:
        yield "lost sum", without_sum(node, scope)
    if isinstance(node, (Indexed, KroneckerDelta)):
        yield from (("index", other) for other in with_other_indices(node, scope))


def without_sum(node, scope):
    bound = node.limits[0][0]
    alike = [index for index in scope if SIZE_OF[index] == SIZE_OF[bound]]
    return node.function.xreplace({bound: alike[0]} if alike else {})


def with_other_indices(node, scope):
    for m in range(1 if isinstance(node, Indexed) else 0, len(node.args)):
        for index in scope:
            if index != node.args[m] and SIZE_OF.get(node.args[m]) == SIZE_OF[index]:
                yield node.func(*node.args[:m], index, *node.args[m + 1 :])


def mutants(line, scope):
    """Every line with one node spoilt; an index is mistaken for any other in scope."""
    if isinstance(line, Letter):
        return
    for mistakes in (wrong_signs, lost_factors, wrong_powers):
        yield from mistakes(line)
    yield from wrong_indices(line, scope)
    if isinstance(line, Indexed):
        return
    only_body = isinstance(line, (Sum, SumExcept, Product, Integral, Entries, Derivative))
    inside = (*scope, *indices_of(line.args[1:])) if only_body else scope
    for m, part in enumerate(line.args[:1] if only_body else line.args):
        for kind, worse in mutants(part, inside):
            args = [*line.args[:m], worse, *line.args[m + 1 :]]
            whole = isinstance(line, (Sum, Product, Integral))
            yield kind, over(line.func, worse, *line.args[1]) if whole else line.func(*args)


def indices_of(parts):
    return sorted(set().union(*(part.atoms() for part in parts)) & set(SIZE_OF), key=str)


def mutants_of_step(proof, step):
    lines = [proof.left, *(step.expression for step in proof.steps)]
    free = set().union(*(line.free_symbols for line in lines)) & set(SIZE_OF)
    by_kind = {}
    with evaluate(False):
        for kind, line in mutants(step.expression, sorted({*free, *proof.setting.entry}, key=str)):
            if line != step.expression:
                by_kind.setdefault(kind, []).append(line)
    for kind, lines in by_kind.items():
        yield kind, lines[proof.steps.index(step) % len(lines)]  # one of each kind, here and there


def verdict(proof, reached, mutant, floats):
    """Ask both roads, which must agree: equal or refused; arrays of other shapes meet neither."""
    try:
        sides = at_same_entry(reached, mutant, proof.setting)
    except ValueError:
        return "of another shape"
    setting = (proof.setting.definitions, proof.setting.assumptions)
    proved, refuted = symbolic.equal(*sides, *setting), numeric.counterexample(*sides, *setting)
    if not proved and symbolic.unproved_demand(sides[1], *setting):
        return "perhaps without a value"
    assert proved == (refuted is None), f"{to_text(mutant)} proved: {proved}, refuted: {refuted}"
    if proved:
        assert_equal_in_numpy(proof, sides, floats)
    return "equal" if proved else "refused"


def assert_equal_in_numpy(proof, sides, floats):
    simplex = {known.lhs.function.base for known in proof.setting.assumptions if known.rhs == 1}
    sizes = {
        size: int(proof.setting.definitions.get(size, number)) for size, number in SIZES.items()
    }
    indices = {index: number for index, number in INDICES.items() if number < sizes[SIZE_OF[index]]}
    point = floats(sizes | indices, proof.setting.definitions, simplex)
    left, right = (point.of(side) for side in sides)
    np.testing.assert_allclose(left, right, rtol=1e-4, atol=1e-4)


def verdicts(proof, floats):
    """The verdict on each mutant of each step, as (step's number, kind, mutant, verdict)."""
    reached = proof.left
    for number, step in enumerate(proof.steps, start=1):
        if step.relation == "=":
            for kind, mutant in mutants_of_step(proof, step):
                yield number, kind, to_text(mutant), verdict(proof, reached, mutant, floats)
            reached = step.expression


@pytest.mark.sampled(12)
@pytest.mark.parametrize("name", proofs.NAMES)
def test_both_roads_agree_on_every_spoilt_step(name, floats):
    found = list(verdicts(proofs.derivation(name), floats))
    print(name, Counter(answer for *_, answer in found))
    assert "refused" in {answer for *_, answer in found}
    equal = [
        f"{name} | {' | '.join(map(str, what))}" for *what, answer in found if answer == "equal"
    ]
    listed = [line for line in EQUAL.read_text().splitlines() if line.startswith(f"{name} | ")]
    assert equal == listed, "\n".join(equal)


def test_every_kind_of_mistake_is_made():
    found = set()
    for name in ("binary, y = 1", "multiclass, both", "batch, weights"):
        proof = proofs.derivation(name)
        found |= {kind for step in proof.steps for kind, _ in mutants_of_step(proof, step)}
    assert found == KINDS
