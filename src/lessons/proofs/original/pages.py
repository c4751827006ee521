"""The layout of the original sketch's two pages: headings, the writer's own words, line numbers.

The pages are in Romanian; what was written between the formulas stands here as it was scanned.
"""

from typing import NamedTuple


class Section(NamedTuple):
    """A part of a page under one heading.

    Attributes
    ----------
    heading : str
        With LaTeX between dollar signs; empty where the page goes on without one.
    lines : tuple of (str, str)
        Number of each line, and the words on the page before it.
    """

    heading: str
    lines: tuple[tuple[str, str], ...]


TITLE = "Demonstrații — pe scurt (schițe)"

PAGES = {
    1: (
        Section(
            r"1) $\nabla_z L = \hat{y} - y$ · Cazul binar",  # codespell:ignore binar
            (
                ("B1", "Pornim de la"),
                ("B2", "Analog, cazul y=0, prin schimbare de semn"),
                ("B3", ""),
                ("B4", ""),
                ("B5", ""),
            ),
        ),
        Section(
            "Cazul multiclass",
            (
                ("M1", "Fie i indicele pt. care y[i] = 1, restul x = z[i]"),
                ("M2", "Pornim de la"),
                ("M3", ""),
                ("M4", ""),
                ("M5", "j ≠ i"),
                ("M6", "j = i"),
                ("M7", ""),
            ),
        ),
    ),
    2: (
        Section(
            r"2) $\nabla_W L = \nabla_z L \cdot x^\top$",
            (
                ("W1", "Tratăm direct cazul multiclass"),
                ("W2", "Am considerat derivarea în raport cu fiecare dintre liniile lui W"),
                ("W3", "k fiind orice indice ≠ i"),
                ("W4", ""),
            ),
        ),
        Section(
            r"3) $\nabla_b L = \nabla_z L$",
            (("C1", "Punând elementele în ordine, ∇_b L = ∇_z L"),),
        ),
    ),
}
