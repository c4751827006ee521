"""LaTeX of sums, products, integrals, derivatives, δ and cases."""

import sympy
from sympy import Indexed, Sum, Symbol

from lessons.proofs.latex import letter_piece, piece
from lessons.proofs.notation import SIZE_OF, LogPartition, Partial, SumExcept, last
from lessons.proofs.piece import ATOM, PRODUCT, Piece, at_least, bracketed


@piece.register(Sum)
def _sum(total):
    return _big(r"\sum", _limits(total), total.function)


@piece.register(SumExcept)
def _sum_except(total):
    body, index, excluded = total.args
    return _big(r"\sum", rf"_{{{index} \ne {excluded}}}", body)


@piece.register(sympy.Product)
def _product(total):
    return _big(r"\prod", _limits(total), total.function)


@piece.register(sympy.Integral)
def _integral(total):
    ((variable, low, high),) = total.limits
    limits = f"_{{{piece(low).text}}}^{{{piece(high).text}}}"
    body = _big(r"\int", limits, total.function)
    differential = rf"\,d{piece(variable).text}"
    return Piece(body.text + differential, PRODUCT, body.width + 2, tall=True)


def _limits(total):
    ((index, low, high),) = total.limits
    if index in SIZE_OF and (low, high) == (0, last(index)):
        return f"_{{{index}}}"
    return f"_{{{index}={piece(low).text}}}^{{{piece(high).text}}}"


def _big(sign, limits, body):
    body = at_least(PRODUCT, piece(body))
    body = bracketed(body) if body.negative else body
    return Piece(f"{sign}{limits} {body.text}", PRODUCT, 2 + body.width, True, open=True)


@piece.register(sympy.KroneckerDelta)
def _delta(delta):
    indices = [piece(index).text for index in delta.args]
    return Piece(rf"\delta_{{{' '.join(indices)}}}", ATOM, 2.2)


@piece.register(sympy.Piecewise)
def _cases(line):
    rows = [(piece(value), _condition(condition)) for value, condition in line.args]
    body = r" \\ ".join(f"{value.text} & {condition}" for value, condition in rows)
    width = 10 + max(value.width for value, _ in rows)
    return Piece(rf"\begin{{cases}} {body} \end{{cases}}", PRODUCT, width, tall=True, open=True)


def _condition(condition):
    if condition == sympy.true:
        return r"\text{otherwise}"
    first, second = (piece(side).text for side in condition.args)
    return rf"\text{{for }} {first} = {second}"


@piece.register(Partial)
def _partial(derivative):
    expression, *variables = derivative.args
    order = sum(int(times) for _, times in variables)
    above = rf"\partial{_power(order)}"
    below = r"\,".join(rf"\partial {letter_piece(v).text}{_power(times)}" for v, times in variables)
    inner = piece(expression)
    if isinstance(expression, (Symbol, Indexed, LogPartition)):
        width = max(1 + inner.width, 2.2 * len(variables))
        return Piece(rf"\frac{{{above} {inner.text}}}{{{below}}}", PRODUCT, width, tall=True)
    inner = bracketed(inner)
    operator = rf"\frac{{{above}}}{{{below}}}"
    return Piece(operator + inner.text, PRODUCT, 2.2 * len(variables) + inner.width, tall=True)


def _power(times):
    return f"^{{{times}}}" if times > 1 else ""
