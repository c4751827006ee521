"""A right function with one small change is no longer right: made by the hundred, none may pass."""

import ast
import copy
import inspect

import pytest

from lessons.practice import answers, check
from lessons.practice.catalogue import catalogue
from lessons.practice.kinds.function import Function

OTHER = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult}

# Changes that leave the function right: both branches agree at z = 0, and a softmax feels no shift
# (in these exercises no logit is large).
HARMLESS = {
    "binary-gradient": ("z > 0",),
    "overwritten-probabilities": ("z + z.max()",),
    "training-step": ("Z + Z.max(",),
    "hessian-times-vector": ("z + z.max()",),
}


def _operator(node):
    node.op = OTHER[type(node.op)]()


def _larger(node):
    node.value += 1


def _no_minus(node):
    node.op = ast.UAdd()


def _no_transpose(node):
    node.attr = "real"


def _compared(node):
    node.ops = [ast.Gt()]


def _skipped(node):
    node.__class__ = ast.Pass


CHANGES = (
    (lambda n: isinstance(n, ast.BinOp | ast.AugAssign) and type(n.op) in OTHER, _operator),
    (lambda n: isinstance(n, ast.Constant) and type(n.value) is int, _larger),
    (lambda n: isinstance(n, ast.UnaryOp), _no_minus),
    (lambda n: isinstance(n, ast.Attribute) and n.attr == "T", _no_transpose),
    (lambda n: isinstance(n, ast.Compare), _compared),
    (lambda n: isinstance(n, ast.AugAssign), _skipped),
)


def changed(source):
    """Every source with one operator, number, sign, transpose or statement changed."""
    tree = ast.parse(source)
    for number, node in enumerate(ast.walk(tree)):
        for fits, change in CHANGES:
            if fits(node):
                variant = copy.deepcopy(tree)
                change(list(ast.walk(variant))[number])
                yield ast.unparse(variant)


FUNCTIONS = [e for e in catalogue().values() if isinstance(e, Function)]


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda e: e.name)
def test_a_solution_with_one_small_change_is_refused(function, typed):
    name = function.name
    right = answers.solution(function).answer
    variants = list(changed(inspect.getsource(right)))
    assert variants or name == "one-hot"
    for source in variants:
        if any(part in source for part in HARMLESS.get(name, ())):
            continue
        assert not check(name, typed(source)[right.__name__]).passed, source
