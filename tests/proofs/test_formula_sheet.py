"""The formula sheet says what the derivations end in, and nothing else."""

from lessons.proofs import derivation
from lessons.proofs.formula_sheet import RESULTS, FormulaSheet
from lessons.proofs.printing.text import to_text


def test_each_result_is_the_last_line_of_its_derivation():
    rows = repr(FormulaSheet()).splitlines()
    assert len(rows) == len(RESULTS)
    for row, (title, name) in zip(rows, RESULTS.items(), strict=True):
        assert row.startswith(f"{title}: ")
        assert row.endswith(f" = {to_text(derivation(name).steps[-1].expression)}")


def test_the_results_of_the_series_are_on_it():
    text = repr(FormulaSheet())
    for line in (
        "Gradient, all classes: ∇_z L = ŷ − y",
        "Weights: ∇_W L = (ŷ − y) · xᵀ",
        "Biases: ∇_b L = ŷ − y",
        "Inputs: ∇_x L = Wᵀ · (ŷ − y)",
        "Weights, batch: ∇_W L = Gᵀ · X",
    ):
        assert line in text


def test_it_is_mathematics_on_the_page():
    page = FormulaSheet()._repr_latex_()
    assert page.count("&&") == len(RESULTS)
    assert r"\operatorname{diag}" in page
