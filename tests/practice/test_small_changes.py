"""A right function with one small change is no longer right: made by the hundred, none may pass."""

import ast
import builtins
import copy
import inspect

import numpy as np
import pytest

from lessons.practice import answers, check
from lessons.practice.catalogue import catalogue
from lessons.practice.kinds.function import Function
from lessons.practice.kinds.prediction import Number, Sign

OTHER = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult}

# Changes that leave the function right, each with its reason.
NOT_NEGATIVE = "return abs("  # what is returned is nowhere below 0
NO_SHIFT = (  # no logit is large there: any shift of all will do, and none
    *("z + z.max()", "np.exp(z)\n", "z - (-z).max()", "z - (1 - z).max()", "z - v.max()"),
    *("Z + Z.max(", "np.exp(Z)\n", "Z - (-Z).max(", "Z - (1 - Z).max(", "Z - X.max("),
)
SAME_LENGTH = ("n = len(",)  # of X and of labels, and of their opposites
HARMLESS = {
    "binary-gradient": ("z > 0", "abs(-z)"),  # both branches agree at z = 0; |−z| is |z|
    "overwritten-probabilities": NO_SHIFT,
    "hessian-times-vector": NO_SHIFT,
    "unequal-parts": ("zip(gradients, sizes",),  # a product, whichever is named first
    "bias-sum": ("(G_.dtype)",),  # the sums of whole numbers are whole numbers
    "central-difference": ("(f_.dtype)",),  # a function: its "dtype" is object, which keeps all
    "softmax-jacobian": ("np.outer(p, p)",),  # symmetric
    "binary-loss": ("np.logaddexp(-z, 0)", "np.logaddexp(z, 0)", NOT_NEGATIVE),  # symmetric
    # 0 and 1 are as likely as 1 and 0; whole numbers are what is asked for
    "drawn-labels": ("1 - rng.integers", "(rng_.dtype)", "(n_.dtype)", "np.round(", NOT_NEGATIVE),
    # W, b and g come from random numbers or from a softmax: `zeros_like(W)` is right
    "parameter-gradients": ("(W_.dtype)", "(b_.dtype)"),
    "batch-gradients": (*SAME_LENGTH, "(W_.dtype)", "(b_.dtype)"),
    "training-step": (*NO_SHIFT, *SAME_LENGTH, "(W_.dtype)", "(b_.dtype)"),
    "weights-layout": ("(W_.dtype)", "(b_.dtype)"),
    "input-gradient": ("(W_.dtype)", "(g_.dtype)"),
    "numerical-gradient": (
        *("in range(moved.size)", "in range(slopes.size)", "in range((-x)", "in range((1 - x)"),
        *("empty_like(-moved)", "empty_like(1 - moved)"),  # shapes, of which nothing is read
        "moved[k] = moved[k] + h",  # where it is still x[k]
        *("(f_.dtype)", "(h_.dtype)"),  # of a function; h is never whole, nor asked to be
    ),
    "shifted-logits": (NOT_NEGATIVE, "np.round("),  # the answer has three decimals
    **dict.fromkeys(("predict-gap", "gap-vector", "loss-by-hand", "start-loss"), ("np.round(",)),
    **dict.fromkeys(("two-gradients", "line-b4"), ("np.round(",)),
    # σ(z) − y has one sign for y = 0 and one for y = 1, whatever z is: that is the exercise
    "predict-sign": (
        *("array([4, -3, -3, 0])", "array([3, +3", "array([3, -4", "array([3, -3, +3"),
        *("array([3, -3, -4", "array([2, 0, 1, 0.5])", "array([1, 0, 2, 0.5])"),
        *("np.exp(+z)", "np.exp(--z)", "np.round("),
    ),
    "sigmoid-bug": (NOT_NEGATIVE,),
    "one-hot": (NOT_NEGATIVE, "np.round("),
    "softmax": (NOT_NEGATIVE,),
    "stable-softmax": (NOT_NEGATIVE,),
    "shift-sign": (NOT_NEGATIVE,),
    "loss-from-logits": (NOT_NEGATIVE,),
    "softmax-axis": (NOT_NEGATIVE,),
    "accuracy": (NOT_NEGATIVE,),
    "smoothed-gap": (*NO_SHIFT, "/ len("),  # of p and of z, and of their opposites
    "weighted-batch": (
        *(*NO_SHIFT, "arange(len(P", "arange(len(Z", "arange(len(-", "arange(len(1"),
        "(-w)[labels]",  # above and below the bar
    ),
    "focal-factor": (NOT_NEGATIVE, "(p_.dtype)"),  # probabilities are no whole numbers
    **dict.fromkeys(("hot-gap", "bits-and-guesses", "through-column"), ("np.round(",)),
    # W, X and what arrives are random numbers here as well
    "relu-backward": ("(W_.dtype)", "(G_.dtype)", "(A_.dtype)"),
    "tanh-backward": ("(W_.dtype)", "(G_.dtype)", "(H_.dtype)", "(-H) ** 2"),
    "hidden-gradients": ("(X_.dtype)", "(D_.dtype)"),
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


def _rounded(node):
    """Round what is returned to three decimals, each of several results."""
    parts = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
    rounded = ", ".join(f"np.round({ast.unparse(part)}, 3)" for part in parts)
    node.value = ast.parse(rounded, mode="eval").body


def _only(side):
    def change(node):
        kept = getattr(node, side)
        node.__class__, node.__dict__ = kept.__class__, kept.__dict__

    return change


def _swapped(node):
    node.args = node.args[1::-1] + node.args[2:]


def _is_value(node):
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id != "np"


def _replaced(text):
    def change(node):
        new = ast.parse(text.format(node.id), mode="eval").body
        node.__class__, node.__dict__ = new.__class__, new.__dict__

    return change


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
    (_is_returned, _rounded),
    (_is_value, _replaced("(-{})")),
    (_is_value, _replaced("(1 - {})")),
    (_with_its_return, _returned_at_once),
)


