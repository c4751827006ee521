"""LaTeX of vectors and matrices."""

from sympy import Integer, evaluate

from lessons.proofs.arrays import (
    Column,
    Diagonal,
    Gradient,
    Hessian,
    Jacobian,
    Letter,
    Ones,
    Transposed,
)
from lessons.proofs.latex import letter_piece, piece, plain_letter
from lessons.proofs.notation import last
from lessons.proofs.piece import ATOM, POWER, PRODUCT, Piece, at_least, bracketed


@piece.register(Letter)
def _letter(array):
    return letter_piece(array)


@piece.register(Transposed)
def _transposed(array):
    inner = at_least(ATOM, piece(array.args[0]))
    return Piece(rf"{inner.text}^{{\top}}", POWER, inner.width + 0.6, inner.tall)


@piece.register(Diagonal)
def _diagonal(array):
    inner = bracketed(piece(array.args[0]))
    return Piece(rf"\operatorname{{diag}}{inner.text}", ATOM, 3 + inner.width, inner.tall)


@piece.register(Ones)
def _ones(array):
    return Piece(r"\mathbf{1}")


@piece.register(Gradient)
def _gradient(array):
    return _nabla(array, "")


@piece.register(Hessian)
def _hessian(array):
    return _nabla(array, "^{2}")


def _nabla(array, power):
    function, (variable, _), *_ = array.body.args
    inner = piece(function)
    return Piece(
        rf"\nabla_{{{plain_letter(variable.base).text}}}{power} {inner.text}",
        PRODUCT,
        2 + inner.width,
    )


@piece.register(Jacobian)
def _jacobian(array):
    function, (variable, _) = array.body.args
    above = letter_piece(Letter(function)).text
    text = rf"\frac{{\partial {above}}}{{\partial {plain_letter(variable.base).text}}}"
    return Piece(text, PRODUCT, 2, tall=True)


@piece.register(Column)
def _column(array):
    (index,) = array.indices
    with evaluate(False):
        ends = [array.body.xreplace({index: end}) for end in (Integer(0), last(index))]
    first, final = (piece(end) for end in ends)
    body = rf"{first.text} \\ \vdots \\ {final.text}"
    width = 2 + max(first.width, final.width)
    return Piece(rf"\begin{{pmatrix}} {body} \end{{pmatrix}}", ATOM, width, tall=True)
