"""Derivations and the tutor on the page."""
