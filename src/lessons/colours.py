"""Colours of equations, figures and widgets, each once: Okabe and Ito's palette.

CSS and style files cannot import them: a test compares what they write.
"""

PREDICTION = "#0072B2"  # ŷ
TARGET = "#D55E00"  # y
GRADIENT = "#009E73"  # ŷ − y
INK = "#222222"
QUIET = "#767676"  # guides and names that must not compete
AXIS = "#888888"
FAINT = "#D9D9D9"
