"""Every explorer, and how its picture and its readout are read back."""

import io
import re
import struct
import zlib
from html.parser import HTMLParser

import numpy as np
import pytest
from PIL import Image

from lessons import live

NAMES = sorted(name for name in live.__all__ if name.endswith("Explorer"))


class Readings(HTMLParser):
    """Collects name → (value, text) from a readout; `name` may carry an index, as in y[2]."""

    def __init__(self, html):
        super().__init__()
        self.found, self._name, self._value = {}, None, None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self._name = attributes.get("data-name", self._name)
        if tag == "data":
            self._value = float(attributes["value"])
        if tag == "input":
            self.handle_data(attributes["value"])

    def handle_data(self, text):
        if self._value is not None:
            self.found[self._name] = (self._value, text)
            self._value = None


@pytest.fixture(autouse=True)
def own_files(tmp_path, monkeypatch):
    """A student's folder of this test alone, in which nothing is kept yet."""
    monkeypatch.setenv("LESSONS_PROGRESS", str(tmp_path / "progress.txt"))
    return tmp_path


@pytest.fixture(scope="session")
def readings():
    """Call with an explorer: {name: (exact value, text as displayed)}, of readout and tables."""

    def read(explorer):
        tables = explorer.tables.html if explorer.tables else ""
        return Readings(tables + explorer.readout.value).found

    return read


@pytest.fixture(scope="session")
def pixels():
    """Call with PNG bytes: the picture as an array, decoded by Pillow."""
    return lambda png: np.asarray(Image.open(io.BytesIO(bytes(png))).convert("RGBA"))


@pytest.fixture(scope="session")
def laid_on():
    """Call with a picture and patches: the picture that they make of it, pixel by pixel."""

    def lay(picture, patches):
        whole = picture.copy()
        for x, y, width, _, pixels in patches:
            words = zlib.decompress(pixels)
            count = len(words) // 8
            place = 0
            for n, behind in enumerate(struct.unpack_from(f"<{count}I", words)):
                place += behind
                down, across = divmod(place, width)
                whole[y + down, x + across] = tuple(words[4 * (count + n) :][:4])
        return whole

    return lay


@pytest.fixture(scope="session")
def number_in():
    """Call with a displayed text: the number that a reader sees."""
    return lambda text: float(re.sub("[^0-9eE.+-]", "", text.replace("−", "-")))


@pytest.fixture
def make():
    """Call with a class name and arguments: an explorer at 1×, closed when the test is over."""
    made = []

    def maker(name, **arguments):
        made.append(getattr(live, name)(**{"scale": 1} | arguments))
        return made[-1]

    yield maker
    for explorer in made:
        explorer.close()


@pytest.fixture(params=NAMES)
def explorer(request, make):
    """Each of the explorers in turn, as it opens."""
    return make(request.param)
