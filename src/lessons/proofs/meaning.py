"""What a line says once every name is replaced by its definition and every derivative is taken.

A definition is a pair in a dictionary: `{prediction: sigma(logit)}` for a single number, or
`{yhat[k]: exp(z[k])/S}` for every value of the indices on its left.
"""

from sympy import Derivative, Dummy, Indexed, Integral, KroneckerDelta, Piecewise, Sum, exp, oo

from lessons.proofs.arrays import Entry
from lessons.proofs.entries import entry_of
from lessons.proofs.notation import SumExcept, sigma


def meaning(line, definitions):
    """Replace names by their definitions and carry out each derivative.

    Inside a derivative the variable is independent, whatever defines it: in ∂(−log ŷ)/∂ŷ the letter
    ŷ stays while the derivative is taken, and is replaced in the result.

    Parameters
    ----------
    line : Expr
        A scalar line of a proof, usually unevaluated.
    definitions : dict
        From Symbol or Indexed (with distinct index symbols) to Expr.

    Returns
    -------
    Expr
        Evaluated, with neither names nor derivatives, each sum over an index of its own.
    """
    return rename_apart(_read(rename_apart(line), definitions))


def rename_apart(line):
    """Give every sum an index used nowhere else, so that substituting can never capture one."""
    if isinstance(line, Entry):
        line = entry_of(*(rename_apart(part) for part in line.args))
    if isinstance(line, SumExcept):
        line = line.as_sum()
    if isinstance(line, Indexed) or not line.args:
        return line
    if isinstance(line, Sum):
        return _sum_with_new_indices(line)
    return line.func(*(rename_apart(part) for part in line.args))


def _sum_with_new_indices(line):
    body, limits = rename_apart(line.function), []
    for index, low, high in line.limits:
        new = Dummy(index.name, integer=True, nonnegative=True)
        body = body.xreplace({index: new})
        limits = [(a, b.xreplace({index: new}), c.xreplace({index: new})) for a, b, c in limits]
        limits.append((new, low, high))
    return Sum(body, *limits)


def _read(line, definitions):
    if isinstance(line, Derivative):
        return _derivative(line, definitions)
    if isinstance(line, Indexed):
        return _indexed(line, definitions)
    if line in definitions:
        return _read(rename_apart(definitions[line]), definitions)
    if isinstance(line, sigma):
        return 1 / (1 + exp(-_read(line.args[0], definitions)))
    if isinstance(line, Piecewise):
        return _cases(line, definitions)
    if not line.args:
        return line
    return _closed(line.func(*(_read(part, definitions) for part in line.args)))


def _closed(line):
    """Whatever SymPy knows of an integral or of an endless sum; other lines as they are."""
    endless = isinstance(line, Sum) and line.limits[0][2] == oo
    return line.doit() if endless or isinstance(line, Integral) else line


def _indexed(line, definitions):
    indices = [_read(index, definitions) for index in line.indices]
    for name, body in definitions.items():
        if isinstance(name, Indexed) and name.base == line.base:
            values = dict(zip(name.indices, indices, strict=True))
            return _read(rename_apart(body).xreplace(values), definitions)
    return line.base[tuple(indices)]


def _derivative(line, definitions):
    expression, *variables = line.args
    held = {_head(variable) for variable, _ in variables}
    others = {name: body for name, body in definitions.items() if _head(name) not in held}
    result = _read(expression, others).diff(*variables)
    return _read(rename_apart(result), definitions) if len(others) < len(definitions) else result


def _cases(line, definitions):
    """Cases by equal indices, as one formula: δ times the one plus (1 − δ) times the other."""
    *cases, (result, _) = line.args
    result = _read(result, definitions)
    for value, condition in reversed(cases):
        delta = KroneckerDelta(*condition.args)
        result = delta * _read(value, definitions) + (1 - delta) * result
    return result


def _head(name):
    """Letter of z[k], or the symbol itself."""
    return name.base if isinstance(name, Indexed) else name