def _exchanged(tree):
    """Every source in which one variable is read where another was: ŷ for y, and so on."""
    read = {n.id for n in ast.walk(tree) if _is_value(n)} - set(dir(builtins))
    for number, node in enumerate(ast.walk(tree)):
        for other in sorted(read) if _is_value(node) else ():
            if other != node.id and node.id in read:
                variant = copy.deepcopy(tree)
                list(ast.walk(variant))[number].id = other
                yield ast.unparse(variant)


def _with_an_inputs_dtype(tree):
    """Every source that returns whole numbers where one of its arguments holds whole numbers."""
    for number, node in enumerate(ast.walk(tree)):
        for argument in tree.body[0].args.args if _is_returned(node) else ():
            parts = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            kept = [f"np.asarray({ast.unparse(p)}).astype({argument.arg}_.dtype)" for p in parts]
            variant = copy.deepcopy(tree)
            list(ast.walk(variant))[number].value = ast.parse(", ".join(kept), mode="eval").body
            remembered = ast.parse(f"{argument.arg}_ = np.asarray({argument.arg})").body
            variant.body[0].body[:0] = remembered
            yield ast.unparse(variant)


def changed(source):
    """Every source with one part changed, dropped, exchanged, or returned too early."""
    tree = ast.parse(source)
    yield from _exchanged(tree)
    yield from _with_an_inputs_dtype(tree)
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
                if ast.unparse(variant) != ast.unparse(tree):  # −0 is 0
                    yield ast.unparse(variant)


FUNCTIONS = [e for e in catalogue().values() if isinstance(e, Function)]


@pytest.mark.sampled(7)
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


PREDICTIONS = [e for e in catalogue().values() if isinstance(e, Number | Sign)]


@pytest.mark.sampled(7)
@pytest.mark.parametrize("prediction", PREDICTIONS, ids=lambda e: e.name)
def test_a_prediction_by_a_formula_with_one_small_change_is_refused(prediction, typed):
    name, solved = prediction.name, answers.solution(prediction)
    assert np.allclose(solved.formula(), solved.answer, rtol=0, atol=5e-5)
    assert check(name, solved.formula()).passed
    variants = list(changed(inspect.getsource(solved.formula)))
    assert len(variants) > 5
    for source in variants:
        if any(part in source for part in HARMLESS.get(name, ())):
            continue
        assert not check(name, _value(typed(source)[solved.formula.__name__])).passed, source


def _value(formula):
    """What the changed formula gives; nothing where it cannot be computed."""
    try:
        with np.errstate(all="ignore"):
            return formula()
    except (IndexError, TypeError, ValueError, ZeroDivisionError):
        return None
