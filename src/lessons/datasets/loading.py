"""Reading the two tables that ship with the lessons, after comparing their checksums."""

import bz2
import csv
import hashlib
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

SHA256 = {
    "digits.csv.bz2": "a96ab5387644411f4eaac9a41275b7c6db6a101772b7dea6567edb5e72a7e363",
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
    """Return the lines of a shipped table, or refuse a file that is not the one that was shipped.

    Parameters
    ----------
    name : str
        A key of `SHA256`.

    Returns
    -------
    list of list of str
        The table's rows, header included where it has one.

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
    return list(csv.reader(bz2.decompress(data).decode("ascii").splitlines()))


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
    columns, *rows = read_verified("penguins.csv.bz2")
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
    table = np.array(read_verified("digits.csv.bz2"), dtype=np.float64)
    return Dataset(
        name="Handwritten digits",
        X=np.ascontiguousarray(table[:, :64]),
        labels=table[:, 64].astype(np.int64),
        feature_names=tuple(
            f"row {row}, column {column}" for row in range(8) for column in range(8)
        ),
        class_names=tuple("0123456789"),
        source="Alpaydin, Kaynak (1998), UCI Machine Learning Repository, doi:10.24432/C50P49",
        licence="CC BY 4.0",
    )
