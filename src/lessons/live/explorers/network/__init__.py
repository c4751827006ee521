"""Explorers of a network with one hidden layer: a unit's gradient, borders that bend."""
