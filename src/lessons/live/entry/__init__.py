"""Entry of numbers: what is typed, and the controls that take it."""
