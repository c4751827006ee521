"""Explorers: pictures of the mathematics that follow the hand, on top of the model."""

from lessons.live.binary import BinaryExplorer

__all__ = ["BinaryExplorer"]
