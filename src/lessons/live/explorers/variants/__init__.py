"""Explorers of loss variants: soft targets, temperature, calibration, the bent gap."""
