"""Reading the two tables that ship with the lessons, after comparing their checksums."""

import bz2
import csv
import hashlib
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

SHA256 = {
    "digits.bytes.bz2": "3f64f5eacdd17eaf147538008daac5d2c70f8974fdf0ec8e8e77c8ad6090b0fc",
    "penguins.csv.bz2": "3d9f69a8cc9d5736f939defcd465ad3b8525c954d275072cdfe1fecc29e0b973",
}


@dataclass(frozen=True, eq=False, repr=False)
class Dataset:
    """Examples in rows, their labels, and where they come from.

    Attributes
    ----------
    name : str
        What the data set is called.
    X : float64 array, shape (n, d)
        One example per row; NaN where a value is missing.
    labels : int64 array, shape (n,)
        Classes 0 … K − 1.
    feature_names, class_names : tuple of str, lengths d and K
        Names of the columns of `X` and of the classes, in order.
    source, licence : str
        Who collected the data, and under which terms they are shared.
    """

    name: str
    X: NDArray[np.float64]
    labels: NDArray[np.int64]
    feature_names: tuple[str, ...]
    class_names: tuple[str, ...]
    source: str
    licence: str

    def __repr__(self):
        n, d = self.X.shape
        missing = int(np.isnan(self.X).any(axis=1).sum())
        note = f", {missing} examples with missing values" if missing else ""
        return f"{self.name}: n = {n}, d = {d}, K = {len(self.class_names)}{note}"


def read_verified(name):
    """Return a shipped table, unpacked, or refuse a file that is not the one that was shipped.

    Parameters
    ----------
    name : str
        A key of `SHA256`.

    Returns
    -------
    bytes
        The file's content.

    Raises
    ------
    ValueError
        The file's SHA-256 is not the expected one: it was edited or damaged.
    """
    data = files("lessons.datasets").joinpath(name).read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != SHA256[name]:
        raise ValueError(
            f"{name} is not the file that ships with the lessons: expected SHA-256 "
            f"{SHA256[name]}, found {found}. Restore it from the repository."
        )
    return bz2.decompress(data)


def penguins() -> Dataset:
    """Palmer penguins: four measurements of 344 birds of three species, two birds unmeasured.

    Returns
    -------
    Dataset
        `X` of shape (344, 4) in millimetres and grams with NaN where a value is missing, K = 3.

    Raises
    ------
    ValueError
        The shipped file was edited or damaged.

    Examples
    --------
    >>> penguins()
    Palmer penguins: n = 344, d = 4, K = 3, 2 examples with missing values
    """
    table = read_verified("penguins.csv.bz2").decode("ascii")
    columns, *rows = csv.reader(table.splitlines())
    chosen = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")
    places = [columns.index(name) for name in chosen]
    species = [row[columns.index("species")] for row in rows]
    names, labels = np.unique(species, return_inverse=True)
    cells = [[row[place] for place in places] for row in rows]
    return Dataset(
        name="Palmer penguins",
        X=np.array([[np.nan if cell == "NA" else float(cell) for cell in row] for row in cells]),
        labels=labels.astype(np.int64),
        feature_names=chosen,
        class_names=tuple(names.tolist()),
        source="Horst, Hill, Gorman (2020), palmerpenguins, doi:10.5281/zenodo.3960218",
        licence="CC0 1.0",
    )


def digits() -> Dataset:
    """Handwritten digits: 1797 pictures of 8 × 8 pixels, each pixel's ink between 0 and 16.

    Returns
    -------
    Dataset
        `X` of shape (1797, 64), K = 10; `X[r].reshape(8, 8)` is the picture of example r.

    Raises
    ------
    ValueError
        The shipped file was edited or damaged.

    Examples
    --------
    >>> digits()
    Handwritten digits: n = 1797, d = 64, K = 10
    """
    packed = np.frombuffer(read_verified("digits.bytes.bz2"), dtype=np.uint8)
    # A byte a number: all labels, then each pixel of all pictures, those of one class together.
    labels, pixels = packed[:1797].astype(np.int64), packed[1797:].reshape(64, 1797)
    X = np.empty((1797, 64))
    X[np.argsort(labels, kind="stable")] = pixels.T
    return Dataset(
        name="Handwritten digits",
        X=X,
        labels=labels,
        feature_names=tuple(
            f"row {row}, column {column}" for row in range(8) for column in range(8)
        ),
        class_names=tuple("0123456789"),
        source="Alpaydin, Kaynak (1998), UCI Machine Learning Repository, doi:10.24432/C50P49",
        licence="CC BY 4.0",
    )
