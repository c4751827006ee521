"""Formula sheet: the results of the series, each read off the last line of its derivation."""

from lessons.proofs.derivations.catalogue import derivation
from lessons.proofs.printing.latex import to_latex
from lessons.proofs.printing.text import to_text

RESULTS = {
    "Softmax of shifted logits, a = z + c": "shift invariance",
    "Two classes are a sigmoid": "two classes",
    "Loss of a label, from the logits": "logsumexp",
    "Gradient, two classes": "binary, any y",
    "Gradient, all classes": "multiclass, vector",
    "Label's component, every digit": "stable label component",
    "Jacobian of softmax": "Jacobian",
    "Weights": "weights, outer product",
    "Biases": "bias",
    "Inputs": "gradient for x",
    "Weights, batch": "batch, weights",
    "Biases, batch": "batch, bias",
    "Curvature": "Hessian",
    "Temperature": "temperature",
    "Any canonical link": "canonical link",
}


def result(name):
    """Return the left side and the last line of a verified derivation."""
    proof = derivation(name)
    sides = [step.left for step in proof.steps if step.left is not None]
    return (sides[-1] if sides else proof.left), proof.steps[-1].expression


class FormulaSheet:
    """Formula sheet: a table of results, shown as mathematics in a notebook and as text elsewhere.

    Examples
    --------
    >>> sheet = FormulaSheet()
    >>> sheet  # doctest: +SKIP
    Gradient, two classes: ∂L/∂z = ŷ − y
    …
    """

    def __repr__(self) -> str:
        rows = ((title, *map(to_text, result(name))) for title, name in RESULTS.items())
        return "\n".join(f"{title}: {left} = {right}" for title, left, right in rows)

    def _repr_latex_(self) -> str:
        rows = ((title, *map(to_latex, result(name))) for title, name in RESULTS.items())
        lines = (rf"\text{{{title}}} && {left} &= {right}" for title, left, right in rows)
        return "$$\\begin{aligned}\n" + " \\\\[6pt]\n".join(lines) + "\n\\end{aligned}$$"
