"""Colours of equations, figures and widgets, each once: Okabe and Ito's palette.

CSS and style files cannot import them: a test compares what they write.
"""

from typing import NamedTuple

# Of formulas, and of bars beside numbers: at least 3 : 1 on white and on a dark page.
PREDICTION = "#0072B2"  # ŷ
TARGET = "#D55E00"  # y
GRADIENT = "#009E73"  # ŷ − y


class Palette(NamedTuple):
    """Colours of a picture on one ground, text and marks: each at least 4.5 : 1 on that ground.

    Except `axis`, at least 3 : 1, and `faint`, for lines that only lead the eye.
    """

    ground: str
    ink: str
    quiet: str  # guides and names that must not compete
    prediction: str
    target: str
    gradient: str
    other: str  # what is compared with the gradient
    axis: str
    faint: str


LIGHT = Palette(
    ground="#FFFFFF",
    ink="#222222",
    quiet="#666666",
    prediction="#0072B2",
    target="#B85000",
    gradient="#007D5B",
    other="#7A4E9B",
    axis="#888888",
    faint="#D9D9D9",
)
DARK = Palette(
    ground="#111111",
    ink="#E6E6E6",
    quiet="#A0A0A0",
    prediction="#56B4E9",
    target="#F08A3C",
    gradient="#2BC79A",
    other="#C49BE6",
    axis="#8A8A8A",
    faint="#3C3C3C",
)
