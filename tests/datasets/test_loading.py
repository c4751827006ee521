import bz2

import numpy as np
import pytest
from sklearn.datasets import load_digits

from lessons.datasets import digits, loading, penguins


def test_penguins_have_the_published_counts_and_first_rows():
    data = penguins()
    assert data.X.shape == (344, 4)
    assert data.X.dtype == np.float64
    assert data.labels.dtype == np.int64
    assert dict(zip(data.class_names, np.bincount(data.labels), strict=True)) == {
        "Adelie": 152,
        "Chinstrap": 68,
        "Gentoo": 124,
    }
    np.testing.assert_array_equal(data.X[0], [39.1, 18.7, 181, 3750])
    assert data.class_names[data.labels[0]] == "Adelie"


def test_penguins_have_the_published_species_means():
    # Horst, Hill, Gorman (2020), table of means: bill length and body mass by species
    data = penguins()
    means = [np.nanmean(data.X[data.labels == c], axis=0)[[0, 3]] for c in range(3)]
    np.testing.assert_allclose(
        means, [[38.79, 3700.66], [48.83, 3733.09], [47.50, 5076.02]], atol=0.006
    )


def test_unmeasured_penguins_are_kept_and_visible():
    data = penguins()
    missing = np.isnan(data.X)
    assert np.flatnonzero(missing.any(axis=1)).tolist() == [3, 271]
    assert missing[[3, 271]].all()
    assert "2 examples with missing values" in repr(data)


def test_digits_are_those_of_scikit_learn():
    data, reference = digits(), load_digits()
    np.testing.assert_array_equal(data.X, reference.data)
    np.testing.assert_array_equal(data.labels, reference.target)
    assert len(data.feature_names) == 64
    assert data.feature_names[8] == "row 1, column 0"
    assert repr(data) == "Handwritten digits: n = 1797, d = 64, K = 10"


@pytest.mark.parametrize("load", [penguins, digits])
def test_every_call_returns_fresh_arrays_with_source_and_licence(load):
    first = load()
    first.X[:] = -1
    first.labels[:] = 0
    second = load()
    assert second.labels.max() == len(second.class_names) - 1
    assert not (second.X == -1).any()
    assert "doi:" in second.source
    assert second.licence in ("CC0 1.0", "CC BY 4.0")
    with pytest.raises(AttributeError):
        second.X = None


@pytest.mark.parametrize(
    ("load", "name"), [(penguins, "penguins.csv.bz2"), (digits, "digits.bytes.bz2")]
)
def test_a_table_with_one_digit_changed_is_refused(load, name, tmp_path, monkeypatch):
    original = (loading.files("lessons.datasets") / name).read_bytes()
    text = bz2.decompress(original)
    changed = text[:-2] + b"7" + text[-1:]
    assert changed != text
    (tmp_path / name).write_bytes(bz2.compress(changed))
    monkeypatch.setattr(loading, "files", lambda package: tmp_path)
    with pytest.raises(ValueError, match=f"{name} is not the file that ships"):
        load()


@pytest.mark.parametrize("name", sorted(loading.SHA256))
def test_each_table_is_small(name):
    assert len((loading.files("lessons.datasets") / name).read_bytes()) < 100_000
