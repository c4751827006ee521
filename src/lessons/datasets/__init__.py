"""Two small real data sets with their source and licence, and how to split and standardise them."""

from lessons.datasets.loading import Dataset, digits, penguins
from lessons.datasets.preparing import split, standardize

__all__ = ["Dataset", "digits", "penguins", "split", "standardize"]
