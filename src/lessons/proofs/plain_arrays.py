"""Plain text of vectors and matrices."""

from sympy import Integer, evaluate

from lessons.proofs import arrays
from lessons.proofs.arrays import Letter
from lessons.proofs.notation import last
from lessons.proofs.plain import ATOM, PRODUCT, name_of, plain, within, written


@written.register(Letter)
def _letter(array):
    return name_of(array), ATOM


@written.register(arrays.Transposed)
def _transposed(array):
    return f"{within(array.args[0], ATOM)}ᵀ", ATOM


@written.register(arrays.Diagonal)
def _diagonal(array):
    return f"diag({plain(array.args[0])})", ATOM


@written.register(arrays.Ones)
def _ones(array):
    return "1", ATOM


@written.register(arrays.Gradient)
def _gradient(array):
    function, (variable, _) = array.body.args
    return f"∇_{name_of(variable)} {plain(function)}", PRODUCT


@written.register(arrays.Hessian)
def _hessian(array):
    function, (variable, _), *_ = array.body.args
    return f"∇²_{name_of(variable)} {plain(function)}", PRODUCT


@written.register(arrays.Jacobian)
def _jacobian(array):
    function, (variable, _) = array.body.args
    return f"∂{name_of(function)}/∂{name_of(variable)}", ATOM


@written.register(arrays.Column)
def _column(array):
    (index,) = array.indices
    with evaluate(False):
        ends = [array.body.xreplace({index: end}) for end in (Integer(0), last(index))]
    return f"({plain(ends[0])}, …, {plain(ends[1])})", ATOM
