"""A right function with one small change is no longer right: made by the hundred, none may pass."""

import ast
import copy
import inspect

import pytest

from lessons.practice import answers, check
from lessons.practice.catalogue import catalogue
from lessons.practice.kinds.function import Function

OTHER = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult}

# Changes that leave the function right, each with its reason.
NOT_NEGATIVE = "return abs("  # what is returned is nowhere below 0
HARMLESS = {
    "binary-gradient": ("z > 0",),  # both branches agree at z = 0
    "overwritten-probabilities": (
        "z + z.max()",
        "np.exp(z)\n",
    ),  # no logit is large: no shift needed
    "training-step": ("Z + Z.max(", "np.exp(Z)\n"),
    "hessian-times-vector": ("z + z.max()", "np.exp(z)\n"),
    "softmax-jacobian": ("np.outer(p, p)",),  # symmetric
    "binary-loss": ("np.logaddexp(-z, 0)", "np.logaddexp(z, 0)", NOT_NEGATIVE),  # symmetric
    "drawn-labels": ("1 - rng.integers", NOT_NEGATIVE),  # 0 and 1 are as likely as 1 and 0
    "sigmoid-bug": (NOT_NEGATIVE,),
    "one-hot": (NOT_NEGATIVE,),
    "softmax": (NOT_NEGATIVE,),
    "stable-softmax": (NOT_NEGATIVE,),
    "shift-sign": (NOT_NEGATIVE,),
    "loss-from-logits": (NOT_NEGATIVE,),
    "missing-shift": (NOT_NEGATIVE,),
    "softmax-axis": (NOT_NEGATIVE,),
    "accuracy": (NOT_NEGATIVE,),
    "label-smoothing": (NOT_NEGATIVE,),
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


def _calls(node, *names):
    return isinstance(node, ast.Call) and getattr(node.func, "attr", "") in names


def _axis(node):
    return isinstance(node, ast.keyword) and node.arg == "axis"


def _other_axis(node):
    node.value = ast.Constant(0 if ast.unparse(node.value) in ("1", "-1") else 1)


def _wrapped(before, after):
    def change(node):
        node.value = ast.parse(f"{before}({ast.unparse(node.value)}){after}", mode="eval").body

    return change


def _only(side):
    def change(node):
        kept = getattr(node, side)
        node.__class__, node.__dict__ = kept.__class__, kept.__dict__

    return change


def _swapped(node):
    node.args = node.args[1::-1] + node.args[2:]


def _is_returned(node):
    return isinstance(node, ast.Return) and node.value is not None


def _returned_at_once(node):
    """Return from within the loop what is returned after it."""
    node.body.append(node.returned)


def _with_its_return(node):
    return isinstance(node, ast.For) and hasattr(node, "returned")


CHANGES += (
    (_axis, _other_axis),
    (lambda n: isinstance(n, ast.BinOp), _only("left")),
    (lambda n: isinstance(n, ast.BinOp), _only("right")),
    (lambda n: isinstance(n, ast.Call) and len(n.args) == 2, _swapped),
    (_is_returned, _wrapped("abs", "")),
    (_is_returned, _wrapped("-", "")),
    (_is_returned, _wrapped("1 - ", "")),
    (_is_returned, _wrapped("", "[0]")),
    (_with_its_return, _returned_at_once),
)


def changed(source):
    """Every source with one part changed, dropped, exchanged, or returned too early."""
    tree = ast.parse(source)
    for function in ast.walk(tree):
        last = getattr(function, "body", [None])[-1]
        if isinstance(function, ast.FunctionDef) and isinstance(last, ast.Return):
            for loop in (each for each in function.body if isinstance(each, ast.For)):
                loop.returned = last
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
