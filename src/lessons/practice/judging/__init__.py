"""Misconceptions and other mistakes: how they are recognised and said."""
