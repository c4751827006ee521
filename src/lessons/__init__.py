"""Why ∇_z L = ŷ − y: the model, the proofs, the explorers and the exercises behind the notebooks.

The rooms depend on one another in one direction only: `model` needs NumPy, `proofs` SymPy, and
`live` and `practice` stand on both. Importing one room loads none that it does not need.
"""

__version__ = "0.4.0"  # the edition that students' copies of the notebooks carry
